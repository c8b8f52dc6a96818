"""Limits: so many messages at once, or to one person in a day, that a person should look first."""

from __future__ import annotations

import pytest

from obligations.cases.sending import limits, pausing
from obligations.cases.sending.delivery import Delivered
from tests.life import entries, run
from tests.mailbox import Mailbox
from tests.offices import OFFICE, Office, at, obligation

NOTICE = "2022-07-11 09:00"


def limited(office: Office, mailbox: Mailbox, **most: int) -> Office:
    """The office writes to a real server, with these limits."""
    office.sending("live", mailbox.channels)
    said = ", ".join(f"{name}: {count}" for name, count in most.items())
    return office.write("office.yaml", f"{OFFICE.format(sending='live')}limits: {{{said}}}\n")


def to_units(mailbox: Mailbox) -> list[str]:
    """Who received a reminder; what tells the admin is no reminder."""
    return [to for to, mail in mailbox.received if "Hệ thống nhắc việc" not in mail["Subject"]]


def test_a_delivery_above_the_limit_sends_nothing_and_asks(office: Office, mailbox: Mailbox) -> None:
    """Two messages where one may leave: paused by dondoc, the admin told by mail, and resume lets both go."""
    limited(office, mailbox, per_run=1).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    assert run(office, NOTICE) == Delivered()
    assert to_units(mailbox) == []
    pause = pausing.current(office.app)
    assert pause
    assert (pause.by, pause.limit) == ("dondoc", 2)
    [(admin, told)] = mailbox.received
    assert admin == "van-phong@so-mau.example"
    assert told["Subject"] == "[Hệ thống nhắc việc] Tạm dừng: 2 tin sắp gửi trong một lượt"
    assert run(office, "2022-07-11 09:10") == Delivered()
    assert len(mailbox.received) == 1, "told once"
    pausing.resume(office.app, at("2022-07-11 09:20"), by="Mai")
    assert run(office, "2022-07-11 09:21").sent == 2


def test_a_limit_that_was_lifted_is_asked_about_again_the_next_day(office: Office, mailbox: Mailbox) -> None:
    """The same day it is not; before-10 a week later is."""
    limited(office, mailbox, per_run=1).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    run(office, NOTICE)
    pausing.resume(office.app, at("2022-07-11 09:20"), by="Mai")
    run(office, "2022-07-11 09:21")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"), obligation("them", "{by: 2022-07-29}"))
    office.apply("2022-07-11 10:00")
    assert run(office, "2022-07-11 10:01").sent == 2
    assert run(office, "2022-07-19 08:01").sent == 0
    assert pausing.current(office.app)


def test_a_pause_by_hand_lifts_no_limit(office: Office, mailbox: Mailbox) -> None:
    """Who paused by hand did not say that so many messages are right."""
    limited(office, mailbox, per_run=1).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    pausing.pause(office.app, at(NOTICE), by="Mai")
    pausing.resume(office.app, at("2022-07-11 09:05"), by="Mai")
    assert run(office, "2022-07-11 09:06").sent == 0
    found = pausing.current(office.app)
    assert found
    assert found.limit == 2


@pytest.fixture
def busy(office: Office, mailbox: Mailbox) -> Office:
    """One unit may get one message a day, and has two hours with something to say on 22 July: one due, one to come."""
    limited(office, mailbox, per_recipient_day=1)
    office.write("policies.yaml", "sang: {send_at: 08:00, escalate: []}\nchieu: {send_at: 14:00, escalate: []}\n")
    later = obligation("sau", "{by: 2022-08-01}", responsible="so-y-te", more="policy: sang")
    today = obligation("nay", "{by: 2022-07-22}", responsible="so-y-te", more="policy: chieu")
    office.plan(later, today)
    office.apply(NOTICE)
    run(office, NOTICE)
    for day in range(12, 22):
        run(office, f"2022-07-{day} 14:01")
    return office


def reminders(office: Office) -> dict[tuple[str | None, str | None], tuple[str | None, str | None]]:
    return {
        (one.obligation, one.rung): (one.state, one.answer)
        for one in entries(office, "reminder")
        if one.recipient == "so-y-te.focal"
    }


def test_what_a_recipient_cannot_get_today_waits_and_says_why(busy: Office, mailbox: Mailbox) -> None:
    """Of two messages the one due today leaves; the other waits until the next working day, and is not failed."""
    before = len(to_units(mailbox))
    run(busy, "2022-07-22 14:01")
    assert len(to_units(mailbox)) == before + 1
    found = reminders(busy)
    assert found["nay", "before-0"] == ("sent", None)
    assert found["sau", "before-10"] == ("planned", limits.WAITS)
    assert run(busy, "2022-07-22 15:00").sent == 0
    assert run(busy, "2022-07-25 07:30").sent == 1
    assert reminders(busy)["sau", "before-10"] == ("sent", None)


def test_resume_lets_what_waits_go_the_same_day(busy: Office) -> None:
    """A person says so: it leaves at once, and that day nobody is asked again."""
    run(busy, "2022-07-22 14:01")
    resumed = pausing.resume(busy.app, at("2022-07-22 14:30"), by="Mai")
    assert (resumed.pause, resumed.let_go) == (None, 1)
    assert run(busy, "2022-07-22 14:31").sent == 1
    assert reminders(busy)["sau", "before-10"] == ("sent", None)


def test_a_newer_rung_takes_the_place_of_one_that_waits_for_its_turn(busy: Office) -> None:
    """Held back every day until before-3 comes: before-10 is superseded, not failed and not sent."""
    run(busy, "2022-07-22 14:01")
    run(busy, "2022-07-29 08:01")
    assert reminders(busy)["sau", "before-10"][0] == "superseded"
