"""Days as people type them: `20/7/2022`, `20-7-22`, `2022-07-20`, `20/7`, `hôm nay`, `mai`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from obligations.domain.errors import GrammarError

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NEAR = {"hôm nay": 0, "hom nay": 0, "nay": 0, "mai": 1, "ngày mai": 1, "ngay mai": 1, "hôm qua": -1, "hom qua": -1}
_SAMPLE = "Ghi như 20/7/2022."


def typed_day(text: str, today: date, *, ahead: bool = False) -> date:
    """The day meant. Without a year it is the one nearest to `today`, or (`ahead`) the first that is not past.

    Years of two digits are of this century. GrammarError for what is no day.

    >>> typed_day("20/7", date(2022, 7, 8), ahead=True)
    datetime.date(2022, 7, 20)
    """
    words = " ".join(text.split()).casefold()
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if found := _YEAR_FIRST.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    found = _DAY_FIRST.fullmatch(words)
    if not found:
        raise GrammarError("date", f"“{text.strip()[:40]}” không phải ngày.", _SAMPLE)
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day, text)
    return _without_year(month, day, text, today, ahead=ahead)


def _without_year(month: int, day: int, text: str, today: date, *, ahead: bool) -> date:
    near = []
    for year in range(today.year - 4, today.year + 5):  # 29 February is there once in four years, mostly
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        return _day(today.year, month, day, text)
    if ahead:
        near = [one for one in near if one >= today]
    return min(near, key=lambda one: abs((one - today).days))


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise GrammarError("impossible-date", f"không có ngày {text.strip()[:40]}.", _SAMPLE) from None
    if not 1900 <= year < 2200:
        raise GrammarError("date", f"năm {year} không dùng được.", _SAMPLE)
    return found
