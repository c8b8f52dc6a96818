"""Letters to whoever oversees, coordinates or leads: reminders of many units become one line an obligation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import Row

from obligations.cases.answering.calling import CALLED
from obligations.cases.answering.calling import STAGE as TELEPHONE
from obligations.cases.writing import gathering, telling
from obligations.cases.writing.gathering import Writing
from obligations.cases.writing.items import Known, item
from obligations.cases.writing.stories import Story
from obligations.domain.classes import Moment, class_of
from obligations.domain.facts import Facts
from obligations.domain.ladder import NOTICE
from obligations.texts.coordinating import Coordination, Shared
from obligations.texts.duty import Duty, Tally
from obligations.texts.item import Item
from obligations.texts.leader import Escalation, Urged
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line, Overview, Progress

_Rows = Sequence[Row[Any]]


def escalation(writing: Writing, at: Occasion, rows: _Rows) -> Escalation:
    """To a late unit's leader."""
    ids = [row.id for row in rows]
    stories = Story.of_all(writing.connection, ids)
    told = gathering.reminded(writing.connection, ids)
    known = Known(stories)
    urged = tuple(
        _urged(writing, item(writing, row, known), told.get(row.id, ()), stories[row.id].facts) for row in rows
    )
    return Escalation(at, urged, gathering.checked_at(writing))


def _urged(writing: Writing, item: Item, told: _Rows, facts: Facts) -> Urged:
    """`told`: every reminder that left; what a clerk rang up for stands apart, with what was answered."""
    local = writing.ladders.clockwork.local
    days = dict.fromkeys(local(row.started_at).date() for row in told if row.stage != TELEPHONE)
    calls = dict.fromkeys((local(row.started_at), row.answer) for row in told if row.stage == TELEPHONE)
    said = tuple((moment, "" if note == CALLED else note) for moment, note in calls)
    return Urged(item, tuple(days), said, facts.acknowledged_on, facts.expected_on, facts.asked_to)


def overview(writing: Writing, at: Occasion, rows: _Rows, *, for_leadership: bool) -> Overview:
    """To the overseer, or to the office's own leadership with how each plan stands."""
    lines = tuple(line(writing, some) for some in grouped(writing, rows))
    return Overview(
        at,
        lines,
        gathering.checked_at(writing),
        is_own=writing.contact.unit == writing.configuration.office.unit,
        for_leadership=for_leadership,
        progress=_progress(writing, rows) if for_leadership else None,
    )


def coordination(writing: Writing, at: Occasion, rows: _Rows) -> Coordination:
    """To a unit that coordinates. Late units are named only where the incoming register was read that day."""
    checked = gathering.checked_at(writing)
    is_checked = checked is not None and checked.date() == writing.today
    return Coordination(at, tuple(_shared(writing, some, is_checked) for some in grouped(writing, rows)))


def grouped(writing: Writing, rows: _Rows) -> list[list[Row[Any]]]:
    """By obligation, period, rung and day, plan after plan, by deadline; each group's units once, by protocol."""
    groups: dict[tuple[Any, ...], dict[str, Row[Any]]] = {}
    for row in rows:
        key = (row.plan, row.target_on, row.obligation, row.period, row.rung)
        groups.setdefault(key, {})[row.unit] = row
    units = writing.configuration.units
    return [sorted(groups[key].values(), key=lambda row: units[row.unit].position) for key in sorted(groups)]


def line(writing: Writing, rows: list[Row[Any]]) -> Line:
    """One group of rows as it stands now."""
    return Line(*_line(writing, rows))


def _line(writing: Writing, rows: list[Row[Any]]) -> tuple[Duty, date, time | None, int, Tally, tuple[str, ...]]:
    first, units = rows[0], writing.configuration.units
    duty = writing.almanac.duty(first)
    found = telling.tally(writing, first.plan, first.obligation, first.period)
    names = tuple(units[row.unit].name for row in rows)
    at = time.fromisoformat(first.due_at) if first.due_at and first.target_on == first.due_on else None
    days = max(0, -writing.almanac.day(first.target_on).working_days)
    return duty, first.target_on, at, days, found or Tally(duty.name, 0, len(names), names), names


def _shared(writing: Writing, rows: list[Row[Any]], is_checked: bool) -> Shared:  # noqa: FBT001
    first = rows[0]
    duty, due_on, at, days, tally, names = _line(writing, rows)
    is_over = Moment(writing.today, writing.local.time()).is_after(due_on, at)
    return Shared(
        duty,
        due_on,
        at,
        days,
        tally,
        names if is_over and is_checked else (),
        lead=_lead(writing, first),
        is_over=is_over,
        later=gathering.later(writing.connection, first) if first.rung == NOTICE else (),
    )


def _lead(writing: Writing, row: Row[Any]) -> str:
    """Who answers for a duty, as the plan names it: groups and units."""
    configuration = writing.configuration
    responsible = writing.almanac.obligation(row.plan, row.obligation).responsible
    return ", ".join(
        configuration.groups[one].name if one in configuration.groups else configuration.units[one].name
        for one in responsible
    )


def _progress(writing: Writing, rows: Iterable[Row[Any]]) -> dict[str, tuple[Progress, ...]]:
    """By plan: what has come due this year, and what of earlier years is not finished."""
    found: dict[str, tuple[Progress, ...]] = {}
    for plan, source in {row.plan: writing.almanac.duty(row).source for row in rows}.items():
        found[source] = tuple(_plan_progress(writing, plan))
    return found


def _plan_progress(writing: Writing, plan: str) -> Iterable[Progress]:
    moment = Moment(writing.today, writing.local.time())
    counted: dict[tuple[date, str, str], Counter[str]] = {}
    for row in gathering.come_due(writing.connection, plan, writing.today):
        facts = Facts(plan_due_on=row.due_on, submitted_on=row.submitted_on, done_on=row.done_on)
        facts.at = time.fromisoformat(row.due_at) if row.due_at else None
        facts.resubmit_by = row.target_on if row.target_on != row.due_on else None
        key = (row.original_due_on or row.due_on, row.obligation, row.period)
        counted.setdefault(key, Counter())[class_of(facts, moment)] += 1
    for (due_on, obligation, period), classes in sorted(counted.items()):
        known = writing.configuration.obligation(plan, obligation)
        is_finished = not any(name.startswith("open") or name == "submitted" for name in classes)
        if known and (due_on.year == writing.today.year or not is_finished):
            yield Progress(Duty.named(known.title, period), due_on, classes)
