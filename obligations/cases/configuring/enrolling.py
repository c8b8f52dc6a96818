"""Taking duties into the ledger: an assignment for each unit and period, with the events that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table
from sqlmodel import Session, col, func, select

from obligations.cases import applied
from obligations.cases.configuring.changes import Change, Key, first_open, is_past, told
from obligations.cases.ledger.records import derived
from obligations.domain.duties import Duty, Ladders, Members
from obligations.domain.facts import UNKNOWN, fold
from obligations.store.bulk import Bound, Bulk, reserve
from obligations.store.tables import METADATA, Assignment, Event

_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_member: Table = METADATA.tables["member"]


@dataclass(frozen=True)
class Enrolment:
    """What all rows of one apply share."""

    ladders: Ladders
    now: datetime
    by: str
    notices: set[Key]

    @property
    def today(self) -> date:
        return self.ladders.clockwork.local(self.now).date()


def enrol(session: Session, ladders: Ladders, change: Change, now: datetime, *, by: str) -> None:
    """Write what the change gains, and nothing else of it."""
    known = applied.members(session)
    notices = first_open(change.gained, told(change, known), now, ladders.clockwork.zone)
    enrolment = Enrolment(ladders, now, by, notices)
    _freeze_members(session, change.gained, known, now)
    _insert(session, enrolment, change.gained, _codes(session, enrolment, change.gained))


def _freeze_members(session: Session, gained: Iterable[Duty], known: Members, now: datetime) -> None:
    """Who a group meant is settled the day the duty is activated."""
    new = {
        (duty.plan.id, duty.obligation.id, duty.unit): None
        for duty in gained
        if duty.unit not in known.get((duty.plan.id, duty.obligation.id), ())
    }
    bulk = Bulk(session.connection(), _member, _names(_member))
    since = bulk.bound({"since": now})
    bulk.insert({"plan": plan, "obligation": one, "unit": unit, **since} for plan, one, unit in new)


def _codes(session: Session, enrolment: Enrolment, gained: list[Duty]) -> dict[Key, str]:
    """A short code for the telephone: K, the plan's running number, the number in the plan; never used again."""
    numbers = _plan_numbers(session, enrolment, gained)
    counted = select(Assignment.plan, func.count()).group_by(Assignment.plan)
    used = Counter({plan: int(count) for plan, count in session.exec(counted)})
    codes: dict[Key, str] = {}
    position = {unit.id: unit.position for unit in enrolment.ladders.configuration.units.values()}
    for duty in sorted(gained, key=lambda duty: (duty.due.on is None, duty.due.on, duty.key[:2], position[duty.unit])):
        used[duty.plan.id] += 1
        codes[duty.key] = f"K{numbers[duty.plan.id]}-{used[duty.plan.id]:04}"
    return codes


def _plan_numbers(session: Session, enrolment: Enrolment, gained: Iterable[Duty]) -> dict[str, int]:
    """Each plan's running number, given once by its activation."""
    events = session.exec(select(Event).where(Event.kind == "activated").order_by(col(Event.id)))
    numbers = {event.plan: int(event.payload["number"]) for event in events}
    for plan in enrolment.ladders.configuration.plans:
        if plan not in numbers:
            numbers[plan] = len(numbers) + 1
            payload = {"number": numbers[plan]}
            session.add(Event(**_values(enrolment, plan, "activated", payload)))
    session.flush()
    return numbers


def _insert(session: Session, enrolment: Enrolment, gained: list[Duty], codes: dict[Key, str]) -> None:
    connection = session.connection()
    rows, events = _bulks(connection)
    beginnings = _Beginnings(enrolment, rows, events)
    numbers = reserve(connection, _assignment, len(gained))
    born = [(number, duty, codes[duty.key], beginnings.of(duty)) for number, duty in zip(numbers, gained, strict=True)]
    rows.insert({**one.row, "id": number, "unit": duty.unit, "code": code} for number, duty, code, one in born)
    events.insert(
        {**event, "assignment_id": number}
        for number, duty, code, one in born
        for event in one.events(events, duty.unit, code)
    )


def _bulks(connection: Connection) -> tuple[Bulk, Bulk]:
    """The rows and the events with which duties begin."""
    names = [name for name in _names(_event) if name != "id"]
    return Bulk(connection, _assignment, _names(_assignment)), Bulk(connection, _event, names)


class _Beginning(NamedTuple):
    """What the units of one obligation and period share, bound for the database but for the first event's payload."""

    row: Bound
    first: Bound
    payload: dict[str, Any]
    others: tuple[Bound, ...]

    def events(self, bulk: Bulk, unit: str, code: str) -> Iterator[Bound]:
        """One unit's, but for its assignment."""
        yield self.first | bulk.bound({"payload": self.payload | {"unit": unit, "code": code}})
        yield from self.others


class _Beginnings:
    """How each obligation and period begins; its units differ only in name and code."""

    def __init__(self, enrolment: Enrolment, rows: Bulk, events: Bulk) -> None:
        self._enrolment = enrolment
        self._rows, self._events = rows, events
        self._found: dict[tuple[str, str, str, bool], _Beginning] = {}

    def of(self, duty: Duty) -> _Beginning:
        key = (duty.plan.id, duty.obligation.id, duty.due.period, duty.key in self._enrolment.notices)
        if key not in self._found:
            events = list(_beginning(self._enrolment, duty))
            told = fold(SimpleNamespace(id=None, **event) for event in events)
            row = derived(told, self._enrolment.ladders, self._enrolment.now)
            first, *others = (self._events.bound(event) for event in events)
            self._found[key] = _Beginning(self._rows.bound(row), first, events[0]["payload"], tuple(others))
        return self._found[key]


def _beginning(enrolment: Enrolment, duty: Duty) -> Iterator[dict[str, Any]]:
    """An assignment's first events, enough to build its row again; its code is given apart."""
    due = duty.due
    payload = {
        "obligation": duty.obligation.id,
        "unit": duty.unit,
        "period": due.period,
        "code": "",
        "due_on": _text(due.on),
        "due_at": f"{due.at:%H:%M}" if due.at else None,
        "opened_on": _text(due.after_on),
        "notice": duty.key in enrolment.notices,
    }
    yield _values(enrolment, duty.plan.id, "due_set", payload)
    if done := duty.obligation.done:
        day = done.on.isoformat()
        for kind, extra in (("submitted", {"sent": day, "counts_on": day, "in_plan": True}), ("confirmed", {})):
            event = _values(enrolment, duty.plan.id, kind, extra)
            yield event | {"effective_on": done.on, "document": done.document}
    elif is_past(duty, enrolment.now, enrolment.ladders.clockwork.zone):
        yield _values(enrolment, duty.plan.id, UNKNOWN, {})


def _values(enrolment: Enrolment, plan: str, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "plan": plan,
        "kind": kind,
        "effective_on": enrolment.today,
        "recorded_at": enrolment.now,
        "by": enrolment.by,
        "document": None,
        "payload": payload,
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]
