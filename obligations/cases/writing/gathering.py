"""What a letter needs to know from the ledger, read in the transaction that starts its message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, func, select

from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.ledger.withdrawing import under_way
from obligations.cases.writing.almanac import Almanac
from obligations.domain.duties import Ladders
from obligations.domain.ladder import RECORDED
from obligations.domain.plan import Configuration, Contact, Unit
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_attempt: Table = METADATA.tables["attempt"]
_audit: Table = METADATA.tables["audit_day"]
_carried: Table = METADATA.tables["reminder_message"]
_event: Table = METADATA.tables["event"]
_reminder: Table = METADATA.tables["reminder"]
_a, _e, _r = _assignment.c, _event.c, _reminder.c
_LATER_SHOWN = 6
_DAY = timedelta(days=1)
_ASKED: Any = bindparam("asked", expanding=True)
_CARRIED = (
    select(_carried.c.message_id, _r.id.label("reminder_id"), _r.rung, _r.rung_on, _r.cause)
    .add_columns(_r.audience, _r.due_on.label("for_due_on"), *_a)
    .join(_carried, _carried.c.reminder_id == _r.id)
    .join(_assignment, _a.id == _r.assignment_id)
    .where(_carried.c.message_id.in_(bindparam("messages", expanding=True)), _r.state == "planned")
    .order_by(_a.due_on, _a.id, _r.id)
)
_LINKED = (
    select(_carried.c.message_id, _r.assignment_id)
    .join(_carried, _carried.c.reminder_id == _r.id)
    .where(_carried.c.message_id.in_(bindparam("messages", expanding=True)))
)
_WORDS = (
    select(_r.assignment_id, _r.rung, _r.cause, _r.due_on, func.max(_attempt.c.started_at).label("at"))
    .join(_carried, _carried.c.reminder_id == _r.id)
    .join(_attempt, _attempt.c.message_id == _carried.c.message_id)
    .where(_r.assignment_id.in_(_ASKED), _r.audience == "unit", under_way())
    .group_by(_r.id, _r.assignment_id, _r.rung, _r.cause, _r.due_on)
    .order_by(func.max(_attempt.c.started_at), _r.id)
)
_REMINDED = (
    select(_r.assignment_id, _attempt.c.started_at, _attempt.c.stage, _attempt.c.answer)
    .join(_carried, _carried.c.reminder_id == _r.id)
    .join(_attempt, _attempt.c.message_id == _carried.c.message_id)
    .where(_r.assignment_id.in_(_ASKED), _r.audience == "unit", _r.rung != RECORDED, _attempt.c.outcome == "sent")
    .order_by(_attempt.c.started_at)
)
_ESCALATED = (
    select(_r.assignment_id)
    .join(_assignment, (_a.id == _r.assignment_id) & (_a.target_on == _r.due_on))
    .where(_r.assignment_id.in_(_ASKED), _r.audience.in_(ESCALATIONS), under_way())
)
_EVENTS = select(_event).where(_e.assignment_id.in_(_ASKED)).order_by(_e.assignment_id, _e.id)
_LATER = (
    select(_a.due_on)
    .where(_a.plan == bindparam("plan"), _a.obligation == bindparam("obligation"), _a.unit == bindparam("unit"))
    .where(_a.due_on > bindparam("due_on"))
    .order_by(_a.due_on)
    .limit(_LATER_SHOWN)
)
_SAME = (
    select(_a.unit, _a.submitted_on)
    .where(_a.plan == bindparam("plan"), _a.obligation == bindparam("obligation"))
    .where(_a.period == bindparam("period"), _a.outside.is_(None))
)
_COME_DUE = (
    select(
        _a.obligation, _a.period, _a.original_due_on, _a.due_on, _a.due_at, _a.target_on, _a.submitted_on, _a.done_on
    )
    .where(_a.plan == bindparam("plan"), _a.outside.is_(None), _a.original_due_on <= bindparam("day"))
    .order_by(_a.id)
)
_CHECKED = select(_e.recorded_at).where(_e.plan == "", _e.kind == "checked").order_by(_e.id.desc()).limit(1)
_WAITING = select(func.count()).where(_a.phase == "review")
_AUDITED = select(
    select(func.max(_audit.c.day)).where(_audit.c.day <= bindparam("day")).scalar_subquery(),
    select(func.min(_audit.c.day)).where(_audit.c.day > bindparam("day")).scalar_subquery(),
)
_TRIED = select(_attempt.c.message_id).where(_attempt.c.started_at.between(bindparam("first"), bindparam("last")))


@dataclass(frozen=True)
class Writing:
    """One letter being written: whose transaction, under which configuration at which instant, to whom."""

    connection: Connection
    almanac: Almanac
    contact: Contact

    @property
    def ladders(self) -> Ladders:
        return self.almanac.ladders

    @property
    def local(self) -> datetime:
        return self.almanac.local

    @property
    def today(self) -> date:
        return self.almanac.today

    @property
    def configuration(self) -> Configuration:
        return self.almanac.configuration

    @property
    def unit(self) -> Unit:
        return self.configuration.units[self.contact.unit]

    def protocol(self, units: Iterable[str]) -> list[Unit]:
        """Units by the order of protocol; one that the configuration no longer has is left out."""
        known = self.configuration.units
        return sorted((known[unit] for unit in set(units) if unit in known), key=lambda unit: unit.position)


def carried(connection: Connection, messages: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """The planned reminders of each message with the facts of their assignments as they stand now."""
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_CARRIED, {"messages": list(messages)}):
        found.setdefault(row.message_id, []).append(row)
    return found


def linked(connection: Connection, messages: Iterable[int]) -> dict[int, set[int]]:
    """The assignments of all reminders that each message was ever to carry, whatever has become of them."""
    found: dict[int, set[int]] = {}
    for row in connection.execute(_LINKED, {"messages": list(messages)}):
        found.setdefault(row.message_id, set()).add(row.assignment_id)
    return found


def words(connection: Connection, assignments: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """What has gone to the units of these assignments, oldest first: rung, cause, due_on, and `at`, when it left."""
    return _grouped(connection, _WORDS, assignments)


def events(connection: Connection, assignments: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Every event of these assignments, in the order they were recorded."""
    return _grouped(connection, _EVENTS, assignments)


