"""Rungs that left a moment ago for another due date: after an erratum nobody gets the same reminder twice in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Table, func, select
from sqlmodel import Session

from obligations.domain.ladder import Clockwork
from obligations.store.tables import METADATA

LATELY_WORKING_DAYS = 2
Namesakes = Mapping[int, frozenset[tuple[str, str]]]
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]


def left_lately(session: Session, ids: Iterable[int], clockwork: Clockwork, today: date) -> Namesakes:
    """By assignment the (rung, recipient) that left for an old date at most two working days ago."""
    wanted = list(ids)
    if not wanted:
        return {}
    reminder = _reminder.c
    query = (
        select(reminder.assignment_id, reminder.rung, reminder.recipient, func.max(_attempt.c.started_at).label("left"))
        .join(_assignment, _assignment.c.id == reminder.assignment_id)
        .join(_carried, _carried.c.reminder_id == reminder.id)
        .join(_message, _message.c.id == _carried.c.message_id)
        .join(_attempt, _attempt.c.message_id == _message.c.id)
        .where(reminder.assignment_id.in_(wanted), reminder.cause == "", reminder.rung != "notice")
        .where(reminder.state == "planned", _message.c.state.in_(("sent", "unknown")))
        .where(reminder.due_on != _assignment.c.target_on)
        .group_by(reminder.assignment_id, reminder.rung, reminder.recipient)
    )
    found: dict[int, set[tuple[str, str]]] = {}
    for row in session.execute(query):
        if clockwork.calendar.count(clockwork.local(row.left).date(), today) - 1 <= LATELY_WORKING_DAYS:
            found.setdefault(row.assignment_id, set()).add((row.rung, row.recipient))
    return {one: frozenset(pairs) for one, pairs in found.items()}
