"""*15 ngày sau khi kết thúc quý*: what is counted from the end of each period recurs, where the grammar has its days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from obligations.draft.deadlines.meanings import Count, Doubt, HalfDays, Meaning, Monthly, Stated
from obligations.draft.text import lax

_ENDED = re.compile(
    lax(
        r" ?(?:ngày |khi )*(?:kết thúc|hết) (?:mỗi |hằng |hàng |từng )?(?P<unit>0?6 tháng|tháng|quý|năm|kỳ(?=(?: báo cáo)? ?$))(?!\w)"
    )
    + r"(?! (?:\d|[ivx]+(?!\w)|học|đầu|cuối|nay|này|trước|sau|kế))"
)
_KINDS = {"tháng": "month", "quý": "quarter", "năm": "year", "6 tháng": "half-year", "06 tháng": "half-year"}
# So many days after its end lie in the next month whatever the period was: the shortest month that can follow.
_SURE = {"month": 28, "quarter": 30, "half-year": 31}
_JANUARY = 31
_FEBRUARY = 28
_ASKED = "thời hạn đếm từ ngày cuối kỳ: cần ngày cụ thể của mỗi kỳ"


def recurring_counts(found: Sequence[Stated], text: str) -> list[Stated]:
    """Each count from the end of a period as the day that recurs, or as a question; the rest as it was."""
    return [
        replace(stated, meanings=tuple(_recurring(one, stated, text) for one in stated.meanings)) for stated in found
    ]


def _recurring(meaning: Meaning, stated: Stated, text: str) -> Meaning:
    if not isinstance(meaning, Count):
        return meaning
    ended = _ENDED.match(text, meaning.anchor, meaning.until or stated.end)
    if not ended:
        return meaning
    return _day(meaning, _KINDS.get(ended["unit"], "")) or Doubt(_ASKED)


def _day(count: Count, kind: str) -> Monthly | None:
    """The same day after every end of such a period; None where it moves, or has to be looked up."""
    number = count.number
    if count.unit == "months" and kind == "year" and number < 12:
        return Monthly("year", 0, number, offset=1, counted=True)  # 148.3: the 31st, or the month's last
    if count.unit != "days":
        return None
    if kind == "year" and number <= _JANUARY + _FEBRUARY:
        month, day = (1, number) if number <= _JANUARY else (2, number - _JANUARY)
        return Monthly("year", day, month, offset=1, counted=True)
    if kind == "year" or number > _SURE.get(kind, 0):
        return None
    if kind == "half-year":
        return HalfDays("half-year", number, 7, offset=1, counted=True, second=Monthly("year", number, 1))
    return Monthly("quarter" if kind == "quarter" else "month", number, 1, offset=1, counted=True)
