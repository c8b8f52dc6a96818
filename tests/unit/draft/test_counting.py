"""Periods counted from a printed day end as the Civil Code says; what needs the calendar is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from obligations.config.build import public_holidays
from obligations.draft.deadlines.counting import end_of, may_be_off
from obligations.draft.deadlines.resolving import MAYBE_OFF
from tests.unit.draft.phrases import doubts, forms

WORKING = "thời hạn tính bằng ngày làm việc từ một ngày đã nêu; cần ngày cụ thể theo lịch nghỉ"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("nộp trong vòng 20 ngày kể từ ngày 01/8/2022", {"by": "2022-08-22"}),  # the 21st is a Sunday
        ("nộp trong 20 ngày, tính từ ngày 01/8", {"by": "2022-08-22"}),
        ("nộp sau 03 tháng kể từ ngày 12/7/2022", {"by": "2022-10-12"}),
        ("nộp trong 01 tháng kể từ ngày 31/8/2022", {"by": "2022-09-30"}),  # 148.3
        ("kể từ ngày 01/8/2022, trong vòng 02 tuần, nộp báo cáo", {"by": "2022-08-15"}),
        ("nộp chậm nhất 01 tháng sau ngày bế mạc (18/7/2022)", {"by": "2022-08-18"}),
        ("trực trong 10 ngày từ ngày 01/8/2022 đến ngày 10/8/2022", {"start": "2022-08-01", "by": "2022-08-10"}),
    ],
)
def test_days_and_months_are_counted_from_a_printed_day(words: str, form: object) -> None:
    """The first day is not counted; an end on a weekend runs to Monday."""
    assert forms(words) == [form]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("nộp trong 10 ngày làm việc tính từ ngày 20/7/2022", WORKING),
        ("nộp trong vòng 05 ngày làm việc kể từ ngày 15/8/2022", WORKING),
        ("nộp 05 ngày sau khi bế mạc kỳ họp (28/8/2022)", MAYBE_OFF),
        ("nộp trong 15 ngày kể từ ngày 15/4/2023", MAYBE_OFF),  # a Sunday; Monday and Tuesday are off
    ],
)
def test_what_needs_the_calendar_is_asked(words: str, why: str) -> None:
    """Never an event that is named after a day."""
    assert doubts(words) == [why]


def test_every_public_holiday_of_a_working_week_may_be_off() -> None:
    """As the calendar's own package knows them; of the days between few are asked for in vain."""
    weekdays = [date(2020, 1, 1) + timedelta(days=n) for n in range(21 * 365)]
    weekdays = [day for day in weekdays if day.weekday() < 5]
    off = {day for day in weekdays if day in public_holidays(day.year)}
    assert [day for day in off if not may_be_off(day)] == []
    assert sum(map(may_be_off, weekdays)) < len(weekdays) / 6


def test_what_is_counted_back_stays_where_it_ends() -> None:
    """148.5 moves the end of a period, not a day before an event."""
    assert end_of(date(2022, 9, 5), days=-3) == date(2022, 9, 2)
