"""The board (bảng theo dõi): one page of assignments, and how many stand in each class.

`status` tells every assignment from its events; a board of two hundred thousand cannot. Filters, order, paging and
classes are the database's, over the projected rows; only the rows of the page are told from their events.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, or_, select, text
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.kept import Kept
from obligations.cases.reading.classing import UNFINISHED, class_column, moment_of
from obligations.cases.reading.rows import Row, last_told, rows_of
from obligations.cases.reading.unchanged import standstill
from obligations.domain.classes import CLASSES, OPEN_IN_TIME, OUTSIDE, SUBMITTED, Moment, soon_until
from obligations.domain.duties import Ladders
from obligations.domain.plan import Configuration
from obligations.domain.wording import without_marks
from obligations.store.database import reading
from obligations.store.tables import METADATA

Half = Literal["followed", "own"]
Sort = Literal["due", "original", "code", "unit", "plan"]
Shown = str  # a class, "unfinished" (open or waiting for ghi nhận), SOON, or "all"
SOON = "soon"  # in time, and due within five working days: part of a class
PAGE = 50
_KEPT = 64
_KEPT_ROWS = 100  # of a longer page, as for print, nothing is kept
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c
_counted: Kept[tuple[dict[str, int], int]] = Kept(_KEPT)


@dataclass(frozen=True)
class View:
    """Which part of the board: a half, a class, a plan, a unit, words, deadlines between two days; in which order."""

    half: Half = "followed"
    shown: Shown = "unfinished"
    plan: str | None = None
    unit: str | None = None
    words: str = ""
    first: date | None = None
    last: date | None = None
    original: bool = False
    sort: Sort = "due"
    descending: bool = False
    page: int = 1
    size: int = PAGE


@dataclass(frozen=True)
class Board:
    """One page: its rows, the counts by class of all that the filters (but the class) let through, and how many pages.

    `moment`: the day and hour the classes hold for; `number` is the first row's place. `key` names all that is shown:
    two boards of one key show the same.
    """

    view: View
    moment: Moment
    rows: list[Row]
    counts: Mapping[str, int]
    soon: int
    total: int
    configuration: Configuration
    key: Hashable

    def count(self, shown: Shown) -> int:
        """How many the filters let through of these."""
        return _total(self.counts, self.soon, shown)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.view.size))

    @property
    def number(self) -> int:
        return (self.view.page - 1) * self.view.size + 1

    @property
    def outside(self) -> dict[str, int]:
        """What is not counted in the four classes, by reason, where there is any."""
        return {name: self.counts[name] for name in OUTSIDE if self.counts.get(name)}


class _Page(NamedTuple):
    """What a view shows of a ledger that stands still."""

    view: View
    ids: list[int]
    rows: list[Row]
    counts: Mapping[str, int]
    soon: int
    total: int


_pages: Kept[_Page] = Kept(_KEPT)


def board(app: App, view: View, now: datetime) -> Board:
    """The part of the board that a view asks for; a page beyond the last one is the last."""
    with reading(app.engine) as session:
        in_force = applied.required(session)
        ladders = in_force.ladders
        moment = moment_of(ladders, now)
        ledger = app.settings.database_url
        still = standstill(session, ledger, in_force.version, moment, original=view.original)

        def read() -> _Page:
            return _read(session, ladders, view, moment, still)

        page = read() if view.size > _KEPT_ROWS else _pages.get((still, view), read)
        told = last_told(session, ladders, page.ids)
    rows = [_retold(row, told.get(one)) for one, row in zip(page.ids, page.rows, strict=True)]
    key = (still, page.view, tuple(row.told_on for row in rows))
    return Board(page.view, moment, rows, page.counts, page.soon, page.total, ladders.configuration, key)


def _retold(row: Row, told_on: date | None) -> Row:
    """The row as it is known, but for a reminder that has left since: that records no fact."""
    return row if row.told_on == told_on else replace(row, told_on=told_on)


def _read(session: Session, ladders: Ladders, view: View, moment: Moment, still: Hashable) -> _Page:
    where = filters(view, ladders)
    kind = class_column(ladders, moment, original=view.original)
    unclassed = replace(view, shown="all", sort="due", descending=False, page=1, size=PAGE)
    soon = _soon(ladders, moment)
    counts, coming = _counted.get((still, unclassed), lambda: _counts(session, kind, soon, where))
    total = _total(counts, coming, view.shown)
    view = replace(view, page=min(max(view.page, 1), max(1, -(-total // view.size))))
    query = _ordered(select(_a.id).where(*where, *_shown(view.shown, kind, soon)), view, ladders)
    ids = list(session.execute(query.limit(view.size).offset((view.page - 1) * view.size)).scalars())
    return _Page(view, ids, rows_of(session, ladders, ids, moment), counts, coming, total)


def filters(view: View, ladders: Ladders) -> list[ColumnElement[bool]]:
    """What a view asks for, but its class."""
    configuration = ladders.configuration
    due = _a.original_due_on if view.original else _a.due_on
    where = [_half(view.half, configuration)]
    if view.plan:
        where.append(_a.plan == view.plan)
    if view.unit:
        where.append(or_(_a.unit == view.unit, _a.carrier == view.unit))
    if view.first:
        where.append(due >= view.first)
    if view.last:
        where.append(due <= view.last)
    if view.words.strip():
        where.append(_words(view.words, configuration))
    return where


def _half(half: Half, configuration: Configuration) -> ColumnElement[bool]:
    """What others owe and we follow: the plans that we oversee. What we owe: our own unit's and its departments'."""
    ours = our_units(configuration)
    if half == "own":
        return or_(_a.unit.in_(ours), _a.carrier.in_(ours))
    ids = overseen(configuration)
    return _a.plan.is_not(None) if len(ids) == len(configuration.plans) else _a.plan.in_(ids)


def overseen(configuration: Configuration) -> list[str]:
    """The plans that we follow; all of them where the office names no unit of its own."""
    ours, plans = our_units(configuration), configuration.plans.values()
    return [plan.id for plan in plans if configuration.office.unit is None or plan.overseer in ours]


def our_units(configuration: Configuration) -> list[str]:
    """The office's own unit and what belongs to it: what names it as its parent, or stands as internal."""
    own = configuration.office.unit
    return [
        unit.id
        for unit in configuration.units.values()
        if unit.id == own or (own and unit.parent == own) or unit.relation == "internal"
    ]


