"""Counts over the ledger: who was reminded of what, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Table, and_, case, func, select

from obligations.cases.app import App
from obligations.cases.sending.outbox import MANUAL
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]


@dataclass(frozen=True)
class Tally:
    """One obligation's reminders: to how many units, how many left, were merged or skipped, and wait to be approved."""

    plan: str
    obligation: str
    units: int
    sent: int
    merged: int
    held: int
    failed: int


def tallies(app: App) -> list[Tally]:
    """By plan and obligation, in the order they were first reminded of."""
    assignment, reminder, message = _assignment.c, _reminder.c, _message.c
    carried = and_(reminder.state == "planned", message.state == "sent")
    columns = (
        func.count(func.distinct(assignment.unit)),
        _count(carried),
        _count(reminder.state.in_(("superseded", "skipped"))),
        _count(reminder.state == "held"),
        _count(reminder.state == "failed"),
    )
    query = (
        select(assignment.plan, assignment.obligation, *columns)
        .join(_assignment, assignment.id == reminder.assignment_id)
        .outerjoin(_carried, _carried.c.reminder_id == reminder.id)
        .outerjoin(_message, message.id == _carried.c.message_id)
        .group_by(assignment.plan, assignment.obligation)
        .order_by(func.min(reminder.id))
    )
    with app.engine.connect() as connection:
        return [Tally(*row) for row in connection.execute(query)]


def messages_sent(app: App) -> int:
    """How many messages the other side took."""
    query = select(func.count()).where(_message.c.state == "sent")
    with app.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


@dataclass(frozen=True)
class Call:
    """A reminder that a clerk has to make by telephone: the duty is open and no other channel reaches its unit."""

    unit: str
    code: str
    due_on: date
    recipient: str
    telephone: str
    plan: str
    obligation: str
    period: str


def calls(app: App) -> list[Call]:
    """The telephone calls that wait, nearest deadline first."""
    assignment, reminder, message = _assignment.c, _reminder.c, _message.c
    query = (
        select(assignment.unit, assignment.code, assignment.due_on, message.recipient, message.address)
        .add_columns(assignment.plan, assignment.obligation, assignment.period)
        .join(_reminder, reminder.assignment_id == assignment.id)
        .join(_carried, _carried.c.reminder_id == reminder.id)
        .join(_message, message.id == _carried.c.message_id)
        .where(message.channel == MANUAL, message.state == "queued", reminder.state == "planned")
        .where(assignment.submitted_on.is_(None), assignment.outside.is_(None))
        .group_by(assignment.id, message.recipient, message.address)
        .order_by(assignment.due_on, assignment.id)
    )
    with app.engine.connect() as connection:
        return [Call(*row) for row in connection.execute(query)]
