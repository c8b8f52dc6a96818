"""A clock that goes backwards: nothing is planned, nothing leaves, and the admin is told."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from flows.doctor import checks
from flows.environment import Place
from obligations.cases.clock import utc_now
from obligations.cases.reminding.planning import plan_due
from obligations.cases.reminding.timekeeping import ClockWentBack
from obligations.cases.sending import pausing
from obligations.cases.upkeep.auditing import audit
from obligations.cli.main import app
from tests.life import entries, run
from tests.mailbox import Mailbox
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"


@pytest.fixture
def given(office: Office, mailbox: Mailbox) -> Office:
    """One duty due on 29 July; its notice left on the 11th, and before-10 on the 19th."""
    office.sending("live", mailbox.channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    run(office, NOTICE)
    run(office, "2022-07-19 08:01")
    return office


def test_a_delivery_in_the_past_is_refused_with_both_instants(given: Office, mailbox: Mailbox) -> None:
    """The machine came up with last week's time: one sentence says so, the admin gets it once."""
    sent = len(mailbox.received)
    for _ in range(2):
        with pytest.raises(ClockWentBack) as refused:
            run(given, "2022-07-12 08:00")
    assert refused.value.message == (
        "đồng hồ máy chỉ 08:00 12/07/2022, sớm hơn lần ghi sổ gần nhất (08:01 19/07/2022); chưa gửi, chưa ghi gì."
    )
    assert "dondoc resume" in refused.value.fix
    [(to, mail)] = mailbox.received[sent:]
    assert to == "van-phong@so-mau.example"
    assert mail["Subject"] == "[Hệ thống nhắc việc] Đồng hồ máy sai, đã dừng gửi"


def test_nothing_is_planned_by_a_wrong_clock(given: Office) -> None:
    """Whoever asks: a flow run of one obligation, too."""
    with pytest.raises(ClockWentBack):
        plan_due(given.app, at("2022-07-12 08:00"), plan="ke-hoach", obligation="bao-cao")


def test_machines_may_differ_by_a_minute(given: Office) -> None:
    """What another machine recorded a moment ahead is no alarm."""
    assert run(given, "2022-07-19 08:00").sent == 0


def test_a_clock_that_ran_ahead_is_forgiven_by_a_person(given: Office) -> None:
    """For an hour the machine thought it was 2035: once put right, resume lets the office live on."""
    pausing.pause(given.app, at("2035-01-01 08:00"), by="Mai")
    with pytest.raises(ClockWentBack):
        run(given, "2022-07-26 08:01")
    assert pausing.resume(given.app, at("2022-07-26 08:02"), by="Mai").clock == at("2035-01-01 08:00")
    run(given, "2022-07-26 08:03")
    assert [one.rung for one in entries(given, "attempt")][-1] == "before-3"
    with pytest.raises(ClockWentBack):
        run(given, "2022-07-20 08:00")


@pytest.fixture
def ahead(given: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Something was recorded in 2035, before the clock was put right."""
    pausing.pause(given.app, at("2035-01-01 08:00"), by="Mai")
    for name, value in (("HOME", given.home), ("CONFIG", given.folder), ("DATABASE_URL", given.database_url or "")):
        monkeypatch.setenv(f"DONDOC_{name}", str(value))
    return given


def command(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize("words", ["submit K1-0001 --document 2/BC", "confirm K1-0001", "waive K1-0001", "checked"])
def test_nothing_is_recorded_by_a_wrong_clock(ahead: Office, words: str) -> None:
    """A result of a day long past would silence this year's reminders."""
    events = entries(ahead, "event")
    assert isinstance(command(*words.split(), "--by", "Mai").exception, ClockWentBack)
    assert entries(ahead, "event") == events


@pytest.mark.parametrize("words", ["status", "history", "sheet"])
def test_what_is_due_is_told_with_a_word_of_the_clock(ahead: Office, words: str) -> None:
    told = command(words)
    assert told.exit_code == 0
    assert "Lưu ý: đồng hồ máy chỉ" in told.stderr
    assert pausing.resume(ahead.app, utc_now(), by="Mai").clock
    assert "đồng hồ máy" not in command(words).stderr


def test_a_check_up_names_the_clock_and_not_the_ledger(ahead: Office) -> None:
    """By a wrong clock what is derived differs from the events, and nobody wrote into the database."""
    found = {one.id: one for one in checks(ahead.app, Place.from_environment(), utc_now())}
    assert not found["clock"].ok
    assert "dondoc resume" in found["clock"].detail
    assert "ledger" not in found


def test_where_ticks_keep_an_office_no_prefect_is_missed(given: Office) -> None:
    """An audit of today, and no `up` ever: the check-up can be green, so that a machine may watch it."""
    now = at("2022-07-19 08:02")
    assert {one.id: one.ok for one in checks(given.app, Place.from_environment(), now)}["engine"] is False
    audit(given.app, now)
    found = {one.id: one for one in checks(given.app, Place.from_environment(), now)}
    assert found["engine"].detail == "không có; sổ này do lịch gọi dondoc tick chăm"
    assert [one.id for one in found.values() if not one.ok or one.id.startswith("prefect")] == []
