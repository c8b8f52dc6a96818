"""Living with an office day by day, as its engine does: deliveries at their hours, and what people do in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.authorizing import approve, check_register
from obligations.cases.answering.decisions import Decision
from obligations.cases.answering.desk import at_the_desk
from obligations.cases.ledger.dating import move_due
from obligations.cases.sending.delivery import deliver
from obligations.domain.calendar import SATURDAY
from obligations.domain.due import ONCE, Due
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.offices import UNITS, ZONE, Office, at, obligation

HOURS = ("07:31", "08:01", "11:01")
Deeds = Mapping[str, Callable[[], Any]]
Line = tuple[str, str, str]
CODE = Address("K1-0001")
NEWER = "đã có mốc nhắc mới hơn"
SAME_DAY = "cùng ngày với mốc sát hạn hơn"
_T = METADATA.tables


def day(text: str) -> date:
    """`22/11/2024`."""
    return date.fromisoformat("-".join(reversed(text.split("/"))))


def live(office: Office, first: str, last: str, deeds: Deeds | None = None, *, hours: tuple[str, ...] = HOURS) -> None:
    """Every day from the first to the last (`22/11/2024`), from the last apply on: deliveries and deeds in order."""
    start, end = day(first), day(last)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    since = _applied_at(office)
    instants = [f"{one} {hour}" for one in days for hour in (hours if one.weekday() < SATURDAY else hours[:2])]
    moments: list[tuple[str, Callable[[], Any]]] = [
        (when, partial(deliver, office.app, at(when), engine_id="days")) for when in instants if when > since
    ]
    for _, act in sorted([*moments, *_sorted(deeds or {})], key=lambda one: one[0]):
        act()


def _applied_at(office: Office) -> str:
    with reading(office.app.engine) as session:
        applied_at: datetime = session.execute(select(func.max(_T["config_version"].c.applied_at))).scalar_one()
    return f"{applied_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def _sorted(deeds: Deeds) -> list[tuple[str, Callable[[], Any]]]:
    """Deeds are written `22/11/2024 10:00`."""
    return [(f"{day(when[:10])} {when[11:]}", deed) for when, deed in deeds.items()]


def left(office: Office, *, audience: str = "unit", unit: str = "so-y-te") -> list[Line]:
    """(day and hour, rung, contact) of what left for one unit's duties, as it left."""
    attempt, reminder, carried = _T["attempt"].c, _T["reminder"].c, _T["reminder_message"].c
    message, assignment = _T["message"].c, _T["assignment"].c
    query = (
        select(attempt.started_at, reminder.rung, reminder.recipient)
        .join_from(_T["attempt"], _T["message"], message.id == attempt.message_id)
        .join(_T["reminder_message"], carried.message_id == message.id)
        .join(_T["reminder"], reminder.id == carried.reminder_id)
        .join(_T["assignment"], assignment.id == reminder.assignment_id)
        .where(attempt.outcome == "sent", reminder.state == "planned")
        .where(reminder.audience == audience, assignment.unit == unit)
        .order_by(attempt.started_at, reminder.id)
    )
    with reading(office.app.engine) as session:
        rows = session.execute(query).all()
    return [(f"{row.started_at.astimezone(ZONE):%d/%m/%Y %H:%M}", row.rung, row.recipient) for row in rows]


def rungs(office: Office, *, audience: str = "unit", unit: str = "so-y-te") -> list[tuple[str, str]]:
    """(day, rung) of what left."""
    return [(when[:10], rung) for when, rung, _ in left(office, audience=audience, unit=unit)]


def states(office: Office, *, audience: str | None = None, unit: str = "so-y-te") -> list[tuple[str, str, str]]:
    """(rung, state, why) of every row of one unit's duties, in the order of their recording."""
    return [(row.rung, row.state, row.why) for row in _rows(office, audience, unit)]


def whys(office: Office, *, unit: str = "so-y-te") -> dict[str, str]:
    """What each held row waits for."""
    return {row.rung: row.why for row in _rows(office, None, unit) if row.state == "held"}


def _rows(office: Office, audience: str | None, unit: str) -> Any:
    reminder, assignment = _T["reminder"].c, _T["assignment"].c
    query = (
        select(_T["reminder"])
        .join(_T["assignment"], assignment.id == reminder.assignment_id)
        .where(assignment.unit == unit)
        .order_by(reminder.id)
    )
    if audience:
        query = query.where(reminder.audience == audience)
    with reading(office.app.engine) as session:
        return session.execute(query).all()


def moved(office: Office, code: str, to: str, when: str, why: str = "correction") -> None:
    """The plan's own date of one assignment moves, as an apply with its reason does it."""
    with at_the_desk(office.app, at(when), "thư ký") as desk:
        holding = desk.hold(Address(code))
        move_due(desk.book, holding.row, Due(ONCE, day(to), ""), why, reason="gõ nhầm ngày")  # type: ignore[arg-type]


def given(office: Office, deadline: str, when: str, *, more: str = "", policies: str = "", units: str = UNITS) -> None:
    """One duty of Sở Y tế; the plan is a few days old when it is applied at a local instant (`11/07/2022 09:00`)."""
    if policies:
        office.write("policies.yaml", policies)
    office.write("units.yaml", units)
    duty = obligation("bao-cao", deadline, responsible="so-y-te", more=more)
    office.plan(duty, issued_on="2022-07-08").apply(instant(when))


def instant(text: str) -> str:
    """`11/07/2022 09:00` as tests.offices reads it."""
    return f"{day(text[:10])} {text[11:]}"


def checks(office: Office, *days: str, hour: str = "07:45") -> dict[str, Callable[[], Any]]:
    """The register read each of these days."""
    return {
        f"{one} {hour}": partial(check_register, office.app, at(instant(f"{one} {hour}")), by="Mai") for one in days
    }


def doing(office: Office, deed: Callable[..., Any], when: str, *values: Any, **named: Any) -> dict[str, Any]:
    """A deed of the desk about the one assignment, at its instant."""
    return {when: lambda: deed(office.app, CODE, *values, at(instant(when)), **named)}


def decided(on: str) -> Decision:
    return Decision(day(on), "Mai")


def approved(office: Office, when: str, *, no: bool = False) -> dict[str, Any]:
    return {when: lambda: approve(office.app, [CODE], at(instant(when)), by="Mai", no=no)}
