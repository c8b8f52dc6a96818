"""Sending what is due, one message after the other.

`started` is committed before a send, the answer after it and before the next one leaves. Whoever dies in between leaves
a started message whose lease runs out: it is *unknown*, never free, and an e-mail is then repeated once, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from obligations.cases import mishaps
from obligations.cases.sending.claims import Claims
from obligations.cases.sending.postbox import Post
from obligations.cases.sending.resending import is_wanted
from obligations.cases.sending.throttle import Throttle
from obligations.cases.sending.verdicts import Verdicts
from obligations.cases.sending.writer import Pens, Ready, Writer
from obligations.channels import Answer, Channel, Meanwhile, nothing
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused

Stop = Callable[[], bool]


def never() -> bool:
    """Nobody asks a delivery to stop."""
    return False


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
        self._post = post
        self._now = now
        self._clock = clock
        self._home = home
        self._writer = Writer(claims.connection, ladders, now, pens)
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
        self._writer.expect(claimed)
        is_over = stop()
        for row, following in zip_longest(claimed, claimed[1:]):
            if is_over or self._is_paused:
                self._release(row)
                continue
            another = following if following is not None and following.channel == row.channel else None
            answered = self._carry(row, another)
            is_over = following is not None and stop()  # asked before the answer is written: it may write itself
            if answered:
                self._record(row, *answered, another_follows=another is not None and not is_over)

    def _carry(self, row: Row[Any], another: Row[Any] | None) -> tuple[str, Answer] | None:
        """The address a message went to, and its answer; None when it did not leave now.

        While the answer is awaited `another` is written, which follows over the same channel.
        """
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
            meanwhile = nothing if another is None else partial(self._writer.write_ahead, another, channel, row)
            return ready.address, self._answer(channel, ready, meanwhile)
        return None

    def _record(self, row: Row[Any], address: str, answer: Answer, *, another_follows: bool) -> None:
        if not self.verdicts.record(row, address, answer, another_follows=another_follows):
            self._writer.forget()

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

    def _started(self, row: Row[Any], channel: Channel) -> Ready | None:
        """What leaves now; None when nothing does: cancelled, the lease lost, paused, or it broke and waits."""
        try:
            return self._start(row, channel)
        except Exception as error:  # noqa: BLE001 - one message's trouble is kept with it and never stops the others
            self._writer.forget()
            self.verdicts.stumble(row, self._told(error))
            return None

    def _start(self, row: Row[Any], channel: Channel) -> Ready | None:
        """A repeat leaves as it was, to where it went; anything else is written in the transaction that starts it."""
        if row.body is not None:
            ready = Ready(row.address, row.subject, row.body)
        elif not self._claims.hold(row):
            return None
        elif (written := self._writer.write(row, channel)) is None:
            self._writer.forget()
            self.verdicts.finish(row, "cancelled")
            return None
        else:
            ready = written
        channel.announce(ready.address)  # while its start is committed
        if self._claims.start(row, *ready, self._clock()):
            return ready
        if self._claims.is_paused():
            self._is_paused = True
            self._release(row)
        return None

    def _answer(self, channel: Channel, ready: Ready, meanwhile: Meanwhile) -> Answer:
        try:
            return channel.send(ready.address, ready.frozen, meanwhile)
        except Exception as error:  # noqa: BLE001 - a channel never raises; should it, nobody knows how far it came
            return Answer("unknown", "notify", self._told(error))

    def _told(self, error: Exception) -> str:
        """What went wrong in a sentence; a defect's traceback is kept for an admin."""
        return str(error) if isinstance(error, Refused) else mishaps.keep(error, self._home)
