"""`waits` of office.yaml: how long the office waits, where neither law nor plan says it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.authorizing import approve, check_register
from obligations.cases.answering.decisions import Decision, extend
from obligations.cases.configuring.applying import preview
from obligations.cases.upkeep.auditing import audit
from obligations.cases.upkeep.health import last_audit
from obligations.config.load import read_folder
from tests.days import day, left, live, whys
from tests.life import entries, run
from tests.offices import ZONE, Office, at, obligation
from tests.smtp_servers import ScriptedServer, Talk

NOTICE = "2022-07-11 09:00"
DUTY = obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te")


def waiting(office: Office, waits: str) -> None:
    known = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", f"{known}waits: {{{waits}}}\n")


@contextmanager
def answering(office: Office, **replies: Any) -> Iterator[ScriptedServer]:
    server = ScriptedServer(replies)
    office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
    try:
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize(("waits", "leaves"), [("", "09/08/2022 08:01"), ("request: 1", "05/08/2022 08:01")])
def test_how_long_a_request_holds_what_goes_up(office: Office, waits: str, leaves: str) -> None:
    """Asked on Wednesday 03/08/2022, approved on the 4th: gone on Tuesday 09/08, or already on Friday the 5th."""
    waiting(office, waits)
    office.plan(DUTY).apply(NOTICE)
    read = {
        f"{one} 07:50": partial(check_register, office.app, at(f"{day(one)} 07:50"), by="Mai")
        for one in ("04/08/2022", "05/08/2022", "08/08/2022", "09/08/2022")
    }
    asked = partial(
        extend, office.app, Address("K1-0001"), Decision(day("03/08/2022"), "Mai"), at("2022-08-03 09:00"),
        to=day("31/08/2022"),
    )  # fmt: skip
    say_yes = partial(approve, office.app, None, at("2022-08-04 08:30"), by="Mai")
    live(office, "11/07/2022", "04/08/2022", read | {"03/08/2022 09:00": asked, "04/08/2022 08:30": say_yes})
    assert whys(office) == {"leader-4": "chờ trả lời đề nghị của đơn vị"}
    live(office, "05/08/2022", "09/08/2022", read)
    assert left(office, audience="leader") == [(leaves, "leader-4", "so-y-te.leader")]


@pytest.mark.parametrize(("waits", "failed"), [("", False), ("give_up: 2", True)])
def test_when_a_message_is_given_up(office: Office, waits: str, *, failed: bool) -> None:
    """Put off since Monday 01/08/2022, the last rung of the unit's own: on Thursday that is three working days."""
    office.write("policies.yaml", "chuan: {before: [0], overdue: {at: [1], unit: working_day}}\n")
    with answering(office, RCPT="451 4.7.1 later"):
        waiting(office, waits)
        office.plan(DUTY).apply(NOTICE)
        fates = []
        for one in ("2022-08-01 08:01", "2022-08-02 08:01", "2022-08-03 08:01", "2022-08-04 08:01"):
            run(office, one)
            [last] = [row for row in entries(office, "reminder", "so-y-te") if row.rung == "overdue-1"]
            fates.append(last.state)
    assert fates == [*["planned"] * 3, "failed" if failed else "planned"]


@pytest.mark.parametrize(("waits", "told"), [("", []), ("short_notice: 16", [15])])
def test_which_new_deadline_is_near(office: Office, waits: str, told: list[int]) -> None:
    """From Monday 11 to Friday 29/07/2022 are fifteen working days."""
    waiting(office, waits)
    office.plan(DUTY)
    diff = preview(office.app, read_folder(office.folder), at(NOTICE)).diff
    assert [one["working_days"] for one in diff["short_notice"]] == told


def test_when_the_last_audit_is_old(office: Office) -> None:
    waiting(office, "audit_hours: 4")
    office.plan(DUTY).apply(NOTICE)
    audit(office.app, at("2022-07-11 16:00"))
    assert not last_audit(office.app, at("2022-07-11 20:00")).is_old
    found = last_audit(office.app, at("2022-07-11 20:01"))
    assert found.is_old
    assert found.words(ZONE).startswith("16:00 11/07/2022, đã quá 4 giờ: ")


def test_how_long_one_try_at_sending_may_take(office: Office) -> None:
    """A server that says nothing after DATA: nobody knows, after a second."""

    with answering(office, **{".": Talk.keep_silent}):
        waiting(office, "send_seconds: 1")
        office.plan(DUTY).apply(NOTICE)
        run(office, NOTICE)
    [attempt] = entries(office, "attempt", "so-y-te")
    assert (attempt.outcome, attempt.answer) == ("unknown", "answer: quá 1 giây không trả lời")
