"""Standing duties (việc thường xuyên): after each review period the overseer gets one checklist of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Table, func, select
from sqlmodel import Session

from obligations.domain.duties import Ladders
from obligations.domain.periods import Period
from obligations.domain.plan import Configuration, Plan, Standing
from obligations.store.tables import METADATA
from obligations.texts import duty
from obligations.texts.checklist import Duty

_event: Table = METADATA.tables["event"]
_version: Table = METADATA.tables["config_version"]
_e = _event.c


def due(session: Session, ladders: Ladders, today: date) -> list[tuple[str, str]]:
    """(`2022-09-30:so-noi-vu`, the overseer) of each checklist whose review period is over, the newest of each kind.

    A period that ended before its plan was followed is nobody's.
    """
    local = ladders.clockwork.local
    activated = {
        row.plan: local(row.at).date()
        for row in session.execute(
            select(_e.plan, func.min(_e.recorded_at).label("at")).where(_e.kind == "activated").group_by(_e.plan)
        )
    }
    found: dict[tuple[str, str], None] = {}
    for plan in ladders.configuration.plans.values():
        for standing in plan.standing:
            last = Period.holding(standing.review, today).shift(-1).last
            if not plan.ended and activated.get(plan.id, today) <= last:
                found[f"{last.isoformat()}:{plan.overseer}", plan.overseer] = None
    return list(found)


def duties(configuration: Configuration, about: str) -> tuple[Duty, ...]:
    """What a checklist lists: every standing duty of the overseer whose review period ended that day, plan by plan."""
    day, _, overseer = about.partition(":")
    last = date.fromisoformat(day)
    plans = (plan for plan in configuration.plans.values() if plan.overseer == overseer and not plan.ended)
    return tuple(_duty(configuration, plan, *one) for plan in plans for one in _over(plan, last))


def followed_since(session: Session, ladders: Ladders) -> date:
    """The day of the first apply."""
    first = session.execute(select(func.min(_version.c.applied_at))).scalar_one()
    return ladders.clockwork.local(first).date()


def _over(plan: Plan, last: date) -> Iterator[tuple[Standing, Period]]:
    """The plan's standing duties whose review period ended on a day."""
    for standing in plan.standing:
        period = Period.holding(standing.review, last)
        if period.last == last:
            yield standing, period


def _duty(configuration: Configuration, plan: Plan, standing: Standing, period: Period) -> Duty:
    names = {key: one.name for key, one in configuration.units.items()}
    names |= {key: one.name for key, one in configuration.groups.items()}
    responsible = (names.get(one, one) for one in standing.responsible)
    cited = duty.Duty(
        title=standing.title,
        period=period.label,
        plan_kind=plan.kind,
        plan_title=plan.title,
        plan_number=plan.number,
        plan_source=plan.source,
        plan_issued_on=plan.issued_on,
        plan_issuer=configuration.units[plan.issuer].name,
        overseer=configuration.units[plan.overseer].name,
        place=standing.cite.at,
        stated=standing.cite.stated,
    )
    return Duty(
        source=cited.source,
        period=period.short_words,
        title=standing.title,
        units=", ".join(responsible),
        place=standing.cite.at,
        question=standing.question,
    )
