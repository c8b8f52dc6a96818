"""The class of an assignment on a day: a function of its facts, never stored.

The four classes are those of the offices' statistics; what was submitted and waits for confirmation stands apart, and
what need not be done stands outside, listed by reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from obligations.domain.calendar import Calendar
from obligations.domain.wording import long_date, short_date

OPEN_IN_TIME, OPEN_OVERDUE = "open_in_time", "open_overdue"
DONE_IN_TIME, DONE_LATE = "done_in_time", "done_late"
SUBMITTED = "submitted"
CLASSES = (OPEN_IN_TIME, OPEN_OVERDUE, DONE_IN_TIME, DONE_LATE)
Outside = Literal["waived", "stopped", "handed_over", "unknown"]
OUTSIDE: dict[str, str] = {
    "waived": "Không phải thực hiện",
    "stopped": "Dừng theo văn bản",
    "handed_over": "Bàn giao",
    "unknown": "Chưa rõ kết quả (trước khi theo dõi)",
}
CLASS_WORDS = {
    OPEN_IN_TIME: "Đang thực hiện trong hạn",
    OPEN_OVERDUE: "Đang thực hiện quá hạn",
    DONE_IN_TIME: "Hoàn thành đúng hạn",
    DONE_LATE: "Hoàn thành quá hạn",
    SUBMITTED: "Đã gửi, chờ ghi nhận",
}
SOON_WORKING_DAYS = 5


@dataclass(frozen=True)
class Facts:
    """What is known of one assignment: its deadline, its counting day, its confirmation, why it stands outside."""

    due_on: date | None
    at: time | None = None
    submitted_on: date | None = None
    done_on: date | None = None
    outside: str | None = None


@dataclass(frozen=True)
class Moment:
    """The day asked and, on a day that is not over, the hour; without an hour the day counts to its end."""

    day: date
    hour: time | None = None

    def is_after(self, due_on: date | None, at: time | None) -> bool:
        """Whether that deadline has passed (24:00 of the day, or its hour); an open date never passes."""
        if due_on is None:
            return False
        if self.day != due_on:
            return self.day > due_on
        return at is not None and (self.hour is None or self.hour > at)


def class_of(facts: Facts, moment: Moment) -> str:
    """The class on the moment asked."""
    if facts.outside:
        return facts.outside
    if facts.done_on:
        late = facts.due_on is not None and (facts.submitted_on or facts.done_on) > facts.due_on
        return DONE_LATE if late else DONE_IN_TIME
    if facts.submitted_on:
        return SUBMITTED
    return OPEN_OVERDUE if moment.is_after(facts.due_on, facts.at) else OPEN_IN_TIME


def state_of(facts: Facts, moment: Moment, calendar: Calendar) -> str:
    """The state as an office's board words it."""
    known = class_of(facts, moment)
    if known in OUTSIDE:
        return OUTSIDE[known]
    if known == OPEN_IN_TIME:
        return _in_time(facts, moment, calendar)
    if known == OPEN_OVERDUE and facts.due_on:
        first = 0 if calendar.is_working(facts.due_on) else 1
        days = calendar.count(facts.due_on, moment.day) - 1 + first
        return f"Quá hạn {max(days, 0)} ngày làm việc" if days > 0 else "Quá hạn"
    return CLASS_WORDS[known]


def _in_time(facts: Facts, moment: Moment, calendar: Calendar) -> str:
    if facts.due_on is None:
        return "Chờ mốc"
    if facts.due_on == moment.day:
        return f"Đến hạn ngày {long_date(facts.due_on)}"
    if calendar.count(moment.day, facts.due_on) <= SOON_WORKING_DAYS:
        return f"Sắp đến hạn ngày {short_date(facts.due_on)}"
    return "Mới giao"
