"""What was read of the ledger stays true until somebody records something, or a day or an hour passes."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, time

from sqlalchemy import Table, or_, select
from sqlmodel import Session

from obligations.cases.kept import Kept
from obligations.domain.classes import Moment
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_a, _e = _assignment.c, _event.c
# Facts are written one transaction after the other, so the newest number tells of all before it. A unit's link is made
# by a delivery, beside them: its number could hide a fact of a lower one that is committed after it.
_NEWEST_FACT = select(_e.id).where(_e.assignment_id.is_not(None)).order_by(_e.id.desc()).limit(1)


_hours: Kept[tuple[str, ...]] = Kept(16)


def standstill(session: Session, ledger: str, version: int, moment: Moment, *, original: bool = False) -> Hashable:
    """A key that is the same as long as every assignment is told the same: facts, configuration, day, passed hours.

    `ledger` is the database's address: one process may have several. `original`: against that deadline as well.
    """
    newest = session.execute(_NEWEST_FACT).scalar()
    day = (ledger, newest, version, moment.day)
    hours = _hours.get((day, original), lambda: _hours_of(session, moment.day, original=original))
    return *day, _passed(hours, moment.hour)


def _hours_of(session: Session, day: date, *, original: bool) -> tuple[str, ...]:
    """At which hours of that day a deadline passes; the original day has no index, and few ask by it."""
    due = or_(_a.due_on == day, _a.original_due_on == day) if original else _a.due_on == day
    return tuple(session.execute(select(_a.due_at).where(due, _a.due_at.is_not(None)).distinct()).scalars())


def _passed(hours: tuple[str, ...], hour: time | None) -> int:
    now = f"{hour:%H:%M}" if hour else "24:00"
    return sum(one <= now for one in hours)
