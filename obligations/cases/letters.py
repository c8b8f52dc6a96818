"""What a message says: its reminders, read again at the moment of sending, become one letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, select, update

from obligations.cases.withdrawing import under_way
from obligations.channels import Outgoing
from obligations.domain.deadline import is_assumed
from obligations.domain.due import ONCE
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.ladder import NOTICE
from obligations.domain.plan import Configuration, Contact, Plan
from obligations.store.tables import METADATA
from obligations.texts.letter import Foot, Item, Letter, render

ALREADY_SENT = "đơn vị đã gửi"
OUTSIDE = "không phải thực hiện nữa"
DUE_MOVED = "hạn đã đổi"
_reminder: Table = METADATA.tables["reminder"]
_carried: Table = METADATA.tables["reminder_message"]
_assignment: Table = METADATA.tables["assignment"]
_LATER_SHOWN = 6
_CARRIED_BY = (
    select(_reminder.c.id.label("reminder_id"), _reminder.c.rung, _reminder.c.rung_on)
    .add_columns(_reminder.c.due_on.label("for_due_on"), *_assignment.c)
    .join(_carried, _carried.c.reminder_id == _reminder.c.id)
    .join(_assignment, _assignment.c.id == _reminder.c.assignment_id)
    .where(_carried.c.message_id == bindparam("message"), _reminder.c.state == "planned")
    .order_by(_assignment.c.due_on, _assignment.c.id, _reminder.c.id)
)
_TOLD = (
    select(_reminder.c.assignment_id)
    .where(_reminder.c.assignment_id.in_(bindparam("assignments", expanding=True)))
    .where(_reminder.c.audience == "unit", under_way())
)


def compose(
    connection: Connection, ladders: Ladders, message: Row[Any], address: str, now: datetime
) -> Outgoing | None:
    """The letter of a message; None when nothing of it is owed any more; what is not, is skipped with its reason.

    Raises Refused where the applied configuration does not know what the ledger owes (it is being replaced).
    """
    live = []
    for row in _carried_by(connection, message.id):
        if why := _not_owed(row):
            mark(connection, [row.reminder_id], "superseded" if why == DUE_MOVED else "skipped", why)
        else:
            live.append(row)
    if not live:
        return None
    unheard = _unheard(connection, live)
    items = [_item(connection, ladders, row, now, is_first=row.id in unheard) for row in live]
    contact = ladders.configuration.contacts[message.recipient]
    letter = _letter(ladders, contact, items, now)
    subject, text, html = render(letter)
    return Outgoing(message.message_id, address, contact.name, subject, text, html, now, letter.reply_to)


def fail(connection: Connection, message_id: int, why: str) -> None:
    """A message that was refused for good takes its reminders with it."""
    ids = [row.reminder_id for row in _carried_by(connection, message_id)]
    mark(connection, ids, "failed", why)


def mark(connection: Connection, reminders: Iterable[int], state: str, why: str) -> None:
    change = update(_reminder).where(_reminder.c.id.in_(list(reminders)))
    connection.execute(change.values(state=state, why=why))


def _carried_by(connection: Connection, message_id: int) -> Sequence[Row[Any]]:
    """The planned reminders of a message with the facts of their assignments as they stand now."""
    return connection.execute(_CARRIED_BY, {"message": message_id}).all()


def _unheard(connection: Connection, live: Iterable[Row[Any]]) -> set[int]:
    """Assignments that open with a notice, have another rung here, and of which no word has gone to the unit yet."""
    asked = {row.id for row in live if row.notice and row.rung != NOTICE}
    return asked - set(connection.execute(_TOLD, {"assignments": list(asked)}).scalars()) if asked else asked


def _not_owed(row: Row[Any]) -> str | None:
    if row.submitted_on is not None:
        return ALREADY_SENT
    if row.outside is not None:
        return OUTSIDE
    return DUE_MOVED if row.due_on != row.for_due_on else None


def _item(connection: Connection, ladders: Ladders, row: Row[Any], now: datetime, *, is_first: bool) -> Item:
    configuration = ladders.configuration
    obligation = configuration.obligation(row.plan, row.obligation)
    if obligation is None:
        raise Refused("not-applied", f"cấu hình đang áp dụng không có nhiệm vụ {row.plan}/{row.obligation}.")
    plan = configuration.plans[row.plan]
    today = ladders.clockwork.local(now).date()
    units, calendar = configuration.units, configuration.calendar
    submit_to = obligation.submit_to and units[obligation.submit_to].name
    return Item(
        code=row.code,
        title=obligation.title,
        period=row.period,
        plan_kind=plan.kind,
        plan_title=plan.title,
        plan_number=plan.number,
        plan_source=plan.source,
        plan_issued_on=plan.issued_on,
        plan_issuer=units[plan.issuer].name,
        overseer=units[plan.overseer].name,
        place=obligation.cite.at,
        stated=obligation.cite.stated,
        due_on=row.due_on,
        due_at=time.fromisoformat(row.due_at) if row.due_at else None,
        assumed=is_assumed(obligation.form, row.period, obligation.fixed),
        day_off=calendar.day_off(row.due_on),
        last_working_day=calendar.on_or_before(row.due_on),
        working_days=_working_days(ladders, today, row.due_on),
        product=obligation.product,
        submit_to=submit_to or "",
        form_file=obligation.form_file or "",
        rung=row.rung,
        rung_on=row.rung_on,
        is_late=row.rung_on < today,
        is_first=is_first,
        later=_later(connection, row) if row.period != ONCE and (row.rung == NOTICE or is_first) else (),
        ask=_foot(configuration, plan),
    )


def _working_days(ladders: Ladders, today: date, due_on: date) -> int:
    """Working days left, today and the last day counted; negative for the working days it is overdue."""
    calendar = ladders.configuration.calendar
    if today <= due_on:
        return calendar.count(today, due_on)
    return -(calendar.count(due_on, today) - (1 if calendar.is_working(due_on) else 0))


def _later(connection: Connection, row: Row[Any]) -> tuple[date, ...]:
    """The due dates that follow for the same unit: the letter that gives the duty names them once and for all."""
    table = _assignment.c
    query = (
        select(table.due_on)
        .where(table.plan == row.plan, table.obligation == row.obligation, table.unit == row.unit)
        .where(table.due_on > row.due_on)
        .order_by(table.due_on)
        .limit(_LATER_SHOWN)
    )
    return tuple(connection.execute(query).scalars())


def _letter(ladders: Ladders, contact: Contact, items: list[Item], now: datetime) -> Letter:
    configuration = ladders.configuration
    local = ladders.clockwork.local(now)
    unit = configuration.units[contact.unit]
    desk = _desk(configuration)
    asked = {item.ask: None for item in items if item.ask}
    return Letter(
        to=unit.name,
        to_short=unit.short_name,
        relation=unit.relation,
        office=configuration.office.name,
        now=local,
        closing=configuration.office.hours[-1].last,
        next_working_day=configuration.calendar.add(local.date(), 1),
        items=tuple(items),
        foot=next(iter(asked)) if len(asked) == 1 else desk,
        reply_to=_agreed({foot.email for foot in asked}, desk.email),
    )


def _agreed(emails: set[str], otherwise: str) -> str | None:
    """Where an answer goes: to the one address of all items, else to the desk that can read any."""
    return (emails.pop() if len(emails) == 1 else otherwise) or None


def _foot(configuration: Configuration, plan: Plan) -> Foot:
    """Whom a unit may ask: the plan's contact, else the office's desk."""
    if plan.contact:
        return Foot(plan.contact.name, plan.contact.phone or "", plan.contact.email or "")
    return _desk(configuration)


def _desk(configuration: Configuration) -> Foot:
    """The first of the secretariat."""
    office = configuration.office
    if office.secretariat:
        desk = configuration.contacts[office.secretariat[0]]
        return Foot(desk.name, desk.phone or "", desk.email or "")
    return Foot(office.name, "", "")
