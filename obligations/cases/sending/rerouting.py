"""What waits for a contact, a channel or an address that leads nowhere now goes to whoever can be reached.

Only what nobody can have received is moved: a message whose bytes are kept for a repeat stays where it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, func, insert, or_, select, update
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.ledger.bad_addresses import bounced
from obligations.cases.sending.outbox import CONTACT_GONE, MANUAL, NO_CHANNEL, accepting, usable
from obligations.domain.duties import Ladders
from obligations.domain.plan import Contact
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

REPLACED = "đầu mối nay đã có lượt nhắc này"
ADDRESS_BAD = "địa chỉ không nhận"
_MOVED = re.compile(r"(\S+) không còn nhận qua (\S+): chuyển cho ")  # as `_send_to` writes it
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_assignment: Table = METADATA.tables["assignment"]
_attempt: Table = METADATA.tables["attempt"]
_r, _m = _reminder.c, _message.c
_KEY = ("assignment_id", "due_on", "rung", "cause")
_REMINDERS = (
    select(_reminder, _assignment.c.plan, _assignment.c.obligation, _assignment.c.unit, _assignment.c.carrier)
    .join(_assignment, _assignment.c.id == _r.assignment_id)
    .where(_r.state == "planned")
    .order_by(_r.id)
)
# Messages that are due and held by nobody; reminders that are in none yet.
_FREE = or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds())
_WAITING = (_m.next_try_at <= bindparam("now"), _m.state == "queued", _FREE)
_UNQUEUED = (_r.state == "planned", _r.queued_at.is_(None), _r.at <= bindparam("now"))
_DUE = select(_message).where(*_WAITING).order_by(_m.id).with_for_update(skip_locked=True)
_PAIRS = select(_m.recipient, _m.channel).where(*_WAITING)  # distinct() would read all of an index instead
_RECIPIENTS = select(_r.recipient).where(*_UNQUEUED).distinct()


@dataclass(frozen=True)
class Rerouted:
    """How many messages go another way now, and how many reach nobody."""

    moved: int = 0
    failed: int = 0


def moved_from(words: str) -> tuple[str, str] | None:
    """The (recipient, channel) of a message until the attempt of these words moved it; None where they moved nothing.

    >>> moved_from("so-a.focal không còn nhận qua phong: chuyển cho so-a.focal qua email")
    ('so-a.focal', 'phong')
    """
    found = _MOVED.match(words)
    return (found[1], found[2]) if found else None


def reroute(app: App, ladders: Ladders, now: datetime) -> Rerouted:
    """Before anything is queued or sent by `now`. Does nothing where every contact and channel is still there."""
    with reading(app.engine) as session:
        if not Rerouter(session, ladders, now).any_stale():
            return Rerouted()
    with writing(app.engine) as session:
        rerouter = Rerouter(session, ladders, now)
        for row in session.execute(_DUE, {"now": now}).all():
            if rerouter.is_stale(row):
                rerouter.message(row)
        rerouter.unqueued()
        return Rerouted(rerouter.moved, rerouter.failed)


class Rerouter:
    """One transaction's changes."""

    def __init__(self, session: Session, ladders: Ladders, now: datetime) -> None:
        self._session = session
        self._ladders = ladders
        self._configuration = ladders.configuration
        self._bounced = bounced(session)
        self._bad = frozenset(self._bounced)
        self._now = now
        self._today: date = ladders.clockwork.local(now).date()
        self.moved = self.failed = 0

    def any_stale(self) -> bool:
        """Two indexed queries over what waits; both are empty on most days."""
        now = {"now": self._now}
        return any(not self._leads(*pair) for pair in set(self._session.execute(_PAIRS, now).tuples())) or any(
            not self._is_here(recipient) for recipient in self._session.execute(_RECIPIENTS, now).scalars()
        )

    def is_stale(self, row: Row[Any]) -> bool:
        """Whether a message would not arrive as it stands; the repeat of one needs no contact, but the channel."""
        if row.body is not None:
            return not usable(self._configuration, row.channel)
        return not self._leads(row.recipient, row.channel)

    def _leads(self, recipient: str, channel: str) -> bool:
        """Whether a channel of the office still leads to a contact."""
        contact = self._configuration.contacts.get(recipient)
        address = dict(contact.channels).get(channel) if contact else None
        return address is not None and usable(self._configuration, channel) and (channel, address) not in self._bad

    def _is_here(self, recipient: str) -> bool:
        contact = self._configuration.contacts.get(recipient)
        return contact is not None and contact.is_reachable(self._bad) and not contact.is_away(self._today)

    def message(self, row: Row[Any]) -> None:
        """The same message, with its attempts so far, to the contact's next channel or the unit's present contact."""
        if row.body is not None and row.state == "queued":
            self._end(row, "unknown", f"kênh {row.channel} không còn, không gửi lại được", [])
            return
        carried = _REMINDERS.join(_carried, _carried.c.reminder_id == _r.id).where(_carried.c.message_id == row.id)
        reminders = self._session.execute(carried).all()
        contact, mine = self._one_contact(row, reminders)
        channel = accepting(self._configuration, contact, self._bad) if contact else None
        if contact and channel:
            self._send_to(row, contact, channel)
            self._hand_over(mine, contact)
        else:
            self._end(row, "failed" if mine else "cancelled", self._why(row), mine)

    def unqueued(self) -> None:
        """Reminders in no message yet: those of a contact that is gone go to the present one, or fail when queued."""
        for row in self._session.execute(_REMINDERS.where(*_UNQUEUED), {"now": self._now}).all():
            if not self._is_here(row.recipient) and (contact := self._present(row)):
                self._hand_over([row], contact)

    def _why(self, row: Row[Any]) -> str:
        """Why a message reaches nobody: the server's own words where its address refused."""
        contact = self._configuration.contacts.get(row.recipient)
        if contact is None:
            return CONTACT_GONE
        refused = self._bounced.get((row.channel, dict(contact.channels).get(row.channel, "")))
        return f"{ADDRESS_BAD}: {refused.answer}" if refused and refused.answer else NO_CHANNEL

    def _one_contact(self, row: Row[Any], reminders: Sequence[Row[Any]]) -> tuple[Contact | None, list[Row[Any]]]:
        """Whom a message goes to, with which reminders; those of units that parted since are queued by themselves."""
        contact = self._configuration.contacts.get(row.recipient)
        if contact and accepting(self._configuration, contact, self._bad):
            return contact, list(reminders)
        present = [(one, self._present(one)) for one in reminders]
        chosen = next((contact for _, contact in present if contact), None)
        apart = [one for one, contact in present if contact != chosen]
        self._take_out(apart)
        return chosen, [one for one in reminders if one not in apart]

    def _present(self, reminder: Row[Any]) -> Contact | None:
        """The contact that would get this reminder if it were planned today, in the place of its recipient.

        Where several are told, somebody of the same unit who has not been told yet.
        """
        if reminder.unit not in self._configuration.units:
            return None
        duty = (reminder.plan, reminder.obligation, reminder.carrier or reminder.unit)
        present = self._ladders.recipients(reminder.audience, duty, self._today, self._bad)
        for contact in present:
            if contact.id == reminder.recipient:
                return contact
        before = self._configuration.contacts.get(reminder.recipient)
        if before and reminder.audience == "coordinating":
            present = tuple(contact for contact in present if contact.unit == before.unit)
        told = self._told(reminder) if len(present) > 1 else set()
        return next((contact for contact in present if contact.id not in told), next(iter(present), None))

    def _told(self, reminder: Row[Any]) -> set[str]:
        """Who has the same reminder."""
        same = (_r[name] == getattr(reminder, name) for name in _KEY)
        return set(self._session.execute(select(_r.recipient).where(*same)).scalars())

    def _take_out(self, reminders: Iterable[Row[Any]]) -> None:
        """Back into the queue: `unqueued` finds their contact."""
        ids = [one.id for one in reminders]
        self._session.execute(delete(_carried).where(_carried.c.reminder_id.in_(ids)))
        self._session.execute(update(_reminder).where(_r.id.in_(ids)).values(queued_at=None))

    def _hand_over(self, reminders: Iterable[Row[Any]], contact: Contact) -> None:
        """The row says who gets it; where that contact has the same reminder already, this one is superseded."""
        for row in reminders:
            if row.recipient == contact.id:
                continue
            known = contact.id in self._told(row)
            values = {"state": "superseded", "why": REPLACED} if known else {"recipient": contact.id}
            self._session.execute(update(_reminder).where(_r.id == row.id).values(**values))

    def _send_to(self, row: Row[Any], contact: Contact, channel: tuple[str, str]) -> None:
        name, address = channel
        key = {"recipient": contact.id, "channel": name, "slot": row.slot}
        last = select(func.max(_m.n)).where(*(_m[column] == value for column, value in key.items()))
        n = (self._session.execute(last).scalar() or 0) + 1
        due = None if name == MANUAL else self._now
        gone = f"{row.recipient} không còn nhận qua {row.channel}"
        self._tell(row, "retry", f"{gone}: chuyển cho {contact.id} qua {name}")
        self.moved += 1
        values = {**key, "n": n, "address": address, "state": "queued", "next_try_at": due, "tries": row.tries + 1}
        self._session.execute(update(_message).where(_m.id == row.id).values(**values))

    def _end(self, row: Row[Any], state: str, why: str, reminders: Iterable[Row[Any]]) -> None:
        if state != "cancelled":
            self._tell(row, state, why)
        self.failed += state == "failed"
        ended = {"state": state, "next_try_at": None, "lease_until": None}
        self._session.execute(update(_message).where(_m.id == row.id).values(**ended))
        failed = update(_reminder).where(_r.id.in_([one.id for one in reminders]))
        self._session.execute(failed.values(state="failed", why=why))

    def _tell(self, row: Row[Any], outcome: str, words: str) -> None:
        """An attempt that says what became of the message, so that its history can be followed."""
        told = {"message_id": row.id, "n": row.tries + 1, "stage": "route", "outcome": outcome, "answer": words}
        self._session.execute(insert(_attempt).values(**told, started_at=self._now, finished_at=self._now))
