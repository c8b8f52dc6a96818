"""What a unit sees of itself by its link: the duties that it carries, each with what the plan says and what happened.

Its own, those of units whose successor it is, and those that were given to it; none that somebody else carries on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering import uploads
from obligations.cases.answering.uploads import Kept
from obligations.cases.app import App
from obligations.cases.reading.unit_steps import Step, steps
from obligations.cases.writing import gathering
from obligations.cases.writing.almanac import Almanac, almanac
from obligations.cases.writing.stories import Story
from obligations.domain.classes import OPEN_OVERDUE, Moment, class_of, state_of
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.facts import Facts
from obligations.domain.plan import Unit
from obligations.domain.wording import clock, long_date, two_digits
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.texts.duty import Duty
from obligations.texts.occasion import Foot

_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c
RECENT = 20  # of what is done: the rest is history


@dataclass(frozen=True)
class Owed:
    """One duty as it stands now. `day_off`: what makes the deadline a day off, empty on a working day."""

    id: int
    code: str
    facts: Facts
    duty: Duty
    state: str
    is_over: bool
    days: int
    day_off: str
    ask: Foot
    given_to: str

    @property
    def is_open(self) -> bool:
        return self.facts.phase == "open"

    @property
    def deadline(self) -> str:
        """*hết ngày 25/11/2022 (thứ Sáu)*; of what waits for an event: that it does."""
        target, at = self.facts.target_on, self.facts.at
        if target is None:
            return "chưa có hạn (chờ mốc)"
        hour = at if at and target == self.facts.due_on else None
        return f"trước {clock(hour)} ngày {long_date(target)}" if hour else f"hết ngày {long_date(target)}"

    @property
    def left(self) -> str:
        """*còn 06 ngày làm việc*, *quá hạn 02 ngày làm việc*; nothing for what is not open or has no date."""
        if not self.is_open or self.facts.target_on is None:
            return ""
        if self.is_over:
            return f"quá hạn {two_digits(max(1, -self.days))} ngày làm việc"
        return f"còn {two_digits(self.days)} ngày làm việc" if self.days > 0 else "không còn ngày làm việc"

    @property
    def more(self) -> str:
        """The state, where it says more than how late it is."""
        return "" if self.is_over and re.match(r"Quá hạn( \d|$)", self.state) else self.state

    @property
    def receiver(self) -> str:
        return self.duty.submit_to or self.duty.overseer


@dataclass(frozen=True)
class Page:
    """A unit's page: overdue first, then by deadline; what waits for ghi nhận; what is done, newest first."""

    unit: Unit
    open: tuple[Owed, ...]
    waiting: tuple[Owed, ...]
    done: tuple[Owed, ...]
    ask: Foot

    @property
    def overdue(self) -> int:
        return sum(one.is_over for one in self.open)


@dataclass(frozen=True)
class Whole:
    """One duty with its story, and the unit's other open duties whose results go to the same place."""

    unit: Unit
    owed: Owed
    steps: tuple[Step, ...]
    files: dict[int, list[Kept]]
    together: tuple[Owed, ...]
    newest_event: int


def page(app: App, unit: str, now: datetime) -> Page:
    """Refused where the applied configuration does not know the unit (any more)."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        known = _unit(ladders, unit)
        book = almanac(ladders, now)
        owed = _owed(session, book, _rows(session, ladders, unit, book.today))
    done = [one for one in owed if one.facts.phase == "closed"]
    done.sort(key=lambda one: (one.facts.done_on or one.facts.outside_on or date.min, one.id), reverse=True)
    return Page(
        known,
        tuple(sorted((one for one in owed if one.is_open), key=_pressing)),
        tuple(one for one in owed if one.facts.phase == "review"),
        tuple(done[:RECENT]),
        book.desk,
    )


def whole(app: App, unit: str, code: str, now: datetime) -> Whole:
    """One duty. Refused, as if there were none, where the unit does not carry it."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        known = _unit(ladders, unit)
        book = almanac(ladders, now)
        rows = _rows(session, ladders, unit, book.today)
        row = next((row for row in rows if row.code == code), None)
        if row is None:
            raise Refused("no-assignment", f"đơn vị không có việc mang mã {code}.", "Xem các việc của đơn vị.")
        story = Story.of_all(session.connection(), [row.id])[row.id]
        owed = _one(book, row, story.facts)
        others = [one for one in rows if one.phase == "open" and one.id != row.id]
        together = [one for one in _owed(session, book, others) if one.receiver == owed.receiver]
        letters = gathering.reminded(session.connection(), [row.id]).get(row.id, [])
        files = uploads.of_events(session, [event.id for event in story.events])
    told = tuple(steps(story.events, letters, ladders.configuration, ladders.clockwork.zone))
    return Whole(known, owed, told, files, tuple(sorted(together, key=_pressing)), story.events[-1].id)


def assignments(app: App, unit: str, now: datetime) -> list[int]:
    """The ids of all that a unit carries."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        return [row.id for row in _rows(session, ladders, unit, ladders.clockwork.local(now).date())]


def carried_by(session: Session, ladders: Ladders, unit: str, today: date) -> Sequence[Row[Any]]:
    """The rows of the assignments that a unit carries on a day."""
    return _rows(session, ladders, unit, today)


def _unit(ladders: Ladders, unit: str) -> Unit:
    found = ladders.configuration.units.get(unit)
    if found is None:
        raise Refused("link-unknown", "đơn vị này không còn được theo dõi.", "Hỏi văn phòng cơ quan theo dõi.")
    return found


def _rows(session: Session, ladders: Ladders, unit: str, today: date) -> Sequence[Row[Any]]:
    """Whose duties end up here: the unit's own and, of those that ended, its predecessors'."""
    owners = [one for one in ladders.configuration.units if (ladders.carrier(one, today) or one) == unit]
    query = select(_assignment).where(func.coalesce(_a.carrier, _a.unit).in_(owners)).order_by(_a.due_on, _a.id)
    rows = session.execute(query).all()
    return [row for row in rows if ladders.configuration.obligation(row.plan, row.obligation)]


def _owed(session: Session, book: Almanac, rows: Iterable[Row[Any]]) -> list[Owed]:
    some = list(rows)
    stories = Story.of_all(session.connection(), [row.id for row in some])
    return [_one(book, row, stories[row.id].facts) for row in some]


def _one(book: Almanac, row: Row[Any], facts: Facts) -> Owed:
    moment = Moment(book.today, book.local.time())
    day = book.day(facts.target_on) if facts.target_on else None
    given_to = book.configuration.units.get(row.unit)
    return Owed(
        id=row.id,
        code=row.code,
        facts=facts,
        duty=book.duty(row),
        state=state_of(facts, moment, book.configuration.calendar),
        is_over=class_of(facts, moment) == OPEN_OVERDUE,
        days=day.working_days if day else 0,
        day_off=(day.day_off or "") if day else "",
        ask=book.foot(row.plan),
        given_to=given_to.name if given_to else row.unit,
    )


def _pressing(one: Owed) -> tuple[bool, date, str]:
    return not one.is_over, one.facts.target_on or date.max, one.code
