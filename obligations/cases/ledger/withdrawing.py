"""Taking back what has not left: a reminder under way is never declared unsent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Exists, Table, and_, bindparam, or_, select, update
from sqlmodel import Session

from obligations.store.tables import METADATA

_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]


def under_way(reminder_id: Any = _reminder.c.id) -> Exists:
    """Whether a reminder's mail may be with its recipient: started, ended so, or bytes kept for their one repeat."""
    message = _message.c
    left = or_(
        message.state.in_(("started", "sent", "unknown")), and_(message.state == "queued", message.body.is_not(None))
    )
    carrying = select(_carried.c.message_id).join(_message, message.id == _carried.c.message_id)
    return carrying.where(_carried.c.reminder_id == reminder_id, left).exists()


def withdraw(session: Session, chosen: ColumnElement[bool], *, state: str, why: str) -> None:
    """`Withdrawal`, once."""
    Withdrawal(chosen)(session, state=state, why=why)


class Withdrawal:
    """Whatever of the `chosen` reminders waits unsent ends in a state, with its reason.

    Their messages are locked first: a message is composed and started under the same lock, so on PostgreSQL too either
    the letter says nothing of what is taken back, or it has started and is let go. A call that has nothing left to
    tell is struck off the clerk's list. `chosen` may have bindparams; whoever withdraws often keeps one of these.
    """

    def __init__(self, chosen: ColumnElement[bool]) -> None:
        waiting = and_(chosen, _reminder.c.state.in_(("planned", "held")))
        self._carriers = (
            select(_message.c.id, _message.c.next_try_at)
            .join(_carried, _carried.c.message_id == _message.c.id)
            .join(_reminder, _reminder.c.id == _carried.c.reminder_id)
            .where(waiting, _message.c.state == "queued")
            .order_by(_message.c.id)
            .with_for_update(of=_message)  # nothing on SQLite, whose one writer is alone anyway
        )
        ends: dict[str, Any] = {"state": bindparam("its_state"), "why": bindparam("its_why")}
        self._ends = update(_reminder).where(waiting, ~under_way()).values(ends)

    def __call__(self, session: Session, *, state: str, why: str, **values: Any) -> None:
        """`values` are those of the bindparams in `chosen`."""
        carriers = session.execute(self._carriers, values)
        calls = {row.id for row in carriers if row.next_try_at is None}  # no machine will try
        session.connection().execute(self._ends, {**values, "its_state": state, "its_why": why})
        if calls:
            left = select(_carried.c.reminder_id).join(_reminder, _reminder.c.id == _carried.c.reminder_id)
            to_tell = left.where(_carried.c.message_id == _message.c.id, _reminder.c.state == "planned").exists()
            struck = update(_message).where(_message.c.id.in_(calls), ~to_tell)
            session.execute(struck.values(state="cancelled"))
