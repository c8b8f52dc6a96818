"""The journal, page by page: messages and, among them, what units answered; what did not arrive first.

And one message with its attempts, whoever sent it again, and its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default
from typing import Any

from sqlalchemy import Row, Select, Table, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from obligations.cases import applied
from obligations.cases.access import links
from obligations.cases.answering.contacts import Proposal
from obligations.cases.app import App
from obligations.cases.ledger.officebook import OFFICE
from obligations.cases.reading.words import Ours, noted
from obligations.cases.sending.resending import AGAIN, RESENT, moot
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.wording import table_date
from obligations.store.database import reading
from obligations.store.tables import METADATA

PAGE = 50
FAILED = ("failed", "unknown")
NEW_CONTACT = "contact_changed"
ANSWERS = ("acknowledged", "submitted", "extension_asked", "disowned", NEW_CONTACT)
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
_event: Table = METADATA.tables["event"]
_a, _r, _m, _t, _e = _assignment.c, _reminder.c, _message.c, _attempt.c, _event.c
_UNIT = _e.payload["unit"].as_string()  # of an event of the office
_HEAD = (_m.id, _m.recipient, _m.channel, _m.address, _m.slot, _m.state, _m.subject, _m.created_at, _m.tries)


@dataclass(frozen=True)
class Wanted:
    """Which lines: about a unit's, a plan's or an obligation's (`plan/obligation`) duties, since a day; what failed."""

    unit: str = ""
    plan: str = ""
    duty: str = ""
    since: date | None = None
    failed: bool = False
    page: int = 1

    @property
    def conditions(self) -> list[Any]:
        """Of assignments."""
        plan, _, obligation = self.duty.partition("/")
        said = ((_a.unit, self.unit), (_a.plan, self.plan), (_a.plan, plan), (_a.obligation, obligation))
        return [column == value for column, value in said if value]


