"""A deadline in an office's words means just what the mapping means, or there are no such words."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.domain.deadline_words import deadline_words
from obligations.domain.grammar import Deadline

TODAY = date(2022, 7, 8)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ({"by": "2022-07-20"}, "ngày 20/07/2022"),
        ({"by": "2022-07-20", "at": "14:00"}, "14:00 ngày 20/07/2022"),
        ({"before": "2022-07-20"}, "trước ngày 20/07/2022"),
        ({"before": "2022-Q3"}, "trước quý III/2022"),
        ({"before": "2021"}, "trước năm 2021"),
        ({"within": "2022-H1"}, "trong 6 tháng đầu năm 2022"),
        ({"every": "month", "by": "last"}, "ngày cuối tháng hằng tháng"),
        ({"every": "month", "before": "25", "to": "2022"}, "trước ngày 25 hằng tháng đến năm 2022"),
        ({"every": "quarter", "by": {"month": "3", "day": "15"}}, "ngày 15 của tháng cuối hằng quý"),
        ({"every": "quarter", "before": {"month": "2", "day": "5"}}, "trước ngày 5 của tháng giữa hằng quý"),
        ({"every": "half-year", "by": ["06-15", "12-15"]}, "ngày 15/6 và 15/12 hằng 6 tháng"),
        ({"every": "year", "by": "11-25", "to": "2025"}, "ngày 25/11 hằng năm đến năm 2025"),
        ({"every": "quarter"}, "hằng quý"),
        ({"after": "issued", "working_days": "10"}, "trong 10 ngày làm việc"),
    ],
)
def test_words_that_are_read_as_the_same(deadline: Deadline, words: str) -> None:
    """Nothing is lost on the way to a form and back."""
    assert deadline_words(deadline, TODAY) == words


@pytest.mark.parametrize(
    "deadline",
    [
        {"after": "event:xong", "days": "3"},
        {"after": "bao-cao", "months": "1"},
        {"rrule": "FREQ=WEEKLY;BYDAY=FR"},
        {"start": "2022-06-01", "by": "2022-08-31"},
        {"every": "year", "by": "11-25", "from": "2022"},
        {"every": "month", "by": "5", "offset": "1"},
        {"by": "hôm nay"},
        {},
    ],
)
def test_what_has_no_such_words(deadline: Deadline) -> None:
    """Then the mapping itself is shown."""
    assert deadline_words(deadline, TODAY) is None
