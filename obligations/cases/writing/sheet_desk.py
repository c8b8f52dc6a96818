"""The duties that the control sheet names, each told in a line.

What a line says beside the row (what a unit answered, which document came) is read from the events of only those duties
whose line says it: most of what is overdue is counted and not named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select
from sqlmodel import Session

from obligations.cases.reading import postmortem
from obligations.cases.reading.classing import class_column
from obligations.cases.writing.almanac import Almanac
from obligations.cases.writing.stories import Story
from obligations.domain.classes import HANDED_OVER, OPEN_OVERDUE, working_days_over
from obligations.domain.facts import Facts
from obligations.domain.wording import short_date
from obligations.store.tables import METADATA
from obligations.texts.duty import Duty
from obligations.texts.sheet_lines import Coming, Disowned, Extension, Late, Result

SOON_WORKING_DAYS = 5
_assignment: Table = METADATA.tables["assignment"]
_a = _assignment.c
_NAMED = (_a.id, _a.plan, _a.obligation, _a.unit, _a.period, _a.code)
_STANDS = (_a.phase, _a.target_on, _a.asked_on, _a.review_since)
_ELSEWHERE = (OPEN_OVERDUE, HANDED_OVER)  # what is open and stands in a section of its own


@dataclass(frozen=True)
class Overdue:
    """How many duties are overdue; the longest overdue of them, as many as were wanted or more, were due `until`."""

    count: int
    until: date

    @classmethod
    def of(cls, session: Session, book: Almanac, wanted: int | None) -> Overdue:
        """All of them, where no number is wanted."""
        kind = class_column(book.ladders, book.moment)
        is_late = (_a.phase == "open", _a.target_on <= book.today, kind == OPEN_OVERDUE)
        days = select(_a.target_on, func.count()).where(*is_late).group_by(_a.target_on)
        count, until = 0, date.min
        for day, number in session.execute(days.order_by(_a.target_on)):
            if wanted is None or count < wanted:
                until = day
            count += number
        return cls(count, until)


class _Case:
    """One assignment on the desk: its row with its class, how the sheet names it."""

    def __init__(self, book: Almanac, row: Row[Any]) -> None:
        known = book.configuration.units.get(row.unit)
        found = book.configuration.obligation(row.plan, row.obligation)
        self.row = row
        self.code: str = row.code
        self.unit: str = known.short_name if known else row.unit
        self.place = known.position if known else len(book.configuration.units)
        self.name = Duty.named(found.title if found else row.obligation, row.period)


class Desk:
    """What of the `chosen` is overdue, due soon, waits for ghi nhận or for a decision; of an open session."""

    def __init__(self, session: Session, book: Almanac, chosen: ColumnElement[bool]) -> None:
        self._session, self._book = session, book
        kind = class_column(book.ladders, book.moment).label("kind")
        rows = session.execute(select(*_NAMED, *_STANDS, kind).where(chosen))
        self._cases = [_Case(book, row) for row in rows]
        self._cases.sort(key=lambda case: (case.row.target_on or date.max, case.place, case.code))
        self._asked = self._told([case for case in self._cases if case.row.asked_on and case.row.phase == "open"])

    def orphan_words(self) -> Iterator[str]:
        return (f"{case.code} {case.unit}: {case.name}" for case in self._cases if case.row.kind == HANDED_OVER)

    def results(self) -> Iterator[Result]:
        """The longest waiting first."""
        waiting = [case for case in self._cases if case.row.phase == "review"]
        waiting.sort(key=lambda case: (case.row.review_since, case.code))
        for case, story in self._told(waiting):
            sent = story.last("submitted")
            since = self._book.ladders.clockwork.local(case.row.review_since).date()
            on = sent.effective_on if sent else since
            yield Result(case.code, case.unit, case.name, story.facts.document or "", on, self._days(since))

    def extensions(self) -> Iterator[Extension]:
        for case, story in self._asked:
            facts = story.facts
            if facts.asked_on and not facts.disowned_on:
                days = self._days(facts.asked_on)
                yield Extension(case.code, case.unit, case.name, facts.due_on, facts.asked_to, facts.asked_on, days)

    def disowned(self) -> Iterator[Disowned]:
        for case, story in self._asked:
            facts = story.facts
            if facts.disowned_on:
                said = story.last("disowned")
                reason, days = (said.payload.get("note") or "" if said else ""), self._days(facts.disowned_on)
                yield Disowned(case.code, case.unit, case.name, facts.due_on, reason, facts.disowned_on, days)

    def late(self, most: int | None) -> Iterator[Late]:
        """The longest overdue first."""
        late = [case for case in self._cases if case.row.kind == OPEN_OVERDUE][:most]
        reminded = postmortem.reminded(self._session, self._book.ladders, [case.row.id for case in late])
        for case, story in self._told(late):
            told, target = reminded.get(case.row.id), case.row.target_on
            said = _answer(story.facts) or (told.said if told else "") or "chưa trả lời"
            on = told.on if told else None
            yield Late(case.code, case.unit, case.name, target, self._days(target), on, said)

    def coming(self) -> Iterator[Coming]:
        together: dict[tuple[date, str, str], list[_Case]] = {}
        for case in self._cases:
            target, is_waiting = case.row.target_on, case.row.phase == "open" and case.row.kind not in _ELSEWHERE
            if is_waiting and target and target <= horizon(self._book):
                together.setdefault((target, case.row.plan, case.name), []).append(case)
        for (due_on, _, name), cases in together.items():
            yield Coming(name, due_on, tuple(case.unit for case in cases), tuple(case.code for case in cases))

    def _told(self, cases: list[_Case]) -> list[tuple[_Case, Story]]:
        """These with their events."""
        stories = Story.of_all(self._session.connection(), [case.row.id for case in cases])
        return [(case, stories[case.row.id]) for case in cases]

    def _days(self, since: date) -> int:
        return working_days_over(since, self._book.today, self._book.configuration.calendar)


def horizon(book: Almanac) -> date:
    """The last day that is near."""
    return book.configuration.calendar.add(book.today, SOON_WORKING_DAYS - 1)


def _answer(facts: Facts) -> str:
    """What the unit let the office know, in a few words."""
    if facts.disowned_on:
        return "báo không thuộc đơn vị"
    if facts.asked_on:
        return f"đề nghị gia hạn{f' đến {short_date(facts.asked_to)}' if facts.asked_to else ''}"
    if facts.is_returned:
        return "đã gửi, được đề nghị bổ sung"
    if facts.expected_on:
        return f"dự kiến gửi ngày {short_date(facts.expected_on)}"
    return f"đã tiếp nhận ngày {short_date(facts.acknowledged_on)}" if facts.acknowledged_on else ""
