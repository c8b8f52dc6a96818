"""The journal of messages, page by page: what did not arrive first; and one message with its attempts and its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default
from typing import Any

from sqlalchemy import Row, Table, and_, func, select
from sqlalchemy.orm import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import METADATA

PAGE = 50
FAILED = ("failed", "unknown")
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_a, _r, _m, _t = _assignment.c, _reminder.c, _message.c, _attempt.c
_HEAD = (_m.id, _m.recipient, _m.channel, _m.address, _m.slot, _m.state, _m.subject, _m.created_at, _m.tries)


@dataclass(frozen=True)
class Wanted:
    """Which messages: about a unit's or a plan's duties, made since a day, only what failed."""

    unit: str = ""
    plan: str = ""
    since: date | None = None
    failed: bool = False
    page: int = 1


@dataclass(frozen=True)
class Journal:
    """One page; each row has the message's head and its last attempt (`started_at`, `outcome`, `answer`)."""

    rows: Sequence[Row[Any]]
    codes: dict[int, list[str]]
    total: int
    page: int
    configuration: Configuration

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Sent:
    """One message: its head, what it carries, its attempts, its text as it was written (empty before)."""

    row: Row[Any]
    carried: Sequence[Row[Any]]
    attempts: Sequence[Row[Any]]
    text: str
    configuration: Configuration


def journal(app: App, wanted: Wanted) -> Journal:
    """What failed or may have failed first, then the newest; a page beyond the last is the last."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        where = _where(wanted, ladders.clockwork.zone)
        total = session.execute(select(func.count()).select_from(_message).where(*where)).scalar_one()
        page = min(max(wanted.page, 1), max(1, -(-total // PAGE)))
        last = and_(_t.message_id == _m.id, _t.n == _m.tries)
        query = (
            select(*_HEAD, _t.started_at, _t.outcome, _t.answer)
            .outerjoin(_attempt, last)
            .where(*where)
            .order_by(_m.state.in_(FAILED).desc(), _m.id.desc())
            .limit(PAGE)
            .offset((page - 1) * PAGE)
        )
        rows = session.execute(query).all()
        return Journal(rows, _codes(session, [row.id for row in rows]), total, page, ladders.configuration)


def sent(app: App, number: int) -> Sent:
    """One message. Refused when there is none of that number."""
    with reading(app.engine) as session:
        configuration = applied.required(session).configuration
        row = session.execute(select(*_HEAD, _m.body).where(_m.id == number)).first()
        if row is None:
            raise Refused("no-message", f"không có tin nhắn số {number}.", "Xem Nhật ký nhắc.")
        carried = (
            select(_a.code, _a.plan, _a.obligation, _a.unit, _r.rung, _r.state, _r.why)
            .join(_reminder, _r.assignment_id == _a.id)
            .join(_carried, _carried.c.reminder_id == _r.id)
            .where(_carried.c.message_id == number)
            .order_by(_r.id)
        )
        attempts = select(_attempt).where(_t.message_id == number).order_by(_t.n)
        return Sent(
            row, session.execute(carried).all(), session.execute(attempts).all(), text_of(row.body), configuration
        )


def text_of(body: bytes | None) -> str:
    """What a person reads of a stored message: the text part of a mail, a chat's message as it stands."""
    if not body:
        return ""
    mail = message_from_bytes(body, policy=default)
    if mail["From"] and mail["Subject"]:
        part = mail.get_body(("plain",))
        return str(part.get_content()) if part else ""
    return body.decode("utf-8", "replace")


def _where(wanted: Wanted, zone: Any) -> list[Any]:
    where: list[Any] = []
    if wanted.failed:
        where.append(_m.state.in_(FAILED))
    if wanted.since:
        where.append(_m.created_at >= datetime.combine(wanted.since, time(), zone).astimezone(UTC))
    if wanted.unit or wanted.plan:
        about = (
            select(_carried.c.message_id)
            .join(_reminder, _r.id == _carried.c.reminder_id)
            .join(_assignment, _a.id == _r.assignment_id)
        )
        about = about.where(_a.unit == wanted.unit) if wanted.unit else about
        about = about.where(_a.plan == wanted.plan) if wanted.plan else about
        where.append(_m.id.in_(about))
    return where


def _codes(session: Session, messages: list[int]) -> dict[int, list[str]]:
    query = (
        select(_carried.c.message_id, _a.code)
        .join(_reminder, _r.id == _carried.c.reminder_id)
        .join(_assignment, _a.id == _r.assignment_id)
        .where(_carried.c.message_id.in_(messages))
        .order_by(_r.id)
    )
    found: dict[int, list[str]] = {}
    for message, code in session.execute(query):
        codes = found.setdefault(message, [])
        if code not in codes:
            codes.append(code)
    return found
