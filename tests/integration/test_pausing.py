"""Pause and resume: nothing leaves meanwhile, nothing is lost, and afterwards nothing floods."""

from __future__ import annotations

from datetime import timedelta

import pytest

from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import pausing
from obligations.cases.sending.delivery import Delivered
from tests.life import entries, run
from tests.mailbox import Mailbox
from tests.offices import ZONE, Office, at, obligation

NOTICE = "2022-07-11 09:00"


@pytest.fixture
def given(office: Office, mailbox: Mailbox) -> Office:
    """One duty of one unit, due on 29 July, its notice sent over a real mail server."""
    office.sending("live", mailbox.channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    assert run(office, NOTICE).sent == 1
    return office


def rungs(office: Office) -> dict[str | None, str | None]:
    mine = (one for one in entries(office, "reminder") if one.recipient == "so-y-te.focal")
    return {one.rung: one.state for one in mine}


def test_while_paused_rungs_are_recorded_and_nothing_leaves(given: Office) -> None:
    """before-10 comes during the pause: its row stands in the ledger, no message is made, nothing is tried."""
    pausing.pause(given.app, at("2022-07-18 10:00"), by="Mai", note="họp")
    assert run(given, "2022-07-19 08:01") == Delivered()
    assert rungs(given) == {"notice": "sent", "before-10": "planned"}
    assert len(entries(given, "attempt")) == 1


def test_pausing_twice_is_pausing_once(given: Office) -> None:
    """The first pause stands, with its hour, its author and its reason."""
    first = pausing.pause(given.app, at("2022-07-18 10:00"), by="Mai", note="họp")
    assert pausing.pause(given.app, at("2022-07-18 11:00"), by="Lan") == first
    words = pausing.sentence(first, ZONE)
    assert words == "Đang tạm dừng gửi từ 10:00 18/07/2022, do Mai (họp); gửi tiếp bằng dondoc resume."
    assert [one.state for one in entries(given, "event") if one.state == "paused"] == ["paused"]


def test_resuming_what_runs_changes_nothing(given: Office) -> None:
    """There is nothing to resume, and nothing is recorded."""
    assert not pausing.resume(given.app, at("2022-07-18 11:00"), by="Lan").anything
    assert "resumed" not in [one.state for one in entries(given, "event")]


def test_after_a_pause_only_the_newest_rung_leaves_and_says_it_is_late(given: Office, mailbox: Mailbox) -> None:
    """Paused over before-10 and before-3, resumed a day later: one late notice, in office hours."""
    pausing.pause(given.app, at("2022-07-18 10:00"), by="Mai")
    for moment in ("2022-07-19 08:01", "2022-07-26 08:01"):
        run(given, moment)
    assert rungs(given)["before-10"] == "superseded"
    assert pausing.resume(given.app, at("2022-07-27 20:00"), by="Mai").pause
    assert run(given, "2022-07-27 20:01").sent == 0, "a late notice keeps office hours"
    assert run(given, "2022-07-28 07:30").sent == 1
    assert rungs(given)["before-3"] == "sent"
    assert mailbox.received[-1][1]["Subject"].startswith("[Nhắc muộn K1-0001]")


def test_after_a_pause_a_recipient_gets_one_digest_of_what_came_meanwhile(office: Office, mailbox: Mailbox) -> None:
    """Rungs of four days for one unit: one message, not four."""
    office.sending("live", mailbox.channels)
    dues = [f"2022-07-{day}" for day in (20, 21, 22)]
    office.plan(*(obligation(f"viec-{day}", f"{{by: {day}}}", responsible="so-y-te") for day in dues))
    office.apply(NOTICE)
    run(office, NOTICE)
    pausing.pause(office.app, at("2022-07-11 10:00"), by="Mai")
    for day in range(12, 27):
        run(office, f"2022-07-{day} 08:01")
    before = len(mailbox.received)
    pausing.resume(office.app, at("2022-07-27 09:00"), by="Mai")
    run(office, "2022-07-27 09:01")
    [mail] = [mail for to, mail in mailbox.received[before:] if to == "dau-moi@so-y-te.example"]
    body = mail.get_body(("plain",))
    assert body
    assert all(code in body.get_content() for code in ("K1-0001", "K1-0002", "K1-0003"))


def test_a_pause_is_read_before_each_send(office: Office, mailbox: Mailbox) -> None:
    """Somebody pauses while the first of two messages is on its way: the second stays, free for later."""
    office.sending("live", mailbox.channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    asked = iter(range(100))

    def stop() -> bool:
        if next(asked) == 2:  # the first message has its answer, the second is about to leave
            pausing.pause(office.app, at(NOTICE), by="Mai")
        return False

    found = run(office, NOTICE, stop=stop)
    assert (found.sent, len(mailbox.received)) == (1, 1)
    pausing.resume(office.app, at(NOTICE) + timedelta(minutes=1), by="Mai")
    assert run(office, "2022-07-11 09:01").sent == 1


def test_planning_for_one_duty_goes_on_while_paused(given: Office) -> None:
    """A flow run of check_obligation plans as ever."""
    pausing.pause(given.app, at("2022-07-18 10:00"), by="Mai")
    rows = plan_due(given.app, at("2022-07-19 08:00"), plan="ke-hoach", obligation="bao-cao").rows
    assert [(row.rung, row.state) for row in rows] == [("before-10", "planned")]
