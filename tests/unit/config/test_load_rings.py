"""Names that lead to one another: rings, renamed duties, replaced plans, units that hand over, duties that ended."""

from __future__ import annotations

import time
from datetime import date

import pytest

from obligations.config.rings import ring_words, rings
from obligations.domain.plan import Ended
from tests.unit.config.base_office import PLAN, PLAN_FILE, TEXTS, UNITS_FILE, edited, helpful, loaded

DUTY = "- {{id: {id}, title: x, responsible: so-y-te, deadline: {{{deadline}}}, cite: {{at: I}}{more}}}\n"


def duties(*rows: tuple[str, str, str]) -> dict[str, str]:
    """The good office with a plan of just these duties: id, deadline, more keys."""
    head = PLAN.partition("obligations:\n")[0]
    text = "".join(DUTY.format(id=name, deadline=deadline, more=more) for name, deadline, more in rows)
    return {**TEXTS, PLAN_FILE: f"{head}obligations:\n{text}"}


def after(anchor: str) -> str:
    return f"after: {anchor}, days: 1"


BY = "by: 2022-07-20"


# Rings


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["b"], "b": ["a"]}, [["a", "b"]]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, [["a", "b", "c"]]),
        ({"a": ["c"], "b": ["a"], "c": ["b"]}, [["a", "c", "b"]]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [["b", "c"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b"], ["c", "d"]]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": [], "c": ["a"]}, [["a", "c"]]),
        ({"a": ["nowhere"]}, []),
        ({}, []),
    ],
)
def test_every_ring_is_found_once_from_its_first_name(links: dict[str, list[str]], found: list[list[str]]) -> None:
    assert list(rings(links)) == found


def test_a_long_chain_ends_no_process_and_takes_no_time() -> None:
    """Fifty thousand duties that wait for one another: no recursion, and each looked at once."""
    links = {str(number): [str(number + 1)] for number in range(50_000)}
    started = time.thread_time()
    assert list(rings(links)) == []
    assert [len(ring) for ring in rings({**links, "50000": ["0"]})] == [50_001]
    assert time.thread_time() - started < 5


def test_a_ring_is_told_in_words_and_a_long_one_in_few() -> None:
    assert ring_words(["a"], "chờ") == "a chờ a"
    assert ring_words(["a", "b", "c"], "chờ") == "a chờ b chờ c chờ a"
    assert ring_words([*"abcdefg"], "chờ") == "a chờ b chờ c chờ d chờ … chờ g chờ a"


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ([("a", after("a"), "")], 11, "a chờ a"),
        ([("a", after("b"), ""), ("b", after("a"), "")], 11, "a chờ b chờ a"),
        ([("a", after("c"), ""), ("b", after("a"), ""), ("c", after("b"), "")], 11, "a chờ c chờ b chờ a"),
        ([("d", after("a"), ""), ("a", after("b"), ""), ("b", after("a"), "")], 12, "a chờ b chờ a"),
    ],
)
def test_duties_that_wait_for_one_another_are_told_with_their_ring(
    rows: list[tuple[str, str, str]], line: int, words: str
) -> None:
    [problem] = loaded(duties(*rows)).errors
    assert (problem.file, problem.line, problem.code) == (PLAN_FILE, line, "cycle")
    assert words in problem.message
    assert helpful(problem)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("a", BY, ", collects: [a]")], "a gom a"),
        ([("a", BY, ", collects: [b]"), ("b", BY, ", collects: [c, a]"), ("c", BY, "")], "a gom b gom a"),
    ],
)
def test_duties_that_gather_one_anothers_results_are_refused(rows: list[tuple[str, str, str]], words: str) -> None:
    [problem] = loaded(duties(*rows)).errors
    assert (problem.line, problem.code) == (11, "cycle")
    assert words in problem.message
    assert helpful(problem)


# Renamed duties, replaced plans


def test_an_earlier_id_that_still_exists_is_refused() -> None:
    """Its history cannot be both: the duty's own, and another's."""
    for was in ("b", "a"):
        [problem] = loaded(duties(("a", BY, f", was: {was}"), ("b", BY, ""))).errors
        assert (problem.line, problem.code) == (11, "was")
        assert was in problem.message
        assert helpful(problem)


