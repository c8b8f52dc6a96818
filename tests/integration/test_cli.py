"""The command line as people and programs meet it: what is printed, the exit code, and never a traceback.

Most tests call the entry point in this process; a few run the installed command.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from obligations.cli import main, output
from tests.life import at_an_open_hour
from tests.mailbox import mail_server
from tests.offices import Office, at, new_office, obligation
from tests.waiting import until

CLASSES = ["open_in_time", "open_overdue", "done_in_time", "done_late"]
COMMANDS = ["init", "check", "apply", "deadlines", "forecast", "status", "history", "submit", "confirm", "tick"]
ERROR_KEYS = ["code", "message", "fix"]
PROBLEM_KEYS = ["file", "line", "column", "code", "message", "fix"]
DEADLINE_KEYS = [
    "plan", "number", "obligation", "unit", "period", "due_on", "at", "assumed", "day_off", "stated", "how",
]  # fmt: skip
FORECAST_KEYS = [
    "on", "at", "plan", "obligation", "unit", "period", "rung", "audience", "recipient", "channel", "due_on",
]  # fmt: skip
ASSIGNMENT_KEYS = [
    "plan", "obligation", "unit", "period", "code", "original_due_on", "due_on", "at", "class", "state",
    "submitted_on", "done_on",
]  # fmt: skip
HISTORY_KEYS = [
    "at", "kind", "plan", "obligation", "unit", "period", "rung", "recipient", "channel", "state", "outcome",
    "answer", "message_id", "by", "document",
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)

    def ended(self, code: int) -> Result:
        assert self.code == code, f"{self.out}\n{self.err}"
        assert "Traceback" not in self.out + self.err
        return self


class Desk:
    """Somebody at the command line of an office, on a day."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture
        self.clock("2022-07-11 09:00")

    def clock(self, text: str) -> Desk:
        """The doors read the clock through one function; here it stands still."""
        moment: datetime = at(text)
        for part in main.PARTS:  # one that were loaded later would read the real one
            main.loaded(part)
        for name, module in list(sys.modules.items()):
            if name.startswith("obligations.cli.") and hasattr(module, "utc_now"):
                self._patch.setattr(module, "utc_now", lambda: moment)
        return self

    def dondoc(self, *words: str | Path) -> Result:
        self._patch.setattr(sys, "argv", ["dondoc", *map(str, words)])
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main.run()
        printed = self._capture.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """At the `office` fixture's folder, on its database."""
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url or "")
    return Desk(monkeypatch, capsys)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """In an empty folder, with nothing set."""
    for name in ("DONDOC_CONFIG", "DONDOC_HOME", "DONDOC_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Desk(monkeypatch, capsys)


def refusal(result: Result) -> dict[str, str]:
    """The one document of a refusal: a code for programs, a sentence and a remedy for people."""
    document: dict[str, dict[str, str]] = result.ended(1).document
    assert list(document) == ["error"]
    assert list(document["error"]) == ERROR_KEYS
    assert document["error"]["message"]
    assert document["error"]["message"] in result.err
    return document["error"]


class Terminal(io.StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


def events(office: Office) -> int:
    with office.app.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM event").scalar() or 0)


# init


def test_init_makes_an_office_that_passes_check_and_can_be_applied(bare: Desk) -> None:
    """From nothing to the first reminder in four commands: one message for each of two units."""
    created = bare.dondoc("init", "co-quan", "--json").ended(0).document
    assert all(Path(path).is_file() for path in created["created"])
    assert bare.dondoc("check", "--config", "co-quan", "--json").ended(0).document == {"errors": [], "warnings": []}
    assert bare.dondoc("apply", "--config", "co-quan", "--yes", "--json").ended(0).document["applied"] is True
    assert bare.dondoc("tick", "--config", "co-quan", "--json").ended(0).document["delivered"]["sent"] == 2
    assert list(Path(".dondoc/box").rglob("*.eml"))
    assert Path(".dondoc").stat().st_mode & 0o777 == 0o700


def test_init_says_what_to_do_next(bare: Desk) -> None:
    shown = bare.dondoc("init", "co-quan").ended(0).out
    assert "dondoc check --config co-quan" in shown
    assert "co-quan/office.yaml" in shown


@pytest.mark.parametrize("as_json", [True, False])
def test_init_into_a_folder_with_files_is_refused(bare: Desk, as_json: bool) -> None:  # noqa: FBT001
    Path("co-quan").mkdir()
    Path("co-quan/ghi-chu.txt").write_text("của tôi", "utf-8")
    result = bare.dondoc("init", "co-quan", *(["--json"] if as_json else [])).ended(1)
    assert "đã có tệp" in result.err
    assert sorted(path.name for path in Path("co-quan").iterdir()) == ["ghi-chu.txt"]
    assert not as_json or refusal(result)["code"] == "not-empty"


@pytest.mark.parametrize("place", ["tep.txt", "tep.txt/co-quan", "/proc/co-quan"])
def test_init_where_nothing_can_be_written_is_refused(bare: Desk, place: str) -> None:
    Path("tep.txt").write_text("x", "utf-8")
    bare.dondoc("init", place).ended(1)


# check


def test_check_shows_errors_with_their_places(office: Office, desk: Desk) -> None:
    """`{errors, warnings}`, each entry with its file, line, column, code, message and fix; exit 1."""
    office.plan(obligation("bao-cao", "{by: 2022-02-31}"), obligation("hai", "{by: 2022-07-20}", responsible="so-la"))
    document = desk.dondoc("check", "--json").ended(1).document
    assert list(document) == ["errors", "warnings"]
    assert [list(error) for error in document["errors"]] == [PROBLEM_KEYS]
    error = document["errors"][0]
    assert (error["file"], error["line"], error["column"]) == ("plans/ke-hoach.yaml", 7, 18)
    assert error["code"] == "impossible-date"
    shown = desk.dondoc("check").ended(1).out
    assert "plans/ke-hoach.yaml:7:18" in shown
    assert "31/02/2022" in shown
    assert "1 lỗi" in shown


def test_check_with_only_warnings_is_done(office: Office, desk: Desk) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-01}"))
    document = desk.dondoc("check", "--json").ended(0).document
    assert document["errors"] == []
    assert [(one["code"], list(one)) for one in document["warnings"]] == [("before-issued", PROBLEM_KEYS)]
    assert "không có lỗi, 1 lưu ý" in desk.dondoc("check").ended(0).out


def test_check_of_an_unreadable_file_says_which(office: Office, desk: Desk) -> None:
    office.write("units.yaml", "").folder.joinpath("units.yaml").write_bytes(b"units:\n- name: S\xf4\n")
    error = desk.dondoc("check", "--json").ended(1).document["errors"][0]
    assert (error["file"], error["line"], error["code"]) == ("units.yaml", 2, "encoding")


@pytest.mark.parametrize("command", ["check", "apply", "deadlines", "forecast"])
def test_a_missing_configuration_is_refused_with_what_to_do(bare: Desk, command: str) -> None:
    error = refusal(bare.dondoc(command, "--json"))
    assert error["code"] == "no-config"
    assert "dondoc init" in error["fix"]


@pytest.mark.parametrize("command", ["apply", "deadlines", "forecast"])
def test_a_broken_draft_is_refused_by_what_reads_it(office: Office, desk: Desk, command: str) -> None:
    """The first fault with its place, and how to see them all."""
    office.write("office.yaml", "name: [\n")
    error = refusal(desk.dondoc(command, "--json", *(["--yes"] if command == "apply" else [])))
    assert error["code"] == "broken-config"
    assert "office.yaml:2:1" in error["message"]
    assert "dondoc check" in error["fix"]


# apply


def test_apply_without_yes_and_without_a_terminal_only_shows(office: Office, desk: Desk) -> None:
    """The diff is printed, nothing changes, exit 1."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    document = desk.dondoc("apply", "--json").ended(1).document
    assert (document["applied"], document["version"]) == (False, None)
    assert [row["unit"] for row in document["diff"]["gained"]] == ["so-y-te", "so-xay-dung"]
    shown = desk.dondoc("apply").ended(1)
    assert "Thêm: 2 đầu việc" in shown.out
    assert "--yes" in shown.err
    assert refusal(desk.dondoc("status", "--json"))["code"] == "nothing-applied"


def test_apply_yes_stores_the_draft_and_a_second_changes_nothing(office: Office, desk: Desk) -> None:
    """`{applied, version, diff}`; the same texts again are the same version."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    document = desk.dondoc("apply", "--yes", "--json").ended(0).document
    assert list(document) == ["applied", "version", "diff"]
    assert (document["applied"], document["version"]) == (True, 1)
    diff = document["diff"]
    assert diff["plans"] == {"added": ["ke-hoach"], "removed": []}
    assert diff["gained"][0] == {
        "plan": "ke-hoach", "obligation": "bao-cao", "unit": "so-y-te", "period": "once", "due_on": "2022-07-20",
    }  # fmt: skip
    assert diff["messages_next_12_months"] > 0
    before = events(office)
    again = desk.clock("2022-07-11 09:05").dondoc("apply", "--yes", "--json").ended(0).document
    assert (again["applied"], again["version"], again["diff"]["gained"]) == (True, 1, [])
    assert again["diff"]["messages_next_12_months"] == diff["messages_next_12_months"]
    assert events(office) == before


@pytest.mark.parametrize(
    "deadline_and_responsible",
    [("{by: 2022-07-27}", "cac-so"), ("{by: 2022-07-20}", "so-y-te")],
    ids=["moved", "dropped"],
)
def test_apply_that_moves_or_drops_a_recorded_deadline_changes_nothing(
    office: Office, desk: Desk, deadline_and_responsible: tuple[str, str]
) -> None:
    """All or nothing: neither the version nor the new duty beside it is stored."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    desk.dondoc("apply", "--yes").ended(0)
    before, stood = events(office), desk.dondoc("status", "--json").document
    deadline, _ = deadline_and_responsible
    changed = obligation("bao-cao", deadline) if deadline != "{by: 2022-07-20}" else ""
    office.plan(changed, obligation("moi", "{by: 2022-08-20}"))
    error = refusal(desk.dondoc("apply", "--yes", "--json"))
    assert error["code"] == "moves-deadline"
    assert "bao-cao" in error["message"]
    assert events(office) == before
    assert desk.dondoc("status", "--json").document == stood
    preview = desk.dondoc("apply", "--json").ended(1).document
    assert preview["applied"] is False
    assert preview["diff"]["moved" if changed else "lost"]
    assert "bao-cao" in desk.dondoc("apply").ended(1).out


def test_apply_counts_from_the_answer_and_not_from_the_question(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody thinks for half an hour before saying yes: the ladders start when it is said."""

    def after_a_while(_: str) -> str:
        desk.clock("2022-07-11 09:30")
        return "c"

    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(output.people, "input", after_a_while)
    desk.dondoc("apply").ended(0)
    assert {datetime.fromisoformat(entry["at"]) for entry in desk.dondoc("history", "--json").document} == {
        at("2022-07-11 09:30")
    }


def test_apply_names_who_applied(office: Office, desk: Desk) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    desk.dondoc("apply", "--yes", "--by", "Chị Mai").ended(0)
    assert {entry["by"] for entry in desk.dondoc("history", "--json").document} == {"Chị Mai"}


# deadlines and forecast


def test_deadlines_lists_every_due_date_with_its_explanation(office: Office, desk: Desk) -> None:
    """Exact keys; by date, open ones last; no database is touched."""
    office.plan(
        obligation("cho", "{after: bao-cao, days: 5}", responsible="so-y-te"),
        obligation("bao-cao", "{by: 2022-07-23}"),
        obligation("gio", "{by: 2022-07-20, at: 14:00}", responsible="so-y-te"),
        obligation("nam", "{within: 2022}", responsible="so-y-te"),
    )
    (office.home / "dondoc.db").unlink(missing_ok=True)
    rows = desk.dondoc("deadlines", "--json").ended(0).document
    assert [list(row) for row in rows] == [DEADLINE_KEYS] * 5
    assert [(row["due_on"], row["obligation"], row["unit"]) for row in rows] == [
        ("2022-07-20", "gio", "so-y-te"),
        ("2022-07-23", "bao-cao", "so-y-te"),
        ("2022-07-23", "bao-cao", "so-xay-dung"),
        ("2022-12-31", "nam", "so-y-te"),
        (None, "cho", "so-y-te"),
    ]
    assert [row["at"] for row in rows] == ["14:00", None, None, None, None]
    assert [row["day_off"] for row in rows] == [None, "thứ Bảy", "thứ Bảy", "thứ Bảy", None]
    assert [row["assumed"] for row in rows] == [False, False, False, True, False]
    assert all(row["how"] and row["stated"] == "theo kế hoạch" and row["number"] == "12/KH-SM" for row in rows)
    assert not (office.home / "dondoc.db").exists()


def test_deadlines_of_a_plan_and_of_a_time(office: Office, desk: Desk) -> None:
    """--from and --to count both days; an open duty has no day and stays out; the plan's name must be known."""
    office.plan(obligation("bao-cao", "{every: year, by: 11-25, from: 2022, to: 2024}", responsible="so-y-te"))
    office.plan(obligation("khac", "{by: 2022-11-25}", responsible="so-y-te"), name="ke-hoach-hai")
    rows = desk.dondoc("deadlines", "ke-hoach", "--from", "25/11/2022", "--to", "2023-11-25", "--json").document
    assert [(row["plan"], row["period"]) for row in rows] == [("ke-hoach", "2022"), ("ke-hoach", "2023")]
    assert len(desk.dondoc("deadlines", "ke-hoach", "ke-hoach-hai", "--json").ended(0).document) == 4
    assert refusal(desk.dondoc("deadlines", "ke-hoach-ba", "--json"))["code"] == "unknown-plan"
    assert "Không có hạn nào" in desk.dondoc("deadlines", "--from", "2030-01-01").ended(0).out


def test_forecast_lists_what_would_leave(office: Office, desk: Desk) -> None:
    """Exact keys, in the order of leaving; of what was submitted since only the reviewer hears."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    draft = desk.dondoc("forecast", "--from", "2022-07-08", "--to", "2022-08-31", "--json").ended(0).document
    assert {tuple(row) for row in draft} == {tuple(FORECAST_KEYS)}
    assert [row["on"] for row in draft] == sorted(row["on"] for row in draft)
    desk.dondoc("apply", "--yes").ended(0)
    desk.dondoc("submit", "K1-0001").ended(0)
    rows = desk.dondoc("forecast", "--to", "2022-08-31", "--json").ended(0).document
    assert {row["unit"] for row in rows if row["audience"] == "unit"} == {"so-xay-dung"}
    assert {row["audience"] for row in rows if row["unit"] == "so-y-te"} == {"reviewer"}
    assert {row["due_on"] for row in rows} == {"2022-07-20"}


@pytest.mark.parametrize("command", ["deadlines", "forecast", "status"])
def test_a_range_that_ends_before_it_begins_is_misuse(office: Office, desk: Desk, command: str) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    result = desk.dondoc(command, "--from", "2022-08-01", "--to", "2022-07-01").ended(2)
    assert "01/07/2022" in result.err


# status


def test_status_has_the_contracts_shape(office: Office, desk: Desk) -> None:
    office.plan(
        obligation("cho", "{after: bao-cao, days: 5}", responsible="so-y-te"), obligation("bao-cao", "{by: 2022-07-20}")
    )
    desk.dondoc("apply", "--yes").ended(0)
    document = desk.dondoc("status", "--json").ended(0).document
    assert list(document) == ["as_of", "known_at", "classes", "waiting", "outside", "assignments"]
    assert (document["as_of"], document["known_at"]) == ("2022-07-11", "2022-07-11")
    assert {key: list(value) for key, value in document["classes"].items()} == {"current": CLASSES, "original": CLASSES}
    assert document["classes"]["current"]["open_in_time"] == 3
    assert (document["waiting"], document["outside"]) == (0, {})
    assert [list(row) for row in document["assignments"]] == [ASSIGNMENT_KEYS] * 3
    assert [row["due_on"] for row in document["assignments"]] == ["2022-07-20", "2022-07-20", None]
    assert document["assignments"][2]["state"] == "Chờ mốc"


def test_status_as_of_a_day_and_known_at_a_day(office: Office, desk: Desk) -> None:
    """A result recorded later does not change what was known."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    desk.dondoc("apply", "--yes").ended(0)
    desk.clock("2022-07-25 09:00").dondoc("submit", "K1-0001", "--on", "2022-07-19").ended(0)
    known = desk.dondoc("status", "--as-of", "2022-07-21", "--known-at", "2022-07-25", "--json").document
    assert (known["as_of"], known["known_at"], known["waiting"]) == ("2022-07-21", "2022-07-25", 1)
    then = desk.dondoc("status", "--as-of", "2022-07-21", "--json").document
    assert (then["known_at"], then["waiting"], then["classes"]["current"]["open_overdue"]) == ("2022-07-21", 0, 2)


def test_status_between_days_keeps_what_is_due_then(office: Office, desk: Desk) -> None:
    office.plan(obligation("mot", "{by: 2022-07-20}"), obligation("hai", "{by: 2022-08-20}", responsible="so-y-te"))
    desk.dondoc("apply", "--yes").ended(0)
    rows = desk.dondoc("status", "--from", "2022-08-01", "--to", "2022-08-20", "--json").document["assignments"]
    assert [row["obligation"] for row in rows] == ["hai"]


# submit and confirm


@pytest.fixture
def followed(office: Office, desk: Desk) -> Desk:
    """Two units owe one report (K1-0001, K1-0002), one of them a yearly one, too."""
    office.plan(
        obligation("bao-cao", "{by: 2022-07-20}"),
        obligation("nam", "{every: year, by: 11-25, from: 2022, to: 2023}", responsible="so-y-te"),
    )
    desk.dondoc("apply", "--yes").ended(0)
    return desk.clock("2022-07-19 10:00")


def test_submit_then_confirm_by_address(followed: Desk) -> None:
    """Prints the assignment; submitted_on is its counting day, done_on the day of the confirmation."""
    row = followed.dondoc("submit", "ke-hoach/bao-cao", "so-y-te", "--document", "5/BC", "--json").ended(0).document
    assert list(row) == ASSIGNMENT_KEYS
    assert (row["code"], row["class"], row["submitted_on"], row["done_on"]) == (
        "K1-0001",
        "submitted",
        "2022-07-19",
        None,
    )
    row = (
        followed.clock("2022-07-21 10:00").dondoc("confirm", "ke-hoach/bao-cao", "so-y-te", "--json").ended(0).document
    )
    assert (row["class"], row["submitted_on"], row["done_on"]) == ("done_in_time", "2022-07-19", "2022-07-21")


def test_submit_then_confirm_by_code_in_any_letter_case(followed: Desk) -> None:
    row = followed.dondoc("submit", "k1-0002", "--on", "18/07/2022", "--json").ended(0).document
    assert (row["unit"], row["submitted_on"]) == ("so-xay-dung", "2022-07-18")
    shown = followed.dondoc("confirm", "K1-0002").ended(0).out
    assert "Sở Xây dựng" in shown
    assert "Hoàn thành đúng hạn" in shown
    assert "18/07/2022" in shown


@pytest.mark.parametrize("days", [(), ("--on", "2022-07-19")], ids=["no day named", "the same day"])
def test_repeating_what_is_so_is_done_and_changes_nothing(
    followed: Desk, office: Office, days: tuple[str, ...]
) -> None:
    """The same command again, also on a later day with no day named: exit 0, no event."""
    clocks = {
        "submit": ("2022-07-19 10:00", "2022-07-22 10:00"),
        "confirm": ("2022-07-22 11:00", "2022-07-25 10:00"),
    }
    for command, (at_first, later) in clocks.items():
        first = followed.clock(at_first).dondoc(command, "K1-0001", *days, "--json").ended(0).document
        before = events(office)
        again = followed.clock(later).dondoc(command, "K1-0001", *days, "--json").ended(0).document
        assert {**again, "state": ""} == {**first, "state": ""}
        assert events(office) == before


def test_another_day_than_the_recorded_one_is_refused(followed: Desk, office: Office) -> None:
    followed.dondoc("submit", "K1-0001", "--on", "2022-07-19").ended(0)
    before = events(office)
    error = refusal(followed.dondoc("submit", "K1-0001", "--on", "2022-07-18", "--json"))
    assert error["code"] == "already"
    assert "19/7/2022" in error["message"]
    assert events(office) == before


def test_confirming_what_nobody_sent_is_refused(followed: Desk) -> None:
    error = refusal(followed.dondoc("confirm", "K1-0001", "--json"))
    assert error["code"] == "nothing-submitted"
    assert "dondoc submit" in error["fix"]


def test_confirming_before_it_was_sent_is_refused(followed: Desk) -> None:
    """A confirmation older than its result would count as done on days when nothing had come."""
    followed.dondoc("submit", "K1-0001", "--on", "2022-07-19").ended(0)
    assert refusal(followed.dondoc("confirm", "K1-0001", "--on", "2022-07-18", "--json"))["code"] == "before-submitted"


@pytest.mark.parametrize("option", ["--on", "--received", "--signed"])
def test_a_day_in_the_future_is_refused(followed: Desk, option: str) -> None:
    error = refusal(followed.dondoc("submit", "K1-0001", option, "2022-07-20", "--json"))
    assert error["code"] == "future"
    assert "19/7/2022" in error["fix"]
    followed.dondoc("submit", "K1-0002").ended(0)
    assert refusal(followed.dondoc("confirm", "K1-0002", "--on", "2022-07-20", "--json"))["code"] == "future"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("K1-0999",), "dondoc status"),
        (("ke-hoac/bao-cao", "so-y-te"), "Có phải ke-hoach?"),
        (("khac/bao-cao", "so-y-te"), "ke-hoach"),
        (("ke-hoach/bao-coa", "so-y-te"), "bao-cao"),
        (("ke-hoach/bao-cao", "so-ngoai-cuoc"), "so-xay-dung"),
        (("ke-hoach/nam", "so-y-te", "2030"), "2022, 2023"),
    ],
)
def test_an_unknown_assignment_is_refused_with_what_there_is(
    followed: Desk, words: tuple[str, ...], names: str
) -> None:
    for command in ("submit", "confirm"):
        error = refusal(followed.dondoc(command, *words, "--json"))
        assert error["code"] == "no-assignment"
        assert names in error["fix"]


