"""What the domain's tests share: a calendar as an office keeps it, and short ways to ask for dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from obligations.domain.calendar import Calendar
from obligations.domain.deadline import Fixed, dues
from obligations.domain.due import Due, Reading
from obligations.domain.grammar import Value, parse

SWAP_OFF = date(2026, 1, 2)
SWAP_WORKED = date(2026, 1, 10)
CONFIRMED = range(2021, 2027)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The package's public holidays of one year, nothing of the office's own."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    return {day: name for day, name in found.items() if day.year == year}


@cache
def worked_saturdays() -> frozenset[date]:
    """Saturdays of official swaps that the package knows, 2014 to 2026."""
    found = holidays.country_holidays("VN", years=range(2014, 2027), language="vi")
    return frozenset(found.weekend_workdays)


@cache
def library_calendar() -> Calendar:
    """The package alone: it does not know the New Year swap of 2026."""
    return Calendar(public_holidays, worked=worked_saturdays(), confirmed=CONFIRMED)


@cache
def office_calendar() -> Calendar:
    """The package with the office's override: Friday 02/01/2026 off, Saturday 10/01/2026 worked."""
    worked = {*worked_saturdays(), SWAP_WORKED}
    return Calendar(public_holidays, off={SWAP_OFF: "Hoán đổi"}, worked=worked, confirmed=CONFIRMED)


def ask(
    deadline: Mapping[str, Value],
    *,
    issued_on: str | None = None,
    through: str | None = None,
    full_day_counts: bool = False,
    fixed: tuple[Fixed, ...] = (),
) -> list[Due]:
    """Every period's deadline of one `deadline:` mapping, read as an office would."""
    reading = Reading(office_calendar(), _day(issued_on), full_day_counts)
    return list(dues(parse(deadline), reading, _day(through), fixed))


def dates(
    deadline: Mapping[str, Value],
    *,
    issued_on: str | None = None,
    through: str | None = None,
    full_day_counts: bool = False,
) -> dict[str, str | None]:
    """Period to due date, both as text, in the order owed."""
    found = ask(deadline, issued_on=issued_on, through=through, full_day_counts=full_day_counts)
    named = {due.period: due.on.isoformat() if due.on else None for due in found}
    assert len(named) == len(found), "a period was given twice"
    return named


def only(
    deadline: Mapping[str, Value],
    *,
    issued_on: str | None = None,
    full_day_counts: bool = False,
    fixed: tuple[Fixed, ...] = (),
) -> Due:
    """The one deadline of a form that owes a single period."""
    (due,) = ask(deadline, issued_on=issued_on, full_day_counts=full_day_counts, fixed=fixed)
    return due


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
