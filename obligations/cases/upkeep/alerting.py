"""Telling the admin, over a channel that still works, once a day for each cause.

What was told is remembered as a message without reminders, whose slot is the cause and the day: the ledger's own
unique key lets nobody be told twice. It goes out at once, past pauses and limits, which it may be about.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlmodel import Session

from obligations.cases import applied, mishaps
from obligations.cases.app import App
from obligations.cases.sending.outbox import MANUAL, domain, usable
from obligations.cases.sending.postbox import Post, Postbox
from obligations.cases.sending.resting import resting
from obligations.channels import Answer, Outgoing
from obligations.domain.errors import Refused
from obligations.domain.plan import Contact
from obligations.store.conflicts import insert_into
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

ALERT = "alert"  # begins the slot of every such message
NOBODY, LOG = "", "loi.log"  # recipient and channel of what could only be written down
_FOOT = "Thư tự động của hệ thống nhắc việc cho người quản trị; mỗi nguyên nhân một lần trong ngày."
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_m = _message.c


def alert(
    app: App,
    about: str,
    subject: str,
    lines: Sequence[str],
    now: datetime,
    *,
    not_over: str | None = None,
    post: Post | None = None,
) -> bool:
    """Tell every admin of one cause (`channel:email`, `limit:per_run`, `clock`, `flow:deliver`, `audit`), once a day.

    Over the admin's first channel that is not the one in trouble and not resting; what reaches nobody is written to
    loi.log and standard error. Whether it was told now: False when it had been told before. Never raises.
    """
    try:
        return _Alert(app, about, subject, lines, now).tell(not_over, post)
    except Exception as error:  # noqa: BLE001 - an alert that fails must not hide what it was about
        _write_down(app, [f"{subject}: {' '.join(lines)}", mishaps.keep(error, app.settings.home)])
        return True


class _Alert:
    """One alert of one day."""

    def __init__(self, app: App, about: str, subject: str, lines: Sequence[str], now: datetime) -> None:
        self._app = app
        self._now = now
        with reading(app.engine) as session:
            found = applied.required(session)
            self._resting = resting(session, now)
        self._configuration = found.configuration
        local = found.ladders.clockwork.local(now)
        self._slot = f"{ALERT}:{about}:{local:%Y-%m-%d}"
        self._subject = f"[Hệ thống nhắc việc] {subject}"
        self._lines = (*lines, f"Lúc {local:%H:%M %d/%m/%Y}.")

    def tell(self, not_over: str | None, post: Post | None) -> bool:
        with reading(self._app.engine) as session:
            if self._is_told(session):
                return False
        opened = post or Postbox(self._configuration, self._app.settings.home)
        try:
            reached = [self._tell_one(contact, not_over, opened) for contact in self._admins()]
        finally:
            opened.close()
        if not any(reached) and self._remember(NOBODY, LOG, "", b""):
            _write_down(self._app, [f"{self._subject}: {' '.join(self._lines)}"])
        return True

    def _is_told(self, session: Session) -> bool:
        asked = (*self._configuration.office.admin, NOBODY)
        told = select(_m.id).where(_m.recipient.in_(asked), _m.slot == self._slot)
        return session.execute(told.limit(1)).first() is not None

    def _admins(self) -> list[Contact]:
        return [self._configuration.contacts[name] for name in self._configuration.office.admin]

    def _tell_one(self, contact: Contact, not_over: str | None, post: Post) -> bool:
        """Over the first channel that takes it."""
        for name, address in self._ways(contact, not_over):
            try:
                channel = post.channel(name)
                out = self._outgoing(contact, name, address)
                frozen = channel.freeze(out)
            except Refused:
                continue
            if (number := self._remember(contact.id, name, address, frozen, out.message_id)) is None:
                return True  # another process tells it this moment
            answer = channel.send(address, frozen)
            self._settle(number, answer)
            if answer.outcome in ("sent", "unknown"):
                return True
        return False

    def _ways(self, contact: Contact, not_over: str | None) -> Iterable[tuple[str, str]]:
        avoided = self._resting | {MANUAL, not_over}
        if self._configuration.office.sending == "box":
            avoided = {MANUAL}
        return (way for way in contact.channels if way[0] not in avoided and usable(self._configuration, way[0]))

    def _outgoing(self, contact: Contact, channel: str, address: str) -> Outgoing:
        key = "\n".join((self._slot, contact.id, channel, self._now.isoformat()))
        digest = hashlib.sha256(key.encode()).hexdigest()[:24]
        text = "\n".join((f"Kính gửi: {contact.name}.", "", *self._lines, "", _FOOT, ""))
        message_id = f"<{digest}.{ALERT}@{domain(self._configuration)}>"
        return Outgoing(message_id, address, contact.name, self._subject, text, None, self._now, None)

    def _remember(self, recipient: str, channel: str, address: str, body: bytes, message_id: str = "") -> int | None:
        """The message's number, begun; None when it is there already."""
        values: dict[str, Any] = {"recipient": recipient, "channel": channel, "slot": self._slot, "n": 1}
        values |= {"message_id": message_id or f"<{self._slot}>", "address": address, "subject": self._subject}
        values |= {"state": "failed" if channel == LOG else "started", "created_at": self._now, "tries": 1, "fence": 0}
        once = insert_into(self._app.engine.dialect, _message).on_conflict_do_nothing().returning(_m.id)
        with writing(self._app.engine) as session:
            number: int | None = session.execute(once, [values | {"body": body}]).scalar()
            if number is not None and channel != LOG:
                session.execute(insert(_attempt).values(message_id=number, n=1, started_at=self._now, **_UNANSWERED))
        return number

    def _settle(self, number: int, answer: Answer) -> None:
        state = answer.outcome if answer.outcome in ("sent", "unknown") else "failed"
        told = {"stage": answer.stage, "outcome": answer.outcome, "answer": answer.answer, "finished_at": self._now}
        with writing(self._app.engine) as session:
            session.execute(update(_attempt).where(_attempt.c.message_id == number).values(**told))
            session.execute(update(_message).where(_m.id == number).values(state=state))


_UNANSWERED = {"stage": "", "outcome": "", "answer": ""}


def _write_down(app: App, words: Iterable[str]) -> None:
    """Where an admin looks last: the log in DONDOC_HOME, and standard error."""
    for line in words:
        sys.stderr.write(f"{line}\n")
        mishaps.note(line, app.settings.home)
