"""What became of the messages of the last days: how many left, what failed and in whose words, who was last told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Table, and_, bindparam, func, select
from sqlmodel import Session

from obligations.cases.answering.calling import STAGE
from obligations.cases.sending.outbox import MANUAL
from obligations.domain.duties import Ladders
from obligations.store.tables import METADATA
from obligations.texts.sheet_lines import Failure, Left

_assignment: Table = METADATA.tables["assignment"]
_attempt: Table = METADATA.tables["attempt"]
_carried: Table = METADATA.tables["reminder_message"]
_message: Table = METADATA.tables["message"]
_reminder: Table = METADATA.tables["reminder"]
_at, _m, _r = _attempt.c, _message.c, _reminder.c

_REACHED = (
    select(_r.assignment_id, _at.started_at, _at.stage, _at.answer)
    .join(_carried, _carried.c.reminder_id == _r.id)
    .join(_attempt, _at.message_id == _carried.c.message_id)
    .where(_r.assignment_id.in_(bindparam("assignments", expanding=True)), _r.audience == "unit")
    .where(_at.outcome == "sent")
    .order_by(_at.started_at)
)


class Told(NamedTuple):
    """When a unit was last told of a duty, and what it said on the telephone then."""

    on: date
    said: str


def left(session: Session, ladders: Ladders, now: datetime) -> Left:
    """The messages of the slots from the last working day before today to yesterday; the telephone is not counted."""
    today = ladders.clockwork.local(now).date()
    since = _working_day_before(ladders, today)
    states = _states(session, since, today)
    failures = Counter(_failed(session, since, today))
    failures.update(_never_sent(session, ladders, since, today))
    found = tuple(Failure(to, reason, count) for (to, reason), count in failures.items())
    return Left(since, states.get("sent", 0), states.get("queued", 0) + states.get("started", 0), found)


def waiting(session: Session, now: datetime) -> int:
    """How many messages were tried and wait for another try."""
    query = select(func.count()).where(_m.state == "queued", _m.tries > 0, _m.next_try_at >= now)
    return int(session.execute(query).scalar_one())


def reminded(session: Session, ladders: Ladders, assignments: Iterable[int]) -> dict[int, Told]:
    """Of these assignments, when (local day) the unit was last reached, by mail or telephone."""
    found: dict[int, Told] = {}
    for row in session.execute(_REACHED, {"assignments": list(assignments)}):
        before = found.get(row.assignment_id)
        said = row.answer if row.stage == STAGE else before.said if before else ""
        found[row.assignment_id] = Told(ladders.clockwork.local(row.started_at).date(), said)
    return found


def _working_day_before(ladders: Ladders, today: date) -> date:
    return ladders.configuration.calendar.on_or_before(date.fromordinal(today.toordinal() - 1))


def _slots(first: date, until: date) -> tuple[Any, ...]:
    """Of these days, the last not counted; slots of hours only, not the office's own mail."""
    return _m.slot >= first.isoformat(), _m.slot < until.isoformat(), _m.channel != MANUAL


def _states(session: Session, first: date, until: date) -> dict[str, int]:
    query = select(_m.state, func.count()).where(*_slots(first, until)).group_by(_m.state)
    return dict(session.execute(query).tuples().all())


def _failed(session: Session, first: date, until: date) -> list[tuple[str, str]]:
    """Address and reason of each message that did not arrive, or perhaps did not."""
    last = and_(_at.message_id == _m.id, _at.n == _m.tries)
    query = (
        select(_m.address, func.coalesce(_at.answer, ""))
        .outerjoin(_attempt, last)
        .where(*_slots(first, until), _m.state.in_(("failed", "unknown")))
        .order_by(_m.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _never_sent(session: Session, ladders: Ladders, first: date, until: date) -> list[tuple[str, str]]:
    """Unit and reason of each reminder that never came into a message."""
    zone = ladders.clockwork.zone
    start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, until))
    query = (
        select(_assignment.c.unit, _r.why)
        .join(_assignment, _assignment.c.id == _r.assignment_id)
        .where(_r.state == "failed", _r.at >= start, _r.at < end)
        .where(~select(_carried.c.message_id).where(_carried.c.reminder_id == _r.id).exists())
        .order_by(_r.id)
    )
    units = ladders.configuration.units
    return [(units[row.unit].short_name if row.unit in units else row.unit, row.why) for row in session.execute(query)]
