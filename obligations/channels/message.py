"""What goes out, what comes back, and what every channel can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

Outcome = Literal["sent", "retry", "failed", "address_bad", "channel_down", "unknown"]
Stage = Literal[
    "connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body", "answer",  # SMTP
    "notify",  # any other Apprise service
    "box",
]  # fmt: skip

ANSWER_LENGTH = 300
Meanwhile = Callable[[], None]
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Outgoing:
    """One message for one recipient.

    `message_id` is the caller's and stays the same on a repeat ("<x@y>"); `to` is an e-mail address or a chat id;
    `date` is aware and becomes the message's Date; `attachments` are files read when the message is frozen.
    """

    message_id: str
    to: str
    to_name: str
    subject: str
    text: str
    html: str | None
    date: datetime
    reply_to: str | None
    attachments: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How one try at sending ended, at which stage, and the other side's own words (one line, secrets removed)."""

    outcome: Outcome
    stage: Stage
    answer: str


def nothing() -> None:
    """Nobody has anything to do while an answer is awaited."""


class Channel(Protocol):
    """A way to reach people. One thread at a time gets through; `close` gives up the kept connection."""

    @property
    def name(self) -> str:
        """The name that channels.yaml gives it."""

    @property
    def repeats_unknown(self) -> bool:
        """Whether a message of unknown outcome may go again: mail has a Message-ID to be told by, chat has not."""

    def freeze(self, out: Outgoing) -> bytes:
        """The exact bytes that will leave; the same `out` gives the same bytes.

        Raises Refused when an attachment cannot be read, ValueError for a message id that is not "<x@y>" or a date
        without time zone (both the caller's own doing).
        """

    def announce(self, to: str) -> None:
        """A message to `to` is likely to be sent next: what can be asked without it may be asked now. Never raises.

        Nothing of the message leaves before `send`; what was announced and is not sent has never been.
        """

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Send exactly these bytes to `to`. Never raises for what the other side does or fails to do.

        `meanwhile`, which never raises, is called once the last byte has left and only the answer is awaited: at most
        once, never where a channel has no such moment.
        """

    def close(self) -> None:
        """Give up what is kept open; the channel may be used again."""


def verdict(stage: Stage, code: int | None) -> Outcome:
    """What an SMTP refusal (its three-digit code) or a missing answer (None) means at the stage it came at.

    A refusal before RCPT is the channel's, at RCPT the address's, afterwards the message's; before RCPT silence is a
    refusal, too. Later the message can be tried again, unless its last byte had left: then nobody knows.
    """
    if stage in ("connect", "ehlo", "starttls", "auth", "mail"):
        return "channel_down"
    if code is None:
        return "unknown" if stage == "answer" else "retry"
    if code >= 500:
        return "address_bad" if stage == "rcpt" else "failed"
    return "retry"


def http_verdict(status: int) -> Outcome:
    """What the HTTP status of a post that was refused means (RFC 9110).

    401 and 407 refuse our own credentials and 3xx is not the service we wrote to: the channel's fault. 408, 425, 429
    and 5xx may pass, but behind the gateway of a 504 the post may have arrived.
    """
    if 300 <= status < 400 or status in (401, 407):
        return "channel_down"
    if status == 504:
        return "unknown"
    return "retry" if status >= 500 or status in (408, 425, 429) else "failed"


def one_line(text: str | bytes) -> str:
    """Someone else's words made safe to store and show: one line, printable, at most ANSWER_LENGTH characters."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    text = _UNPRINTABLE.sub(" ", text).strip()
    return text if len(text) <= ANSWER_LENGTH else text[: ANSWER_LENGTH - 1] + "…"


def ascii_address(address: str) -> str | None:
    """The address as every mail server takes it (the domain in IDNA), or None when it is not an e-mail address.

    >>> ascii_address("van-thu@sở.example")
    'van-thu@xn--s-lym.example'
    """
    if not _EMAIL.fullmatch(address):
        return None
    if not address.isascii():
        local, _, domain = address.partition("@")
        try:
            address = f"{local}@{domain.encode('idna').decode('ascii')}"
        except UnicodeError:
            return None
    return address if address.isascii() and len(address) <= 320 else None
