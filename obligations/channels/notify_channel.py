"""Any service of Apprise's other than mail: chat rooms, bots, webhooks."""

from __future__ import annotations

import json
import re
import threading
import time
from typing import Final, NamedTuple, Self
from urllib.parse import quote

from obligations.channels import apprise_door
from obligations.channels.apprise_door import Told
from obligations.channels.apprise_seam import NotifyBase, OwnService
from obligations.channels.message import Answer, Meanwhile, Outcome, Outgoing, http_verdict, nothing, one_line
from obligations.channels.references import Redactor

RECIPIENT: Final = "{to}"
_STATUS = re.compile(r"error=(\d{3})\b")
_REASON = re.compile(r"error=|Exception|Response Details|There (?:are|is|was) no |Could not ", re.IGNORECASE)
_NEVER_LEFT = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Failed to resolve|Connection refused|ProxyError|SSLError"
)
_PROOF = re.compile(r"^Sent|event_id")  # most services; Matrix
_LOG_IN = re.compile(r" URL: \S+/login\b")
_NOBODY_THERE = re.compile(r"Could not join Matrix room|chat not found")  # Matrix; Telegram
_BROKEN_WORD = re.compile(r"\s\S*\Z")
_BURST: Final = 20
_LONGEST_PAUSE: Final = 1.0


class Limits(NamedTuple):
    """What a service takes: a message every `interval` seconds; so many characters of text, with or without subject."""

    interval: float
    characters: int
    with_subject: bool

    @classmethod
    def of(cls, service: NotifyBase) -> Self:
        """As the service says of itself; one that knows no titles gets the subject as the text's first line."""
        return cls(float(service.request_rate_per_sec), service.body_maxlen, service.title_maxlen <= 0)

    def room(self, subject: str) -> int:
        """Characters left for the text."""
        return max(1, self.characters - (len(subject) + 2 if self.with_subject else 0))


class NotifyChannel:
    """Posts through Apprise, one object and one recipient per message; `{to}` in the URL is the recipient."""

    repeats_unknown = False

    def __init__(self, name: str, url: str, limits: Limits, redact: Redactor, total_seconds: float) -> None:
        self.name = name
        self._url = url
        self._limits = limits
        self._redact = redact
        self._total_seconds = total_seconds
        self._pace = Pace(min(limits.interval, _LONGEST_PAUSE))
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"NotifyChannel({self.name!r})"

    def freeze(self, out: Outgoing) -> bytes:
        """Subject and text, as much as the service takes; chat has neither HTML nor attachments.

        The id and the date make each message its own.
        """
        text = fitted(out.text, self._limits.room(out.subject))
        kept = {"message_id": out.message_id, "date": out.date.isoformat(), "subject": out.subject, "text": text}
        return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")

    def announce(self, to: str) -> None:
        """A post is one request: nothing of it can be asked ahead."""

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Post a frozen message to one recipient."""
        try:
            kept = json.loads(frozen)
            subject, text = str(kept["subject"]), str(kept["text"])
        except (ValueError, KeyError, TypeError):
            return Answer("failed", "notify", "nội dung đã lưu không phải tin nhắn của kênh này")
        if not (subject.strip() or text.strip()):
            return Answer("failed", "notify", "tin nhắn trống")
        service = apprise_door.load(self._url.replace(RECIPIENT, quote(to, safe="")))
        if service is None:
            return Answer("address_bad", "notify", one_line(f"kênh {self.name} không gửi được tới “{to}”"))
        with self._lock:
            time.sleep(self._pace.wait(time.monotonic()))
        told = apprise_door.notify(service, subject, text, total_seconds=self._total_seconds)
        said = service.ending if isinstance(service, OwnService) and told.finished else None
        outcome, words = said or judge(told)
        return Answer(outcome, "notify", one_line(self._redact(words)))

    def close(self) -> None:
        """Nothing is kept open between messages."""


def judge(told: Told) -> tuple[Outcome, str]:
    """What a notification's end means: its outcome, and the words of Apprise's log that say why.

    A post that may have arrived is unknown, never retried: nobody should get a chat message twice.
    """
    words = " | ".join([line for line in told.lines if _REASON.search(line)] or told.lines[-1:])
    if not told.finished:
        return "unknown", "quá thời gian mà dịch vụ chưa trả lời"
    if told.delivered:
        return "sent", next(filter(_PROOF.search, reversed(told.lines)), "")
    if told.delivered is None:
        return "failed", words or "không có nơi nhận"
    statuses = _STATUS.findall(words)
    if statuses:
        outcome = http_verdict(int(statuses[-1]))
        return (_refined(told.lines) if outcome == "failed" else outcome), words
    if "Exception" in words:
        return ("channel_down" if _NEVER_LEFT.search(words) else "unknown"), words
    return "failed", words


def _refined(lines: tuple[str, ...]) -> Outcome:
    """Whose fault a refused post is, where the log tells: our own account's, the recipient's, else the message's."""
    asked = [line for line in lines if " URL: " in line]
    if asked and _LOG_IN.search(asked[-1]):  # Matrix: refused before it came to a room
        return "channel_down"
    return "address_bad" if any(map(_NOBODY_THERE.search, lines)) else "failed"


def fitted(text: str, longest: int) -> str:
    """The text, or as many of its whole words as fit in `longest` characters with an ellipsis: no code is broken.

    >>> fitted("gửi trước 25/11/2022", 15)
    'gửi trước…'
    """
    if len(text) <= longest:
        return text
    return _BROKEN_WORD.sub("", text[:longest]).rstrip()[: longest - 1] + "…"


class Pace:
    """At most a burst at once, then one per `interval` seconds on average.

    Apprise throttles per object; an object per message would not throttle at all, one for all would take its default
    of 5.5 seconds each.
    """

    def __init__(self, interval: float, burst: int = _BURST) -> None:
        self._interval = interval
        self._burst = burst
        self._due = 0.0  # when the last message would have left at the even pace

    def wait(self, now: float) -> float:
        """Seconds to wait before the next message; counts it as sent then. `now` never goes back."""
        wait = max(0.0, self._due - (self._burst - 1) * self._interval - now)
        self._due = max(self._due, now + wait) + self._interval
        return wait
