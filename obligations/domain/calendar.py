"""Working days: weekends, public holidays, swapped days, the office's quiet days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from obligations.domain.wording import WEEKDAYS

HolidaysOf = Callable[[int], Mapping[date, str]]
SATURDAY = 5
_SHORT_STEPS = 32


class Calendar:
    """Which days are worked, and steps from one to another.

    `holidays_of(year)` gives the public holidays (day to name); `off` and `worked` are the office's overrides over it
    (a worked Saturday of a swap stands in `worked`); `confirmed` holds the years whose list was officially announced.
    Steps are look-ups in a sorted list of working days, which grows by whole years as it is asked for them; `add`,
    asked for most, has a table of its own for each short step.

    Law: Labour Code 2019 articles 111.3 and 112; the yearly list is decided by the Prime Minister.
    """

    def __init__(
        self,
        holidays_of: HolidaysOf,
        *,
        off: Mapping[date, str] | None = None,
        worked: Iterable[date] = (),
        confirmed: Iterable[int] = (),
    ) -> None:
        self._holidays_of = holidays_of
        self._off = dict(off or {})
        self._worked = frozenset(worked)
        self._confirmed = frozenset(confirmed)
        self._names: dict[int, Mapping[date, str]] = {}
        self._days: list[date] = []  # replaced whole, as the tables are: threads share a calendar
        self._steps: list[dict[date, date]] = [{} for _ in range(_SHORT_STEPS)]
        self._years: tuple[int, int] | None = None

    def with_quiet(self, quiet: Mapping[date, str]) -> Calendar:
        """The same calendar with more days off, for reminders only: nobody is written to on a quiet day."""
        if not quiet:
            return self
        worked = self._worked - quiet.keys()
        return Calendar(self._holidays_of, off={**self._off, **quiet}, worked=worked, confirmed=self._confirmed)

    def is_confirmed(self, year: int) -> bool:
        """Whether that year's list of days off was announced; else dates in it are *lịch dự kiến*."""
        return year in self._confirmed

    def day_off(self, day: date) -> str | None:
        """The name of the day off (`Quốc khánh`, `thứ Bảy`), None for a working day."""
        if day in self._worked:
            return None
        if day in self._off:
            return self._off[day] or "ngày nghỉ"
        weekend = WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else None
        return self._public(day.year).get(day) or weekend

    def is_working(self, day: date) -> bool:
        return self.day_off(day) is None

    def on_or_after(self, day: date) -> date:
        """The day itself when worked, else the next working day (Civil Code 2015, 148.5)."""
        return self._step(day, lambda days: bisect_left(days, day))

    def on_or_before(self, day: date) -> date:
        """The day itself when worked, else the working day before it."""
        return self._step(day, lambda days: bisect_right(days, day) - 1)

    def add(self, day: date, count: int) -> date:
        """The count-th working day after `day`, which itself is never counted (Civil Code 2015, 147); count >= 1."""
        try:
            return self._steps[count][day]
        except (IndexError, KeyError):
            return self._add(day, count)

    def count(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both counted; 0 when `last` is earlier."""
        self._cover(first.year, last.year)
        days = self._days
        return max(0, bisect_right(days, last) - bisect_left(days, first))

    def run_of_days_off(self, day: date) -> tuple[date, date] | None:
        """First and last day of the unbroken run of days off round a day, None when the day is worked."""
        if self.is_working(day):
            return None
        before = self.on_or_before(day)
        after = self.on_or_after(day)
        return before + timedelta(days=1), after - timedelta(days=1)

    def _public(self, year: int) -> Mapping[date, str]:
        if year not in self._names:
            self._names[year] = self._holidays_of(year)
        return self._names[year]

    def _add(self, day: date, count: int) -> date:
        """A step asked for the first time, or a long one; the table of a short one is made on the way."""
        found = self._step(day, lambda days: bisect_right(days, day) + count - 1)
        if 0 < count < _SHORT_STEPS:
            self._steps[count] = _steps(self._days, count)
        return found

    def _step(self, day: date, position: Callable[[list[date]], int]) -> date:
        self._cover(day.year - 1, day.year + 1)
        while not 0 <= (index := position(days := self._days)) < len(days):
            first, last = self._years or (day.year, day.year)
            self._cover(first - (index < 0), last + (index >= 0))
        return days[index]

    def _cover(self, first: int, last: int) -> None:
        known = self._years
        if known and known[0] <= first and last <= known[1]:
            return
        low, high = (min(first, known[0]), max(last, known[1])) if known else (first, last)
        start, end = date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal()
        days = (date.fromordinal(number) for number in range(start, end + 1))
        self._days = [day for day in days if self.is_working(day)]
        self._years = (low, high)


def _steps(days: list[date], count: int) -> dict[date, date]:
    """Each day, worked or not, to the count-th of the working days after it, as far as the list reaches."""
    steps: dict[date, date] = {}
    day = days[0]
    for next_day, found in zip(days[1:], days[count:], strict=False):
        while day < next_day:
            steps[day] = found
            day += timedelta(days=1)
    return steps
