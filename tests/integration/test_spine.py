"""The spine: a plan becomes one mail at a real SMTP server, and its proof in the history."""

from __future__ import annotations

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.reading.history import Wanted, history
from obligations.cases.reading.status import status
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.delivery import deliver
from tests.mailbox import Mailbox
from tests.offices import ZONE, Office, at, obligation


def test_a_due_rung_reaches_the_mailbox_once_and_the_answer_is_kept(office: Office, mailbox: Mailbox) -> None:
    """before-3 leaves at eight on its day, to the focal contact, and history shows the server's own words."""
    office.sending("live", mailbox.channels).plan(obligation("bao-cao", "{by: 2022-07-20}", responsible="so-y-te"))
    office.apply("2022-07-15 09:00")
    assert deliver(office.app, at("2022-07-15 09:00"), engine_id="a").sent == 1, "the notice"
    assert deliver(office.app, at("2022-07-16 10:00"), engine_id="a").sent == 0, "the weekend before before-3"

    planned = plan_due(office.app, at("2022-07-20 08:00"))
    assert [(row.rung, row.state) for row in planned.rows] == [("before-0", "planned")]
    assert deliver(office.app, at("2022-07-20 08:01"), engine_id="a").sent == 1
    assert deliver(office.app, at("2022-07-20 08:02"), engine_id="a").sent == 0, "a second delivery finds nothing"

    to, message = mailbox.received[-1]
    assert to == "dau-moi@so-y-te.example"
    assert message["Subject"] == "[Đến hạn K1-0001] Việc bao-cao, hạn hết hôm nay, thứ Tư 20/7/2022"
    body = message.get_body(("plain",))
    assert body is not None
    assert "Kính gửi: Sở Y tế." in body.get_content()
    assert "mục I.1 Kế hoạch số 12/KH-SM ngày 08/7/2022" in body.get_content()

    attempts = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "attempt"]
    assert [(one.rung, one.outcome, one.answer) for one in attempts] == [
        ("notice", "sent", "250 2.0.0 nhan thu 1"),
        ("before-0", "sent", "250 2.0.0 nhan thu 2"),
    ]
    assert attempts[-1].message_id == message["Message-ID"]


def test_two_duties_of_one_unit_make_one_digest(office: Office) -> None:
    """One recipient gets one message for one hour, whatever the number of duties."""
    office.plan(obligation("mot", "{by: 2022-07-20}"), obligation("hai", "{by: 2022-07-21}"))
    office.apply("2022-07-11 09:00")
    assert deliver(office.app, at("2022-07-11 09:00"), engine_id="a").sent == 2, "one for each of two units"
    reminders = [entry for entry in history(office.app, Wanted(unit="so-y-te"), ZONE) if entry.kind == "reminder"]
    assert len(reminders) == 2
    assert len({entry.message_id for entry in reminders}) == 1


def test_nobody_is_reminded_of_what_was_sent(office: Office) -> None:
    """A result recorded between planning and sending cancels the message; its rung says why."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}", responsible="so-y-te"))
    office.apply("2022-07-11 09:00")
    deliver(office.app, at("2022-07-11 09:00"), engine_id="a")
    plan_due(office.app, at("2022-07-20 08:00"))
    address = Address("K1-0001")
    submit(
        office.app,
        address,
        Submission(at("2022-07-19 00:00").date(), document="5/BC"),
        at("2022-07-20 08:00"),
        by="Mai",
    )
    assert deliver(office.app, at("2022-07-20 08:01"), engine_id="a").sent == 0
    skipped = [entry for entry in history(office.app, Wanted(), ZONE) if entry.state == "skipped"]
    assert [(entry.rung, entry.answer) for entry in skipped] == [("before-0", "đơn vị đã gửi")]


def test_the_classes_follow_the_events(office: Office) -> None:
    """Submitted waits in its own column; confirmed, the day it was sent decides whether it was on time."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    office.apply("2022-07-11 09:00")
    late = at("2022-07-21 00:00").date()
    submit(office.app, Address("K1-0001"), Submission(at("2022-07-20 00:00").date()), at("2022-07-22 10:00"), by="Mai")
    submit(office.app, Address("K1-0002"), Submission(late), at("2022-07-22 10:00"), by="Mai")
    assert status(office.app, at("2022-07-22 11:00")).waiting == 2
    for code in ("K1-0001", "K1-0002"):
        confirm(office.app, Address(code), at("2022-07-22 00:00").date(), at("2022-07-22 12:00"), by="Mai")
    found = status(office.app, at("2022-07-23 08:00"))
    assert (found.current["done_in_time"], found.current["done_late"]) == (1, 1)
    earlier = status(office.app, at("2022-07-23 08:00"), as_of=late, known_at=late)
    assert earlier.current["open_overdue"] == 2, "on the 21st nothing had been recorded yet"
