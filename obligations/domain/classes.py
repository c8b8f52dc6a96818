"""The class of an assignment on a day: a function of its facts, never stored.

The four classes are those of the offices' statistics; what was submitted and waits for confirmation stands apart, and
what need not be done stands outside, listed by reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from obligations.domain.calendar import Calendar
from obligations.domain.facts import Facts
from obligations.domain.wording import long_date, short_date

OPEN_IN_TIME, OPEN_OVERDUE = "open_in_time", "open_overdue"
DONE_IN_TIME, DONE_LATE = "done_in_time", "done_late"
SUBMITTED = "submitted"
HANDED_OVER = "handed_over"
CLASSES = (OPEN_IN_TIME, OPEN_OVERDUE, DONE_IN_TIME, DONE_LATE)
Outside = Literal["waived", "stopped", "handed_over", "unknown"]
OUTSIDE: dict[str, str] = {
    "waived": "Không phải thực hiện",
    "stopped": "Dừng theo văn bản",
    HANDED_OVER: "Chờ bàn giao",
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
        return at is not None and (self.hour is None or self.hour >= at)


def class_of(facts: Facts, moment: Moment, *, original: bool = False, is_orphan: bool = False) -> str:
    """The class on the moment asked, against the current deadline or the `original` one.

    `is_orphan`: its unit ended and nobody carries it on, so that an open one waits to be handed over.
    """
    if facts.outside:
        return facts.outside
    due_on = facts.original_due_on if original else facts.due_on
    if facts.done_on:
        late = due_on is not None and (facts.submitted_on or facts.done_on) > due_on
        return DONE_LATE if late else DONE_IN_TIME
    if facts.submitted_on:
        return SUBMITTED
    if is_orphan:
        return HANDED_OVER
    if facts.resubmit_by:
        return OPEN_OVERDUE if moment.is_after(facts.resubmit_by, None) else OPEN_IN_TIME
    return OPEN_OVERDUE if moment.is_after(due_on, facts.at) else OPEN_IN_TIME


def state_of(facts: Facts, moment: Moment, calendar: Calendar, *, is_orphan: bool = False) -> str:
    """The state as an office's board words it."""
    known = class_of(facts, moment, is_orphan=is_orphan)
    if known in OUTSIDE:
        return OUTSIDE[known]
    if known == OPEN_IN_TIME:
        return _in_time(facts, moment, calendar)
    if known == OPEN_OVERDUE:
        return _overdue(facts, moment, calendar)
    return CLASS_WORDS[known]


def soon_until(day: date, calendar: Calendar) -> date:
    """The last day of which *sắp đến hạn* is said: no more than five working days on, that day and today counted."""
    ahead = SOON_WORKING_DAYS if calendar.is_working(day) else SOON_WORKING_DAYS + 1
    return calendar.add(day, ahead) - timedelta(days=1)


def _overdue(facts: Facts, moment: Moment, calendar: Calendar) -> str:
    if facts.asked_on:
        return f"{_request(facts)} (đã quá hạn)"
    if facts.is_returned:
        return "Quá hạn bổ sung"
    if facts.urged_on and facts.urged_on >= (facts.due_on or date.min):  # a letter about an earlier date is history
        return "Đã có công văn đôn đốc"
    days = working_days_over(facts.due_on or moment.day, moment.day, calendar)
    return f"Quá hạn {days} ngày làm việc" if days > 0 else "Quá hạn"


def _request(facts: Facts) -> str:
    return "Đơn vị báo không thuộc nhiệm vụ" if facts.disowned_on else "Đang trình gia hạn"


def working_days_over(due_on: date, day: date, calendar: Calendar) -> int:
    """Working days after the due date up to a day, that day counted."""
    return max(calendar.count(due_on, day) - (1 if calendar.is_working(due_on) else 0), 0)


def _in_time(facts: Facts, moment: Moment, calendar: Calendar) -> str:
    if facts.asked_on:
        return _request(facts)
    if facts.is_returned:
        return f"Đề nghị bổ sung trước ngày {short_date(facts.target_on)}" if facts.target_on else "Đề nghị bổ sung"
    if facts.due_on is None:
        return "Chờ mốc"
    if facts.due_on == moment.day:
        return f"Đến hạn ngày {long_date(facts.due_on)}"
    if calendar.count(moment.day, facts.due_on) <= SOON_WORKING_DAYS:
        return f"Sắp đến hạn ngày {short_date(facts.due_on)}"
    if facts.acknowledged_on:
        expected = f" (dự kiến gửi ngày {short_date(facts.expected_on)})" if facts.expected_on else ""
        return f"Đã tiếp nhận{expected}"
    return "Mới giao"