def _words(words: str, configuration: Configuration) -> ColumnElement[bool]:
    """A code, or words of the duty's title, its plan's or its unit's name, with or without their marks."""
    wanted = without_marks(words)
    found: list[ColumnElement[bool]] = [_a.code.ilike(f"%{_literal(words.strip())}%", escape="\\")]
    for plan in configuration.plans.values():
        titles = (plan.title, plan.number or "", plan.source or "")
        if any(wanted in without_marks(one) for one in titles):
            found.append(_a.plan == plan.id)
        named = [one.id for one in plan.obligations if wanted in without_marks(one.title)]
        if named:
            found.append(and_(_a.plan == plan.id, _a.obligation.in_(named)))
    units = [
        unit.id
        for unit in configuration.units.values()
        if any(wanted in without_marks(one) for one in (unit.name, unit.short_name, *unit.aliases))
    ]
    if units:
        found.append(_a.unit.in_(units))
    return or_(*found)


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _soon(ladders: Ladders, moment: Moment) -> ColumnElement[bool]:
    """Of what is in time: due, or to be sent again, within a few working days."""
    return _a.target_on.between(moment.day, soon_until(moment.day, ladders.configuration.calendar))


def _shown(shown: Shown, kind: ColumnElement[str], soon: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    if shown == "all":
        return []
    if shown == "unfinished":
        return [UNFINISHED]  # type: ignore[list-item]  # a condition as the index has it
    if shown == SOON:
        return [UNFINISHED, soon, kind == OPEN_IN_TIME]  # type: ignore[list-item]
    return [kind == shown]


def _total(counts: Mapping[str, int], soon: int, shown: Shown) -> int:
    if shown == "all":
        return sum(counts.values())
    if shown == "unfinished":
        return sum(counts.get(name, 0) for name in ("open_in_time", "open_overdue", SUBMITTED, "handed_over"))
    return soon if shown == SOON else counts.get(shown, 0)


def _counts(
    session: Session, kind: ColumnElement[str], soon: ColumnElement[bool], where: Sequence[ColumnElement[bool]]
) -> tuple[dict[str, int], int]:
    """Counts by class of what the filters let through, and how many in time are due soon."""
    near = func.sum(case((soon, 1), else_=0))
    rows = session.execute(select(kind, func.count(), near).where(*where).group_by(text("1"))).tuples().all()
    coming = sum(number for name, _, number in rows if name == OPEN_IN_TIME)
    return dict.fromkeys((*CLASSES, SUBMITTED), 0) | {name: count for name, count, _ in rows}, coming


def _ordered(query: Select[Any], view: View, ladders: Ladders) -> Select[Any]:
    """By the column asked for; what has no date comes last, and of one day the order in which duties were given."""
    columns: dict[Sort, ColumnElement[Any]] = {
        "due": _a.due_on,
        "original": _a.original_due_on,
        "code": _a.id,
        "plan": _a.plan,
        "unit": _position(ladders.configuration),
    }
    column = columns[view.sort]
    turned = column.desc() if view.descending else column.asc()
    return query.order_by(turned.nulls_last(), *([_a.due_on.asc().nulls_last()] if view.sort == "unit" else []), _a.id)


def _position(configuration: Configuration) -> ColumnElement[int]:
    """A unit's place in the order of protocol."""
    places = {unit.id: unit.position for unit in configuration.units.values()}
    return case(places, value=_a.unit, else_=len(places)) if places else func.length(_a.unit)
