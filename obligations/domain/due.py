"""A due date, and what it is read against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from obligations.domain.calendar import Calendar
from obligations.domain.wording import short_date

ONCE = "once"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """One period's deadline.

    `on` is None while the event it counts from has no date. `assumed` marks a day that the plan does not state.
    `after_on` is the last day of the period before, where there is one: a later period's ladder counts from it.
    """

    period: str
    on: date | None
    how: str
    at: time | None = None
    assumed: bool = False
    after_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """What a form is read against: the plan's issue date, the office's reading of *trước ngày*, the calendar."""

    calendar: Calendar
    issued_on: date | None = None
    full_day_counts: bool = False

    def before(self, day: date) -> tuple[date, str]:
        """The due date of *trước ngày X*, with its explanation."""
        if self.full_day_counts:
            return day, f"trước ngày {short_date(day)}; cơ quan quy định hết ngày đó vẫn tính đúng hạn"
        return day - _DAY, f"trước ngày {short_date(day)}, tức hết ngày {short_date(day - _DAY)}"


def is_due_between(due_on: date | None, first: date | None, last: date | None) -> bool:
    """Whether a due date lies between two days, both counted; an open date only where no day is asked for."""
    if due_on is None:
        return first is None and last is None
    return (first is None or first <= due_on) and (last is None or due_on <= last)
