"""`history`: everything that was decided, planned and sent, in order, with the other side's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, Table, select

from obligations.cases.app import App
from obligations.cases.reading.words import Ours, noted
from obligations.cases.sending.rerouting import moved_from
from obligations.store.tables import METADATA

_T = METADATA.tables
_assignment: Table = _T["assignment"]
_event: Table = _T["event"]
_reminder: Table = _T["reminder"]
_message: Table = _T["message"]
_carried: Table = _T["reminder_message"]
_attempt: Table = _T["attempt"]


_TOLD = {"no": "không đồng ý", "nil": "không phát sinh", "keep": "vẫn tính ngày gửi đầu"}
_DAYS = {"to": "đến", "resubmit_by": "gửi lại chậm nhất", "expected_on": "dự kiến gửi", "on": "ngày"}


@dataclass(frozen=True)
class Entry:
    """One line of the history. A reminder that a message carries shows that message's fate."""

    at: datetime
    kind: str
    plan: str | None
    obligation: str | None = None
    unit: str | None = None
    period: str | None = None
    rung: str | None = None
    recipient: str | None = None
    channel: str | None = None
    state: str | None = None
    outcome: str | None = None
    answer: str | None = None
    message_id: str | None = None
    by: str | None = None
    document: str | None = None

    @property
    def is_failure(self) -> bool:
        """Whether something did not arrive, or nobody knows whether it did."""
        if self.kind == "reminder":
            return self.state in ("failed", "unknown")
        return self.kind == "attempt" and self.outcome not in ("sent", "started")


@dataclass(frozen=True)
class Wanted:
    """Which part of the history: a unit's, an obligation's (`plan/obligation` or its id), since a day; what failed."""

    unit: str | None = None
    obligation: str | None = None
    since: date | None = None
    failed: bool = False
    assignment: int | None = None


def history(app: App, wanted: Wanted, zone: ZoneInfo) -> list[Entry]:
    """Events, reminders and attempts, oldest first; of one instant what caused comes before what followed."""
    with app.engine.connect() as connection:
        entries = [*_events(connection, wanted, zone), *_reminders(connection, wanted, zone)]
        entries += _attempts(connection, wanted, zone)
    entries = [entry for entry in entries if not wanted.failed or entry.is_failure]
    order = {"event": 0, "reminder": 1, "attempt": 2}
    return sorted(entries, key=lambda entry: (entry.at, order[entry.kind]))


def _narrow(query: Select[Any], wanted: Wanted, at: Any, zone: ZoneInfo) -> Select[Any]:
    table = _assignment.c
    if wanted.assignment is not None:
        query = query.where(table.id == wanted.assignment)
    if wanted.unit:
        query = query.where(table.unit == wanted.unit)
    if wanted.obligation:
        plan, _, name = wanted.obligation.rpartition("/")
        query = query.where(table.obligation == name)
        query = query.where(table.plan == plan) if plan else query
    if wanted.since:
        query = query.where(at >= datetime.combine(wanted.since, time(), zone).astimezone(UTC))
    return query


def _events(connection: Connection, wanted: Wanted, zone: ZoneInfo) -> Iterator[Entry]:
    table = _assignment.c
    query = select(_event, table.obligation, table.unit, table.period).outerjoin(
        _assignment, table.id == _event.c.assignment_id
    )
    for row in connection.execute(_narrow(query, wanted, _event.c.recorded_at, zone)):
        yield Entry(
            row.recorded_at,
            "event",
            row.plan or None,
            row.obligation,
            row.unit,
            row.period,
            rung=row.payload.get("rung"),
            recipient=row.payload.get("contact"),
            channel=row.payload.get("channel"),
            state=row.kind,
            answer="; ".join(said(row.payload)) or None,
            by=row.by,
            document=row.document,
        )


