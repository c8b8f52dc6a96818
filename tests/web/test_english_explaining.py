"""How a due date came about, in English: every way of the source to say it is met, and each leaves no Vietnamese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from obligations.cases.reading import deadlines
from obligations.domain import deadline, due, explain, periods
from obligations.domain.calendar import Calendar
from obligations.domain.deadline import COUNTS as COUNTED
from obligations.domain.deadline import After, Fixed, dues
from obligations.domain.due import Due, Reading
from obligations.domain.duties import Duty
from obligations.domain.grammar import Value, parse
from obligations.domain.plan import Cite, Configuration, Obligation, Office, Plan
from obligations.web.english import english
from tests.web.test_english_refusals import MARKED

Form = dict[str, Value]
SOURCES = (deadline, due, explain, periods, deadlines)
ELSEWHERE = ("GrammarError", "Refused", "days", "short_words")  # what refuses, what tables say
SWAP = date(2022, 9, 10)
HOLIDAYS = {date(2022, 9, 1): "National Day", date(2022, 9, 2): "National Day"}
CALENDAR = Calendar(lambda _: HOLIDAYS, worked=[SWAP])
CONFIGURATION = Configuration(Office("o"), CALENDAR)
FORMS: list[Form] = [
    {"by": "2022-07-20"},
    {"by": "2022-07-20", "at": "14:00", "start": "2022-07-01"},
    {"before": "2022-07-20"},
    {"before": "2023-Q3", "start": "2023-01-01"},
    {"every": "year"},
    {"every": "month", "by": "31"},
    {"every": "month", "before": "31"},
    {"every": "month", "by": "5", "at": "16:00", "offset": "1"},
    {"every": "quarter", "offset": "1"},
    {"rrule": "FREQ=WEEKLY;BYDAY=MO", "from": "2022-07-08", "to": "2022-08-08"},
    {"rrule": "FREQ=WEEKLY;BYDAY=MO", "from": "2022-07-08", "to": "2022-08-08", "at": "16:00"},
]
FORMS += [{"within": f"2023{part}"} for part in ("", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", "-07")]
COUNTS = [(anchor, unit, count) for anchor in ("issued", "event:x", "a") for unit in COUNTED for count in (1, 10)]
STARTS = [date(2022, 1, 31), date(2022, 7, 4), date(2022, 8, 25), date(2022, 8, 31), date(2022, 9, 7)]


def ways() -> set[str]:
    """The words of the source that a `how` is made of."""
    found: set[str] = set()
    for module in SOURCES:
        for function in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name not in ELSEWHERE:
                found |= {words for words in _said(function) if MARKED.search(words)}
    return found


def _said(function: ast.FunctionDef) -> Iterator[str]:
    waiting: list[ast.AST] = [*function.body[1 if ast.get_docstring(function) else 0 :]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        if not (isinstance(one, ast.Call) and ast.unparse(one.func) in ELSEWHERE):
            waiting += ast.iter_child_nodes(one)


def hows() -> Iterator[str]:
    """Every form, read in both ways, as it stands on a page."""
    fixed = (Fixed(date(2022, 7, 1), "9/QD", "2022"),)
    for full in (False, True):
        reading = Reading(CALENDAR, date(2022, 7, 8), full)
        for form in FORMS:
            yield from map(told, dues(parse(form), reading, date(2024, 12, 31), fixed))
    for anchor, unit, count in COUNTS:
        counted = After(anchor, count, unit)
        yield from map(told, counted.dues(Reading(CALENDAR), None))
        due_from = partial(counted.due, reading=reading, anchor_words="ngày ban hành" if anchor == "issued" else None)
        yield from (told(due_from(start)) for start in STARTS)


def told(one: Due) -> str:
    """With the words of a plan before it, whose own stops and colons part nothing."""
    duty = Obligation("a", "a", (), (), parse(FORMS[0]), Cite("VI.3, V", "soon; so: now. At once"))
    return deadlines.explain(CONFIGURATION, Duty(Plan("p", "p", "kh", "u", "u"), duty, "u", one))


def test_how_a_date_came_about_has_its_english() -> None:
    found = {*hows()}
    assert {words for words in ways() if not any(words in how for how in found)} == set()
    assert {how for how in found if MARKED.search(english(how).lower())} == set()


def test_how_a_date_came_about_reads_like_english() -> None:
    assert english("Mục V.2 ghi “trước ngày 20/7; gấp”; trước ngày 20/7/2022, tức hết ngày 19/7/2022.") == (
        "Section V.2 says “trước ngày 20/7; gấp”; before 20/7/2022, so by the end of 19/7/2022."
    )
    assert english("Mục 1; năm 2023: kế hoạch không nêu ngày, lấy ngày cuối kỳ; năm 2023 theo lịch dự kiến.") == (
        "Section 1; 2023: the plan gives no day, so the period's last one; 2023 by an expected calendar."
    )
    assert english("25/11/2022 (thứ Sáu)") == "25/11/2022 (Friday)"


def test_what_the_office_named_is_not_translated() -> None:
    assert english("Sở Kế hoạch và Đầu tư và 3 mục khác") == "Sở Kế hoạch và Đầu tư and 3 others"
