"""Periods as people type them: `tháng 12`, `12/2022`, `quý II-2023`, `06 tháng đầu năm 2023`. Unmarked words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from operator import attrgetter

from obligations.domain.errors import GrammarError
from obligations.domain.periods import MONTHS, Kind, Period
from obligations.domain.typed_days import checked_year
from obligations.domain.typed_weekdays import past

Reach = Callable[[Period], date]
_YEAR = r"(?:(?: ?[/.-] ?(?=\d)|,? nam )(?P<year>\d{4}|nay))?"
_MONTH = re.compile(rf"thang (?P<number>\d{{1,2}}){_YEAR}")
_MONTH_BARE = re.compile(r"(?P<number>\d{1,2}) ?[/.-] ?(?P<year>\d{4})")
_QUARTER = re.compile(rf"(?:quy |q\.? ?)(?P<number>iv|i{{1,3}}|0?[1-4]){_YEAR}")
_HALF = re.compile(r"0?6 thang (?P<number>dau|cuoi) nam(?: (?P<year>\d{4}|nay))?")
_YEAR_ALONE = re.compile(r"nam (?P<year>\d{4})")
_THIS: dict[str, Kind] = {"thang nay": "month", "quy nay": "quarter", "nam nay": "year"}
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2}
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("month", _MONTH),
    ("month", _MONTH_BARE),
    ("quarter", _QUARTER),
    ("half-year", _HALF),
)
_POINT = re.compile(r"(?P<point>cuoi|giua) (?P<month>thang .+)|cuoi (?P<year>nam .+)")
_DAY = timedelta(days=1)
last_day: Reach = attrgetter("last")


def typed_period(words: str, today: date, reach: Reach = last_day) -> Period | None:
    """A month, quarter, half or year; None for other words.

    Without a year it is the first whose day by `reach` is not past: its last one, unless a deadline lies elsewhere.
    GrammarError for a month or a year that there is not, and for this period where that day is past.

    >>> typed_period("thang 3", date(2022, 11, 28))
    Period(year=2023, kind='month', number=3)
    """
    if words in _THIS:
        return _not_past(Period.holding(_THIS[words], today), today, reach)
    if found := _YEAR_ALONE.fullmatch(words):
        return Period(checked_year(int(found["year"])), "year", 1)
    for kind, form in _FORMS:
        if found := form.fullmatch(words):
            number = _NUMBERS.get(found["number"]) or int(found["number"])
            return _numbered(kind, number, found["year"], today, reach)
    return None


def day_before(period: Period) -> date:
    """The last day before a period: where *trước tháng 12* ends."""
    return period.first - _DAY


def typed_point(words: str, today: date) -> date | None:
    """The day that *cuối tháng 12*, *giữa tháng 12*, *cuối năm 2022* name (Civil Code 2015, 146.2 and 146.3)."""
    found = _POINT.fullmatch(words)
    if not found:
        return None
    reach = _middle if found["point"] == "giua" else last_day
    period = typed_period(found["month"] or found["year"], today, reach)
    return reach(period) if period else None


def _middle(month: Period) -> date:
    return month.first.replace(day=15)


def _numbered(kind: Kind, number: int, year: str | None, today: date, reach: Reach) -> Period:
    if not 1 <= number <= 12 // MONTHS[kind]:
        raise GrammarError("period", f"không có tháng {number}.", "Ghi như: tháng 12/2022.")
    if year == "nay":
        return _not_past(Period(today.year, kind, number), today, reach)
    if year:
        return Period(checked_year(int(year)), kind, number)
    this = Period(today.year, kind, number)
    return this if reach(this) >= today else Period(today.year + 1, kind, number)


def _not_past(period: Period, today: date, reach: Reach) -> Period:
    if reach(period) < today:
        raise past()
    return period
