"""Where a period ends that is counted from a printed day (Civil Code 2015, 147 and 148), as far as a document tells."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# Stretches in which working days may be off, month and day: New Year, Tết, 30/4 and 1/5, Quốc khánh, Ngày Văn hóa, with
# what is swapped or given in lieu (Labour Code 2019, 111.3 and 112). Which ones are is decided year by year.
_MAYBE_OFF = (((1, 1), (1, 4)), ((1, 18), (2, 27)), ((4, 29), (5, 4)), ((8, 31), (9, 4)), ((11, 24), (11, 26)))
# Giỗ Tổ, the tenth of the third lunar month, from 2020 on: month and day.
_FIRST_YEAR = 2020
_ANCESTORS = (
    *((4, 2), (4, 21), (4, 10), (4, 29), (4, 18), (4, 7), (4, 26), (4, 16), (4, 4), (4, 23), (4, 12)),
    *((4, 1), (4, 19), (4, 9), (4, 28), (4, 17), (4, 6), (4, 24), (4, 13), (4, 3), (4, 20)),
)
_IN_APRIL = 4
_SATURDAY = 5


def end_of(start: date, days: int = 0, months: int = 0) -> date | None:
    """The last day of a period counted from `start`, which itself is not counted; one counted back ends where it ends.

    An end on a weekend runs to Monday (148.5). None where that day may be off for another reason.
    """
    end = start + relativedelta(months=months) + timedelta(days=days)
    if end < start:
        return end
    end = _past_weekend(end)
    return None if may_be_off(end) else end


def _past_weekend(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def may_be_off(day: date) -> bool:
    """Whether a day from Monday to Friday may be a public holiday, or be given for one."""
    if any(first <= (day.month, day.day) <= last for first, last in _MAYBE_OFF):
        return True
    number = day.year - _FIRST_YEAR
    if not 0 <= number < len(_ANCESTORS):
        return day.month == _IN_APRIL
    feast = date(day.year, *_ANCESTORS[number])
    return feast <= day <= _past_weekend(feast)
