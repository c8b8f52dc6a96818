"""Readers of beginnings, middles and ends of the calendar's parts (B3 and B4, by Civil Code 2015, 146)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from obligations.draft.deadlines.meanings import Day, Doubt, Meaning, Nothing, On, Part, Within
from obligations.draft.deadlines.readers import Token
from obligations.draft.deadlines.rules import (
    WORKING_DAY,
    Tokens,
    broken,
    day_of,
    first_of,
    has,
    hour_of,
    is_before,
    part_of,
)


def edges_window(found: Tokens) -> Sequence[Meaning]:
    """B4 by Civil Code 146: `từ giữa tháng 3 đến hết tháng 5`, `từ ngày 10/4 đến cuối tháng 6/2026`."""
    end = next(place for place, token in enumerate(found) if token.code in "et")
    first, last = _edge_day(found[:end], 1), _edge_day(found[end:], 0)
    if first is None or last is None:
        return [Doubt("đầu, cuối của khoảng thời gian không nêu ngày cụ thể")]
    return [On(last, before=has(found, "b"), start=Day(first.day, first.month, first.year or last.year))]


_FIRST_DAYS = re.compile(r"0?([1-9]|1\d|2[0-8]) ngày đầu$")  # *trong 10 ngày đầu tháng 12*: the tenth ends them
_EDGES = {"đầu": 1, "nửa đầu": 15, "giữa": 15, "cuối": 0, "nửa cuối": 0}


def _edge_day(found: Tokens, plain: int) -> Day | None:
    """The day that it names; of a month without an edge the `plain` one (0: its last)."""
    token = first_of(found, "DM")
    if token.broken:
        return None
    if token.code == "D":
        return day_of(token)
    word = first_of(found, "k").kind if has(found, "k") else ""
    day = _EDGES.get(word) if word else plain
    return None if day is None else Day(day, token.month or 1, token.year)


def edge(found: Tokens) -> Sequence[Meaning]:
    """B3 by Civil Code 146: cuối, giữa, đầu tháng and năm have a day; đầu quý, tuần đầu, hạ tuần are asked for."""
    word = first_of(found, "k").kind
    token = next((one for one in found if one.code in "MQY"), None)
    kind = {"M": "month", "Q": "quarter", "Y": "year"}.get(token.code if token else "", "")
    if not token:
        kind = {"A": "year", "m": "month", "Z": "quarter"}.get(found[-1].code, "")
    if token and token.broken:
        return broken(token)
    before = has(found, "b")
    return _edge(word, kind, token, before=before)


def _edge(word: str, kind: str, token: Token | None, *, before: bool) -> Sequence[Meaning]:
    part = part_of(token) if token else Part(kind, 0) if kind in ("month", "quarter", "year") else None  # type: ignore[arg-type]
    if kind == "month" and token and (days := _FIRST_DAYS.match(word)):
        return [On(Day(int(days[1]), token.month or 1, token.year), before=before)]
    if part is None or "tuần" in word or "ngày" in word:
        return [Doubt(f"“{word}” không nêu ngày cụ thể")]
    plain = word.replace("nửa ", "")
    if kind == "quarter" and plain != "cuối":
        return [Doubt(f"“{word} quý” không nêu ngày cụ thể")]
    if plain == "cuối":
        return [Within(part, before, edge="last")]
    if word == "nửa đầu" or plain == "giữa":
        return [Within(part, before, edge="middle")]
    return [Within(part, before, edge="first")]


def bare_edge(found: Tokens) -> Sequence[Meaning]:
    """B3: `Cuối năm, tổng kết …`: where its clause bears it out; of *báo cáo cuối năm* it is a name."""
    (end,) = edge(found)
    is_end = isinstance(end, Within) and end.edge == "last" and end.part.kind == "year"
    return [replace(end, weak=True)] if is_end and isinstance(end, Within) else [Nothing("tên gọi, không phải hạn")]


def last_of_part(found: Tokens) -> Sequence[Meaning]:
    """B3: `trước ngày cuối cùng của quý II/2026`, `vào ngày đầu tháng 4`; a working day is asked for."""
    word, part = first_of(found, "l").kind, part_of(first_of(found, "MQY"))
    if word.startswith("làm"):
        return [Doubt(WORKING_DAY)]
    months = {"month": 1, "quarter": 3}.get(part.kind, 12)
    last = part.number * months
    day = Day(0, last, part.year) if word != "đầu" else Day(1, last - months + 1, part.year)
    return [On(day, is_before(found), hour_of(found))]
