"""A deadline's mapping in an office's words, to be read again: the other way round from `typed_deadlines`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline
from obligations.domain.periods import Period
from obligations.domain.typed_deadlines import typed_deadline
from obligations.domain.wording import table_date

_EVERY = {"month": "tháng", "quarter": "quý", "half-year": "6 tháng", "year": "năm"}
_OF_A_QUARTER = {"1": "đầu", "2": "giữa", "3": "cuối"}
_COUNTS = {"days": "ngày", "working_days": "ngày làm việc", "months": "tháng"}


def deadline_words(deadline: Deadline, today: date) -> str | None:
    """Words that `typed_deadline` reads as just this mapping; None where there are none.

    >>> deadline_words({"by": "2022-07-20", "at": "14:00"}, date(2022, 7, 8))
    '14:00 ngày 20/07/2022'
    """
    try:
        words = _words(deadline)
        return words if words and typed_deadline(words, today) == deadline else None
    except (GrammarError, ValueError, KeyError):
        return None


def _words(deadline: Deadline) -> str | None:
    match deadline:
        case {"every": str() as kind, **rest}:
            to = f" đến {_period(str(rest['to']))}" if "to" in rest else ""
            return f"{_day_of(kind, rest)} hằng {_EVERY[kind]}{to}".strip()
        case {"after": "issued", **rest} if len(rest) == 1:
            unit, count = next(iter(rest.items()))
            return f"trong {count} {_COUNTS[unit]}"
        case {"by": str() as day, **rest}:
            return f"{rest['at']} ngày {_date(day)}" if rest else f"ngày {_date(day)}"
        case {"before": str() as day} if day.count("-") == 2:  # a whole date
            return f"trước ngày {_date(day)}"
        case {"before": str() as part}:
            return f"trước {_period(part)}"
        case {"within": str() as part}:
            return f"trong {_period(part)}"
    return None


def _day_of(kind: str, rest: Mapping[str, object]) -> str:
    is_before = "before" in rest
    match kind, rest.get("before" if is_before else "by"):
        case _, None:
            return ""
        case "month", "last":
            return "ngày cuối tháng"
        case "quarter", {"month": str() as month, "day": str() as day}:
            words = f"{day} của tháng {_OF_A_QUARTER[month]}"  # a number would read as a month of the year
        case "half-year", [str() as first, str() as second]:
            words = f"{_month_day(first)} và {_month_day(second)}"
        case "year", str() as day:
            words = _month_day(day)
        case _, day:
            words = str(day)
    return f"{'trước ' if is_before else ''}ngày {words}"


def _date(text: str) -> str:
    return table_date(date.fromisoformat(text))


def _period(label: str) -> str:
    return Period.parse(label).short_words


def _month_day(text: str) -> str:
    month, _, day = text.partition("-")
    return f"{int(day)}/{int(month)}"
