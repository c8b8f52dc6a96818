"""The newest drafts of công văn đôn đốc that the secretariat was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select

from obligations.cases.app import App
from obligations.store.tables import METADATA

SHOWN = 10
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_r, _m = _reminder.c, _message.c


@dataclass(frozen=True)
class Drafted:
    """One message with drafts: its number, how many duties it is about, when it was made, how it stands."""

    message: int
    duties: int
    at: datetime
    recipient: str
    state: str
    is_written: bool


def drafted(app: App) -> list[Drafted]:
    """The newest few, newest first; one that waits in the outbox is not written yet."""
    query = (
        select(_m.id, func.count(_r.id), _m.created_at, _m.recipient, _m.state, _m.body.is_not(None))
        .join(_carried, _carried.c.message_id == _m.id)
        .join(_reminder, _r.id == _carried.c.reminder_id)
        .where(_r.audience == "reviewer", _r.rung.like("letter-%"), _r.state != "superseded")
        .group_by(_m.id)
        .order_by(_m.id.desc())
        .limit(SHOWN)
    )
    with app.engine.connect() as connection:
        return [Drafted(*row) for row in connection.execute(query)]
