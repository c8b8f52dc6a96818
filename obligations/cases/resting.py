"""Channels that rest: one that refuses everybody waits, longer each time, and none of its messages fails for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from obligations.store.tables import METADATA

LONGEST_MINUTES = 30
_channel: Table = METADATA.tables["channel_state"]


class Resting:
    """The resting channels of one delivery; changes are committed by whoever settles the message they came with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._failures = {row.channel: row.failures for row in connection.execute(select(_channel))}
        self._now_resting: set[str] = set()

    def __contains__(self, channel: str) -> bool:
        """Whether a channel began to rest during this delivery (earlier ones were never claimed)."""
        return channel in self._now_resting

    def rest(self, channel: str, reason: str, now: datetime) -> None:
        """Doubling minutes up to half an hour."""
        failures = self._failures.get(channel, 0)
        until = now + timedelta(minutes=min(2**failures, LONGEST_MINUTES))
        values = {"failures": failures + 1, "down_until": until, "reason": reason}
        make = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        row = make(_channel).values(channel=channel, **values)
        self._connection.execute(row.on_conflict_do_update(index_elements=[_channel.c.channel], set_=values))
        self._failures[channel] = failures + 1
        self._now_resting.add(channel)

    def recover(self, channel: str) -> None:
        """It answered: the next trouble counts from the beginning."""
        if self._failures.get(channel):
            healed = update(_channel).where(_channel.c.channel == channel)
            self._connection.execute(healed.values(failures=0, down_until=None, reason=""))
            self._failures[channel] = 0
