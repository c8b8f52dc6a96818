"""Mail of the office to itself (the control sheet, the checklist): messages of the ledger that carry no reminders.

The slot names the kind and what it is about (`sheet:2022-11-28`), so the ledger's own unique key lets each be posted
once; the courier sends and repeats them like any other. What one says is written when it starts, from the ledger as it
stands then; what has nothing to say any more is cancelled.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Table, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.bad_addresses import bad_addresses
from obligations.cases.sending.outbox import MANUAL, accepting, domain
from obligations.cases.writing import checklists, telling
from obligations.cases.writing.almanac import almanac
from obligations.cases.writing.control_sheet import control_sheet
from obligations.cases.writing.gathering import Writing
from obligations.channels import Outgoing, carries_mail
from obligations.domain.duties import Ladders
from obligations.domain.plan import Contact
from obligations.store.conflicts import insert_into
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA
from obligations.texts.checklist import Checklist
from obligations.texts.letter import Letter
from obligations.texts.occasion import Occasion, Part
from obligations.texts.sheet import ControlSheet

SHEET, CHECKLIST = "sheet", "checklist"
KINDS = (SHEET, CHECKLIST)
SHEET_AT = time(7, 30)
_message: Table = METADATA.tables["message"]
_m = _message.c


def is_office_mail(slot: str) -> bool:
    """Whether a message is one of these; the slot of reminders is a day and hour."""
    return slot.partition(":")[0] in KINDS


def post(app: App, now: datetime) -> int:
    """Put what is due by `now` into the outbox, once: from half past seven on a working day today's sheet for each of
    the secretariat, and a checklist for each overseer after a review period. How many messages are new."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None:
            return 0
        ladders = in_force.ladders
        local = ladders.clockwork.local(now)
        if not ladders.clockwork.calendar.is_working(local.date()) or local.time() < SHEET_AT:
            return 0
        wanted = [one for one in _wanted(session, ladders, local.date()) if not _is_posted(session, *one)]
    if not wanted:
        return 0
    with writing(app.engine) as session:
        return sum(_post(session, ladders, slot, contact, now) for slot, contact in wanted)


def compose(app: App, ladders: Ladders, message: Row[Any], address: str, now: datetime) -> Outgoing | None:
    """The letter; None when it has nothing to say any more."""
    contact = ladders.configuration.contacts[message.recipient]
    with reading(app.engine) as session:
        at = telling.occasion(Writing(session.connection(), almanac(ladders, now), contact), ())
    part = _part(app, ladders, at, str(message.slot), now)
    if part is None:
        return None
    letter = Letter(at, (part,))
    said = letter.render() if _is_mail(ladders, message.channel, address) else letter.short()
    return Outgoing(message.message_id, address, contact.name, *said, now, letter.reply_to)


def _part(app: App, ladders: Ladders, at: Occasion, slot: str, now: datetime) -> Part | None:
    kind, _, about = slot.partition(":")
    if kind == CHECKLIST:
        duties = checklists.duties(ladders.configuration, about)
        return Checklist(at, duties) if duties else None
    today = ladders.clockwork.local(now).date()
    if about != today.isoformat():  # it could not leave that day: today has a sheet of its own
        return None
    sheet = control_sheet(app, now)
    return ControlSheet(at, sheet) if sheet.is_worth_reading or _opens_the_week(ladders, today) else None


def _opens_the_week(ladders: Ladders, today: date) -> bool:
    """Whether it is Monday, or the first working day after one that was off."""
    before = ladders.clockwork.calendar.on_or_before(date.fromordinal(today.toordinal() - 1))
    return before.isocalendar()[:2] != today.isocalendar()[:2]


def _wanted(session: Session, ladders: Ladders, today: date) -> list[tuple[str, Contact]]:
    """Each message that should have been posted by now: its slot and whom it goes to."""
    bad = bad_addresses(session)
    wanted = []
    if checklists.followed_since(session, ladders) < today:  # on the first day there is nothing to look back at
        contacts = ladders.recipients("reviewer", ("", "", ""), today, bad)
        wanted = [(f"{SHEET}:{today.isoformat()}", contact) for contact in contacts]
    for about, overseer in checklists.due(session, ladders, today):
        told = ladders.recipients("unit", ("", "", overseer), today, bad)
        wanted += [(f"{CHECKLIST}:{about}", contact) for contact in told]
    return wanted


def _is_posted(session: Session, slot: str, contact: Contact) -> bool:
    """A sheet is everybody's own; of a checklist there is one, whoever the overseer's contact was then."""
    query = select(_m.id).where(_m.slot == slot)
    if slot.startswith(SHEET):
        query = query.where(_m.recipient == contact.id)
    return session.execute(query.limit(1)).first() is not None


def _post(session: Session, ladders: Ladders, slot: str, contact: Contact, now: datetime) -> int:
    configuration = ladders.configuration
    way = accepting(configuration, contact, bad_addresses(session))
    if way is None or way[0] == MANUAL:  # nobody rings anybody up about a sheet
        return 0
    channel, address = way
    digest = hashlib.sha256("\n".join((contact.id, channel, slot)).encode()).hexdigest()[:24]
    values = {"recipient": contact.id, "channel": channel, "slot": slot, "n": 1, "address": address}
    values |= {"message_id": f"<{digest}.{slot.partition(':')[0]}@{domain(configuration)}>", "state": "queued"}
    values |= {"created_at": now, "next_try_at": now, "subject": "", "tries": 0, "fence": 0}
    once = insert_into(session.get_bind().dialect, _message).on_conflict_do_nothing()
    return session.execute(once.returning(_m.id), [values]).first() is not None


def _is_mail(ladders: Ladders, channel: str, address: str) -> bool:
    known = ladders.configuration.channels.get(channel)
    return carries_mail(known.url if known else "", address)
