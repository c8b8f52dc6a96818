"""The telephone is a channel, too: a clerk rings up who has no other, and ticks the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, insert, select, update
from sqlmodel import Session

from obligations.cases.answering.addressing import Address, find
from obligations.cases.app import App
from obligations.cases.sending.outbox import MANUAL
from obligations.domain.errors import Refused
from obligations.store.database import writing
from obligations.store.tables import METADATA

STAGE = "manual"
CALLED = "đã gọi điện"
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_r, _m = _reminder.c, _message.c


@dataclass(frozen=True)
class Called:
    """One call that was made: to which contact, about which duties (their codes)."""

    recipient: str
    codes: tuple[str, ...]


def called(app: App, what: Address | str, now: datetime, *, by: str, note: str = "") -> list[Called]:
    """The clerk rang up whoever waits to be told of a duty (or of a message, by its Message-ID); what is ticked.

    A call tells of all that its line names. `note` is what the other side said. Saying it again changes nothing;
    refused where nobody was to be rung up.
    """
    with writing(app.engine) as session:
        if isinstance(what, str):
            mine, name = _m.message_id == what, what
        else:
            row = find(session, what)
            mine, name = _r.assignment_id == row.id, row.code
        lines = _lines(session, mine, "queued")
        if not lines and not _lines(session, mine, "sent"):
            raise Refused("no-call", f"{name} không có cuộc gọi nào đang chờ.", "Xem việc cần gọi bằng dondoc status.")
        return [_tick(session, line, now, by, note or CALLED) for line in lines]


def _lines(session: Session, mine: Any, state: str) -> list[Row[Any]]:
    """The calls that wait, or were made, about reminders that are still owed."""
    query = (
        select(_m.id, _m.recipient, _m.tries)
        .join(_carried, _carried.c.message_id == _m.id)
        .join(_reminder, _r.id == _carried.c.reminder_id)
        .where(mine, _m.channel == MANUAL, _m.state == state, _r.state == "planned")
        .order_by(_m.id)
    )
    return list({row.id: row for row in session.execute(query)}.values())


def _tick(session: Session, line: Row[Any], now: datetime, by: str, note: str) -> Called:
    told = {"message_id": line.id, "n": line.tries + 1, "stage": STAGE, "outcome": "sent", "answer": note}
    session.execute(insert(_attempt).values(**told, started_at=now, finished_at=now))
    done = {"state": "sent", "tries": line.tries + 1, "engine": by, "next_try_at": None}
    session.execute(update(_message).where(_m.id == line.id).values(**done))
    codes = (
        select(_assignment.c.code)
        .join(_reminder, _r.assignment_id == _assignment.c.id)
        .join(_carried, _carried.c.reminder_id == _r.id)
        .where(_carried.c.message_id == line.id, _r.state == "planned")
        .order_by(_assignment.c.id)
    )
    return Called(line.recipient, tuple(dict.fromkeys(session.execute(codes).scalars())))
