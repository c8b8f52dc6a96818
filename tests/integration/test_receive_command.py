"""`dondoc receive`: proposes, records what was agreed to, and says what it left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.clock import utc_now
from obligations.cases.reading.status import status
from obligations.cli import receive
from obligations.cli.main import app
from obligations.cli.output import people
from obligations.domain.errors import Refused
from tests.days import day
from tests.integration.test_receiving import APPLIED, DUTY
from tests.offices import Office
from tests.unit.draft.files import workbook

run = CliRunner()
ROWS = (
    ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Trích yếu"),
    ("21/11/2022", 12, "Sở Y tế", "345/BC-SYT", "18/11/2022", "Báo cáo kết quả phong trào thi đua năm 2022"),
    ("21/11/2022", 13, "Sở Xây dựng", "7/SXD-VP", "", "V/v xin gia hạn báo cáo năm kết quả phong trào thi đua 2022"),
    ("21/11/2022", 14, "Công ty Điện lực", "9/TB", "", "Thông báo lịch cắt điện"),
    ("32/11/2022", 15, "Sở Y tế", "10/BC", "", "Báo cáo"),
)


@pytest.fixture
def given(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    office.plan(DUTY).apply(APPLIED)
    (tmp_path / "so.xlsx").write_bytes(workbook(ROWS))
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    if office.database_url:
        monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url)
    monkeypatch.setenv("COLUMNS", "160")
    return office


Told = Callable[..., str]


@pytest.fixture
def told(given: Office, tmp_path: Path) -> Told:
    def ask(*more: str, said: str = "") -> str:
        done = run.invoke(app, ["receive", str(tmp_path / "so.xlsx"), "--by", "Mai", *more], input=said)
        if isinstance(done.exception, Refused):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return ask


def recorded(office: Office) -> list[str]:
    rows = status(office.app, utc_now()).assignments
    return sorted(one.code for one in rows if one.submitted_on)


def test_without_a_person_it_only_proposes(given: Office, told: Told) -> None:
    shown = told()
    assert "2 văn bản có thể là kết quả" in shown
    assert "xin lùi hạn" in shown  # the rest of it on another line
    assert "1 văn bản của nơi gửi không có trong units.yaml: Công ty Điện lực (1)." in shown
    assert "Dòng thứ 4 (số đến 15) không đọc được: ngày đến: không có ngày 32/11/2022." in shown
    assert "Chưa ghi gì" in shown
    assert recorded(given) == []


def test_yes_records_what_is_plain_and_the_next_day_nothing(given: Office, told: Told) -> None:
    assert "Đã ghi 1 kết quả: K1-0001." in told("--yes")
    assert recorded(given) == ["K1-0001"]
    assert "1 văn bản đã ghi từ trước." in told("--yes")
    assert recorded(given) == ["K1-0001"]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (["--take", "2"], ["K1-0002"]),
        (["--take", "1=k1-0001", "--take", "1"], ["K1-0001"]),
        (["--yes", "--take", "2"], ["K1-0001", "K1-0002"]),
    ],
)
def test_lines_are_taken_one_by_one(given: Office, told: Told, more: list[str], codes: list[str]) -> None:
    told(*more)
    assert recorded(given) == codes


@pytest.mark.parametrize(
    ("said", "codes"),
    [("\n", ["K1-0001"]), ("k\n", []), ("1, 2\n", ["K1-0001", "K1-0002"]), ("2\n", ["K1-0002"]), ("", [])],
)
def test_a_person_at_a_terminal_is_asked(
    given: Office, told: Told, monkeypatch: pytest.MonkeyPatch, said: str, codes: list[str]
) -> None:
    monkeypatch.setattr(receive, "is_at_a_terminal", lambda: True)
    assert "Ghi dòng nào?" in told(said=said)
    assert recorded(given) == codes


def test_json_is_one_document(given: Office, told: Told) -> None:
    shown: dict[str, Any] = json.loads(told("--json"))
    assert [(one["line"], one["sure"], one["duties"][0]["code"]) for one in shown["proposals"]] == [
        (1, True, "K1-0001"),
        (2, False, "K1-0002"),
    ]
    assert (shown["recorded"], shown["already"], shown["unknown"]) == ([], 0, {"Công ty Điện lực": 1})
    assert [one["line"] for one in shown["faults"]] == [4]
    assert json.loads(told("--json", "--yes"))["recorded"] == [{"line": 1, "code": "K1-0001"}]
    assert recorded(given) == ["K1-0001"]


@pytest.mark.parametrize(
    ("take", "words"),
    [
        ("3", "dòng 3 không có"),
        ("x", "dòng x không có"),
        ("1=K9-9999", "K9-9999 không được đề xuất cho dòng 1"),
        ("1=K1-0002", "K1-0002 không được đề xuất cho dòng 1"),  # another unit's
    ],
)
def test_a_line_that_was_not_proposed_is_refused(given: Office, told: Told, take: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        told("--yes", "--take", take)
    assert recorded(given) == []


def test_a_refusal_says_which_line_and_why(given: Office, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another person records one of them while this one is asked."""

    def answer(_: object) -> str:
        submit(given.app, Address(code="K1-0001"), Submission(day("20/11/2022")), utc_now(), by="chị Lan")
        return "1,2"

    monkeypatch.setattr(receive, "is_at_a_terminal", lambda: True)
    monkeypatch.setattr(people, "input", answer)
    with pytest.raises(Refused, match=r"chưa ghi dòng nào\. dòng 1: K1-0001 đã được ghi không kèm số văn bản"):
        told()
    assert recorded(given) == ["K1-0001"]


def test_what_is_no_register_is_one_line(given: Office, told: Told, tmp_path: Path) -> None:
    (tmp_path / "so.xlsx").write_bytes(workbook([("a", "b", "c"), (1, 2, 3)]))
    with pytest.raises(Refused, match="tệp không có cột"):
        told()
    (tmp_path / "so.xlsx").unlink()
    with pytest.raises(Refused, match="không có tệp"):
        told()
