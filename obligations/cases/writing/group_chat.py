"""Chép tin Zalo: what a person pastes into the group chat of the contacts. Nothing of it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, Table, func, or_, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.answering import authorizing
from obligations.cases.app import App
from obligations.cases.reading.board import overseen
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

When = Literal["today", "week", "next-days", "overdue"]
NEXT_DAYS = timedelta(days=7)
TOLD = 40  # duties read for one message, which holds fewer
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c


@dataclass(frozen=True)
class Wanted:
    """Due today, from today to Sunday, within NEXT_DAYS, or overdue; of one plan and one group, else of all."""

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
        group = _Group(session, book, wanted)
        waiting = group.waiting()
        lines = [group.line(one) for one in waiting[:TOLD]]
        checked = authorizing.last_checked(session)
    names_late = configuration.office.name_late_in_group
    text = pastes(_occasion(book), lines, names_late=names_late, more=len(waiting) - len(lines)) if lines else ""
    is_checked = checked is not None and book.ladders.clockwork.local(checked).date() == book.today
    return Paste(text, len(waiting), is_checked)


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


class _Waiting(NamedTuple):
    """What is not answered yet: one duty and period, and the day (and hour) that is waited for."""

    target_on: date
    plan: str
    obligation: str
    period: str
    hour: time | None


class _Group:
    """The open duties of those who read the chat; what nobody carries on waits for the office, not for them."""

    def __init__(self, session: Session, book: Almanac, wanted: Wanted) -> None:
        self._session, self._book, self._wanted = session, book, wanted
        units, groups, today = book.configuration.units, book.configuration.groups, book.today
        members = set(groups[wanted.group].members if wanted.group else units)
        carried = {unit: book.ladders.carrier(unit, today) for unit in units}
        self._carried = {unit: carrier for unit, carrier in carried.items() if carrier in members}
        self._theirs = func.coalesce(_a.carrier, _a.unit).in_(list(self._carried))

    def waiting(self) -> list[_Waiting]:
        """By deadline and plan."""
        columns = (_a.target_on, _a.plan, _a.obligation, _a.period, _a.due_on, _a.due_at)
        query = select(*columns).where(_a.phase == "open", self._theirs, *self._asked()).distinct()
        found = {
            _Waiting(row.target_on, row.plan, row.obligation, row.period, _hour(row))
            for row in self._session.execute(query)
        }
        is_late, known = self._wanted.when == "overdue", self._book.configuration.obligation
        asked = [one for one in found if self._is_over(one) == is_late and known(one.plan, one.obligation)]
        return sorted(asked, key=lambda one: (*one[:4], one.hour or time.max))

    def line(self, waiting: _Waiting) -> Line:
        """Of a duty whose deadline passed only who is late counts as missing, not who was given more time."""
        everybody = self._owing(waiting)
        missing = [row for row in everybody if row.phase == "open" and row.target_on == waiting.target_on]
        is_late = self._is_over(waiting)
        received = len(everybody) - len(missing) if is_late else sum(row.submitted_on is not None for row in everybody)
        units, duty = self._book.configuration.units, self._book.duty(waiting)
        late = sorted({self._carried[row.carrier or row.unit] for row in missing}, key=lambda one: units[one].position)
        names = tuple(units[one].name for one in late)
        tally = Tally(duty.name, received, len(everybody), names)
        over = max(0, -self._book.day(waiting.target_on).working_days)
        return Line(duty, waiting.target_on, waiting.hour, over, tally, names)

    def _owing(self, one: _Waiting) -> list[Row[Any]]:
        """Whose results are counted: those of who has ended too, but nothing that nobody is left to send."""
        query = select(_a.unit, _a.carrier, _a.phase, _a.target_on, _a.submitted_on).where(_a.plan == one.plan)
        query = query.where(_a.obligation == one.obligation, _a.period == one.period, _a.outside.is_(None))
        counted = self._theirs if self._wanted.group else or_(self._theirs, _a.phase != "open")
        return list(self._session.execute(query.where(counted)).all())

    def _asked(self) -> list[ColumnElement[bool]]:
        """The days and plans asked for; what is due today may be over by its hour."""
        today, plan, when = self._book.today, self._wanted.plan, self._wanted.when
        spans = {"week": timedelta(days=6 - today.weekday()), "next-days": NEXT_DAYS}
        last = today + spans.get(when, timedelta(0))
        days = [_a.target_on <= last] if when == "overdue" else [_a.target_on.between(today, last)]
        return [*days, _a.plan == plan if plan else _a.plan.in_(overseen(self._book.configuration))]

    def _is_over(self, one: _Waiting) -> bool:
        return Moment(self._book.today, self._book.local.time()).is_after(one.target_on, one.hour)


def _hour(row: Row[Any]) -> time | None:
    """A deadline's hour; a day for a supplement has none."""
    return time.fromisoformat(row.due_at) if row.due_at and row.target_on == row.due_on else None
