"""One duty's page: what happened to it in words, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.decisions import Decision, extend
from obligations.cases.reading import unit_page
from obligations.cases.reading.dossier import dossier
from obligations.store.database import reading
from obligations.store.tables import Assignment
from tests.offices import Office, at, new_office, obligation

NOW = at("2022-11-21 09:00")


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """One duty has an hour, one waits for an event, one for another duty."""
    made = new_office(tmp_path, ledger)
    hour = obligation("gap", "{by: 2022-11-25, at: '16:00'}", responsible="so-y-te")
    waits = obligation("sau-le", "{after: event:le-phat-dong, days: 10}", responsible="so-y-te")
    after = obligation("sau-viec", "{after: gap, days: 10}", responsible="so-y-te")
    made.plan(hour, waits, after)
    made.apply("2022-11-01 09:00")
    yield made
    made.close()


def _code(office: Office, name: str) -> str:
    with reading(office.app.engine) as session:
        return str(session.exec(select(Assignment.code).where(Assignment.obligation == name)).one())


def test_an_hour_stands_with_its_day_wherever_a_date_was_set(bureau: Office) -> None:
    """In the timeline of the secretariat, and in what the unit reads of it."""
    code = _code(bureau, "gap")
    [given] = unit_page.whole(bureau.app, "so-y-te", code, NOW).steps
    assert given.words == "Giao việc, hạn trước 16 giờ 00 ngày 25/11/2022"
    found = dossier(bureau.app, code, NOW)
    assert [step.details for step in found.steps if step.what == "Ghi hạn"] == [("trước 16:00 ngày 25/11/2022",)]


def test_who_granted_is_named_once(bureau: Office) -> None:
    """The person behind an event stands at its end; only somebody else is named before."""
    code = _code(bureau, "gap")
    for day, granted_by, told in ((2, "Mai", ()), (5, "Lãnh đạo", ("Lãnh đạo",))):
        decision, to = Decision(date(2022, 11, 21), "Mai", note="thiếu số liệu"), date(2022, 12, day)
        extend(bureau.app, Address(code), decision, NOW, to=to, granted_by=granted_by)
        steps = [one for one in dossier(bureau.app, code, NOW).steps if one.what == "Gia hạn"]
        said = {(one.by, one.details) for one in steps}
        assert ("Mai", ("thiếu số liệu", *told, f"đến 0{day}/12/2022")) in said


def test_only_what_waits_for_an_event_asks_for_its_day(bureau: Office) -> None:
    asks = {
        name: dossier(bureau.app, _code(bureau, name), NOW).waits_for_event for name in ("gap", "sau-le", "sau-viec")
    }
    assert asks == {"gap": False, "sau-le": True, "sau-viec": False}
