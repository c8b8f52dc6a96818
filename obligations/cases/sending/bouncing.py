"""Addresses that refuse: marked by a server's answer or by a person, healed by a person; who gets the mail instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, Table, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.cases.ledger.bad_addresses import BOUNCED, RESTORED, Bounced, Pair, bounced
from obligations.cases.ledger.officebook import DONDOC
from obligations.cases.ledger.owing import not_owed
from obligations.cases.sending.outbox import MANUAL, accepting
from obligations.cases.sending.rerouting import Rerouted, Rerouter
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Contact
from obligations.domain.wording import some
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_m, _r, _a = _message.c, _reminder.c, _attempt.c


class Refusal(Protocol):
    """An address that a server refused for good: whose, over which channel, in which words."""

    @property
    def contact(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Unreached:
    """A unit that cannot be written to, with the addresses of its contacts that refuse."""

    unit: str
    addresses: tuple[Bounced, ...]


def bounce(app: App, contact: str, now: datetime, *, by: str, note: str = "") -> Bounced:
    """A person says that what is sent to a contact comes back: the address in use is skipped from now on.

    Saying it again changes nothing. Refused for an unknown contact and for one without an address in use.
    """
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        known = bounced(session)
        person = _contact(ladders.configuration, contact)
        pair = _in_use(ladders.configuration, person, known)
        if pair is None:
            already = [known[one] for one in person.channels if one in known]
            if already:
                return already[-1]
            fix = "Liên hệ này chỉ gọi điện, hoặc chưa có địa chỉ nào trong units.yaml."
            raise Refused("no-address", f"{contact} không có địa chỉ nào đang dùng.", fix)
        record(session, BOUNCED, contact, pair, now, by, note)
        return bounced(session)[pair]


def restore(app: App, contact: str, now: datetime, *, by: str, note: str = "") -> list[Bounced]:
    """A person says that a contact's addresses take mail again; which they are, none when none refused."""
    with writing(app.engine) as session:
        known = bounced(session)
        person = _contact(applied.required(session).ladders.configuration, contact)
        healed = [known[pair] for pair in person.channels if pair in known]
        for one in healed:
            record(session, RESTORED, contact, (one.channel, one.address), now, by, note)
        return healed


def refused(app: App, ladders: Ladders, refusals: Iterable[Refusal], now: datetime) -> Rerouted:
    """Mark addresses that a server refused since `now`; what failed for it goes once to whoever can be reached.

    Only what is still owed: to the contact's next channel, else to the deputy, else to văn thư.
    """
    told = list(refusals)
    if not told:
        return Rerouted()
    with writing(app.engine) as session:
        known = set(bounced(session))
        for one in told:
            pair = one.channel, one.address
            if pair not in known:
                record(session, BOUNCED, one.contact, pair, now, DONDOC, one.words)
                known.add(pair)
        rerouter = Rerouter(session, ladders, now)
        for pair in dict.fromkeys((one.contact, one.channel) for one in told):
            for row in session.execute(_failed(*pair, now)).all():
                if _take_up_again(session, row):
                    rerouter.message(row)
        return Rerouted(rerouter.moved, rerouter.failed)


def unreached(app: App, now: datetime) -> list[Unreached]:
    """The units with duties that no address leads to any more because those of their contacts refuse."""
    with reading(app.engine) as session:
        in_force, known = applied.find(session), bounced(session)
        if in_force is None or not known:
            return []
        open_ = select(_assignment.c.unit).where(_assignment.c.phase == "open").distinct()
        owing = set(session.execute(open_).scalars())
    ladders, today = in_force.ladders, in_force.ladders.clockwork.local(now).date()
    found = []
    for unit in ladders.configuration.units.values():
        bad = tuple(known[pair] for contact in unit.contacts for pair in contact.channels if pair in known)
        if bad and unit.id in owing and not ladders.recipients("unit", ("", "", unit.id), today, frozenset(known)):
            found.append(Unreached(unit.id, bad))
    return found


def _contact(configuration: Configuration, name: str) -> Contact:
    found = configuration.contacts.get(name)
    if found is None:
        near = [one for one in configuration.contacts if one.partition(".")[0] == name.partition(".")[0]]
        fix = f"Có: {some(near or list(configuration.contacts))}."
        raise Refused("no-contact", f"không có đầu mối {name} trong units.yaml.", fix)
    return found


def _in_use(configuration: Configuration, contact: Contact, known: Mapping[Pair, Bounced]) -> Pair | None:
    """Where what is sent to a contact goes now, when a machine sends it."""
    found = accepting(configuration, contact, frozenset(known))
    return found if found and found[0] != MANUAL else None


def record(session: Session, kind: str, contact: str, pair: Pair, now: datetime, by: str, words: str) -> None:
    """Add a `bounced` or `restored` event of an address, with a server's or a person's words."""
    payload = {"contact": contact, "channel": pair[0], "address": pair[1]} | ({"answer": words} if words else {})
    officebook.record(session, kind, now, by=by, payload=payload)


def _failed(contact: str, channel: str, now: datetime) -> Any:
    """Messages whose last attempt the server refused for the address's sake in this delivery."""
    return (
        select(_message)
        .join(_attempt, (_a.message_id == _m.id) & (_a.n == _m.tries))
        .where(_m.recipient == contact, _m.channel == channel, _m.state == "failed")
        .where(_a.outcome == "address_bad", _a.started_at >= now)
        .order_by(_m.id)
        .with_for_update(of=_message)
    )


def _take_up_again(session: Session, row: Row[Any]) -> bool:
    """The reminders of a failed message that are owed still wait again; whether there is one."""
    columns = (_r.id.label("reminder"), _r.rung, _r.cause, _r.due_on.label("for_due_on"), _assignment)
    query = (
        select(*columns)
        .join(_carried, _carried.c.reminder_id == _r.id)
        .join(_assignment, _assignment.c.id == _r.assignment_id)
        .where(_carried.c.message_id == row.id, _r.state == "failed")
    )
    owed = [one for one in session.execute(query) if not not_owed(one, one.rung, one.cause, one.for_due_on)]
    ids = [one.reminder for one in owed]
    session.execute(update(_reminder).where(_r.id.in_(ids)).values(state="planned", why=""))
    if ids:
        again = {"state": "queued", "body": None, "lease_until": None}
        session.execute(update(_message).where(_m.id == row.id).values(**again))
    return bool(ids)
