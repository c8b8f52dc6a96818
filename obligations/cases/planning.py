"""`plan_due`: every owed rung whose time has come gets its row, once, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, and_, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.withdrawing import withdraw
from obligations.domain import ladder
from obligations.domain.duties import Ladders, Track
from obligations.domain.ladder import NEWER, Audience, Owed, Rung
from obligations.domain.plan import Obligation
from obligations.domain.policy import Policy
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

BATCH = 500
NO_RECIPIENT = "không có đầu mối nhận"
HANDED_OVER = "đơn vị đã kết thúc, chờ bàn giao"
WAITS_FOR_REGISTER = "chờ rà sổ"
TOO_LATE = "đã quá ngày nhắc"
_HELD: tuple[Audience, ...] = ("leader", "own_leadership")
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]


@dataclass(frozen=True)
class PlannedRow:
    """One reminder that was recorded, as an admin reads it."""

    plan: str
    obligation: str
    unit: str
    period: str
    rung: str
    recipient: str
    state: str
    why: str
    due_on: date


@dataclass(frozen=True)
class Planned:
    rows: tuple[PlannedRow, ...] = ()


@dataclass
class _Batch:
    """What one transaction will write."""

    reminders: list[dict[str, Any]] = field(default_factory=list)
    overtaken: dict[Audience, list[int]] = field(default_factory=dict)
    next_rungs: list[dict[str, Any]] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)


def plan_due(app: App, now: datetime, *, plan: str | None = None, obligation: str | None = None) -> Planned:
    """Record all rungs due by `now`, of one plan or obligation when named. Does nothing before the first apply.

    Work grows with what is due: one indexed query finds it. Each batch is one transaction, and the database refuses a
    second row for the same rung, so a repeated or concurrent call does no harm.
    """
    with reading(app.engine) as session:
        in_force = applied.find(session)
    rows: list[PlannedRow] = []
    while in_force is not None:
        with reading(app.engine) as session:
            if not _due(session, now, plan, obligation, limit=1):
                break
        with writing(app.engine) as session:
            batch = _plan(session, in_force.ladders, _due(session, now, plan, obligation, limit=BATCH), now)
            _write(session, batch)
        rows += batch.rows
    return Planned(tuple(rows))


def _due(
    session: Session, now: datetime, plan: str | None, obligation: str | None, *, limit: int
) -> Sequence[Row[Any]]:
    table = _assignment.c
    query = select(_assignment).where(table.next_rung_at <= now).order_by(table.next_rung_at, table.id).limit(limit)
    if plan is not None:
        query = query.where(table.plan == plan)
    if obligation is not None:
        query = query.where(table.obligation == obligation)
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update()
    return session.execute(query).all()


def _plan(session: Session, ladders: Ladders, due: Sequence[Row[Any]], now: datetime) -> _Batch:
    known = _known(session, [row.id for row in due])
    batch = _Batch()
    for row in due:
        obligation = ladders.configuration.obligation(row.plan, row.obligation)
        if obligation is None or row.due_on is None:
            batch.next_rungs.append({"row": row.id, "at": None})
            continue
        _Planner(ladders, row, obligation, now).plan(batch, known.get(row.id, ()))
    return batch


def _known(session: Session, ids: list[int]) -> dict[int, list[Row[Any]]]:
    """What is already recorded for these assignments, by assignment."""
    table = _reminder.c
    query = select(table.assignment_id, table.due_on, table.rung).where(table.assignment_id.in_(ids))
    found: dict[int, list[Row[Any]]] = {}
    for row in session.execute(query):
        found.setdefault(row.assignment_id, []).append(row)
    return found


class _Planner:
    """Plans one assignment at one instant."""

    def __init__(self, ladders: Ladders, row: Row[Any], obligation: Obligation, now: datetime) -> None:
        self._ladders = ladders
        self._row = row
        self._now = now
        self._today = ladders.clockwork.local(now).date()
        track = Track(row.due_on, row.due_since, row.opened_on, row.notice)
        self._policy: Policy = ladders.policy(obligation, track)
        self._ladder = ladders.ladder(obligation, track)

    def plan(self, batch: _Batch, known: Iterable[Row[Any]]) -> None:
        seen = {row.rung for row in known if row.due_on == self._row.due_on}
        for owed in ladder.settle(self._ladder, self._now, seen, self._policy, first=self._row.next_rung_at):
            reminders = list(self._reminders(owed))
            batch.reminders += reminders
            batch.rows += [self._planned(values) for values in reminders]
            if owed.why is None and self._policy.late != "all":
                batch.overtaken.setdefault(owed.rung.audience, []).append(self._row.id)
        batch.next_rungs.append({"row": self._row.id, "at": self._ladder.next_at(self._now)})

    def _reminders(self, owed: Owed) -> Iterator[dict[str, Any]]:
        rung = owed.rung
        state, why, at = self._verdict(owed)
        recipients = self._ladders.recipients(rung.audience, self._row.unit, self._today)
        if not recipients and state in ("planned", "held"):
            handed = self._ladders.carrier(self._row.unit, self._today) is None
            state, why = ("skipped", HANDED_OVER) if handed else ("failed", NO_RECIPIENT)
        for recipient in [contact.id for contact in recipients] or [""]:
            yield {
                "assignment_id": self._row.id,
                "due_on": self._row.due_on,
                "rung": rung.id,
                "recipient": recipient,
                "cause": "",
                "audience": rung.audience,
                "rung_on": rung.day,
                "at": at,
                "planned_at": self._now,
                "state": state,
                "why": why,
            }

    def _verdict(self, owed: Owed) -> tuple[str, str, datetime]:
        rung = owed.rung
        if owed.why:
            return "superseded", owed.why, rung.at
        if rung.audience in _HELD:
            return "held", WAITS_FOR_REGISTER, rung.at
        if not self._is_late(rung):
            return "planned", "", rung.at
        if self._policy.late == "none":
            return "skipped", TOO_LATE, rung.at
        return "planned", "", self._ladders.clockwork.opening(self._now, self._policy.days)

    def _is_late(self, rung: Rung) -> bool:
        """A rung leaves whatever the hour on its own day; on a later one it is a late notice, within office hours."""
        return rung.day < self._today

    def _planned(self, values: dict[str, Any]) -> PlannedRow:
        row = self._row
        shown = {key: values[key] for key in ("rung", "recipient", "state", "why", "due_on")}
        return PlannedRow(row.plan, row.obligation, row.unit, row.period, **shown)


def _write(session: Session, batch: _Batch) -> None:
    """Older unsent reminders give way first: what is inserted after is never its own elder."""
    for audience, ids in batch.overtaken.items():
        _supersede(session, audience, ids)
    if batch.reminders:
        session.execute(_insert_once(session), batch.reminders)
    if batch.next_rungs:
        change = update(_assignment).where(_assignment.c.id == bindparam("row")).values(next_rung_at=bindparam("at"))
        session.connection().execute(change, batch.next_rungs)


def _insert_once(session: Session) -> Any:
    """INSERT that the unique key turns into nothing the second time."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return make(_reminder).on_conflict_do_nothing()


def _supersede(session: Session, audience: Audience, ids: list[int]) -> None:
    """What waits unsent for these assignments and audience is overtaken by the newer rung (late: newest)."""
    table = _reminder.c
    waiting = and_(table.assignment_id.in_(ids), table.audience == audience)
    withdraw(session, waiting, state="superseded", why=NEWER)
