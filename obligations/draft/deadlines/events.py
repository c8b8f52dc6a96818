"""Readers of what counts from an event or back to it, and of events without a day (B6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from obligations.draft.deadlines.meanings import Count, Doubt, Meaning, Nothing, On
from obligations.draft.deadlines.readers import WORD, Token
from obligations.draft.deadlines.rules import Tokens, broken, day_of, first_of, fixed, has


def counted_from_day(found: Tokens) -> Sequence[Meaning]:
    """B6: `01 tuần sau ngày bế mạc (22/3/2026)`, `trong 20 ngày kể từ ngày 01/4/2026`, `10 ngày trước ngày 24/3`.

    Working days are asked for: which days are worked is not in the document.
    """
    token, day = first_of(found, "c"), first_of(found, "D")
    if day.broken:
        return broken(day)
    number, is_back = token.number or 1, has(found, "bB")
    if token.kind == "ngàylàmviệc":
        return [Doubt("thời hạn tính bằng ngày làm việc từ một ngày đã nêu; cần ngày cụ thể theo lịch nghỉ")]
    if token.kind == "tháng" and not is_back:
        return [On(day_of(day), months=number)]
    days = number * {"ngày": 1, "tuần": 7}.get(token.kind, 0)
    if not days:
        return [Doubt("thời hạn đếm từ một ngày đã nêu; cần ngày cụ thể")]
    return [On(day_of(day), shift=-days if is_back else days)]


def count_after_event(found: Tokens) -> Sequence[Meaning]:
    """B6: `sau khi kết thúc đợt kiểm tra 10 ngày`, `sau khi nhận đủ hồ sơ, trong vòng 05 ngày`."""
    words = [token for token in found[1:] if token.code == WORD]
    return _count(first_of(found, "c"), found[0].end, words[-1].end)


def counted_result(found: Tokens) -> Sequence[Meaning]:
    """B6: `chậm nhất 05 ngày sau khi kết thúc đợt 1 (trước ngày 05/6)`: where the count leads is printed beside it."""
    opens = next(place for place, token in enumerate(found) if token.code == "(")
    said = fixed(found[opens:])
    return [replace(one, weak=False) if isinstance(one, On) else one for one in said]


def counted_beside(found: Tokens) -> Sequence[Meaning]:
    """B6: `chậm nhất ngày 31/01 (43 ngày trước ngày bầu cử)`: the day, and how it was counted."""
    return fixed(found[: next(place for place, token in enumerate(found) if token.code == "(")])


def count(found: Tokens) -> Sequence[Meaning]:
    """B6: `trong vòng 30 ngày kể từ ngày ký`, `30 ngày sau khi …`; hours are a trigger, not a date."""
    token = first_of(found, "c6")
    return _count(token, found[-1].end)


def _count(token: Token, anchor: int, until: int | None = None) -> Sequence[Meaning]:
    number, kind = (6, "tháng") if token.code == "6" else (token.number or 1, token.kind)
    if kind == "giờ":
        return [Nothing("tính bằng giờ")]
    if kind == "tuần":
        return [Count(number * 7, "days", anchor, until)]
    unit = {"ngày": "days", "tháng": "months", "ngàylàmviệc": "working_days"}.get(kind, "days")
    return [Count(number, unit, anchor, until)]  # type: ignore[arg-type]


def event(found: Tokens) -> Sequence[Meaning]:
    """B6: `trước ngày khai giảng`, `trước Tết`; *trước khi trình* only tells the order of two acts."""
    if found[0].kind == "khi":
        return [Nothing("thứ tự hai việc, không phải hạn")]
    return [Doubt("hạn tính theo một sự kiện chưa biết ngày")]


def event_on(found: Tokens) -> Sequence[Meaning]:
    """B6: `trước khai giảng 05/9`; *trước khi trình … ngày 05/9* is the order of two acts, and a day that need not be one."""
    return [replace(one, weak=True) if isinstance(one, On) and found[0].kind == "khi" else one for one in fixed(found)]


def backwards(_: Tokens) -> Sequence[Meaning]:
    """B6: `trước ngày bầu cử 10 ngày`: counted back from a day that the document does not give."""
    return [Doubt("hạn tính lùi từ một sự kiện chưa biết ngày")]


def no_anchor(_: Tokens) -> Sequence[Meaning]:
    return [Doubt("thời hạn không nêu tính từ ngày nào")]


def near_week(_: Tokens) -> Sequence[Meaning]:
    """B3: `trong tuần sau`, `trong tháng tới`: of the day of the meeting, or of the paper?"""
    return [Doubt("“tuần này”, “tháng tới” cần ngày cụ thể")]


def session(_: Tokens) -> Sequence[Meaning]:
    """B6: `trình tại kỳ họp cuối năm`."""
    return [Doubt("hạn theo kỳ họp chưa biết ngày")]
