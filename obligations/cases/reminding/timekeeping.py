"""A clock that goes backwards: what was recorded lies in its future, so it cannot be trusted to say what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM
from obligations.cases.ledger import officebook
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA

TOLERANCE = timedelta(minutes=2)  # machines that keep the time differ by seconds; an event may be a moment ahead
CLOCK = "clock"  # in a `resumed` event: the recorded instant that a person says was wrong
_T = METADATA.tables
_event, _version, _audit, _reminder = (_T[name].c for name in ("event", "config_version", "audit_day", "reminder"))
_INSTANTS: tuple[Select[Any], ...] = (
    select(_event.recorded_at).order_by(_event.id.desc()).limit(1),
    select(_version.applied_at).order_by(_version.id.desc()).limit(1),
    select(_audit.finished_at).order_by(_audit.day.desc()).limit(1),
    select(_reminder.planned_at).order_by(_reminder.id.desc()).limit(1),
    select(func.max(_T["attempt"].c.started_at)),
    select(func.max(_T["engine"].c.beat_at)),
)
_NEWEST = select(*(question.scalar_subquery() for question in _INSTANTS))


class ClockWentBack(Refused):
    """The machine's clock shows an earlier time than what was recorded last."""


def refuse_going_back(session: Session, now: datetime) -> None:
    """ClockWentBack when `now` is earlier than the newest recorded instant, unless a person said that one was wrong."""
    if found := going_back(session, now):
        raise found


def going_back(session: Session, now: datetime) -> ClockWentBack | None:
    """What `refuse_going_back` raises."""
    latest = lies_ahead(session, now)
    if latest is None:
        return None
    in_force = applied.find(session)
    zone = in_force.ladders.clockwork.zone if in_force else VIETNAM
    shown, recorded = (f"{one.astimezone(zone):%H:%M %d/%m/%Y}" for one in (now, latest))
    words = f"đồng hồ máy chỉ {shown}, sớm hơn lần ghi sổ gần nhất ({recorded}); chưa gửi, chưa ghi gì."
    fix = "Chỉnh lại đồng hồ máy. Nếu giờ máy nay đã đúng (trước đó chạy nhanh) thì chạy dondoc resume."
    return ClockWentBack("clock-back", words, fix)


def clock_trouble(app: App, now: datetime) -> ClockWentBack | None:
    """`going_back`, in a session of its own."""
    with reading(app.engine) as session:
        return going_back(session, now)


def lies_ahead(session: Session, now: datetime) -> datetime | None:
    """The newest recorded instant where it lies in the future and nobody said that it was wrong."""
    latest = _latest(session)
    if latest is None or latest - TOLERANCE <= now or _is_known_wrong(session, latest, now):
        return None
    return latest


def _latest(session: Session) -> datetime | None:
    """The newest instant in the ledger; each look-up is one step in an index."""
    row = session.execute(_NEWEST).one()
    return max((instant for instant in row if instant is not None), default=None)


def _is_known_wrong(session: Session, latest: datetime, now: datetime) -> bool:
    return any(
        event.recorded_at - TOLERANCE <= now and latest <= datetime.fromisoformat(event.payload[CLOCK])
        for event in officebook.all_of(session, "resumed")
        if CLOCK in event.payload
    )
