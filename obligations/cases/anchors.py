"""`after: <obligation>`: duties that wait for another's completion get their date when that is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from obligations.cases import enrolling
from obligations.domain.deadline import After
from obligations.domain.duties import Duty, Ladders
from obligations.domain.plan import Obligation, Plan
from obligations.store.tables import Assignment


def date_what_waits(
    session: Session, ladders: Ladders, plan_id: str, now: datetime, *, by: str, anchor: str | None = None
) -> None:
    """Date every open duty of a plan whose anchor (that one, when named) is completed: the same unit's completion if
    it owes the anchor, else the last unit's."""
    plan = ladders.configuration.plans.get(plan_id)
    for obligation in plan.obligations if plan else ():
        form = obligation.form
        if plan and isinstance(form, After) and form.anchor in plan.by_id and anchor in (None, form.anchor):
            _date(session, ladders, plan, obligation, form, now, by)


def _date(
    session: Session, ladders: Ladders, plan: Plan, obligation: Obligation, form: After, now: datetime, by: str
) -> None:
    mine = select(Assignment).where(Assignment.plan == plan.id)
    waiting = session.exec(mine.where(Assignment.obligation == obligation.id, col(Assignment.due_on).is_(None))).all()
    if not waiting:
        return
    anchors = session.exec(mine.where(Assignment.obligation == form.anchor)).all()
    for row in waiting:
        completed = _completion(anchors, row.unit)
        if completed:
            due = form.due(completed, ladders.configuration.reading(plan))
            enrolling.set_due(session, ladders, row.id or 0, Duty(plan, obligation, row.unit, due), now, by=by)


def _completion(anchors: Sequence[Assignment], unit: str) -> date | None:
    """The day that the anchor was completed for a unit, None while it is not."""
    relevant = [row for row in anchors if row.unit == unit] or [row for row in anchors if row.outside is None]
    days = [row.done_on for row in relevant if row.done_on]
    return max(days) if days and len(days) == len(relevant) else None
