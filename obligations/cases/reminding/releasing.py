"""Letting held escalations go: each waits until the register was read, and for whatever `domain.holding` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, or_, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.reminding.judging import Judge, is_read
from obligations.domain.duties import Ladders
from obligations.domain.holding import REGISTER
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

BATCH = 500
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_r, _m = _reminder.c, _message.c
HELD = (
    select(_r.id.label("reminder"), _r.rung, _r.audience, _r.recipient, _r.rung_on, _r.at, _r.why)
    .add_columns(_r.due_on.label("for_due_on"), *_assignment.c)
    .join(_assignment, _assignment.c.id == _r.assignment_id)
    .where(_r.state == "held")
    .order_by(_r.at, _r.id)
)
_HELD_BY = HELD.where(_r.at <= bindparam("now"))
# Escalations let go on a day before: those in a message that waits for another try, those in none yet.
_OLD = (
    select(_r.id, _r.audience, _assignment.c.plan)
    .join(_assignment, _assignment.c.id == _r.assignment_id)
    .where(_r.state == "planned", _r.audience.in_(ESCALATIONS), _r.at < bindparam("midnight"))
)
_RETRIED = (
    _OLD.join(_carried, _carried.c.reminder_id == _r.id)
    .join(_message, _m.id == _carried.c.message_id)
    .where(_m.next_try_at <= bindparam("now"), _m.state == "queued", _m.body.is_(None))
    .where(or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds()))
)
_LOCKED = _RETRIED.with_for_update(of=_message, skip_locked=True)
_UNQUEUED = _OLD.where(_r.queued_at.is_(None))
_HELD_NOW = select(_r.id).where(_r.state == "held", _r.at <= bindparam("now"))
_ANYTHING = select(or_(*(question.exists() for question in (_HELD_NOW, _RETRIED, _UNQUEUED))))


def release(app: App, now: datetime) -> int:
    """Let go what may leave now, and say of the rest what it waits for; how many were let go.

    One indexed query when nothing is held; work grows with what is. What was let go on a day before and has not left
    is held again, unless the register was read today.
    """
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None or not _anything(session, in_force.ladders, now):
            return 0
    with writing(app.engine) as session:
        read = is_read(session, in_force.ladders, now)
        if not read:
            _hold_again(session, _unsent(session, in_force.ladders, now))
        rows = session.execute(_HELD_BY, {"now": now}).all()
        judges = (Judge(session, in_force.ladders, now, part, is_read=read) for part in _parts(rows))
        return sum(_settle(session, judge) for judge in judges)


def held(app: App, now: datetime) -> list[tuple[Row[Any], str]]:
    """Everything that is held, with what it waits for as of now ("" when the next delivery lets it go)."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None:
            return []
        rows = session.execute(HELD).all()
        read = is_read(session, in_force.ladders, now)
        judges = [Judge(session, in_force.ladders, now, part, is_read=read) for part in _parts(rows)]
        return [(row, judge.why(row) or "") for judge in judges for row in judge.rows]


def _parts(rows: Sequence[Row[Any]]) -> Iterator[Sequence[Row[Any]]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _settle(session: Session, judge: Judge) -> int:
    """Write what the judge finds; how many rows were let go."""
    leaving: list[dict[str, Any]] = []
    waiting: dict[tuple[str, str], list[int]] = {}
    for row in judge.rows:
        if moot := judge.moot(row):
            waiting.setdefault(("skipped", moot), []).append(row.reminder)
        elif (why := judge.why(row)) is None:
            leaving.append({"row": row.reminder, "leaves": judge.leaves_at(row)})
        elif why != row.why:
            waiting.setdefault(("held", why), []).append(row.reminder)
    for (state, why), reminders in waiting.items():
        session.execute(update(_reminder).where(_r.id.in_(reminders)).values(state=state, why=why))
    if leaving:
        free = update(_reminder).where(_r.id == bindparam("row"))
        session.connection().execute(free.values(state="planned", why="", at=bindparam("leaves")), leaving)
    return len(leaving)


def _anything(session: Session, ladders: Ladders, now: datetime) -> bool:
    """Whether something is held, or was let go on a day before and has not left; look-ups by index."""
    return bool(session.execute(_ANYTHING, _moment(ladders, now)).scalar())


def _moment(ladders: Ladders, now: datetime) -> dict[str, datetime]:
    return {"now": now, "midnight": ladders.clockwork.instant(ladders.clockwork.local(now).date(), time())}


def _unsent(session: Session, ladders: Ladders, now: datetime) -> list[int]:
    """Escalations that were let go on a day before, by the register of that day, and have not left."""
    moment = _moment(ladders, now)
    rows = [*session.execute(_LOCKED, moment), *session.execute(_UNQUEUED, moment)]
    return [row.id for row in rows if ladders.needs_register(row.audience, row.plan)]


def _hold_again(session: Session, reminders: Sequence[int]) -> None:
    if reminders:
        session.execute(delete(_carried).where(_carried.c.reminder_id.in_(reminders)))
        back = update(_reminder).where(_r.id.in_(reminders))
        session.execute(back.values(state="held", why=REGISTER, queued_at=None))
