"""Days as people type them: `20/7/2022`, `20-7-22`, `2022-07-20`, `20/7`, `ngày 20 tháng 7 năm 2022`, `mai`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from obligations.domain.errors import GrammarError
from obligations.domain.plain_letters import unmarked

_DAY_FIRST = re.compile(
    r"(?:ngay )?(?:mung |mong )?(?P<day>\d{1,2})(?: ?[/.-] ?|,? thang )(?P<month>\d{1,2})"
    r"(?:(?: ?[/.-] ?|,? nam )(?P<year>\d{4}|\d{2}))?"
)
_YEAR_FIRST = re.compile(r"(?:ngay )?(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NEAR = {"hom nay": 0, "nay": 0, "mai": 1, "ngay mai": 1, "hom qua": -1}
_SAMPLE = "Ghi như 20/7/2022."
_YEARS = range(1900, 2200)  # as of the grammar; beyond them lie slips of the pen


def typed_day(text: str, today: date, *, ahead: bool = False) -> date:
    """The day meant. Without a year it is the one nearest to `today`, or (`ahead`) the first that is not past.

    Years of two digits are of this century. GrammarError for what is no day.

    >>> typed_day("20/7", date(2022, 7, 8), ahead=True)
    datetime.date(2022, 7, 20)
    """
    words = unmarked(text)
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    found = _YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    if not found:
        raise GrammarError("date", f"“{text.strip()[:40]}” không phải ngày.", _SAMPLE)
    day, month = int(found["day"]), int(found["month"])
    if found["year"] is None:
        return _without_year(month, day, today, ahead=ahead)
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _day(year, month, day, f"{day}/{month}/{found['year']}")


def is_written_day(words: str) -> bool:
    """Whether unmarked words have the form of a day in figures, be there such a day or not."""
    return bool(_YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words))


def states_year(words: str) -> bool:
    """Whether unmarked words are a day in figures with its year."""
    found = _YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    return found is not None and found["year"] is not None


def checked_year(year: int) -> int:
    """The year; GrammarError for one that nobody can mean."""
    if year not in _YEARS:
        raise GrammarError("date", f"năm {year} không dùng được.", _SAMPLE)
    return year


def _without_year(month: int, day: int, today: date, *, ahead: bool) -> date:
    near = []
    for year in range(today.year - 4, today.year + 9):  # 29 February is there once in four years, once even in eight
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        return _day(today.year, month, day, f"{day}/{month}")
    if ahead:
        near = [one for one in near if one >= today]
    return min(near, key=lambda one: abs((one - today).days))


def _day(year: int, month: int, day: int, shown: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise GrammarError("impossible-date", f"không có ngày {shown}.", _SAMPLE) from None
    checked_year(year)
    return found
