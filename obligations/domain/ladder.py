"""The ladder, exactly: which rungs a due date has, on which day each leaves, and what a late start does to them.

Everything here is a pure function of the policy, the due date, the calendar and instants given by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from obligations.domain.calendar import Calendar
from obligations.domain.plan import OfficeHours
from obligations.domain.policy import Count, Days, Policy

Audience = Literal["unit", "coordinating", "leader", "overseer", "own_leadership", "reviewer"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
AFTER_BREAK = "after-break"
NOTICE, RETURNED, RECORDED = FIRST_WORDS = ("notice", "returned", "recorded")
LONG_BREAK_DAYS = 3
EVER = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)
SAME_DAY = "cùng ngày với mốc sát hạn hơn"


@dataclass(frozen=True)
class Clockwork:
    """What turns days into instants: the calendar reminders walk, office hours, the time zone."""

    calendar: Calendar
    hours: tuple[OfficeHours, ...]
    zone: ZoneInfo

    def instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def opening(self, instant: datetime, days: Days) -> datetime:
        """The first moment from `instant` on that lies in office hours, on a working day unless `days` is all."""
        local = self.local(instant)
        day = local.date()
        while True:
            if days == "all" or self.calendar.is_working(day):
                for span in self.hours:
                    if day > local.date() or local.time() < span.last:
                        return max(instant, self.instant(day, span.first))
            day += _DAY


@dataclass(frozen=True)
class Rung:
    """One step of a ladder, on its day. `distance` is in days from the due date, the smaller the nearer."""

    id: str
    audience: Audience
    day: date
    at: datetime
    distance: int


@dataclass(frozen=True)
class Owed:
    """A rung whose time has come: it leaves, or is superseded by another (`why`)."""

    rung: Rung
    why: str | None = None


@dataclass(frozen=True)
class Ladder:
    """All rungs of one due date that are owed by a ladder started at `since`, merged day by day."""

    rungs: tuple[Rung, ...]
    superseded: tuple[Rung, ...]

    def without(self, audience: Audience) -> Ladder:
        """The same ladder where nobody of an audience is to be told."""
        kept = (tuple(rung for rung in some if rung.audience != audience) for some in (self.rungs, self.superseded))
        return Ladder(*kept)

    def next_at(self, after: datetime) -> datetime | None:
        """The first instant strictly after `after` at which a rung falls."""
        return min((rung.at for rung in (*self.rungs, *self.superseded) if rung.at > after), default=None)

    def first_at(self, start: datetime) -> datetime | None:
        """The first instant from `start` on at which a rung falls."""
        return min((rung.at for rung in (*self.rungs, *self.superseded) if rung.at >= start), default=None)

    def through(self, now: datetime) -> tuple[Owed, ...]:
        """Every rung whose time has come by `now`, those merged away with their reason."""
        merged = [Owed(rung, SAME_DAY) for rung in self.superseded if rung.at <= now]
        return tuple(Owed(rung) for rung in self.rungs if rung.at <= now) + tuple(merged)


@dataclass(frozen=True)
class First:
    """The first word that an event owes the unit: the duty given, a moved date, a return; at or after `at`.

    `opens`: it gives the duty; then the coordinating units hear of it, too.
    """

    rung: str
    at: datetime
    opens: bool = False


def build(
    policy: Policy,
    due_on: date,
    since: datetime,
    clockwork: Clockwork,
    *,
    first: First | None = None,
    is_later: bool = False,
) -> Ladder:
    """The ladder of one due date. A rung whose time lies before `since` is not owed; the first word is at or after it.

    `is_later`: a later period, of which coordinating units get the largest rung before and the first after.
    """
    calendar = clockwork.calendar
    placed = [
        *_before(policy, due_on, calendar),
        *_overdue(policy, due_on, calendar),
        *_escalations(policy, due_on, calendar),
        *_letter(policy, due_on, calendar),
    ]
    if is_later and not (first and first.opens):
        placed = [*placed, *_for_coordinating(policy, placed)]
    timed = [_timed(rung, policy, clockwork) for rung in placed]
    owed = [rung for rung in timed if rung.at >= since]
    if first and (policy.notice or first.rung != NOTICE):
        owed.append(word := _first(first, policy, due_on, clockwork))
        if first.opens:
            owed.append(replace(word, audience="coordinating"))
    rungs: list[Rung] = []
    merged: list[Rung] = []
    for audience in AUDIENCES:
        kept, lost = _one_a_day([rung for rung in owed if rung.audience == audience], first)
        rungs += kept
        merged += lost
    return Ladder(tuple(sorted(rungs, key=order)), tuple(sorted(merged, key=order)))


def reach(policies: Iterable[Policy], first: date, last: date, calendar: Calendar) -> tuple[date, date]:
    """Between which days what a ladder walks from must lie for a rung to fall from `first` to `last`: two bounds.

    The earlier one is of due dates, first words and reviews' beginnings, the later one of due dates.
    """
    before, after = [0], [Count(1)]
    for policy in policies:
        before += policy.before
        after += [*policy.overdue, *policy.review, *(step.after for step in policy.escalate)]
        after += [policy.letter] if policy.letter else []
    earliest = first
    for _ in range(max(count.days for count in after if count.unit == "working_day")):
        earliest = calendar.on_or_before(earliest - _DAY)
    days = max((count.days for count in after if count.unit == "day"), default=0)
    return earliest - timedelta(days=days), calendar.on_or_after(last + _DAY) + timedelta(days=max(before))


def reviews(policy: Policy, submitted_at: datetime, clockwork: Clockwork) -> Ladder:
    """What reminds the reviewer of a result that waits for ghi nhận: so many days after it was recorded."""
    day = clockwork.local(submitted_at).date()
    placed = [
        _placed(f"review-{count.days}", "reviewer", _after(day, count, policy, clockwork.calendar), -count.days)
        for count in policy.review
    ]
    return Ladder(tuple(sorted((_timed(rung, policy, clockwork) for rung in placed), key=order)), ())


def alone(first: First, policy: Policy, due_on: date, clockwork: Clockwork) -> Ladder:
    """A ladder of one word: what is closed has nothing else to say."""
    return Ladder((_first(first, policy, due_on, clockwork),), ())


def order(rung: Rung) -> tuple[datetime, int]:
    """Rungs as they leave; of one instant the nearest to the deadline last."""
    return rung.at, -rung.distance


def _timed(rung: Rung, policy: Policy, clockwork: Clockwork) -> Rung:
    return replace(rung, at=clockwork.instant(rung.day, policy.send_at))


def _placed(rung_id: str, audience: Audience, day: date, distance: int) -> Rung:
    return Rung(rung_id, audience, day, EVER, distance)


def _before(policy: Policy, due_on: date, calendar: Calendar) -> Iterator[Rung]:
    """Rungs before the due date: on a day off they move to the working day before.

    Those inside three or more days off in a row also owe one reminder on the first working day after, if on time.
    """
    breaks: set[date] = set()
    for count in policy.before:
        nominal = due_on - timedelta(days=count)
        run = None if policy.days == "all" else calendar.run_of_days_off(nominal)
        day = run[0] - _DAY if run else nominal
        yield _placed(f"before-{count}", "unit", day, count)
        if run and (run[1] - run[0]).days + 1 >= LONG_BREAK_DAYS and run[1] + _DAY <= due_on:
            breaks.add(run[1] + _DAY)
    for index, day in enumerate(sorted(breaks)):  # a second break in one ladder needs an id of its own
        left = (due_on - day).days
        yield _placed(f"{AFTER_BREAK}-{left}" if index else AFTER_BREAK, "unit", day, left + 1)


def _overdue(policy: Policy, due_on: date, calendar: Calendar) -> Iterator[Rung]:
    for count in policy.overdue:
        yield _placed(f"overdue-{count.days}", "unit", _after(due_on, count, policy, calendar), -count.days)


def _escalations(policy: Policy, due_on: date, calendar: Calendar) -> Iterator[Rung]:
    for step in policy.escalate:
        day = _after(due_on, step.after, policy, calendar)
        yield _placed(f"{step.to}-{step.after.days}", step.to, day, -step.after.days)


def _letter(policy: Policy, due_on: date, calendar: Calendar) -> Iterator[Rung]:
    """The draft letter for all late units goes to the secretariat."""
    if policy.letter:
        day = _after(due_on, policy.letter, policy, calendar)
        yield _placed(f"letter-{policy.letter.days}", "reviewer", day, -policy.letter.days)


def _for_coordinating(policy: Policy, placed: Iterable[Rung]) -> Iterator[Rung]:
    """Of the unit's rungs the one furthest before the due date and the first after it."""
    told = {f"before-{max(policy.before)}"} if policy.before else set()
    told |= {f"overdue-{min(count.days for count in policy.overdue)}"} if policy.overdue else set()
    return (replace(rung, audience="coordinating") for rung in placed if rung.id in told)


