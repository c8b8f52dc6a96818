"""The table of rules: an order of tokens (lexicon.py) and what it says. The first rule that fits a place wins.

`source` names the group of expressions (docs/soan-tu-van-ban.md lists them); examples stand beside the rows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from obligations.draft.deadlines.meanings import (
    Day,
    Doubt,
    Meaning,
    Nothing,
    On,
    Opening,
    Part,
    SameDay,
    Within,
)
from obligations.draft.deadlines.readers import THIS, Token

Tokens = Sequence[Token]
Reader = Callable[[Tokens], Sequence[Meaning]]
WORKING_DAY = "ngày làm việc đầu, cuối kỳ: cần ngày cụ thể theo lịch nghỉ"
_MIDNIGHT = "00:00"


@dataclass(frozen=True)
class Row:
    name: str
    source: str
    pattern: re.Pattern[str]
    read: Reader


def first_of(found: Tokens, codes: str) -> Token:
    return next(token for token in found if token.code in codes)


def all_of(found: Tokens, codes: str) -> list[Token]:
    return [token for token in found if token.code in codes]


def has(found: Tokens, codes: str) -> bool:
    return any(token.code in codes for token in found)


def hour_of(found: Tokens) -> str:
    """Empty where none is said; *trước 0 giờ* is the end of the day before."""
    at = next((token.hour for token in found if token.code == "H"), "")
    return "" if at == _MIDNIGHT and has(found, "bB") else at


def is_before(found: Tokens) -> bool:
    """*Trước ngày …*; *trước 16 giờ*, *trước 24 giờ ngày …* are due on the day itself."""
    return has(found, "bB") and all(token.hour == _MIDNIGHT for token in found if token.code == "H")


def day_of(token: Token) -> Day:
    return Day(token.day or 1, 0 if token.kind == THIS else token.month or 1, token.year)


def broken(token: Token) -> Sequence[Meaning]:
    return [Doubt("ngày, tháng hoặc năm in lỗi hoặc để trống")]


def fixed(found: Tokens) -> Sequence[Meaning]:
    """B1, B2: `trước ngày`, `chậm nhất ngày`, `trước 14 giờ ngày`; a bare day is weak."""
    token = first_of(found, "D")
    if token.broken:
        return broken(token)
    return [On(day_of(token), is_before(found), hour_of(found), weak=not has(found, "bBtiu"), until=has(found, "et"))]


def same_day(found: Tokens) -> Sequence[Meaning]:
    """B1: `trước 15 giờ cùng ngày`."""
    return [SameDay(hour_of(found))]


def today(found: Tokens) -> Sequence[Meaning]:
    """B1: `trước 15 giờ hôm nay`: the day of the paper."""
    return [SameDay(hour_of(found), of_issue=True)]


def window(found: Tokens) -> Sequence[Meaning]:
    """B4: `từ ngày 15/4 đến hết ngày 30/4/2022`, `từ ngày 5 đến ngày 10/6`."""
    first, last = all_of(found, "DN")[:2]
    if first.broken or last.broken:
        return broken(last)
    month = first.month or last.month or 1
    start = Day(first.day or 1, month, first.year)
    ends = found[found.index(first) + 1 :]
    return [On(day_of(last), is_before(ends), hour_of(ends), start=start, weak=not has(found, "btief"))]


def days_in_one(found: Tokens) -> Sequence[Meaning]:
    """B4: `25 - 26/3/2026`, `từ 18 đến 22 tháng 11 năm 2023`: the last of them, the first opens it."""
    token = first_of(found, "W")
    if token.broken:
        return broken(token)
    start = Day(token.number or 1, token.month or 1, token.year)
    return [On(day_of(token), has(found, "b"), start=start, weak=not has(found, "btif"))]


def days(found: Tokens) -> Sequence[Meaning]:
    """B4: `trong các ngày 14, 15/6/2024`: the last of them, the first opens it."""
    last = first_of(found, "DW")
    if last.broken:
        return broken(last)
    return [On(day_of(last), start=Day(first_of(found, "N").day or 1, last.month or 1, last.year))]


def several_dates(found: Tokens) -> Sequence[Meaning]:
    """B5: `trước ngày 15/6 và 15/12`: each a day of its own."""
    dates = all_of(found, "D")
    if any(token.broken for token in dates):
        return broken(dates[0])
    year = next((token.year for token in reversed(dates) if token.year), None)
    dates = _of_one_feast(dates) if has(found, "b") else dates
    return [On(Day(d.day or 1, d.month or 1, d.year or year), before=has(found, "b")) for d in dates]


def _of_one_feast(dates: list[Token]) -> list[Token]:
    """`trước dịp 30/4 và 01/5`: days that follow each other are one occasion, which begins with the first."""
    days = [(date(2024, one.month or 1, one.day or 1) if _is_day(one) else None) for one in dates]
    follows = all(a and b and b - a == timedelta(days=1) for a, b in pairwise(days))
    return dates[:1] if follows else dates


def _is_day(token: Token) -> bool:
    return (token.day or 1) <= monthrange(2024, token.month or 1)[1]


def part_of(token: Token, number: int | None = None) -> Part:
    match token.code:
        case "M":
            return Part("month", number or _number(token, token.month), token.year)
        case "Q":
            return Part("quarter", number or _number(token, token.number), token.year)
        case "S":
            return Part("half-year", token.number or 1, token.year)
    return Part("year", 1, token.year)


def _number(token: Token, said: int | None) -> int:
    return 0 if token.kind == THIS else said or 1


def within(found: Tokens) -> Sequence[Meaning]:
    """B3: `trong tháng 7/2022`, `trước quý IV`, `trong năm 2022`; several months or quarters are several duties."""
    tokens = all_of(found, "MQSY")
    if any(token.broken for token in tokens):
        return broken(tokens[0])
    before, weak = has(found, "b"), not has(found, "bti" if has(found, "Y") else "btiuf")
    year = next((token.year for token in reversed(tokens) if token.year), None)
    parts = [
        Part(part.kind, part.number, part.year or year)
        for token in tokens
        for part in (part_of(token), *(part_of(token, number) for number in token.more))
    ]
    if _is_run(found):
        return [Within(parts[-1], start=parts[0], weak=weak)]
    return [Within(part, before, weak=weak, until=has(found, "et")) for part in parts]


def _is_run(found: Tokens) -> bool:
    """`tháng 3-5/2024`, `quý I - II/2024`, `tháng 6, 7/2024`: one act spread over them."""
    tokens = all_of(found, "MQSY")
    if len(tokens) == len(tokens[0].more) == 1 and tokens[0].kind == "run":
        return True
    if tokens[0].code == "S" or any(token.kind == "each" or token.year for token in tokens[:-1]):
        return False
    numbers = [number for token in tokens for number in (token.month or token.number or 1, *token.more)]
    is_said_each = any(token.code == "Q" and token.kind == "each" for token in tokens) or (
        tokens[0].code == "Q" and len(tokens) > 1
    )
    return len(numbers) > 1 and not is_said_each and all(b == a + 1 for a, b in pairwise(numbers))


def parts_window(found: Tokens) -> Sequence[Meaning]:
    """B4: `từ tháng 9 đến tháng 11-2021`, `năm 2024 - 2025`."""
    first, last = all_of(found, "MQSYA")[:2]
    if first.broken or last.broken:
        return broken(last)
    if last.code == "A":  # *từ tháng 4/2025 đến hết năm*: of its own year
        last = last._replace(year=first.year)
    opening = part_of(first)
    return [
        Within(
            part_of(last), before=has(found, "b"), start=Part(opening.kind, opening.number, opening.year or last.year)
        )
    ]


def into_next_year(_: Tokens) -> Sequence[Meaning]:
    """B4: `từ tháng 10 đến hết tháng 4 năm sau`: a season of each year, or of this one only?"""
    return [Doubt("“năm sau” của năm nào: cần năm cụ thể")]


def rest_of_year(_: Tokens) -> Sequence[Meaning]:
    """B3: `từ nay đến hết năm`."""
    return [Within(Part("year", 0), edge="last")]


def stage(found: Tokens) -> Sequence[Meaning]:
    """B4: `thực hiện trong giai đoạn 2026 - 2027`; it is mostly a part of a name, so its sentence has to bear it out."""
    years = first_of(found, "G")
    return [Within(Part("year", 1, years.year), start=Part("year", 1, years.number), weak=True)]


def day_to_part(found: Tokens) -> Sequence[Meaning]:
    """`từ ngày 15/4 đến hết tháng 6/2024`."""
    first, last = first_of(found, "D"), first_of(found, "MQSY")
    part = part_of(last)
    months = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[part.kind]
    return [
        On(
            Day(0, part.number * months, part.year),
            start=Day(first.day or 1, first.month or 1, first.year or part.year),
        )
    ]


def lunar(_: Tokens) -> Sequence[Meaning]:
    """B8: a lunar day alone; a solar one beside it is read by `lunar_and_solar`."""
    return [Doubt("chỉ nêu ngày âm lịch; cần ngày dương lịch")]


def opening(found: Tokens) -> Sequence[Meaning]:
    """`từ ngày 01/7/2025`: only opens something, as *hằng tuần từ ngày …*."""
    token = first_of(found, "DNMQSY")
    if token.broken or token.code == "N":
        return [Nothing("mốc bắt đầu, không phải hạn")]
    if token.kind == "run":  # từ tháng 7 - 9/2025
        return within(found)
    return [Opening(day_of(token) if token.code == "D" else part_of(token))]


def no_deadline(_: Tokens) -> Sequence[Meaning]:
    return [Nothing("mốc bắt đầu, không phải hạn")]
