"""Calendar periods: month, quarter, half-year, year, and the labels that name them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["month", "quarter", "half-year", "year"]
MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_LABEL = re.compile(r"(?P<year>\d{4})(?:-(?P<letter>[QH])(?P<part>\d)|-(?P<month>\d{2}))?")
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True, order=True)
class Period:
    """One calendar period; `number` counts from 1 within the year (always 1 for a year).

    >>> Period.parse("2022-Q3").last
    datetime.date(2022, 9, 30)
    """

    year: int
    kind: Kind
    number: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """`2023`, `2023-H1`, `2023-Q3` or `2023-07`; ValueError for anything else."""
        found = _LABEL.fullmatch(text)
        if not found or not 1900 <= int(found["year"]) <= 2199:
            raise ValueError(text)
        kind, number = _kind_and_number(found)
        if not 1 <= number <= 12 // MONTHS[kind]:
            raise ValueError(text)
        return cls(int(found["year"]), kind, number)

    @classmethod
    def holding(cls, kind: Kind, day: date) -> Period:
        """The period of that kind in which the day lies."""
        return cls(day.year, kind, (day.month - 1) // MONTHS[kind] + 1)

    @property
    def label(self) -> str:
        """The name used in data: `2023`, `2023-H1`, `2023-Q3`, `2023-07`."""
        match self.kind:
            case "year":
                return f"{self.year}"
            case "half-year":
                return f"{self.year}-H{self.number}"
            case "quarter":
                return f"{self.year}-Q{self.number}"
            case "month":
                return f"{self.year}-{self.number:02}"

    @property
    def words(self) -> str:
        """The name a person reads: *6 tháng đầu năm 2023*."""
        match self.kind:
            case "year":
                return f"năm {self.year}"
            case "half-year":
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case "quarter":
                return f"quý {_ROMAN[self.number]} năm {self.year}"
            case "month":
                return f"tháng {self.number} năm {self.year}"

    @property
    def short_words(self) -> str:
        """The name in a table: *quý IV/2026*, *tháng 7/2022*; years and half-years as in `words`."""
        match self.kind:
            case "quarter":
                return f"quý {_ROMAN[self.number]}/{self.year}"
            case "month":
                return f"tháng {self.number}/{self.year}"
            case _:
                return self.words

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        month = self.number * MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    def shift(self, count: int) -> Period:
        """The period `count` places later (earlier when negative), always by the calendar."""
        per_year = 12 // MONTHS[self.kind]
        index = self.year * per_year + self.number - 1 + count
        return Period(index // per_year, self.kind, index % per_year + 1)

    def until(self, last: Period) -> Iterator[Period]:
        """This period and those after it, up to and with `last`."""
        period = self
        while period.first <= last.first:
            yield period
            period = period.shift(1)


def _kind_and_number(found: re.Match[str]) -> tuple[Kind, int]:
    if found["month"]:
        return "month", int(found["month"])
    if found["letter"]:
        return ("quarter" if found["letter"] == "Q" else "half-year"), int(found["part"])
    return "year", 1


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month (Civil Code 2015, article 146.2)."""
    return Period(year, "month", month).last


def day_in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last day where the month has no such day (Civil Code 2015, 148.3)."""
    return min(date(year, month, 1) + timedelta(days=day - 1), last_day_of_month(year, month))


def month_in_period(kind: Kind, month: int) -> int:
    """A month of the year (1–12) as a month of its period (1 = the period's first)."""
    return (month - 1) % MONTHS[kind] + 1
