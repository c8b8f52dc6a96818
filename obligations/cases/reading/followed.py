"""Plans as they are followed: each duty with how many have sent, period by period, and events that wait for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, case, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.anchors import EVENT, event_day
from obligations.cases.reading.classing import class_column, moment_of
from obligations.cases.reading.deadlines import explain
from obligations.domain.classes import OPEN_OVERDUE, Moment
from obligations.domain.deadline import After
from obligations.domain.due import Due
from obligations.domain.duties import Duty, Ladders, dues_of, end_of_next_year
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Obligation, Plan
from obligations.domain.wording import some
from obligations.store.database import reading
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c


@dataclass(frozen=True)
class Turn:
    """One duty in one period: its (latest) date, how many units owe it, have sent, are past the date without it."""

    period: str
    due_on: date | None
    owed: int
    sent: int
    late: int


@dataclass(frozen=True)
class Followed:
    """One duty: how its date is computed (empty: from what units did), its periods, oldest first, and the next one."""

    duty: Obligation
    how: str
    turns: tuple[Turn, ...]
    coming: Turn | None


@dataclass(frozen=True)
class Awaited:
    """An event that dates count from: its name, its day where it is known, the duties that wait."""

    name: str
    on: date | None
    titles: tuple[str, ...]


@dataclass(frozen=True)
class PlanPage:
    """One plan with all that hangs on it; `replaced_by` is the plan that names this one as replaced."""

    plan: Plan
    duties: tuple[Followed, ...]
    events: tuple[Awaited, ...]
    replaced_by: Plan | None
    configuration: Configuration


@dataclass(frozen=True)
class PlanLine:
    """One plan in the list; `coming` is the next date of what is not finished."""

    plan: Plan
    owed: int
    sent: int
    late: int
    coming: date | None
    waits: tuple[str, ...]


def plans(app: App, now: datetime) -> tuple[list[PlanLine], Configuration]:
    """All plans: those in force first, in the order of their files. Refused before the first apply."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        configuration = ladders.configuration
        counts = {row.plan: row for row in session.execute(_by_plan(ladders, moment_of(ladders, now)))}
        lines = [_line(session, plan, counts) for plan in configuration.plans.values()]
    return sorted(lines, key=lambda line: line.plan.ended is not None), configuration


def plan_page(app: App, plan_id: str, now: datetime) -> PlanPage:
    """One plan. Refused for one that is not followed."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        configuration = ladders.configuration
        plan = configuration.plans.get(plan_id)
        if plan is None:
            raise Refused("no-plan", f"không theo dõi kế hoạch {plan_id}.", f"Có: {some(list(configuration.plans))}.")
        moment = moment_of(ladders, now)
        today, turns = moment.day, _turns(session, ladders, plan, moment)
        duties = tuple(
            _followed(session, configuration, plan, one, turns.get(one.id, ()), today) for one in plan.obligations
        )
        replaced = next((one for one in configuration.plans.values() if one.replaces == plan.id), None)
        return PlanPage(plan, duties, tuple(_events(session, plan)), replaced, configuration)


def _counts(ladders: Ladders, moment: Moment) -> tuple[ColumnElement[Any], ...]:
    """Owed, sent, late; what is waived or stopped is not counted."""
    is_sent = (_a.submitted_on.is_not(None)) | (_a.done_on.is_not(None))
    is_late = class_column(ladders, moment) == OPEN_OVERDUE
    return (
        func.count().label("owed"),
        func.sum(case((is_sent, 1), else_=0)).label("sent"),
        func.sum(case((is_late, 1), else_=0)).label("late"),
    )


def _by_plan(ladders: Ladders, moment: Moment) -> Select[Any]:
    coming = func.min(case(((_a.phase == "open") & (_a.due_on >= moment.day), _a.due_on)))
    columns = (_a.plan, *_counts(ladders, moment), coming.label("coming"))
    return select(*columns).where(_a.outside.is_(None)).group_by(_a.plan)


def _turns(session: Session, ladders: Ladders, plan: Plan, moment: Moment) -> dict[str, tuple[Turn, ...]]:
    due_on = func.max(_a.due_on)
    query = (
        select(_a.obligation, _a.period, due_on.label("due_on"), *_counts(ladders, moment))
        .where(_a.plan == plan.id, _a.outside.is_(None))
        .group_by(_a.obligation, _a.period)
        .order_by(due_on, _a.period)
    )
    found: dict[str, tuple[Turn, ...]] = {}
    for row in session.execute(query):
        turn = Turn(row.period, row.due_on, row.owed, row.sent, row.late)
        found[row.obligation] = (*found.get(row.obligation, ()), turn)
    return found


def _followed(
    session: Session, configuration: Configuration, plan: Plan, duty: Obligation, turns: Iterable[Turn], today: date
) -> Followed:
    known = tuple(turns)
    coming = next((one for one in known if one.due_on and one.due_on >= today), None)
    due = _due(session, configuration, plan, duty, coming or next(reversed(known), None), today)
    how = explain(configuration, Duty(plan, duty, "", due)) if due else ""
    return Followed(duty, how, known, coming)


def _due(
    session: Session, configuration: Configuration, plan: Plan, duty: Obligation, turn: Turn | None, today: date
) -> Due | None:
    """The date that is explained: that of the period, from the day of its event; None for one that the form lacks."""
    form, reading_ = duty.form, configuration.reading(plan)
    if isinstance(form, After) and form.anchor.startswith(EVENT):
        day = event_day(session, plan.id, form.anchor.removeprefix(EVENT))
        if day:
            return form.due(day, reading_)
    dues = list(dues_of(plan, duty, reading_, end_of_next_year(today)))
    due = next((one for one in dues if turn and one.period == turn.period), next(reversed(dues), None))
    return None if due and due.on is None and turn and turn.due_on else due


def _events(session: Session, plan: Plan) -> Iterable[Awaited]:
    names: dict[str, list[str]] = {}
    for one in plan.obligations:
        if isinstance(one.form, After) and one.form.anchor.startswith(EVENT):
            names.setdefault(one.form.anchor.removeprefix(EVENT), []).append(one.title)
    return (Awaited(name, event_day(session, plan.id, name), tuple(titles)) for name, titles in names.items())


def _line(session: Session, plan: Plan, counts: Mapping[str, Row[Any]]) -> PlanLine:
    row = counts.get(plan.id)
    waits = tuple(one.name for one in _events(session, plan) if one.on is None)
    if row is None:
        return PlanLine(plan, 0, 0, 0, None, waits)
    return PlanLine(plan, row.owed, row.sent, row.late, row.coming, waits)
