"""Claiming messages and sending them, one after the other, with the proof of each.

`started` is committed before a send and the answer after it. Whoever dies in between leaves a started message whose
lease runs out: it is *unknown*, never free, and an e-mail is then repeated once, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, literal_column, select, update

from obligations.cases import letters
from obligations.cases.postbox import Postbox
from obligations.channels import Answer
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.store.database import database_seconds
from obligations.store.tables import METADATA

CLAIM = 50
LEASE_SECONDS = 300
GIVE_UP_WORKING_DAYS = 5
LONGEST_WAIT_MINUTES = 60
LONGEST_DOWN_MINUTES = 30
DIED = "tiến trình dừng giữa chừng, không rõ đã gửi được chưa"
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_channel: Table = METADATA.tables["channel_state"]
_OUTCOMES = ("sent", "retry", "failed", "unknown", "cancelled")


class Courier:
    """One delivery's way through the messages that are due at `now`."""

    def __init__(
        self,
        connection: Connection,
        ladders: Ladders,
        postbox: Postbox,
        now: datetime,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._ladders = ladders
        self._postbox = postbox
        self._now = now
        self._clock = clock
        self._seconds: Any = literal_column(database_seconds(connection))
        self._failures = {row.channel: row.failures for row in connection.execute(select(_channel))}
        self._resting: set[str] = set()
        self.counts = dict.fromkeys(_OUTCOMES, 0)

    def run(self, engine_id: str, flow_run_id: str | None) -> None:
        """Send until nothing that is due is free."""
        self._settle_the_dead()
        while claimed := self._claim(engine_id):
            for row in claimed:
                self._carry(row, flow_run_id)

    def next_try_at(self) -> datetime | None:
        waiting = select(func.min(_message.c.next_try_at)).where(_message.c.state == "queued")
        found: datetime | None = self._connection.execute(waiting).scalar()
        return found

    def _claim(self, engine_id: str) -> Sequence[Row[Any]]:
        """Take a lease on a few messages: one conditional UPDATE, so two couriers never hold the same one."""
        table = _message.c
        resting = select(_channel.c.channel).where(_channel.c.down_until > self._now)
        free = (
            select(table.id)
            .where(table.next_try_at <= self._now, table.state == "queued", table.channel.not_in(resting))
            .where((table.lease_until.is_(None)) | (table.lease_until < self._seconds))
            .order_by(table.next_try_at, table.id)
            .limit(CLAIM)
        )
        if self._connection.dialect.name == "postgresql":
            free = free.with_for_update(skip_locked=True)
        lease = {"engine": engine_id, "fence": table.fence + 1, "lease_until": self._seconds + LEASE_SECONDS}
        claim = update(_message).where(table.id.in_(free)).values(**lease).returning(_message)
        rows = self._connection.execute(claim).all()
        self._connection.commit()
        return sorted(rows, key=lambda row: (row.next_try_at, row.id))

    def _carry(self, row: Row[Any], flow_run_id: str | None) -> None:
        if row.channel in self._resting:
            self._update(row, lease_until=None)
            self._connection.commit()
            return
        try:
            channel = self._postbox.channel(row.channel)
        except Refused as refused:
            self._rest(row.channel, str(refused))
            self._connection.commit()
            return
        repeated: bytes | None = row.body
        frozen, subject = repeated, row.subject
        if frozen is None:
            letter = letters.compose(self._connection, self._ladders, row, self._now)
            if letter is None:
                self._finish(row, "cancelled")
                return
            frozen, subject = channel.freeze(letter), letter.subject
        if self._start(row, subject, frozen, flow_run_id):
            self._record(row, channel.send(self._address(row), frozen), repeated=repeated is not None)

    def _address(self, row: Row[Any]) -> str:
        """The contact's address of today; the one known when queued where the contact is gone."""
        contact = self._ladders.configuration.contacts.get(row.recipient)
        return dict(contact.channels).get(row.channel, row.address) if contact else str(row.address)

    def _start(self, row: Row[Any], subject: str, frozen: bytes, flow_run_id: str | None) -> bool:
        """Commit that the send begins; False when the lease was lost meanwhile."""
        values = {"state": "started", "subject": subject, "body": frozen, "tries": row.tries + 1}
        if not self._update(row, **values, lease_until=self._seconds + LEASE_SECONDS):
            self._connection.rollback()
            return False
        begun = {"message_id": row.id, "n": row.tries + 1, "started_at": self._clock(), "flow_run_id": flow_run_id}
        self._connection.execute(insert(_attempt).values(**begun, stage="", outcome="", answer=""))
        self._connection.commit()
        return True

    def _record(self, row: Row[Any], answer: Answer, *, repeated: bool) -> None:
        """Write the answer while the fence holds; what it means for the message follows from its stage."""
        held = select(_message.c.id).where(_message.c.id == row.id, _message.c.fence == row.fence)
        said = {"finished_at": self._clock(), "stage": answer.stage, "outcome": answer.outcome, "answer": answer.answer}
        try_ = _attempt.c
        written = update(_attempt).where(try_.message_id == row.id, try_.n == row.tries + 1, held.exists())
        if not self._connection.execute(written.values(**said)).rowcount:
            self._connection.rollback()
            return
        match answer.outcome:
            case "sent":
                self._recover(row.channel)
                self._finish(row, "sent")
            case "channel_down":
                self._rest(row.channel, answer.answer)
                self._retry(row, timedelta(0))
            case "retry" if not self._is_too_old(row):
                self._retry(row, self._wait(row))
            case "unknown":
                self._unknown(row, repeated=repeated)
            case _:
                letters.fail(self._connection, row.id, answer.answer)
                self._finish(row, "failed")

    def _finish(self, row: Row[Any], state: str) -> None:
        self._update(row, state=state, next_try_at=None, lease_until=None)
        self._connection.commit()
        self.counts[state] += 1

    def _retry(self, row: Row[Any], wait: timedelta) -> None:
        """Nothing was accepted: the next try is written anew, so that it says the truth of its own day."""
        self._update(row, state="queued", body=None, next_try_at=self._now + wait, lease_until=None)
        self._connection.commit()
        self.counts["retry"] += 1

    def _unknown(self, row: Row[Any], *, repeated: bool) -> None:
        """Perhaps it was accepted: an e-mail goes once more with the same bytes and the same Message-ID."""
        if repeated or not self._postbox.channel(row.channel).repeats_unknown:
            self._finish(row, "unknown")
            return
        self._update(row, state="queued", next_try_at=self._now + self._wait(row), lease_until=None)
        self._connection.commit()
        self.counts["unknown"] += 1

    def _wait(self, row: Row[Any]) -> timedelta:
        """Doubling minutes up to an hour, spread by a quarter so that recipients do not come back together."""
        minutes = min(2 ** (row.tries + 1), LONGEST_WAIT_MINUTES)
        spread = hashlib.sha256(f"{row.message_id}{row.tries}".encode()).digest()[0] / 255 - 0.5
        return timedelta(minutes=minutes * (1 + spread / 2))

    def _is_too_old(self, row: Row[Any]) -> bool:
        clockwork = self._ladders.clockwork
        first, today = clockwork.local(row.created_at).date(), clockwork.local(self._now).date()
        return clockwork.calendar.count(first, today) - 1 > GIVE_UP_WORKING_DAYS

    def _rest(self, channel: str, reason: str) -> None:
        """A channel that refuses everybody rests, longer each time; its messages wait and none of them fails."""
        known = channel in self._failures
        failures = self._failures.get(channel, 0)
        until = self._now + timedelta(minutes=min(2**failures, LONGEST_DOWN_MINUTES))
        values = {"failures": failures + 1, "down_until": until, "reason": reason}
        change = update(_channel).where(_channel.c.channel == channel) if known else insert(_channel)
        self._connection.execute(change.values(channel=channel, **values))
        self._failures[channel] = failures + 1
        self._resting.add(channel)

    def _recover(self, channel: str) -> None:
        if self._failures.get(channel):
            healed = update(_channel).where(_channel.c.channel == channel)
            self._connection.execute(healed.values(failures=0, down_until=None, reason=""))
            self._failures[channel] = 0

    def _settle_the_dead(self) -> None:
        """A started message whose lease ran out belongs to a process that died: its outcome is unknown."""
        table = _message.c
        dead = select(_message).where(
            table.next_try_at <= self._now, table.state == "started", table.lease_until < self._seconds
        )
        for row in self._connection.execute(dead).all():
            died = {"finished_at": self._clock(), "outcome": "unknown", "stage": "died", "answer": DIED}
            same = (_attempt.c.message_id == row.id, _attempt.c.n == row.tries)
            self._connection.execute(update(_attempt).where(*same).values(**died))
            unknowns = select(func.count()).where(_attempt.c.message_id == row.id, _attempt.c.outcome == "unknown")
            self._unknown(row, repeated=(self._connection.execute(unknowns).scalar() or 0) > 1)
        self._connection.commit()

    def _update(self, row: Row[Any], **values: Any) -> bool:
        """Change the message while the fence holds; False when somebody else claimed it."""
        table = _message.c
        change = update(_message).where(table.id == row.id, table.fence == row.fence).values(**values)
        return self._connection.execute(change).rowcount == 1
