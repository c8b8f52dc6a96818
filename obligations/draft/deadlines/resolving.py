"""From what expressions say to the grammar's forms: years left out, recurrences said elsewhere in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from obligations.domain.grammar import Deadline
from obligations.domain.periods import Period, last_day_of_month
from obligations.draft.deadlines import anchors
from obligations.draft.deadlines.bounding import bounds_of
from obligations.draft.deadlines.combining import combine
from obligations.draft.deadlines.counting import end_of
from obligations.draft.deadlines.meanings import (
    Bounded,
    Count,
    Doubt,
    Each,
    HalfDays,
    Monthly,
    Nothing,
    On,
    Opening,
    Rule,
    SameDay,
    Stated,
    Within,
)
from obligations.draft.deadlines.scope import Scope
from obligations.draft.deadlines.years import date_of, dated, opening_of, period_of, stretch_of

_FULL = re.compile(r"\d{4}-\d{2}-\d{2}")
MISPRINTED = "ngày, tháng này không có trong lịch"
RUNS_ON = "đếm từ ngày cuối kỳ: ngày cuối rơi vào ngày nghỉ thì hết ngày làm việc tiếp theo (Điều 148.5 BLDS)"
MAYBE_OFF = "ngày cuối của thời hạn có thể là ngày nghỉ lễ (Điều 148.5 BLDS); cần ngày cụ thể"


@dataclass(frozen=True)
class Resolved:
    """One deadline of a sentence: its place, the form (None where a person must decide), what was supplied.

    `inferred` names what the text does not state (`year`); `doubt` is the question; `weak` wants bearing out.
    """

    start: int
    end: int
    form: Deadline | None
    rule: str
    source: str
    inferred: tuple[str, ...] = ()
    doubt: str = ""
    weak: bool = False
    is_recurrence: bool = False

    @property
    def noted(self) -> tuple[str, ...]:
        """The question that stands on the duty itself, since its days are known."""
        return (self.doubt,) if self.doubt and self.form and self.is_recurrence else ()


def resolve(found: Sequence[Stated], text: str, scope: Scope) -> list[Resolved]:
    """The forms of a sentence's expressions (offsets in the folded `text`). Nothing comes of what is no deadline."""
    resolved: list[Resolved] = []
    for stated in combine(found, text, scope):
        for meaning in stated.meanings:
            one = _resolve(stated, meaning, text, scope)
            if one:
                resolved.append(one)
                scope = replace(scope, said_on=day_said(one) or scope.said_on)
    return resolved


def day_said(one: Resolved) -> date | None:
    """The fixed day that an expression names, for a *cùng ngày* after it."""
    said = (one.form or {}).get("by") or (one.form or {}).get("before")
    is_fixed = one.form and not one.is_recurrence and isinstance(said, str) and _FULL.fullmatch(said)
    return date.fromisoformat(said) if is_fixed and isinstance(said, str) else None


def _resolve(stated: Stated, meaning: object, text: str, scope: Scope) -> Resolved | None:
    plain = Resolved(stated.start, stated.end, None, stated.rule, stated.source)
    match meaning:
        case Nothing() | Opening():
            return None
        case SameDay(at, of_issue):
            day = scope.issued_on if of_issue else scope.said_on
            if day is None:
                return replace(plain, doubt=f"“{'hôm nay' if of_issue else 'cùng ngày'}” không rõ là ngày nào")
            form = {"by": day.isoformat(), **({"at": at} if at else {})}
            return replace(plain, form=form)
        case Bounded():
            return _bounded_recurrence(plain, meaning, scope, text)
        case Doubt(why):
            return replace(plain, doubt=why)
        case On():
            return _on(plain, meaning, scope)
        case Within():
            return _within(plain, meaning, scope)
        case Monthly() | Each() | Rule():
            return _recurring(plain, meaning, scope, text)
        case Count(number, unit, anchor, until):
            after = anchors.anchor(text[anchor : until or stated.end], scope.kind, text[: stated.start])
            return replace(plain, form={"after": after, unit: str(number)})
    return None


def _on(plain: Resolved, on: On, scope: Scope) -> Resolved:
    guessed = on.day.year is None
    day = date_of(on.day, scope)
    if day is None:
        return replace(plain, doubt=MISPRINTED if on.day.year or scope.year else "không rõ năm", weak=on.weak)
    if on.is_counted:
        end = end_of(day, on.shift, on.months)
        if end is None:
            return replace(plain, doubt=MAYBE_OFF)
        day = end
    form: dict[str, str] = {"before" if on.before else "by": day.isoformat()}
    if on.at:
        form["at"] = on.at
    if on.start and (start := opening_of(on.start, day)):
        form["start"] = start.isoformat()
    return replace(plain, form=form, inferred=("year",) if guessed else (), weak=on.weak)


