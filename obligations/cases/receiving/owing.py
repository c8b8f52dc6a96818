"""What units owe that a document may answer, and which documents stand as their results already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Table, exists, or_, select
from sqlmodel import Session

from obligations.cases.receiving.recording import document_of
from obligations.cases.receiving.register import Incoming
from obligations.cases.receiving.wording import numbers_in
from obligations.domain.duties import Ladders
from obligations.domain.facts import UNKNOWN
from obligations.store.tables import METADATA

_SAME = timedelta(days=150)  # numbers begin anew every year
_IN_A_LIST = 400
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_a, _e, _later = _assignment.c, _event.c, _event.alias().c
_ALL = select(_a.code, _a.plan, _a.obligation, _a.unit, _a.carrier, _a.period, _a.due_on)
_DUTIES = _ALL.where(or_(_a.phase == "open", _a.outside == UNKNOWN))  # the latter was due before it was followed
_OPENED_AGAIN = exists().where(_later.assignment_id == _e.assignment_id, _later.kind == "reopened", _later.id > _e.id)
_DOCUMENTS = (
    select(_a.unit, _a.carrier, _a.code, _e.document, _e.effective_on, _OPENED_AGAIN.label("is_undone"))
    .join(_assignment, _a.id == _e.assignment_id)
    .where(_e.kind == "submitted", _e.document.is_not(None))
)


@dataclass(frozen=True)
class Recorded:
    """A document that was recorded as the result of a duty on a day; `is_undone`: the duty was opened again since."""

    code: str
    on: date
    is_undone: bool


@dataclass(frozen=True)
class Owing:
    """`duties` by each unit that a document about them may come from; what was recorded, by unit and number."""

    duties: dict[str, list[Row[Any]]]
    recorded: dict[tuple[str, str], list[Recorded]]

    def results(self, units: Collection[str], incoming: Incoming) -> list[Recorded]:
        """Where this document stands, or stood, as a result of one of these units."""
        return self._of(units, number_keys(document_of(incoming)), incoming.sent_on)

    def corrected(self, units: Collection[str], incoming: Incoming) -> list[Recorded]:
        """Where documents stand that its title names."""
        return self._of(units, numbers_in(incoming.subject), incoming.sent_on)

    def _of(self, units: Collection[str], numbers: Collection[str], on: date) -> list[Recorded]:
        found = (one for unit in units for number in numbers for one in self.recorded.get((unit, number), ()))
        return [one for one in found if abs(one.on - on) <= _SAME]


def owing(session: Session, ladders: Ladders, units: Collection[str], today: date) -> Owing:
    """Of these units, and of those that they carry on for."""
    carrying = {one: ladders.carrier(one, today) or one for one in ladders.configuration.units}
    owners = sorted(one for one, heir in carrying.items() if {one, heir} & {*units})
    found = Owing({}, {})
    for part in _parts(owners):
        theirs = or_(_a.unit.in_(part), _a.carrier.in_(part))
        for row in session.execute(_DUTIES.where(theirs)):
            for unit in _bearers(row, carrying):
                found.duties.setdefault(unit, []).append(row)
        for row in session.execute(_DOCUMENTS.where(theirs)):
            for unit in _bearers(row, carrying):
                for number in number_keys(row.document):
                    told = Recorded(row.code, row.effective_on, row.is_undone)
                    found.recorded.setdefault((unit, number), []).append(told)
    return found


def duties_of(session: Session, codes: Sequence[str]) -> list[Row[Any]]:
    """The duties with these codes, whether they are owed or not."""
    return [row for part in _parts(codes) for row in session.execute(_ALL.where(_a.code.in_(part)))]


def number_keys(document: str) -> frozenset[str]:
    """The numbers in what was noted of a document; the note itself where it holds none."""
    return numbers_in(document) or frozenset({" ".join(document.split()).upper()} - {""})


def _bearers(row: Row[Any], carrying: dict[str, str]) -> set[str]:
    """Whoever was given a duty, whoever does it now, and whoever carries on for that one."""
    owner = row.carrier or row.unit
    return {row.unit, owner, carrying.get(owner, owner)}


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """No more at a time than a statement takes."""
    return (names[start : start + _IN_A_LIST] for start in range(0, len(names), _IN_A_LIST))
