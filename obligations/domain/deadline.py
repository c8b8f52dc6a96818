"""The deadline forms and the dates they stand for. Pure: the same form, plan and calendar give the same dates for ever.

A due date is the last day that is still on time; it ends at 24:00 (Civil Code 2015, 148.6) or at `at`.
Fixed dates are never moved, even on a day off; only counted periods (`After`) end on a working day (148.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import reduce
from typing import Literal, cast

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rrulestr

from obligations.domain import explain
from obligations.domain.calendar import Calendar
from obligations.domain.due import ONCE, Due, Reading
from obligations.domain.errors import GrammarError
from obligations.domain.periods import Kind, Period, day_in_month, last_day_of_month
from obligations.domain.wording import long_date, short_date

DATES_A_YEAR = 400
# The calendar repeats after so many years, weekdays and all. dateutil looks at the end only where it finds a day: of
# a rule that gives none it would go through all years up to 9999, so it is asked about the last such span of them.
_CYCLE_YEARS = 400
Unit = Literal["day", "working_day", "month"]
COUNTS: dict[Unit, str] = {"day": "ngày", "working_day": "ngày làm việc", "month": "tháng"}
_DAY = timedelta(days=1)
_FIXED_EARLIER = timedelta(days=2 * 366)  # how far before its assumed day a period's fixed day is looked for


@dataclass(frozen=True)
class OnDay:
    """`by:` or `before:` a fixed date, perhaps with an hour, perhaps with the start of a window."""

    day: date
    before: bool = False
    at: time | None = None
    start: date | None = None

    def dues(self, reading: Reading, through: date | None) -> Iterator[Due]:
        if self.before:
            on, how = reading.before(self.day)
        else:
            hour = f"trước {self.at:%H:%M} " if self.at else "chậm nhất "
            on, how = self.day, f"{hour}ngày {short_date(self.day)}"
        yield Due(ONCE, on, explain.window(self.start) + how, self.at)


@dataclass(frozen=True)
class InPeriod:
    """`within:` or `before:` a month, quarter, half-year or year."""

    period: Period
    before: bool = False
    start: date | None = None

    def dues(self, reading: Reading, through: date | None) -> Iterator[Due]:
        words = self.period.words
        if self.before:
            on, how = self.period.first - _DAY, f"trước {words}, tức hết ngày liền trước ngày đầu {words}"
        else:
            on, how = self.period.last, f"trong {words}: ngày cuối"
        assumed = "; kế hoạch chỉ nêu năm, chưa nêu ngày" if self.is_bare_year else ""
        yield Due(ONCE, on, f"{explain.window(self.start)}{how}{assumed}", assumed=self.is_bare_year)

    @property
    def is_bare_year(self) -> bool:
        """*Trong năm 2023* names no day: its last day is assumed."""
        return self.period.kind == "year" and not self.before


@dataclass(frozen=True)
class MonthDay:
    """A day inside a period: month 1 is the period's first month; day None is the month's last day."""

    month: int
    day: int | None

    def inside(self, period: Period) -> date:
        month = period.first.month + self.month - 1
        if self.day is None:
            return last_day_of_month(period.year, month)
        return day_in_month(period.year, month, self.day)


@dataclass(frozen=True)
class Every:
    """A recurring duty by calendar periods. `days`: one entry, two for half-years, none when no day is stated.

    Dates come from each period itself, never from the date before: 31 January, 29 February stay what they are.
    """

    kind: Kind
    days: tuple[MonthDay, ...] = ()
    before: bool = False
    at: time | None = None
    first: Period | None = None
    last: Period | None = None
    offset: int = 0

    def dues(self, reading: Reading, through: date | None) -> Iterator[Due]:
        """Bounded forms give every period; unbounded ones those due on or before `through`."""
        if self.last is None and through is None:
            raise ValueError("an unbounded recurring duty needs a last day")
        period = self._first_owed(reading)
        while self.last is None or period.first <= self.last.first:
            due = self.due(period, reading)
            if self.last is None and through and due.on and due.on > through:
                return
            yield due
            period = period.shift(1)

    def due(self, period: Period, reading: Reading) -> Due:
        home = period.shift(self.offset)
        late = " của kỳ sau" if self.offset else ""
        if not self.days:
            on, how = home.last, f"{period.words}: kế hoạch không nêu ngày, lấy ngày cuối kỳ{late}"
        else:
            rule = self.days[(home.number - 1) % len(self.days)]
            on, how = self._stated(rule, home, reading)
            how = f"{period.words}{': kỳ sau' if self.offset else ''}: {how}"
        return Due(period.label, on, how, self.at, assumed=not self.days, after_on=period.shift(-1).last)

    def _stated(self, rule: MonthDay, home: Period, reading: Reading) -> tuple[date, str]:
        day = rule.inside(home)
        short = rule.day is not None and day.day < rule.day
        clamped = f"; {explain.clamped(rule.day)}" if short else ""
        if self.before:
            on, how = reading.before(day)
            return on, how + clamped
        return day, f"chậm nhất {f'{self.at:%H:%M} ' if self.at else ''}ngày {short_date(day)}{clamped}"

    def _first_owed(self, reading: Reading) -> Period:
        if self.first:
            return self.first
        if reading.issued_on is None:
            raise GrammarError(
                "from-required",
                "kế hoạch chưa có ngày ban hành nên không biết kỳ đầu tiên.",
                "ghi thêm from: kỳ đầu tiên phải thực hiện",
            )
        period = Period.holding(self.kind, reading.issued_on).shift(-1 - self.offset)
        while (on := self.due(period, reading).on) is None or on < reading.issued_on:
            period = period.shift(1)
        return period


@dataclass(frozen=True)
class After:
    """A count from an event: `issued`, another obligation's completion, or `event:<name>`."""

    anchor: str
    count: int
    unit: Unit

    def dues(self, reading: Reading, through: date | None) -> Iterator[Due]:
        if self.anchor == "issued" and reading.issued_on:
            yield self.due(reading.issued_on, reading, "ngày ban hành")
        else:
            waiting = "ngày ban hành" if self.anchor == "issued" else explain.anchor_words(self.anchor)
            yield Due(ONCE, None, f"{self._span} kể từ {waiting}; chưa có ngày nên chưa tính được hạn")

    def due(self, anchor_on: date, reading: Reading, anchor_words: str | None = None) -> Due:
        """The due date counted from the day after `anchor_on` (Civil Code 2015, 147; end on a day off: 148.5)."""
        words = anchor_words or explain.anchor_words(self.anchor)
        end = self._end(anchor_on, reading.calendar)
        how = f"{self._span} kể từ {words} {short_date(anchor_on)}, tính từ ngày tiếp theo (Điều 147 BLDS): "
        if self.unit == "month" and end.day < anchor_on.day:
            how += f"{explain.clamped(anchor_on.day)}: "
        on = reading.calendar.on_or_after(end)
        if on != end:
            off = reading.calendar.day_off(end)
            how += f"hết ngày {short_date(end)} là ngày nghỉ ({off}), kết thúc ở ngày làm việc tiếp theo (Điều 148.5): "
        elif self.unit == "working_day":
            how += explain.days_skipped(anchor_on, end, reading.calendar)
        return Due(ONCE, on, how + long_date(on))

    @property
    def _span(self) -> str:
        return f"{self.count} {COUNTS[self.unit]}"

    def _end(self, anchor_on: date, calendar: Calendar) -> date:
        match self.unit:
            case "day":
                return anchor_on + timedelta(days=self.count)
            case "month":
                return anchor_on + relativedelta(months=self.count)
            case "working_day":
                return calendar.add(anchor_on, self.count)


