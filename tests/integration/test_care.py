"""pause, resume, send-test, backup, restore at the command line; what status and tick say of what stands still."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from obligations.cases.sending import pausing
from obligations.cli import engine
from tests.integration.test_cli import Desk, refusal
from tests.life import entries, nowhere, run
from tests.mailbox import Mailbox, mail_server
from tests.offices import OFFICE, Office, at, new_office, obligation
from tests.smtp_servers import ScriptedServer

NOTICE = "2022-07-11 09:00"


@pytest.fixture
def office(ledger: str | None, tmp_path: Path) -> Office:
    """On one database: their differences are tested elsewhere."""
    return new_office(tmp_path, ledger)


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Somebody at this office's command line."""
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url or "")
    return Desk(monkeypatch, capsys)


@pytest.fixture
def followed(office: Office, desk: Desk, mailbox: Mailbox) -> Desk:
    """Two units owe a report by 29 July; nothing was sent yet."""
    office.sending("live", mailbox.channels).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    return desk


def words(text: str) -> str:
    """What was printed, however it was broken into lines."""
    return " ".join(text.split())


PAUSED = "Đang tạm dừng gửi từ 09:00 11/07/2022, do Mai (họp giao ban); gửi tiếp bằng dondoc resume."


def test_pause_is_said_by_whoever_looks(followed: Desk) -> None:
    """pause, status and tick use one sentence; for programs tick has who, since when and why."""
    assert words(followed.dondoc("pause", "--note", "họp giao ban", "--by", "Mai").ended(0).out) == PAUSED
    followed.clock("2022-07-11 09:30")
    assert words(followed.dondoc("pause", "--by", "Lan").ended(0).out) == PAUSED, "it is so already"
    assert PAUSED in words(followed.dondoc("status").ended(0).out)
    assert PAUSED in words(followed.dondoc("tick").ended(0).out)
    told = followed.dondoc("tick", "--json").ended(0).document
    assert told["delivered"]["sent"] == 0
    assert told["paused"] == {"since": "2022-07-11T02:00:00+00:00", "by": "Mai", "note": "họp giao ban", "limit": None}


def test_nothing_is_paused_where_nothing_is_followed(desk: Desk) -> None:
    """In another folder, with a variable forgotten: the system that sends goes on sending."""
    assert "chưa áp dụng cấu hình nào" in desk.dondoc("pause").ended(1).err


def test_resume_lets_what_waited_go(followed: Desk, mailbox: Mailbox) -> None:
    """Twice is no fault; the second time there is nothing to resume."""
    followed.dondoc("pause", "--by", "Mai").ended(0)
    followed.dondoc("tick").ended(0)
    assert followed.dondoc("resume", "--by", "Mai", "--json").ended(0).document["resumed"] is True
    assert followed.dondoc("tick", "--json").ended(0).document["delivered"]["sent"] == 2
    assert words(followed.dondoc("resume", "--by", "Mai").ended(0).out) == "Không có gì đang dừng."
    assert len(mailbox.received) == 2


def test_a_limit_is_told_where_people_look(office: Office, followed: Desk) -> None:
    """More than per_run: tick says why nothing left, and what to type."""
    office.write("office.yaml", f"{OFFICE.format(sending='live')}limits: {{per_run: 1}}\n").apply(NOTICE)
    followed.dondoc("tick").ended(0)
    said = words(followed.dondoc("status").ended(0).out)
    assert "do dondoc vì 2 tin sắp gửi trong một lượt, quá mức limits.per_run; gửi tiếp bằng dondoc resume." in said


def test_a_channel_that_is_down_is_told_where_people_look(office: Office, followed: Desk) -> None:
    """Since when, and in the server's words."""
    office.sending("live", nowhere()).apply(NOTICE)
    followed.dondoc("tick").ended(0)
    said = words(followed.dondoc("status").ended(0).out)
    assert "Kênh email không thông từ 09:00 11/07/2022: không kết nối được" in said


def test_a_clock_that_went_back_is_refused(office: Office, followed: Desk) -> None:
    """tick ends with 1 and says both instants."""
    run(office, "2022-07-11 10:00")
    followed.clock("2022-07-10 10:00")
    told = refusal(followed.dondoc("tick", "--json"))
    assert told["code"] == "clock-back"
    assert "10:00 10/07/2022" in told["message"]
    assert "10:00 11/07/2022" in told["message"]