def test_a_duty_with_several_periods_asks_which(followed: Desk) -> None:
    error = refusal(followed.dondoc("submit", "ke-hoach/nam", "so-y-te", "--json"))
    assert error["code"] == "which-period"
    assert "2022, 2023" in error["fix"]
    row = followed.dondoc("submit", "ke-hoach/nam", "so-y-te", "2023", "--json").ended(0).document
    assert row["period"] == "2023"


def test_an_address_that_is_half_an_address_is_refused(followed: Desk) -> None:
    assert refusal(followed.dondoc("submit", "ke-hoach/bao-cao", "--json"))["code"] == "address"
    assert refusal(followed.dondoc("submit", "K1-0001", "so-y-te", "--json"))["code"] == "address"


def test_the_received_day_alone_is_the_day_it_was_sent(followed: Desk) -> None:
    """A result cannot have been sent after it was received."""
    row = followed.dondoc("submit", "K1-0001", "--received", "2022-07-15", "--json").ended(0).document
    assert row["submitted_on"] == "2022-07-15"


# history and tick


def test_history_keeps_events_reminders_and_attempts(followed: Desk) -> None:
    """Exact keys; of one unit, one obligation, since a day."""
    followed.dondoc("tick").ended(0)
    followed.dondoc("submit", "K1-0001", "--document", "5/BC", "--by", "Chị Mai").ended(0)
    entries = followed.dondoc("history", "--json").ended(0).document
    assert {tuple(entry) for entry in entries} == {tuple(HISTORY_KEYS)}
    assert {entry["kind"] for entry in entries} == {"event", "reminder", "attempt"}
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    assert all(datetime.fromisoformat(entry["at"]).tzinfo for entry in entries)
    sent = [entry for entry in entries if entry["state"] == "submitted"]
    assert [(one["by"], one["document"], one["unit"]) for one in sent] == [("Chị Mai", "5/BC", "so-y-te")]
    attempts = [entry for entry in entries if entry["kind"] == "attempt"]
    assert {one["outcome"] for one in attempts} == {"sent"}
    assert all(one["message_id"] and one["channel"] == "email" for one in attempts)

    mine = followed.dondoc("history", "--unit", "so-xay-dung", "--obligation", "ke-hoach/bao-cao", "--json").document
    assert {(one["unit"], one["obligation"]) for one in mine} == {("so-xay-dung", "bao-cao")}
    assert followed.dondoc("history", "--since", "2022-07-20", "--json").document == []
    assert "Không có dòng nhật ký nào" in followed.dondoc("history", "--unit", "khong-co").ended(0).out


