"""`statistics`: an office's table of a period, unit by unit and plan by plan.

A duty is **given** on the day it began to be followed, or on the first day of its own period where that comes later:
the report of 2023 is given on 01/01/2023 although it was activated in 2022. Of the period from F to T, seen as of D:

- *Giao trong kỳ*: given from F to T. *Kỳ trước chuyển sang*: given before F. Both make up *Tổng số*.
- Left out: what was completed before F (the day of its ghi nhận), and what is given after T.
- Each duty is counted once, in its class at the end of D: completed, in hand, or sent and waiting; so the total is the
  sum of the three. It stands in the line of the unit that was given it, whoever carries it on.
- Not in the total: waived and stopped in the period, waiting to be handed over, unknown; their counts are the note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading.counting import Alike, Period, count
from obligations.cases.reading.status import Asked, ask
from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_OVERDUE, OUTSIDE, SUBMITTED, Moment
from obligations.store.database import snapshot


@dataclass(frozen=True)
class Line:
    """One row: a unit, a plan, or all together. `classes` counts each class, `outside` what is not in the total."""

    id: str
    name: str
    carried_over: int
    given: int
    classes: Mapping[str, int]
    outside: Mapping[str, int]

    @property
    def total(self) -> int:
        return self.carried_over + self.given

    @property
    def done(self) -> int:
        return self.classes.get(DONE_IN_TIME, 0) + self.classes.get(DONE_LATE, 0)

    @property
    def open(self) -> int:
        return self.classes.get(OPEN_IN_TIME, 0) + self.classes.get(OPEN_OVERDUE, 0)

    @property
    def submitted(self) -> int:
        return self.classes.get(SUBMITTED, 0)

    @property
    def done_rate(self) -> float | None:
        """Completed of the total, in per cent with one decimal; None where there is nothing."""
        return _percent(self.done, self.total)

    @property
    def in_time_rate(self) -> float | None:
        """Completed in time of the completed, in per cent."""
        return _percent(self.classes.get(DONE_IN_TIME, 0), self.done)

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.classes.get(name, 0) for name in (DONE_IN_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_OVERDUE)}
        return {
            "id": self.id,
            "name": self.name,
            "total": self.total,
            "carried_over": self.carried_over,
            "given": self.given,
            "done": self.done,
            "open": self.open,
            **counts,
            "submitted": self.submitted,
            "done_rate": self.done_rate,
            "in_time_rate": self.in_time_rate,
            "outside": dict(self.outside),
        }


@dataclass(frozen=True)
class Table:
    """By unit in the order of protocol, by plan, and the total."""

    units: list[Line]
    plans: list[Line]
    total: Line

    def as_json(self) -> dict[str, Any]:
        lines = {"units": self.units, "plans": self.plans}
        return {**{key: [one.as_json() for one in some] for key, some in lines.items()}, "total": self.total.as_json()}


@dataclass(frozen=True)
class Statistics:
    """Both tables of a period: against the current deadline (biểu 1) and the original one (biểu 2)."""

    first: date
    last: date
    moment: Moment
    known_at: date
    current: Table
    original: Table

    def as_json(self) -> dict[str, Any]:
        return {
            "from": self.first,
            "to": self.last,
            "as_of": self.moment.day,
            "known_at": self.known_at,
            "current": self.current.as_json(),
            "original": self.original.as_json(),
        }


def statistics(
    app: App,
    now: datetime,
    *,
    first: date,
    last: date,
    as_of: date | None = None,
    known_at: date | None = None,
) -> Statistics:
    """The tables of a period, as of its last day (or today, if that is earlier) unless said otherwise."""
    with snapshot(app.engine) as session:
        today = applied.required(session).ladders.clockwork.local(now).date()
        asked = ask(session, now, as_of=as_of or min(last, today), known_at=known_at)
        counted = [*count(session, asked, Period(first, last, asked.ladders.clockwork.zone))]
    return Statistics(
        first,
        last,
        asked.moment,
        asked.known_at,
        current=_table(asked, ((one, one.current, number) for one, number in counted)),
        original=_table(asked, ((one, one.original, number) for one, number in counted)),
    )


@dataclass
class _Count:
    """A row while it is counted."""

    carried_over: int = 0
    given: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)

    def add(self, known: str, number: int, *, is_carried_over: bool) -> None:
        if known in OUTSIDE:
            self.outside[known] += number
            return
        self.classes[known] += number
        if is_carried_over:
            self.carried_over += number
        else:
            self.given += number

    def line(self, id_: str, name: str) -> Line:
        outside = {known: self.outside[known] for known in OUTSIDE if self.outside[known]}
        return Line(id_, name, self.carried_over, self.given, dict(self.classes), outside)


def _table(asked: Asked, counted: Iterable[tuple[Alike, str, int]]) -> Table:
    """Of how many duties that are alike stand in which class."""
    counts: dict[tuple[str, str], _Count] = {}
    whole = _Count()
    for one, known, number in counted:
        lines = (counts.setdefault(key, _Count()) for key in (("unit", one.unit), ("plan", one.plan)))
        for line in (*lines, whole):
            line.add(known, number, is_carried_over=one.is_carried_over)
    return Table(_units(asked, counts), _plans(asked, counts), whole.line("", "Tổng cộng"))


def _units(asked: Asked, counts: Mapping[tuple[str, str], _Count]) -> list[Line]:
    units, position = asked.configuration.units, asked.position
    return _lines(
        counts,
        "unit",
        lambda id_: units[id_].name if id_ in units else id_,
        lambda id_: (position.get(id_, len(position)), id_),
    )


def _plans(asked: Asked, counts: Mapping[tuple[str, str], _Count]) -> list[Line]:
    plans = asked.configuration.plans
    return _lines(counts, "plan", lambda id_: (id_ in plans and plans[id_].number) or id_, lambda id_: (0, id_))


def _lines(
    counts: Mapping[tuple[str, str], _Count],
    kind: str,
    name: Callable[[str], str],
    order: Callable[[str], tuple[int, str]],
) -> list[Line]:
    found = sorted((id_ for one, id_ in counts if one == kind), key=order)
    return [counts[kind, id_].line(id_, name(id_)) for id_ in found]


def _percent(part: int, whole: int) -> float | None:
    """Rounded half up, as an office does by hand."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None
