"""What a configuration makes each unit owe, and the ladder that each duty walks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from obligations.domain import ladder
from obligations.domain.deadline import After, dues
from obligations.domain.due import Due, Reading
from obligations.domain.ending import Ends, is_over
from obligations.domain.facts import Herald, Phase
from obligations.domain.ladder import NOTICE, RECORDED, RETURNED, Audience, Clockwork, First, Ladder
from obligations.domain.plan import NONE_BAD, Bad, Configuration, Contact, Obligation, Plan, Role
from obligations.domain.policy import Policy, policy_id

Members = Mapping[tuple[str, str], tuple[str, ...]]
_STAND_INS: tuple[Role, ...] = ("deputy", "van-thu")
_ROLES: dict[str, tuple[Role, ...]] = {"unit": ("focal", *_STAND_INS), "leader": ("leader", *_STAND_INS)}


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
    """Every duty of every plan, unbounded ones due up to `through`; `members` says who a known duty's groups meant.

    What falls due after its own end, its plan's or its plan's replacement is not owed.
    """
    ends = Ends(configuration)
    for plan in configuration.plans.values():
        reading = configuration.reading(plan)
        for obligation in plan.obligations:
            units = (members or {}).get((plan.id, obligation.id), obligation.units)
            ended = ends.of(plan, obligation)
            for due in dues_of(plan, obligation, reading, through):
                if ended is None or not is_over(ended, due.on):
                    for unit in units:
                        yield Duty(plan, obligation, unit, due)


def dues_of(plan: Plan, obligation: Obligation, reading: Reading, through: date) -> Iterator[Due]:
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


@lru_cache(maxsize=4096)
def deadline_instant(due_on: date, at: time | None, zone: ZoneInfo) -> datetime:
    """When a deadline ends: at its hour, else at 24:00 of its day (Civil Code 2015, 148.6)."""
    if at:
        return datetime.combine(due_on, at, zone)
    return datetime.combine(due_on + timedelta(days=1), time(), zone)


@dataclass(frozen=True)
class Track:
    """What a ladder depends on besides the configuration; a row of `assignment` has the same names.

    `target_on` is the day that reminders walk to, `due_since` when it became current. `opened_on` is the last day of
    the period before: the ladder of a later period counts from it, not from activation. `herald` is the first word
    owed since `herald_at`; `review_since` when the result that now waits for the reviewer was recorded.
    """

    phase: Phase
    target_on: date | None
    due_since: datetime
    opened_on: date | None = None
    herald: Herald | None = None
    herald_at: datetime | None = None
    review_since: datetime | None = None

    NAMES: ClassVar[tuple[str, ...]] = (
        "phase",
        "target_on",
        "due_since",
        "opened_on",
        "herald",
        "herald_at",
        "review_since",
    )

    @classmethod
    def of(cls, row: Any) -> Track:
        """The track of an assignment's row, or of a row of the columns it shares with others."""
        return cls(*(getattr(row, name) for name in cls.NAMES))

    @property
    def first(self) -> First | None:
        if self.herald is None or self.herald_at is None:
            return None
        return First(_FIRST_RUNG.get(self.herald, NOTICE), self.herald_at, opens=self.herald == "activated")


_FIRST_RUNG: dict[Herald, str] = {"returned": RETURNED, "recorded": RECORDED}


