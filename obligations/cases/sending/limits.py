"""How much may leave before a person is asked: messages in one delivery, and to one recipient on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Table, bindparam, func, or_, select, update
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.domain.duties import Ladders
from obligations.domain.ladder import Clockwork
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

PER_RUN, PER_DAY = "per_run", "per_recipient_day"
LIMITS = "limits"  # in a `resumed` event: those that a person lifts for that day
WAITS = "đã đủ số tin trong ngày cho người nhận này; chờ dondoc resume hoặc ngày làm việc sau"
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_channel: Table = METADATA.tables["channel_state"]
_m, _r, _a = _message.c, _reminder.c, _attempt.c
_REACHED = ("sent", "unknown", "started")
# What the courier would take now.
_RESTING = select(_channel.c.channel).where(_channel.c.down_until > bindparam("now"))
_DUE = (
    _m.state == "queued",
    _m.next_try_at <= bindparam("now"),
    _m.channel.not_in(_RESTING),
    or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds()),
)
_COUNT_DUE = select(func.count()).select_from(_message).where(*_DUE)
_REMINDS = select(_carried.c.message_id).where(_carried.c.message_id == _m.id).exists()
_DUE_REMINDING = select(_m.id, _m.recipient).where(*_DUE, _m.body.is_(None), _REMINDS)
# Looked for among what waits, which is little.
_REASON = (
    select(_carried.c.message_id)
    .join(_reminder, _r.id == _carried.c.reminder_id)
    .where(_carried.c.message_id == _m.id, _r.state == "planned", _r.why == WAITS)
)
_HELD_BACK = select(_m.id).where(_m.state == "queued", _m.next_try_at.is_not(None), _REASON.exists())
_COUNT_HELD_BACK = select(func.count()).select_from(_HELD_BACK.subquery())
_IS_HELD_BACK = _HELD_BACK.where(_m.next_try_at <= bindparam("now")).limit(1)
_HAD = (
    select(_m.recipient, func.count(func.distinct(_m.id)))
    .join(_attempt, _a.message_id == _m.id)
    .join(_carried, _carried.c.message_id == _m.id)
    .where(_a.started_at >= bindparam("since"))
    .where(or_(_m.state.in_(_REACHED), _m.body.is_not(None)))
    .group_by(_m.recipient)
)


def excess(session: Session, ladders: Ladders, now: datetime) -> int | None:
    """How many messages are about to leave when that is more than one delivery may send, unless lifted today."""
    most = ladders.configuration.office.limits.per_run
    count: int = session.execute(_COUNT_DUE, {"now": now}).scalar_one()
    return count if count > most and not _is_lifted(session, ladders.clockwork, PER_RUN, now) else None


def too_many(session: Session, ladders: Ladders, now: datetime) -> list[int]:
    """The ids of due messages that are more than their recipients may get today; the most urgent are not among them.

    A repeat of a message that may have arrived is that message and no other. The office's mail to itself, which carries
    no reminders, is not counted.
    """
    most = ladders.configuration.office.limits.per_recipient_day
    waiting = _by_recipient(session.execute(_DUE_REMINDING, {"now": now}))
    if not waiting:
        return []
    today = ladders.clockwork.local(now).date()
    had = _had(session, _midnight(ladders.clockwork, today))
    over = {name: ids for name, ids in waiting.items() if len(ids) + had.get(name, 0) > most}
    if not over or _is_lifted(session, ladders.clockwork, PER_DAY, now):
        return []
    ranks = _urgency(session, now, today)
    held: list[int] = []
    for name, ids in over.items():
        ordered = sorted(ids, key=lambda one: ranks.get(one, (True, date.max, one)))
        held += ordered[max(0, most - had.get(name, 0)) :]
    return held


def hold_back(session: Session, ladders: Ladders, messages: Sequence[int], now: datetime) -> None:
    """These wait until the next working day opens; the reminders they carry say why."""
    clockwork = ladders.clockwork
    tomorrow = _midnight(clockwork, clockwork.local(now).date() + timedelta(days=1))
    free = (_m.id == bindparam("row"), _m.state == "queued", _m.body.is_(None))
    later = update(_message).where(*free).values(next_try_at=clockwork.opening(tomorrow, "working"))
    carried = select(_carried.c.reminder_id).where(_carried.c.message_id == bindparam("row"))
    told = update(_reminder).where(_r.id.in_(carried), _r.state == "planned").values(why=WAITS)
    rows = [{"row": one} for one in messages]
    session.connection().execute(later, rows)
    session.connection().execute(told, rows)


def let_go(session: Session, now: datetime) -> int:
    """What was held back may leave at once; how many messages that is."""
    held = session.execute(_HELD_BACK.where(_m.next_try_at > now)).scalars().all()
    if held:
        change = update(_message).where(_m.id == bindparam("row")).values(next_try_at=now)
        session.connection().execute(change, [{"row": one} for one in held])
        _forget(session, now)
    return len(held)


def forget(app: App, now: datetime) -> None:
    """The reason goes from what is due again: it is not held back any more."""
    with reading(app.engine) as session:
        if not session.execute(_IS_HELD_BACK, {"now": now}).first():
            return
    with writing(app.engine) as session:
        _forget(session, now)


def _forget(session: Session, now: datetime) -> None:
    due = select(_carried.c.reminder_id).join(_message, _m.id == _carried.c.message_id)
    due = due.where(_m.state == "queued", _m.next_try_at <= now)
    session.execute(update(_reminder).where(_r.id.in_(due), _r.why == WAITS).values(why=""))


def held_back(session: Session) -> int:
    """How many messages wait because their recipients had enough that day."""
    return int(session.execute(_COUNT_HELD_BACK).scalar_one())


def _by_recipient(rows: Iterable[Row[Any]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.recipient, []).append(row.id)
    return found


def _had(session: Session, since: datetime) -> dict[str, int]:
    """How many messages each recipient got, or may have got, since midnight; what tells an admin is not counted."""
    return dict(session.execute(_HAD, {"since": since}).tuples().all())


def _urgency(session: Session, now: datetime, today: date) -> dict[int, tuple[bool, date, int]]:
    """By message: what is overdue or due today comes first, then by deadline, then as queued."""
    query = (
        select(_m.id, func.min(_r.due_on).label("due_on"))
        .join(_carried, _carried.c.message_id == _m.id)
        .join(_reminder, _r.id == _carried.c.reminder_id)
        .where(*_DUE, _r.state == "planned")
        .group_by(_m.id)
    )
    return {row.id: (row.due_on > today, row.due_on, row.id) for row in session.execute(query, {"now": now})}


def _is_lifted(session: Session, clockwork: Clockwork, limit: str, now: datetime) -> bool:
    """Whether a person let it go on this very day."""
    today = clockwork.local(now).date()
    resumed = officebook.all_of(session, "resumed")
    return any(
        limit in event.payload.get(LIMITS, ()) and clockwork.local(event.recorded_at).date() == today
        for event in resumed
    )


def _midnight(clockwork: Clockwork, day: date) -> datetime:
    return clockwork.instant(day, time())
