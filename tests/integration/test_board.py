"""The board counts and shows what `status` tells, however it is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from obligations.cases.reading.board import Board, View, board
from obligations.cases.reading.status import Status, status
from obligations.cases.reminding.planning import plan_due
from tests.life import run
from tests.offices import Office, at, obligation
from tests.rich_lives import RichLife

ALL = View(shown="all", size=1000)


def same(found: Board, told: Status, *, original: bool = False) -> None:
    """Every count, and every row's class, state and days."""
    classes = told.original if original else told.current
    counted = {name: count for name, count in found.counts.items() if count and name not in told.outside}
    assert counted == {name: count for name, count in (classes | {"submitted": told.waiting}).items() if count}
    assert found.outside == told.outside
    if not original:
        shown = Counter((row.code, row.class_, row.state, row.facts.due_on) for row in found.rows)
        assert shown == Counter((row.code, row.class_, row.state, row.due_on) for row in told.assignments)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_rich_life_looks_the_same_on_the_board(office: Office, seed: int) -> None:
    """Answers, returns, extensions, moves, units that end: every evening, by either deadline, on both databases."""
    for evening in RichLife(office, seed).live():
        plan_due(office.app, evening)
        told = status(office.app, evening)
        same(board(office.app, ALL, evening), told)
        same(board(office.app, replace(ALL, original=True), evening), told, original=True)


def followed(office: Office) -> Office:
    office.plan(
        obligation("bao-cao", "{by: 2022-07-29}"),
        obligation("so-ket", "{by: 2022-08-15, at: '14:00'}", responsible="so-y-te"),
        obligation("noi-bo", "{by: 2022-08-31}", responsible="van-phong"),
    )
    office.apply("2022-07-11 09:00")
    run(office, "2022-07-11 09:00")
    return office


def codes(office: Office, view: View, when: str = "2022-07-12 09:00") -> list[str]:
    return [row.code for row in board(office.app, view, at(when)).rows]


def test_the_two_halves(office: Office) -> None:
    """What others owe and we follow; what our own unit owes."""
    followed(office)
    assert len(codes(office, View())) == 4
    [own] = board(office.app, View(half="own"), at("2022-07-12 09:00")).rows
    assert own.unit == "Văn phòng Sở Mẫu"


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(words="so y te"), ["K1-0001", "K1-0003"]),
        (View(words="k1-0003"), ["K1-0003"]),
        (View(words="Việc SO-KET"), ["K1-0003"]),
        (View(words="100%"), []),
        (View(words="_"), []),
        (View(unit="so-xay-dung"), ["K1-0002"]),
        (View(plan="khong-co"), []),
        (View(first=date(2022, 8, 1), last=date(2022, 8, 15)), ["K1-0003"]),
        (View(sort="code", descending=True), ["K1-0004", "K1-0003", "K1-0002", "K1-0001"]),
        (View(sort="unit"), ["K1-0004", "K1-0001", "K1-0003", "K1-0002"]),
        (View(size=3, page=2), ["K1-0004"]),
        (View(size=3, page=99), ["K1-0004"]),
        (View(shown="open_overdue"), []),
    ],
)
def test_what_is_asked_for_is_shown(office: Office, view: View, expected: list[str]) -> None:
    assert codes(followed(office), view) == expected


def test_a_class_turns_at_its_hour_though_counts_are_kept(office: Office) -> None:
    """The deadline of 14:00 passes between two looks of one afternoon; nothing was recorded between them."""
    followed(office)
    before, after = (board(office.app, View(), at(f"2022-08-15 {hour}")) for hour in ("13:59", "14:00"))
    assert (before.counts["open_overdue"], after.counts["open_overdue"]) == (2, 3)


def test_a_row_says_what_an_office_asks(office: Office) -> None:
    followed(office)
    row = board(office.app, View(), at("2022-08-02 09:00")).rows[0]
    assert (row.source, row.place, row.left, row.told_on) == ("12/KH-SM ngày 08/7/2022", "I.1", -2, date(2022, 7, 11))


def test_nothing_followed_shows_nothing(office: Office) -> None:
    """An office whose plan has no open duty left."""
    office.plan(obligation("xong", "{by: 2022-07-29}", more="done: {on: 2022-07-10, document: 1/BC}"))
    office.apply("2022-07-11 09:00")
    assert codes(office, View()) == []
    assert board(office.app, View(), at("2022-07-12 09:00")).pages == 1
