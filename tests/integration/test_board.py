"""The board counts and shows what `status` tells, however it is asked."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.decisions import Decision, extend, reassign, reopen, send_back, waive
from obligations.cases.configuring import drafts
from obligations.cases.configuring.applying import rollback
from obligations.cases.reading.board import Board, View, board
from obligations.cases.reading.status import Status, status
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.pausing import pause
from obligations.store.tables import METADATA
from tests.life import run
from tests.offices import UNITS, Office, at, obligation
from tests.rich_lives import Watching

_e = METADATA.tables["event"].c
ALL = View(shown="all", size=1000)


def same(found: Board, told: Status, *, original: bool = False) -> None:
    """Every count, and every row's class, state and days."""
    classes = told.original if original else told.current
    counted = {name: count for name, count in found.counts.items() if count and name not in told.outside}
    assert counted == {name: count for name, count in (classes | {"submitted": told.waiting}).items() if count}
    assert found.outside == told.outside
    if not original:
        soon = {row.code for row in found.rows if row.class_ == "open_in_time" and row.left and row.left <= 5}
        assert found.soon == len(soon)
        shown = Counter((row.code, row.class_, row.state, row.facts.due_on) for row in found.rows)
        assert shown == Counter((row.code, row.class_, row.state, row.due_on) for row in told.assignments)


def the_board_shows_what_status_tells(office: Office, _: int) -> Watching:
    """Answers, returns, extensions, moves, units that end: every evening, by either deadline."""
    while evening := (yield):
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
        (View(shown="soon"), []),
    ],
)
def test_what_is_asked_for_is_shown(office: Office, view: View, expected: list[str]) -> None:
    assert codes(followed(office), view) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("22", []),  # a Friday: Monday's is the sixth working day
        ("25", ["K1-0001", "K1-0002"]),
        ("29", ["K1-0001", "K1-0002"]),
        ("30", []),
    ],
)
def test_what_is_due_within_five_working_days_is_soon(office: Office, day: str, expected: list[str]) -> None:
    """Due on Friday the 29th: soon from Monday of that week to the day itself, both counted."""
    when = f"2022-07-{day} 09:00"
    assert codes(followed(office), View(shown="soon"), when) == expected
    found = board(office.app, View(shown="soon"), at(when))
    assert (found.soon, found.total) == (len(expected), len(expected))


def test_what_is_sent_back_is_soon_by_its_own_day(office: Office) -> None:
    """Returned until 5 August, past its deadline: on 2 August it is in time, and due soon."""
    followed(office)
    one, now = Address(code="K1-0001"), at("2022-07-28 09:00")
    submit(office.app, one, Submission(date(2022, 7, 28)), now, by="văn thư")
    send_back(office.app, one, Decision(date(2022, 7, 28), "thư ký"), now, resubmit_by=date(2022, 8, 5))
    assert codes(office, View(shown="soon"), "2022-08-02 09:00") == ["K1-0001"]


def test_a_class_turns_at_its_hour_though_counts_are_kept(office: Office) -> None:
    """The deadline of 14:00 passes between two looks of one afternoon; nothing was recorded between them."""
    followed(office)
    before, after = (board(office.app, View(), at(f"2022-08-15 {hour}")) for hour in ("13:59", "14:00"))
    assert (before.counts["open_overdue"], after.counts["open_overdue"]) == (2, 3)


def test_a_row_says_what_an_office_asks(office: Office) -> None:
    followed(office)
    row = board(office.app, View(), at("2022-08-02 09:00")).rows[0]
    assert (row.source, row.place, row.left, row.told_on) == ("12/KH-SM ngày 08/7/2022", "I.1", -2, date(2022, 7, 11))


def test_a_duty_opened_again_keeps_no_reason_of_before(office: Office) -> None:
    """Waived by mistake: opened again, its last column no longer says why it need not be done."""
    followed(office)
    why, now = Decision(date(2022, 7, 12), "thư ký", "9/CV", "đã sáp nhập"), at("2022-07-12 09:00")
    waive(office.app, Address(code="K1-0003"), why, now)
    look = View(shown="all", words="k1-0003")
    assert board(office.app, look, now).rows[0].notes == ("đã sáp nhập",)
    reopen(office.app, Address(code="K1-0003"), Decision(date(2022, 7, 12), "thư ký"), now)
    assert board(office.app, look, now).rows[0].notes == ()


