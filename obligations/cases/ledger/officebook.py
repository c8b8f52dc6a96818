"""Facts about the whole office, not about any duty: paused, resumed. They stand in the same append-only history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.clock import local_day
from obligations.store.tables import METADATA, Event

OFFICE = ""  # stands in the column `plan`
DONDOC = "dondoc"  # who recorded, where no person did
_e = METADATA.tables["event"].c
_SAID = select(*_e).where(_e.plan == OFFICE, _e.kind.in_(bindparam("kinds", expanding=True)))
_ALL = _SAID.order_by(_e.id)
_NEWEST = _SAID.order_by(_e.id.desc()).limit(1)


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


def newest(session: Session, *kinds: str) -> Row[Any] | None:
    """The office's newest event of these kinds."""
    return session.execute(_NEWEST, {"kinds": kinds}).first()


def all_of(session: Session, kind: str) -> Sequence[Row[Any]]:
    """The office's events of a kind, oldest first: there are as many as people make, a few a year."""
    return session.execute(_ALL, {"kinds": [kind]}).all()