def test_tick_tells_what_it_did(followed: Desk) -> None:
    document = followed.dondoc("tick", "--json").ended(0).document
    assert list(document) == ["delivered", "audited", "paused"]
    assert document["paused"] is None
    assert document["delivered"]["sent"] > 0
    assert followed.dondoc("tick", "--json").ended(0).document["delivered"]["sent"] == 0
    assert "Đã gửi 0 tin" in followed.dondoc("tick").ended(0).out


def test_times_and_days_are_those_of_the_offices_zone(office: Office, desk: Desk) -> None:
    """An office that follows Tokyo's clock reads its history and its today by it, two hours ahead of Vietnam's."""
    office.write("office.yaml", (office.folder / "office.yaml").read_text("utf-8") + "time_zone: Asia/Tokyo\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    desk.dondoc("apply", "--yes").ended(0)
    assert "11:00 11/07/2022" in " ".join(desk.dondoc("history").ended(0).out.split())
    row = desk.clock("2022-07-11 22:30").dondoc("submit", "K1-0001", "--json").ended(0).document
    assert row["submitted_on"] == "2022-07-12"


def test_ctrl_c_in_a_tick_lets_the_message_under_way_be_sent(ledger: str | None, tmp_path: Path) -> None:
    """What was started has its answer, what was not waits for the next tick, and none goes out twice."""
    with mail_server() as box:
        office = new_office(tmp_path, ledger).sending("live", box.channels)
        office.write(
            "office.yaml", (office.folder / "office.yaml").read_text("utf-8") + "office_hours: [00:00-23:59]\n"
        )
        office.write("policies.yaml", "gap: {days: all}\n")
        box.held_from = 1
        now = at_an_open_hour()
        duty = obligation("bao-cao", f"{{by: {now.date() + timedelta(days=40)}}}", more="policy: gap")
        office.plan(duty, issued_on=f"{now:%Y-%m-%d}").apply(f"{now:%Y-%m-%d %H:%M}")
        office.close()
        environment = {"DONDOC_CONFIG": str(office.folder), "DONDOC_DATABASE_URL": ledger or ""}
        command = [str(Path(sys.executable).with_name("dondoc")), "tick"]
        process = subprocess.Popen(command, env={**os.environ, **environment, "DONDOC_HOME": str(office.home)})
        until(lambda: box.begun, 60)
        process.send_signal(signal.SIGINT)
        time.sleep(1)  # it has heard of it before the message is taken
        box.held_from = None
        assert process.wait(60) == 0
        assert len(box.received) == 1
        assert installed("tick", home=office.home, **environment).returncode == 0
        assert len({address for address, _ in box.received}) == len(box.received) == 2


def test_tick_before_the_first_apply_is_refused(desk: Desk) -> None:
    assert refusal(desk.dondoc("tick", "--json"))["code"] == "nothing-applied"


# misuse


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("foo",), "không có lệnh foo"),
        ((), "chưa ghi lệnh nào"),
        (("check", "--foo"), "không có tùy chọn --foo"),
        (("check", "thừa"), "thừa thừa"),
        (("check", "--config"), "thiếu giá trị sau --config"),
        (("submit",), "thiếu KẾ-HOẠCH/NHIỆM-VỤ"),
        (("init",), "thiếu DIR"),
        (("deadlines", "--from", "31/02/2022"), "31/02/2022 không phải ngày"),
        (("status", "--as-of", "hôm nay"), "hôm nay không phải ngày"),
    ],
)
def test_misuse_is_told_in_vietnamese_and_ends_with_2(bare: Desk, words: tuple[str, ...], says: str) -> None:
    """With --json the same as one document."""
    result = bare.dondoc(*words).ended(2)
    assert says in result.err
    assert "--help" in result.err
    assert result.out == ""
    if words and words[-1] != "--config":
        error = bare.dondoc(*words, "--json").ended(2).document["error"]
        assert (list(error), error["code"]) == (ERROR_KEYS, "misuse")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_in_vietnamese(bare: Desk, command: str) -> None:
    shown = bare.dondoc(*command.split(), "--help").ended(0).out
    assert shown.startswith("Cách dùng: dondoc")
    assert not {"Usage:", "Options:", "Arguments:", "Commands:"} & set(shown.split())
    assert not command or command in {"init"} or "--json" in shown


