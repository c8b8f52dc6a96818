"""What no office writes: files without end, dates out of this world, keys that are no keys. One line each, and soon."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from obligations.cases.configuring.checking import check_folder
from obligations.config import folder as config_folder
from obligations.config.due_dates import MAX_PERIODS
from obligations.config.load import MAX_TOLD, read_folder
from obligations.config.parsing import MAX_EVENTS, MAX_TEXT
from obligations.config.source import MAX_BYTES
from obligations.domain.errors import Problem, Refused
from tests.unit.config.base_office import PLAN_FILE, TEXTS, TODAY, edited, helpful, loaded, spoil

BY = "{by: 2022-07-20}"
HUGE = MAX_BYTES - 20_000


def only(texts: dict[str, str]) -> Problem:
    """The one error of an office, which came within seconds."""
    started = time.thread_time()
    [problem] = loaded(texts).errors
    assert time.thread_time() - started < 10
    assert helpful(problem), str(problem)
    assert len(str(problem)) < 400
    return problem


def with_deadline(deadline: str) -> dict[str, str]:
    return edited((PLAN_FILE, BY, deadline))


# Dates


@pytest.mark.parametrize(
    ("deadline", "column", "code"),
    [
        ("{by: 0001-01-01}", 18, "date"),
        ("{before: 0001-01-01}", 22, "date"),
        ("{by: 1899-12-31}", 18, "date"),
        ("{by: 2200-01-01}", 18, "date"),
        ("{by: 9999-12-31}", 18, "date"),
        ("{start: 0001-01-01, by: 2022-07-20}", 21, "date"),
        ("{before: 9999}", 22, "period"),
        ("{within: 0000-07}", 22, "period"),
        ("{every: month, from: 2200}", 34, "period"),
        ("{rrule: FREQ=DAILY, from: 9999-01-01}", 39, "date"),
        ("{rrule: FREQ=DAILY, from: 0001-01-01}", 39, "date"),
        ("{rrule: FREQ=DAILY, to: 9999-01-01}", 37, "date"),
        ("{rrule: FREQ=DAILY, from: 1900-01-01, to: 2199-12-31}", 13, "too-many-dates"),
        ("{rrule: FREQ=DAILY, to: 2199-12-31}", 13, "too-many-dates"),
        ('{rrule: "FREQ=MONTHLY;BYDAY=+9MO"}', 21, "rrule"),
        ('{rrule: "FREQ=YEARLY;BYDAY=60MO"}', 21, "rrule"),
        ('{rrule: "FREQ=YEARLY;BYMONTH=2;BYDAY=6MO"}', 21, "rrule"),
        ('{rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}', 21, "rrule"),
        ("{after: issued, days: 99999}", 35, "count"),
    ],
)
def test_a_deadline_out_of_this_world_is_refused_with_its_place(deadline: str, column: int, code: str) -> None:
    problem = only(with_deadline(deadline))
    assert (problem.file, problem.line, problem.column, problem.code) == (PLAN_FILE, 14, column, code)


@pytest.mark.parametrize("deadline", ["{by: 1900-01-01}", "{before: 1900-01-01}", "{by: 2199-12-31}", "{within: 2199}"])
def test_the_first_and_last_year_of_the_world_are_read(deadline: str) -> None:
    assert not loaded(with_deadline(deadline)).errors


def test_every_day_of_ten_years_is_not_too_many() -> None:
    assert MAX_PERIODS > 3653
    found = loaded(with_deadline("{rrule: FREQ=DAILY, from: 2022-01-01, to: 2031-12-31}"))
    assert not found.errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("file", "written"),
    [
        (PLAN_FILE, "issued_on: 2022-07-08"),
        ("office.yaml", "from: 2023-01-20"),
        ("units.yaml", "to: 2024-12-31"),
        ("calendar.yaml", "on: 2022-09-01"),
    ],
)
def test_a_year_out_of_this_world_is_refused_wherever_a_day_stands(file: str, written: str, day: str) -> None:
    problem = only(edited((file, written, f"{written.partition(':')[0]}: {day}")))
    assert (problem.file, problem.code) == (file, "date")
    assert "1900" in problem.fix


# Sizes


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: Kế hoạch thử", "title: " + "x" * (MAX_TEXT + 1), "too-long"),
        ("title: Kế hoạch thử", "title: " + "x" * HUGE, "too-long"),
        ("title: Kế hoạch thử", "title: '" + "x\n    " * (HUGE // 6) + "'", "too-long"),
        ("title: Kế hoạch thử", "title: '" + "x " * (HUGE // 2), "yaml"),
        ("[cac-so]", "[" + "{a: b}, " * (HUGE // 8) + "a]", "too-many-values"),
        ("[cac-so]", "[" + "[]," * MAX_EVENTS + "a]", "too-many-values"),
        ("[cac-so]", "[" * HUGE, "yaml-depth"),
        ("[cac-so]", "{a: " * (HUGE // 4), "yaml-depth"),
        ("plan:", "- " * (HUGE // 2) + "\nplan:", "yaml-depth"),
        ("plan:", "? " * (HUGE // 2) + "\nplan:", "yaml-key"),
        ("plan:", "&a " * (HUGE // 3) + "\nplan:", "yaml-alias"),
        ("plan:", "---\n" * (HUGE // 4) + "\nplan:", "yaml-documents"),
        ("plan:", "\t" * HUGE + "\nplan:", "yaml"),
        ("plan:", "%" * HUGE + "\nplan:", "yaml"),
        ("title: Kế hoạch thử", "title: " + ": " * (HUGE // 2), "yaml"),
    ],
)
def test_a_text_without_end_is_refused_soon(old: str, new: str, code: str) -> None:
    """Just below the size that is refused unread: whatever it is made of, the answer is one line within seconds."""
    assert only(edited((PLAN_FILE, old, new))).code == code


def test_a_text_of_the_longest_kind_is_read() -> None:
    assert not loaded(edited((PLAN_FILE, "title: Kế hoạch thử", "title: " + "x" * MAX_TEXT))).errors


def test_a_comment_may_be_as_long_as_it_likes() -> None:
    assert not loaded(edited((PLAN_FILE, "plan:", "#" * HUGE + "\nplan:"))).errors


def test_of_very_many_faults_the_first_are_told() -> None:
    """Two hundred are enough to mend before the next check, and no terminal is flooded."""
    names = ", ".join(f"so-{number}" for number in range(20_000))
    found = loaded(edited((PLAN_FILE, "[cac-so]", f"[{names}]")))
    assert len(found.errors) == MAX_TOLD
    assert found.errors[0].message == "không có đơn vị hoặc nhóm so-0."
    keys = "".join(f"khoa-{number}: 1\n" for number in range(20_000))
    assert len(loaded(edited((PLAN_FILE, "plan:", f"{keys}plan:"))).errors) == MAX_TOLD


def test_a_wrong_value_is_not_repeated_whole() -> None:
    problem = only(edited((PLAN_FILE, "kind: ke-hoach", f"kind: {'x' * MAX_TEXT}")))
    assert problem.code == "value"
    assert only(edited((PLAN_FILE, "id: ban-hanh", f"id: {'X' * MAX_TEXT}"))).code == "id"
    assert only(edited((PLAN_FILE, BY, f"{{by: {'x' * MAX_TEXT}}}"))).code == "date"


# Keys and letters


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("plan:\n", "«1: x\nplan:\n", "unknown-key"),
        ("plan:\n", "«true: x\nplan:\n", "unknown-key"),
        ("plan:\n", "«null: x\nplan:\n", "unknown-key"),
        ("plan:\n", "«2022-07-08: x\nplan:\n", "unknown-key"),
        ("plan:\n", "«'': x\nplan:\n", "yaml-key"),
        ("{at: I.2}", "{«: I.2, at: I.2}", "yaml"),
        ("{at: I.2}", "{«[at]: I.2}", "yaml-key"),
        ("title: Kế hoạch thử", "ti«\u200btle: Kế hoạch thử", "yaml"),
        ("id: ban-hanh", "id: ban-hanh«\u200b", "yaml"),
        ("id: ban-hanh", "«\ufeffid: ban-hanh", "yaml"),
        ("id: ban-hanh", "id: «\u202eban-hanh", "yaml"),
        ("id: ban-hanh", "id: ban«\x00hanh", "yaml"),
    ],
)
def test_a_key_is_a_word_and_a_letter_can_be_seen(old: str, new: str, code: str) -> None:
    """YAML's other keys, and marks that come along unseen with words copied from a page."""
    texts, place = spoil(PLAN_FILE, old, new)
    problem = only(texts)
    assert (problem.line, problem.column) == place
    assert problem.code == code


