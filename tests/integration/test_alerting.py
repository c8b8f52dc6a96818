"""Telling the admin: another way than the one in trouble, once a day for each cause, else written down."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from obligations.cases.sending import pausing
from obligations.cases.upkeep.alerting import alert
from obligations.store.database import reading
from tests.life import change, entries, nowhere, run
from tests.mailbox import Mailbox, mail_server
from tests.offices import UNITS, Office, at, obligation

NOTICE = "2022-07-11 09:00"
MAI = "{name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001"
TWO_WAYS = UNITS.replace(MAI, f"{MAI}, channels: [email, {{phu: mai@khac.example}}]")


def given(office: Office, channels: str) -> None:
    """One duty due on 29 July; the admin reads mail, and other mail when that is down."""
    office.sending("live", channels).write("units.yaml", TWO_WAYS)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)


def told(office: Office) -> list[tuple[str, str, str]]:
    """Recipient, channel and state of every alert."""
    with reading(office.app.engine) as session:
        rows = session.execute(
            text("SELECT recipient, channel, state FROM message WHERE slot LIKE 'alert:%' ORDER BY id")
        )
        return [(row.recipient, row.channel, row.state) for row in rows]


def test_a_channel_that_is_down_for_half_an_hour_is_told_over_another(office: Office, mailbox: Mailbox) -> None:
    """Not at once, then once, with the server's words, over the admin's second channel."""
    given(office, nowhere() + mailbox.channels.replace("email:", "phu:"))
    run(office, NOTICE)
    run(office, "2022-07-11 09:20")
    assert mailbox.received == []
    for moment in ("09:31", "10:05", "10:40"):
        run(office, f"2022-07-11 {moment}")
    [(to, mail)] = mailbox.received
    assert to == "mai@khac.example"
    assert mail["Subject"] == "[Hệ thống nhắc việc] Kênh email không thông từ 09:00 11/07/2022"
    body = mail.get_body(("plain",))
    assert body
    assert "Connection refused" in body.get_content()
    assert "tin chờ và tự đi khi kênh thông" in body.get_content()
    assert told(office) == [("van-phong.focal", "phu", "sent")]
    [reminder] = entries(office, "reminder")
    assert reminder.state == "planned", "no reminder fails for it"


def test_the_next_day_it_is_told_again(office: Office, mailbox: Mailbox) -> None:
    """One cause, one day, one message."""
    given(office, nowhere() + mailbox.channels.replace("email:", "phu:"))
    for moment in ("11 09:00", "11 09:40", "11 14:00", "12 09:00", "12 14:00"):
        run(office, f"2022-07-{moment}")
    assert len(mailbox.received) == 2


def test_a_channel_that_came_back_is_no_longer_told(office: Office) -> None:
    """Down, up, and down again for a moment: half an hour counts from the last fall."""
    with mail_server() as first:
        given(office, first.channels + nowhere("phu"))
    run(office, NOTICE)
    office.sending("live", nowhere() + nowhere("phu"))
    change(office, "UPDATE channel_state SET down_since = NULL, down_until = NULL, failures = 0")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"), obligation("hai", "{by: 2022-07-28}"))
    office.apply("2022-07-11 10:00")
    run(office, "2022-07-11 10:01")
    assert told(office) == []


def test_what_reaches_no_admin_is_written_down(
    office: Office, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their only way is the one in trouble: the log in DONDOC_HOME and standard error have it, once that day."""
    office.sending("live", nowhere())
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    for moment in ("09:00", "09:31", "10:05", "10:40"):
        run(office, f"2022-07-11 {moment}")
    log = (office.home / "loi.log").read_text("utf-8")
    assert log.count("Kênh email không thông từ 09:00 11/07/2022") == 1
    assert "Kênh email không thông" in capsys.readouterr().err


def test_every_admin_is_told_and_each_only_once(office: Office, mailbox: Mailbox) -> None:
    """Two admins, one cause asked about twice."""
    given(office, mailbox.channels + nowhere("phu"))
    both = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", both.replace("admin: [van-phong.focal]", "admin: [van-phong.focal, van-phong.leader]"))
    office.apply("2022-07-11 09:05")
    assert alert(office.app, "audit", "Thử", ["một dòng"], at("2022-07-11 10:00"))
    assert not alert(office.app, "audit", "Thử", ["một dòng"], at("2022-07-11 11:00"))
    assert {to for to, _ in mailbox.received} == {"van-phong@so-mau.example", "giam-doc@so-mau.example"}
    assert alert(office.app, "flow:deliver", "Khác", ["một dòng"], at("2022-07-11 11:00")), "another cause"


def test_an_alert_goes_past_a_pause_and_is_no_reminder(office: Office, mailbox: Mailbox) -> None:
    """It may be about the pause; in the history it stands by itself, under no duty."""
    given(office, mailbox.channels + nowhere("phu"))
    pausing.pause(office.app, at(NOTICE), by="Mai")
    assert alert(office.app, "audit", "Thử", ["một dòng"], at(NOTICE))
    assert len(mailbox.received) == 1
    [entry] = entries(office, "attempt")
    assert (entry.plan, entry.rung, entry.outcome) == (None, "alert", "sent")


def test_an_alert_that_breaks_hides_nothing(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first apply there is no admin: what was to be told is on standard error, and nothing is raised."""
    assert alert(office.app, "audit", "Thử", ["một dòng"], at(NOTICE))
    assert "Thử: một dòng" in capsys.readouterr().err
