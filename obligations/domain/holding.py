"""What still holds an escalation back. Nobody is accused before the register was read and the unit itself was told.

Everything here is a pure function of facts, a day and a calendar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from obligations.domain.calendar import Calendar
from obligations.domain.ladder import SAME_DAY

REGISTER = "chờ rà sổ"
APPROVAL = "chờ duyệt"
REQUEST = "chờ trả lời đề nghị của đơn vị"
OUTAGE = "chờ thư báo muộn của đơn vị"
OWN_WORD_WORKING_DAYS = 2


@dataclass(frozen=True)
class Word:
    """A reminder to the unit itself for the deadline in question, and the days on which it left."""

    rung: str
    rung_on: date
    state: str
    why: str = ""
    left_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """An escalation that waits: what it needs, and what is known of its assignment."""

    target_on: date
    needs_register: bool
    needs_approval: bool
    is_approved: bool = False
    asked_on: date | None = None
    words: tuple[Word, ...] = ()


def unmet(waiting: Waiting, today: date, calendar: Calendar, request_days: int, *, is_read: bool) -> str | None:
    """The first reason that holds it today, None when it may leave; `is_read`: the register was read today.

    An open request holds it for `request_days` working days.
    """
    if waiting.needs_register and not is_read:
        return REGISTER
    if waiting.needs_approval and not waiting.is_approved:
        return APPROVAL
    if waiting.asked_on and today <= calendar.add(waiting.asked_on, request_days):
        return REQUEST
    return None if _was_told(waiting.words, waiting.target_on, today, calendar) else OUTAGE


def _was_told(words: Collection[Word], target_on: date, today: date, calendar: Calendar) -> bool:
    """Whether the unit had its own word first: in time, or late and two working days ago; or none can reach it."""
    overdue = [word for word in words if word.rung.startswith("overdue-") and word.why != SAME_DAY]
    if not overdue or any(word.rung_on in word.left_on for word in overdue):
        return True
    late = [day for word in words for day in word.left_on if day > target_on]
    if late and today >= calendar.add(min(late), OWN_WORD_WORKING_DAYS):
        return True
    return _all_ended(overdue) or (_all_superseded(overdue) and _all_ended(_after(words, target_on)))


def _after(words: Iterable[Word], day: date) -> list[Word]:
    return [word for word in words if word.rung_on > day]


def _all_superseded(words: Iterable[Word]) -> bool:
    return all(word.state == "superseded" for word in words)


def _all_ended(words: Iterable[Word]) -> bool:
    """Whether all of them failed or were skipped; one that a newer overtook is judged by the newer."""
    live = [word for word in words if word.state != "superseded"]
    return bool(live) and all(word.state in ("failed", "skipped") for word in live)
