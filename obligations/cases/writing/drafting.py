"""The draft công văn đôn đốc for the secretariat: one for each plan, and apart for those who are asked otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from obligations.cases.writing import gathering
from obligations.cases.writing.gathering import Writing
from obligations.cases.writing.reports import grouped, line
from obligations.domain.plan import Relation, Unit
from obligations.domain.wording import clock, long_date
from obligations.texts.draft import Draft, Drafts, Late, Tone
from obligations.texts.group import paste
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line

TERM_WORKING_DAYS = 2  # what offices give: a day to sign and send it, a day to answer
_TONES: dict[Relation, Tone] = {"independent": "independent", "superior": "superior"}
_Group = list[Row[Any]]


def drafts(writing: Writing, at: Occasion, rows: Sequence[Row[Any]]) -> Drafts:
    """All overdue duties whose letter is due, plan by plan."""
    groups = grouped(writing, rows)
    lines = tuple(line(writing, some) for some in groups)
    written = [
        draft
        for plan, some in groupby(groups, key=lambda one: one[0].plan)
        for draft in _plan(writing, plan, list(some))
    ]
    names = writing.configuration.office.name_late_in_group
    pastes = tuple(paste(at, one, names_late=names) for one in lines)
    return Drafts(at, tuple(written), lines, pastes, gathering.checked_at(writing))


def _plan(writing: Writing, plan: str, groups: list[_Group]) -> Iterator[Draft]:
    """One draft for each tone that the late units need."""
    tones = [_tone(_unit(writing, row)) for some in groups for row in some]
    for tone in ("common", "independent", "superior"):
        if tone in tones:
            mine = [[row for row in some if _tone(_unit(writing, row)) == tone] for some in groups]
            yield _draft(writing, plan, tone, [some for some in mine if some])


def _draft(writing: Writing, plan: str, tone: Tone, groups: list[_Group]) -> Draft:
    configuration, now = writing.configuration, writing.local
    office, followed = configuration.office, configuration.plans[plan]
    lines = tuple(line(writing, some) for some in groups)
    late = [(unit, _late(one, unit)) for one, some in zip(lines, groups, strict=True) for unit in _units(writing, some)]
    readers = {unit.id for unit, _ in late}
    term_on = configuration.calendar.add(writing.today, TERM_WORKING_DAYS)
    return Draft(
        tone=tone,
        office=office.name,
        year=writing.today.year,
        as_of=f"{clock(now.time())} ngày {long_date(now.date())}",
        lines=lines,
        late=tuple(one for _, one in sorted(late, key=lambda pair: pair[0].position)),
        term=f"{clock(office.hours[-1].last)} ngày {long_date(term_on)}",
        told_to="" if followed.issuer in readers | {office.unit} else configuration.units[followed.issuer].name,
        foot=writing.almanac.foot(plan),
    )


def _late(one: Line, unit: Unit) -> Late:
    return Late(unit.name, one.duty.name, one.due_on, one.days_over)


def _units(writing: Writing, rows: _Group) -> list[Unit]:
    return [_unit(writing, row) for row in rows]


def _unit(writing: Writing, row: Row[Any]) -> Unit:
    """Whom the letter is sent to: who carries the duty on."""
    ladders = writing.ladders
    carrier = ladders.carrier(row.carrier or row.unit, writing.today)
    return writing.configuration.units[carrier or row.unit]


def _tone(unit: Unit) -> Tone:
    return _TONES.get(unit.relation, "common")
