"""Planning: what has come of one assignment by a delivery gets its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from obligations.domain.plan import Configuration, Obligation, Plan
from obligations.domain.policy import Policy
from tests.oracle import people
from tests.oracle.book import Book, Duty
from tests.oracle.days import Days, Fall, policy_name
from tests.oracle.life import Life

Key = tuple[date, str, str, str, str]
ALIVE = ("planned", "held")
ABSENT = "absent"
INSTANT = timedelta(microseconds=1)
NEVER_LEFT = frozenset({ABSENT, "skipped", "superseded", "failed"})


@dataclass
class Row:
    """One reminder. `also`: fates besides `state` that the trouble it met makes just as right."""

    fall: Fall
    recipient: str
    state: str
    why: str = ""
    planned_at: datetime | None = None
    left_at: datetime | None = None
    blocked_at: datetime | None = None
    by_a_clerk: bool = False
    also: set[str] = field(default_factory=set)

    def end(self, state: str, why: str) -> None:
        self.state, self.why = state, why


def row_key(fall: Fall, recipient: str) -> Key:
    """(due_on, rung, recipient, cause, day): the day only where a rung has no number of its own."""
    day = fall.day.isoformat() if fall.rung == "after-break" else ""
    return fall.due_on, fall.rung, recipient, fall.cause, day


class Desk:
    """The rows of one assignment and what stands in its life so far. `lazy`: see `walk`."""

    def __init__(self, duty: Duty, book: Book, *, lazy: bool) -> None:
        self.duty, self.book, self.lazy = duty, book, lazy
        self.life = Life(duty.obligation)
        self.since: dict[date, datetime] = {}  # when each target became current the first time
        self.rows: dict[Key, Row] = {}
        self.ladder: list[Fall] = []  # of the current target
        self.reviews: list[Fall] = []  # of the current submission
        self.heralds: list[Fall] = []  # first words whose time has not come
        self.fallen: list[Fall] = []  # come, not yet planned
        self.reached = datetime.min.replace(tzinfo=book.zone)  # falls up to here were looked at

    # --- looking up -----------------------------------------------------------------------------------------------

    def configuration(self, now: datetime) -> Configuration:
        return self.book.version_at(now).configuration

    def days(self, now: datetime) -> Days:
        return self.book.days(self.book.version_at(now))

    def described(self, configuration: Configuration) -> tuple[Plan, Obligation] | None:
        """The plan and the duty as they stand in a configuration, None where it no longer has them."""
        obligation = configuration.obligation(self.duty.plan, self.life.obligation)
        return (configuration.plans[self.duty.plan], obligation) if obligation else None

    def policy(self, configuration: Configuration, due_on: date) -> Policy:
        """The ladder of a target: the longer one where it starts more than half a year before."""
        described = self.described(configuration)
        start = max(self.book.day(self.since[due_on]), self.duty.opened_on or date.min)
        return configuration.policies[policy_name(described[1].policy if described else "chuan", start, due_on)]

    def holder(self, now: datetime) -> str | None:
        return people.holder(self.configuration(now), self.life.carrier or self.duty.unit, self.book.day(now))

    def recipients(self, fall: Fall, now: datetime, *, is_unaware: bool = False) -> list[str]:
        """Who hears it now; where `is_unaware`, not yet knowing which addresses are found bad at this very instant."""
        described = self.described(self.configuration(now))
        bad = self.book.bad_addresses(now - INSTANT if is_unaware else now)
        unit, day = self.life.carrier or self.duty.unit, self.book.day(now)
        if described is None:
            return []
        return people.recipients(self.configuration(now), described, fall.audience, unit, day, bad)

    def alive(self) -> list[Row]:
        return [row for row in self.rows.values() if row.state in ALIVE]

    def is_owed(self, fall: Fall, now: datetime) -> bool:
        """Whether a letter may still say so, read at that moment."""
        life = self.life
        if fall.rung == "recorded":
            return life.confirmed is not None and str(life.confirmed.id) == fall.cause
        if fall.rung.startswith("review-"):
            submitted = life.submitted if not life.confirmed and not life.is_outside else None
            return submitted is not None and str(submitted.id) == fall.cause
        return self.is_current(fall) and self.holder(now) is not None

    def is_current(self, fall: Fall) -> bool:
        """Whether the facts owe it, though there may be nobody who carries the duty on."""
        return self.life.is_open and fall.due_on == self.life.target

    # --- planning -------------------------------------------------------------------------------------------------

    def gather(self, until: datetime) -> None:
        """What falls up to an instant; what falls while nobody is to be reminded is never owed."""
        for fall in (*self.ladder, *self.reviews):
            if self.reached < fall.at <= until and (self.is_owed(fall, fall.at) or self.is_current(fall)):
                self.fallen.append(fall)
        self.reached = max(self.reached, until)

    def plan(self, now: datetime) -> None:
        """Whatever has come gets its row."""
        self.gather(now)
        come = [*self.fallen, *(herald for herald in self.heralds if herald.at <= now)]
        self.heralds = [herald for herald in self.heralds if herald.at > now]
        self.lose([fall for fall in come if not self.is_owed(fall, now)], now)
        self.fallen = []
        moot = [row for row in self.alive() if not self.is_owed(row.fall, now)]
        self.drop([row for row in moot if row.state == "held" or not self.lazy])
        self.spare([row for row in moot if row.state in ALIVE])
        owed = [fall for fall in come if self.is_owed(fall, now)]
        for audience in sorted({fall.audience for fall in owed}):
            self.plan_for([fall for fall in owed if fall.audience == audience], now)

    def plan_for(self, falls: list[Fall], now: datetime) -> None:
        """One audience: of one day the nearest to the deadline, of several days the newest."""
        older = [row for row in self.alive() if row.fall.audience == falls[0].audience]
        late = self.policy(self.configuration(now), falls[0].due_on).late
        has_newest = False
        for fall in sorted(falls, key=lambda fall: (fall.at, -fall.near), reverse=True):
            if fall.audience == "unit" and self.gives_way(fall, now):
                self.add(fall, now, "superseded", "same-day")
            elif late == "newest" and has_newest:
                self.add(fall, now, "superseded", "newer")
            elif late == "none" and self.is_late(fall, now) and not fall.is_escalation:
                self.add(fall, now, "skipped", "late")
            else:
                has_newest |= self.add_owed(fall, now)
        if late == "newest" and has_newest:
            for row in older:
                row.end("superseded", "newer")

    def gives_way(self, fall: Fall, now: datetime) -> bool:
        """Whether another rung of that day speaks instead: one nearer to the deadline; to a herald, any that speaks."""
        if fall.rung == "recorded":
            return False
        same_day = [one for one in self.ladder if one.audience == "unit" and one.day == fall.day]
        if fall.since is None:
            return any(one.near < fall.near for one in same_day)
        later = [one for one in same_day if one.due_on == fall.due_on and one.at > fall.since]
        return bool(later) and not self.was_said(min(later, key=lambda one: one.near), now)

    def comes_again(self, fall: Fall, now: datetime) -> bool:
        """A late notice whose first working day has a rung of its own still to come: that one says all."""
        configuration = self.configuration(now)
        policy, hours = self.policy(configuration, fall.due_on), configuration.office.hours
        opens = self.book.day(self.days(now).opening(now, policy, hours, lazy=self.lazy))
        return any(one.day == opens for one in self.still_to_come(fall, now))

    def still_to_come(self, fall: Fall, now: datetime) -> list[Fall]:
        """What the same people are owed later and will hear, where this one is late and the newest counts."""
        newest = self.policy(self.configuration(now), fall.due_on).late == "newest"
        if fall.day >= self.book.day(now) or fall.is_escalation or not newest:
            return []
        same = [one for one in (*self.ladder, *self.reviews) if one.audience == fall.audience]
        coming = [one for one in same if one.at > now and self.is_owed(one, now)]
        return [one for one in coming if one.cause or not self.was_said(one, now)]

    def is_late(self, fall: Fall, now: datetime) -> bool:
        """It leaves on a later working day than its own."""
        return self.days(now).between(fall.day, self.book.day(now)) > 0

    def was_said(self, fall: Fall, now: datetime) -> bool:
        """Whether its namesake of another date left two working days ago or less, to the same recipients."""
        return all(self.namesake_left(fall, recipient, now) for recipient in self.recipients(fall, now))

    def namesake_left(self, fall: Fall, recipient: str, now: datetime) -> bool:
        """The lazy life counts none that may have been refused for good."""
        return any(
            row.left_at and self.days(now).between(self.book.day(row.left_at), self.book.day(now)) <= 2
            for row in self.rows.values()
            if (row.fall.rung, row.fall.audience, row.recipient) == (fall.rung, fall.audience, recipient)
            and row.fall.due_on != fall.due_on
            and not row.fall.cause
            and not (self.lazy and "failed" in row.also)
        )

    def add_owed(self, fall: Fall, now: datetime) -> bool:
        """The rows of a rung that speaks; whether one of them does.

        The eager life plans them, and sends one, before another message of that delivery finds the address bad.
        """
        speaks = False
        for recipient in self.recipients(fall, now, is_unaware=not self.lazy):
            if recipient == people.NOBODY:
                self.add_row(fall, recipient, now, "failed", "no-recipient")
            elif fall.since is None and not fall.cause and self.namesake_left(fall, recipient, now):
                self.add_row(fall, recipient, now, "skipped", "namesake")
            else:
                self.add_row(fall, recipient, now, "held" if fall.is_escalation else "planned", "")
                speaks = True
        return speaks

    def add(self, fall: Fall, now: datetime, state: str, why: str) -> None:
        for recipient in self.recipients(fall, now):
            self.add_row(fall, recipient, now, state, why)

    def add_row(self, fall: Fall, recipient: str, now: datetime, state: str, why: str) -> None:
        key = row_key(fall, recipient)
        if key in self.rows and self.rows[key].state != ABSENT:
            return
        clerk = people.channel_of(self.configuration(now), recipient) == people.MANUAL
        row = Row(fall, recipient, state, why, now, by_a_clerk=clerk)
        if recipient == people.NOBODY:
            row.also = {"failed", "superseded"} | (set() if self.holder(now) else {"skipped"})
        if clerk:  # on the telephone list a line is ticked, or not, or gives way to the next
            row.also |= {"planned", "sent", "superseded", "skipped"}
        if self.comes_again(fall, now):
            row.also |= {"superseded"}
        if fall.is_escalation and self.configuration(now).units[self.life.carrier or self.duty.unit].until:
            row.also |= {"skipped"}  # it may still be held when its unit ends and nobody carries the duty on
        self.rows[key] = row

    def lose(self, falls: Iterable[Fall], now: datetime) -> None:
        """Nobody need plan these any more; whoever had, must not have sent them."""
        lost = list(falls)
        for fall in lost:
            for recipient in self.recipients(fall, now):
                self.rows.setdefault(row_key(fall, recipient), Row(fall, recipient, ABSENT, also=set(NEVER_LEFT)))
        self.fallen = [fall for fall in self.fallen if fall not in lost]

    def crowd(self, audiences: set[str]) -> None:
        """Whoever records a fact may plan first what has fallen: what stands unsent gives way to that."""
        for row in self.alive():
            row.also |= {"superseded"} if row.fall.audience in audiences else set()

    def drop(self, rows: Iterable[Row]) -> None:
        for row in rows:
            row.end("skipped", "muted")

    def spare(self, rows: Iterable[Row]) -> None:
        """The lazy life lets these stand a while: whatever then becomes of them, to have dropped them was right too."""
        for row in rows:
            row.also |= {"skipped"}
