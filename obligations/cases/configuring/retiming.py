"""A changed policy, calendar or hour acts on rungs not yet planned, from the moment of apply."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select, update
from sqlmodel import Session

from obligations.domain.duties import Ladders, Track
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_columns = _assignment.c
_SHARED = ("plan", "obligation", *Track.NAMES, "next_rung_at")
_OPEN = (_columns.phase.in_(("open", "review")),)


def retime(session: Session, ladders: Ladders, now: datetime) -> int:
    """Give every open assignment its next rung under a new configuration; how many ladders changed theirs.

    What was owed by `now` was planned under the old one before; what the new one puts before `now` was never owed.
    Assignments that share a ladder count as one: work grows with obligations and periods, not with units.
    """
    shared = [_columns[name] for name in _SHARED]
    groups = session.execute(select(*shared).where(*_OPEN).group_by(*shared)).all()
    return sum(_retime(session, ladders, group, now) for group in groups)


def _retime(session: Session, ladders: Ladders, group: Row[Any], now: datetime) -> bool:
    obligation = ladders.configuration.obligation(group.plan, group.obligation)
    if obligation is None or (group.next_rung_at is not None and group.next_rung_at <= now):
        return False  # gone (refused before), or just enrolled and not planned yet
    coming = ladders.ladder(obligation, Track.of(group)).next_at(now)
    if coming == group.next_rung_at:
        return False
    same = [_columns[name].is_not_distinct_from(getattr(group, name)) for name in _SHARED]
    session.execute(update(_assignment).where(*_OPEN, *same).values(next_rung_at=coming))
    return True