@dataclass(frozen=True)
class Answered:
    """What a unit answered, or somebody recorded for it."""

    at: datetime
    kind: str
    by: str
    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A message (`row`: its head and its last attempt) or an answer, with the codes of the duties that it is about.

    `moot` says why a message that did not arrive is not sent again.
    """

    at: datetime
    codes: Sequence[str]
    row: Row[Any] | None = None
    answer: Answered | None = None
    moot: str = ""

    @property
    def may_go_again(self) -> bool:
        return self.row is not None and self.row.state in AGAIN and bool(self.codes) and not self.moot


@dataclass(frozen=True)
class Journal:
    """One page."""

    lines: list[Line]
    total: int
    page: int
    configuration: Configuration

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Step:
    """An attempt at a message (`words`: what the server answered), or that somebody sent it again (who)."""

    at: datetime
    outcome: str
    words: str


@dataclass(frozen=True)
class Sent:
    """One message: its head, what it carries, what became of it, its text as it was written (empty before).

    `moot` says why one that did not arrive is not sent again.
    """

    row: Row[Any]
    carried: Sequence[Row[Any]]
    steps: list[Step]
    text: str
    configuration: Configuration
    moot: str

    @property
    def may_go_again(self) -> bool:
        return self.row.state in AGAIN and bool(self.carried) and not self.moot


def journal(app: App, wanted: Wanted) -> Journal:
    """What failed or may have failed first, then the newest; a page beyond the last is the last."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        chosen = _chosen(wanted, ladders.clockwork.zone)
        total = session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        page = min(max(wanted.page, 1), max(1, -(-total // PAGE)))
        found = chosen.subquery().c
        newest = select(found.kind, found.id).order_by(
            found.failed.desc(), found.at.desc(), found.kind.desc(), found.id.desc()
        )
        keys = session.execute(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
        lines = _messages(session, [key.id for key in keys if key.kind == "message"])
        lines |= _answers(session, [key.id for key in keys if key.kind == "answer"])
        return Journal([lines[key.kind, key.id] for key in keys], total, page, ladders.configuration)


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
        rows, steps = session.execute(carried).all(), _steps(session, number)
        why = moot(session.connection(), {number: row.state}).get(number, "") if rows else ""
        return Sent(row, rows, steps, links.hidden(text_of(row.body)), configuration, why)


def _steps(session: Session, number: int) -> list[Step]:
    attempts = select(_attempt).where(_t.message_id == number).order_by(_t.n)
    steps = [Step(one.started_at, one.outcome, one.answer) for one in session.execute(attempts)]
    mine = (_e.plan == OFFICE, _e.kind == RESENT, _e.payload["message"].as_integer() == number)
    again = session.execute(select(_e.recorded_at, _e.by).where(*mine).order_by(_e.id))
    return sorted([*(Step(one.recorded_at, RESENT, one.by) for one in again), *steps], key=lambda one: one.at)


def text_of(body: bytes | None) -> str:
    """What a person reads of a stored message: the text part of a mail, a chat's message as it stands."""
    if not body:
        return ""
    mail = message_from_bytes(body, policy=default)
    if mail["From"] and mail["Subject"]:
        part = mail.get_body(("plain",))
        return str(part.get_content()) if part else ""
    return body.decode("utf-8", "replace")


def _chosen(wanted: Wanted, zone: Any) -> Any:
    """The keys of all lines: `kind`, `id`, `at`, and whether it failed."""
    since = datetime.combine(wanted.since, time(), zone).astimezone(UTC) if wanted.since else None
    fails = case((_m.state.in_(FAILED), 1), else_=0).label("failed")
    messages = select(literal("message").label("kind"), _m.id, _m.created_at.label("at"), fails)
    if wanted.failed:
        messages = messages.where(_m.state.in_(FAILED))
    if since:
        messages = messages.where(_m.created_at >= since)
    if mine := wanted.conditions:
        messages = messages.where(_m.id.in_(_about().where(*mine)))
    return messages if wanted.failed else union_all(messages, _answering(wanted, since))


def _about() -> Select[Any]:
    return (
        select(_carried.c.message_id)
        .join(_reminder, _r.id == _carried.c.reminder_id)
        .join(_assignment, _a.id == _r.assignment_id)
    )


def _answering(wanted: Wanted, since: datetime | None) -> Select[Any]:
    """Answers about duties; another contact, which is about none, where no duty is asked for."""
    query = select(literal("answer").label("kind"), _e.id, _e.recorded_at.label("at"), literal(0).label("failed"))
    query = query.outerjoin(_assignment, _a.id == _e.assignment_id).where(_e.kind.in_(ANSWERS))
    if since:
        query = query.where(_e.recorded_at >= since)
    proposed = [_e.kind == NEW_CONTACT, _e.payload["name"].as_string().is_not(None)]  # not set aside
    about = and_(_e.assignment_id.is_not(None), *wanted.conditions)
    if wanted.plan or wanted.duty:
        return query.where(about)
    return query.where(or_(about, and_(*proposed, wanted.unit == _UNIT if wanted.unit else literal(1) == 1)))


def _messages(session: Session, numbers: list[int]) -> dict[tuple[str, int], Line]:
    last = and_(_t.message_id == _m.id, _t.n == _m.tries)
    query = select(*_HEAD, _t.started_at, _t.outcome, _t.answer).outerjoin(_attempt, last).where(_m.id.in_(numbers))
    codes = _codes(session, numbers)
    rows = session.execute(query).all()
    whys = moot(session.connection(), {row.id: row.state for row in rows if row.id in codes})
    lines = (Line(row.created_at, codes.get(row.id, []), row=row, moot=whys.get(row.id, "")) for row in rows)
    return {("message", row.id): line for row, line in zip(rows, lines, strict=True)}


def _answers(session: Session, numbers: list[int]) -> dict[tuple[str, int], Line]:
    query = select(_event, _a.code, _a.unit).outerjoin(_assignment, _a.id == _e.assignment_id)
    found: dict[tuple[str, int], Line] = {}
    for row in session.execute(query.where(_e.id.in_(numbers))):
        unit = row.unit or row.payload.get("unit", "")
        answer = Answered(row.recorded_at, row.kind, row.by, unit, _said(row))
        found["answer", row.id] = Line(row.recorded_at, [row.code] if row.code else [], answer=answer)
    return found


def _said(row: Row[Any]) -> tuple[str, ...]:
    """What an answer says besides its kind: a document and its day, a day meant or asked for, a note, a person."""
    said = row.payload
    if row.kind == NEW_CONTACT:
        return (Proposal(*(said.get(part, "") for part in ("name", "post", "phone", "email"))).words,)
    words = [row.document or "", Ours("không phát sinh") if said.get("nil") else ""]
    for key, title in (("sent", "gửi ngày"), ("expected_on", "dự kiến gửi ngày"), ("to", "đến ngày")):
        words.append(Ours(f"{title} {table_date(date.fromisoformat(said[key]))}") if said.get(key) else "")
    return tuple(part for part in (*words, noted(said.get("note") or "")) if part)


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
