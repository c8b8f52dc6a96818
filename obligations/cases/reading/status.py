"""`status`: how every duty stood on a day, as it was known on a day. Both only ever look at events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.domain.classes import CLASSES, OPEN_OVERDUE, OUTSIDE, SUBMITTED, Moment, class_of, state_of
from obligations.domain.due import is_due_between
from obligations.domain.duties import Ladders
from obligations.domain.facts import Facts
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import METADATA

_e = METADATA.tables["event"].c


@dataclass(frozen=True)
class Standing:
    """One assignment on the day asked."""

    plan: str
    obligation: str
    unit: str
    period: str
    code: str
    original_due_on: date | None
    due_on: date | None
    at: str | None
    class_: str
    state: str
    submitted_on: date | None
    done_on: date | None

    def as_json(self) -> dict[str, Any]:
        return {key.rstrip("_"): value for key, value in vars(self).items()}


@dataclass(frozen=True)
class Status:
    """The whole picture: counts against the current and the original deadline, then every assignment."""

    as_of: date
    known_at: date
    current: dict[str, int]
    original: dict[str, int]
    waiting: int
    outside: dict[str, int]
    assignments: list[Standing]

    def as_json(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "known_at": self.known_at,
            "classes": {"current": self.current, "original": self.original},
            "waiting": self.waiting,
            "outside": self.outside,
            "assignments": [row.as_json() for row in self.assignments],
        }


@dataclass(frozen=True)
class Wanted:
    """Which assignments: due (by their current deadline) between two days, both counted; of a unit; overdue."""

    first: date | None = None
    last: date | None = None
    unit: str | None = None
    overdue: bool = False
    assignment: int | None = None

    def takes(self, one: Known, moment: Moment) -> bool:
        if not is_due_between(one.facts.due_on, self.first, self.last):
            return False
        if self.unit is not None and one.facts.unit != self.unit:
            return False
        return not self.overdue or one.class_on(moment) == OPEN_OVERDUE


@dataclass(frozen=True)
class Known:
    """One assignment's facts as they were known, and whether nobody carried it on that day."""

    facts: Facts
    is_orphan: bool = False

    def class_on(self, moment: Moment, *, original: bool = False) -> str:
        return class_of(self.facts, moment, original=original, is_orphan=self.is_orphan)

    def state_on(self, moment: Moment, configuration: Configuration) -> str:
        return state_of(self.facts, moment, configuration.calendar, is_orphan=self.is_orphan)


@dataclass(frozen=True)
class Asked:
    """How an office's duties stood at a moment, from what had been recorded before `until`, the end of `known_at`; told
    under the configuration of then."""

    moment: Moment
    known_at: date
    until: datetime
    ladders: Ladders

    @property
    def configuration(self) -> Configuration:
        return self.ladders.configuration

    @property
    def position(self) -> Mapping[str, int]:
        """Units in the order of protocol; one that is not there any more comes last."""
        return {unit.id: unit.position for unit in self.configuration.units.values()}


def ask(session: Session, now: datetime, *, as_of: date | None = None, known_at: date | None = None) -> Asked:
    """As of the end of a day (now, for today), from what had been recorded by the end of `known_at` (default: `as_of`).

    Only events are read, and the configuration that was in force: the answer is the same for ever.
    """
    zone = applied.required(session).ladders.clockwork.zone
    local = now.astimezone(zone)
    day = as_of or local.date()
    known = known_at or day
    until = datetime.combine(known + timedelta(days=1), time(), zone).astimezone(UTC)
    moment = Moment(day, local.time() if day == local.date() else None)
    return Asked(moment, known, until, applied.known(session, until).ladders)


def read(session: Session, asked: Asked, which: ColumnElement[bool] | None = None) -> list[Known]:
    """Every assignment, or those `which` a condition on their events chooses, from the events alone."""
    day = asked.moment.day
    query = (
        select(_e.assignment_id, _e.id, _e.plan, _e.kind, _e.effective_on, _e.recorded_at, _e.document, _e.payload)
        .where(_e.effective_on <= day, _e.recorded_at < asked.until, _e.assignment_id.is_not(None))
        .order_by(_e.id)
    )
    rows: dict[int, Facts] = {}
    for event in session.execute(query if which is None else query.where(which)):
        rows.setdefault(event.assignment_id, Facts()).tell(event)
    return [_known(facts, asked.ladders, day) for facts in rows.values() if facts.code]


def status(
    app: App,
    now: datetime,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    wanted: Wanted | None = None,
) -> Status:
    """How the wanted assignments stand (see `ask` for the two days); counts are of those shown."""
    which = wanted or Wanted()
    chosen = None if which.assignment is None else _e.assignment_id == which.assignment
    with reading(app.engine) as session:
        asked = ask(session, now, as_of=as_of, known_at=known_at)
        rows = read(session, asked, chosen)
    return _status(asked, [row for row in rows if which.takes(row, asked.moment)])


def one(app: App, assignment_id: int, now: datetime) -> Standing:
    """One assignment as it stands now."""
    return status(app, now, wanted=Wanted(assignment=assignment_id)).assignments[0]


def _known(facts: Facts, ladders: Ladders, day: date) -> Known:
    known = facts.phase == "open" and facts.unit in ladders.configuration.units
    return Known(facts, known and ladders.is_orphan(facts, day))


def _status(asked: Asked, rows: list[Known]) -> Status:
    position = asked.position
    rows.sort(key=lambda row: _order(row.facts, position))
    current = Counter(row.class_on(asked.moment) for row in rows)
    original = Counter(row.class_on(asked.moment, original=True) for row in rows)
    return Status(
        as_of=asked.moment.day,
        known_at=asked.known_at,
        current={name: current[name] for name in CLASSES},
        original={name: original[name] for name in CLASSES},
        waiting=current[SUBMITTED],
        outside={name: current[name] for name in OUTSIDE if current[name]},
        assignments=[_standing(asked, row) for row in rows],
    )


def _order(facts: Facts, position: Mapping[str, int]) -> tuple[Any, ...]:
    """By deadline (none: last), plan, obligation, unit (protocol); two of one unit and day by their period."""
    place = position.get(facts.unit, len(position))
    return facts.due_on is None, facts.due_on or date.max, facts.plan, facts.obligation, place, facts.unit, facts.period


def _standing(asked: Asked, row: Known) -> Standing:
    facts = row.facts
    return Standing(
        plan=facts.plan,
        obligation=facts.obligation,
        unit=facts.unit,
        period=facts.period,
        code=facts.code,
        original_due_on=facts.original_due_on,
        due_on=facts.due_on,
        at=f"{facts.at:%H:%M}" if facts.at else None,
        class_=row.class_on(asked.moment),
        state=row.state_on(asked.moment, asked.configuration),
        submitted_on=facts.submitted_on,
        done_on=facts.done_on,
    )
