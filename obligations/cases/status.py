"""`status`: how every duty stood on a day, as it was known on a day. Both only ever look at events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.domain.classes import CLASSES, OUTSIDE, SUBMITTED, Facts, Moment, class_of, state_of
from obligations.domain.due import is_due_between
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


@dataclass
class _Folded:
    """An assignment's facts as its events tell them."""

    identity: dict[str, Any] = field(default_factory=dict)
    original_due_on: date | None = None
    due_on: date | None = None
    at: time | None = None
    submitted_on: date | None = None
    done_on: date | None = None
    outside: str | None = None


def status(
    app: App,
    now: datetime,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    first: date | None = None,
    last: date | None = None,
    assignment: int | None = None,
) -> Status:
    """As of the end of a day (now, for today), from what had been recorded by the end of `known_at` (default: `as_of`).

    `first` and `last` keep the duties whose current deadline lies between them, both counted; `assignment` keeps one.
    """
    with reading(app.engine) as session:
        zone = applied.required(session).ladders.clockwork.zone
        local = now.astimezone(zone)
        day = as_of or local.date()
        known = known_at or day
        moment = Moment(day, local.time() if day == local.date() else None)
        until = datetime.combine(known + timedelta(days=1), time(), zone).astimezone(UTC)
        configuration = applied.known(session, until).configuration
        folded = _fold(_events(session, day, until, assignment))
    rows = [one for one in folded if is_due_between(one.due_on, first, last)]
    return _status(configuration, rows, moment, known)


def one(app: App, assignment_id: int, now: datetime) -> Standing:
    """One assignment as it stands now."""
    return status(app, now, assignment=assignment_id).assignments[0]


def _events(session: Session, day: date, until: datetime, assignment: int | None) -> Iterable[Row[Any]]:
    query = (
        select(_e.assignment_id, _e.plan, _e.kind, _e.effective_on, _e.payload)
        .where(_e.effective_on <= day, _e.recorded_at < until, _e.assignment_id.is_not(None))
        .order_by(_e.id)
    )
    return session.execute(query if assignment is None else query.where(_e.assignment_id == assignment))


def _fold(events: Iterable[Row[Any]]) -> list[_Folded]:
    rows: dict[int, _Folded] = {}
    for event in events:
        _tell(rows.setdefault(event.assignment_id, _Folded()), event)
    return [row for row in rows.values() if row.identity]


def _tell(row: _Folded, event: Row[Any]) -> None:
    payload = event.payload
    match event.kind:
        case "due_set":
            row.due_on = _day(payload["due_on"])
            row.original_due_on = row.original_due_on or row.due_on
            if "code" in payload:
                keys = ("obligation", "unit", "period", "code")
                row.identity = {"plan": event.plan} | {key: payload[key] for key in keys}
                row.at = time.fromisoformat(payload["due_at"]) if payload["due_at"] else None
        case "unknown":
            row.outside = "unknown"
        case "submitted":
            row.submitted_on, row.outside = date.fromisoformat(payload["counts_on"]), None
        case "confirmed":
            row.done_on = event.effective_on


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _status(configuration: Configuration, rows: list[_Folded], moment: Moment, known: date) -> Status:
    position = {unit.id: unit.position for unit in configuration.units.values()}
    rows.sort(
        key=lambda row: (
            row.due_on is None,
            row.due_on or date.max,
            row.identity["plan"],
            row.identity["obligation"],
            position.get(row.identity["unit"], len(position)),
        )
    )
    current = Counter(class_of(_facts(row, row.due_on), moment) for row in rows)
    original = Counter(class_of(_facts(row, row.original_due_on), moment) for row in rows)
    return Status(
        as_of=moment.day,
        known_at=known,
        current={name: current[name] for name in CLASSES},
        original={name: original[name] for name in CLASSES},
        waiting=current[SUBMITTED],
        outside={name: current[name] for name in OUTSIDE if current[name]},
        assignments=[_standing(configuration, row, moment) for row in rows],
    )


def _facts(row: _Folded, due_on: date | None) -> Facts:
    return Facts(due_on, row.at, row.submitted_on, row.done_on, row.outside)


def _standing(configuration: Configuration, row: _Folded, moment: Moment) -> Standing:
    facts = _facts(row, row.due_on)
    return Standing(
        **row.identity,
        original_due_on=row.original_due_on,
        due_on=row.due_on,
        at=f"{row.at:%H:%M}" if row.at else None,
        class_=class_of(facts, moment),
        state=state_of(facts, moment, configuration.calendar),
        submitted_on=row.submitted_on,
        done_on=row.done_on,
    )
