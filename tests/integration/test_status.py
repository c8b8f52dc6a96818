"""`status`: any day as it was known on any day, the same for ever."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from obligations.cases.answering import answers, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.app import App
from obligations.cases.reading.statistics import statistics
from obligations.cases.reading.status import Wanted, status
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.offices import UNITS, Office, at, obligation
from tests.rich_lives import Watching

NOTICE = "2022-07-11 09:00"
_event = METADATA.tables["event"]
EVERY_KIND = {
    "activated", "due_set", "due_moved", "unknown", "submitted", "confirmed", "returned", "extension_asked",
    "extended", "extension_refused", "waived", "stopped", "reopened", "reassigned", "renamed", "acknowledged",
    "urged", "approved", "anchored", "checked",
}  # fmt: skip
LONG_AFTER = at("2023-03-01 10:00")


def said(app: App, now: datetime, as_of: date, known_at: date) -> str:
    """Everything that `status` and `statistics` print for programs."""
    shown = status(app, now, as_of=as_of, known_at=known_at).as_json()
    first = date(2022, 7, 18)
    counted = statistics(app, now, first=first, last=as_of, as_of=as_of, known_at=known_at).as_json()
    return json.dumps([shown, counted], ensure_ascii=False, default=str)


def figures_stay_the_same_for_ever(office: Office, _: int) -> Watching:
    """What was said in the evening of a day about it and earlier days is said again, byte for byte, months later."""
    then: dict[tuple[date, date], str] = {}
    while evening := (yield):
        known_at = evening.date()
        for as_of in (known_at, known_at - timedelta(days=9)):
            then[as_of, known_at] = said(office.app, evening, as_of, known_at)
    assert len(set(then.values())) > 60, "days differ"
    for (as_of, known_at), words in then.items():
        assert said(office.app, LONG_AFTER, as_of, known_at) == words, (as_of, known_at)
    assert _kinds(office) >= EVERY_KIND


def _kinds(office: Office) -> set[str]:
    with reading(office.app.engine) as session:
        return set(session.execute(select(_event.c.kind).distinct()).scalars())


# filters


@pytest.fixture
def followed(office: Office) -> Office:
    """Two duties of two units; on Monday 01/08 so-y-te has sent one, its other is overdue."""
    office.plan(obligation("som", "{by: 2022-07-29}"), obligation("muon", "{every: month, by: 25, to: 2022-08}"))
    office.apply(NOTICE)
    sent = Submission(date(2022, 7, 28))
    answers.submit(office.app, Address("K1-0003"), sent, at("2022-07-28 10:00"), by="Mai")
    return office


def rows(office: Office, **wanted: object) -> list[tuple[str, str, str]]:
    found = status(office.app, at("2022-08-01 10:00"), wanted=Wanted(**wanted))  # type: ignore[arg-type]
    return [(row.obligation, row.unit, row.period) for row in found.assignments]


def test_rows_stand_by_deadline_plan_duty_and_protocol(followed: Office) -> None:
    """Open dates would come last; so-y-te stands before so-xay-dung as in units.yaml, not by alphabet."""
    assert rows(followed) == [
        ("muon", "so-y-te", "2022-07"),
        ("muon", "so-xay-dung", "2022-07"),
        ("som", "so-y-te", "once"),
        ("som", "so-xay-dung", "once"),
        ("muon", "so-y-te", "2022-08"),
        ("muon", "so-xay-dung", "2022-08"),
    ]


def test_only_what_is_overdue_or_of_one_unit(followed: Office) -> None:
    """Filters join, and the counts are of what is shown."""
    late = [("muon", "so-y-te", "2022-07"), ("muon", "so-xay-dung", "2022-07"), ("som", "so-xay-dung", "once")]
    assert rows(followed, overdue=True) == late
    assert rows(followed, overdue=True, unit="so-y-te") == [("muon", "so-y-te", "2022-07")]
    assert rows(followed, unit="khong-co") == []
    found = status(followed.app, at("2022-08-01 10:00"), wanted=Wanted(unit="so-y-te"))
    assert (found.current["open_overdue"], found.current["open_in_time"], found.waiting) == (1, 1, 1)


def test_between_days_the_current_deadline_counts(followed: Office) -> None:
    """Extended from July into August: it belongs to August, and not to July any more."""
    july, august = ({"first": date(2022, m, 1), "last": date(2022, m, d)} for m, d in ((7, 31), (8, 31)))
    assert len(rows(followed, **july)) == 4
    decision = Decision(date(2022, 8, 1), "Mai")
    now = at("2022-08-01 09:00")
    decisions.extend(followed.app, Address("K1-0004"), decision, now, to=date(2022, 8, 12), granted_by="Giám đốc")
    assert len(rows(followed, **july)) == 3
    assert ("som", "so-xay-dung", "once") in rows(followed, **august)


def test_a_unit_that_ended_waits_to_be_handed_over_from_the_day_after(office: Office) -> None:
    """Its last day is 22/07: that day it still owes; afterwards, without a successor, somebody has to decide."""
    ending = """
- id: so-cu
  name: Sở Cũ
  to: 2022-07-22
groups:"""
    office.write("units.yaml", UNITS.replace("\ngroups:", ending))
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-cu"))
    office.apply(NOTICE)
    classes = [
        status(office.app, at("2022-08-10 09:00"), as_of=date(2022, 7, day)).assignments[0].class_ for day in (22, 23)
    ]
    assert classes == ["open_in_time", "handed_over"]
