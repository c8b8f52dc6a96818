"""A policy (lịch nhắc): the ladder of reminders round a due date, as an office writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

CountUnit = Literal["working_day", "day"]
Days = Literal["working", "all"]
Late = Literal["newest", "all", "none"]
Escalatee = Literal["overseer", "leader", "own_leadership"]
LONG_LADDER_DAYS = 183
DEFAULT, LONG = "chuan", "dai-han"


@dataclass(frozen=True)
class Count:
    """A number of days after the due date, in working days or calendar days."""

    days: int
    unit: CountUnit = "working_day"


@dataclass(frozen=True)
class Escalation:
    after: Count
    to: Escalatee
    approve: bool = False


@dataclass(frozen=True)
class Policy:
    """One ladder. `before` counts calendar days before the due date, `overdue` the days after it."""

    id: str
    send_at: time = time(8)
    days: Days = "working"
    notice: bool = True
    before: tuple[int, ...] = (10, 3, 0)
    overdue: tuple[Count, ...] = (Count(1), Count(2))
    letter: Count | None = Count(3)
    escalate: tuple[Escalation, ...] = (
        Escalation(Count(1), "overseer"),
        Escalation(Count(4), "leader", approve=True),
        Escalation(Count(8), "own_leadership"),
    )
    review: tuple[Count, ...] = tuple(Count(2 * n) for n in range(1, 6))
    late: Late = "newest"


STANDARD = Policy(DEFAULT)
LONG_RANGE = Policy(LONG, before=(180, 90, 30, 10, 3, 0))


def policy_id(stated: str | None, days_to_due: int) -> str:
    """The policy an assignment uses: the stated one, else *dai-han* for ladders longer than 183 days."""
    return stated or (LONG if days_to_due > LONG_LADDER_DAYS else DEFAULT)
