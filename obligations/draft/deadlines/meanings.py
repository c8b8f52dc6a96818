"""What an expression says, before the year is known and before its sentence is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["month", "quarter", "half-year", "year"]


@dataclass(frozen=True)
class Day:
    """A calendar day; the year may be left out. Day 0 is the month's last (146.2), month 0 that of the paper."""

    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True)
class Part:
    """A month, quarter, half-year or year; the year may be left out."""

    kind: Kind
    number: int
    year: int | None = None


@dataclass(frozen=True)
class On:
    """A fixed day. `weak`: no word of a deadline stands before it, its sentence has to bear it out."""

    day: Day
    before: bool = False
    at: str = ""
    start: Day | None = None
    weak: bool = False
    shift: int = 0  # days counted from it, or back
    months: int = 0  # months counted from it
    until: bool = False  # "đến hết ngày": beside a recurrence it is where that ends

    @property
    def is_counted(self) -> bool:
        return bool(self.shift or self.months)


@dataclass(frozen=True)
class SameDay:
    """`trước 15 giờ cùng ngày`: the day named before it, or that of the paper."""

    at: str = ""
    of_issue: bool = False


@dataclass(frozen=True)
class Opening:
    """When something begins; no deadline by itself."""

    start: Day | Part


@dataclass(frozen=True)
class Within:
    """Within, or before, a part of the calendar; `start` opens a window of parts."""

    part: Part
    before: bool = False
    start: Part | None = None
    weak: bool = False
    edge: str = ""
    until: bool = False


@dataclass(frozen=True)
class Monthly:
    """A day that recurs: of each month, or of one month of each quarter or year. Day 0 is the month's last.

    `kind` is "term" where the words leave it to the report (*tháng cuối kỳ báo cáo*), "" where only a day is named.
    """

    kind: Kind | Literal["term", ""]
    day: int
    month: int = 1
    before: bool = False
    at: str = ""
    offset: int = 0
    counted: bool = False  # from the end of the period: an end on a day off would run on (148.5)


@dataclass(frozen=True)
class HalfDays(Monthly):
    """Two days of a year: the one of this object for its first half, `second` for the other."""

    second: Monthly | None = None


@dataclass(frozen=True)
class Season(Monthly):
    """`từ tháng 4 đến tháng 10 hằng năm`: the last month's end of each year; beside a day of each month, those months."""

    opens: int = 1

    @property
    def months(self) -> tuple[int, ...]:
        length = (self.month - self.opens) % 12 + 1
        return tuple((self.opens + more - 1) % 12 + 1 for more in range(length))


@dataclass(frozen=True)
class Each:
    """A recurrence by its period alone. `weak`: it may as well belong to a noun (*kế hoạch hằng năm*)."""

    kind: Kind
    weak: bool = False


@dataclass(frozen=True)
class Rule:
    """What calendar periods cannot say, by RFC 5545."""

    rule: str
    at: str = ""


@dataclass(frozen=True)
class Count:
    """So many days from an event. The event's words begin at `anchor` in the folded text; `unit` is the grammar's."""

    number: int
    unit: Literal["days", "working_days", "months"]
    anchor: int
    until: int | None = None  # where the event's words end, if not with the expression


@dataclass(frozen=True)
class Bounded:
    """A recurrence within a stretch of time; None where that leaves an end open."""

    inner: Monthly | Each | Rule
    first: Day | Part | None
    last: Day | Part | None


@dataclass(frozen=True)
class Doubt:
    """Words that a person must decide, and why."""

    why: str


@dataclass(frozen=True)
class Nothing:
    """Looks like a deadline and is none: an hour's count, an earliest day, a date that only opens something."""

    why: str


Meaning = On | SameDay | Opening | Within | Monthly | Each | Rule | Count | Bounded | Doubt | Nothing


@dataclass(frozen=True)
class Stated:
    """An expression in a folded sentence: its place, the rule that read it, what it says (two for two quarters)."""

    start: int
    end: int
    rule: str
    source: str
    meanings: tuple[Meaning, ...]
