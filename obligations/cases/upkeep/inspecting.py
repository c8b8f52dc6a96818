"""The daily look (kiểm tra): compare what should have left with what did, leave the sign of life, tell whoever must
know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from obligations.cases.app import App
from obligations.cases.upkeep import alarms, auditing, heartbeat
from obligations.cases.upkeep.auditing import Audited


@dataclass(frozen=True)
class Inspected:
    """What was counted; `silence`: what should have reached somebody and has not; `trouble`: why no sign of life left.

    Both are sentences, empty when all is well.
    """

    audited: Audited
    silence: str
    trouble: str


def inspect(app: App, now: datetime) -> Inspected:
    """Audit, then the heartbeat, then the alert where something is missing. Refused before the first apply."""
    found = auditing.audit(app, now)
    trouble = heartbeat.beat(app, found, now) or ""
    silence = _silence(found)
    if silence:
        alarms.audit_is_red(app, silence, now)
    return Inspected(found, silence, trouble)


def _silence(found: Audited) -> str:
    parts = [f"{found.failed} lượt nhắc không gửi được hoặc chưa rõ đã tới"] if found.failed else []
    parts += [f"{found.waiting} lượt nhắc đã đến giờ mà chưa gửi"] if found.waiting else []
    return f"{'; '.join(parts)}." if parts else ""