def reminded(connection: Connection, assignments: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Each time a unit's reminders really left, oldest first: `started_at`, `stage` and the other side's `answer`."""
    return _grouped(connection, _REMINDED, assignments)


def escalated(connection: Connection, assignments: Iterable[int]) -> set[int]:
    """Those of these assignments of whose present deadline somebody above has been told."""
    return {row.assignment_id for row in connection.execute(_ESCALATED, {"asked": list(assignments)})}


def later(connection: Connection, row: Row[Any]) -> tuple[date, ...]:
    """The due dates that follow for the same unit: the letter that gives the duty names them once and for all."""
    key = {"plan": row.plan, "obligation": row.obligation, "unit": row.unit, "due_on": row.due_on}
    return tuple(connection.execute(_LATER, key).scalars())


def same(connection: Connection, plan: str, obligation: str, period: str) -> Sequence[Row[Any]]:
    """Every unit that owes one obligation for one period, and when its result was sent."""
    return connection.execute(_SAME, {"plan": plan, "obligation": obligation, "period": period}).all()


def come_due(connection: Connection, plan: str, day: date) -> Sequence[Row[Any]]:
    """A plan's assignments that were first due by a day, those outside the count left out."""
    return connection.execute(_COME_DUE, {"plan": plan, "day": day}).all()


def checked_at(writing: Writing) -> datetime | None:
    """When (local time) the secretariat last marked the incoming register as read."""
    found = writing.connection.execute(_CHECKED).scalar()
    return writing.ladders.clockwork.local(found) if found else None


def waiting(connection: Connection) -> int:
    """How many results wait to be taken note of."""
    return connection.execute(_WAITING).scalar_one()


def outage(writing: Writing, rung_on: date) -> tuple[date, date] | None:
    """The first and the last working day of the stretch round a rung's day on which nothing ran; None when not known.

    Known is a stretch between two days that were audited (or today) in which no message was tried either.
    """
    clockwork, today = writing.ladders.clockwork, writing.today
    before, after = writing.connection.execute(_AUDITED, {"day": rung_on}).one()
    if before is None:
        return None
    calendar = clockwork.calendar
    first, last = calendar.on_or_after(before + _DAY), calendar.on_or_before(min(after or today, today) - _DAY)
    if not first <= rung_on <= last:
        return None
    span = {"first": _midnight(first, clockwork.zone), "last": _midnight(last + _DAY, clockwork.zone)}
    return None if writing.connection.execute(_TRIED.limit(1), span).first() else (first, last)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _grouped(connection: Connection, query: Any, assignments: Iterable[int]) -> dict[int, list[Row[Any]]]:
    asked = sorted(set(assignments))
    if not asked:
        return {}
    rows = sorted(connection.execute(query, {"asked": asked}).all(), key=lambda row: row.assignment_id)
    return {number: list(some) for number, some in groupby(rows, key=lambda row: row.assignment_id)}
