"""Readers of what recurs: days of months, quarters and years, weekdays, periods without a day (B5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from obligations.draft.deadlines.meanings import (
    Bounded,
    Day,
    Doubt,
    Each,
    Meaning,
    Monthly,
    Nothing,
    Part,
    Rule,
    Season,
)
from obligations.draft.deadlines.readers import Token
from obligations.draft.deadlines.rules import (
    WORKING_DAY,
    Tokens,
    all_of,
    broken,
    day_of,
    first_of,
    has,
    hour_of,
    is_before,
    several_dates,
    within,
)

_SURE = 28  # the last day that every month has
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _recurrence(found: Tokens) -> Token:
    return first_of(found, "r")


def monthly(found: Tokens) -> Sequence[Meaning]:
    """B5: `trước ngày 20 hằng tháng`, `từ ngày 01 đến ngày 03 hằng tháng` (the last), `ngày 05 của tháng sau`."""
    days = all_of(found, "N")
    recurring = next((one for one in found if one.code == "r"), None)
    kind = recurring.kind if recurring else "month"
    if kind == "odd":
        return [Doubt("chu kỳ không theo tháng, quý, năm dương lịch")]
    if has(found, "l") and kind == "month":
        if first_of(found, "l").kind.startswith("làm"):
            return [Doubt(WORKING_DAY)]
        return _several(days, found)
    if days[0].more:
        return _several(days[:1], found) if kind == "month" else [Doubt("ngày và chu kỳ không khớp nhau")]
    if len(days) == 2 and not has(found, "fe-"):
        return _several(days, found)
    day = days[-1].day or 1
    offset = int(has(found, "n"))
    if kind in ("quarter", "half-year", "year"):
        return [Monthly(kind, day, 0, is_before(found), hour_of(found), offset)]  # type: ignore[arg-type]
    if kind in ("day", "week"):
        return [Doubt("ngày và chu kỳ không khớp nhau")]
    return [Monthly("month", day, 1, is_before(found), hour_of(found), offset)]


def days_after(found: Tokens) -> Sequence[Meaning]:
    """B5: `02 ngày trong tháng, vào ngày 10 và ngày 25`."""
    days = all_of(found, "N")
    if len(days) == 1 and not days[0].more:
        return monthly(found)
    if _recurrence(found).kind != "month":
        return [Doubt("ngày và chu kỳ không khớp nhau")]
    return _several(days, found)


def _several(tokens: Sequence[Token], found: Tokens) -> Sequence[Meaning]:
    """B5: `các ngày 5, 15 và 25 hằng tháng`, `ngày 15 và ngày cuối tháng`.

    One rule, unless a month may lack a day: the grammar gives such a month its last day (148.3), a rule leaves it out.
    """
    before, at = is_before(found), hour_of(found)
    days = [day or 1 for token in tokens for day in (token.day, *token.more)]
    last = [-1] if has(found, "l") else []  # what is due before a month's last day is due on it: it ends the month
    if any(day > _SURE or (before and day == 1) for day in days):
        ends = [Monthly("month", 0, at=at) for _ in last]
        return [*(Monthly("month", day, before=before, at=at) for day in days), *ends]
    listed = ",".join(str(day) for day in (*(day - before for day in days), *last))
    return [Rule(f"FREQ=MONTHLY;BYMONTHDAY={listed}", at)]


def quarterly(found: Tokens) -> Sequence[Meaning]:
    """B5: `trước ngày 15 của tháng cuối quý`; B9.8: `ngày 20 tháng của cuối quý`."""
    inner = first_of(found, "q")
    kind: Literal["quarter", "term"] = "quarter" if inner.kind == "quarter" else "term"
    day = 0 if has(found, "l") else first_of(found, "N").day or 1
    month = inner.number or 3
    offset = int(bool(inner.day))
    return [Monthly(kind, day, month, is_before(found), hour_of(found), offset)]


def yearly(found: Tokens) -> Sequence[Meaning]:
    """B5: `chậm nhất ngày 25/11 hàng năm`; with `năm sau` the day lies in the year after."""
    tokens = all_of(found, "D")
    if any(token.broken for token in tokens):
        return broken(tokens[0])
    kind = _recurrence(found).kind if has(found, "r") else "year"
    if kind != "year" and not has(found, "n"):
        return [Doubt("ngày cố định và chu kỳ không khớp nhau")]
    offset = int(has(found, "n"))
    return [Monthly("year", d.day or 1, d.month or 1, is_before(found), hour_of(found), offset) for d in tokens]


def year_months(found: Tokens) -> Sequence[Meaning]:
    """B5: `tháng 11 hằng năm`: its last day. With a day before it, that day of each of the months."""
    token = first_of(found, "ME")
    months = (token.month or 1, *token.more)
    day = next((one.day for one in found if one.code in "NE"), 0) or 0
    gaps = {after - before for before, after in pairwise(months)}
    if len(months) == 4 and gaps == {3}:
        return [Monthly("quarter", day, (months[0] - 1) % 3 + 1, is_before(found))]
    return [Monthly("year", day, month, is_before(found)) for month in months]


def year_quarters(found: Tokens) -> Sequence[Meaning]:
    """B5: `trong quý IV hằng năm`: the end of that quarter each year, or the day before it begins."""
    quarters = [number for token in all_of(found, "Q") for number in (token.number or 1, *token.more)]
    if _recurrence(found).kind != "year" or any(token.year for token in all_of(found, "Q")):
        return [*within(all_of(found, "Qbti")), *each(found)]
    if has(found, "b"):
        return [Monthly("year", 1, number * 3 - 2, before=True) for number in quarters]
    return [Monthly("year", 0, number * 3) for number in quarters]


def season(found: Tokens) -> Sequence[Meaning]:
    """B5: `từ ngày 15/4 đến ngày 15/5 hằng năm`: its last day each year; of anything finer, where that begins and ends."""
    first, last = all_of(found, "DMN")[:2]
    if first.broken or last.broken:
        return broken(last)
    kind = _recurrence(found).kind
    if kind == "year":
        if last.code == "M" and not has(found, "b"):
            return [Season("year", 0, last.month or 1, opens=first.month or 1)]
        day = last.day or (1 if has(found, "b") else 0)
        return [Monthly("year", day, last.month or 1, has(found, "b"))]
    stretch = (_place(first), _place(last))
    inner = each(found)[0]
    return [Bounded(inner, *stretch)] if isinstance(inner, Each | Rule) else [inner]


def _place(token: Token) -> Day | Part:
    if token.code == "M":
        return Part("month", token.month or 1, token.year)
    return day_of(token)


def months_after(found: Tokens) -> Sequence[Meaning]:
    """B5: `mỗi năm 02 lần (tháng 6, tháng 12)`, `hằng năm, trong tháng 10`; a month with its year stands by itself."""
    parts = all_of(found, "MQ")
    if _recurrence(found).kind != "year" or has(found, "-") or any(one.year or one.kind == "run" for one in parts):
        return [*each(found), *within(all_of(found, "MQbti"))]
    ends = 3 if parts[0].code == "Q" else 1  # a quarter is due by its last month
    months = [number * ends for one in parts for number in (one.month or one.number or 1, *one.more)]
    return [Monthly("year", 0, month, is_before(found)) for month in months]


def last_day(found: Tokens) -> Sequence[Meaning]:
    """B5: `vào ngày cuối cùng của mỗi tháng`."""
    word = first_of(found, "l").kind
    recurring = next(
        (one.kind for one in found if one.code == "r"),
        {"m": "month", "Z": "quarter", "A": "year"}.get(found[-1].code, "month"),
    )
    if word.startswith("làm"):
        return [Doubt(WORKING_DAY)]  # the last weekday may be a holiday
    months = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}.get(recurring)
    if months is None:
        return [Doubt("chu kỳ không theo tháng, quý, năm dương lịch")]
    first = word == "đầu"
    if not first and is_before(found) and recurring in ("quarter", "year"):
        return [Monthly(recurring, 31, months, before=True, at=hour_of(found))]  # type: ignore[arg-type]
    before = first and is_before(found)  # what is due before a month's last day is due on it: it ends the month
    return [Monthly(recurring, 1 if first else 0, 1 if first else months, before, hour_of(found))]  # type: ignore[arg-type]


def weekly(found: Tokens) -> Sequence[Meaning]:
    """B5: `thứ Năm hằng tuần`, `trước 16 giờ thứ Sáu hằng tuần`; `trước thứ Sáu` is the day before."""
    if any(token.code == "r" and token.kind not in ("week", "day") for token in found):
        return [Doubt("thứ nào của kỳ nào: cần ngày cụ thể")]
    shift = 1 if is_before(found) else 0
    days = ",".join(_WEEK[((token.number or 0) - shift) % 7] for token in all_of(found, "wj"))
    return [Rule(f"FREQ=WEEKLY;BYDAY={days}", hour_of(found))]


def weekday_of_month(found: Tokens) -> Sequence[Meaning]:
    """B5: `thứ Sáu tuần cuối mỗi tháng`, `thứ Hai đầu tiên của tháng`; of a week between, the day is not sure."""
    edge = first_of(found, "k").kind.removeprefix("tuần ")
    recurring = next((one.kind for one in found if one.code == "r"), "month")
    place = -1 if edge.startswith("cuối") else 1 if edge.startswith("đầu") or edge == "thứ nhất" else 0
    if not place or recurring != "month" or is_before(found):
        return [Doubt("tuần nào trong tháng: cần ngày cụ thể")]
    days = ",".join(f"{place}{_WEEK[token.number or 0]}" for token in all_of(found, "w"))
    return [Rule(f"FREQ=MONTHLY;BYDAY={days}", hour_of(found))]


def edge_of_each(found: Tokens) -> Sequence[Meaning]:
    """B5: `cuối mỗi quý` is its last day; `tuần thứ hai hằng tháng`, `đầu mỗi quý` name none."""
    word = next((one.kind for one in found if one.code == "k"), "tuần")
    if word == "cuối" and has(found, "r"):
        return each(found)
    return [Doubt(f"“{word}” của mỗi kỳ không nêu ngày cụ thể")]


def regular_days(found: Tokens) -> Sequence[Meaning]:
    """B5: `định kỳ ngày 15/12 và 15/5`: those days of each year, in its order."""
    dates = all_of(found, "D")
    if any(token.broken or token.year for token in dates):
        return several_dates(found)
    ordered = sorted(dates, key=lambda token: (token.month or 1, token.day or 1))
    return [Monthly("year", d.day or 1, d.month or 1, is_before(found), hour_of(found)) for d in ordered]


def daily(found: Tokens) -> Sequence[Meaning]:
    """B5: `trước 16 giờ hằng ngày`."""
    token = _recurrence(found)
    return [Rule("FREQ=DAILY", hour_of(found))] if token.kind == "day" else each(found)


def hours_daily(found: Tokens) -> Sequence[Meaning]:
    """B5: `trước 7 giờ và 16 giờ hằng ngày`: two duties of each day."""
    if _recurrence(found).kind != "day":
        return [Doubt("chu kỳ không nêu ngày cụ thể")]
    return [Rule("FREQ=DAILY", token.hour) for token in found if token.code == "H"]


def each(found: Tokens) -> Sequence[Meaning]:
    """B5: `hằng quý`, `mỗi năm 02 lần`, `6 tháng một lần`."""
    token = _recurrence(found)
    times = token.number or 1
    kind = token.kind
    if kind == "year" and times == 2:
        return [Each("half-year")]
    if kind == "year" and times == 4:
        return [Each("quarter")]
    if kind == "day":
        return [Rule("FREQ=DAILY", hour_of(found))] if times == 1 else [Nothing("nhiều lần trong ngày")]
    if kind in ("week", "odd", "") or times != 1:
        return [Doubt("chu kỳ không nêu ngày cụ thể")]
    return [Each(kind, weak=True)]  # type: ignore[arg-type]


def halves(_: Tokens) -> Sequence[Meaning]:
    """B5: `6 tháng và hằng năm`, `06 tháng và 01 năm`."""
    return [Each("half-year")]


def quarters(_: Tokens) -> Sequence[Meaning]:
    """B5: `quý I, 6 tháng, 9 tháng, năm`."""
    return [Each("quarter")]