def test_an_earlier_id_that_a_standing_duty_bears_is_refused() -> None:
    texts = edited((PLAN_FILE, "- id: ban-hanh\n", "- id: ban-hanh\n  was: tuyen-truyen\n"))
    assert [(one.line, one.column, one.code) for one in loaded(texts).errors] == [(12, 8, "was")]


def test_two_duties_of_one_earlier_id_are_refused() -> None:
    [problem] = loaded(duties(("a", BY, ", was: cu"), ("b", BY, ", was: cu"))).errors
    assert (problem.line, problem.code) == (12, "was")
    assert "nhiệm vụ a" in problem.message
    assert helpful(problem)


def test_an_earlier_id_that_is_gone_is_fine() -> None:
    found = loaded(duties(("a", BY, ", was: cu"), ("b", BY, ", was: cu-hon")))
    assert not found.errors
    assert found.configuration is not None
    assert found.configuration.plans["ke-hoach"].by_id["a"].was == "cu"


def replacing(**plans: str | None) -> dict[str, str]:
    """The good office with plans of these ids, each replacing another."""
    number = "  number: 12/KH-SM\n"
    texts = {name: text for name, text in TEXTS.items() if name != PLAN_FILE}
    for plan, replaced in plans.items():
        line = f"{number}  replaces: {replaced}\n" if replaced else number
        texts[f"plans/{plan}.yaml"] = PLAN.replace(number, line)
    return texts


@pytest.mark.parametrize(
    ("plans", "file", "code", "words"),
    [
        ({"a": "a"}, "plans/a.yaml", "cycle", "a thay a"),
        ({"a": "b", "b": "a"}, "plans/a.yaml", "cycle", "a thay b thay a"),
        ({"a": "c", "b": "a", "c": "b"}, "plans/a.yaml", "cycle", "a thay c thay b thay a"),
        ({"a": "b"}, "plans/a.yaml", "unknown-plan", "không có kế hoạch b"),
    ],
)
def test_a_plan_replaces_one_that_is_there_and_not_itself(
    plans: dict[str, str], file: str, code: str, words: str
) -> None:
    [problem] = loaded(replacing(**plans)).errors
    assert (problem.file, problem.line, problem.column, problem.code) == (file, 3, 13, code)
    assert words in problem.message
    assert helpful(problem)


def test_a_chain_of_replaced_plans_is_fine() -> None:
    assert not loaded(replacing(a=None, b="a", c="b")).errors


# Units that hand over


def handing_over(*rows: str) -> dict[str, str]:
    """The good office with these units added, each as the keys after its name."""
    units = "".join(f"- {{id: dv-{number}, name: Đơn vị {number}, {row}}}\n" for number, row in enumerate(rows))
    return edited((UNITS_FILE, "groups:\n", f"{units}groups:\n"))


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        (["to: 2024-12-31, successor: dv-0"], "cycle", "dv-0 chuyển sang dv-0"),
        (["successor: dv-1, to: 2024-01-01", "successor: dv-0, to: 2025-01-01"], "cycle", "dv-0 chuyển sang dv-1"),
        (["parent: dv-1", "parent: dv-0"], "cycle", "dv-0 thuộc dv-1 thuộc dv-0"),
        (["to: 2024-12-31, successor: dv-1", "to: 2024-12-31"], "successor-ended", "kết thúc ngày 31/12/2024"),
        (["to: 2024-12-31, successor: dv-1", "to: 2023-06-30"], "successor-ended", "chưa kịp kế thừa Đơn vị 0"),
        (["to: 2024-12-31, successor: dv-1", "from: 2025-06-30, to: 2025-01-01"], "to-before-from", "sớm hơn"),
    ],
)
def test_a_unit_hands_over_to_one_that_carries_on(rows: list[str], code: str, words: str) -> None:
    found = loaded(handing_over(*rows)).errors
    assert code in {one.code for one in found}
    assert words in next(one.message for one in found if one.code == code)
    assert all(one.file == UNITS_FILE and helpful(one) for one in found)


def test_a_successor_that_ends_later_is_fine() -> None:
    rows = ["to: 2024-12-31, successor: dv-1", "to: 2025-06-30, successor: dv-2", "from: 2025-07-01"]
    found = loaded(handing_over(*rows))
    assert not found.errors
    assert not found.warnings


def test_a_successor_without_the_day_of_the_end_is_a_warning() -> None:
    """Nothing would ever pass to it, and nobody would notice."""
    [problem] = loaded(handing_over("successor: so-y-te")).warnings
    assert (problem.file, problem.code) == (UNITS_FILE, "no-end")
    assert helpful(problem)


