"""`audit`: what should have left by now, against what did; one row a day, so that silence is noticed (invariant 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Table, and_, false, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as choose

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.sending.outbox import MANUAL
from obligations.store.database import snapshot, writing
from obligations.store.tables import METADATA, AuditDay

# A delivery runs a minute after each rung and every ten in office hours, and a long one takes minutes: no alarm before.
GRACE = timedelta(minutes=10)
_FINAL = ("sent", "failed", "unknown")
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]

_NEWEST = choose(AuditDay).order_by(col(AuditDay.finished_at).desc()).limit(1)


@dataclass(frozen=True)
class Audited:
    """Reminders of one day by the hour of the audit. `waiting` should have left and has not: the number to look at.

    It counts whatever still waits, of days before too: what could not leave is expected each day until it did.
    What a clerk does by telephone (the manual channel) is the control sheet's business and not counted here.
    """

    day: date
    expected: int
    sent: int
    failed: int
    waiting: int


def newest(session: Session) -> AuditDay | None:
    """The audit that finished last, None before the first."""
    return session.exec(_NEWEST).first()


def audit(app: App, now: datetime) -> Audited:
    """Count and keep the day's row; a later audit of the same day replaces it. Refused before the first apply.

    It looks at every reminder there is, whatever should have become of it, and keeps nobody from writing meanwhile.
    """
    with snapshot(app.engine) as session:
        found = _counted(session, now)
    with writing(app.engine) as session:
        kept = session.get(AuditDay, found.day)
        if kept is None or kept.finished_at <= now:  # else another one counted after this and was done before
            session.merge(AuditDay(**vars(found), finished_at=now))
    return found


def _counted(session: Session, now: datetime) -> Audited:
    clockwork = applied.required(session).ladders.clockwork
    day = clockwork.local(now).date()
    start = datetime.combine(day, time(), clockwork.zone).astimezone(UTC)
    fates = _fates(session, start, now)
    unplanned = select(func.count()).where(_assignment.c.next_rung_at <= now - GRACE)
    expected = sum(fates.values()) + session.execute(unplanned).scalar_one()
    sent, failed = fates.get("sent", 0), fates.get("failed", 0) + fates.get("unknown", 0)
    return Audited(day, expected, sent, failed, expected - sent - failed)


def _fates(session: Session, start: datetime, now: datetime) -> dict[str, int]:
    """How the day's reminders ended and what waits: the message's state, the reminder's own where there is none."""
    reminder = _reminder.c
    fate = func.coalesce(_message.c.state, reminder.state)
    final = or_(reminder.state == "failed", _message.c.state.in_(_FINAL))
    counted = or_(
        and_(final, reminder.at >= start),
        and_(~func.coalesce(final, false()), reminder.at <= now - GRACE),
    )
    query = (
        select(fate, func.count())
        .select_from(_reminder)
        .outerjoin(_carried, _carried.c.reminder_id == reminder.id)
        .outerjoin(_message, _message.c.id == _carried.c.message_id)
        .where(reminder.at <= now, reminder.state.in_(("planned", "failed")), counted)
        .where(func.coalesce(_message.c.channel, "") != MANUAL)
        .group_by(fate)
    )
    return dict(session.execute(query).tuples().all())
