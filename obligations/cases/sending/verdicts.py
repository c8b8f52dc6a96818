"""What an answer means for its message: a refusal belongs to the stage it came at.

Before RCPT it is the channel's: it rests, and no reminder fails. At RCPT it is the address's (see `refusals`), after
it the message's own. From there on a refusal for now, or no answer before the last byte left, is tried again; no answer
after it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from obligations.cases.sending.claims import Claims
from obligations.cases.sending.patience import Patience
from obligations.cases.sending.refusals import Refusals, Suspect
from obligations.cases.sending.resting import Resting
from obligations.cases.writing import letters
from obligations.channels import Answer
from obligations.domain.duties import Ladders
from obligations.domain.ladder import Clockwork

DIED = "tiến trình dừng giữa chừng, không rõ đã gửi được chưa"
_OUTCOMES = ("sent", "retry", "failed", "unknown", "cancelled", "throttled")
_TAKEN = ("data", "body", "answer")  # stages that only a message comes to whose recipient the server took


class BadAddress(NamedTuple):
    """An address that is to blame for a refusal: it gets no more until somebody edits it."""

    contact: str
    channel: str
    address: str
    words: str


class Verdicts:
    """One delivery's verdicts, counted. `repeats` says whether a channel's messages may go a second time.

    `bad` are the addresses found to be to blame; `cleared` those (channel, address) of before that after all are not.
    """

    def __init__(
        self,
        claims: Claims,
        ladders: Ladders,
        now: datetime,
        clock: Callable[[], datetime],
        repeats: Callable[[str], bool],
    ) -> None:
        self._claims = claims
        self._now = now
        self._clock = clock
        self._repeats = repeats
        self._patience = Patience(claims.connection, ladders, now)
        self._refusals = Refusals(claims.connection, now, _midnight(ladders.clockwork, now))
        self.resting = Resting(claims.connection)
        self.counts = dict.fromkeys(_OUTCOMES, 0)
        self.bad: list[BadAddress] = []
        self.cleared: set[tuple[str, str]] = set()

    def record(self, row: Row[Any], address: str, answer: Answer, *, another_follows: bool = False) -> bool:
        """Write the answer while the lease holds, and what follows from it: False when that may concern others, too.

        Where `another_follows` over the same channel, a plain acceptance holds with the commit that starts that one.
        """
        if another_follows and answer.outcome == "sent" and self._is_well(row.channel):
            self._accept(row, answer)
            return True
        self._judge(row, address, answer)
        return False

    def _is_well(self, channel: str) -> bool:
        """Nothing has to be recovered or blamed once it takes a message."""
        return not self.resting.is_troubled(channel) and channel not in self._refusals.channels()

    def _accept(self, row: Row[Any], answer: Answer) -> None:
        if self._claims.accept(row, row.tries + 1, self._clock(), answer.stage, answer.answer):
            self.counts["sent"] += 1

    def _judge(self, row: Row[Any], address: str, answer: Answer) -> None:
        if not self._claims.answer(row, row.tries + 1, self._clock(), answer.stage, answer.outcome, answer.answer):
            return
        repeated = row.body is not None
        match answer.outcome:
            case "sent":
                self.resting.recover(row.channel)
                self.finish(row, "sent")
            case "channel_down":
                self.resting.rest(row.channel, answer.answer, self._now)
                self._retry(row, timedelta(0), anew=not repeated)
            case "retry" if not self._patience.is_over(row):
                self._retry(row, self._patience.wait(row), anew=not repeated)
            case "unknown":
                self._unknown(row, repeated=repeated)
            case _ if repeated:  # the repeat was refused; the first may have arrived all the same
                self.finish(row, "unknown")
            case "address_bad":
                self._refused(Suspect(row, address, answer.answer))
            case _:
                self._fail(row, answer.answer)
        if answer.outcome == "sent" or answer.stage in _TAKEN:
            self._blame(self._refusals.clear(row.channel))

    def stumble(self, row: Row[Any], why: str) -> None:
        """It broke before anything left: an attempt that says so, and another later, like after a refused moment."""
        if not self._claims.stumble(row, self._clock(), "compose", why):
            return
        if self._patience.is_over(row):
            self._fail(row, why)
        else:
            self._retry(row, self._patience.wait(row), anew=row.body is None)

    def finish(self, row: Row[Any], state: str) -> None:
        """The message ends in a state."""
        self._claims.settle(row, state)
        self.counts[state] += 1

    def settle_the_dead(self) -> None:
        """Messages that a process had started and left behind."""
        for row in self._claims.dead(self._now):
            if self._claims.answer(row, row.tries, self._clock(), "died", "unknown", DIED):
                self._unknown(row, repeated=self._claims.unknowns(row) > 1)

    def close(self) -> None:
        """The delivery is over: what is still suspected is to blame, unless those before it had the same answer."""
        for channel in self._refusals.channels():
            earlier = self._refusals.earlier(channel)
            suspects = self._refusals.clear(channel)
            if not earlier:
                self._blame(suspects)
                continue
            last = suspects[-1]
            self.resting.rest(channel, last.words, self._now)
            self._refusals.give_back(earlier, self._now + self._patience.wait(last.row))
            self.cleared |= {(channel, row.address) for row in earlier}
            self._claims.commit()
            self.counts["retry"] += len(suspects)

    def _refused(self, suspect: Suspect) -> None:
        """Perhaps it is the channel's fault: until that shows, it waits as after a refused moment."""
        row = suspect.row
        if self._refusals.is_the_address(row) or self._patience.is_over(row):
            self._blame([suspect])
            return
        others = self._refusals.add(suspect)
        if three := self._refusals.three(row.channel):
            self.resting.rest(row.channel, suspect.words, self._now)
            self.counts["retry"] += len(three)
        self._claims.settle(row, "queued", self._now + self._patience.wait(row), anew=True)
        self._blame(others)

    def _blame(self, suspects: Iterable[Suspect]) -> None:
        for row, address, words in suspects:
            if self._claims.owns(row):
                self._fail(row, words)
                self.bad.append(BadAddress(row.recipient, row.channel, address, words))
            else:
                self._claims.rollback()

    def _fail(self, row: Row[Any], why: str) -> None:
        letters.fail(self._claims.connection, row.id, why)
        self.finish(row, "failed")

    def _retry(self, row: Row[Any], wait: timedelta, *, anew: bool) -> None:
        """Nothing was accepted: the next try is written anew, so that it says the truth of its own day.

        A repeat keeps its bytes: what was once unknown stays so.
        """
        self._claims.settle(row, "queued", self._now + wait, anew=anew)
        self.counts["retry"] += 1

    def _unknown(self, row: Row[Any], *, repeated: bool) -> None:
        """Perhaps it was accepted: an e-mail goes once more with the same bytes and the same Message-ID."""
        if repeated or not self._repeats(row.channel):
            self.finish(row, "unknown")
            return
        self._claims.settle(row, "queued", self._now + self._patience.wait(row))
        self.counts["unknown"] += 1


def _midnight(clockwork: Clockwork, now: datetime) -> datetime:
    return clockwork.instant(clockwork.local(now).date(), time())
