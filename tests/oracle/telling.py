"""The story behind a violation: what was done, what ran, what was written, in time order."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.book import Book, Departure, Fact, Recorded, Story
from tests.oracle.desk import ABSENT
from tests.oracle.expecting import Expectation, Expected

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NEAR = timedelta(days=3)
DELIVERIES = 6  # told before and after the moment that matters
Line = tuple[datetime, str]


def moment(instant: datetime) -> str:
    """dd/mm/yyyy HH:MM by the office's clock."""
    return f"{instant.astimezone(ZONE):%d/%m/%Y %H:%M}"


def tell(expected: Expectation, story: Story, rows: list[Recorded], *, around: datetime) -> str:
    """The assignment's facts, the rows it has and should have, and the deliveries round one moment."""
    lines: list[Line] = [(fact.recorded_at, f"  {_fact(fact)}") for fact in story.facts]
    lines += [(version.applied_at, "  a configuration was applied") for version in expected.book.versions]
    for row in rows:
        lines += _row(row, around)
    lines += [_expected(one) for one in expected.rows[story.duty.key].values() if ABSENT not in one.fates]
    lines += _deliveries(expected.book, around)
    lines += [(one.recorded_at, f"  {_fact(one)}") for one in expected.book.office if _is_near(one.recorded_at, around)]
    return _in_order(lines)


def tell_departures(story: Story, book: Book, departures: list[Departure]) -> str:
    """The assignment's facts, what left of it, and the deliveries round the last time it did."""
    around = departures[-1].at
    lines: list[Line] = [(fact.recorded_at, f"  {_fact(fact)}") for fact in story.facts]
    lines += [(one.at, f"  left: {one.rung} to {one.recipient} in {one.message_id}") for one in departures]
    lines += _deliveries(book, around)
    lines += [(one.recorded_at, f"  {_fact(one)}") for one in book.office if _is_near(one.recorded_at, around)]
    return _in_order(lines)


def _in_order(lines: list[Line]) -> str:
    return "\n".join(f"  {moment(at)}{text}" for at, text in sorted(lines, key=lambda line: line[0]))


def _is_near(instant: datetime, around: datetime) -> bool:
    return abs(instant - around) <= NEAR


def _fact(fact: Fact) -> str:
    said = ", ".join(f"{name} {value}" for name, value in fact.payload.items() if value is not None)
    on = f"{fact.effective_on:%d/%m/%Y}"
    return f"event {fact.id}: {fact.kind}, effective {on}{f' ({said})' if said else ''}"


def _row(row: Recorded, around: datetime) -> list[Line]:
    name = f"{row.rung} (due {row.due_on:%d/%m/%Y}) to {row.recipient or 'nobody'}"
    why = f" ({row.why})" if row.why else ""
    lines = [(row.planned_at or around, f"  row: {name}, in the end {row.state}{why}")]
    return [*lines, (row.left_at, f"  left: {name}")] if row.left_at else lines


def _expected(one: Expected) -> Line:
    name = f"{one.rung} (due {one.due_on:%d/%m/%Y}) to {one.recipient or 'nobody'}"
    whys = ", ".join(sorted(filter(None, one.whys)))
    left = f", leaving {moment(one.first)}" if one.first and "sent" in one.fates else ""
    return one.at, f"  due to fall: {name}: {' or '.join(sorted(one.fates))}{f' ({whys})' if whys else ''}{left}"


def _deliveries(book: Book, around: datetime) -> list[Line]:
    place = book.first_delivery(around)
    told = book.deliveries[max(0, place - DELIVERIES) : place + DELIVERIES]
    lines: list[Line] = []
    for one in told:
        trouble = [f"{name} down" for name in sorted(one.down)] + [f"{name} shaky" for name in sorted(one.shaky)]
        trouble += [f"{name} refused" for name in sorted(one.refused)]
        lines.append((one.at, f"  a delivery ran{f': {chr(44).join(trouble)}' if trouble else ''}"))
    return lines
