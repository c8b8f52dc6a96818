"""How long a message that was turned away waits before the next try, and when it is given up."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, select

from obligations.domain.duties import Ladders, Track
from obligations.store.tables import METADATA

LONGEST_WAIT_MINUTES = 60
_reminder: Table = METADATA.tables["reminder"]
_carried: Table = METADATA.tables["reminder_message"]
_assignment: Table = METADATA.tables["assignment"]
_CARRIED = (
    select(_reminder.c.audience, _assignment.c.plan, _assignment.c.obligation)
    .add_columns(*(_assignment.c[name] for name in Track.NAMES))
    .join(_carried, _carried.c.reminder_id == _reminder.c.id)
    .join(_assignment, _assignment.c.id == _reminder.c.assignment_id)
    .where(_carried.c.message_id == bindparam("message"), _reminder.c.state == "planned")
)


class Patience:
    """One delivery's answer to *when again*."""

    def __init__(self, connection: Connection, ladders: Ladders, now: datetime) -> None:
        self._connection = connection
        self._ladders = ladders
        self._now = now

    def wait(self, row: Row[Any]) -> timedelta:
        """Doubling minutes up to an hour, spread by a quarter so that recipients do not come back together."""
        minutes = min(2 ** min(row.tries + 1, 10), LONGEST_WAIT_MINUTES)
        spread = hashlib.sha256(f"{row.message_id}{row.tries}".encode()).digest()[0] / 255 - 0.5
        return timedelta(minutes=minutes * (1 + spread / 2))

    def is_over(self, row: Row[Any]) -> bool:
        """Tried for more working days than the office waits, with no rung to come that would take its place."""
        clockwork = self._ladders.clockwork
        first, today = clockwork.local(row.created_at).date(), clockwork.local(self._now).date()
        if clockwork.calendar.count(first, today) - 1 <= self._ladders.configuration.office.waits.give_up:
            return False
        return not any(map(self._is_followed, self._connection.execute(_CARRIED, {"message": row.id}).all()))

    def _is_followed(self, reminder: Row[Any]) -> bool:
        """Whether a later rung of its ladder speaks to the same people."""
        obligation = self._ladders.configuration.obligation(reminder.plan, reminder.obligation)
        if obligation is None:
            return False
        rungs = self._ladders.ladder(obligation, Track.of(reminder)).rungs
        return any(rung.audience == reminder.audience and rung.at > self._now for rung in rungs)
