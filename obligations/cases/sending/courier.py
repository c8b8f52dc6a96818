"""Sending what is due, one message after the other.

`started` is committed before a send, the answer after it and before the next one leaves. Whoever dies in between leaves
a started message whose lease runs out: it is *unknown*, never free, and an e-mail is then repeated once, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Row

from obligations.cases import mishaps
from obligations.cases.sending.carried import Carried
from obligations.cases.sending.claims import Claims
from obligations.cases.sending.outbox import CONTACT_GONE
from obligations.cases.sending.postbox import Post
from obligations.cases.sending.resending import is_wanted
from obligations.cases.sending.throttle import Throttle
from obligations.cases.sending.verdicts import Verdicts
from obligations.cases.writing import letters, office_mail
from obligations.channels import Answer, Channel, Outgoing
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused

Stop = Callable[[], bool]
Write = Callable[[Row[Any], str], Outgoing | None]


def never() -> bool:
    """Nobody asks a delivery to stop."""
    return False


class Pens(NamedTuple):
    """`office` writes the office's own mail, which carries no reminders; `link` the address of a unit's own page."""

    office: Write | None = None
    link: letters.LinkOf = letters.no_link


class _Ready(NamedTuple):
    """What leaves, and where to; committed as started."""

    address: str
    frozen: bytes


class Courier:
    """One delivery's way through the messages that are due at `now`; `home` is where a defect's details are kept.

    `pens` write what needs more than the ledger.
    """

    def __init__(
        self,
        claims: Claims,
        ladders: Ladders,
        post: Post,
        now: datetime,
        clock: Callable[[], datetime],
        *,
        home: Path | None = None,
        pens: Pens | None = None,
    ) -> None:
        self._claims = claims
        self._ladders = ladders
        self._post = post
        self._now = now
        self._clock = clock
        self._home = home
        self._pens = pens or Pens()
        self._carried = Carried(claims.connection)
        self._throttle = Throttle(claims.connection, ladders.configuration)
        self.verdicts = Verdicts(claims, ladders, now, clock, self._repeats)
        self._is_paused = False

    def run(self, stop: Stop = never) -> None:
        """Send until nothing that is due is free, until `stop` says so or somebody pauses."""
        self.verdicts.settle_the_dead()
        try:
            while not stop() and not self._is_paused and (claimed := self._claims.take(self._now)):
                self._all(claimed, stop)
        except (Exception, KeyboardInterrupt):
            self._claims.rollback()  # an answer that was to hold with the next start holds by itself
            raise
        self._claims.commit()
        self.verdicts.close()

    def _all(self, claimed: Sequence[Row[Any]], stop: Stop) -> None:
        self._carried.expect(row.id for row in claimed)
        is_over = stop()
        for row, following in zip_longest(claimed, claimed[1:]):
            if is_over or self._is_paused:
                self._release(row)
                continue
            answered = self._carry(row)
            is_over = following is not None and stop()  # asked before the answer is written: it may write itself
            if answered:
                another_follows = following is not None and not is_over and following.channel == row.channel
                self._record(row, *answered, another_follows=another_follows)

    def _carry(self, row: Row[Any]) -> tuple[str, Answer] | None:
        """The address a message went to, and its answer; None when it did not leave now."""
        channel = None if row.channel in self.verdicts.resting else self._opened(row.channel)
        if channel is None:
            self._release(row)
        elif row.body is not None and not channel.repeats_unknown and not is_wanted(self._claims.connection, row.id):
            self.verdicts.finish(row, "unknown")
        elif free_at := self._throttle.free_at(row.channel, self._clock()):
            self._throttle.put_off(row.channel, self._now, free_at)
            self._claims.settle(row, "queued", free_at)
            self.verdicts.counts["throttled"] += 1
        elif ready := self._started(row, channel):
            return ready.address, self._answer(channel, ready)
        return None

    def _record(self, row: Row[Any], address: str, answer: Answer, *, another_follows: bool) -> None:
        self.verdicts.record(row, address, answer, another_follows=another_follows)
        if answer.outcome != "sent":
            self._carried.forget()

    def _release(self, row: Row[Any]) -> None:
        self._claims.settle(row, "queued", row.next_try_at)

    def _opened(self, name: str) -> Channel | None:
        """The channel; one that cannot be opened rests, with its reason."""
        try:
            return self._post.channel(name)
        except Exception as error:  # noqa: BLE001 - nothing that one channel's address does may stop the others
            self.verdicts.resting.rest(name, self._told(error), self._now)
            return None

    def _repeats(self, name: str) -> bool:
        """Whether the same message may go again; where that cannot be asked it waits until it can."""
        channel = self._opened(name)
        return channel is None or channel.repeats_unknown

    def _started(self, row: Row[Any], channel: Channel) -> _Ready | None:
        """What leaves now; None when nothing does: cancelled, the lease lost, paused, or it broke and waits."""
        try:
            return self._start(row, channel)
        except Exception as error:  # noqa: BLE001 - one message's trouble is kept with it and never stops the others
            self._carried.forget()
            self.verdicts.stumble(row, self._told(error))
            return None

    def _start(self, row: Row[Any], channel: Channel) -> _Ready | None:
        """A repeat leaves as it was, to where it went; anything else is written in the transaction that starts it."""
        frozen, subject, address = row.body, row.subject, row.address
        if frozen is None:
            if not self._claims.hold(row):
                return None
            address = self._address(row)
            letter = self._written(row, address)
            if letter is None:
                self._carried.forget()
                self.verdicts.finish(row, "cancelled")
                return None
            frozen, subject = channel.freeze(letter), letter.subject
        channel.announce(address)  # while its start is committed
        if self._claims.start(row, subject, frozen, address, self._clock()):
            return _Ready(address, frozen)
        if self._claims.is_paused():
            self._is_paused = True
            self._release(row)
        return None

    def _written(self, row: Row[Any], address: str) -> Outgoing | None:
        """What it says, as of now; None when it has nothing to say any more."""
        if self._pens.office and office_mail.is_office_mail(row.slot):
            return self._pens.office(row, address)
        carried = self._carried.of(row.id)
        written = (self._claims.connection, self._ladders, row, address, self._now, carried)
        return letters.compose(*written, link=self._pens.link)

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
        return str(error) if isinstance(error, Refused) else mishaps.keep(error, self._home)
