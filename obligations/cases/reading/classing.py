"""The class of an assignment, told by the database from its row: the same table as `domain.classes.class_of`."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, text

from obligations.domain.classes import (
    DONE_IN_TIME,
    DONE_LATE,
    HANDED_OVER,
    OPEN_IN_TIME,
    OPEN_OVERDUE,
    SUBMITTED,
    Moment,
)
from obligations.domain.duties import Ladders
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c
UNFINISHED = text("assignment.phase != 'closed'")  # as the partial index writes it


def moment_of(ladders: Ladders, now: datetime) -> Moment:
    """The office's own day and hour."""
    local = ladders.clockwork.local(now)
    return Moment(local.date(), local.time())


def class_column(ladders: Ladders, moment: Moment, *, original: bool = False) -> ColumnElement[str]:
    """A column that says the class on that moment, against the current deadline or the original one."""
    due = _a.original_due_on if original else _a.due_on
    late = func.coalesce(_a.submitted_on, _a.done_on) > due
    return case(
        (_a.outside.is_not(None), _a.outside),
        (and_(_a.done_on.is_not(None), late), DONE_LATE),
        (_a.done_on.is_not(None), DONE_IN_TIME),
        (_a.submitted_on.is_not(None), SUBMITTED),
        (_is_orphan(ladders, moment.day), HANDED_OVER),
        (and_(_a.resubmit_by.is_not(None), _a.resubmit_by < moment.day), OPEN_OVERDUE),
        (_a.resubmit_by.is_not(None), OPEN_IN_TIME),
        (_passed(due, moment), OPEN_OVERDUE),
        else_=OPEN_IN_TIME,
    )


def _is_orphan(ladders: Ladders, day: date) -> ColumnElement[bool]:
    """Whether nobody carries on what a known unit was given; whoever carries it may be unknown after a rollback."""
    units = ladders.configuration.units
    carrying = [unit for unit in units if ladders.carrier(unit, day)]
    return and_(func.coalesce(_a.carrier, _a.unit).not_in(carrying), _a.unit.in_(units))


def _passed(due: ColumnElement[object], moment: Moment) -> ColumnElement[bool]:
    """Whether a deadline has passed: its day, or on its day its hour."""
    hour = moment.hour.strftime("%H:%M") if moment.hour else "23:59"
    return or_(due < moment.day, and_(due == moment.day, _a.due_at.is_not(None), _a.due_at <= hour))