def test_what_a_unit_unknown_since_a_rollback_carries_waits_to_be_handed_over(office: Office) -> None:
    """Reassigned to a unit that only the version taken back had: nobody carries it on, for the board as for status."""
    followed(office)
    office.write("units.yaml", UNITS.replace("groups:", "- {id: so-moi, name: Sở Mới}\ngroups:", 1))
    office.apply("2022-07-12 09:00")
    to = Decision(date(2022, 7, 12), "thư ký")
    reassign(office.app, Address(code="K1-0001"), to, at("2022-07-12 09:10"), to="so-moi")
    rollback(office.app, at("2022-07-12 09:20"), by="thư ký")
    now = at("2022-07-12 09:30")
    found = board(office.app, ALL, now)
    assert found.outside == {"handed_over": 1}
    same(found, status(office.app, now))


def test_nothing_followed_shows_nothing(office: Office) -> None:
    """An office whose plan has no open duty left."""
    office.plan(obligation("xong", "{by: 2022-07-29}", more="done: {on: 2022-07-10, document: 1/BC}"))
    office.apply("2022-07-11 09:00")
    assert codes(office, View()) == []
    assert board(office.app, View(), at("2022-07-12 09:00")).pages == 1


def test_what_is_kept_hides_nothing_recorded_or_sent(office: Office) -> None:
    """The same view twice, with an answer between, then a reminder that leaves: each look is of that moment."""
    followed(office)
    look = View(words="k1-0003")
    [before] = board(office.app, look, at("2022-08-04 09:00")).rows
    run(office, "2022-08-05 08:01")
    [told] = board(office.app, look, at("2022-08-05 09:00")).rows
    assert (before.told_on, told.told_on) == (date(2022, 7, 11), date(2022, 8, 5))
    board(office.app, look, at("2022-08-15 09:00"))
    run(office, "2022-08-15 09:01")
    assert board(office.app, look, at("2022-08-15 09:02")).rows[0].told_on == date(2022, 8, 15)
    answer = Submission(date(2022, 8, 15), document="7/BC")
    submit(office.app, Address(code="K1-0003"), answer, at("2022-08-15 09:03"), by="thư ký")
    found = board(office.app, look, at("2022-08-15 09:04"))
    assert (found.rows[0].class_, found.counts["submitted"]) == ("submitted", 1)


def test_a_fact_is_seen_though_the_office_said_something_later(office: Office) -> None:
    """A pause bears a higher number than an answer that is committed after it: it must not stand for both."""
    followed(office)
    pause(office.app, at("2022-07-12 09:00"), by="thư ký")
    keys = [board(office.app, View(), at("2022-07-12 09:01")).key]
    with office.app.engine.connect() as connection:
        last = connection.execute(select(_e.id, _e.kind).order_by(_e.id.desc()).limit(1)).one()
    assert last.kind == "paused"
    assert last.id not in keys[0][0]  # type: ignore[index]
    submit(office.app, Address(code="K1-0001"), Submission(date(2022, 7, 12)), at("2022-07-12 09:02"), by="thư ký")
    assert board(office.app, View(), at("2022-07-12 09:03")).key not in keys


def test_an_hour_of_the_original_day_counts_too(office: Office) -> None:
    """Extended past its day: by the original deadline it turns overdue at its hour, and not by the current one."""
    followed(office)
    grant = Decision(date(2022, 8, 1), "thư ký", "9/CV")
    extend(
        office.app,
        Address(code="K1-0003"),
        grant,
        at("2022-08-01 09:00"),
        to=date(2022, 8, 31),
        granted_by="Giám đốc",
    )
    for hour, late in (("13:59", 2), ("14:00", 3)):
        now = at(f"2022-08-15 {hour}")
        assert board(office.app, View(original=True), now).counts["open_overdue"] == late
        assert board(office.app, View(), now).counts["open_overdue"] == 2


def test_a_draft_that_was_changed_is_noticed_and_one_put_back_too(office: Office) -> None:
    """Of the same length and, as after a copy, with the modification time of before."""
    followed(office)
    file = office.folder / "units.yaml"
    text, state = file.read_text("utf-8"), file.stat()
    assert not drafts.differs(office.app)
    file.write_text(text.replace("Sở", "sở"), "utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert drafts.differs(office.app)
    file.write_text(text, "utf-8")
    assert not drafts.differs(office.app)
