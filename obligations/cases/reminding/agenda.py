"""What the scheduler should hold: a run for each obligation and instant on which some rung falls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, Table, func, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.domain.duties import Ladders, Track
from obligations.domain.ladder import Rung
from obligations.domain.plan import Plan
from obligations.domain.policy import policy_id
from obligations.store.database import reading
from obligations.store.tables import METADATA

AHEAD_DAYS = 100
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_r, _m = _reminder.c, _message.c
_NEXT: tuple[Select[Any], ...] = (
    select(func.min(_assignment.c.next_rung_at)),
    select(func.min(_r.at)).where(_r.state == "planned", _r.queued_at.is_(None)),
    select(func.min(_m.next_try_at)).where(_m.state == "queued", _m.next_try_at.is_not(None)),
)
_COMING = select(*(question.scalar_subquery() for question in _NEXT))


@dataclass(frozen=True)
class WantedRun:
    """One run of check_obligation: which rungs fall at that instant, for how many assignments.

    `owed` says that the instant has passed and some rung of it has no row yet.
    """

    plan: str
    obligation: str
    number: str | None
    title: str
    at: datetime
    rungs: tuple[str, ...]
    assignments: int
    owed: bool = False


@dataclass(frozen=True)
class DeliveryTimes:
    """When deliveries are worth running: each policy's hour, and office hours for retries and late notices."""

    send_at: tuple[time, ...]
    office_hours: tuple[tuple[time, time], ...]
    time_zone: str
    working_days_only: bool


def next_at(app: App) -> datetime | None:
    """When anything leaves next: a rung, a late notice that waits for office hours, a retry; None when nothing does."""
    with reading(app.engine) as session:
        instants = session.execute(_COMING).one()
    return min((instant for instant in instants if instant), default=None)


def wanted_plans(app: App) -> list[Plan]:
    """The plans of the applied configuration, none before the first apply."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    return list(in_force.configuration.plans.values()) if in_force else []


def wanted_runs(app: App, now: datetime, *, days: int = AHEAD_DAYS) -> list[WantedRun]:
    """Runs up to `days` ahead; and for each obligation the one nearest to its next deadline, however far that is."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        groups = session.execute(_groups()).all() if in_force else ()
    if in_force is None:
        return []
    until = now + timedelta(days=days)
    slots: dict[tuple[str, str, datetime], _Slot] = {}
    for group, rung in _rungs(in_force.ladders, groups, now, until):
        slots.setdefault((group.plan, group.obligation, rung.at), _Slot()).add(group, rung, now)
    return [_wanted(in_force.ladders, key, slot) for key, slot in sorted(slots.items(), key=lambda one: one[0])]


class _Slot:
    """The rungs and assignments gathered for one run."""

    def __init__(self) -> None:
        self.rungs: dict[str, None] = {}
        self.groups: dict[Any, int] = {}
        self.owed = False

    def add(self, group: Row[Any], rung: Rung, now: datetime) -> None:
        self.rungs[rung.id] = None
        self.groups[tuple(group)] = group.units
        self.owed |= rung.at <= now


def _groups() -> Any:
    """Open assignments that share a ladder count as one: forty units walk it together."""
    table = _assignment.c
    shared = (table.plan, table.obligation, *(table[name] for name in Track.NAMES))
    return (
        select(*shared, func.min(table.next_rung_at).label("next_rung_at"), func.count().label("units"))
        .where(table.next_rung_at.is_not(None))
        .group_by(*shared)
        .order_by(table.target_on)
    )


def _rungs(
    ladders: Ladders, groups: Iterable[Row[Any]], now: datetime, until: datetime
) -> Iterable[tuple[Row[Any], Rung]]:
    shown: set[tuple[str, str]] = set()
    for group in groups:
        obligation = ladders.configuration.obligation(group.plan, group.obligation)
        if obligation is None:
            continue
        rungs = [rung for rung in ladders.ladder(obligation, Track.of(group)).rungs if rung.at >= group.next_rung_at]
        yield from ((group, rung) for rung in rungs if rung.at <= until)
        if (group.plan, group.obligation) not in shown and (last := _nearest(rungs, group.target_on, now)):
            shown.add((group.plan, group.obligation))
            yield group, last


def _nearest(rungs: Sequence[Rung], due_on: date | None, now: datetime) -> Rung | None:
    """The coming rung that falls nearest to a deadline still ahead."""
    coming = [rung for rung in rungs if rung.at > now and due_on and rung.day <= due_on]
    return max(coming, key=lambda rung: rung.at, default=None)


def _wanted(ladders: Ladders, key: tuple[str, str, datetime], slot: _Slot) -> WantedRun:
    plan_id, obligation_id, at = key
    plan = ladders.configuration.plans[plan_id]
    title = plan.by_id[obligation_id].title
    units = sum(slot.groups.values())
    return WantedRun(plan_id, obligation_id, plan.number, title, at, tuple(slot.rungs), units, slot.owed)


def delivery_times(app: App) -> DeliveryTimes | None:
    """From the applied configuration, only the policies that some obligation uses; None before the first apply."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    if in_force is None:
        return None
    configuration = in_force.configuration
    stated = {one.policy for plan in configuration.plans.values() for one in plan.obligations}
    names = {name for name in stated if name} | {policy_id(None, 0), policy_id(None, 10_000)}
    policies = [configuration.policies[name] for name in names]
    return DeliveryTimes(
        send_at=tuple(sorted({policy.send_at for policy in policies})),
        office_hours=tuple((span.first, span.last) for span in configuration.office.hours),
        time_zone=configuration.office.time_zone,
        working_days_only=all(policy.days == "working" for policy in policies),
    )
