"""`plan_due`: every owed rung whose time has come gets its row, once, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Table, and_, bindparam, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.bad_addresses import bad_addresses
from obligations.cases.ledger.withdrawing import Withdrawal
from obligations.cases.reminding import namesakes
from obligations.cases.reminding.planner import (
    ID,
    OWN,
    SHARED,
    TOO_LATE,
    Batch,
    Circumstances,
    Due,
    Known,
    PlannedRow,
    Planner,
)
from obligations.cases.reminding.timekeeping import refuse_going_back
from obligations.domain.duties import Ladders
from obligations.domain.settling import NEWER
from obligations.store.bulk import Bulk
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA, Assignment

__all__ = ["Planned", "PlannedRow", "plan_due", "plan_obligation", "plan_rows"]
BATCH = 500
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_COLUMNS = [_assignment.c[name] for name in (*SHARED, *OWN)]
_DUE = (
    select(*_COLUMNS)
    .where(_assignment.c.next_rung_at <= bindparam("now"))
    .order_by(_assignment.c.next_rung_at, _assignment.c.id)
)
_KNOWN = (
    select(_reminder.c.assignment_id, _reminder.c.due_on, _reminder.c.rung, _reminder.c.cause)
    .where(_reminder.c.assignment_id.in_(bindparam("ids", expanding=True)))
    .order_by(_reminder.c.assignment_id, _reminder.c.id)
)
_COMES_AGAIN = update(_assignment).where(_assignment.c.id == bindparam("row")).values(next_rung_at=bindparam("at"))
_IS_DUE = select(_assignment.c.id).where(_assignment.c.next_rung_at <= bindparam("now")).limit(1)
_OF_THESE = and_(
    _reminder.c.assignment_id.in_(bindparam("ids", expanding=True)), _reminder.c.audience == bindparam("heard_by")
)
_UNSENT = Withdrawal(_OF_THESE)  # overtaken by the newer rung
_TOO_OLD = Withdrawal(and_(_OF_THESE, _reminder.c.rung_on < bindparam("on")))


@dataclass(frozen=True)
class Planned:
    rows: tuple[PlannedRow, ...] = ()


def plan_due(
    app: App, now: datetime, *, plan: str | None = None, obligation: str | None = None, is_pretended: bool = False
) -> Planned:
    """Record all rungs due by `now`, of one plan or obligation when named. Does nothing before the first apply.

    Work grows with what is due: one indexed query finds it. Each batch is one transaction, and the database refuses a
    second row for the same rung, so a repeated or concurrent call does no harm. Refused while the clock lies behind
    what was recorded, unless `now` is no clock's (`is_pretended`: a day of a demonstration).
    """
    rows: list[PlannedRow] = []
    with reading(app.engine) as session:
        if not is_pretended:
            refuse_going_back(session, now)
        waits = is_due(session, now, plan, obligation)
    while waits:
        with writing(app.engine) as session:
            found = due(session, now, plan, obligation, limit=BATCH)
            ladders = applied.required(session).ladders  # of this moment: an apply waits for it, or it for the apply
            batch = decide(session, ladders, found, now)
            _write(session, ladders, batch, now)
        rows += batch.rows()
        waits = len(found) == BATCH
    return Planned(tuple(rows))


def plan_rows(session: Session, ladders: Ladders, rows: Iterable[Assignment], now: datetime) -> list[PlannedRow]:
    """Record what these assignments owe by `now`; whoever changes one of them does so first, so that what was owed
    until then stands in the ledger."""
    found = [(*(getattr(row, name) for name in SHARED), *(getattr(row, name) for name in OWN)) for row in rows]
    batch = decide(session, ladders, found, now)
    _write(session, ladders, batch, now)
    return list(batch.rows())


def plan_obligation(session: Session, ladders: Ladders, plan: str, obligation: str, now: datetime) -> None:
    """`plan_rows` for all that one obligation owes by `now`."""
    waits = is_due(session, now, plan, obligation)
    while waits:
        found = due(session, now, plan, obligation, limit=BATCH)
        _write(session, ladders, decide(session, ladders, found, now), now)
        waits = len(found) == BATCH


def is_due(session: Session, now: datetime, plan: str | None = None, obligation: str | None = None) -> bool:
    """Whether any rung has come due."""
    return session.execute(_only(_IS_DUE, plan, obligation), {"now": now}).first() is not None


def due(
    session: Session, now: datetime, plan: str | None = None, obligation: str | None = None, *, limit: int
) -> Sequence[Row[Any]]:
    """The assignments of which a rung has come due: what they share, then what is their own."""
    return session.execute(_only(_DUE, plan, obligation).limit(limit), {"now": now}).all()


def _only(query: Select[Any], plan: str | None, obligation: str | None) -> Select[Any]:
    if plan is not None:
        query = query.where(_assignment.c.plan == plan)
    return query if obligation is None else query.where(_assignment.c.obligation == obligation)


def decide(session: Session, ladders: Ladders, rows: Sequence[Due], now: datetime) -> Batch:
    """What is to be written of due assignments."""
    batch = Batch()
    if not rows:
        return batch
    known = _known(session, [row[ID] for row in rows])
    lately = _lately(session, ladders, rows, known, now) if known else {}
    circumstances = Circumstances(ladders, now, lately, bad_addresses(session))
    planners: dict[Any, Planner | None] = {}
    for row in rows:
        mine = known.get(row[ID], ())
        key: Any = row[:ID]
        if mine:
            key = (key, mine, lately.get(row[ID]) and row[ID])
        if key not in planners:
            planners[key] = _planner(circumstances, row, mine)
        if planner := planners[key]:
            planner.plan(batch, row)
        else:
            batch.next_rungs.setdefault(None, []).append(row[ID])
    return batch


def _planner(circumstances: Circumstances, row: Due, known: Known) -> Planner | None:
    obligation = circumstances.ladders.configuration.obligation(row[0], row[1])
    return Planner(circumstances, row, obligation, known) if obligation else None


def _known(session: Session, ids: list[int]) -> dict[int, Known]:
    """What is already recorded for these assignments, by assignment."""
    found: dict[int, list[tuple[date, str, str]]] = {}
    for number, due_on, rung, cause in session.execute(_KNOWN, {"ids": ids}):
        found.setdefault(number, []).append((due_on, rung, cause))
    return {number: tuple(rows) for number, rows in found.items()}


def _lately(
    session: Session, ladders: Ladders, rows: Iterable[Due], known: Mapping[int, Known], now: datetime
) -> namesakes.Namesakes:
    """What left a moment ago for another date than the one that now holds."""
    target = SHARED.index("target_on")
    moved = [row[ID] for row in rows if any(one[0] != row[target] for one in known.get(row[ID], ()))]
    return namesakes.left_lately(session, moved, ladders.clockwork, ladders.clockwork.local(now).date())


def _write(session: Session, ladders: Ladders, batch: Batch, now: datetime) -> None:
    """Older unsent reminders give way first: what is inserted after is never its own elder."""
    for audience, ids in batch.overtaken.items():
        _UNSENT(session, state="superseded", why=NEWER, ids=ids, heard_by=audience)
    today = ladders.clockwork.local(now).date()
    for audience, ids in batch.outdated.items():
        _TOO_OLD(session, state="skipped", why=TOO_LATE, ids=ids, heard_by=audience, on=today)
    if batch.reminders:
        bulk = Bulk(session.connection(), _reminder, list(batch.reminders[0]), once=True)
        bulk.insert(map(bulk.bound, batch.reminders))
    if coming := [{"row": row, "at": at} for at, ids in batch.next_rungs.items() for row in ids]:
        session.connection().execute(_COMES_AGAIN, coming)
