"""What time it is: the doors ask here, and give use cases their instant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(now: datetime) -> date:
    """The day in Vietnam at an instant, for what is asked before any configuration says otherwise."""
    return now.astimezone(VIETNAM).date()


def utc_now() -> datetime:
    """The clock, for the doors (command line, flows, pages). Use cases are given their instant."""
    return datetime.now(UTC)
