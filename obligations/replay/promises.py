"""What must hold of every life, whatever was configured and whatever went wrong. Nothing here knows the ladder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, func, select
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.reading.history import Wanted, history
from obligations.domain.facts import Facts, fold
from obligations.domain.ladder import RECORDED
from obligations.replay.life import Lived
from obligations.replay.post import Arrival
from obligations.store.database import reading
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_carried: Table = METADATA.tables["reminder_message"]


Wrong = tuple[int | None, str]  # the assignment that it is about, and what is wrong


def broken(app: App, lived: Lived, arrivals: Iterable[Arrival]) -> list[str]:
    """A sentence for each promise that was broken, above the story that led to it; [] when all were kept."""
    with reading(app.engine) as session:
        arrived = list(arrivals)
        wrong = [*_lost(session, lived), *_twice(session, arrived), *_reminded_of_what_is_done(session, arrived)]
    return ["\n".join([sentence, *_story(app, assignment)]) for assignment, sentence in wrong]


def _story(app: App, assignment: int | None) -> Iterator[str]:
    """What people did about an assignment and what was planned and sent, in time order."""
    if assignment is None:
        return
    for one in history(app, Wanted(assignment=assignment), ZoneInfo("UTC")):
        said = (one.kind, one.rung, one.state, one.outcome, one.recipient, one.answer, one.by, one.message_id)
        yield f"  {_moment(one.at)}  {' · '.join(word for word in said if word)}"


def _lost(session: Session, lived: Lived) -> Iterator[Wrong]:
    """Invariant 1: after a delivery every rung whose time had come has its row."""
    last = max((run.at for run in lived.runs if not run.died), default=None)
    if last is None:
        return
    late = select(_assignment.c.id, _assignment.c.code).where(_assignment.c.next_rung_at <= last)
    for row in session.execute(late):
        yield row.id, f"{row.code} còn mốc nhắc chưa được ghi sổ sau lượt gửi {_moment(last)}."


def _twice(session: Session, arrivals: list[Arrival]) -> Iterator[Wrong]:
    """Invariant 2: nothing arrives twice but the same bytes, once more, of a message that was unknown."""
    carried: dict[str, list[Row[Any]]] = {}
    query = (
        select(_message.c.message_id, _reminder.c.id, _reminder.c.assignment_id)
        .join(_carried, _carried.c.message_id == _message.c.id)
        .join(_reminder, _reminder.c.id == _carried.c.reminder_id)
    )
    for row in session.execute(query):
        carried.setdefault(row.message_id, []).append(row)
    seen: dict[str, list[Arrival]] = {}
    for one in arrivals:
        seen.setdefault(one.message_id, []).append(one)
    for message_id, same in seen.items():
        if len({(one.digest, one.to) for one in same}) > 1 or len(same) > 2:
            about = next((row.assignment_id for row in carried.get(message_id, ())), None)
            yield about, f"thư {message_id} đến {len(same)} lần, không phải cùng một nội dung."
    times = Counter((row.id, row.assignment_id) for message_id in seen for row in carried.get(message_id, ()))
    for (reminder, assignment), count in times.items():
        if count > 1:
            yield assignment, f"lượt nhắc số {reminder} đi trong {count} thư khác nhau."


def _reminded_of_what_is_done(session: Session, arrivals: list[Arrival]) -> Iterator[Wrong]:
    """Invariant 3: at the moment a letter was first sent, everything in it was still owed."""
    arrived = {one.message_id for one in arrivals}
    first = {message_id: at for message_id, at in first_starts(session).items() if message_id in arrived}
    events: dict[int, list[Row[Any]]] = {}
    for event in session.execute(select(_event).where(_event.c.assignment_id.is_not(None)).order_by(_event.c.id)):
        events.setdefault(event.assignment_id, []).append(event)
    rows = session.execute(
        select(
            _reminder.c.assignment_id, _reminder.c.rung, _reminder.c.due_on, _assignment.c.code, _message.c.message_id
        )
        .join(_carried, _carried.c.reminder_id == _reminder.c.id)
        .join(_message, _message.c.id == _carried.c.message_id)
        .join(_assignment, _assignment.c.id == _reminder.c.assignment_id)
        .where(_reminder.c.state == "planned")
    )
    for row in rows:
        at = first.get(row.message_id)
        if at is None:
            continue
        facts = fold(event for event in events[row.assignment_id] if event.recorded_at <= at)
        if not _is_owed(row, facts):
            rung = f"mốc {row.rung} (hạn {row.due_on:%d/%m/%Y})"
            yield row.assignment_id, f"{row.code}: {rung} đi lúc {_moment(at)} khi không còn phải nhắc."


def first_starts(session: Session) -> dict[str, datetime]:
    """When each message that left was first written with the bytes it left with: a repeat says what was true then."""
    query = (
        select(_message.c.message_id, func.min(_attempt.c.started_at))
        .join(_attempt, _attempt.c.message_id == _message.c.id)
        .where(_attempt.c.outcome.in_(("sent", "unknown")))
        .group_by(_message.c.message_id)
    )
    return dict(session.execute(query).tuples().all())


def _is_owed(row: Row[Any], facts: Facts) -> bool:
    if row.rung == RECORDED:
        return facts.done_on is not None
    if row.rung.startswith("review-"):
        return facts.phase == "review"
    return facts.phase == "open" and facts.target_on == row.due_on


def _moment(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M} UTC"
