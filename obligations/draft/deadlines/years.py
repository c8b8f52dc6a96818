"""Days and parts of the calendar whose year a document leaves out, and the stretches that they bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from obligations.domain.periods import Period, last_day_of_month
from obligations.draft.deadlines.meanings import Bounded, Day, Part
from obligations.draft.deadlines.scope import Scope


def date_of(day: Day, scope: Scope) -> date | None:
    """The day; without a year the next such day on or after the issue date (README of the gold: reading 2)."""
    if day.month == 0:
        return _real(scope.issued_on.year, replace(day, month=scope.issued_on.month)) if scope.issued_on else None
    if day.year:
        return _real(day.year, day)
    if scope.year is None:
        return None
    found = _real(scope.year, day)
    if scope.issued_on and found and found < scope.issued_on:
        return _real(scope.year + 1, day)
    return found or _real(scope.year + 1, day)


def _real(year: int, day: Day) -> date | None:
    if day.day == 0:
        return last_day_of_month(year, day.month)
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def opening_of(start: Day, end: date) -> date | None:
    """When a window opens: in the year of its end, or the year before where that would be later."""
    if start.year:
        found = _real(start.year, start)
        return found if found and found <= end else None
    found = _real(end.year, start)
    return found if found and found <= end else _real(end.year - 1, start)


def dated(part: Part, scope: Scope) -> tuple[Period | None, bool]:
    """The period; without a year the first that ends on or after the issue date. Number 0 is the one of that day."""
    if part.number == 0:
        day = scope.issued_on or (date(scope.year, 1, 1) if scope.year and part.kind == "year" else None)
        return (Period.holding(part.kind, day) if day else None), True
    if part.year:
        return period_of(part), False
    if scope.year is None:
        return None, True
    found = period_of(replace(part, year=scope.year))
    if scope.issued_on and found.last < scope.issued_on:
        found = found.shift(12 // {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[part.kind])
    return found, True


def period_of(part: Part) -> Period:
    return Period(part.year or 0, part.kind, part.number)


def stretch_of(bounded: Bounded, scope: Scope) -> tuple[date | None, date | None]:
    """Its days; a year that is not said is the one that puts the first before the last."""
    first = _edge_day(bounded.first, scope, is_last=False)
    last = _edge_day(bounded.last, scope, is_last=True)
    if not first or not last or first <= last or not bounded.first or not bounded.last:
        return first, last
    if bounded.last.year is None:
        return first, _edge_day(replace(bounded.last, year=last.year + 1), scope, is_last=True)
    tried = [_edge_day(replace(bounded.first, year=last.year - back), scope, is_last=False) for back in (0, 1)]
    return next((day for day in tried if day and day <= last), None), last


def _edge_day(edge: Day | Part | None, scope: Scope, *, is_last: bool) -> date | None:
    if isinstance(edge, Part):
        part, _ = dated(edge, scope)
        return (part.last if is_last else part.first) if part else None
    return date_of(edge, scope) if edge else None
