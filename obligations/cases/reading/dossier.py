"""The dossier of one assignment: how it stands, where its date comes from, and everything that happened, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering.addressing import Address, find
from obligations.cases.app import App
from obligations.cases.ledger.anchors import EVENT
from obligations.cases.reading import history
from obligations.cases.reading.classing import moment_of
from obligations.cases.reading.deadlines import explain
from obligations.cases.reading.history import Entry, said
from obligations.cases.reading.rows import Row, rows_of
from obligations.cases.reading.words import EVENTS, STATES, rung_words
from obligations.domain.deadline import After
from obligations.domain.duties import Duty, Ladders, dues_of
from obligations.domain.facts import Facts
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import METADATA

_event: Table = METADATA.tables["event"]
_upload: Table = METADATA.tables["upload"]
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, what, in whose words (those of our own are `Ours`), by whom."""

    at: datetime
    what: str
    details: tuple[str, ...] = ()
    by: str = ""
    document: str = ""
    is_failure: bool = False
    is_message: bool = False


@dataclass(frozen=True)
class File:
    """A file that came with an answer."""

    id: int
    name: str


@dataclass(frozen=True)
class Dossier:
    """`how` explains the plan's own date; steps are newest first."""

    row: Row
    how: str
    steps: list[Step]
    files: list[File]
    configuration: Configuration

    @property
    def waits_for_event(self) -> bool:
        """Whether its due date comes with the day of an event, which somebody tells on the plan's page."""
        facts = self.row.facts
        obligation = self.configuration.obligation(facts.plan, facts.obligation)
        form = obligation.form if obligation and facts.due_on is None else None
        return isinstance(form, After) and form.anchor.startswith(EVENT)


def dossier(app: App, code: str, now: datetime) -> Dossier:
    """All of one assignment; Refused when no assignment has that code."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        found = find(session, Address(code=code.upper()))
        number = found.id or 0
        [row] = rows_of(session, ladders, [number], moment_of(ladders, now))
        notes = _notes(session, number)
        files = [File(one.id, one.name) for one in session.execute(_files(number))]
    entries = history.history(app, history.Wanted(assignment=number), ladders.clockwork.zone)
    steps = [step for entry in entries if (step := _step(entry, ladders, notes)) is not None]
    return Dossier(row, how(row.facts, ladders), steps[::-1], files, ladders.configuration)


def how(facts: Facts, ladders: Ladders) -> str:
    """The plan's words, the rule, the days that mattered; empty where the plan no longer gives this period."""
    configuration = ladders.configuration
    plan = configuration.plans.get(facts.plan)
    obligation = configuration.obligation(facts.plan, facts.obligation)
    if plan is None or obligation is None:
        return ""
    through = max(filter(None, (facts.original_due_on, facts.plan_due_on)), default=date.min) + _YEAR
    for due in dues_of(plan, obligation, configuration.reading(plan), through):
        if due.period == facts.period:
            return explain(configuration, Duty(plan, obligation, facts.unit, due))
    return ""


def _step(entry: Entry, ladders: Ladders, notes: dict[tuple[datetime, str], list[str]]) -> Step | None:
    """An entry in words; a reminder that a message carried is told by its attempts."""
    contact = ladders.configuration.contacts.get(entry.recipient or "")
    to = contact.name if contact else entry.recipient or ""
    if entry.kind == "event":
        units = ladders.configuration.units
        told = [units[one].name if one in units else one for one in notes.get((entry.at, entry.state or ""), ())]
        details = _given(*(one for one in told if one != entry.by))  # who stands behind it anyway
        what = EVENTS.get(entry.state or "", entry.state or "")
        return Step(entry.at, what, details, entry.by or "", entry.document or "")
    if entry.kind == "reminder":
        if entry.state in ("sent", "unknown", "planned"):
            return None
        words = f"Nhắc {rung_words(entry.rung)}: {STATES.get(entry.state or '', entry.state)}"
        return Step(entry.at, words, _given(to, entry.answer), is_failure=entry.is_failure, is_message=True)
    fate = STATES.get(entry.outcome or "", entry.outcome)
    details = _given(to, entry.channel, entry.answer)
    return Step(
        entry.at, f"Gửi {rung_words(entry.rung)}: {fate}", details, is_failure=entry.is_failure, is_message=True
    )


def _given(*words: str | None) -> tuple[str, ...]:
    return tuple(one for one in words if one)


def _notes(session: Session, number: int) -> dict[tuple[datetime, str], list[str]]:
    """What people said with each event: a note, the day asked for or granted."""
    query = select(_event.c.recorded_at, _event.c.kind, _event.c.payload).where(_event.c.assignment_id == number)
    return {(row.recorded_at, row.kind): said(row.payload) for row in session.execute(query)}


def _files(number: int) -> Any:
    joined = select(_upload.c.id, _upload.c.name).join(_event, _event.c.id == _upload.c.event_id)
    return joined.where(_event.c.assignment_id == number).order_by(_upload.c.id)
