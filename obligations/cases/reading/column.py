"""All units of one obligation and period, one line each: what *Ghi nhận nhanh* types down; and which there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import Table, case, func, select, tuple_

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading.classing import UNFINISHED, moment_of
from obligations.cases.reading.rows import Row, rows_of, source
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Plan
from obligations.store.database import reading
from obligations.store.tables import METADATA

MOST_LISTED = 100
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c
_TURN = (_a.plan, _a.obligation, _a.period)


@dataclass(frozen=True)
class Choice:
    """One obligation and period with something to record: how many units have sent, of how many."""

    plan: str
    obligation: str
    period: str
    title: str
    source: str
    due_on: date | None
    sent: int
    units: int


@dataclass(frozen=True)
class Column:
    """The lines of one obligation and period, in the order of protocol."""

    title: str
    source: str
    periods: Sequence[str]
    rows: list[Row]


@dataclass(frozen=True)
class Choices:
    """The first of what may be chosen, of `count` in all; of which plans there is something."""

    rows: list[Choice]
    count: int
    plans: list[Plan]


def choices(app: App, now: datetime, plan: str = "") -> Choices:
    """What waits for results or for ghi nhận, of one plan or of all: what is due nearest to today first, past or not.

    Refused before the first apply.
    """
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        today, followed = moment_of(ladders, now).day, ladders.configuration.plans
        due_on = func.min(_a.due_on).label("due_on")
        waiting = session.execute(select(*_TURN, due_on).where(UNFINISHED).group_by(*_TURN)).all()
        mine = [row for row in waiting if not plan or row.plan == plan]
        mine.sort(key=lambda row: (abs(row.due_on - today) if row.due_on else timedelta.max, *row[:3]))
        shown = mine[:MOST_LISTED]
        sent = func.sum(case((_a.submitted_on.is_not(None), 1), else_=0)).label("sent")
        counted = select(*_TURN, sent, func.count().label("units")).group_by(*_TURN)
        counted = counted.where(tuple_(*_TURN).in_([tuple(row[:3]) for row in shown]))
        counts = {tuple(row[:3]): row for row in session.execute(counted)}
    rows = [_choice(ladders.configuration, row, counts[tuple(row[:3])]) for row in shown]
    with_something = {row.plan for row in waiting}
    return Choices(rows, len(mine), [one for one in followed.values() if one.id in with_something])


def _choice(configuration: Configuration, row: Record[Any], counted: Record[Any]) -> Choice:
    plan, duty = configuration.plans.get(row.plan), configuration.obligation(row.plan, row.obligation)
    return Choice(
        row.plan,
        row.obligation,
        row.period,
        duty.title if duty else row.obligation,
        source(plan) if plan else row.plan,
        row.due_on,
        counted.sent,
        counted.units,
    )


def column(app: App, plan: str, obligation: str, period: str | None, now: datetime) -> tuple[str, Column]:
    """The period shown (the one asked for, else the first with something open) and its lines.

    Refused when nobody owes such an obligation, or not in that period.
    """
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        mine = (_a.plan == plan, _a.obligation == obligation)
        waits = func.sum(case((_a.phase != "closed", 1), else_=0)).label("waits")
        known = select(_a.period, waits).where(*mine).group_by(_a.period).order_by(func.min(_a.due_on), _a.period)
        periods = session.execute(known).all()
        shown = period or next((one.period for one in periods if one.waits), periods[-1].period if periods else None)
        if shown is None or shown not in {one.period for one in periods}:
            raise Refused("no-assignment", "không có nhiệm vụ hoặc kỳ này.", "Chọn trong danh sách.")
        places = {unit.id: unit.position for unit in ladders.configuration.units.values()}
        lines = session.execute(select(_a.id, _a.unit).where(*mine, _a.period == shown)).all()
        ids = [line.id for line in sorted(lines, key=lambda line: (places.get(line.unit, len(places)), line.id))]
        rows = rows_of(session, ladders, ids, moment_of(ladders, now))
    return shown, Column(rows[0].title, rows[0].source, [one.period for one in periods], rows)
