"""What holds an accusation back: the register, a yes, a pending request, the unit's own word; in this order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.domain.holding import APPROVAL, OUTAGE, REGISTER, REQUEST, Waiting, Word, unmet
from tests.unit.domain.domain_tools import office_calendar

DUE = date(2022, 7, 29)  # a Friday
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2022, 8, number) for number in range(1, 6))
CALENDAR = office_calendar()
TOLD = Word("overdue-1", MONDAY, "planned", left_on=(MONDAY,))
FREE = Waiting(DUE, needs_register=True, needs_approval=False, words=(TOLD,))


def why(waiting: Waiting, today: date, *, is_read: bool = True) -> str | None:
    return unmet(waiting, today, CALENDAR, 3, is_read=is_read)


def test_the_first_unmet_reason_is_named() -> None:
    """Everything is missing at first; each thing that is done uncovers the next."""
    waiting = replace(FREE, needs_approval=True, asked_on=MONDAY, words=(Word("overdue-1", MONDAY, "planned"),))
    assert why(waiting, TUESDAY, is_read=False) == REGISTER
    assert why(waiting, TUESDAY) == APPROVAL
    waiting = replace(waiting, is_approved=True)
    assert why(waiting, TUESDAY) == REQUEST
    waiting = replace(waiting, asked_on=None)
    assert why(waiting, TUESDAY) == OUTAGE
    assert why(replace(waiting, words=(TOLD,)), TUESDAY) is None


def test_what_the_office_tells_itself_needs_no_register() -> None:
    assert why(replace(FREE, needs_register=False), MONDAY, is_read=False) is None


@pytest.mark.parametrize(
    ("asked_on", "held_through"), [(MONDAY, THURSDAY), (WEDNESDAY, date(2022, 8, 8)), (date(2022, 7, 30), WEDNESDAY)]
)
def test_a_pending_request_holds_for_three_working_days(asked_on: date, held_through: date) -> None:
    """Asked on Monday: Tuesday to Thursday; on Wednesday: over the weekend to Monday; on a Saturday: to Wednesday."""
    waiting = replace(FREE, asked_on=asked_on)
    assert why(waiting, held_through) == REQUEST
    assert why(waiting, CALENDAR.add(held_through, 1)) is None


@pytest.mark.parametrize(
    ("words", "today", "expected"),
    [
        ((), MONDAY, None),  # no overdue reminder was ever owed
        ((TOLD,), MONDAY, None),
        ((Word("overdue-1", MONDAY, "planned"),), MONDAY, OUTAGE),
        ((Word("overdue-1", MONDAY, "planned", left_on=(TUESDAY,)),), WEDNESDAY, OUTAGE),
        ((Word("overdue-1", MONDAY, "planned", left_on=(TUESDAY,)),), THURSDAY, None),
        # the second left on its own day, whatever became of the first
        (
            (
                Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"),
                Word("overdue-2", TUESDAY, "planned", left_on=(TUESDAY,)),
            ),
            TUESDAY,
            None,
        ),
        # before-0 left late, after the deadline: that is a word, too
        (
            (
                Word("before-0", DUE, "planned", left_on=(MONDAY,)),
                Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"),
            ),
            TUESDAY,
            OUTAGE,
        ),
        (
            (
                Word("before-0", DUE, "planned", left_on=(MONDAY,)),
                Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"),
            ),
            WEDNESDAY,
            None,
        ),
        # nobody can be reached
        ((Word("overdue-1", MONDAY, "failed"), Word("overdue-2", TUESDAY, "skipped")), TUESDAY, None),
        ((Word("overdue-1", MONDAY, "failed"), Word("overdue-2", TUESDAY, "planned")), TUESDAY, OUTAGE),
        (
            (Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"), Word("overdue-2", TUESDAY, "failed")),
            TUESDAY,
            None,
        ),
        # a first word took the last overdue reminder's place
        (
            (Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"), Word("notice", TUESDAY, "failed")),
            TUESDAY,
            None,
        ),
        (
            (Word("overdue-1", MONDAY, "superseded", "đã có mốc nhắc mới hơn"), Word("notice", TUESDAY, "planned")),
            TUESDAY,
            OUTAGE,
        ),
        # merged with another of its day: that one is looked at
        (
            (
                Word("overdue-1", MONDAY, "superseded", "cùng ngày với mốc sát hạn hơn"),
                Word("overdue-2", MONDAY, "planned", left_on=(MONDAY,)),
            ),
            MONDAY,
            None,
        ),
    ],
)
def test_the_unit_hears_first(words: tuple[Word, ...], today: date, expected: str | None) -> None:
    """In time on a rung's own day, or late and two working days ago; or nobody of it can be told."""
    assert why(replace(FREE, words=words), today) == expected


def test_days_off_do_not_count_towards_the_two() -> None:
    """The late notice left on Friday 02/09/2022's eve, 31/08: with 1–2/09 off the second working day is 06/09."""
    late = Word("overdue-1", date(2022, 8, 1), "planned", left_on=(date(2022, 8, 31),))
    waiting = replace(FREE, words=(late,))
    assert why(waiting, date(2022, 9, 5)) == OUTAGE
    assert why(waiting, date(2022, 9, 6)) is None
