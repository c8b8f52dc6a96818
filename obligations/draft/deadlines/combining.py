"""Expressions of one sentence that make one deadline: *Hằng năm … trước ngày 10/12*, *6 tháng … năm …* (B5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from obligations.draft.deadlines.bounding import bound
from obligations.draft.deadlines.meanings import Day, Doubt, Each, HalfDays, Meaning, Monthly, On, Part, Stated, Within
from obligations.draft.deadlines.period_ends import recurring_counts
from obligations.draft.deadlines.scope import Scope
from obligations.draft.text import lax
from obligations.draft.units.words import VERB

_REGULAR = re.compile(lax(r"định kỳ|hằng|hàng năm|mỗi"))
_HALF = re.compile(lax(r"(?:0?6|sáu) tháng|giữa năm|nửa năm"))
_YEAR = re.compile(lax(r"(?:báo cáo|tổng kết|cả|và|,|hằng|hàng|kết quả) ?năm|năm(?= \(|:| trước| chậm| vào)|12 tháng"))
_OF_MONTH = re.compile(lax(r"(?:báo cáo|giao ban|họp|sinh hoạt|số liệu|kế hoạch)(?: công tác| định kỳ)? tháng(?! ?\d)"))
_JOINED = re.compile(lax(r" ?,? ?(?:và )?"))
_ACTS = re.compile(r"nộp|gửi|báo cáo|họp|kiểm tra|trình|đăng ký|tổng hợp|tổ chức|quyết toán")
_NEAR = 40  # letters between two days of one act
# The day of a recurrence that a person is asked for: its period alone would owe another.
_ASKED_DAYS = ("lunar", "before-event", "count-back")
_FINER = ("quarter", "half-year", "year")


def _half_days(first: Monthly, second: Monthly) -> HalfDays:
    return HalfDays("half-year", first.day, first.month, first.before, first.at, second=second)


def combine(found: Sequence[Stated], text: str, scope: Scope) -> list[Stated]:
    """Join what belongs together; the rest as it was, in the sentence's order."""
    stated = _two_of_year(_carried(recurring_counts(found, text), text))
    stated = _halves(stated, text, scope)
    stated = _days_of_recurrence(_alike(stated, text), text)
    return bound(_finest(stated, text), text)


def _carried(found: list[Stated], text: str) -> list[Stated]:
    """`trước ngày 20 của tháng cuối quý và ngày 10/12 hằng năm`: *trước* holds for both days of the act."""
    carried = found[:1]
    for other in found[1:]:
        first, second = _single(carried[-1]), _single(other)
        is_led = isinstance(first, Monthly) and first.before and text.startswith("ngày ", other.start)
        if is_led and isinstance(second, Monthly) and not second.before and _is_one_act(carried[-1], other, text):
            other = replace(other, meanings=(replace(second, before=True),))  # noqa: PLW2901
        carried.append(other)
    return carried


def _is_one_act(one: Stated, other: Stated, text: str) -> bool:
    return bool(_JOINED.fullmatch(text, one.end, other.start)) and not VERB.match(text[other.end :].lstrip(" ,"))


def _single(stated: Stated) -> Meaning | None:
    return stated.meanings[0] if len(stated.meanings) == 1 else None


def _two_of_year(found: list[Stated]) -> list[Stated]:
    """`ngày 15/6 và 15/12 hằng năm`: the two days of the halves."""
    joined = []
    for stated in found:
        days = [one for one in stated.meanings if isinstance(one, Monthly) and one.kind == "year"]
        days.sort(key=lambda one: one.month)
        if len(days) == len(stated.meanings) == 2 and days[0].month <= 6 < days[1].month and not days[0].offset:
            stated = replace(stated, meanings=(_half_days(days[0], days[1]),))  # noqa: PLW2901
        joined.append(stated)
    return joined


def _halves(found: list[Stated], text: str, scope: Scope) -> list[Stated]:
    """`6 tháng trước ngày 10/6, báo cáo năm trước ngày 05/12 hằng năm`: one report, two days."""
    for place, (one, other) in enumerate(pairwise(found)):
        first, second = _as_yearly(_single(one)), _as_yearly(_single(other))
        if not first or not second or first.before != second.before or second.offset or first.offset:
            continue
        if not first.month <= 6 < second.month or (
            not _HALF.search(text, 0, one.start + 1) and not _HALF.search(text[: one.end])
        ):
            continue
        recurring = isinstance(_single(one), Monthly) or isinstance(_single(other), Monthly)
        recurring = recurring or (not scope.is_one_year and any(isinstance(_single(said), Monthly) for said in found))
        if not recurring and not (_REGULAR.search(text) or (not scope.is_one_year and scope.last)):
            continue
        if not _YEAR.search(text, one.end, other.end) and not _YEAR.search(text):
            continue
        joined = replace(one, end=other.end, meanings=(_half_days(first, second),), rule="halves-with-days")
        return [*found[:place], joined, *_halves(found[place + 2 :], text, scope)]
    return found


def _alike(found: list[Stated], text: str) -> list[Stated]:
    """`nộp một nửa trước ngày 30/4, phần còn lại nộp trước ngày 31/10 hằng năm`: both days recur, being of one act."""
    joined = list(found)
    for place, (one, other) in enumerate(pairwise(found)):
        first, second = _as_yearly(_single(one)), _single(other)
        is_dated = isinstance(second, Monthly) and second.kind == "year" and not second.offset
        if not first or not is_dated or not isinstance(_single(one), On) or other.start - one.end > _NEAR:
            continue
        between = _ACTS.findall(text, one.end, other.start)
        if between and all(act in text[: one.start] for act in between):
            joined[place] = replace(one, meanings=(first,))
    return joined