@dataclass(frozen=True)
class Recurring:
    """`rrule:` (RFC 5545) for what the calendar periods cannot say: weekly, daily, twice a month."""

    rule: str
    first: date | None = None
    last: date | None = None
    at: time | None = None

    def dues(self, reading: Reading, through: date | None) -> Iterator[Due]:
        end = self.last or through
        if end is None:
            raise ValueError("an unbounded rrule needs a last day")
        start = self.first or reading.issued_on
        if start is None:
            raise GrammarError(
                "from-required",
                "kế hoạch chưa có ngày ban hành nên không biết quy tắc lặp bắt đầu từ ngày nào.",
                "ghi thêm from: ngày bắt đầu, ví dụ 2022-07-08",
            )
        before: date | None = None
        for on in self.days(start, end):
            hour = f" trước {self.at:%H:%M}" if self.at else ""
            yield Due(on.isoformat(), on, f"lặp lại theo quy tắc {self.rule}{hour}", self.at, after_on=before)
            before = on

    def days(self, start: date, end: date) -> Iterator[date]:
        """The rule's dates from `start` to `end`; GrammarError beyond 400 dates a year."""
        limit = DATES_A_YEAR * (end.year - start.year + 1)
        if end < start:
            return
        later = (MAXYEAR - end.year) // _CYCLE_YEARS * _CYCLE_YEARS
        first, last = (datetime.combine(one.replace(year=one.year + later), time()) for one in (start, end))
        rule = cast(rrule, rrulestr(self.rule, dtstart=first))
        for index, moment in enumerate(rule.replace(until=last)):
            if index >= limit:
                fix = "bớt ngày trong quy tắc, hoặc dùng every"
                raise GrammarError(
                    "too-many-dates", f"quy tắc lặp cho quá {DATES_A_YEAR} ngày mỗi năm.", fix, path=("rrule",)
                )
            yield moment.date().replace(year=moment.year - later)


Form = OnDay | InPeriod | Every | After | Recurring


@dataclass(frozen=True)
class Fixed:
    """`fixed_by:` a later document that gives a bare year or an assumed day its real day."""

    due: date
    document: str
    period: str = ONCE

    def apply(self, due: Due) -> Due:
        if due.period != self.period:
            return due
        how = f"{due.how}; văn bản {self.document} ấn định ngày {short_date(self.due)}"
        return replace(due, on=self.due, assumed=False, how=how)


def dues(form: Form, reading: Reading, through: date | None, fixed: tuple[Fixed, ...] = ()) -> Iterator[Due]:
    """Every period that a form owes, in order; unbounded forms up to `through` (a due date).

    GrammarError (`from-required`) where the first period cannot be known without an issue date.
    """
    reach = through + _FIXED_EARLIER if through and fixed else through
    for stated in form.dues(reading, reach):
        due = reduce(lambda due, one: one.apply(due), fixed, stated)
        if is_bounded(form) or through is None or due.on is None or due.on <= through:
            yield due


def is_bounded(form: Form) -> bool:
    """Whether the form owes a fixed number of periods."""
    return form.last is not None if isinstance(form, Every | Recurring) else True


def is_assumed(form: Form, period: str, fixed: tuple[Fixed, ...] = ()) -> bool:
    """Whether the plan states no day for that period, so that its last day was taken."""
    if any(one.period == period for one in fixed):
        return False
    if isinstance(form, InPeriod):
        return form.is_bare_year
    return isinstance(form, Every) and not form.days
