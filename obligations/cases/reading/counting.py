"""The duties of a period, how many are alike: counted by the database from their rows, told from events where it must.

A row tells all that was ever recorded of its assignment. That is what was known at the moment asked, unless something
was recorded, or took effect, after it; those few assignments are told from the events that count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, Table, and_, case, func, or_, select, text, union
from sqlmodel import Session

from obligations.cases.reading.classing import class_column
from obligations.cases.reading.status import Asked, Known, read
from obligations.domain.facts import STOPPED, WAIVED, Facts
from obligations.store.tables import METADATA

_DAY = timedelta(days=1)
_EARLIEST, _LATEST = date(1000, 1, 1), date(9000, 1, 1)  # no duty is given beyond; the last of all days has no morrow
_ENDED = (WAIVED, STOPPED)
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_a, _e = _assignment.c, _event.c


class Alike(NamedTuple):
    """What duties share that count alike, with their class against the current deadline and the original one."""

    unit: str
    plan: str
    is_carried_over: bool
    current: str
    original: str


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both counted; what belongs to it, told of facts and of rows."""

    first: date
    last: date
    zone: ZoneInfo

    def holds(self, facts: Facts) -> bool:
        """Whether a duty belongs to it: given by its end, not over before its beginning."""
        over_on = facts.outside_on if facts.outside in _ENDED else facts.done_on
        return self._given(facts) <= self.last and (over_on is None or over_on >= self.first)

    def is_carried_over(self, facts: Facts) -> bool:
        return self._given(facts) < self.first

    def _given(self, facts: Facts) -> date:
        born = facts.born_at.astimezone(self.zone).date() if facts.born_at else date.min
        return max(born, facts.opened_on + _DAY) if facts.opened_on else born

    @property
    def held(self) -> ColumnElement[bool]:
        """`holds`, of a row."""
        over_on = case((_a.outside.in_(_ENDED), _a.outside_on), else_=_a.done_on)
        return and_(self._given_by(self.last), or_(over_on.is_(None), over_on >= self.first))

    @property
    def carried_over(self) -> ColumnElement[bool]:
        """`is_carried_over`, of a row."""
        return self._given_by(max(self.first, _EARLIEST) - _DAY)

    def _given_by(self, day: date) -> ColumnElement[bool]:
        midnight = datetime.combine(min(day, _LATEST) + _DAY, time(), self.zone).astimezone(UTC)
        return and_(_a.born_at < midnight, or_(_a.opened_on.is_(None), _a.opened_on < day))


def count(session: Session, asked: Asked, period: Period) -> Iterator[tuple[Alike, int]]:
    """How many duties of the period are alike; some kinds come twice. The session must see one state throughout."""
    later = _later(asked)
    classes = [class_column(asked.ladders, asked.moment, original=original) for original in (False, True)]
    shared = (_a.unit, _a.plan, period.carried_over, *classes)
    query = (
        select(*shared, func.count())
        .outerjoin(later, later.c.assignment_id == _a.id)
        .where(later.c.assignment_id.is_(None), period.held)
        .group_by(*(text(str(place)) for place in range(1, len(shared) + 1)))
    )
    for *alike, number in session.execute(query):
        yield Alike(*alike), number
    told = read(session, asked, _e.assignment_id.in_(select(later.c.assignment_id)))
    yield from Counter(_alike(one, asked, period) for one in told if period.holds(one.facts)).items()


def _later(asked: Asked) -> Subquery:
    """The assignments of which something is told that was not so yet, or not known."""
    ways = (_e.effective_on > asked.moment.day, _e.recorded_at >= asked.until)
    return union(*(select(_e.assignment_id).where(way, _e.assignment_id.is_not(None)) for way in ways)).subquery()


def _alike(one: Known, asked: Asked, period: Period) -> Alike:
    facts, moment = one.facts, asked.moment
    classes = (one.class_on(moment, original=original) for original in (False, True))
    return Alike(facts.unit, facts.plan, period.is_carried_over(facts), *classes)
