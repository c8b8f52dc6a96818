"""dondoc checked, approve, held, called, bounced: what a clerk types, and what she reads then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from obligations.cases.sending.delivery import deliver
from obligations.cli.main import app
from tests.days import live
from tests.offices import UNITS, Office, at, new_office, obligation

RUNNER = CliRunner()


NOW = at("2022-08-11 09:00")  # a Thursday
CLOCKS = ("authority", "names", "opening", "watch")


@pytest.fixture
def late(ledger: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office on 11/08/2022 whose one duty was due on 29/07; leader-4 and own_leadership-8 are held."""
    office = new_office(tmp_path, ledger)
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url or "")
    for name in CLOCKS:
        monkeypatch.setattr(f"obligations.cli.{name}.utc_now", lambda: NOW)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te")).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "10/08/2022", hours=("08:01",))
    return office


def dondoc(*words: str) -> tuple[int, str]:
    """Exit code and everything printed."""
    found = RUNNER.invoke(app, list(words))
    return found.exit_code, found.output + (str(found.exception) if found.exception else "")


def document(*words: str) -> Any:
    code, printed = dondoc(*words, "--json")
    assert code == 0, printed
    return json.loads(printed)


def test_what_is_held_is_read_and_let_go(late: Office) -> None:
    """held names the reasons; checked and approve take them away one by one."""
    assert {row["rung"]: row["why"] for row in document("held")} == {
        "leader-4": "chờ rà sổ",
        "own_leadership-8": "chờ rà sổ",
    }
    after = document("checked", "--by", "Mai")
    assert {row["rung"]: row["why"] for row in after["held"]} == {"leader-4": "chờ duyệt", "own_leadership-8": ""}
    [decided] = document("approve", "K1-0001", "--by", "Mai")
    assert (decided["code"], decided["rung"], decided["approved"]) == ("K1-0001", "leader-4", True)
    assert document("approve", "--all", "--by", "Mai") == []
    code, printed = dondoc("held")
    assert code == 0
    assert "K1-0001" in printed


def test_approve_wants_to_know_which(late: Office) -> None:
    """Neither codes nor --all, or both, is a misuse; a code with nothing waiting is refused."""
    assert dondoc("approve")[0] != 0
    assert dondoc("approve", "K1-0001", "--all")[0] != 0
    code, printed = dondoc("approve", "K1-0099")
    assert code == 1
    assert "K1-0099" in printed


def test_no_is_said_in_words(late: Office) -> None:
    """The clerk reads what she decided."""
    code, printed = dondoc("approve", "K1-0001", "--no", "--by", "Mai")
    assert code == 0
    assert "không đồng ý" in printed
    assert document("held") == []


def test_a_bounced_contact_shows_in_status_until_it_is_healed(late: Office) -> None:
    """Its unit has no other: status says so; --restore takes it back."""
    code, printed = dondoc("bounced", "so-y-te.focal", "--note", "hộp thư đã đóng", "--by", "Mai")
    assert code == 0
    assert "dau-moi@so-y-te.example" in printed
    assert "không còn địa chỉ nào nhận thư" in " ".join(dondoc("status")[1].split())
    [healed] = document("bounced", "so-y-te.focal", "--restore", "--by", "Mai")
    assert healed["answer"] == "hộp thư đã đóng"
    assert "không còn địa chỉ nào" not in dondoc("status")[1]


def test_a_call_is_ticked_from_the_command_line(late: Office) -> None:
    """The contact has a telephone only from now on; afterwards status asks for no call."""
    late.write("units.yaml", UNITS.replace("email: dau-moi@so-y-te.example", "phone: 0232 000 000"))
    late.plan(obligation("khac", "{by: 2022-09-30}", responsible="so-y-te"), name="moi")
    late.apply("2022-08-11 08:50")
    deliver(late.app, at("2022-08-11 08:55"), engine_id="test")
    assert "Cần gọi điện" in dondoc("status")[1]
    [made] = document("called", "K2-0001", "--note", "đ/c Bình: đã nhận", "--by", "Mai")
    assert made == {"recipient": "so-y-te.focal", "codes": ["K2-0001"]}
    assert "Cần gọi điện" not in dondoc("status")[1]
    assert dondoc("called", "K1-0001")[0] == 1
