"""What could not leave in its time (a pause, a limit, a channel that was down) leaves in office hours, and together.

A rung leaves at any hour of its own day. On a later one it is a late notice: like a first word, it waits for office
hours, and whatever became late meanwhile is of one slot, so that a recipient gets one digest and no flood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Table, bindparam, or_, select, update
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.ledger.withdrawing import Withdrawal
from obligations.cases.reminding.namesakes import Namesakes, left_lately
from obligations.cases.reminding.planner import TOO_LATE
from obligations.domain.duties import Ladders, Track
from obligations.domain.ladder import FIRST_WORDS
from obligations.domain.policy import Policy
from obligations.domain.settling import NEWER
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_assignment: Table = METADATA.tables["assignment"]
_r, _m = _reminder.c, _message.c
_late, _link = _reminder.alias(), _carried.alias()
_REMINDERS = (
    select(_r.id.label("reminder"), _r.rung, _r.rung_on, _r.at, _r.audience, _r.recipient, _r.assignment_id)
    .add_columns(_assignment.c.plan, _assignment.c.obligation, *(_assignment.c[name] for name in Track.NAMES))
    .join(_assignment, _assignment.c.id == _r.assignment_id)
    .where(_r.state == "planned")
)
_IS_LATE = _r.rung_on < bindparam("today")
_UNQUEUED = _REMINDERS.where(_r.queued_at.is_(None), _r.at <= bindparam("now"))
_LATE_UNQUEUED = _UNQUEUED.where(_IS_LATE)
_CLOSED_UNQUEUED = _UNQUEUED.where(or_(_IS_LATE, _r.rung.in_(FIRST_WORDS)))
_QUEUED = (
    _REMINDERS.add_columns(_m.id.label("message"))
    .join(_carried, _carried.c.reminder_id == _r.id)
    .join(_message, _m.id == _carried.c.message_id)
    .where(_m.state == "queued", _m.next_try_at <= bindparam("now"), _m.body.is_(None))
    .where(or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds()))
)
_CARRIES_LATE = (
    select(_late.c.id)
    .join(_link, _link.c.reminder_id == _late.c.id)
    .where(_link.c.message_id == _m.id, _late.c.state == "planned", _late.c.rung_on < bindparam("today"))
)
_LATE_QUEUED = _QUEUED.where(_CARRIES_LATE.exists())


def keep_hours(app: App, ladders: Ladders, now: datetime) -> None:
    """Before anything is queued or sent by `now`: what is late waits for office hours, or is skipped (`late: none`)."""
    lateness = _Lateness(ladders, now)
    with reading(app.engine) as session:
        unqueued, messages = lateness.unqueued(session), lateness.queued(session)
        lateness.ask(session, (*unqueued, *messages))
    changes = [*map(lateness.redated, unqueued), *lateness.postponed(messages)]
    if found := [change for change in changes if change]:
        with writing(app.engine) as session:
            for kind, same in groupby(sorted(found, key=_kind), _kind):
                _write(session, kind, [values for _, values in same])


_REDATE = update(_reminder).where(_r.id == bindparam("row"), _r.queued_at.is_(None)).values(at=bindparam("to"))
_POSTPONE = (
    update(_message)
    .where(_m.id == bindparam("row"), _m.state == "queued", _m.body.is_(None))
    .values(next_try_at=bindparam("to"))
)
_END = Withdrawal(_r.id.in_(bindparam("ids", expanding=True)))
_MOVES = {"redate": _REDATE, "postpone": _POSTPONE}
_ENDS = {"skip": ("skipped", TOO_LATE), "overtake": ("superseded", NEWER)}
_AT_ONCE = 500
_Change = tuple[str, dict[str, Any]]


def _kind(change: _Change) -> str:
    return change[0]


def _write(session: Session, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Changes of one kind; nothing ends that started since it was looked at."""
    if kind in _MOVES:
        session.connection().execute(_MOVES[kind], rows)
        return
    state, why = _ENDS[kind]
    for start in range(0, len(rows), _AT_ONCE):
        _END(session, state=state, why=why, ids=[row["row"] for row in rows[start : start + _AT_ONCE]])


