"""Sending what is due, one message after the other, and deciding what each answer means.

`started` is committed before a send and the answer after it. Whoever dies in between leaves a started message whose
lease runs out: it is *unknown*, never free, and an e-mail is then repeated once, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from obligations.cases import letters, mishaps
from obligations.cases.claims import Claims
from obligations.cases.outbox import CONTACT_GONE
from obligations.cases.postbox import Postbox
from obligations.cases.resting import Resting
from obligations.channels import Answer, Channel
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused

GIVE_UP_WORKING_DAYS = 5
LONGEST_WAIT_MINUTES = 60
DIED = "tiến trình dừng giữa chừng, không rõ đã gửi được chưa"
_OUTCOMES = ("sent", "retry", "failed", "unknown", "cancelled")


Stop = Callable[[], bool]


def never() -> bool:
    """Nobody asks a delivery to stop."""
    return False


class _Ready(NamedTuple):
    """What leaves, and where to; committed as started."""

    address: str
    frozen: bytes


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

    def run(self, stop: Stop = never) -> None:
        """Send until nothing that is due is free, or until `stop` says so."""
        self._settle_the_dead()
        while not stop() and (claimed := self._claims.take(self._now)):
            for row in claimed:
                if stop():
                    self._release(row)
                else:
                    self._carry(row)

    def _carry(self, row: Row[Any]) -> None:
        channel = None if row.channel in self._resting else self._opened(row.channel)
        if channel is None:
            self._release(row)
        elif row.body is not None and not channel.repeats_unknown:  # it could not be asked when that became unknown
            self._finish(row, "unknown")
        elif ready := self._started(row, channel):
            self._record(row, self._answer(channel, ready), repeated=row.body is not None)

    def _release(self, row: Row[Any]) -> None:
        self._claims.settle(row, "queued", row.next_try_at)

    def _opened(self, name: str) -> Channel | None:
        """The channel; one that cannot be opened rests, with its reason."""
        try:
            return self._postbox.channel(name)
        except Exception as error:  # noqa: BLE001 - nothing that one channel's address does may stop the others
            self._resting.rest(name, self._told(error), self._now)
            return None

    def _started(self, row: Row[Any], channel: Channel) -> _Ready | None:
        """What leaves now; None when nothing does: cancelled, the lease lost, or it broke and waits for another try."""
        try:
            return self._start(row, channel)
        except Exception as error:  # noqa: BLE001 - one message's trouble is kept with it and never stops the others
            self._stumble(row, self._told(error))
            return None

    def _start(self, row: Row[Any], channel: Channel) -> _Ready | None:
        """A repeat leaves as it was, to where it went; anything else is written in the transaction that starts it."""
        frozen, subject, address = row.body, row.subject, row.address
        if frozen is None:
            if not self._claims.hold(row):
                return None
            address = self._address(row)
            letter = letters.compose(self._claims.connection, self._ladders, row, address, self._now)
            if letter is None:
                self._finish(row, "cancelled")
                return None
            frozen, subject = channel.freeze(letter), letter.subject
        started = self._claims.start(row, subject, frozen, address, self._clock())
        return _Ready(address, frozen) if started else None

    def _address(self, row: Row[Any]) -> str:
        """The contact's address of today."""
        contact = self._ladders.configuration.contacts.get(row.recipient)
        if contact is None:  # another engine follows a newer configuration; the next delivery reroutes
            raise Refused("contact-gone", f"{CONTACT_GONE}: {row.recipient}.")
        return dict(contact.channels).get(row.channel, str(row.address))

    def _answer(self, channel: Channel, ready: _Ready) -> Answer:
        try:
            return channel.send(ready.address, ready.frozen)
        except Exception as error:  # noqa: BLE001 - a channel never raises; should it, nobody knows how far it came
            return Answer("unknown", "notify", self._told(error))

    def _told(self, error: Exception) -> str:
        """What went wrong in a sentence; a defect's traceback is kept for an admin."""
        return str(error) if isinstance(error, Refused) else mishaps.keep(error, self._postbox.home)

    def _stumble(self, row: Row[Any], why: str) -> None:
        """It broke before anything left: an attempt that says so, and another later, like after a refused moment."""
        if not self._claims.stumble(row, self._clock(), "compose", why):
            return
        if self._is_too_old(row):
            self._fail(row, why)
        else:
            self._retry(row, self._wait(row), anew=row.body is None)

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
                self._retry(row, timedelta(0), anew=not repeated)
            case "retry" if not self._is_too_old(row):
                self._retry(row, self._wait(row), anew=not repeated)
            case "unknown":
                self._unknown(row, repeated=repeated)
            case _ if repeated:  # the repeat was refused; the first may have arrived all the same
                self._finish(row, "unknown")
            case _:
                self._fail(row, answer.answer)

    def _fail(self, row: Row[Any], why: str) -> None:
        letters.fail(self._claims.connection, row.id, why)
        self._finish(row, "failed")

    def _finish(self, row: Row[Any], state: str) -> None:
        self._claims.settle(row, state)
        self.counts[state] += 1

    def _retry(self, row: Row[Any], wait: timedelta, *, anew: bool) -> None:
        """Nothing was accepted: the next try is written anew, so that it says the truth of its own day.

        A repeat keeps its bytes: what was once unknown stays so.
        """
        self._claims.settle(row, "queued", self._now + wait, anew=anew)
        self.counts["retry"] += 1

    def _unknown(self, row: Row[Any], *, repeated: bool) -> None:
        """Perhaps it was accepted: an e-mail goes once more with the same bytes and the same Message-ID."""
        channel = None if repeated else self._opened(row.channel)
        if repeated or (channel and not channel.repeats_unknown):
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
