"""Recording a fact: an event is added, and every row that is derived from events is told again from all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Row, Table, Update, bindparam, select, update
from sqlmodel import Session

from obligations.cases.ledger.owing import DUE_MOVED, not_owed
from obligations.cases.ledger.withdrawing import Withdrawal
from obligations.domain.duties import Ladders, Track
from obligations.domain.facts import Facts, fold
from obligations.store.tables import METADATA, Assignment, Event

BATCH = 500
ESCALATIONS = ("leader", "overseer", "own_leadership")
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_reminder: Table = METADATA.tables["reminder"]
_a, _e, _r = _assignment.c, _event.c, _reminder.c
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TOLD = select(_event).where(_e.assignment_id.in_(_IDS)).order_by(_e.assignment_id, _e.id)
_UNSENT = (
    select(_r.id.label("reminder"), _r.rung, _r.cause, _r.due_on.label("for_due_on"), _r.state)
    .add_columns(_a.phase, _a.outside, _a.submitted_on, _a.done_on, _a.target_on, _a.herald_cause, _a.review_cause)
    .join(_assignment, _a.id == _r.assignment_id)
    .where(_r.assignment_id.in_(_IDS), _r.state.in_(("planned", "held")))
    .order_by(_r.id)
)
_ENDING = Withdrawal(_r.id.in_(bindparam("reminders", expanding=True)))
_IS_BACK = select(_a.id).where(_a.id == _r.assignment_id, _a.phase == "open", _a.target_on == _r.due_on).exists()
# Escalations set aside because the date moved are held again when the date comes back.
_RESUME = (
    update(_reminder)
    .where(_r.assignment_id.in_(_IDS), _r.state == "superseded", _r.why == DUE_MOVED)
    .where(_r.audience.in_(ESCALATIONS), _r.queued_at.is_(None), _IS_BACK)
    .values(state="held", why="")
)


class Book:
    """The ledger's pen in one transaction: who records, at which instant, under which configuration."""

    def __init__(self, session: Session, ladders: Ladders, now: datetime, by: str) -> None:
        self.session = session
        self.ladders = ladders
        self.now = now
        self.by = by
        self.today: date = ladders.clockwork.local(now).date()
        self._changed: set[int] = set()

    def record(
        self,
        row: Assignment,
        kind: str,
        on: date | None = None,
        *,
        document: str | None = None,
        payload: dict[str, Any] | None = None,
    ) -> int:
        """Add one event of an assignment, effective today unless said; `retell` then says what it changes. Its id."""
        number = row.id or 0
        event = Event(assignment_id=number, plan=row.plan, kind=kind, effective_on=on or self.today, by=self.by)
        event.recorded_at, event.document, event.payload = self.now, document, payload or {}
        self.session.add(event)
        self._changed.add(number)
        return number

    def retell(self) -> None:
        """Derive what was recorded about anew: its row, its next rung from now on; take back what is no longer owed."""
        self.session.flush()
        wanted = sorted(self._changed)
        self._changed.clear()
        for start in range(0, len(wanted), BATCH):
            facts_of = list(told(self.session, wanted[start : start + BATCH]))
            rows = [{"row": number, **derived(facts, self.ladders, self.now)} for number, facts in facts_of]
            self.session.connection().execute(_retelling(tuple(rows[0])), rows)
            _settle(self.session, [number for number, _ in facts_of])
        self.session.expire_all()


def derived(facts: Facts, ladders: Ladders, now: datetime) -> dict[str, Any]:
    """An assignment's columns, every one a function of its facts; `next_rung_at` looks from `now` on."""
    columns = projected(facts)
    obligation = ladders.configuration.obligation(facts.plan, facts.obligation)
    coming = None
    if obligation is not None:
        coming = ladders.ladder(obligation, Track(*(columns[name] for name in Track.NAMES))).first_at(now)
    return columns | {"next_rung_at": coming}


def projected(facts: Facts) -> dict[str, Any]:
    """The columns that are derived from events alone."""
    is_waiting = facts.phase == "review"
    return {
        "plan": facts.plan,
        "obligation": facts.obligation,
        "unit": facts.unit,
        "period": facts.period,
        "code": facts.code,
        "original_due_on": facts.original_due_on,
        "plan_due_on": facts.plan_due_on,
        "due_on": facts.due_on,
        "due_at": f"{facts.at:%H:%M}" if facts.at else None,
        "phase": facts.phase,
        "target_on": facts.target_on,
        "resubmit_by": facts.resubmit_by,
        "due_since": facts.since,
        "opened_on": facts.opened_on,
        "herald": facts.herald,
        "herald_at": facts.herald_at,
        "herald_cause": facts.herald_cause,
        "review_since": facts.submitted_at if is_waiting else None,
        "review_cause": facts.submission if is_waiting else "",
        "carrier": facts.carrier,
        "submitted_on": facts.submitted_on,
        "done_on": facts.done_on,
        "outside": facts.outside,
        "outside_on": facts.outside_on,
        "born_at": facts.born_at,
        "asked_on": facts.asked_on,
    }


def told(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Facts]]:
    """The facts of these assignments, each with its number."""
    for number, events in groupby(session.execute(_TOLD, {"ids": ids}), key=lambda row: row.assignment_id):
        yield number, fold(events)


def _settle(session: Session, ids: Sequence[int]) -> None:
    """Unsent reminders follow the facts: what is not owed any more ends, an escalation of a date that is back waits."""
    ending: dict[tuple[str, str], list[int]] = {}
    for row in session.execute(_UNSENT, {"ids": ids}).all():
        if verdict := not_owed(row, row.rung, row.cause, row.for_due_on):
            ending.setdefault(verdict, []).append(row.reminder)
    for (state, why), reminders in ending.items():
        _ENDING(session, state=state, why=why, reminders=reminders)
    session.connection().execute(_RESUME, {"ids": ids})


@cache
def _retelling(names: tuple[str, ...]) -> Update:
    """The change of one assignment's columns; `row` is its number."""
    changed: dict[str, Any] = {name: bindparam(name) for name in names if name != "row"}
    return update(_assignment).where(_a.id == bindparam("row")).values(changed)


def events_of(session: Session, assignment_id: int) -> Sequence[Row[Any]]:
    """One assignment's events in the order they were recorded."""
    return session.execute(_TOLD, {"ids": [assignment_id]}).all()