class Ladders:
    """Ladders of one configuration. Forty units with one due date share one computation."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.clockwork = clockwork(configuration)
        self._built: dict[tuple[str, bool, Track], Ladder] = {}

    def policy(self, obligation: Obligation, track: Track) -> Policy:
        """The stated policy, else by the length of the ladder."""
        start = max(self.clockwork.local(track.due_since).date(), track.opened_on or date.min)
        days = (track.target_on - start).days if track.target_on else 0
        return self.configuration.policies[policy_id(obligation.policy, days)]

    def ladder(self, obligation: Obligation, track: Track) -> Ladder:
        """Every rung that the track owes, on its day; none for what is closed or has no date yet."""
        policy = self.policy(obligation, track)
        is_told = bool(obligation.coordinating_units)
        key = (policy.id, is_told, track)
        if key not in self._built:
            self._built[key] = self._ladder(policy, track, is_told=is_told)
        return self._built[key]

    def _ladder(self, policy: Policy, track: Track, *, is_told: bool) -> Ladder:
        first = track.first
        if track.phase == "review" and track.review_since:
            return ladder.reviews(policy, track.review_since, self.clockwork)
        if track.phase == "closed":
            said = first if first and first.rung == RECORDED else None
            return ladder.alone(said, policy, track.due_since.date(), self.clockwork) if said else Ladder((), ())
        if track.target_on is None:
            return Ladder((), ())
        is_later = track.opened_on is not None
        built = ladder.build(policy, track.target_on, track.due_since, self.clockwork, first=first, is_later=is_later)
        return built if is_told else built.without("coordinating")

    def recipients(
        self, audience: Audience, duty: tuple[str, str, str], day: date, bad: Bad = NONE_BAD
    ) -> tuple[Contact, ...]:
        """Who a rung of (plan, obligation, carrier) goes to on a day, past addresses that are `bad`; none: a failure.

        One contact of a unit, every one of the office's own leadership and secretariat.
        """
        return tuple(contact for contact in self.asked(audience, duty, day, bad) if contact)

    def asked(
        self, audience: Audience, duty: tuple[str, str, str], day: date, bad: Bad = NONE_BAD
    ) -> tuple[Contact | None, ...]:
        """`recipients`, with None for whoever should be told and cannot be reached."""
        office = self.configuration.office
        match audience:
            case "own_leadership":
                return self._listed(office.own_leadership, day, bad) or (None,)
            case "reviewer":
                return self._listed(office.secretariat, day, bad) or (None,)
            case _:
                return tuple(self._contact(unit, audience, day, bad) for unit in self.told(audience, duty))

    def told(self, audience: Audience, duty: tuple[str, str, str]) -> tuple[str, ...]:
        """The units that a rung of (plan, obligation, carrier) goes to; a unit needs no telling of its own duty."""
        plan_id, obligation_id, unit = duty
        if audience == "overseer":
            return (self.configuration.plans[plan_id].overseer,)
        if audience == "coordinating":
            obligation = self.configuration.obligation(plan_id, obligation_id)
            return tuple(one for one in obligation.coordinating_units if one != unit) if obligation else ()
        return (unit,)

    def _contact(self, unit: str, audience: Audience, day: date, bad: Bad) -> Contact | None:
        """Somebody stands in for a head who cannot be reached, not for one whom nobody has named."""
        carrier = self.carrier(unit, day)
        told = self.configuration.units[carrier] if carrier else None
        if told is None or (audience == "leader" and not any(one.role == "leader" for one in told.contacts)):
            return None
        return told.contact(_ROLES.get(audience, _ROLES["unit"]), day, bad)

    def _listed(self, names: Iterable[str], day: date, bad: Bad) -> tuple[Contact, ...]:
        """Each of the office's own that it names, or whoever stands in; one who is away and has nobody keeps it."""
        found: dict[str, Contact] = {}
        for one in (self.configuration.contacts[name] for name in names):
            is_reached = one.is_reachable(bad)
            is_here = is_reached and not one.is_away(day)
            stands_in = None if is_here else self.configuration.units[one.unit].contact(_STAND_INS, day, bad)
            if told := stands_in or (one if is_reached else None):
                found[told.id] = told
        return tuple(found.values())

    def needs_register(self, audience: Audience, plan: str) -> bool:
        """Whether an escalation waits until the incoming register was read: what the office tells itself need not."""
        office = self.configuration.office
        return audience != "overseer" or self.configuration.plans[plan].overseer != office.unit

    def needs_approval(self, obligation: Obligation, row: Any, audience: Audience, rung: str, day: date) -> bool:
        """Whether an escalation waits for somebody's yes: the policy says so, or it goes to another organisation."""
        steps = {f"{step.to}-{step.after.days}": step for step in self.policy(obligation, Track.of(row)).escalate}
        if rung in steps and steps[rung].approve:
            return True
        if audience == "own_leadership" or not self.needs_register(audience, row.plan):
            return False
        carriers = [self.carrier(unit, day) for unit in self.told(audience, (row.plan, obligation.id, _owner(row)))]
        return any(one and self.configuration.units[one].relation != "internal" for one in carriers)

    def is_orphan(self, row: Any, day: date) -> bool:
        """Whether nobody carries an assignment (its `carrier`, else its `unit`) on: *chờ bàn giao*."""
        return self.carrier(_owner(row), day) is None

    def carrier(self, unit: str, day: date) -> str | None:
        """Who carries a unit's duties on a day: itself, after its end its one successor; None: chờ bàn giao.

        A configuration that was rolled back may not know a unit of the ledger (any more): nobody, too.
        """
        seen: set[str] = set()
        units = self.configuration.units
        while unit in units and (known := units[unit]).until and day > known.until:
            seen.add(unit)
            if len(known.successors) != 1 or known.successors[0] in seen:
                return None
            unit = known.successors[0]
        return unit if unit in units else None


def _owner(row: Any) -> str:
    """The unit that an assignment was given to last."""
    return str(row.carrier or row.unit)
