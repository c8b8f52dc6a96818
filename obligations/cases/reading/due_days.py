"""The calendar (lịch): what is due on each day of a month or a year, beside the office's days off.

Of two hundred thousand assignments a month has thousands: the database counts them, and only what a day names is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, Table, case, func, select, text

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.kept import Kept
from obligations.cases.reading.board import View, filters
from obligations.cases.reading.classing import class_column, moment_of
from obligations.cases.reading.unchanged import standstill
from obligations.domain.calendar import SATURDAY
from obligations.domain.classes import OPEN_OVERDUE, Moment
from obligations.domain.duties import Ladders
from obligations.domain.plan import Configuration
from obligations.domain.wording import WEEKDAYS
from obligations.store.database import reading
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c


@dataclass(frozen=True)
class DueDuty:
    """One duty and period on its day: who owes it (one unit's `code` and `unit`, or how many), class by class."""

    plan: str
    obligation: str
    period: str
    title: str
    code: str
    unit: str
    counts: Mapping[str, int]

    @property
    def owed(self) -> int:
        return sum(self.counts.values())


@dataclass
class DueDay:
    """One day. `off`: its name as a day off; `is_made_up`: a weekend that is worked.

    `left` counts duties whose original deadline was this day and is not any more; `came` those that were moved here.
    """

    on: date
    off: str | None = None
    is_made_up: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    duties: list[DueDuty] = field(default_factory=list)
    left: int = 0
    came: int = 0

    @property
    def owed(self) -> int:
        return self.counts.total()

    @property
    def late(self) -> int:
        return self.counts[OPEN_OVERDUE]

    @property
    def is_holiday(self) -> bool:
        """A day off that the week alone does not explain."""
        return self.off is not None and self.off not in WEEKDAYS


@dataclass(frozen=True)
class DueDays:
    """Days in a row; `is_confirmed`: every year among them has its list of days off announced."""

    days: list[DueDay]
    is_confirmed: bool
    configuration: Configuration

    @property
    def counts(self) -> Counter[str]:
        return sum((day.counts for day in self.days), Counter[str]())


_told: Kept[tuple[Any, ...]] = Kept(32)


def month(app: App, view: View, first: date, now: datetime) -> DueDays:
    """The days of the month that begins on `first`, each with its duties: what is late first, then as plans have them.

    Of a view its half, plan and unit count.
    """
    return _days(app, view, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), now, named=True)


def year(app: App, view: View, number: int, now: datetime) -> DueDays:
    """The days of a year with their counts only."""
    return _days(app, view, date(number, 1, 1), date(number, 12, 31), now, named=False)


def _days(app: App, view: View, first: date, last: date, now: datetime, *, named: bool) -> DueDays:
    view = replace(View(half=view.half, plan=view.plan, unit=view.unit), first=first, last=last)
    with reading(app.engine) as session:
        in_force = applied.required(session)
        ladders = in_force.ladders
        moment = moment_of(ladders, now)
        still = standstill(session, app.settings.database_url, in_force.version, moment)

        def count() -> tuple[Any, ...]:
            due = session.execute(_due(view, ladders, moment, named=named)).all()
            return due, session.execute(_left(view, ladders)).all()

        due, left = _told.get((still, view, named), count)
    configuration = ladders.configuration
    days = {day.on: day for day in _empty(configuration, first, last)}
    for row in due:
        days[row.due_on].counts[row.kind] += row.owed
        days[row.due_on].came += row.came
    for row in left:
        days[row.original_due_on].left = row.n
    if named:
        _name(days, due, configuration)
    confirmed = all(configuration.calendar.is_confirmed(one) for one in {first.year, last.year})
    return DueDays(list(days.values()), confirmed, configuration)


def _due(view: View, ladders: Ladders, moment: Moment, *, named: bool) -> Select[Any]:
    """Counts by day and class; `named`: by duty and period too."""
    kind = class_column(ladders, moment).label("kind")
    moved = func.sum(case((_a.due_on != _a.original_due_on, 1), else_=0)).label("came")
    counted = (func.count().label("owed"), moved)
    if not named:
        return select(_a.due_on, kind, *counted).where(*filters(view, ladders)).group_by(_a.due_on, text("kind"))
    one = (_a.plan, _a.obligation, _a.period)
    some = (func.min(_a.code).label("code"), func.min(_a.unit).label("unit"), func.min(_a.id).label("first"))
    query = select(_a.due_on, kind, *one, *counted, *some).where(*filters(view, ladders))
    return query.group_by(_a.due_on, text("kind"), *one).order_by(text("first"))


def _left(view: View, ladders: Ladders) -> Select[Any]:
    """Counts by the original day of what is due on another one now."""
    originally = filters(replace(view, original=True), ladders)
    moved = (_a.due_on != _a.original_due_on) | _a.due_on.is_(None)
    return select(_a.original_due_on, func.count().label("n")).where(*originally, moved).group_by(_a.original_due_on)


def _empty(configuration: Configuration, first: date, last: date) -> Iterator[DueDay]:
    calendar = configuration.calendar
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        off = calendar.day_off(day)
        yield DueDay(day, off, is_made_up=off is None and day.weekday() >= SATURDAY)


def _name(days: Mapping[date, DueDay], due: Sequence[Row[Any]], configuration: Configuration) -> None:
    """Each day's duties: what is late first, then in the order in which they were given."""
    found: dict[tuple[str, ...], list[Row[Any]]] = {}
    for row in due:
        found.setdefault((row.due_on.isoformat(), row.plan, row.obligation, row.period), []).append(row)
    for rows in found.values():
        days[rows[0].due_on].duties.append(_duty(rows, configuration))
    for day in days.values():
        day.duties.sort(key=lambda one: -one.counts.get(OPEN_OVERDUE, 0))


def _duty(rows: Sequence[Row[Any]], configuration: Configuration) -> DueDuty:
    row = rows[0]
    known, unit = configuration.obligation(row.plan, row.obligation), configuration.units.get(row.unit)
    title = known.title if known else row.obligation
    counts = {one.kind: one.owed for one in rows}
    name = unit.short_name if unit else row.unit
    return DueDuty(row.plan, row.obligation, row.period, title, row.code, name, counts)
