"""Any service of Apprise's other than mail: chat rooms, bots, webhooks."""

from __future__ import annotations

import json
import re
import threading
import time
from typing import Final
from urllib.parse import quote

from obligations.channels import apprise_door
from obligations.channels.apprise_door import Told
from obligations.channels.message import Answer, Outcome, Outgoing, one_line
from obligations.channels.references import Redactor

RECIPIENT: Final = "{to}"
_STATUS = re.compile(r"error=(\d{3})\b")
_REASON = re.compile(r"error=|Exception|Response Details|There (?:are|is|was) no ", re.IGNORECASE)
_NEVER_LEFT = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Failed to resolve|Connection refused|ProxyError|SSLError"
)
_BURST: Final = 20
_LONGEST_PAUSE: Final = 1.0


class NotifyChannel:
    """Posts through Apprise, one object and one recipient per message; `{to}` in the URL is the recipient."""

    repeats_unknown = False

    def __init__(self, name: str, url: str, *, interval: float, redact: Redactor, total_seconds: float) -> None:
        self.name = name
        self._url = url
        self._redact = redact
        self._total_seconds = total_seconds
        self._pace = Pace(min(interval, _LONGEST_PAUSE))
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"NotifyChannel({self.name!r})"

    def freeze(self, out: Outgoing) -> bytes:
        """Subject and text; chat has neither HTML nor attachments. The id and the date make each message its own."""
        kept = {"message_id": out.message_id, "date": out.date.isoformat(), "subject": out.subject, "text": out.text}
        return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")

    def send(self, to: str, frozen: bytes) -> Answer:
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
        outcome, words = judge(told)
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
        return "sent", next((line for line in reversed(told.lines) if line.startswith("Sent")), "")
    if told.delivered is None:
        return "failed", words or "không có nơi nhận"
    statuses = _STATUS.findall(words)
    if statuses:
        return _by_status(int(statuses[-1])), words
    if "Exception" in words:
        return ("retry" if _NEVER_LEFT.search(words) else "unknown"), words
    return "failed", words


def _by_status(status: int) -> Outcome:
    """HTTP (RFC 9110): 5xx and 408, 425, 429 may pass; 401 and 407 refuse our own credentials, not the recipient."""
    if status >= 500 or status in (408, 425, 429):
        return "retry"
    if status in (401, 407):
        return "channel_down"
    return "failed"


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
