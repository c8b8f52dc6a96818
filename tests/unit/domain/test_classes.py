"""The class table of an office's statistics: what is known of a duty, the day asked, and the class it then has.

Every row goes through the real fold. Days are of July 2022 where only `07-20` stands; 20/07/2022 is a Wednesday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from obligations.domain.calendar import Calendar
from obligations.domain.classes import CLASSES, OUTSIDE, SUBMITTED, Moment, class_of, state_of
from obligations.domain.facts import Facts, fold

IN_TIME, OVERDUE, DONE, LATE = "open_in_time", "open_overdue", "done_in_time", "done_late"
EXPECTED = "(dự kiến gửi ngày 25/7/2022)"


@dataclass(frozen=True)
class Happened:
    """One event of one assignment."""

    kind: str
    effective_on: date
    payload: dict[str, Any]
    document: str | None = None
    id: int | None = None
    plan: str = "ke-hoach"
    recorded_at: datetime = datetime(2022, 7, 11, 2, tzinfo=UTC)


def on(day: str | None) -> date | None:
    return date.fromisoformat(f"2022-{day}" if day and len(day) == 5 else day) if day else None


def event(kind: str, day: str = "07-11", **payload: Any) -> Happened:
    effective = on(day)
    assert effective
    return Happened(kind, effective, payload)


def due(day: str | None, at: str | None = None) -> Happened:
    """The birth of an assignment; `at` its hour."""
    known = {"obligation": "bao-cao", "unit": "so-y-te", "period": "once", "code": "K1-0001"}
    return event("due_set", due_on=_iso(day), due_at=at, opened_on=None, notice=True, **known)


def dated(day: str) -> Happened:
    """An open date gets its day."""
    return event("due_set", due_on=_iso(day), opened_on=None, notice=True)


def sent(day: str, counts: str | None = None) -> Happened:
    return event("submitted", day, sent=_iso(day), counts_on=_iso(counts or day))


def confirmed(day: str) -> Happened:
    return event("confirmed", day)


def returned(day: str, by: str | None = None, *, keep: bool = False) -> Happened:
    return event("returned", day, resubmit_by=_iso(by), keep=keep)


def extended(to: str) -> Happened:
    return event("extended", "07-15", to=_iso(to), granted_by="Giám đốc")


def asked(to: str) -> Happened:
    return event("extension_asked", "07-15", to=_iso(to))


def moved(to: str | None, **more: Any) -> Happened:
    return event("due_moved", "07-15", due_on=_iso(to), due_at=None, **more)


def _iso(day: str | None) -> str | None:
    found = on(day)
    return found.isoformat() if found else None


def told(*events: Happened) -> Facts:
    """The facts these events tell, in the order recorded."""
    return fold(Happened(**{**vars(one), "id": number}) for number, one in enumerate(events, 1))


ROWS: list[tuple[str, list[Happened], str, str, str]] = [
    # what happened, the day asked, the class against the current and against the original deadline
    ("nothing sent, before the deadline", [due("07-20")], "07-19", IN_TIME, IN_TIME),
    ("nothing sent, on the last day", [due("07-20")], "07-20", IN_TIME, IN_TIME),
    ("nothing sent, the day after", [due("07-20")], "07-21", OVERDUE, OVERDUE),
    ("a day off does not move the end", [due("07-23")], "07-24", OVERDUE, OVERDUE),
    ("an hour: the day before", [due("07-20", "14:00")], "07-19", IN_TIME, IN_TIME),
    ("an hour: that day, looked at when it is over", [due("07-20", "14:00")], "07-20", OVERDUE, OVERDUE),
    ("sent in time, waits", [due("07-20"), sent("07-18")], "07-19", SUBMITTED, SUBMITTED),
    ("sent in time, still waits after the deadline", [due("07-20"), sent("07-18")], "08-01", SUBMITTED, SUBMITTED),
    ("sent late, waits", [due("07-20"), sent("07-22")], "07-25", SUBMITTED, SUBMITTED),
    ("confirmed, sent before", [due("07-20"), sent("07-18"), confirmed("07-19")], "07-19", DONE, DONE),
    ("confirmed, sent on the last day", [due("07-20"), sent("07-20"), confirmed("07-25")], "07-25", DONE, DONE),
    ("confirmed, sent the day after", [due("07-20"), sent("07-21"), confirmed("07-21")], "07-21", LATE, LATE),
    (
        "the office counts the day received",
        [due("07-20"), sent("07-20", counts="07-21"), confirmed("07-21")],
        "07-21",
        LATE,
        LATE,
    ),
    (
        "the office counts the day signed",
        [due("07-20"), sent("07-21", counts="07-20"), confirmed("07-21")],
        "07-21",
        DONE,
        DONE,
    ),
    (
        "an hour does not split the counting day",
        [due("07-20", "14:00"), sent("07-20"), confirmed("07-20")],
        "07-20",
        DONE,
        DONE,
    ),
    (
        "returned with a day, not passed",
        [due("07-20"), sent("07-18"), returned("07-19", "07-25")],
        "07-25",
        IN_TIME,
        IN_TIME,
    ),
    (
        "returned with a day, passed",
        [due("07-20"), sent("07-18"), returned("07-19", "07-25")],
        "07-26",
        OVERDUE,
        OVERDUE,
    ),
    (
        "returned with an earlier day, passed before the deadline",
        [due("07-20"), sent("07-12"), returned("07-13", "07-15")],
        "07-18",
        OVERDUE,
        OVERDUE,
    ),
    ("returned without a day, not passed", [due("07-20"), sent("07-18"), returned("07-19")], "07-20", IN_TIME, IN_TIME),
    ("returned without a day, passed", [due("07-20"), sent("07-18"), returned("07-19")], "07-21", OVERDUE, OVERDUE),
    (
        "returned with a day ignores the plan's hour",
        [due("07-20", "14:00"), sent("07-18"), returned("07-19", "07-22")],
        "07-22",
        IN_TIME,
        IN_TIME,
    ),
    (
        "sent again waits again",
        [due("07-20"), sent("07-18"), returned("07-19", "07-25"), sent("07-22")],
        "07-26",
        SUBMITTED,
        SUBMITTED,
    ),
    (
        "sent again: the new day counts, against the deadline",
        [due("07-20"), sent("07-18"), returned("07-19", "07-25"), sent("07-22"), confirmed("07-22")],
        "07-22",
        LATE,
        LATE,
    ),
    (
        "sent again: the first day is kept",
        [due("07-20"), sent("07-18"), returned("07-19", "07-25", keep=True), sent("07-22"), confirmed("07-22")],
        "07-22",
        DONE,
        DONE,
    ),
    (
        "returned twice, kept twice: the very first day counts",
        [
            due("07-20"),
            sent("07-20"),
            returned("07-21", keep=True),
            sent("07-22"),
            returned("07-25", keep=True),
            sent("07-26"),
            confirmed("07-27"),
        ],
        "07-27",
        DONE,
        DONE,
    ),
    (
        "returned twice, the second not kept: the last day counts",
        [
            due("07-20"),
            sent("07-20"),
            returned("07-21", keep=True),
            sent("07-22"),
            returned("07-25"),
            sent("07-26"),
            confirmed("07-27"),
        ],
        "07-27",
        LATE,
        LATE,
    ),
    ("extended, between the two deadlines", [due("07-20"), extended("07-29")], "07-25", IN_TIME, OVERDUE),
    ("extended, before both", [due("07-20"), extended("07-29")], "07-20", IN_TIME, IN_TIME),
    ("extended, after both", [due("07-20"), extended("07-29")], "07-30", OVERDUE, OVERDUE),
    (
        "extended, sent between the two",
        [due("07-20"), extended("07-29"), sent("07-25"), confirmed("07-26")],
        "07-26",
        DONE,
        LATE,
    ),
    (
        "extended, sent after both",
        [due("07-20"), extended("07-29"), sent("07-30"), confirmed("07-30")],
        "07-30",
        LATE,
        LATE,
    ),
    ("extended twice, the last holds", [due("07-20"), extended("08-05"), extended("07-22")], "07-27", OVERDUE, OVERDUE),
    ("an extension taken back", [due("07-20"), extended("07-29"), extended("07-20")], "07-25", OVERDUE, OVERDUE),
    (
        "an extension taken back, then the plan moved earlier",
        [due("07-20"), extended("07-29"), extended("07-20"), moved("07-15", why="amended_by")],
        "07-18",
        OVERDUE,
        IN_TIME,
    ),
    (
        "an extension outlives a plan moved past it and back",
        [due("07-20"), extended("07-29"), moved("08-05", why="amended_by"), moved("07-20", why="correction")],
        "07-25",
        IN_TIME,
        OVERDUE,
    ),
    ("an extension only asked for", [due("07-20"), asked("07-29")], "07-25", OVERDUE, OVERDUE),
    (
        "extended while returned, beyond the resubmit day",
        [due("07-20"), sent("07-18"), returned("07-19", "07-22"), extended("07-29")],
        "07-25",
        IN_TIME,
        OVERDUE,
    ),
    ("moved by an amendment", [due("07-20"), moved("07-29", why="amended_by")], "07-25", IN_TIME, OVERDUE),
    ("a typing error", [due("07-20"), moved("07-29", why="correction", restate=True)], "07-25", IN_TIME, IN_TIME),
    ("moved to an earlier day", [due("07-20"), moved("07-15", why="amended_by")], "07-18", OVERDUE, IN_TIME),
    ("an open date never passes", [due(None)], "2030-01-01", IN_TIME, IN_TIME),
    ("an open date that got its day", [due(None), dated("07-25")], "07-26", OVERDUE, OVERDUE),
    ("a date taken back is open again", [due("07-20"), moved(None, why="anchor")], "2022-08-01", IN_TIME, OVERDUE),
    ("sent before it had a date", [due(None), sent("07-18"), confirmed("07-19")], "07-19", DONE, DONE),
    (
        "done from the start",
        [due("07-20"), event("submitted", "07-08", counts_on="2022-07-08", in_plan=True), confirmed("07-08")],
        "07-11",
        DONE,
        DONE,
    ),
    ("waived", [due("07-20"), event("waived")], "07-25", "waived", "waived"),
    ("stopped by a document", [due("07-20"), event("stopped")], "07-25", "stopped", "stopped"),
    ("due before it was followed", [due("07-01"), event("unknown")], "07-11", "unknown", "unknown"),
    (
        "unknown, filled in",
        [due("07-01"), event("unknown"), sent("06-30"), confirmed("06-30")],
        "07-11",
        DONE,
        DONE,
    ),
    ("waived, opened again", [due("07-20"), event("waived"), event("reopened")], "07-25", OVERDUE, OVERDUE),
    (
        "confirmed by mistake, opened again",
        [due("07-20"), sent("07-18"), confirmed("07-19"), event("reopened", "07-19")],
        "07-20",
        IN_TIME,
        IN_TIME,
    ),
    ("carried on by another unit", [due("07-20"), event("reassigned", to="so-xay-dung")], "07-21", OVERDUE, OVERDUE),
]  # fmt: skip


@pytest.mark.parametrize(("events", "day", "current", "original"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_the_class_on_a_day(events: list[Happened], day: str, current: str, original: str) -> None:
    """Each row of the table, against both deadlines, at the end of the day asked."""
    facts, moment = told(*events), Moment(on(day) or date.min)
    assert (class_of(facts, moment), class_of(facts, moment, original=True)) == (current, original)


def test_the_table_shows_every_class() -> None:
    """No class is missing from the rows; handed over has a test of its own."""
    shown = {row[3] for row in ROWS} | {row[4] for row in ROWS}
    assert shown == {*CLASSES, SUBMITTED, *OUTSIDE} - {"handed_over"}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(time(0), IN_TIME), (time(13, 59), IN_TIME), (time(14), OVERDUE), (time(14, 1), OVERDUE), (None, OVERDUE)],
)
def test_a_deadline_with_an_hour_ends_at_that_hour_of_its_own_day(hour: time | None, expected: str) -> None:
    """*trước 14 giờ ngày 20/7*: until then in time; on the days around, the hour asked says nothing."""
    facts = told(due("07-20", "14:00"))
    assert class_of(facts, Moment(date(2022, 7, 20), hour)) == expected
    assert class_of(facts, Moment(date(2022, 7, 19), time(23, 59))) == IN_TIME
    assert class_of(facts, Moment(date(2022, 7, 21), time(0))) == OVERDUE


def test_a_deadline_without_an_hour_ends_at_midnight() -> None:
    assert class_of(told(due("07-20")), Moment(date(2022, 7, 20), time(23, 59, 59))) == IN_TIME


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([due("07-20")], "handed_over"),
        ([due("07-20"), sent("07-18"), returned("07-19")], "handed_over"),
        ([due("07-20"), sent("07-18")], SUBMITTED),
        ([due("07-20"), sent("07-18"), confirmed("07-19")], DONE),
        ([due("07-20"), event("waived")], "waived"),
    ],
)
def test_only_what_is_open_waits_to_be_handed_over(events: list[Happened], expected: str) -> None:
    """What was sent, done or waived before the unit ended needs nobody to carry it on."""
    assert class_of(told(*events), Moment(date(2022, 7, 25)), is_orphan=True) == expected


STATES: list[tuple[list[Happened], str, str]] = [
    ([due("07-29")], "07-11", "Mới giao"),
    ([due(None)], "07-11", "Chờ mốc"),
    ([due("07-29"), event("acknowledged", expected_on="2022-07-25")], "07-12", f"Đã tiếp nhận {EXPECTED}"),
    ([due("07-29"), event("acknowledged", expected_on=None)], "07-11", "Đã tiếp nhận"),
    ([due("07-29")], "07-22", "Mới giao"),
    ([due("07-29")], "07-25", "Sắp đến hạn ngày 29/7/2022"),
    ([due("07-29")], "07-29", "Đến hạn ngày 29/7/2022 (thứ Sáu)"),
    ([due("07-20"), sent("07-18"), returned("07-19", "07-25")], "07-20", "Đề nghị bổ sung trước ngày 25/7/2022"),
    ([due(None), sent("07-18"), returned("07-19")], "07-20", "Đề nghị bổ sung"),
    ([due("07-29"), asked("08-05")], "07-20", "Đang trình gia hạn"),
    ([due("07-29"), asked("08-05"), event("extension_refused")], "07-20", "Mới giao"),
    ([due("07-20")], "07-21", "Quá hạn 1 ngày làm việc"),
    ([due("07-22")], "07-23", "Quá hạn"),
    ([due("07-22")], "07-25", "Quá hạn 1 ngày làm việc"),
    ([due("07-23")], "07-25", "Quá hạn 1 ngày làm việc"),
    ([due("07-20", "14:00")], "07-20", "Quá hạn"),
    ([due("07-20"), event("urged", "07-25")], "07-26", "Đã có công văn đôn đốc"),
    ([due("07-20"), event("urged", "07-25"), extended("08-05")], "08-08", "Quá hạn 1 ngày làm việc"),
    ([due("07-20"), sent("07-18"), returned("07-19", "07-22")], "07-25", "Quá hạn bổ sung"),
    ([due("07-20"), asked("08-05")], "07-21", "Đang trình gia hạn (đã quá hạn)"),
    ([due("07-20"), sent("07-21")], "07-22", "Đã gửi, chờ ghi nhận"),
    ([due("07-20"), sent("07-20"), confirmed("07-22")], "07-22", "Hoàn thành đúng hạn"),
    ([due("07-20"), sent("07-21"), confirmed("07-22")], "07-22", "Hoàn thành quá hạn"),
    ([due("07-20"), event("waived")], "07-22", "Không phải thực hiện"),
    ([due("07-20"), event("stopped")], "07-22", "Dừng theo văn bản"),
    ([due("07-01"), event("unknown")], "07-22", "Chưa rõ kết quả (trước khi theo dõi)"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "day", "state"), STATES, ids=[f"{row[2]}, {row[1]}" for row in STATES])
def test_the_state_as_a_board_words_it(calendar: Calendar, events: list[Happened], day: str, state: str) -> None:
    """Every state an office reads, on a day and its neighbours."""
    assert state_of(told(*events), Moment(on(day) or date.min), calendar) == state


def test_what_nobody_carries_on_waits_to_be_handed_over(calendar: Calendar) -> None:
    facts = told(due("07-20"))
    assert state_of(facts, Moment(date(2022, 7, 19)), calendar, is_orphan=True) == "Chờ bàn giao"