class _Lateness:
    """The rules at one instant."""

    def __init__(self, ladders: Ladders, now: datetime) -> None:
        self._ladders = ladders
        self._now = now
        self._clockwork = ladders.clockwork
        self._today: date = self._clockwork.local(now).date()
        self._is_open = self._clockwork.opening(now, "working") == now
        self._moment = {"now": now, "today": self._today}
        self._lately: Namesakes = {}

    def unqueued(self, session: Session) -> Sequence[Row[Any]]:
        """Reminders in no message yet that are late or must keep hours."""
        return session.execute(_LATE_UNQUEUED if self._is_open else _CLOSED_UNQUEUED, self._moment).all()

    def queued(self, session: Session) -> Sequence[Row[Any]]:
        """The reminders of messages that could leave now: in office hours of those that carry a late one, else all."""
        rows = session.execute(_LATE_QUEUED if self._is_open else _QUEUED, self._moment)
        return sorted(rows, key=lambda row: row.message)  # here: for an order SQLite would read every message

    def ask(self, session: Session, rows: Iterable[Row[Any]]) -> None:
        """What those of whom something is late had a moment ago for another date: the same rung stays silent today."""
        late = {row.assignment_id for row in rows if row.rung_on < self._today}
        self._lately = left_lately(session, late, self._clockwork, self._today)

    def redated(self, row: Row[Any]) -> _Change | None:
        """A late reminder's new instant: now, or when the office opens; it may share its slot with others then."""
        if end := self._end(row):
            return end, {"row": row.reminder}
        at = self._opening(row)
        is_old = self._clockwork.local(row.at).date() < self._today
        return ("redate", {"row": row.reminder, "to": at}) if is_old or at > self._now else None

    def postponed(self, rows: Iterable[Row[Any]]) -> Iterable[_Change | None]:
        """A message leaves with whatever of it is in time; what is late throughout waits for the office to open."""
        for message, carried in groupby(rows, lambda row: row.message):
            same = list(carried)
            ends = {row.reminder: end for row in same if (end := self._end(row))}
            yield from ((end, {"row": reminder}) for reminder, end in ends.items())
            kept = [row for row in same if row.reminder not in ends]
            if kept and (opens := min(map(self._opening, kept))) > self._now:
                yield "postpone", {"row": message, "to": opens}

    def _opening(self, row: Row[Any]) -> datetime:
        if row.rung_on >= self._today and row.rung not in FIRST_WORDS:
            return self._now
        policy = self._policy(row)
        return self._clockwork.opening(self._now, policy.days if policy else "working")

    def _end(self, row: Row[Any]) -> str | None:
        """How a late reminder ends that does not leave any more: nothing late is wanted, or its day has a newer one."""
        policy = self._policy(row)
        if policy is None or row.rung_on >= self._today:
            return None
        if policy.late == "none":
            return None if row.audience in ESCALATIONS else "skip"
        return "overtake" if policy.late == "newest" and self._comes_again(row) else None

    def _comes_again(self, row: Row[Any]) -> bool:
        """Whether the same person hears of the same duty again today: that says all."""
        obligation = self._ladders.configuration.obligation(row.plan, row.obligation)
        rungs = self._ladders.ladder(obligation, Track.of(row)).rungs if obligation else ()
        silent = {rung for rung, recipient in self._lately.get(row.assignment_id, ()) if recipient == row.recipient}
        today = (row.audience, self._today)
        coming = (rung for rung in rungs if (rung.audience, rung.day) == today and rung.at > self._now)
        return any(rung.id not in silent for rung in coming)

    def _policy(self, row: Row[Any]) -> Policy | None:
        obligation = self._ladders.configuration.obligation(row.plan, row.obligation)
        return self._ladders.policy(obligation, Track.of(row)) if obligation else None
