"""A unit's duties as a calendar that a telephone subscribes to (RFC 5545, METHOD:PUBLISH; days, without alarms).

Of an assignment there is one event for ever (UID); each change of its date, and its end, counts SEQUENCE up by one.
What is done, waived or stopped is cancelled, so that a calendar takes it away. The same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from sqlalchemy import Row

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading.unit_page import carried_by
from obligations.cases.writing import gathering
from obligations.cases.writing.almanac import Almanac, almanac
from obligations.domain.errors import Refused
from obligations.domain.facts import Facts
from obligations.domain.wording import clock
from obligations.store.database import reading

REFRESH = "PT6H"
_KEPT = timedelta(days=366)  # what was due longer ago is in no calendar any more
_TOLD = timedelta(days=1)


def feed(app: App, unit: str, now: datetime) -> bytes:
    """The calendar. Refused where the applied configuration does not know the unit (any more)."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        known = ladders.configuration.units.get(unit)
        if known is None:
            raise Refused("link-unknown", "đơn vị này không còn được theo dõi.", "Hỏi văn phòng cơ quan theo dõi.")
        book = almanac(ladders, now)
        rows = carried_by(session, ladders, unit, book.today)
        near = [row for row in rows if row.target_on and row.target_on >= book.today - _KEPT]
        events = gathering.events(session.connection(), [row.id for row in near])
    calendar = Calendar()
    title = f"Việc theo dõi: {known.short_name}"
    for name, value in {"PRODID": "-//Don Doc//Lich don vi//VI", "VERSION": "2.0", "METHOD": "PUBLISH"}.items():
        calendar.add(name, value)
    calendar.add("X-WR-CALNAME", title)
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    for row in near:
        calendar.add_component(_event(book, row, events[row.id]))
    ical: bytes = calendar.to_ical()
    return ical


def _event(book: Almanac, row: Row[Any], events: Sequence[Row[Any]]) -> Event:
    duty = book.duty(row)
    hour = f", trước {clock(datetime.strptime(row.due_at, '%H:%M').time())}" if _has_hour(row) else ""  # noqa: DTZ007
    event = Event()
    event.add("UID", f"viec-{row.id}-{row.code.lower()}@dondoc.invalid")
    event.add("DTSTAMP", events[-1].recorded_at)
    event.add("LAST-MODIFIED", events[-1].recorded_at)
    event.add("SEQUENCE", changes(events))
    event.add("STATUS", "CONFIRMED" if row.phase == "open" else "CANCELLED")
    event.add("DTSTART", row.target_on)
    event.add("DTEND", row.target_on + _TOLD)
    event.add("SUMMARY", f"Hạn: {duty.name} ({row.code}){hour}")
    event.add("DESCRIPTION", f"{duty.citation}. {duty.product or 'Văn bản kết quả'}; {duty.where}.")
    event.add("TRANSP", "TRANSPARENT")
    return event


def _has_hour(row: Row[Any]) -> bool:
    return bool(row.due_at and row.target_on == row.due_on)


def changes(events: Sequence[Row[Any]]) -> int:
    """How often the day to keep, or whether there is one to keep, has changed since there first was one."""
    facts, count = Facts(), 0
    before: tuple[date | None, bool] | None = None
    for event in events:
        facts.tell(event)
        now = facts.target_on, facts.phase == "open"
        if now[0] is not None:
            count += before is not None and now != before
            before = now
    return count
