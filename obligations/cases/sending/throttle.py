"""`max_per_minute`: how many messages a channel takes in any sixty seconds, counted over all deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, bindparam, or_, select, update

from obligations.domain.plan import Configuration
from obligations.store.clock import DatabaseSeconds
from obligations.store.tables import METADATA

MINUTE = timedelta(minutes=1)
NOT_SENDING = ("route", "compose")  # stages of attempts that never came to a channel
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_m, _a = _message.c, _attempt.c
_NEWER = (
    select(_a.started_at)
    .join(_message, _m.id == _a.message_id)
    .where(_m.channel == bindparam("over"), _a.started_at > bindparam("since"), _a.stage.not_in(NOT_SENDING))
    .order_by(_a.started_at.desc())
    .offset(bindparam("most"))
    .limit(1)
)
# Locked by another is passed over: a writer may hold one of these and wait for the message that this delivery holds.
_OTHERS = (
    select(_m.id)
    .where(_m.channel == bindparam("over"), _m.state == "queued", _m.next_try_at <= bindparam("at"))
    .where(or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds()))
    .with_for_update(skip_locked=True)
)
_PUT_OFF = update(_message).where(_m.id.in_(_OTHERS)).values(next_try_at=bindparam("until"))


class Throttle:
    """The channels that an office slows down. Changes are committed by whoever settles the message that must wait."""

    def __init__(self, connection: Connection, configuration: Configuration) -> None:
        self._connection = connection
        channels = configuration.channels.values() if configuration.office.sending != "box" else ()
        self._most = {one.name: one.max_per_minute for one in channels if one.max_per_minute}

    def free_at(self, channel: str, at: datetime) -> datetime | None:
        """When the channel may take one more message; None: now."""
        if channel not in self._most:
            return None
        asked = {"over": channel, "since": at - MINUTE, "most": self._most[channel] - 1}
        oldest = self._connection.execute(_NEWER, asked).scalar()
        return oldest + MINUTE if oldest else None

    def put_off(self, channel: str, now: datetime, until: datetime) -> None:
        """Whatever else waits for the channel need not be looked at before then."""
        self._connection.execute(_PUT_OFF, {"over": channel, "at": now, "until": until})