def _as_yearly(meaning: Meaning | None) -> Monthly | None:
    match meaning:
        case Monthly(kind="year"):
            return meaning
        case On(day=Day(year=None), start=None) if not meaning.weak and not meaning.is_counted:
            return Monthly("year", meaning.day.day, meaning.day.month, meaning.before, meaning.at)
    return None


def _days_of_recurrence(found: list[Stated], text: str) -> list[Stated]:
    """A day without year, month or kind takes the recurrence that the sentence says before it."""
    joined: list[Stated] = []
    said: Each | None = None
    said_at: Stated | None = None
    used: set[int] = set()
    for stated in found:
        meaning = _single(stated)
        if isinstance(meaning, Each):
            said, said_at = meaning, stated
            joined.append(stated)
            continue
        taken = _take(stated, said, text)
        if said_at is not None and (taken is not stated or stated.rule in _ASKED_DAYS):
            used.add(id(said_at))
        joined.append(taken)
    return [stated for stated in joined if id(stated) not in used]


def _take(stated: Stated, said: Each | None, text: str) -> Stated:
    if said and said.kind == "half-year" and len(stated.meanings) == 1 and isinstance(stated.meanings[0], Within):
        return stated  # one part of the year is not both of its halves
    days = [_taken(one, said, text) for one in stated.meanings]
    if tuple(days) == stated.meanings:
        return stated
    return replace(stated, meanings=tuple(days))


def _taken(meaning: Meaning, said: Each | None, text: str) -> Meaning:
    match meaning, said:
        case On(day=Day(year=None)), Each(kind="year" | "half-year") if meaning.is_counted:
            return Doubt("thời hạn đếm từ một ngày đã nêu; cần ngày cụ thể")
        case On(day=Day(year=None), start=None | Day(year=None)), Each(kind="year" | "half-year") if not meaning.weak:
            return Monthly("year", meaning.day.day, meaning.day.month, meaning.before, meaning.at)
        case Within(part=Part(year=None)), Each(kind="year" | "half-year") if not meaning.weak:
            return _of_each_year(meaning) or meaning
        case Monthly(kind="term"), Each(kind="quarter"):
            return replace(meaning, kind="quarter")
        case Monthly(kind="term"), Each(kind="half-year"):
            return replace(meaning, kind="half-year")
        case Monthly(kind="term"), Each(kind="year"):
            return replace(meaning, kind="year", month=12)
        case Monthly(kind="term"), None if _HALF.search(text):
            return replace(meaning, kind="half-year")
        case Monthly(kind="term"), None if re.search(lax("báo cáo quý|quý,"), text):
            return replace(meaning, kind="quarter")
    return meaning


def _of_each_year(within: Within) -> Monthly | None:
    """*Hằng năm … trong tháng 10*, *vào cuối năm*: that day each year; None where no day is meant (*trong năm*, *đầu quý II*)."""
    part = within.part
    if (
        within.edge == "first"
        or (part.number == 0 and part.kind != "year")
        or (part.kind == "year" and not within.edge)
    ):
        return None
    length = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[part.kind]
    last = max(part.number, 1) * length
    if within.edge == "middle":  # Civil Code 2015, 146.2 and 146.3
        return Monthly("year", 15 if length == 1 else 0, last if length == 1 else 6, within.before)
    if within.before and not within.edge:
        return Monthly("year", 1, last - length + 1, before=True)
    return Monthly("year", 0, last, within.before)


def settle_days(found: Sequence[Stated], text: str) -> list[Stated]:
    """A day alone (`trước ngày 25`) is monthly where the sentence says so, else a question."""
    kinds = {one.kind for stated in found for one in stated.meanings if isinstance(one, Each)}
    if _OF_MONTH.search(text):
        kinds.add("month")
    settled = []
    for stated in found:
        if stated.rule != "day-alone":
            settled.append(stated)
        elif "month" in kinds:
            settled.append(replace(stated, rule="day-of-month"))
        else:
            settled.append(replace(stated, meanings=(Doubt("chỉ nêu ngày, không nêu tháng hoặc chu kỳ"),)))
    if any(one.rule == "day-of-month" for one in settled):
        return [one for one in settled if not (isinstance(_single(one), Each) and one.meanings[0].kind == "month")]  # type: ignore[union-attr]
    return settled


def _finest(found: list[Stated], text: str) -> list[Stated]:
    """`hằng quý, 6 tháng, năm` is one report each quarter; a month's report stands by itself."""
    settled = _without_repeats(settle_days(found, text))
    bare = [one for one in settled if isinstance(_single(one), Each)]
    kinds = [one.meanings[0].kind for one in bare if isinstance(one.meanings[0], Each)]
    finest = next((kind for kind in _FINER if kind in kinds), None)
    if finest is None or len([kind for kind in kinds if kind in _FINER]) < 2:
        return settled
    coarse = [one for one in bare if isinstance(one.meanings[0], Each) and one.meanings[0].kind in _FINER]
    kept = next(one for one in coarse if isinstance(one.meanings[0], Each) and one.meanings[0].kind == finest)
    return [one for one in settled if one not in coarse or one is kept]


def _without_repeats(found: list[Stated]) -> list[Stated]:
    """A period said beside its own day (`định kỳ 6 tháng (trước ngày 15/6) và năm …`) is no second duty."""
    dated = {one.kind for stated in found for one in stated.meanings if isinstance(one, Monthly)}
    return [stated for stated in found if not (isinstance(one := _single(stated), Each) and one.kind in dated)]
