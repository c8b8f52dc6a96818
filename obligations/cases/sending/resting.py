"""Channels that rest: one that refuses everybody waits, longer each time, and none of its messages fails for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, func, select, update
from sqlmodel import Session, col
from sqlmodel import select as of_model

from obligations.store.conflicts import insert_into
from obligations.store.tables import METADATA, ChannelState

LONGEST_MINUTES = 30
ALARM_AFTER = timedelta(minutes=30)
_channel: Table = METADATA.tables["channel_state"]
_STATES = select(_channel)


class Resting:
    """The channels that began to rest in one delivery; changes are committed with the message they came with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._failures = {row.channel: row.failures for row in connection.execute(_STATES)}
        self.channels: set[str] = set()

    def __contains__(self, channel: str) -> bool:
        """Whether nothing is sent over a channel for the rest of this delivery (earlier ones were never claimed)."""
        return channel in self.channels

    def rest(self, channel: str, reason: str, now: datetime) -> None:
        """Doubling minutes up to half an hour."""
        failures = self._failures.get(channel, 0)
        until = now + timedelta(minutes=min(2 ** min(failures, 10), LONGEST_MINUTES))
        values = {"failures": failures + 1, "down_until": until, "reason": reason}
        row = insert_into(self._connection.dialect, _channel).values(channel=channel, down_since=now, **values)
        kept = values | {"down_since": func.coalesce(_channel.c.down_since, now)}
        self._connection.execute(row.on_conflict_do_update(index_elements=[_channel.c.channel], set_=kept))
        self._failures[channel] = failures + 1
        self.channels.add(channel)

    def is_troubled(self, channel: str) -> bool:
        """Whether it took nothing when it was last tried."""
        return bool(self._failures.get(channel))

    def recover(self, channel: str) -> None:
        """It answered: the next trouble counts from the beginning."""
        if self.is_troubled(channel):
            healed = update(_channel).where(_channel.c.channel == channel)
            self._connection.execute(healed.values(failures=0, down_since=None, down_until=None, reason=""))
            self._failures[channel] = 0


def resting(session: Session, now: datetime) -> set[str]:
    """The channels that nothing is sent over at an instant."""
    return set(session.exec(of_model(ChannelState.channel).where(col(ChannelState.down_until) > now)))


def down(session: Session) -> list[ChannelState]:
    """The channels that took nothing the last time they were tried."""
    known = of_model(ChannelState).where(col(ChannelState.failures) > 0)
    return list(session.exec(known.order_by(ChannelState.channel)))


def down_for_long(session: Session, now: datetime) -> list[ChannelState]:
    """The channels that have refused everybody for so long that a person should look."""
    return list(session.exec(of_model(ChannelState).where(col(ChannelState.down_since) <= now - ALARM_AFTER)))
