"""How Vietnamese offices write dates, weekdays and counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, time

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def weekday(day: date) -> str:
    """`thứ Sáu`."""
    return WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """`25/11/2022`; months below 3 and days below 10 keep their zero, other months stand bare (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"{day.day:02}/{month}/{day.year}"


def table_date(day: date | None) -> str:
    """`25/11/2022`, always two digits, so that columns line up; empty for no date."""
    return f"{day:%d/%m/%Y}" if day else ""


def long_date(day: date) -> str:
    """`25/11/2022 (thứ Sáu)`."""
    return f"{short_date(day)} ({weekday(day)})"


def clock(moment: time) -> str:
    """`08 giờ 00`."""
    return f"{moment:%H} giờ {moment:%M}"


def two_digits(count: int) -> str:
    """Counts in official Vietnamese have at least two digits: `01`, `09`, `31`."""
    return f"{count:02}"


def tenths(number: float) -> str:
    """One decimal, after a comma as Vietnamese writes it: `66,7`."""
    return f"{number:.1f}".replace(".", ",")


def some(names: Sequence[str], shown: int = 40) -> str:
    """The first few of many names."""
    more = f" và {len(names) - shown} mục khác" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def as_written(value: object) -> str:
    """A value of a configuration file the way the file writes it: `[06-15, 12-15]`, `{month: 3}`, `(để trống)`."""
    match value:
        case None | "":
            return "(để trống)"
        case dict():
            return "{" + ", ".join(f"{key}: {as_written(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(as_written, value))}]"
    return str(value)


def without_marks(words: str) -> str:
    """Lower case, no diacritics, one space between words: how people type what they look for."""
    apart = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return " ".join("".join(mark for mark in apart if not unicodedata.combining(mark)).split())
