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
    Season,
    Stated,
    Within,
)
from obligations.draft.text import lax
from obligations.draft.units.words import VERB

# What may stand between the two where they are one deadline.
_BESIDE = re.compile(
    lax(r"[ ,()]*(?:(?:và|bắt đầu|thực hiện|áp dụng|tính|kể|định kỳ|báo cáo|vào|trong thời gian)[ ,]*)*")
)
_SET_OFF = re.compile(lax(r"(?:[,(]|(?<!\w)(?:bắt đầu|thời gian|áp dụng)) ?$"))
_ORDER = ("month", "quarter", "half-year", "year")
_JOINT = re.compile(r"[ ,(]*")


def bound(found: Sequence[Stated], text: str) -> list[Stated]:
    """Join each recurrence with the stretch before or after it; the rest as it was."""
    joined: list[Stated] = []
    for stated in _led(found, text):
        before = joined[-1] if joined else None
        if before and (rule := _in_season(before, stated) or _in_part(before, stated, text)):
            joined[-1] = rule
        elif before and _belong(before, stated, text) and (one := _join(before, stated)):
            joined[-1] = one
        else:
            joined.append(stated)
    return joined


def _in_season(one: Stated, other: Stated) -> Stated | None:
    """`trước ngày 25 hằng tháng (từ tháng 4 đến tháng 10 hằng năm)`: one duty, in those months of each year."""
    said = [stated.meanings[0] for stated in (one, other) if len(stated.meanings) == 1]
    season = next((meaning for meaning in said if isinstance(meaning, Season)), None)
    day = next((meaning for meaning in said if isinstance(meaning, Monthly) and meaning.kind == "month"), None)
    if not season or not day or day.offset:
        return None
    months = ",".join(map(str, sorted(season.months)))
    place = day.day - 1 if day.before else day.day or -1
    if not place:
        return None
    rule = Rule(f"FREQ=MONTHLY;BYMONTH={months};BYMONTHDAY={place}", day.at)
    return replace(one, end=other.end, meanings=(rule,))


def _in_part(one: Stated, other: Stated, text: str) -> Stated | None:
    """`trong tháng 5/2025, thứ Sáu hằng tuần`, `hằng tuần, trong quý II`: what recurs within a part of the calendar.

    *Hoàn thành trong tháng 5, hằng quý báo cáo* is two duties: an act stands before the part.
    """
    if len(one.meanings) != 1 or len(other.meanings) != 1 or not _JOINT.fullmatch(text, one.end, other.start):
        return None
    first, second = one.meanings[0], other.meanings[0]
    match first, second:
        case Within(part, False, None, False, "", False), Monthly() | Each() | Rule():
            is_one = not VERB.search(text[: one.start]) and _is_finer(second, part)
            inner, kept = second, other
        case Monthly() | Each() | Rule(), Within(part, False, None, False, "", False):
            is_one = not VERB.match(text[other.end :].lstrip(" ,")) and _is_finer(first, part)
            inner, kept = first, one
        case _:
            return None
    return replace(kept, start=one.start, end=other.end, meanings=(Bounded(inner, part, part),)) if is_one else None


def _is_finer(inner: Monthly | Each | Rule, part: Part) -> bool:
    """Whether it falls due more than once in the part."""
    if isinstance(inner, Rule):
        return part.kind != "month" or "MONTHLY" not in inner.rule
    return inner.kind in _ORDER and _ORDER.index(inner.kind) < _ORDER.index(part.kind)


def _led(found: Sequence[Stated], text: str) -> Sequence[Stated]:
    """*Từ năm 2025, báo cáo quý …, báo cáo năm …*: a beginning said before several begins each of them."""
    opening = found[0].meanings[0] if len(found) > 1 and len(found[0].meanings) == 1 else None
    if not isinstance(opening, Opening) or not _leads(found[0], text):
        return found
    others = [one.meanings[0] if len(one.meanings) == 1 else None for one in found[1:]]
    if not all(isinstance(one, Monthly | Each | Rule) for one in others):
        return found
    return [
        replace(one, meanings=(Bounded(inner, opening.start, None),))
        for one, inner in zip(found[1:], others, strict=True)
        if isinstance(inner, Monthly | Each | Rule)
    ]


def _leads(one: Stated, text: str) -> bool:
    return not text[: one.start].strip(" -,") and text[one.end :].lstrip().startswith(",")


def _belong(one: Stated, other: Stated, text: str) -> bool:
    """Side by side, or a stretch from … to … set off at the end or the beginning of the sentence."""
    if _BESIDE.fullmatch(text, one.end, other.start):
        return True
    if _begins(other, text) and text[: other.start].rstrip().endswith(","):
        return True
    if _has_both_ends(other) and _SET_OFF.search(text[one.end : other.start]):
        return True
    return _has_both_ends(one) and _leads(one, text)


def _begins(stated: Stated, text: str) -> bool:
    """*…, kể từ tháng 7/2025*: set off by its own words, it begins what was said before."""
    is_opening = len(stated.meanings) == 1 and isinstance(stated.meanings[0], Opening)
    return is_opening and text.startswith(("kể từ", "bắt đầu từ"), stated.start)


def _has_both_ends(stated: Stated) -> bool:
    stretch = _only_stretch(stated)
    return bool(stretch and None not in stretch)


def _join(one: Stated, other: Stated) -> Stated | None:
    if stretch := _only_stretch(other):
        kept = one
    elif stretch := _only_stretch(one):
        kept = other
    else:
        return None
    inner = [meaning for meaning in kept.meanings if isinstance(meaning, Monthly | Each | Rule)]
    if len(inner) != len(kept.meanings):
        return None
    if any(isinstance(each, Monthly | Each) and each.kind == "year" for each in inner) and not _spans_years(stretch):
        return None
    return replace(kept, start=one.start, end=other.end, meanings=tuple(Bounded(each, *stretch) for each in inner))


def _only_stretch(stated: Stated) -> tuple[Day | Part | None, Day | Part | None] | None:
    return _stretch(stated.meanings[0]) if len(stated.meanings) == 1 else None


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
