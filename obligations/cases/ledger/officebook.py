"""Facts about the whole office, not about any duty: paused, resumed. They stand in the same append-only history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from obligations.cases import applied
from obligations.cases.clock import local_day
from obligations.store.tables import Event

OFFICE = ""  # stands in the column `plan`
DONDOC = "dondoc"  # who recorded, where no person did
_number = col(Event.id)
_SAID = select(Event).where(Event.plan == OFFICE, col(Event.kind).in_(bindparam("kinds", expanding=True)))
_ALL = _SAID.order_by(_number)
_NEWEST = _SAID.order_by(_number.desc()).limit(1)


def record(
    session: Session,
    kind: str,
    now: datetime,
    *,
    by: str,
    payload: dict[str, Any] | None = None,
    on: date | None = None,
) -> Event:
    """Add one event of the office, effective today unless said."""
    today = on or _today(session, now)
    event = Event(plan=OFFICE, kind=kind, effective_on=today, recorded_at=now, by=by, payload=payload or {})
    session.add(event)
    session.flush()
    return event


def _today(session: Session, now: datetime) -> date:
    in_force = applied.find(session)
    return in_force.ladders.clockwork.local(now).date() if in_force else local_day(now)


def newest(session: Session, *kinds: str) -> Event | None:
    """The office's newest event of these kinds."""
    return session.exec(_NEWEST, params={"kinds": kinds}).first()


def all_of(session: Session, kind: str) -> Sequence[Event]:
    """The office's events of a kind, oldest first: there are as many as people make, a few a year."""
    return session.exec(_ALL, params={"kinds": [kind]}).all()
