"""*Gửi lại*: a person sends again what failed or ended unknown.

What failed reached nobody: it is written anew, so that it says the truth of its day. What is unknown leaves as the
bytes it was; where the other side cannot know a repeat for one, only with that person's word, which holds for one
start whose answer is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, func, or_, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.cases.ledger.owing import not_owed
from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.reminding.judging import is_read
from obligations.cases.sending.postbox import Postbox
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.settling import NEWER
from obligations.store.database import writing
from obligations.store.tables import METADATA

RESENT = "resent"
AGAIN = {"failed": "failed", "unknown": "planned"}  # what may go again, and how its reminders stand
_STANDS = {
    "queued": "đang chờ gửi rồi",
    "started": "đang được gửi",
    "sent": "đã gửi được",
    "cancelled": "không còn gì phải gửi",
}
_T = METADATA.tables
_assignment: Table = _T["assignment"]
_reminder: Table = _T["reminder"]
_message: Table = _T["message"]
_carried: Table = _T["reminder_message"]
_attempt: Table = _T["attempt"]
_event: Table = _T["event"]
_r, _m, _a = _reminder.c, _message.c, _attempt.c


def resend(app: App, number: int, now: datetime, *, by: str, duplicate: bool = False) -> None:
    """Put a message back into the queue: the next delivery sends it. `duplicate`: its recipient may get it twice.

    Refused unless it failed or is unknown, for what is no longer owed or has a newer rung, for an escalation while the
    register was not read today, and for an unknown chat without `duplicate`.
    """
    with writing(app.engine) as session:
        ladders = applied.required(session).ladders
        row = session.execute(select(_message).where(_m.id == number).with_for_update()).first()
        if row is None:
            raise Refused("no-message", f"không có tin nhắn số {number}.", "Xem Nhật ký nhắc.")
        if row.state not in AGAIN:
            raise Refused("not-again", f"tin này {_STANDS[row.state]}.", "Không phải gửi lại.")
        owed, why = _owed(row.state, _told(session.connection(), [number]).get(number, []))
        if why:
            raise Refused("moot", f"{why}.", "Không gửi lại được tin này.")
        _refuse_unread(session, ladders, owed, now)
        unknowns = _unknowns(session.connection(), number)
        if row.state == "unknown" and not duplicate:
            _refuse_duplicate(app, ladders.configuration, row.channel)
        _queue(session, row, owed, now)
        payload = {"message": number, "contact": row.recipient, "channel": row.channel, "unknowns": unknowns}
        officebook.record(session, RESENT, now, by=by, payload=payload)


def is_wanted(connection: Connection, message: int) -> bool:
    """Whether a person wants a message whose first start is unknown to go again, and that has not been done."""
    said = _event.c
    mine = (said.plan == officebook.OFFICE, said.kind == RESENT, said.payload["message"].as_integer() == message)
    last = connection.execute(select(said.payload).where(*mine).order_by(said.id.desc()).limit(1)).scalar()
    return last is not None and last["unknowns"] == _unknowns(connection, message)


def _unknowns(connection: Connection, message: int) -> int:
    query = select(func.count()).where(_a.message_id == message, _a.outcome == "unknown")
    return connection.execute(query).scalar_one()


def moot(connection: Connection, states: Mapping[int, str]) -> dict[int, str]:
    """Of messages that may go again, by their states, those of which too little is owed still, and why."""
    numbers = [number for number, state in states.items() if state in AGAIN]
    told = _told(connection, numbers)
    whys = ((number, _owed(states[number], told.get(number, []))[1]) for number in numbers)
    return {number: why for number, why in whys if why}


def _told(connection: Connection, numbers: Collection[int]) -> dict[int, list[tuple[Row[Any], str]]]:
    """By message what it would say again, with the facts of its assignment, and why it is not sent any more."""
    columns = (_r.id.label("reminder"), _r.rung, _r.cause, _r.audience, _r.rung_on, _r.due_on.label("for_due_on"))
    stands = or_(*(and_(_m.state == state, _r.state == reminder) for state, reminder in AGAIN.items()))
    query = (
        select(_carried.c.message_id, *columns, *_assignment.c)
        .join(_carried, _carried.c.reminder_id == _r.id)
        .join(_message, _m.id == _carried.c.message_id)
        .join(_assignment, _assignment.c.id == _r.assignment_id)
        .where(_m.id.in_(numbers), stands)
        .order_by(_r.id)
    )
    alive = _alive(connection, numbers)
    found: dict[int, list[tuple[Row[Any], str]]] = {}
    for one in connection.execute(query):
        found.setdefault(one.message_id, []).append((one, _why(one, alive.get((one.id, one.audience), []))))
    return found


def _owed(state: str, told: Sequence[tuple[Row[Any], str]]) -> tuple[list[Row[Any]], str]:
    """Those owed still; why there are too few: frozen bytes cannot leave a part out, so of those all must be."""
    over = [f"{one.code} {why}" for one, why in told if why]
    owed = [one for one, why in told if not why]
    if owed and not (over and state == "unknown"):
        return owed, ""
    return [], over[0] if over else "tin này không còn lượt nhắc nào"


def _alive(connection: Connection, numbers: Collection[int]) -> dict[tuple[int, str], list[Row[Any]]]:
    """The reminders that may leave still, or again, of assignments that these messages tell of; by who hears."""
    told = select(_r.assignment_id).join(_carried, _carried.c.reminder_id == _r.id)
    carried = _r.id.in_(select(_carried.c.reminder_id))
    alive = or_(_r.state.in_(("planned", "held")), and_(_r.state == "failed", carried))
    query = select(_r.assignment_id, _r.audience, _r.rung, _r.rung_on).where(
        _r.assignment_id.in_(told.where(_carried.c.message_id.in_(numbers))), alive
    )
    found: dict[tuple[int, str], list[Row[Any]]] = {}
    for one in connection.execute(query):
        found.setdefault((one.assignment_id, one.audience), []).append(one)
    return found


def _why(one: Row[Any], alive: Sequence[Row[Any]]) -> str:
    """Why a reminder is not sent any more; empty while it is."""
    if verdict := not_owed(one, one.rung, one.cause, one.for_due_on):
        return verdict[1]
    kind = one.rung.partition("-")[0]
    later = (other.rung.partition("-")[0] for other in alive if other.rung_on > one.rung_on)
    return NEWER if any(_follows(rung, kind) for rung in later) else ""


def _follows(later: str, kind: str) -> bool:
    """A letter and a review stand each in a row of their own."""
    apart = {"letter", "review", "recorded"}
    return later == kind if {later, kind} & apart else True


def _refuse_unread(session: Session, ladders: Ladders, owed: Sequence[Row[Any]], now: datetime) -> None:
    """Nobody is accused before the register was read that day."""
    up = [one for one in owed if one.audience in ESCALATIONS and ladders.needs_register(one.audience, one.plan)]
    if up and not is_read(session, ladders, now):
        raise Refused("unread", "thư báo lên chỉ đi khi hôm nay đã rà sổ văn bản đến.", "Rà sổ trước, rồi gửi lại.")


def _refuse_duplicate(app: App, configuration: Configuration, channel: str) -> None:
    """A mail's repeat bears the same Message-ID; a chat's is a second message."""
    postbox = Postbox(configuration, app.settings.home)
    try:
        if postbox.channel(channel).repeats_unknown:
            return
    finally:
        postbox.close()
    words = f"không rõ tin trước đã đến chưa; gửi lại qua {channel} thì người nhận có thể nhận hai lần."
    raise Refused("duplicate", words, "Đánh dấu chấp nhận rồi bấm Gửi lại.")


def _queue(session: Session, row: Row[Any], owed: Sequence[Row[Any]], now: datetime) -> None:
    anew: dict[str, Any] = {}
    if row.state == "failed":
        anew = {"body": None}
        mine = _r.id.in_([one.reminder for one in owed])
        session.execute(update(_reminder).where(mine).values(state="planned", why=""))
    again = {"state": "queued", "next_try_at": now, "lease_until": None, **anew}
    session.execute(update(_message).where(_m.id == row.id).values(**again))
