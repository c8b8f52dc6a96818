"""What the words of the lexicon say: figures, years, kinds of period."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from obligations.domain.clock_words import clock
from obligations.draft.text import bare, lax

YEARS = range(1990, 2100)
WORD, PUNCTUATION = "x", "."


class Token(NamedTuple):
    """One word of the grammar: its letter, its place in the folded text, what it says.

    `day`, `month`, `year`, `number` are None where not stated; `broken` says that a part is misprinted or blank.
    """

    code: str
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    number: int | None = None
    kind: str = ""
    hour: str = ""
    broken: bool = False
    named: bool = True  # "ngày", "tháng" stands before the figures
    more: tuple[int, ...] = ()


Read = Callable[[re.Match[str]], dict[str, object] | None]
THIS = "this"  # tháng này, quý này: of the day of the paper
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
KINDS = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_NAMED = re.compile(lax(r"(?:ngày|mùng|mồng)"))
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6}


def _figure(text: str | None) -> int | None:
    return int(text) if text else None


def _year(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    return _figure(groups.get("y") or groups.get("y2"))


def read_date(found: re.Match[str]) -> dict[str, object]:
    year = _year(found)
    if year is not None and year < 100:
        year += 2000
    broken = year is not None and year not in YEARS
    named = bool(_NAMED.match(found[0]))
    return {"day": int(found["d"]), "month": int(found["m"]), "year": year, "broken": broken, "named": named}


def read_days(found: re.Match[str]) -> dict[str, object] | None:
    """*18 đến 22 tháng 11*: `number` is the first day; no window where it is not before the last."""
    first = int(found["open"])
    return {**read_date(found), "number": first} if first < int(found["d"]) else None


def read_date_months(found: re.Match[str]) -> dict[str, object]:
    """*Ngày 20 tháng 3, 6, 9 và 12*: one day of several months; the other months are `more`."""
    return {**read_date(found), "more": tuple(int(one) for one in re.findall(r"\d+", found["more"]))}


def read_days_listed(found: re.Match[str]) -> dict[str, object] | None:
    """*các ngày 5, 15 và 25 hằng tháng*: the others are `more`."""
    more = tuple(int(one) for one in re.findall(r"\d+", found["more"]))
    return {"day": int(found["d"]), "more": more} if all(1 <= one <= 31 for one in more) else None


def read_blank(_: re.Match[str]) -> dict[str, object]:
    return {"broken": True, "day": 1, "month": 1}


def read_month(found: re.Match[str]) -> dict[str, object]:
    year = _year(found)
    more = tuple(int(one) for one in re.findall(r"\d+", found.groupdict().get("more") or ""))
    named = not found[0][0].isdigit()
    broken = year is not None and year not in YEARS
    kind = "run" if "-" in (found.groupdict().get("more") or "") else ""
    return {"month": int(found["m"]), "year": year, "more": more, "named": named, "broken": broken, "kind": kind}


def read_quarter(found: re.Match[str]) -> dict[str, object]:
    more = tuple(_roman(one) for one in re.findall(r"i{1,3}v?|iv|[1-4]", found["more"] or ""))
    more_words = found["more"] or ""
    kind = "run" if "-" in more_words else "each" if "v" in more_words.replace("iv", "") else ""
    year = _year(found)
    return {
        "number": _roman(found["q"]),
        "year": year,
        "more": more,
        "kind": kind,
        "broken": bool(year) and year not in YEARS,
    }


def _roman(text: str) -> int:
    """A scanner reads quý II as quý ll, that is 11 (B9.4)."""
    return int(text) if len(text) == 1 and text.isdigit() else _ROMAN[text.replace("1", "i")]


def read_stage(found: re.Match[str]) -> dict[str, object] | None:
    """*Giai đoạn 2026 - 2027*: `number` is its first year; no stage where it is not before the last."""
    first, last = int(found["open"]), int(found["y"])
    return {"number": first, "year": last} if first < last and last in YEARS else None


def read_half(found: re.Match[str]) -> dict[str, object]:
    year = _year(found)
    return {"number": 1 if found["which"][0] in "đd" else 2, "year": year, "broken": bool(year) and year not in YEARS}


def read_hour(found: re.Match[str]) -> dict[str, object]:
    """*5 giờ chiều* is 17:00; 24 giờ ends the day and leaves no hour; *1 giờ đêm* has no one meaning."""
    at = clock(int(found["h"]), int(found["min"] or 0), bare(found["part"] or ""))
    return {"broken": True} if at is None else {"hour": at}


def read_count(found: re.Match[str]) -> dict[str, object] | None:
    text = found["n"]
    number = int(text) if text.isdigit() else NUMBERS.index(text) if text in NUMBERS else None
    return {"number": number, "kind": re.sub(r"\s", "", found["unit"])} if number else None


def read_recurring(found: re.Match[str]) -> dict[str, object] | None:
    groups = found.groupdict()
    unit = re.sub(r"\s", "", groups.get("unit") or "")
    text = groups.get("n") or "1"
    number = int(text) if text.isdigit() else NUMBERS.index(text) if text in NUMBERS else 1
    kind = _kind(unit, number)
    return {"kind": kind, "number": _times(groups.get("times"))} if kind else {"kind": "odd"}


def _times(text: str | None) -> int:
    """How often: *02 lần*, *hai lần*."""
    return 1 if not text else int(text) if text.isdigit() else NUMBERS.index(text)


def _kind(unit: str, number: int) -> str:
    if "làm" in unit:
        return "day" if number == 1 else ""
    if unit in ("tháng", "thang"):
        return {1: "month", 3: "quarter", 6: "half-year", 12: "year"}.get(number, "")
    return KINDS.get(unit, "") if number == 1 else ""


def read_inner(found: re.Match[str]) -> dict[str, object]:
    """*Tháng cuối quý*: which month of the quarter, and whether the quarter is the next one."""
    which = found["which"]
    number = 3 if which.startswith(("cuối", "cuoi")) else 1 if which.startswith(("đầu", "dau")) else 2
    if which.startswith("thứ"):
        number = {"nhất": 1, "hai": 2, "ba": 3, "1": 1, "2": 2, "3": 3}[which.split()[-1]]
    return {
        "number": number,
        "kind": "quarter" if found["unit"].startswith("qu") else "term",
        "day": bool(found["next"]),
    }


def read_weekday(found: re.Match[str]) -> dict[str, object]:
    text = found[0].split()[-1]
    return {"number": int(text) - 2 if text.isdigit() else _WEEKDAYS[text]}


def read_edge(found: re.Match[str]) -> dict[str, object]:
    return {"kind": found["edge"]}


def read_edge_month(found: re.Match[str]) -> dict[str, object]:
    """*Tháng đầu năm 2025* is January."""
    year = int(found["y"])
    return {"month": 1 if found["edge"] == "đầu" else 12, "year": year, "broken": year not in YEARS}


def read_next(found: re.Match[str]) -> dict[str, object]:
    return {"kind": {"tháng": "month", "quý": "quarter", "năm": "year", "kỳ": "term"}[found["unit"]]}