def test_tick_waits_for_a_slow_channel(
    office: Office, followed: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message a minute: a tick of cron sends the second one, too, a minute later."""
    url = mailbox.channels.partition(": ")[2].strip()
    office.sending("live", f"email: {{url: '{url}', max_per_minute: 1}}\n").apply(NOTICE)
    now = at(NOTICE)

    def clock() -> datetime:
        return now

    def sleep(seconds: float) -> None:
        nonlocal now
        now += timedelta(seconds=max(seconds, 1))

    monkeypatch.setattr(engine, "utc_now", clock)
    monkeypatch.setattr(time, "sleep", sleep)
    assert followed.dondoc("tick", "--json").ended(0).document["delivered"]["sent"] == 2
    assert len(mailbox.received) == 2
    [first, second] = sorted(one.at for one in entries(office, "attempt"))
    assert second - first >= timedelta(minutes=1)


def test_a_test_message_goes_at_once_and_is_nobodys_reminder(office: Office, followed: Desk, mailbox: Mailbox) -> None:
    """The server's answer is printed, the ledger knows nothing of it, and a pause does not hold it."""
    pausing.pause(office.app, at(NOTICE), by="Mai")
    said = words(followed.dondoc("send-test", "so-y-te.focal").ended(0).out)
    assert said == (
        "Gửi thử tới Anh Bình (dau-moi@so-y-te.example) qua kênh email. Đã nhận. Câu trả lời: 250 2.0.0 nhan thu 1"
    )
    [(to, mail)] = mailbox.received
    assert to == "dau-moi@so-y-te.example"
    body = mail.get_body(("plain",))
    assert body
    assert "không giao việc gì và không cần trả lời" in body.get_content()
    assert entries(office, "attempt") == []


def test_a_test_message_may_go_to_any_address(followed: Desk, mailbox: Mailbox) -> None:
    """To oneself, before anybody is written to."""
    told = followed.dondoc("send-test", "toi@so-mau.example", "--json").ended(0).document
    assert (told["outcome"], told["channel"], told["sending"]) == ("sent", "email", "live")
    assert mailbox.received[0][0] == "toi@so-mau.example"


def test_a_test_message_that_is_refused_says_at_which_step(office: Office, followed: Desk) -> None:
    """Exit 1, with the server's own words."""
    server = ScriptedServer({"RCPT": "550 5.1.1 khong co ai"})
    office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n").apply(NOTICE)
    said = words(followed.dondoc("send-test", "so-y-te.focal").ended(1).out)
    server.stop()
    assert said.endswith("Máy chủ không nhận địa chỉ này, ở bước người nhận: 550 5.1.1 khong co ai")


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        (("so-y-te.focall",), "Có phải so-y-te.focal"),
        (("so-xay-dung",), "Có phải so-xay-dung.focal?"),
        (("ong-la",), "Ghi một địa chỉ thư, hoặc một trong: van-phong.focal"),
        (("so-y-te.focal", "--channel", "zalo"), "Có: email."),
    ],
)
def test_whom_a_test_message_cannot_reach_is_told_with_what_can(
    followed: Desk, typed: tuple[str, ...], fix: str
) -> None:
    """A slip of the pen is met with the name that was meant."""
    assert fix in refusal(followed.dondoc("send-test", *typed, "--json"))["fix"]


def test_a_test_message_keeps_to_the_box(office: Office, desk: Desk) -> None:
    """Before the first apply the draft is tried; `sending: box` writes a file and says so."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    said = words(desk.dondoc("send-test", "so-y-te.focal").ended(0).out)
    assert "sending: box nên thư chỉ vào hộp thử, không đi đâu" in said
    assert "theo bản nháp trên đĩa" in said
    assert len(list((office.home / "box").iterdir())) == 1


def test_a_test_message_is_redirected_like_any_other(office: Office, desk: Desk) -> None:
    """It goes where everything goes, and says so."""
    with mail_server() as box:
        office.sending("redirect:thu@so-mau.example", box.channels)
        office.plan(obligation("bao-cao", "{by: 2022-07-29}")).apply(NOTICE)
        said = words(desk.dondoc("send-test", "so-y-te.focal").ended(0).out)
    assert "sending: redirect:thu@so-mau.example nên thư đến địa chỉ ấy" in said
    assert box.received[0][0] == "thu@so-mau.example"


def test_backup_and_restore_at_the_command_line(office: Office, followed: Desk, tmp_path: Path) -> None:
    """A ledger is replaced only with --yes where nobody can be asked; afterwards it is paused."""
    followed.dondoc("tick").ended(0)
    office.close()
    made = followed.dondoc("backup", tmp_path / "so.zip", "--json").ended(0).document
    assert made["rows"] > 10
    assert refusal(followed.dondoc("backup", tmp_path / "so.zip", "--json"))["code"] == "backup-exists"
    assert refusal(followed.dondoc("restore", tmp_path / "so.zip", "--by", "Mai", "--json"))["code"] == "not-empty"
    followed.clock("2022-07-12 09:00")
    said = words(followed.dondoc("restore", tmp_path / "so.zip", "--yes", "--by", "Mai").ended(0).out)
    assert f"Đã khôi phục {made['rows']} dòng, sao lưu lúc 09:00 11/07/2022." in said
    assert "Sổ trước đó còn ở" in said
    assert "Đang tạm dừng gửi" in said
    assert "khôi phục từ bản sao lưu lúc 09:00 11/07/2022" in words(followed.dondoc("status").ended(0).out)
