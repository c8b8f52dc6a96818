"""What units owe that a document may answer, and which documents stand as their results already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, exists, or_, select
from sqlmodel import Session

from obligations.cases.receiving.wording import numbers_in
from obligations.domain.duties import Ladders
from obligations.domain.facts import UNKNOWN
from obligations.store.tables import METADATA

_IN_A_LIST = 400
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_a, _e, _later = _assignment.c, _event.c, _event.alias().c
_DUTIES = select(_a.code, _a.plan, _a.obligation, _a.unit, _a.carrier, _a.period, _a.due_on).where(
    or_(_a.phase == "open", _a.outside == UNKNOWN)  # the latter was due before it was followed
)
_OPENED_AGAIN = exists().where(_later.assignment_id == _e.assignment_id, _later.kind == "reopened", _later.id > _e.id)
_DOCUMENTS = (
    select(_a.unit, _a.carrier, _e.document)
    .join(_assignment, _a.id == _e.assignment_id)
    .where(_e.kind == "submitted", _e.document.is_not(None), ~_OPENED_AGAIN)
)


@dataclass(frozen=True)
class Owing:
    """`duties` by each unit that a document about them may come from; `recorded`: its results, as (unit, number)."""

    duties: dict[str, list[Row[Any]]]
    recorded: frozenset[tuple[str, str]]

    def is_recorded(self, units: Collection[str], number: str) -> bool:
        """Whether that document of one of these units stands as a result already."""
        return any((unit, one) in self.recorded for unit in units for one in number_keys(number))


def owing(session: Session, ladders: Ladders, units: Collection[str], today: date) -> Owing:
    """Of these units, and of those that they carry on for."""
    carrying = {one: ladders.carrier(one, today) or one for one in ladders.configuration.units}
    owners = sorted(one for one, heir in carrying.items() if {one, heir} & {*units})
    duties: dict[str, list[Row[Any]]] = {}
    recorded: set[tuple[str, str]] = set()
    for theirs in _in_lists(owners):
        for row in session.execute(_DUTIES.where(theirs)):
            for unit in _bearers(row, carrying):
                duties.setdefault(unit, []).append(row)
        for row in session.execute(_DOCUMENTS.where(theirs)):
            recorded |= {(unit, number) for unit in _bearers(row, carrying) for number in number_keys(row.document)}
    return Owing(duties, frozenset(recorded))


def number_keys(document: str) -> frozenset[str]:
    """The numbers in what was noted of a document; the note itself where it holds none."""
    return numbers_in(document) or frozenset({" ".join(document.split()).upper()} - {""})


def _bearers(row: Row[Any], carrying: dict[str, str]) -> set[str]:
    """Whoever was given a duty, whoever does it now, and whoever carries on for that one."""
    owner = row.carrier or row.unit
    return {row.unit, owner, carrying.get(owner, owner)}


def _in_lists(owners: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    for start in range(0, len(owners), _IN_A_LIST):
        part = owners[start : start + _IN_A_LIST]
        yield or_(_a.unit.in_(part), _a.carrier.in_(part))
