"""Sending what is due, one message after the other, and deciding what each answer means.

`started` is committed before a send and the answer after it. Whoever dies in between leaves a started message whose
lease runs out: it is *unknown*, never free, and an e-mail is then repeated once, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from obligations.cases import letters
from obligations.cases.claims import Claims
from obligations.cases.postbox import Postbox
from obligations.cases.resting import Resting
from obligations.channels import Answer
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused

GIVE_UP_WORKING_DAYS = 5
LONGEST_WAIT_MINUTES = 60
DIED = "tiến trình dừng giữa chừng, không rõ đã gửi được chưa"
_OUTCOMES = ("sent", "retry", "failed", "unknown", "cancelled")


class Courier:
    """One delivery's way through the messages that are due at `now`."""

    def __init__(
        self, claims: Claims, ladders: Ladders, postbox: Postbox, now: datetime, clock: Callable[[], datetime]
    ) -> None:
        self._claims = claims
        self._ladders = ladders
        self._postbox = postbox
        self._now = now
        self._clock = clock
        self._resting = Resting(claims.connection)
        self.counts = dict.fromkeys(_OUTCOMES, 0)

    def run(self) -> None:
        """Send until nothing that is due is free."""
        self._settle_the_dead()
        while claimed := self._claims.take(self._now):
            for row in claimed:
                self._carry(row)

    def _carry(self, row: Row[Any]) -> None:
        if row.channel in self._resting:  # it began to rest within this batch
            self._claims.settle(row, "queued", row.next_try_at)
            return
        try:
            channel = self._postbox.channel(row.channel)
        except Refused as refused:
            self._resting.rest(row.channel, str(refused), self._now)
            self._claims.settle(row, "queued", row.next_try_at)
            return
        repeated: bytes | None = row.body
        frozen, subject = repeated, row.subject
        if frozen is None:
            letter = letters.compose(self._claims.connection, self._ladders, row, self._now)
            if letter is None:
                self._finish(row, "cancelled")
                return
            frozen, subject = channel.freeze(letter), letter.subject
        if self._claims.start(row, subject, frozen, self._clock()):
            self._record(row, channel.send(self._address(row), frozen), repeated=repeated is not None)

    def _address(self, row: Row[Any]) -> str:
        """The contact's address of today; the one known when queued where the contact is gone."""
        contact = self._ladders.configuration.contacts.get(row.recipient)
        return dict(contact.channels).get(row.channel, row.address) if contact else str(row.address)

    def _record(self, row: Row[Any], answer: Answer, *, repeated: bool) -> None:
        """Write the answer while the lease holds; what it means for the message follows from its stage."""
        if not self._claims.answer(row, row.tries + 1, self._clock(), answer.stage, answer.outcome, answer.answer):
            return
        match answer.outcome:
            case "sent":
                self._resting.recover(row.channel)
                self._finish(row, "sent")
            case "channel_down":
                self._resting.rest(row.channel, answer.answer, self._now)
                self._retry(row, timedelta(0))
            case "retry" if not self._is_too_old(row):
                self._retry(row, self._wait(row))
            case "unknown":
                self._unknown(row, repeated=repeated)
            case _:
                letters.fail(self._claims.connection, row.id, answer.answer)
                self._finish(row, "failed")

    def _finish(self, row: Row[Any], state: str) -> None:
        self._claims.settle(row, state)
        self.counts[state] += 1

    def _retry(self, row: Row[Any], wait: timedelta) -> None:
        """Nothing was accepted: the next try is written anew, so that it says the truth of its own day."""
        self._claims.settle(row, "queued", self._now + wait, anew=True)
        self.counts["retry"] += 1

    def _unknown(self, row: Row[Any], *, repeated: bool) -> None:
        """Perhaps it was accepted: an e-mail goes once more with the same bytes and the same Message-ID."""
        if repeated or not self._postbox.channel(row.channel).repeats_unknown:
            self._finish(row, "unknown")
            return
        self._claims.settle(row, "queued", self._now + self._wait(row))
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

    def _settle_the_dead(self) -> None:
        for row in self._claims.dead(self._now):
            if self._claims.answer(row, row.tries, self._clock(), "died", "unknown", DIED):
                self._unknown(row, repeated=self._claims.unknowns(row) > 1)
