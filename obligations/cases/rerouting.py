"""What waits for a contact or a channel that the office no longer has goes to whoever is there now.

Only what nobody can have received is moved: a message whose bytes are kept for a repeat stays where it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, or_, select, update
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.outbox import CONTACT_GONE, MANUAL, NO_CHANNEL, accepting, usable
from obligations.domain.duties import Ladders
from obligations.domain.plan import Configuration, Contact
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

REPLACED = "đầu mối nay đã có lượt nhắc này"
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_assignment: Table = METADATA.tables["assignment"]
_attempt: Table = METADATA.tables["attempt"]
_r, _m = _reminder.c, _message.c
_KEY = ("assignment_id", "due_on", "rung", "cause")
_REMINDERS = (
    select(_reminder, _assignment.c.unit)
    .join(_assignment, _assignment.c.id == _r.assignment_id)
    .where(_r.state == "planned")
    .order_by(_r.id)
)


def reroute(app: App, ladders: Ladders, now: datetime) -> None:
    """Before anything is queued or sent by `now`. Does nothing where every contact and channel is still there."""
    with reading(app.engine) as session:
        if not _any_stale(session, ladders.configuration, now):
            return
    with writing(app.engine) as session:
        rerouter = _Rerouter(session, ladders, now)
        due = select(_message).where(*_waiting(now)).order_by(_m.id)
        for row in session.execute(due.with_for_update(skip_locked=True)).all():
            if _is_stale(ladders.configuration, row):
                rerouter.message(row)
        rerouter.unqueued()


def _any_stale(session: Session, configuration: Configuration, now: datetime) -> bool:
    """Two indexed queries over what waits; both are empty on most days."""
    pairs = select(_m.recipient, _m.channel).where(*_waiting(now)).distinct()
    recipients = select(_r.recipient).where(*_unqueued(now)).distinct()
    return any(not _leads(configuration, *pair) for pair in session.execute(pairs)) or any(
        recipient not in configuration.contacts for recipient in session.execute(recipients).scalars()
    )


def _waiting(now: datetime) -> tuple[Any, ...]:
    """Messages that are due and held by nobody."""
    free = or_(_m.lease_until.is_(None), _m.lease_until < DatabaseSeconds())
    return _m.next_try_at <= now, _m.state == "queued", free


def _unqueued(now: datetime) -> tuple[Any, ...]:
    return _r.state == "planned", _r.queued_at.is_(None), _r.at <= now


def _leads(configuration: Configuration, recipient: str, channel: str) -> bool:
    """Whether a channel of the office still leads to a contact."""
    contact = configuration.contacts.get(recipient)
    return contact is not None and channel in dict(contact.channels) and usable(configuration, channel)


def _is_stale(configuration: Configuration, row: Row[Any]) -> bool:
    if row.body is not None:  # its repeat needs no contact, but the channel
        return not usable(configuration, row.channel)
    return not _leads(configuration, row.recipient, row.channel)


class _Rerouter:
    """One transaction's changes."""

    def __init__(self, session: Session, ladders: Ladders, now: datetime) -> None:
        self._session = session
        self._ladders = ladders
        self._configuration = ladders.configuration
        self._now = now
        self._today: date = ladders.clockwork.local(now).date()

    def message(self, row: Row[Any]) -> None:
        """The same message, with its attempts so far, to the contact's next channel or the unit's present contact."""
        if row.body is not None:
            self._end(row, "unknown", f"kênh {row.channel} không còn, không gửi lại được", [])
            return
        carried = _REMINDERS.join(_carried, _carried.c.reminder_id == _r.id).where(_carried.c.message_id == row.id)
        reminders = self._session.execute(carried).all()
        contact, mine = self._one_contact(row, reminders)
        if contact is None:
            self._end(row, "failed" if mine else "cancelled", CONTACT_GONE, mine)
        elif channel := accepting(self._configuration, contact):
            self._send_to(row, contact, channel)
            self._hand_over(mine, contact)
        else:
            self._end(row, "failed", NO_CHANNEL, mine)

    def unqueued(self) -> None:
        """Reminders in no message yet: those of a contact that is gone go to the present one, or fail when queued."""
        for row in self._session.execute(_REMINDERS.where(*_unqueued(self._now))).all():
            if row.recipient not in self._configuration.contacts and (contact := self._present(row)):
                self._hand_over([row], contact)

    def _one_contact(self, row: Row[Any], reminders: Sequence[Row[Any]]) -> tuple[Contact | None, list[Row[Any]]]:
        """Whom a message goes to, with which reminders; those of units that parted since are queued by themselves."""
        if contact := self._configuration.contacts.get(row.recipient):
            return contact, list(reminders)
        present = [(one, self._present(one)) for one in reminders]
        chosen = next((contact for _, contact in present if contact), None)
        apart = [one for one, contact in present if contact != chosen]
        self._take_out(apart)
        return chosen, [one for one in reminders if one not in apart]

    def _present(self, reminder: Row[Any]) -> Contact | None:
        """The contact that would get this reminder if it were planned today."""
        if reminder.unit not in self._configuration.units:
            return None
        return next(iter(self._ladders.recipients(reminder.audience, reminder.unit, self._today)), None)

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
            same = [_r[name] == getattr(row, name) for name in _KEY]
            known = self._session.execute(select(_r.id).where(*same, _r.recipient == contact.id)).first()
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
        values = {**key, "n": n, "address": address, "next_try_at": due, "tries": row.tries + 1}
        self._session.execute(update(_message).where(_m.id == row.id).values(**values))

    def _end(self, row: Row[Any], state: str, why: str, reminders: Iterable[Row[Any]]) -> None:
        if state != "cancelled":
            self._tell(row, state, why)
        ended = {"state": state, "next_try_at": None, "lease_until": None}
        self._session.execute(update(_message).where(_m.id == row.id).values(**ended))
        failed = update(_reminder).where(_r.id.in_([one.id for one in reminders]))
        self._session.execute(failed.values(state="failed", why=why))

    def _tell(self, row: Row[Any], outcome: str, words: str) -> None:
        """An attempt that says what became of the message, so that its history can be followed."""
        told = {"message_id": row.id, "n": row.tries + 1, "stage": "route", "outcome": outcome, "answer": words}
        self._session.execute(insert(_attempt).values(**told, started_at=self._now, finished_at=self._now))
