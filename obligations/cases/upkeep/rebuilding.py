"""Everything that is derived can be told again: `assignment` and `member` from the events and applied configurations.

Each event tells its rows at once; `doctor` compares whether they hold anything else, and tests rebuild them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring.holders import told_again
from obligations.cases.ledger.records import derived
from obligations.cases.reminding.planning import plan_due
from obligations.domain.duties import Ladders
from obligations.domain.facts import Facts
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_member: Table = METADATA.tables["member"]
_e = _event.c
_TOLD = (
    select(_e.id, _e.assignment_id, _e.plan, _e.kind, _e.effective_on, _e.recorded_at, _e.document, _e.payload)
    .where(_e.assignment_id.is_not(None))
    .order_by(_e.id)
)


@dataclass(frozen=True)
class Difference:
    """A stored value that its events do not tell: the table, the row's key, the column, both values."""

    table: str
    key: str
    column: str
    stored: Any
    told: Any


def verify(app: App, now: datetime) -> list[Difference]:
    """What differs between the derived tables and what their events tell; [] when nothing does.

    Compared at `now`, when what was due has been planned: only then is it certain which rung comes next.
    """
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        return [*_assignments_differ(session, ladders, now), *_members_differ(session)]


def rebuild(app: App, now: datetime) -> None:
    """Write the derived tables anew from the events, in one transaction; what is due by `now` is planned first."""
    plan_due(app, now)
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        rows = [{"row": number, **columns} for number, columns in _told(session, ladders, now)]
        if rows:
            changed: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row"}
            change = update(_assignment).where(_assignment.c.id == bindparam("row")).values(changed)
            session.connection().execute(change, rows)
        session.execute(delete(_member))
        members = list(_members(session).values())
        if members:
            session.execute(insert(_member), members)


def _told(session: Session, ladders: Ladders, now: datetime) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every assignment's columns as its events tell them; what falls at `now` itself has been planned."""
    known: dict[int, Facts] = {}
    for event in session.execute(_TOLD):
        known.setdefault(event.assignment_id, Facts()).tell(event)
    for number, facts in known.items():
        yield number, derived(facts, ladders, now + datetime.resolution)


def _assignments_differ(session: Session, ladders: Ladders, now: datetime) -> Iterator[Difference]:
    stored = {row.id: row for row in session.execute(select(_assignment))}
    for number, columns in _told(session, ladders, now):
        row = stored.pop(number)
        if row.next_rung_at is not None and row.next_rung_at <= now:
            columns |= {"next_rung_at": row.next_rung_at}  # it is due, and not planned yet
        for name, value in columns.items():
            if getattr(row, name) != value:
                yield Difference("assignment", row.code, name, getattr(row, name), value)
    for row in stored.values():
        yield Difference("assignment", row.code, "id", row.id, None)


def _members(session: Session) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Who owes each duty, since when, as the events tell it."""
    return {
        (plan, obligation, unit): {"plan": plan, "obligation": obligation, "unit": unit, "since": since}
        for (plan, obligation), units in told_again(session).items()
        for unit, since in units.items()
    }


def _members_differ(session: Session) -> Iterator[Difference]:
    stored = {(row.plan, row.obligation, row.unit): row.since for row in session.execute(select(_member))}
    told = {key: row["since"] for key, row in _members(session).items()}
    for key in sorted(stored.keys() | told.keys()):
        if stored.get(key) != told.get(key):
            yield Difference("member", "/".join(key), "since", stored.get(key), told.get(key))