# The folder


def written(folder: Path) -> Path:
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """By its size alone: ten gigabytes are not read to be told that they are too many."""
    folder = written(tmp_path)
    with (folder / "plans" / "lon.yaml").open("wb") as file:
        file.truncate(10 * 1024**3)
    started = time.thread_time()
    [problem] = check_folder(folder, TODAY).errors
    assert time.thread_time() - started < 5
    assert (problem.file, problem.line, problem.column, problem.code) == ("plans/lon.yaml", 1, 1, "too-big")
    assert helpful(problem)
    with pytest.raises(Refused, match=r"plans/lon\.yaml"):
        read_folder(folder)


def test_what_is_no_regular_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Reading a pipe would never end."""
    folder = written(tmp_path)
    os.mkfifo(folder / "plans" / "ong.yaml")
    [problem] = check_folder(folder, TODAY).errors
    assert (problem.file, problem.code) == ("plans/ong.yaml", "unreadable")


def test_a_folder_far_too_full_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config pointed at a whole disk: said at once, not after an hour of looking."""
    folder = written(tmp_path)
    monkeypatch.setattr(config_folder, "MAX_ENTRIES", 20)
    for number in range(20):
        (folder / f"{number}.txt").touch()
    with pytest.raises(Refused, match="--config"):
        check_folder(folder, TODAY)


def test_folders_that_link_to_themselves_are_left(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "plans" / "vong").symlink_to(folder)
    found = check_folder(folder, TODAY)
    assert not found.errors
    assert {one.code for one in found.warnings} == {"unknown-file"}


def test_the_plans_may_lie_elsewhere(tmp_path: Path) -> None:
    """A link to a shared folder is followed: else its plans would be lost without a word."""
    folder = written(tmp_path / "config")
    (folder / "plans").rename(tmp_path / "chung")
    (folder / "plans").symlink_to(tmp_path / "chung")
    found = check_folder(folder, TODAY)
    assert found.configuration is not None
    assert list(found.configuration.plans) == ["ke-hoach"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_an_editors_other_unicode_is_refused_with_the_remedy(tmp_path: Path, encoding: str) -> None:
    """With its mark it is no UTF-8; without, it is full of letters that nobody sees."""
    folder = written(tmp_path)
    (folder / "office.yaml").write_bytes("name: So Mau\n".encode(encoding))
    [problem] = check_folder(folder, TODAY).errors
    assert problem.file == "office.yaml"
    assert "UTF-8" in problem.fix
