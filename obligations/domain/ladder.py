"""The ladder, exactly: which rungs a due date has, on which day each leaves, and what a late start does to them.

Everything here is a pure function of the policy, the due date, the calendar and instants given by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from obligations.domain.calendar import Calendar
from obligations.domain.plan import OfficeHours
from obligations.domain.policy import Count, Days, Policy

Audience = Literal["unit", "leader", "own_leadership"]
AFTER_BREAK = "after-break"
NOTICE = "notice"
LONG_BREAK_DAYS = 3
EVER = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)
SAME_DAY = "cùng ngày với mốc sát hạn hơn"
NEWER = "đã có mốc nhắc mới hơn"


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

    def next_at(self, after: datetime) -> datetime | None:
        """The first instant strictly after `after` at which a rung falls."""
        return min((rung.at for rung in (*self.rungs, *self.superseded) if rung.at > after), default=None)

    def through(self, now: datetime) -> tuple[Owed, ...]:
        """Every rung whose time has come by `now`, those merged away with their reason."""
        merged = [Owed(rung, SAME_DAY) for rung in self.superseded if rung.at <= now]
        return tuple(Owed(rung) for rung in self.rungs if rung.at <= now) + tuple(merged)


def build(policy: Policy, due_on: date, since: datetime, clockwork: Clockwork, *, notice: bool) -> Ladder:
    """The ladder of one due date. A rung whose time lies before `since` is not owed; `notice` is at or after it."""
    calendar = clockwork.calendar
    rungs: list[Rung] = []
    merged: list[Rung] = []
    placed = [
        *_before(policy, due_on, calendar),
        *_overdue(policy, due_on, calendar),
        *_escalations(policy, due_on, calendar),
    ]
    timed = [_timed(rung, policy, clockwork) for rung in placed]
    owed = [rung for rung in timed if rung.at >= since]
    if notice and policy.notice:
        owed.append(_notice(policy, due_on, since, clockwork))
    for audience in ("unit", "leader", "own_leadership"):
        kept, lost = _one_a_day([rung for rung in owed if rung.audience == audience])
        rungs += kept
        merged += lost
    return Ladder(tuple(sorted(rungs, key=_order)), tuple(sorted(merged, key=_order)))


def settle(
    ladder: Ladder, now: datetime, known: Iterable[str], policy: Policy, *, first: datetime = EVER
) -> tuple[Owed, ...]:
    """What to record now: the rungs that came due from `first` (where planning stopped) to `now`, not `known` yet.

    `late: newest`: of several owed rungs of one audience only the latest leaves, the others are superseded by it.
    """
    seen = set(known)
    new = [owed for owed in ladder.through(now) if owed.rung.at >= first and owed.rung.id not in seen]
    settled: list[Owed] = []
    for audience in ("unit", "leader", "own_leadership"):
        mine = [owed for owed in new if owed.rung.audience == audience]
        live = sorted((owed for owed in mine if owed.why is None), key=lambda owed: _order(owed.rung))
        settled += [owed for owed in mine if owed.why]
        settled += _keep(live, policy)
    return tuple(settled)


def _keep(live: list[Owed], policy: Policy) -> list[Owed]:
    if policy.late == "all" or len(live) < 2:
        return live
    return [replace(owed, why=NEWER) for owed in live[:-1]] + live[-1:]


def _order(rung: Rung) -> tuple[datetime, int]:
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
    """Leader and own leadership; the overseer's lines speak of all units of an obligation at once, not of one."""
    for step in policy.escalate:
        if step.to != "overseer":
            day = _after(due_on, step.after, policy, calendar)
            yield _placed(f"{step.to}-{step.after.days}", step.to, day, -step.after.days)


def _after(due_on: date, count: Count, policy: Policy, calendar: Calendar) -> date:
    if count.unit == "working_day":
        return calendar.add(due_on, count.days)
    day = due_on + timedelta(days=count.days)
    return day if policy.days == "all" else calendar.on_or_after(day)


def _notice(policy: Policy, due_on: date, since: datetime, clockwork: Clockwork) -> Rung:
    at = clockwork.opening(since, policy.days)
    day = clockwork.local(at).date()
    return Rung(NOTICE, "unit", day, at, max((due_on - day).days, 0) + 1)


def _one_a_day(rungs: list[Rung]) -> tuple[list[Rung], list[Rung]]:
    """Of the rungs of one day only the one nearest to the deadline leaves, at its own time."""
    nearest: dict[date, Rung] = {}
    for rung in rungs:
        held = nearest.get(rung.day)
        if held is None or _nearness(rung) < _nearness(held):
            nearest[rung.day] = rung
    kept = list(nearest.values())
    return kept, [rung for rung in rungs if nearest[rung.day] != rung]


def _nearness(rung: Rung) -> tuple[bool, int]:
    """The notice gives way to any other rung of its day; else the nearest to the deadline wins."""
    return rung.id == NOTICE, abs(rung.distance)
