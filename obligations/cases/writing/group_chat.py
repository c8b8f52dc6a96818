"""Chép tin Zalo: what a person pastes into the group chat of the contacts. Nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Row, Select, Table, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering import authorizing
from obligations.cases.app import App
from obligations.cases.reading.board import overseen
from obligations.cases.writing import gathering
from obligations.cases.writing.almanac import Almanac, almanac
from obligations.domain.classes import Moment
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.texts.duty import Tally
from obligations.texts.group import pastes
from obligations.texts.letter import CHAT_LENGTH
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line

When = Literal["today", "week", "overdue"]
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c


@dataclass(frozen=True)
class Wanted:
    """Due today, from today to the end of the week, or overdue; of one plan and one group, else of all."""

    when: When = "week"
    plan: str = ""
    group: str = ""


@dataclass(frozen=True)
class Paste:
    """`text` is empty where nothing waits; `is_checked`: the incoming register was read today."""

    text: str
    duties: int
    is_checked: bool
    longest: int = CHAT_LENGTH


def paste(app: App, wanted: Wanted, now: datetime) -> Paste:
    """What the group is told now. Refused before the first apply, and for a plan or a group that there is not."""
    with reading(app.engine) as session:
        book = almanac(applied.required(session).ladders, now)
        configuration = book.configuration
        _known(wanted, configuration)
        lines = list(_Group(session, book, wanted).lines())
        checked = authorizing.last_checked(session)
    names_late = configuration.office.name_late_in_group
    text = pastes(_occasion(book), lines, names_late=names_late) if lines else ""
    is_checked = checked is not None and book.ladders.clockwork.local(checked).date() == book.today
    return Paste(text, len(lines), is_checked)


def _known(wanted: Wanted, configuration: Configuration) -> None:
    if wanted.plan and wanted.plan not in configuration.plans:
        raise Refused("unknown-plan", f"không có kế hoạch {wanted.plan}.", "Chọn một kế hoạch trong danh sách.")
    if wanted.group and wanted.group not in configuration.groups:
        raise Refused("unknown-group", f"không có nhóm {wanted.group}.", "Chọn một nhóm trong danh sách.")


def _occasion(book: Almanac) -> Occasion:
    office = book.configuration.office
    return Occasion(
        to="các đồng chí đầu mối",
        unit="",
        unit_short="",
        relation="peer",
        office=office.name,
        now=book.local,
        closing=office.hours[-1].last,
        next_working_day=book.next_working_day,
        foot=book.desk,
    )


class _Group:
    """The open duties of those who read the chat, put together by obligation, period and day."""

    def __init__(self, session: Session, book: Almanac, wanted: Wanted) -> None:
        self._session, self._book, self._wanted = session, book, wanted
        configuration = book.configuration
        self._units = configuration.groups[wanted.group].members if wanted.group else tuple(configuration.units)

    def lines(self) -> Iterator[Line]:
        """By deadline and plan; of a duty whose deadline passed, only who is late is counted as missing."""
        rows = [row for row in self._session.execute(self._query()) if self._carrier(row) and self._is_asked(row)]
        for _, some in groupby(rows, key=lambda row: (row.target_on, row.plan, row.obligation, row.period)):
            together = list(some)
            if self._book.configuration.obligation(together[0].plan, together[0].obligation):
                yield self._line(together)

    def _query(self) -> Select[Any]:
        today, plan = self._book.today, self._wanted.plan
        sunday = today + timedelta(days=6 - today.weekday())
        last = sunday if self._wanted.when == "week" else today
        columns = (_a.plan, _a.obligation, _a.period, _a.unit, _a.carrier, _a.target_on, _a.due_on, _a.due_at)
        query = select(*columns).where(_a.phase == "open", _a.target_on <= last)
        query = query.where(_a.plan == plan if plan else _a.plan.in_(overseen(self._book.configuration)))
        query = query if self._wanted.when == "overdue" else query.where(_a.target_on >= today)
        return query.order_by(_a.target_on, _a.plan, _a.obligation, _a.period, _a.id)

    def _carrier(self, row: Row[Any]) -> str:
        """Who is asked, where that is one of the group; a duty that nobody carries on waits for the office."""
        found = self._book.ladders.carrier(row.carrier or row.unit, self._book.today)
        return found if found in self._units else ""

    def _is_asked(self, row: Row[Any]) -> bool:
        return self._is_over(row) == (self._wanted.when == "overdue")

    def _is_over(self, row: Row[Any]) -> bool:
        return Moment(self._book.today, self._book.local.time()).is_after(row.target_on, _hour(row))

    def _line(self, rows: list[Row[Any]]) -> Line:
        first, book = rows[0], self._book
        units, duty = book.configuration.units, book.duty(first)
        connection = self._session.connection()
        everybody = [
            row for row in gathering.same(connection, first.plan, first.obligation, first.period) if self._carrier(row)
        ]
        found = sorted({self._carrier(row) for row in rows}, key=lambda one: units[one].position)
        names = tuple(units[one].name for one in found)
        is_late = self._is_over(first)
        received = len(everybody) - len(rows) if is_late else sum(row.submitted_on is not None for row in everybody)
        target: date = first.target_on
        days = max(0, -book.day(target).working_days)
        return Line(duty, target, _hour(first), days, Tally(duty.name, received, len(everybody), names), names)


def _hour(row: Row[Any]) -> time | None:
    """A deadline's hour; a day for a supplement has none."""
    return time.fromisoformat(row.due_at) if row.due_at and row.target_on == row.due_on else None
