"""What counts from a duty that never ends: refused when it is drafted, followed where it was followed before."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from obligations.cases.configuring.applying import digest
from obligations.cases.configuring.checking import check
from obligations.config.load import read_folder
from obligations.domain.errors import Problem
from obligations.store.tables import ConfigVersion
from tests.life import run
from tests.offices import PLAN, Office, at, obligation

ENDLESS = "{every: month, by: 25}"
ENDED = "ended: {on: 2024-06-30, by: 5/QĐ, reason: bãi bỏ}"
WAITS = obligation("sau", "{after: truoc, days: 5}")


def errors(office: Office) -> list[Problem]:
    return check(read_folder(office.folder), date(2022, 7, 11)).errors


@pytest.mark.parametrize("deadline", [ENDLESS, "{rrule: FREQ=WEEKLY}"])
def test_what_never_ends_cannot_be_waited_for(office: Office, deadline: str) -> None:
    """A deadline counts from the completion of all periods: there must be a last one."""
    [problem] = errors(office.plan(obligation("truoc", deadline), WAITS))
    assert (problem.file, problem.line, problem.code) == ("plans/ke-hoach.yaml", 12, "endless-anchor")
    assert "nhiệm vụ truoc" in problem.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (obligation("truoc", "{every: month, by: 25, to: 2022-12}"), WAITS),
        (obligation("truoc", "{by: 2022-07-20}"), WAITS),
        (obligation("truoc", "{after: issued, days: 10}"), WAITS),
        (obligation("truoc", ENDLESS, more=ENDED), WAITS),
        (obligation("truoc", ENDLESS), obligation("sau", "{after: truoc, days: 5}", more=ENDED)),
        (
            obligation("truoc", ENDLESS),
            obligation("sau", "{after: truoc, days: 5}", more="done: {on: 2022-07-09, document: 8/BC}"),
        ),
        (
            obligation("truoc", ENDLESS),
            obligation("sau", "{after: truoc, days: 5}", more="fixed_by: {document: 9/TB, due: 2022-09-30}"),
        ),
    ],
    ids=["a last period", "once", "counted", "it ended", "the wait ended", "done", "a day was set"],
)
def test_what_has_an_end_or_needs_none_is_no_error(office: Office, before: str, after: str) -> None:
    assert errors(office.plan(before, after)) == []


def test_a_replaced_plan_has_an_end(office: Office) -> None:
    office.plan(obligation("truoc", ENDLESS), WAITS)
    new = PLAN.format(issued_on="2023-01-05", obligations=obligation("moi", "{by: 2023-11-25}"))
    office.write("plans/moi.yaml", new.replace("issuer:", "replaces: ke-hoach, issuer:"))
    assert errors(office) == []


def test_a_version_that_was_followed_before_is_followed_and_replaced(office: Office) -> None:
    """An earlier program let it in: its duties are reminded of, and the mended plan is applied."""
    office.plan(obligation("truoc", ENDLESS), WAITS)
    texts = read_folder(office.folder)
    with Session(office.app.engine) as session:
        session.add(ConfigVersion(hash=digest(texts), texts=texts, applied_at=at("2022-07-11 08:00"), by="thư ký"))
        session.commit()
    assert run(office, "2022-07-11 09:00").failed == 0
    office.plan(obligation("truoc", "{every: month, by: 25, to: 2022-12}"), WAITS)
    assert office.apply("2022-07-11 10:00").applied