def _within(plain: Resolved, within: Within, scope: Scope) -> Resolved:
    part, guessed = dated(within.part, scope)
    if part is None:
        return replace(plain, doubt="không rõ năm", weak=within.weak)
    inferred = ("year",) if guessed else ()
    if within.edge:
        return _edge(plain, within, part, inferred)
    if within.start:
        opening = period_of(replace(within.start, year=within.start.year or part.year))
        end = part.first if within.before else part.last
        if opening.first > end:
            opening = opening.shift(-12 // {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[opening.kind])
        key = "before" if within.before else "by"
        form = {"start": opening.first.isoformat(), key: end.isoformat()}
        return replace(plain, form=form, inferred=inferred, weak=within.weak)
    key = "before" if within.before else "within"
    return replace(plain, form={key: part.label}, inferred=inferred, weak=within.weak)


def _edge(plain: Resolved, within: Within, part: Period, inferred: tuple[str, ...]) -> Resolved:
    """Civil Code 2015, 146.2 and 146.3: đầu, giữa, cuối tháng và năm."""
    if within.edge == "last":
        day = part.last
    elif within.edge == "middle":
        day = part.first.replace(day=15) if part.kind == "month" else date(part.year, 6, 30)
    else:
        day = part.first
    doubt = "“đầu” hiểu là ngày đầu tiên (Điều 146 BLDS)" if within.edge == "first" else ""
    key = "before" if within.before else "by"
    return replace(plain, form={key: day.isoformat()}, inferred=inferred, doubt=doubt, weak=within.weak)


def _recurring(plain: Resolved, meaning: Monthly | Each | Rule, scope: Scope, text: str) -> Resolved:
    plain = replace(plain, is_recurrence=True)
    if isinstance(meaning, Rule):
        return _rule(plain, meaning, scope)
    if isinstance(meaning, Monthly) and (meaning.kind in ("term", "") or meaning.month == 0):
        return replace(
            plain,
            doubt="chỉ nêu ngày, không nêu tháng nào của kỳ"
            if meaning.kind
            else "chỉ nêu ngày, không nêu tháng hoặc chu kỳ",
        )
    form: dict[str, object] = {"every": meaning.kind}
    if isinstance(meaning, Monthly):
        form["before" if meaning.before else "by"] = _stated_day(meaning)
        if meaning.at:
            form["at"] = meaning.at
        if meaning.offset:
            form["offset"] = "1"
        if meaning.counted:
            plain = replace(plain, doubt=RUNS_ON)
    weak = isinstance(meaning, Each) and meaning.weak
    return replace(_bounded(plain, form, scope, plain.end, text), weak=weak)


def _stated_day(meaning: Monthly) -> object:
    day = "last" if meaning.day == 0 else str(meaning.day)
    if isinstance(meaning, HalfDays) and meaning.second:
        return [_month_day(one) for one in (meaning, meaning.second)]
    match meaning.kind:
        case "month":
            return day
        case "quarter":
            return {"month": str(meaning.month), "day": day}
        case "half-year":
            return [f"06-{meaning.day or 30:02}", f"12-{meaning.day or 31:02}"]
    return _month_day(meaning)


def _month_day(meaning: Monthly) -> str:
    last = last_day_of_month(2024, meaning.month).day
    return f"{meaning.month:02}-{min(meaning.day or last, last):02}"


def _bounded(plain: Resolved, form: dict[str, object], scope: Scope, end: int, text: str) -> Resolved:
    """`to` where the title names a stage or a year; hằng năm outlives a plan of one year."""
    kind = str(form["every"])
    is_yearly_in_one = kind == "year" and scope.is_one_year
    if (
        is_yearly_in_one
        and form.get("offset")
        and "hằng" not in text[plain.start : end]
        and "hàng" not in text[plain.start : end]
    ):
        form["from"] = form["to"] = str(scope.last)
    elif scope.last and not is_yearly_in_one and (scope.issued_on is None or scope.issued_on.year <= scope.last):
        form["to"] = str(scope.last) + {"month": "-12", "quarter": "-Q4", "half-year": "-H2"}.get(kind, "")
    if scope.issued_on is None and "from" not in form:
        if scope.year is None:
            return replace(plain, doubt="kế hoạch chưa có ngày ban hành nên chưa biết kỳ đầu tiên")
        form["from"] = str(scope.year)
        return replace(plain, form=form, inferred=("from",))  # type: ignore[arg-type]
    return replace(plain, form=form)  # type: ignore[arg-type]


def _bounded_recurrence(plain: Resolved, bounded: Bounded, scope: Scope, text: str) -> Resolved:
    """The recurrence from the first to the last day of its stretch."""
    found = _recurring(plain, bounded.inner, scope, text)
    if found.form is None:
        return found
    first, last = stretch_of(bounded, scope)
    if bounded.first == bounded.last and first and scope.issued_on and first < scope.issued_on:
        first = None  # what of the part is past is not owed
    return replace(found, form=bounds_of(found.form, first, last), weak=False)


def _rule(plain: Resolved, rule: Rule, scope: Scope) -> Resolved:
    form: dict[str, str] = {"rrule": rule.rule}
    if rule.at:
        form["at"] = rule.at
    if scope.issued_on is None:
        if scope.year is None:
            return replace(plain, doubt="kế hoạch chưa có ngày ban hành nên chưa biết lặp từ ngày nào")
        form["from"] = f"{scope.year}-01-01"
    if scope.last and (scope.issued_on is None or scope.issued_on.year <= scope.last):
        form["to"] = f"{scope.last}-12-31"
    return replace(plain, form=form)