def test_many_units_that_end_are_told_at_the_group_that_holds_them() -> None:
    """One warning for each place that names them, with their ends and their successors."""
    ending = [f"to: 2023-0{number}-28, successor: so-y-te" for number in range(1, 9)]
    texts = handing_over(*ending)
    members = ", ".join(f"dv-{number}" for number in range(8))
    texts[UNITS_FILE] = texts[UNITS_FILE].replace("[so-y-te, so-xay-dung]", f"[so-y-te, so-xay-dung, {members}]")
    texts[PLAN_FILE] = texts[PLAN_FILE].replace("[so-y-te, so-xay-dung]", "[cac-so]")
    [problem, unreached] = sorted(loaded(texts).warnings, key=lambda one: one.file)
    assert unreached.message.startswith("8 đơn vị có việc mà không có đầu mối")
    assert (problem.file, problem.line, problem.column, problem.code) == (PLAN_FILE, 18, 17, "unit-ends")
    assert problem.message.startswith("8 đơn vị kết thúc trước kỳ cuối 25/11/2023: Đơn vị 0 (28/01/2023), ")
    assert "và 2 mục khác" in problem.message
    assert problem.fix == "kế thừa: so-y-te"


def test_the_remedy_names_who_is_there_on_that_day() -> None:
    """A successor that ended before the first due date passes it on to its own."""
    texts = handing_over("to: 2022-07-05, successor: dv-1", "to: 2022-07-15, successor: so-y-te")
    texts[PLAN_FILE] = texts[PLAN_FILE].replace("responsible: [cac-so]", "responsible: [dv-0]", 1)
    [problem] = loaded(texts).errors
    assert problem.code == "unit-ended"
    assert problem.fix == "giao cho so-y-te"


# Duties that ended


def test_a_dropped_duty_keeps_its_reason() -> None:
    ended = ", ended: {on: 2022-07-15, by: 9/TB-UBND, reason: đã gộp vào kế hoạch tỉnh}"
    found = loaded(duties(("a", BY, ended)))
    assert not found.errors
    assert not found.warnings
    assert found.configuration is not None
    [one] = found.configuration.plans["ke-hoach"].obligations
    assert one.ended == Ended(date(2022, 7, 15), "9/TB-UBND", "đã gộp vào kế hoạch tỉnh")


@pytest.mark.parametrize("missing", ["on: 2022-07-15", "by: 9/TB", "reason: gộp"])
def test_an_end_needs_its_day_its_document_and_its_reason(missing: str) -> None:
    stated = ", ".join(part for part in ("on: 2022-07-15", "by: 9/TB", "reason: gộp") if part != missing)
    [problem] = loaded(duties(("a", BY, f", ended: {{{stated}}}"))).errors
    assert (problem.line, problem.code) == (11, "missing-key")
    assert missing.partition(":")[0] in problem.message


def test_an_end_before_the_issue_day_is_a_warning() -> None:
    """Of the plan, and of one duty."""
    ended = "ended: {on: 2022-07-01, by: 9/TB, reason: gộp}"
    of_plan = edited((PLAN_FILE, "  overseer: van-phong", f"  overseer: van-phong\n  {ended}"))
    assert [(one.code, one.line, one.column) for one in loaded(of_plan).warnings] == [("ended-before-issued", 8, 15)]
    [problem] = loaded(duties(("a", BY, f", {ended}"))).warnings
    assert (problem.code, problem.line) == ("ended-before-issued", 11)
    assert "01/7/2022" in problem.message
    assert helpful(problem)


def test_what_falls_due_after_a_duty_ended_is_nobodys_fault() -> None:
    """A unit that ended with the duty, or before its last period, neither stops the draft nor is told."""
    every = "every: year, by: 11-25, from: 2022, to: 2025"
    ended = ", ended: {on: 2023-06-30, by: 9/TB, reason: gộp}"
    texts = duties(("a", every, ended))
    texts[UNITS_FILE] = texts[UNITS_FILE].replace("  from: 2020-01-01\n", "  from: 2020-01-01\n  to: 2023-06-30\n")
    texts[UNITS_FILE] = texts[UNITS_FILE].replace("  to: 2024-12-31\n  successor: so-y-te\n", "")
    found = loaded(texts)
    assert not found.errors
    assert not found.warnings
