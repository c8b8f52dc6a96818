"""What a held escalation waits for: the facts that `domain.holding` judges, looked up for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Table, bindparam, select
from sqlmodel import Session

from obligations.cases.answering.decisions import GIVEN_AWAY
from obligations.cases.ledger import officebook
from obligations.cases.reminding.planner import HANDED_OVER
from obligations.domain.duties import Ladders, Track
from obligations.domain.holding import REGISTER, Waiting, Word, unmet
from obligations.store.tables import METADATA

CHECKED = "checked"
_event: Table = METADATA.tables["event"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_e, _r, _m, _a = _event.c, _reminder.c, _message.c, _attempt.c
_OF: BindParameter[Any] = bindparam("of", expanding=True)
_APPROVALS = (
    select(_e.assignment_id, _e.payload).where(_e.kind == "approved", _e.assignment_id.in_(_OF)).order_by(_e.id)
)
_WORDS = (
    select(_r.id, _r.assignment_id, _r.due_on, _r.rung, _r.rung_on, _r.state, _r.why, _a.started_at)
    .outerjoin(_carried, _carried.c.reminder_id == _r.id)
    .outerjoin(_message, (_m.id == _carried.c.message_id) & _m.state.in_(("sent", "unknown")))
    .outerjoin(_attempt, (_a.message_id == _m.id) & _a.outcome.in_(("sent", "unknown")))
    .where(_r.assignment_id.in_(_OF), _r.audience == "unit")
    .order_by(_r.id, _a.started_at)
)
_Key = tuple[int, str, date]  # assignment, rung, target
_Words = Mapping[tuple[int, date], tuple[Word, ...]]  # by assignment and target


class Judge:
    """What some held rows wait for, at one instant; `is_read`: the incoming register was read that day."""

    def __init__(
        self, session: Session, ladders: Ladders, now: datetime, rows: Sequence[Row[Any]], *, is_read: bool
    ) -> None:
        self._ladders, self._now, self.rows, self._is_read = ladders, now, rows, is_read
        self._today = ladders.clockwork.local(now).date()
        asked = (row for row in rows if is_read or not ladders.needs_register(row.audience, row.plan))
        assignments = sorted({row.id for row in asked})  # of the others nothing more is asked today
        self._approved = approvals(session, assignments)
        self._words = _words(session, ladders, assignments)

    def why(self, row: Row[Any]) -> str | None:
        """The first thing a held row waits for; None when it may be let go.

        Nothing is let go for another day: before it leaves the register will have to be read on that day.
        """
        obligation = self._ladders.configuration.obligation(row.plan, row.obligation)
        if obligation is None:
            return str(row.why)
        waiting = Waiting(
            target_on=row.for_due_on,
            needs_register=self._ladders.needs_register(row.audience, row.plan),
            needs_approval=self._ladders.needs_approval(obligation, row, row.audience, row.rung, self._today),
            is_approved=self._approved.get((row.id, row.rung, row.for_due_on), False),
            asked_on=row.asked_on,
            words=self._words.get((row.id, row.for_due_on), ()),
        )
        days = self._ladders.configuration.office.waits.request
        why = unmet(waiting, self._today, self._ladders.clockwork.calendar, days, is_read=self._is_read)
        if why is None and waiting.needs_register and self._day(self.leaves_at(row)) > self._today:
            return REGISTER
        return why

    def moot(self, row: Row[Any]) -> str | None:
        """Why a held row will never leave; None when it may."""
        if self._ladders.is_orphan(row, self._today):
            return HANDED_OVER
        contact = self._ladders.configuration.contacts.get(row.recipient)
        carrier = self._ladders.carrier(row.carrier or row.unit, self._today)
        return GIVEN_AWAY if row.audience == "leader" and contact and contact.unit != carrier else None

    def leaves_at(self, row: Row[Any]) -> datetime:
        """On its own day a rung leaves at its hour, later in office hours."""
        if row.rung_on == self._today:
            at: datetime = row.at
            return at
        obligation = self._ladders.configuration.plans[row.plan].by_id[row.obligation]
        return self._ladders.clockwork.opening(self._now, self._ladders.policy(obligation, Track.of(row)).days)

    def _day(self, instant: datetime) -> date:
        return self._ladders.clockwork.local(instant).date()


def is_read(session: Session, ladders: Ladders, now: datetime) -> bool:
    """Whether the incoming register was read today."""
    last = officebook.newest(session, CHECKED)
    local = ladders.clockwork.local
    return last is not None and local(last.recorded_at).date() == local(now).date()


def approvals(session: Session, assignments: Sequence[int]) -> dict[_Key, bool]:
    """By escalation the last word that was said about it: yes or no."""
    found: dict[_Key, bool] = {}
    for event in session.execute(_APPROVALS, {"of": assignments}) if assignments else ():
        payload = event.payload
        key = (event.assignment_id, payload["rung"], date.fromisoformat(payload["due_on"]))
        found[key] = not payload.get("no", False)
    return found


def _words(
    session: Session, ladders: Ladders, assignments: Sequence[int]
) -> Mapping[tuple[int, date], tuple[Word, ...]]:
    """What each assignment's unit was told itself, by assignment and target, with the days on which it left."""
    found: dict[int, tuple[Row[Any], list[date]]] = {}
    for row in session.execute(_WORDS, {"of": assignments}) if assignments else ():
        days = found.setdefault(row.id, (row, []))[1]
        if row.state == "planned" and row.started_at:
            days.append(ladders.clockwork.local(row.started_at).date())
    words: dict[tuple[int, date], tuple[Word, ...]] = {}
    for row, days in found.values():
        key = (row.assignment_id, row.due_on)
        words[key] = (*words.get(key, ()), Word(row.rung, row.rung_on, row.state, row.why, tuple(days)))
    return words