def _after(due_on: date, count: Count, policy: Policy, calendar: Calendar) -> date:
    if count.unit == "working_day":
        return calendar.add(due_on, count.days)
    day = due_on + timedelta(days=count.days)
    return day if policy.days == "all" else calendar.on_or_after(day)


def _first(first: First, policy: Policy, due_on: date, clockwork: Clockwork) -> Rung:
    at = clockwork.opening(first.at, policy.days)
    day = clockwork.local(at).date()
    return Rung(first.rung, "unit", day, at, max((due_on - day).days, 0) + 1)


def _one_a_day(rungs: list[Rung], first: First | None) -> tuple[list[Rung], list[Rung]]:
    """Of the rungs of one day only the one nearest to the deadline leaves, at its own time.

    The first word gives way to any other of its day that leaves after what it tells of, and so tells it too.
    """
    nearest: dict[date, Rung] = {}
    words = [rung for rung in rungs if rung.id in FIRST_WORDS]
    kept_words: list[Rung] = []
    for rung in rungs:
        held = nearest.get(rung.day)
        if rung not in words and (held is None or abs(rung.distance) < abs(held.distance)):
            nearest[rung.day] = rung
    lost = [rung for rung in rungs if rung not in words and nearest[rung.day] != rung]
    for word in words:
        other = nearest.get(word.day)
        (lost if other and first and other.at >= first.at else kept_words).append(word)
    return [*nearest.values(), *kept_words], lost
