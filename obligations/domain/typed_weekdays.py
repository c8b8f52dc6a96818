"""Weekdays as people type them: `thứ Sáu`, `thứ 6 tuần này`, `chủ nhật`, `thứ Hai và thứ Năm`. Unmarked words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from obligations.domain.errors import GrammarError

WEEKDAY = r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
_ONE = re.compile(WEEKDAY)
_NAMES = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}  # as of date.weekday()
_OF_A_WEEK = re.compile(rf"(?P<weekday>{WEEKDAY})(?: tuan (?P<week>nay|sau|toi))?")
_LIST = re.compile(rf"(?:cac )?{WEEKDAY}(?:(?:, | va |, va ){WEEKDAY})*")


def weekday_number(words: str) -> int:
    """0 for Monday to 6 for Sunday, of what WEEKDAY matches."""
    name = words.removeprefix("thu ")
    if name.isdigit():
        return int(name) - 2
    return _NAMES.get(name, 6)


def listed_weekdays(words: str) -> list[int]:
    """The weekdays of a list, in the order of the week; none where it is no such list."""
    if not _LIST.fullmatch(words):
        return []
    return sorted({weekday_number(one) for one in _ONE.findall(words)})


def coming_weekday(words: str, today: date, first: date) -> date | None:
    """The day that a weekday alone means: the first from `first` on; of *tuần này* and *tuần sau* that week's.

    None for other words; GrammarError for one of this week that lies before `first`.

    >>> coming_weekday("thu sau", date(2022, 11, 28), date(2022, 11, 28))
    datetime.date(2022, 12, 2)
    """
    found = _OF_A_WEEK.fullmatch(words)
    if not found:
        return None
    number = weekday_number(found["weekday"])
    if not found["week"]:
        return first + timedelta(days=(number - first.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=number + (0 if found["week"] == "nay" else 7))
    if day < first:
        raise past()
    return day


def past() -> GrammarError:
    """What is named by its nearness and is over: a slip, or a matter that needs its whole date."""
    return GrammarError("deadline-past", "thời hạn này đã qua.", "Đúng là ngày ấy thì ghi đủ, như: 25/11/2022.")