def said(payload: Mapping[str, Any]) -> list[str]:
    """What an event says besides its kind: notes, who granted it, days, a unit, what was dated, a refusing address."""
    words: list[str] = [Ours(told) for name, told in _TOLD.items() if payload.get(name)]
    if "address" in payload:
        words.append(": ".join(filter(None, (payload["address"], payload.get("answer")))))
    words += [noted(str(payload[name])) for name in ("note", "granted_by") if payload.get(name)]
    words += [payload["name"]] if "on" in payload else []
    due = f"trước {payload['due_at']} ngày" if payload.get("due_at") else "hết ngày"
    for name, before in {**_DAYS, "due_on": due}.items():
        if isinstance(payload.get(name), str):
            words.append(_day_said(before, payload[name]))
    return words


def _day_said(before: str, value: str) -> str:
    """A day in words; whatever else stands there (a reassignment goes to a unit) as it is."""
    try:
        return Ours(f"{before} {date.fromisoformat(value):%d/%m/%Y}")
    except ValueError:
        return value


def _reminders(connection: Connection, wanted: Wanted, zone: ZoneInfo) -> Iterator[Entry]:
    assignment, reminder, message = _assignment.c, _reminder.c, _message.c
    query = (
        select(assignment.plan, assignment.obligation, assignment.unit, assignment.period)
        .add_columns(reminder.rung, reminder.recipient, reminder.state, reminder.why, reminder.planned_at)
        .add_columns(message.channel, message.state.label("fate"), message.message_id)
        .join(_assignment, assignment.id == reminder.assignment_id)
        .outerjoin(_carried, _carried.c.reminder_id == reminder.id)
        .outerjoin(_message, message.id == _carried.c.message_id)
    )
    for row in connection.execute(_narrow(query, wanted, reminder.planned_at, zone)):
        carried = row.state == "planned" and row.fate in ("sent", "unknown")
        yield Entry(
            row.planned_at,
            "reminder",
            row.plan,
            row.obligation,
            row.unit,
            row.period,
            rung=row.rung,
            recipient=row.recipient or None,
            channel=row.channel,
            state=row.fate if carried else row.state,
            answer=Ours(row.why) if row.why else None,
            message_id=row.message_id,
        )


def _attempts(connection: Connection, wanted: Wanted, zone: ZoneInfo) -> Iterator[Entry]:
    """One line for each reminder that an attempt carried: whoever looks for a duty finds its mail.

    The office's own mail carries none: its line names its kind (`sheet`, `checklist`, `alert`). A message knows where
    it goes now; an attempt before it was moved names whom and what it was tried for then.
    """
    assignment, reminder, message, attempt = _assignment.c, _reminder.c, _message.c, _attempt.c
    query = (
        select(assignment.plan, assignment.obligation, assignment.unit, assignment.period)
        .add_columns(reminder.rung, message.recipient, message.channel, message.state, message.message_id)
        .add_columns(attempt.started_at, attempt.stage, attempt.outcome, attempt.answer, message.slot, message.id)
        .select_from(_attempt)
        .join(_message, message.id == attempt.message_id)
        .outerjoin(_carried, _carried.c.message_id == message.id)
        .outerjoin(_reminder, reminder.id == _carried.c.reminder_id)
        .outerjoin(_assignment, assignment.id == reminder.assignment_id)
        .order_by(attempt.message_id, attempt.n)
    )
    rows = connection.execute(_narrow(query, wanted, attempt.started_at, zone)).all()
    ways: dict[int, tuple[str, str]] = {}  # of messages that were moved after the row at hand
    entries: list[Entry] = []
    for row in reversed(rows):
        if before := moved_from(row.answer) if row.stage == "route" else None:
            ways[row.id] = before
        entries.append(_attempt_entry(row, *ways.get(row.id, (row.recipient, row.channel))))
    return reversed(entries)


def _attempt_entry(row: Row[Any], recipient: str, channel: str) -> Entry:
    stage = f"{row.stage}: " if row.stage and row.outcome != "sent" else ""
    kind, colon, _ = row.slot.partition(":")
    return Entry(
        row.started_at,
        "attempt",
        row.plan,
        row.obligation,
        row.unit,
        row.period,
        rung=row.rung or (kind if colon else None),
        recipient=recipient,
        channel=channel,
        state=row.state,
        outcome=row.outcome or "started",
        answer=f"{stage}{row.answer}" if row.answer else None,
        message_id=row.message_id,
    )
