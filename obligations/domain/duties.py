"""What a configuration makes each unit owe, and the ladder that each duty walks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from obligations.domain import ladder
from obligations.domain.deadline import After, dues
from obligations.domain.due import Due, Reading
from obligations.domain.ladder import Audience, Clockwork, Ladder
from obligations.domain.plan import Configuration, Contact, Obligation, Plan, Role
from obligations.domain.policy import Policy, policy_id

Members = Mapping[tuple[str, str], tuple[str, ...]]
_ROLES: dict[str, tuple[Role, ...]] = {"unit": ("focal", "deputy", "van-thu"), "leader": ("leader",)}


@dataclass(frozen=True)
class Duty:
    """One unit's duty for one period, as the configuration gives it."""

    plan: Plan
    obligation: Obligation
    unit: str
    due: Due

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.plan.id, self.obligation.id, self.unit, self.due.period


def duties(configuration: Configuration, through: date, members: Members | None = None) -> Iterator[Duty]:
    """Every duty of every plan, unbounded ones due up to `through`; `members` says who a known duty's groups meant."""
    for plan in configuration.plans.values():
        reading = configuration.reading(plan)
        for obligation in plan.obligations:
            units = (members or {}).get((plan.id, obligation.id), obligation.units)
            for due in _dues(plan, obligation, reading, through):
                for unit in units:
                    yield Duty(plan, obligation, unit, due)


def _dues(plan: Plan, obligation: Obligation, reading: Reading, through: date) -> Iterator[Due]:
    """The form's own dates; one that counts from a duty closed from the start (`done:`) has its date at once."""
    form = obligation.form
    anchor = plan.by_id.get(form.anchor) if isinstance(form, After) else None
    if isinstance(form, After) and anchor and anchor.done:
        yield form.due(anchor.done.on, reading)
    else:
        yield from dues(form, reading, through, obligation.fixed)


def end_of_next_year(today: date) -> date:
    """How far unbounded duties are computed ahead."""
    return date(today.year + 1, 12, 31)


def clockwork(configuration: Configuration) -> Clockwork:
    office = configuration.office
    return Clockwork(configuration.reminder_calendar, office.hours, ZoneInfo(office.time_zone))


def deadline_instant(due_on: date, at: time | None, zone: ZoneInfo) -> datetime:
    """When a deadline ends: at its hour, else at 24:00 of its day (Civil Code 2015, 148.6)."""
    if at:
        return datetime.combine(due_on, at, zone)
    return datetime.combine(due_on + timedelta(days=1), time(), zone)


@dataclass(frozen=True)
class Track:
    """What a ladder depends on besides the configuration: the due date, since when it holds, and whether it opens.

    `opened_on` is the last day of the period before: the ladder of a later period counts from it, not from activation.
    """

    due_on: date
    since: datetime
    opened_on: date | None = None
    notice: bool = False


def policy_of(configuration: Configuration, obligation: Obligation, track: Track, zone: ZoneInfo) -> Policy:
    """The stated policy, else by the length of the ladder."""
    start = max(track.since.astimezone(zone).date(), track.opened_on or date.min)
    return configuration.policies[policy_id(obligation.policy, (track.due_on - start).days)]


class Ladders:
    """Ladders of one configuration. Forty units with one due date share one computation."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.clockwork = clockwork(configuration)
        self._built: dict[tuple[Policy, Track], Ladder] = {}

    def policy(self, obligation: Obligation, track: Track) -> Policy:
        return policy_of(self.configuration, obligation, track, self.clockwork.zone)

    def ladder(self, obligation: Obligation, track: Track) -> Ladder:
        policy = self.policy(obligation, track)
        key = (policy, track)
        if key not in self._built:
            self._built[key] = ladder.build(policy, track.due_on, track.since, self.clockwork, notice=track.notice)
        return self._built[key]

    def recipients(self, audience: Audience, unit: str, day: date) -> tuple[Contact, ...]:
        """Who a rung goes to on a day: one contact of the unit, or the office's own leadership; none is a failure."""
        if audience == "own_leadership":
            contacts = self.configuration.contacts
            return tuple(contacts[name] for name in self.configuration.office.own_leadership)
        carrier = self.carrier(unit, day)
        found = self.configuration.units[carrier].contact(_ROLES[audience], day) if carrier else None
        return (found,) if found else ()

    def carrier(self, unit: str, day: date) -> str | None:
        """Who carries a unit's duties on a day: itself, after its end its one successor; None: chờ bàn giao."""
        seen: set[str] = set()
        while (known := self.configuration.units[unit]).until and day > known.until:
            seen.add(unit)
            if len(known.successors) != 1 or known.successors[0] in seen:
                return None
            unit = known.successors[0]
        return unit