def test_the_version_is_one_line_and_opens_nothing(bare: Desk) -> None:
    """What is installed, as the package says; no ledger is made for the asking."""
    assert bare.dondoc("--version").ended(0).out == f"dondoc {version('dondoc')}\n"
    assert not Path(".dondoc").exists()


# where things lie


def test_the_config_option_wins_over_the_environment(office: Office, desk: Desk, tmp_path: Path) -> None:
    desk.dondoc("init", tmp_path / "khac").ended(0)
    rows = desk.dondoc("deadlines", "--config", tmp_path / "khac", "--json").ended(0).document
    assert {row["plan"] for row in rows} == {"ke-hoach-mau"}
    assert desk.dondoc("deadlines", "--json").ended(0).document == []


@pytest.mark.parametrize(
    "url",
    ["không phải địa chỉ", "mysql://a/b", "foo://x", "postgresql://127.0.0.1:abc/x", "postgresql+khongco://a/b",
     "postgresql://nobody@127.0.0.1:1/x", "sqlite:////proc/khong-co/dondoc.db"],
)  # fmt: skip
def test_a_wrong_database_address_is_refused(bare: Desk, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    error = refusal(bare.dondoc("status", "--json"))
    assert error["code"] in ("database-url", "database-down")
    assert error["fix"]


def test_a_database_password_is_never_printed(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://ai:Bi-Mat-9@127.0.0.1:1/x")
    result = bare.dondoc("status", "--json").ended(1)
    assert "Bi-Mat-9" not in result.out + result.err


def test_a_file_that_is_no_database_is_refused(bare: Desk) -> None:
    Path(".dondoc").mkdir()
    Path(".dondoc/dondoc.db").write_text("không phải cơ sở dữ liệu\n" * 100, "utf-8")
    error = refusal(bare.dondoc("status", "--json"))
    assert error["code"] == "database-down"
    assert "dondoc.db" in error["message"]


@pytest.mark.parametrize("home", ["/proc/dondoc", "tep.txt/dondoc", "tep.txt"])
def test_a_home_that_cannot_be_made_is_refused(bare: Desk, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    """Not even the superuser can write there."""
    Path("tep.txt").write_text("x", "utf-8")
    monkeypatch.setenv("DONDOC_HOME", home)
    error = refusal(bare.dondoc("status", "--json"))
    assert error["code"] == "home"
    assert "DONDOC_HOME" in error["fix"]


def test_what_breaks_inside_ends_with_3_and_keeps_its_details(desk: Desk, office: Office) -> None:
    """One sentence for the user, the traceback in a private file for the admin, one document for a program."""
    office.plan(obligation("bao-cao", "{by: 2022-07-20}"))
    desk.dondoc("apply", "--yes").ended(0)
    with office.app.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE event RENAME TO event_elsewhere")
    result = desk.dondoc("status", "--json").ended(3)
    assert result.document["error"]["code"] == "broken"
    log = office.home / "loi.log"
    assert str(log) in result.err.replace("\n", "")
    assert "Traceback" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


# what people see


@pytest.mark.parametrize("width", [80, 140])
def test_no_table_is_wider_than_the_terminal(followed: Desk, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """One line for a duty that many units owe, names and not ids, dates dd/mm/yyyy, nothing broken inside a word."""
    monkeypatch.setattr(output.people, "_width", width)
    followed.dondoc("tick").ended(0)
    for command in ("deadlines", "forecast", "status", "history", "check", "apply"):
        shown = followed.dondoc(command).out
        assert max(map(len, shown.splitlines())) <= width, command
        assert "2022-07-20" not in shown, command
    shown = followed.dondoc("deadlines").out
    assert shown.count("20/07/2022") == 1
    assert "Sở Y tế, Sở Xây" in " ".join(shown.split())
    shown = followed.dondoc("status").out
    assert "K1-0001  Sở Y tế" in shown
    assert "ke-hoach/bao-cao" in shown
    assert "3 đầu việc" not in shown.splitlines()[0]


# the installed command


def installed(*words: str, home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("dondoc")
    environment = {**os.environ, "DONDOC_HOME": str(home), "DONDOC_DATABASE_URL": "", **environ}
    return subprocess.run(
        [command, *words], env=environment, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


def test_the_installed_command_refuses_and_misuses_with_its_codes(tmp_path: Path) -> None:
    """The same as in this process: one document on standard output, a sentence on standard error."""
    refused = installed("check", "--config", str(tmp_path / "khong-co"), "--json", home=tmp_path / "home")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "no-config"
    assert installed("foo", home=tmp_path / "home").returncode == 2


def test_a_machine_without_vietnamese_still_prints_utf8(tmp_path: Path) -> None:
    """An ASCII locale is no reason to break; bytes that are no letters are shown escaped."""
    result = installed(
        "check", "--config", os.fsdecode(b"k\xff"), "--json", home=tmp_path / "h", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert result.returncode == 1
    assert "không có thư mục cấu hình" in json.loads(result.stdout)["error"]["message"]


def test_a_reader_that_leaves_early_meets_no_traceback(tmp_path: Path) -> None:
    """`dondoc deadlines | head -1`."""
    command = f"{Path(sys.executable).with_name('dondoc')} deadlines --json | head -1"
    environment = {
        **os.environ,
        "DONDOC_HOME": str(tmp_path),
        "DONDOC_CONFIG": str(Path(__file__).parents[2] / "config"),
    }
    piped = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, encoding="utf-8", check=False)
    assert piped.stdout.strip() == "["
    assert "Traceback" not in piped.stderr
