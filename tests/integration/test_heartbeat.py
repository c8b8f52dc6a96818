"""Silence is noticed: the audit's sign of life, what turns red and when, and who is told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from obligations.cases.upkeep import heartbeat
from obligations.cases.upkeep.auditing import audit
from obligations.cases.upkeep.engines import acquire, release
from obligations.cases.upkeep.health import last_audit, troubles
from obligations.cases.upkeep.inspecting import inspect
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.integration.test_cli import Desk, desk
from tests.life import nowhere, run
from tests.mailbox import Mailbox
from tests.offices import Office, at, obligation

__all__ = ["desk"]
NOTICE = "2022-07-11 09:00"
MONITOR = "canh-may@giam-sat.example"


@pytest.fixture
def followed(office: Office) -> Office:
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    return office


def told_to(office: Office, channel: str = "email") -> None:
    text = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", f"{text}heartbeat: {{channel: {channel}, to: {MONITOR}}}\n")


def beats(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for to, mail in mailbox.received if to == MONITOR]


def test_a_finished_audit_leaves_a_file_that_a_monitor_can_read(followed: Office) -> None:
    """When, and the four figures; a later audit replaces it."""
    run(followed, NOTICE)
    found = inspect(followed.app, at("2022-07-11 16:00"))
    assert (found.silence, found.trouble) == ("", "")
    file = followed.home / heartbeat.FILE
    assert file.read_text("utf-8").splitlines()[0] == (
        "2022-07-11T16:00:00+07:00 2 dự kiến = 2 đã gửi + 0 lỗi + 0 đang chờ"
    )
    inspect(followed.app, at("2022-07-12 16:00"))
    assert file.read_text("utf-8").startswith("2022-07-12T16:00:00+07:00 0 dự kiến")


def test_the_monitor_hears_it_over_its_channel_at_most_every_hour(followed: Office, mailbox: Mailbox) -> None:
    """`tick` audits every ten minutes; the monitor is not told as often."""
    told_to(followed.sending("live", mailbox.channels))
    followed.apply("2022-07-12 09:00")
    for hour in ("09:10", "09:20", "10:05", "10:10", "11:10"):
        inspect(followed.app, at(f"2022-07-12 {hour}"))
    assert beats(mailbox) == ["[Hệ thống nhắc việc] Nhịp báo"] * 3


def test_a_monitor_out_of_reach_does_not_undo_the_audit(followed: Office, mailbox: Mailbox) -> None:
    """Said as a trouble; tried again by the next audit, not an hour later."""
    told_to(followed.sending("live", nowhere()))
    followed.apply("2022-07-12 09:00")
    found = inspect(followed.app, at("2022-07-12 09:10"))
    assert "nhịp báo không đi được qua kênh email" in found.trouble
    assert last_audit(followed.app, at("2022-07-12 09:11")).at == at("2022-07-12 09:10")
    followed.sending("live", mailbox.channels)
    told_to(followed)
    followed.apply("2022-07-12 09:15")
    assert inspect(followed.app, at("2022-07-12 09:20")).trouble == ""
    assert len(beats(mailbox)) == 1


def test_no_audit_no_heartbeat(followed: Office) -> None:
    """A delivery alone leaves none: that it runs is not that somebody compared."""
    run(followed, NOTICE)
    assert not (followed.home / heartbeat.FILE).exists()


def test_an_unknown_channel_is_refused_where_it_stands(followed: Office, desk: Desk) -> None:
    told_to(followed, "khong-co")
    [error] = desk.dondoc("check", "--json").ended(1).document["errors"]
    assert (error["file"], error["code"]) == ("office.yaml", "unknown-channel")


# red


@pytest.mark.parametrize(
    ("now", "is_red"),
    [("2022-07-11 16:00", False), ("2022-07-12 18:00", False), ("2022-07-12 18:01", True), ("2022-07-20 08:00", True)],
)
def test_an_audit_is_red_after_twenty_six_hours(followed: Office, now: str, is_red: bool) -> None:  # noqa: FBT001
    """Computed when it is read: nobody has to run for it to turn."""
    run(followed, NOTICE)
    audit(followed.app, at("2022-07-11 16:00"))
    found = last_audit(followed.app, at(now))
    assert (found.is_red, found.is_old) == (is_red, is_red)
    assert [line for line in map(str, troubles(followed.app, at(now))) if "Kiểm tra gần nhất" in line] == (
        ["Kiểm tra gần nhất: 16:00 11/07/2022, đã quá 26 giờ: 2 đã gửi, 0 lỗi, 0 đang chờ."] if is_red else []
    )


def test_never_audited_is_red_once_something_was_followed_for_a_day(followed: Office) -> None:
    assert not last_audit(followed.app, at("2022-07-11 17:00")).is_red
    assert last_audit(followed.app, at("2022-07-12 12:00")).is_red


def test_what_did_not_leave_is_red_at_once_and_told_once_a_day(followed: Office) -> None:
    """The rungs of the day were never delivered: the admin has one mail of it, whoever audits how often."""
    for minute in ("10:00", "10:10", "16:00"):
        found = inspect(followed.app, at(f"2022-07-11 {minute}"))
        assert found.silence == "2 lượt nhắc đã đến giờ mà chưa gửi."
    assert last_audit(followed.app, at("2022-07-11 16:01")).is_red
    assert len(list((followed.home / "box").glob("*.eml"))) == 1
    message = METADATA.tables["message"].c
    with reading(followed.app.engine) as session:
        told = [tuple(row) for row in session.execute(select(message.subject, message.state))]
    assert told == [("[Hệ thống nhắc việc] Đối chiếu trong ngày có điều cần xem", "sent")]


@pytest.mark.parametrize(
    ("now", "told"),
    [("2022-07-11 10:00", False), ("2022-07-11 10:30", True), ("2022-07-12 08:00", True), ("2022-07-19 08:00", False)],
)
def test_an_engine_that_fell_silent_is_a_trouble_for_a_week(followed: Office, now: str, told: bool) -> None:  # noqa: FBT001
    """It gave its last sign of life at 10:00; an office that goes on with `tick` need not hear of it for ever."""
    release(acquire(followed.app, "http://may-mot:4200", at("2022-07-11 10:00")))
    found = [line for line in map(str, troubles(followed.app, at(now))) if "dondoc up" in line]
    assert found == (["Không thấy dondoc up chạy từ 10:00 11/07/2022."] if told else [])


def test_status_says_so(followed: Office, desk: Desk) -> None:
    """A line for people when nobody compared for a day; nothing when all is well."""
    run(followed, NOTICE)
    audit(followed.app, at("2022-07-11 16:00"))
    assert "Kiểm tra gần nhất" not in desk.clock("2022-07-11 17:00").dondoc("status").ended(0).out
    words = " ".join(desk.clock("2022-07-14 09:00").dondoc("status").ended(0).out.split())
    assert "Kiểm tra gần nhất: 16:00 11/07/2022, đã quá 26 giờ" in words


def test_tick_audits_beats_and_tells(followed: Office, desk: Desk) -> None:
    """Without Prefect the same: a file of the newest audit."""
    desk.clock(NOTICE).dondoc("tick").ended(0)
    day = date(2022, 7, 11)
    assert (followed.home / heartbeat.FILE).read_text("utf-8").startswith(f"{day}T09:00:00+07:00 2 dự kiến")
