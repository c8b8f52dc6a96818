"""How the recorded assignments would stand once a draft were applied: what a forecast walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, or_, select
from sqlmodel import Session

from obligations.cases.configuring.changes import Change, Move
from obligations.domain.duties import Track
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_c = _assignment.c


@dataclass(frozen=True)
class Standing:
    """One assignment that walks a ladder."""

    plan: str
    obligation: str
    unit: str
    period: str
    carrier: str | None
    track: Track


def standing(session: Session, change: Change, now: datetime) -> Iterator[Standing]:
    """What is open or waits for its reviewer, and what the change reopens; without what it stops."""
    stopped = {stop.row.id for stop in change.stopped} | {row.id for row in change.gone}
    reopened = {row.id for _, row in change.reopened}
    moves = {move.row.id: move for move in (*change.dated, *(move for move in change.moved if move.reason))}
    renamed = {row.id: new for _, row, new in change.renamed}
    columns = (_c.id, _c.plan, _c.obligation, _c.unit, _c.period, _c.carrier, _c.plan_due_on, _c.due_on)
    query = select(*columns, *(_c[name] for name in Track.NAMES)).order_by(_c.id)
    walking = _c.phase.in_(("open", "review"))
    for row in session.execute(query.where(or_(walking, _c.outside == "stopped") if reopened else walking)):
        if row.id in stopped or (row.phase == "closed" and row.id not in reopened):
            continue
        track = Track.of(row)
        if row.id in reopened:
            track = replace(track, phase="open", herald="reopened", herald_at=now)
        if row.id in moves:
            track = _moved(track, row, moves[row.id], now)
        yield Standing(row.plan, renamed.get(row.id, row.obligation), row.unit, row.period, row.carrier, track)


def _moved(track: Track, row: Row[Any], move: Move, now: datetime) -> Track:
    """A resubmit day stays the target; an extension stays where it is the later of both."""
    if track.target_on != row.due_on:
        return track
    target = _later(row.due_on if row.due_on != row.plan_due_on else None, move.due.on)
    if target == track.target_on:
        return track
    if track.phase != "open" or target is None:
        return replace(track, target_on=target, due_since=now)
    herald = "moved" if track.target_on else "activated"
    return replace(track, target_on=target, due_since=now, herald=herald, herald_at=now)  # type: ignore[arg-type]


def _later(extended_to: date | None, due_on: date | None) -> date | None:
    return max(extended_to, due_on) if extended_to and due_on else due_on
