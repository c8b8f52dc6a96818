"""YAML as an office writes it: texts with places, and nothing that drops, repeats or explodes unseen."""

from __future__ import annotations

import time

import pytest

from obligations.config.parsing import MAX_DEPTH
from obligations.config.source import MAX_BYTES, Source, read
from obligations.domain.errors import Problem


def data(text: str) -> object:
    found = read("tep.yaml", text)
    assert isinstance(found, Source), found
    return found.data


def refusal(text: str) -> Problem:
    found = read("tep.yaml", text)
    assert isinstance(found, Problem), found.data
    assert found.file == "tep.yaml"
    assert found.message
    assert found.fix
    return found


@pytest.mark.parametrize(
    "written",
    ["on", "yes", "No", "012", "0x1F", "1_000", "1e3", "2022-07-08", "08:00", "12:30:45", ".inf", "3.10", "true", "="],
)
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    """YAML 1.1 would make booleans, octal numbers, sexagesimal hours and dates of these."""
    assert data(f"khoa: {written}\n") == {"khoa": written}


@pytest.mark.parametrize("written", ["on", "012", "2022-07-08", "null", "~", "", "Sở Y tế", "08:00"])
def test_quotes_never_matter(written: str) -> None:
    """Plain, single and double quotes give the same, also for an empty value."""
    plain = data(f"khoa: {written}\n")
    assert data(f"khoa: '{written}'\n") == plain
    assert data(f'khoa: "{written}"\n') == plain


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_a_value_left_blank_is_none(written: str) -> None:
    assert data(f"khoa: {written}\n") == {"khoa": None}


def test_white_space_round_a_text_does_not_count() -> None:
    assert data('khoa: "  Sở Y tế "\n') == {"khoa": "Sở Y tế"}


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có lời dẫn\n", "---\n"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    assert not data(text)


def test_a_list_and_a_lone_text_are_data_for_the_schema_to_refuse() -> None:
    assert data("- a\n- b\n") == ["a", "b"]
    assert data("chỉ một câu\n") == "chỉ một câu"


def test_windows_line_ends_change_nothing() -> None:
    assert data("a: 1\r\nb:\r\n- 2\r\n") == {"a": "1", "b": ["2"]}


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "fix"),
    [
        ("a:\n\tb: 1\n", 2, 1, "yaml", "Tab"),
        ("a: [1, 2\nb: 3\n", 2, 2, "yaml", "ngoặc mở ở dòng 1"),
        ("a: {b: 1\n", 2, 1, "yaml", "ngoặc mở ở dòng 1"),
        ("title: Kế hoạch: phần hai\n", 1, 16, "yaml", "ngoặc kép"),
        ('a: "b\nc: d\n', 3, 1, "yaml", "dấu ngoặc kép mở ở dòng 1"),
        ("a: @chi-nhanh\n", 1, 4, "yaml", "ngoặc kép"),
        ("a: `x`\n", 1, 4, "yaml", "ngoặc kép"),
        ("a: %x\n", 1, 4, "yaml", "ngoặc kép"),
        ("- id: a\n  n: A\nc:\n- {r: f, n: X, e: x@y.vn}\n", 3, 1, "yaml", "thụt đầu dòng: phải thẳng cột"),
        ("a: b\n c: d\n", 2, 3, "yaml", "thụt đầu dòng"),
        ("title:Kế hoạch\nissuer: x\n", 2, 7, "yaml", "dấu cách sau dấu hai chấm"),
        ("a: {by:2022-07-20}\n", 1, 5, "yaml-colon", "dấu cách"),
        ("a: 1\nb: {c: 1, c: 2}\n", 2, 11, "duplicate-key", "giữ lại một"),
        ("a: 1\n'a': 2\n", 2, 1, "duplicate-key", "giữ lại một"),
        ("a: !!str 5\n", 1, 4, "yaml-tag", "ngoặc kép"),
        ("a: !quan trọng\n", 1, 4, "yaml-tag", "ngoặc kép"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "yaml-tag", "ngoặc kép"),
        ("a: &ten 5\n", 1, 4, "yaml-alias", "ngoặc kép"),
        ("a: 5\nb: *quan trọng\n", 2, 4, "yaml-alias", "ngoặc kép"),
        ("a: &a [*a]\n", 1, 4, "yaml-alias", "ngoặc kép"),
        ("a: 1\nb:\n  <<: {c: 1}\n", 3, 3, "yaml-merge", "viết đủ"),
        ("{[a, b]: 1}\n", 1, 2, "yaml-key", "khóa: giá trị"),
        ("? {a: 1}\n: 2\n", 1, 3, "yaml-key", "khóa: giá trị"),
        ("a: 1\n---\nb: 2\n", 2, 1, "yaml-documents", "---"),
        ("a: Sở\nb: Y\x07 tế\n", 2, 5, "yaml", "ký tự"),
        ("a: 1\x00\n", 1, 5, "yaml", "ký tự"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_remedy(
    text: str, line: int, column: int, code: str, fix: str
) -> None:
    """Line and column count from 1, in letters and not in bytes."""
    problem = refusal(text)
    assert (problem.line, problem.column, problem.code) == (line, column, code), problem
    assert fix in problem.fix


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Nine lists of nine of the one before would be 9^9 texts."""
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    started = time.thread_time()
    assert refusal("\n".join(lines)).code == "yaml-alias"
    assert time.thread_time() - started < 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_and_ends_no_process(opening: str) -> None:
    """The composer recurses: a hundred thousand brackets would end the interpreter."""
    started = time.thread_time()
    problem = refusal(opening * 100_000)
    assert (problem.line, problem.code) == (1, "yaml-depth")
    assert time.thread_time() - started < 2


def test_nesting_that_a_plan_may_need_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert data("a: " + "[" * depth + "]" * depth) != {}


def test_a_huge_file_is_refused() -> None:
    problem = refusal("a: " + "x" * MAX_BYTES)
    assert (problem.line, problem.column, problem.code) == (1, 1, "too-big")


def test_the_size_counts_bytes_and_not_letters() -> None:
    """Vietnamese letters take up to three bytes."""
    assert refusal("a: " + "ệ" * (MAX_BYTES // 3)).code == "too-big"


def test_a_large_file_within_the_limit_is_read_soon() -> None:
    """A plan of twenty thousand lines takes seconds, not minutes."""
    text = "ds:\n" + "".join(f"- {{id: viec-{n}, title: Việc số {n}}}\n" for n in range(20_000))
    started = time.thread_time()
    found = data(text)
    assert isinstance(found, dict)
    assert len(found["ds"]) == 20_000
    assert time.thread_time() - started < 10


def test_places_are_known_for_values_keys_and_what_is_absent() -> None:
    """A value, its key, an entry of a list; and the nearest parent of what is not there."""
    found = read("tep.yaml", "plan:\n  title: Kế hoạch\nds: [a, {b: c}]\n")
    assert isinstance(found, Source)

    def place(*path: str | int, key: bool = False) -> tuple[int, int]:
        problem = found.problem(path, "x", "x", key=key)
        return problem.line, problem.column

    assert place("plan", "title") == (2, 10)
    assert place("plan", "title", key=True) == (2, 3)
    assert place("plan", key=True) == (1, 1)
    assert place("ds", 1, "b") == (3, 13)
    assert place("ds", 7) == (3, 5)
    assert place("plan", "issuer") == (2, 3)
    assert place("khong-co") == (1, 1)
