"""`event`: the secretariat dates an event that deadlines of a plan count from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.anchors import EVENT, date_what_waits, last_said
from obligations.cases.ledger.records import Book
from obligations.domain.deadline import After
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Plan
from obligations.domain.wording import some
from obligations.store.database import writing
from obligations.store.tables import Assignment, Event


@dataclass(frozen=True)
class Dated:
    """An assignment that counts from the event, and its date."""

    plan: str
    obligation: str
    unit: str
    period: str
    code: str
    due_on: date | None


def date_event(
    app: App, plan_id: str, name: str, on: date, now: datetime, *, by: str, document: str | None = None
) -> list[Dated]:
    """Record the day; another day corrects it and moves what is still open. What counts from it, with its dates.

    A document that was not recorded with the day is recorded anew, and moves nothing; a day ahead is one announced.
    Refused for a plan, or an event, that nothing counts from.
    """
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        plan = _plan(ladders.configuration, plan_id, name)
        book = Book(session, ladders, now, by)
        known = last_said(session, plan.id, name)
        if known is None or known.payload["on"] != on.isoformat() or document not in (None, known.document):
            said = Event(plan=plan.id, kind="anchored", effective_on=book.today, recorded_at=now, by=by)
            said.document, said.payload = document, {"name": name, "on": on.isoformat()}
            session.add(said)
            session.flush()
            date_what_waits(book, plan.id, anchor=EVENT + name, document=document)
        return _counting(session, plan, name)


def _plan(configuration: Configuration, plan_id: str, name: str) -> Plan:
    plan = configuration.plans.get(plan_id)
    if plan is None:
        raise Refused("no-plan", f"không theo dõi kế hoạch {plan_id}.", f"Có: {some(list(configuration.plans))}.")
    forms = (one.form for one in plan.obligations)
    anchors = [form.anchor for form in forms if isinstance(form, After) and form.anchor.startswith(EVENT)]
    names = [anchor.removeprefix(EVENT) for anchor in anchors]
    if name not in names:
        fix = f"Có: {some(list(dict.fromkeys(names)))}." if names else "Không hạn nào của kế hoạch tính từ sự kiện."
        raise Refused("no-event", f"kế hoạch {plan_id} không có hạn nào tính từ sự kiện {name}.", fix)
    return plan


def _counting(session: Session, plan: Plan, name: str) -> list[Dated]:
    wanted = [one.id for one in plan.obligations if isinstance(one.form, After) and one.form.anchor == EVENT + name]
    query = select(Assignment).where(Assignment.plan == plan.id, col(Assignment.obligation).in_(wanted))
    rows = session.exec(query.order_by(col(Assignment.id))).all()
    return [Dated(row.plan, row.obligation, row.unit, row.period, row.code, row.due_on) for row in rows]
