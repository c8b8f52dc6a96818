"""A recurrence and the stretch of time beside it: *thứ Sáu hằng tuần, từ ngày 01/6 đến ngày 30/9* (B5 with B4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline, parse
from obligations.domain.periods import Period
from obligations.draft.deadlines.meanings import (
    Bounded,
    Day,
    Each,
    Meaning,
    Monthly,
    On,
    Opening,
    Part,
    Rule,
    Stated,
    Within,
)
from obligations.draft.text import lax

# What may stand between the two where they are one deadline.
_BESIDE = re.compile(
    lax(r"[ ,()]*(?:(?:và|bắt đầu|thực hiện|áp dụng|tính|kể|định kỳ|báo cáo|vào|trong thời gian)[ ,]*)*")
)
_SET_OFF = re.compile(lax(r"(?:[,(]|(?<!\w)(?:bắt đầu|thời gian|áp dụng)) ?$"))
_ORDER = ("month", "quarter", "half-year", "year")


def bound(found: Sequence[Stated], text: str) -> list[Stated]:
    """Join each recurrence with the stretch before or after it; the rest as it was."""
    joined: list[Stated] = []
    for stated in found:
        before = joined[-1] if joined else None
        if before and _belong(before, stated, text) and (one := _join(before, stated)):
            joined[-1] = one
        else:
            joined.append(stated)
    return joined


def _belong(one: Stated, other: Stated, text: str) -> bool:
    """Side by side, or a stretch from … to … set off at the end or the beginning of the sentence."""
    if _BESIDE.fullmatch(text, one.end, other.start):
        return True
    if _has_both_ends(other) and _SET_OFF.search(text[one.end : other.start]):
        return True
    return _has_both_ends(one) and not text[: one.start].strip(" -,") and text[one.end :].lstrip().startswith(",")


def _has_both_ends(stated: Stated) -> bool:
    stretch = _stretch(stated.meanings[0]) if len(stated.meanings) == 1 else None
    return bool(stretch and None not in stretch)


def _join(one: Stated, other: Stated) -> Stated | None:
    if len(one.meanings) != 1 or len(other.meanings) != 1:
        return None
    first, second = one.meanings[0], other.meanings[0]
    if (stretch := _stretch(second)) and isinstance(first, Monthly | Each | Rule):
        kept, inner = one, first
    elif (stretch := _stretch(first)) and isinstance(second, Monthly | Each | Rule):
        kept, inner = other, second
    else:
        return None
    if isinstance(inner, Monthly | Each) and inner.kind == "year" and not _spans_years(stretch):
        return None
    return replace(kept, start=one.start, end=other.end, meanings=(Bounded(inner, *stretch),))


def _stretch(meaning: Meaning) -> tuple[Day | Part | None, Day | Part | None] | None:
    """Its first and last day or part; None where the meaning is no stretch of time."""
    match meaning:
        case Opening(start):
            return start, None
        case On(start=Day()) if not meaning.before:
            return meaning.start, meaning.day
        case On(until=True) if not meaning.before and not meaning.at:
            return None, meaning.day
        case Within(start=Part()):
            return meaning.start, meaning.part
        case Within(until=True):
            return None, meaning.part
    return None


def _spans_years(stretch: tuple[Day | Part | None, Day | Part | None]) -> bool:
    """Whether it is more than a season of each year."""
    years = {one.year for one in stretch if one}
    return None not in years and (len(years) > 1 or None in stretch)


def bounds_of(form: Deadline, first: date | None, last: date | None) -> Deadline:
    """The form with the periods or days of the stretch; as it was where nothing of it would be owed."""
    bounded: dict[str, object] = dict(form)
    kind = form.get("every")
    for key, day in (("from", first), ("to", last)):
        if day:
            bounded[key] = Period.holding(kind, day).label if kind in _ORDER else day.isoformat()  # type: ignore[arg-type]
    try:
        parse(bounded)  # type: ignore[arg-type]
    except GrammarError:
        return form
    return bounded  # type: ignore[return-value]
