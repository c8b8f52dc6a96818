"""`after:` duties get their date when what they wait for is completed, and another when that changes.

They wait for another obligation's confirmed completion, or for an event that the secretariat dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from obligations.cases.ledger.dating import move_due, set_due
from obligations.cases.ledger.records import Book
from obligations.cases.ledger.renaming import Followed
from obligations.cases.reminding.planning import plan_obligation
from obligations.domain.deadline import After
from obligations.domain.due import ONCE, Due
from obligations.domain.facts import UNKNOWN
from obligations.domain.plan import Configuration, Obligation, Plan
from obligations.store.tables import Assignment, Event

EVENT = "event:"


def date_what_waits(book: Book, plan_id: str, *, anchor: str | None = None, document: str | None = None) -> None:
    """Date every open duty of a plan that waits and whose anchor has come; where one `anchor` is named, whose day is
    new, date anew what counts from it.

    An obligation's completion is the same unit's if it owes the anchor, else the last unit's. `document`: the one that
    told the anchor's day.
    """
    plan = book.ladders.configuration.plans.get(plan_id)
    for obligation in plan.obligations if plan else ():
        form = obligation.form
        if plan and isinstance(form, After) and form.anchor != "issued" and anchor in (None, form.anchor):
            _date(book, plan, obligation, form, document, is_moved=anchor is not None)
    book.retell()


def _date(book: Book, plan: Plan, obligation: Obligation, form: After, document: str | None, *, is_moved: bool) -> None:
    waiting = select(Assignment).where(Assignment.plan == plan.id, Assignment.obligation == obligation.id)
    rows = book.session.exec(waiting.where(Assignment.phase == "open").order_by(col(Assignment.id))).all()
    moving: list[tuple[Assignment, Due]] = []
    for row, due in zip(rows, _dues(book.session, book.ladders.configuration, plan, form, rows), strict=True):
        if due.on != row.plan_due_on and (is_moved or row.plan_due_on is None):
            moving.append((row, due))
    if moving:  # what the old date owed by now stands in the ledger before it goes
        plan_obligation(book.session, book.ladders, plan.id, obligation.id, book.now)
    for row, due in moving:
        if row.plan_due_on is None:
            set_due(book, row, due, document=document)
        else:
            move_due(book, row, due, "anchor", document=document)


def counted(
    session: Session, configuration: Configuration, plan: Plan, obligation: Obligation, followed: Followed
) -> dict[int, Due]:
    """The date of each recorded assignment of an `after:` duty as its anchor gives it now, by assignment."""
    form = obligation.form
    mine = select(Assignment).where(
        Assignment.plan == plan.id, Assignment.obligation == followed.old_id(plan.id, obligation.id)
    )
    rows = session.exec(mine).all()
    if not rows or not isinstance(form, After):
        return {}
    known = followed.old_id(plan.id, form.anchor)
    dues = _dues(session, configuration, plan, form, rows, anchor=known)
    return {row.id or 0: due for row, due in zip(rows, dues, strict=True)}


def _dues(
    session: Session,
    configuration: Configuration,
    plan: Plan,
    form: After,
    rows: Sequence[Assignment],
    *,
    anchor: str | None = None,
) -> list[Due]:
    """A date for each row; `anchor` is the id that the ledger has for it."""
    if not rows:
        return []
    found, reading = _Anchor(session, plan.id, anchor or form.anchor), configuration.reading(plan)
    days = [found.date_for(row.unit) for row in rows]
    return [form.due(day, reading) if day else Due(ONCE, None, "") for day in days]


class _Anchor:
    """When what a plan's duties count from happened."""

    def __init__(self, session: Session, plan: str, anchor: str) -> None:
        self._day: date | None = None
        self._owed: Sequence[Assignment] = ()
        if anchor.startswith(EVENT):
            self._day = event_day(session, plan, anchor.removeprefix(EVENT))
        else:
            mine = select(Assignment).where(Assignment.plan == plan, Assignment.obligation == anchor)
            self._owed = session.exec(mine).all()

    def date_for(self, unit: str) -> date | None:
        """The day for a unit, None while it has not come."""
        mine = [row for row in self._owed if row.unit == unit and row.outside in (None, UNKNOWN)]
        mine = mine or [row for row in self._owed if row.outside is None]
        days = [row.done_on for row in mine if row.done_on]
        return max(days) if days and len(days) == len(mine) else self._day


def event_day(session: Session, plan: str, name: str) -> date | None:
    """The day last recorded for a plan's named event."""
    said = last_said(session, plan, name)
    return date.fromisoformat(said.payload["on"]) if said else None


def last_said(session: Session, plan: str, name: str) -> Event | None:
    """What was last recorded of a plan's named event."""
    query = select(Event).where(Event.plan == plan, Event.kind == "anchored").order_by(col(Event.id).desc())
    return next((event for event in session.exec(query) if event.payload["name"] == name), None)
