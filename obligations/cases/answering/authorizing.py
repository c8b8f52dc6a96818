"""What lets an escalation go: the incoming register was read, and somebody said yes (or no) to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.desk import Desk, Holding, at_the_desk
from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.ledger.withdrawing import withdraw
from obligations.cases.reminding import releasing
from obligations.cases.reminding.judging import CHECKED, approvals
from obligations.domain.errors import Refused
from obligations.store.database import writing
from obligations.store.tables import METADATA

DECLINED = "không đồng ý báo lên"
_reminder: Table = METADATA.tables["reminder"]
_r = _reminder.c


@dataclass(frozen=True)
class Held:
    """One escalation that is held, and what it waits for; an empty `why`: the next delivery lets it go."""

    plan: str
    obligation: str
    unit: str
    period: str
    code: str
    due_on: date
    rung: str
    audience: str
    recipient: str
    why: str


@dataclass(frozen=True)
class Decided:
    """One escalation that somebody said yes or no to."""

    code: str
    unit: str
    rung: str
    due_on: date
    approved: bool


def check_register(app: App, now: datetime, *, by: str) -> datetime:
    """Rà sổ văn bản đến: the incoming register was read up to now. Each reading is a fact of its own; its instant."""
    with writing(app.engine) as session:
        applied.required(session)
        return officebook.record(session, CHECKED, now, by=by).recorded_at


def last_checked(session: Session) -> datetime | None:
    """When the incoming register was read last."""
    last = officebook.newest(session, CHECKED)
    return last.recorded_at if last else None


def held(app: App, now: datetime) -> list[Held]:
    """Everything that waits, by deadline, plan, obligation, unit."""
    rows = [_held(row, why) for row, why in releasing.held(app, now)]
    return sorted(rows, key=lambda one: (one.due_on, one.plan, one.obligation, one.unit, one.rung))


def approve(
    app: App, addresses: Sequence[Address] | None, now: datetime, *, by: str, no: bool = False
) -> list[Decided]:
    """Say yes to what waits for approval: of these assignments, or of all when none is named. What was decided.

    `no`: what is held of them is not sent, also what waits for something else; a later yes takes that back. Repeating
    what was said changes nothing; refused for an assignment of which nothing waits.
    """
    with at_the_desk(app, now, by) as desk:
        if addresses is None:
            holdings = [desk.hold(Address(code)) for code in _awaiting(desk)]
        else:
            holdings = desk.hold_all(addresses)
        decided: list[Decided] = []
        for holding in holdings:
            decided += _decide(desk, holding, approved=not no, everything=no and addresses is not None)
        return decided


def _decide(desk: Desk, holding: Holding, *, approved: bool, everything: bool) -> list[Decided]:
    session = desk.book.session
    said = approvals(session, [holding.id])
    waiting = _waiting(session, holding, declined=approved)
    rungs = {row.rung: row for row in waiting if everything or _needs_approval(desk, holding, row)}
    if not rungs and not any(key[2] == holding.facts.target_on for key in said):
        fix = "Xem những thư đang giữ bằng dondoc held."
        raise Refused("nothing-held", f"{holding.code} không có thư báo lên nào đang chờ duyệt.", fix)
    new = {rung: row for rung, row in rungs.items() if said.get((holding.id, rung, row.due_on)) is not approved}
    for rung, row in new.items():
        payload: dict[str, Any] = {"rung": rung, "due_on": row.due_on.isoformat()} | ({} if approved else {"no": True})
        desk.record(holding, "approved", desk.today, payload=payload)
    ids = [row.id for row in waiting if row.rung in new]
    if approved:
        back = update(_reminder).where(_r.id.in_(ids), _r.state == "skipped")
        session.execute(back.values(state="held", why=""))
    else:
        withdraw(session, _r.id.in_(ids), state="skipped", why=DECLINED)
    return [Decided(holding.code, holding.facts.unit, rung, row.due_on, approved) for rung, row in new.items()]


def _waiting(session: Session, holding: Holding, *, declined: bool) -> Sequence[Row[Any]]:
    """Its escalations for the deadline of now that are held, or were declined before."""
    query = select(_r.id, _r.rung, _r.audience, _r.due_on, _r.state).where(
        _r.assignment_id == holding.id, _r.audience.in_(ESCALATIONS), _r.due_on == holding.facts.target_on
    )
    is_open = _r.state == "held"
    if declined:
        is_open = is_open | ((_r.state == "skipped") & (_r.why == DECLINED))
    return session.execute(query.where(is_open).order_by(_r.id)).all()


def _needs_approval(desk: Desk, holding: Holding, row: Row[Any]) -> bool:
    obligation = desk.ladders.configuration.obligation(holding.facts.plan, holding.facts.obligation)
    if obligation is None:
        return False
    return desk.ladders.needs_approval(obligation, holding.row, row.audience, row.rung, desk.today)


def _awaiting(desk: Desk) -> list[str]:
    """The codes of assignments with something held that needs a yes nobody has said yet."""
    session = desk.book.session
    rows = session.execute(releasing.HELD).all()
    said = approvals(session, sorted({row.id for row in rows}))
    return list(dict.fromkeys(row.code for row in rows if _is_undecided(desk, row, said)))


def _is_undecided(desk: Desk, row: Row[Any], said: Any) -> bool:
    obligation = desk.ladders.configuration.obligation(row.plan, row.obligation)
    if obligation is None or said.get((row.id, row.rung, row.for_due_on)):
        return False
    return desk.ladders.needs_approval(obligation, row, row.audience, row.rung, desk.today)


def _held(row: Row[Any], why: str) -> Held:
    return Held(
        row.plan,
        row.obligation,
        row.unit,
        row.period,
        row.code,
        row.for_due_on,
        row.rung,
        row.audience,
        row.recipient,
        why,
    )
