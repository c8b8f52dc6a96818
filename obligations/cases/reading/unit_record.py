"""Units as they stand: how many duties in each class, what is unfinished, where mail goes and what refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, extract, func, or_, select, text
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering import contacts
from obligations.cases.app import App
from obligations.cases.kept import Kept
from obligations.cases.ledger.bad_addresses import Bounced, Pair, bounced
from obligations.cases.reading.classing import class_column, moment_of
from obligations.cases.reading.rows import Row, rows_of
from obligations.cases.reading.unchanged import standstill
from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_OVERDUE, SUBMITTED, Moment
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Unit
from obligations.domain.wording import some
from obligations.store.database import reading
from obligations.store.tables import METADATA

SHOWN = 100
QUARTERS = 8
_assignment: Table = METADATA.tables["assignment"]
_link: Table = METADATA.tables["link"]
_a = _assignment.c
_counted: Kept[dict[str, dict[str, int]]] = Kept(4)


@dataclass(frozen=True)
class UnitLine:
    """One unit with its counts by class; `refusing`: how many addresses take no mail; it `asks` for another contact."""

    unit: Unit
    counts: Mapping[str, int]
    refusing: int
    asks: bool


@dataclass
class Quarter:
    """What was due in a quarter, or is: answered in time, late, and what is not done (or not noted) yet."""

    year: int
    number: int
    in_time: int = 0
    late: int = 0
    open: int = 0

    def add(self, kind: str, count: int) -> None:
        self.in_time += count if kind == DONE_IN_TIME else 0
        self.late += count if kind == DONE_LATE else 0
        self.open += count if kind in (OPEN_IN_TIME, OPEN_OVERDUE, SUBMITTED) else 0


@dataclass(frozen=True)
class UnitPage:
    """One unit: unfinished duties by deadline (the first SHOWN), bad addresses, until when its link is open.

    `quarters` are the last QUARTERS in which something was due, newest first; `asked` the contact that it named.
    """

    unit: Unit
    counts: Mapping[str, int]
    rows: list[Row]
    bad: Mapping[Pair, Bounced]
    link_until: datetime | None
    configuration: Configuration
    quarters: list[Quarter]
    asked: contacts.Request | None


def units(app: App, now: datetime) -> list[UnitLine]:
    """All units in the order of protocol. Refused before the first apply."""
    with reading(app.engine) as session:
        in_force = applied.required(session)
        ladders = in_force.ladders
        moment = moment_of(ladders, now)
        still = standstill(session, app.settings.database_url, in_force.version, moment)
        counts = _counted.get(still, lambda: _counts(session, class_column(ladders, moment)))
        bad = bounced(session)
        asking = {one.unit for one in contacts.waiting(session, ladders.configuration)}
    found = sorted(ladders.configuration.units.values(), key=lambda one: one.position)
    return [UnitLine(one, counts.get(one.id, {}), _refusing(one, bad), one.id in asking) for one in found]


def _counts(session: Session, kind: ColumnElement[str]) -> dict[str, dict[str, int]]:
    """Of every unit, by class."""
    counts: dict[str, dict[str, int]] = {}
    for unit, class_, count in session.execute(select(_a.unit, kind, func.count()).group_by(_a.unit, text("2"))):
        counts.setdefault(unit, {})[class_] = count
    return counts


def unit_page(app: App, unit_id: str, now: datetime) -> UnitPage:
    """One unit. Refused for one that the configuration does not know."""
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        known = ladders.configuration.units
        if unit_id not in known:
            raise Refused("no-unit", f"không có đơn vị {unit_id}.", f"Có: {some(list(known), 12)}.")
        moment = moment_of(ladders, now)
        kind = class_column(ladders, moment)
        mine = or_(_a.unit == unit_id, _a.carrier == unit_id)
        counts = dict(session.execute(select(kind, func.count()).where(mine).group_by(text("1"))).tuples().all())
        unfinished = select(_a.id).where(mine, _a.phase != "closed").order_by(_a.due_on.asc().nulls_last(), _a.id)
        ids = list(session.execute(unfinished.limit(SHOWN)).scalars())
        until = select(func.max(_link.c.expires)).where(
            _link.c.unit == unit_id, _link.c.revoked.is_(None), _link.c.expires > now
        )
        rows = rows_of(session, ladders, ids, moment)
        link_until = session.execute(until).scalar()
        quarters = _quarters(session, mine, kind, moment)
        asked = [one for one in contacts.waiting(session, ladders.configuration) if one.unit == unit_id]
        found = (known[unit_id], counts, rows, bounced(session), link_until, ladders.configuration, quarters)
        return UnitPage(*found, next(iter(asked), None))


def _quarters(session: Any, mine: Any, kind: ColumnElement[str], moment: Moment) -> list[Quarter]:
    """Up to the quarter of today."""
    year, month = extract("year", _a.due_on), extract("month", _a.due_on)
    query = select(year, month, kind, func.count()).where(mine, _a.due_on.is_not(None)).group_by(text("1, 2, 3"))
    now = (moment.day.year, (moment.day.month + 2) // 3)
    found: dict[tuple[int, int], Quarter] = {}
    for its_year, its_month, class_, count in session.execute(query):
        key = int(its_year), (int(its_month) + 2) // 3
        if key <= now:
            found.setdefault(key, Quarter(*key)).add(class_, count)
    counted = [one for _, one in sorted(found.items(), reverse=True) if one.in_time + one.late + one.open]
    return counted[:QUARTERS]


def _refusing(unit: Unit, bad: Mapping[Pair, Bounced]) -> int:
    return sum(pair in bad for contact in unit.contacts for pair in contact.channels)
