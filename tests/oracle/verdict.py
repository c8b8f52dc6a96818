"""Comparing what the ledger says with what it must say: every difference a sentence, with the story that led to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from tests.oracle.book import Assignment, Recorded, Story
from tests.oracle.desk import ABSENT, Key
from tests.oracle.expecting import Expectation, Expected
from tests.oracle.people import NOBODY
from tests.oracle.telling import moment, tell

AFTER_BREAK = re.compile(r"after-break(-\d+)?")
WORDS = {
    "cùng ngày": "same-day",
    "hạn đã đổi": "moved",
    "đã nhắc theo hạn cũ": "namesake",
    "chờ rà sổ": "register",
    "chờ duyệt": "approval",
    "chờ trả lời đề nghị của đơn vị": "request",
    "chờ thư báo muộn": "outage",
}
LEFT = ("sent", "unknown")


def compare(expected: Expectation, recorded: Iterable[Recorded]) -> list[str]:
    """Every violation, told with its story; [] when the ledger is right."""
    found: dict[Assignment, list[Recorded]] = {}
    for row in recorded:
        found.setdefault(row.assignment, []).append(row)
    stories = {story.duty.key: story for story in expected.stories}
    violations = [
        f"{_name(assignment)}: {len(rows)} reminders of an assignment that no story tells of."
        for assignment, rows in found.items()
        if assignment not in stories
    ]
    for assignment, story in stories.items():
        violations += _of_one(expected, story, found.get(assignment, []))
    return violations


def _of_one(expected: Expectation, story: Story, rows: list[Recorded]) -> list[str]:
    awaited = dict(expected.rows[story.duty.key])
    by_key: dict[Key, list[Recorded]] = {}
    for row in rows:
        by_key.setdefault(_key(row, awaited), []).append(row)
    sentences: list[tuple[datetime, str]] = []
    for key, one in awaited.items():
        there = by_key.pop(key, [])
        sentences += [(one.at, sentence) for sentence in _wrong(expected, one, there)]
    for strangers in by_key.values():
        for row in strangers:
            at = row.planned_at or row.left_at or expected.book.versions[0].applied_at
            sentences.append((at, f"{_row(row)} must not exist: nobody is owed it."))
    name = _name(story.duty.key)
    return [
        f"{name}: {sentence}\n{tell(expected, story, rows, around=at)}"
        for at, sentence in sorted(sentences, key=lambda one: one[0])
    ]


def _key(row: Recorded, awaited: dict[Key, Expected]) -> Key:
    """A row's key as the oracle writes it; one that nobody could receive stands under nobody."""
    is_break = AFTER_BREAK.fullmatch(row.rung)
    rung, day = ("after-break", f"{row.rung_on}") if is_break else (row.rung, "")
    due_on = row.due_on
    if row.rung.startswith("review-"):  # which deadline stands beside it says nothing: its cause is the submission
        same = (key[0] for key in awaited if key[1:4] == (rung, row.recipient, row.cause))
        due_on = next(same, due_on)
    key = due_on, rung, row.recipient, row.cause, day
    nobody = row.due_on, rung, NOBODY, row.cause, day
    return nobody if key not in awaited and nobody in awaited else key


def _wrong(expected: Expectation, one: Expected, there: list[Recorded]) -> Iterator[str]:
    """What is wrong with the rows that stand where one is expected."""
    if not there:
        if ABSENT not in one.fates:
            yield f"{_expected(one)} has no row; it should be {_any(one.fates)}."
        return
    if len(there) > 1:
        yield f"{_expected(one)} has {len(there)} rows."
    row = there[0]
    if row.state not in one.fates:
        yield f"{_row(row)} is {row.state}{_because(row)}; it should be {_any(one.fates)}{_window(expected, one)}."
        return
    if row.audience != one.audience:
        yield f"{_row(row)} is for {row.audience}; it should be for {one.audience}."
    said = next((why for words, why in WORDS.items() if words in row.why), None)
    if said and row.state in ("superseded", "skipped", "held") and not {said, ""} & one.whys:
        yield f"{_row(row)} is {row.state}{_because(row)}; the reason should be {_any(one.whys)}."
    if row.planned_at and one.planned_by and ABSENT not in one.fates:
        ran = expected.book.delivery_of(row.planned_at)
        if ran and ran > expected.book.whole_from(one.planned_by):
            yield f"{_row(row)} was planned at {moment(row.planned_at)}, not by {moment(one.planned_by)}."
    yield from _left_wrongly(expected, one, row)


def _left_wrongly(expected: Expectation, one: Expected, row: Recorded) -> Iterator[str]:
    if row.state not in LEFT:
        if row.left_at and row.state in ("skipped", "superseded", "held", "planned"):
            yield f"{_row(row)} is {row.state}, and yet it left at {moment(row.left_at)}."
        return
    if row.left_at is None:
        yield f"{_row(row)} is {row.state}, and nothing left."
        return
    ran = expected.book.delivery_of(row.left_at)
    early = one.first and (ran is None or ran < one.first)
    late = one.last and ran and ran > one.last
    if early or late:
        yield f"{_row(row)} left at {moment(row.left_at)}; it should have left{_window(expected, one)}."


def _window(expected: Expectation, one: Expected) -> str:
    if not {"sent", "unknown"} & one.fates or not one.first:
        return ""
    if one.first == one.last:
        return f" at {moment(one.first)}"
    return f" from {moment(one.first)}" + (f" to {moment(one.last)}" if one.last else " on")


def _because(row: Recorded) -> str:
    return f" ({row.why})" if row.why else ""


def _any(words: Iterable[str]) -> str:
    return " or ".join(sorted(word or "without a reason" for word in words))


def _name(assignment: Assignment) -> str:
    plan, obligation, unit, period = assignment
    return f"{plan}/{obligation} {unit} {period}"


def _row(row: Recorded) -> str:
    return _words(row.rung, row.due_on.strftime("%d/%m/%Y"), row.recipient, row.cause)


def _expected(one: Expected) -> str:
    return _words(one.rung, one.due_on.strftime("%d/%m/%Y"), one.recipient, one.cause) + f" of {moment(one.at)}"


def _words(rung: str, due_on: str, recipient: str, cause: str) -> str:
    after = f" after event {cause}" if cause else ""
    return f"{rung} (due {due_on}) to {recipient or 'nobody'}{after}"
