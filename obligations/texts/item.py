"""One duty in a letter to the unit that owes it (or to the unit's leader): its deadline, its state, its news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Literal

from obligations.domain.ladder import NOTICE
from obligations.domain.wording import SHORT_WEEKDAYS, clock, long_date, short_date, two_digits
from obligations.texts.duty import Duty, Tally
from obligations.texts.occasion import Foot

NewsKind = Literal["moved", "returned", "reopened", "reassigned"]


@dataclass(frozen=True)
class News:
    """What an event changed, told by the first letter after it.

    A move: `why` (correction, amended_by, fixed_by, calendar, anchor, rollback, extended, taken_back) and `old_on`, the
    day the unit was last told of. `before`: what a reopened duty was recorded as, or who had a handed over one.
    """

    kind: NewsKind
    why: str = ""
    old_on: date | None = None
    document: str = ""
    granted_by: str = ""
    note: str = ""
    before: str = ""


@dataclass(frozen=True)
class Supplement:
    """A returned result: what is to be supplied, when it was sent; `kept_on` is the first day where that still counts.

    `has_day`: a day to resubmit by was named; else the deadline stands.
    """

    note: str
    sent_on: date
    document: str
    kept_on: date | None
    has_day: bool


@dataclass(frozen=True)
class Item:
    """One duty. `due_on` is the day its reminders walk to: of a returned result the day to resubmit by.

    `working_days` left (today and the last day counted), negative when overdue. `last_working_day` is the due date
    itself, or the working day before it when it is a day off. `is_first`: the unit has heard nothing of the duty yet,
    whatever the rung. `ask` is whom to ask about it, where that is not the foot. `outage`: the first and the last day
    on which nothing ran. `tally` counts all units that owe the same, `collected` what this duty gathers.
    """

    code: str
    duty: Duty
    due_on: date
    due_at: time | None
    day_off: str | None
    last_working_day: date
    working_days: int
    rung: str
    rung_on: date
    is_late: bool
    is_first: bool = False
    later: tuple[date, ...] = ()
    ask: Foot | None = None
    original_due_on: date | None = None
    given_to: str = ""
    news: News | None = None
    supplement: Supplement | None = None
    outage: tuple[date, date] | None = None
    is_escalated: bool = False
    tally: Tally | None = None
    collected: tuple[Tally, ...] = ()

    @property
    def name(self) -> str:
        return self.duty.name

    @property
    def is_new(self) -> bool:
        """Whether this letter gives the duty: its notice, or the rung that its notice gave way to."""
        return self.is_first or (self.rung == NOTICE and self.news is None)

    @property
    def result(self) -> str:
        return "kết quả bổ sung" if self.supplement else "kết quả"

    @cached_property
    def deadline(self) -> str:
        """*hết ngày 25/11/2022 (thứ Sáu)*, or *trước 14 giờ 00 ngày …* where the plan states an hour."""
        return f"trước {clock(self.due_at)} ngày {self.day}" if self.due_at else f"hết ngày {self.day}"

    @property
    def day(self) -> str:
        return long_date(self.due_on)

    @property
    def short_day(self) -> str:
        return short_date(self.due_on)

    @property
    def chat_day(self) -> str:
        """*T6 25/11/2022*."""
        return f"{SHORT_WEEKDAYS[self.due_on.weekday()]} {self.short_day}"

    @property
    def left(self) -> str:
        """*còn 06 ngày làm việc*."""
        return f"còn {two_digits(self.working_days)} ngày làm việc" if self.working_days else "không còn ngày làm việc"

    @property
    def late_by(self) -> str:
        return f"{two_digits(max(1, -self.working_days))} ngày làm việc"
