"""The outside world, written by hand: it takes every message, or fails as the weather has it, and keeps what it got."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from obligations.channels import Answer, Channel, Meanwhile, Outgoing, nothing
from obligations.replay.weather import Weather

# What a server may answer, or fail to, at each stage of a message, by a name.
REFUSALS: Mapping[str, Answer] = {
    "closed": Answer("channel_down", "connect", "Connection refused"),
    "no-ehlo": Answer("channel_down", "ehlo", "502 5.5.1 what"),
    "no-tls": Answer("channel_down", "starttls", "454 4.7.0 TLS not available"),
    "no-login": Answer("channel_down", "auth", "535 5.7.8 bad credentials"),
    "no-sender": Answer("channel_down", "mail", "451 4.3.0 try later"),
    "retry": Answer("retry", "rcpt", "451 4.7.1 try again later"),
    "no-such-user": Answer("address_bad", "rcpt", "550 5.1.1 no such user"),
    "not-now": Answer("retry", "data", "451 4.3.0 not now"),
    "failed": Answer("failed", "data", "552 5.3.4 message too big"),
    "later": Answer("retry", "answer", "451 4.3.0 try later"),
    "spam": Answer("failed", "answer", "554 5.7.1 looks like spam"),
    "lost": Answer("unknown", "answer", "no answer"),
}


class Died(BaseException):
    """The process ends here, as by kill -9: nothing after this line was ever done."""


@dataclass(frozen=True)
class Arrival:
    """One message as its receiver got it."""

    at: datetime
    channel: str
    to: str
    message_id: str
    digest: str


class Post:
    """Every channel of the office; `now` is moved on by whoever lives. What went wrong since `clear` is told."""

    def __init__(self, weather: Weather, now: datetime) -> None:
        self._weather = weather
        self.now = now
        self.arrivals: list[Arrival] = []
        self.shaky: set[str] = set()
        self.failed: set[str] = set()

    def channel(self, name: str) -> Channel:
        return _Counter(name, self)

    def close(self) -> None:
        """Nothing is kept open."""

    def clear(self) -> None:
        self.shaky.clear()
        self.failed.clear()

    def take(self, channel: str, to: str, frozen: bytes, meanwhile: Meanwhile) -> Answer:
        """One try at sending."""
        if self._weather.is_shut(self.now):
            return REFUSALS["closed"]
        mishap = self._weather.mishap()
        if mishap:
            self.shaky.add(channel)
        if mishap == "dies-before":
            raise Died
        if answer := REFUSALS.get(mishap or ""):
            self.failed |= {to} if answer.outcome in ("failed", "address_bad") else set()
            return answer
        self._keep(channel, to, frozen)
        meanwhile()
        if mishap == "doubtful":
            return Answer("unknown", "answer", "no answer")
        if mishap == "dies-after":
            raise Died
        return Answer("sent", "answer", "250 2.0.0 OK")

    def _keep(self, channel: str, to: str, frozen: bytes) -> None:
        message_id = frozen.partition(b"\n")[0].decode()
        digest = hashlib.sha256(frozen).hexdigest()
        self.arrivals.append(Arrival(self.now, channel, to, message_id, digest))


class _Counter:
    """One channel of the post office."""

    repeats_unknown = True

    def __init__(self, name: str, post: Post) -> None:
        self.name = name
        self._post = post

    def freeze(self, out: Outgoing) -> bytes:
        return f"{out.message_id}\n{out.to}\n{out.subject}\n\n{out.text}".encode()

    def announce(self, to: str) -> None:
        """Nobody is asked."""

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        return self._post.take(self.name, to, frozen, meanwhile)

    def close(self) -> None:
        """Nothing is kept open."""
