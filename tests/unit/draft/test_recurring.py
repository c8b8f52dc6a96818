"""What recurs: a month or quarter of each year, days that a month may lack, working days."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.draft.deadlines.scope import Scope
from tests.unit.draft.phrases import doubts, forms
from tests.unit.draft.told import dated

STAGE = Scope(date(2026, 3, 5), 2026, 2030)
WORKING_DAY = "ngày làm việc đầu, cuối kỳ: cần ngày cụ thể theo lịch nghỉ"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Hằng năm, mở lớp sơ cứu vào tháng 9", ["09-30"]),
        ("hằng năm mở lớp sơ cứu trong tháng 9", ["09-30"]),
        ("Hằng năm mở lớp trong quý II và quý IV", ["06-30", "12-31"]),
        ("Mỗi năm mở 01 lớp sơ cứu trong quý III", ["09-30"]),
        ("Hằng năm mở lớp vào tháng 9, kiểm tra vào tháng 11", ["09-30", "11-30"]),
        ("Hằng năm mở lớp trong 6 tháng đầu năm", ["06-30"]),
        ("Hằng năm mở lớp vào cuối năm", ["12-31"]),
        ("Hằng năm mở lớp vào giữa tháng 9", ["09-15"]),
    ],
)
def test_a_part_of_the_year_recurs_with_it(words: str, days: list[str]) -> None:
    """Every year by its last day; no end of year and no single date beside it."""
    assert forms(words, STAGE) == [{"every": "year", "by": day, "to": "2030"} for day in days]


def test_a_part_before_which_something_recurs() -> None:
    """*Trước quý II* ends with March."""
    assert forms("Hằng năm lập danh sách trước quý II", STAGE) == [{"every": "year", "before": "04-01", "to": "2030"}]


def test_a_part_of_one_year_does_not_recur() -> None:
    """Its year stands beside it; half a year is not both halves; this month is one."""
    assert {"within": "2026-10"} in forms("Hằng năm mở lớp, khai trương trong tháng 10/2026", STAGE)
    assert {"within": "2026-06"} in forms("Định kỳ 6 tháng kiểm tra kho, sửa mái trong tháng 6", STAGE)
    assert {"within": "2026-03"} in forms("Hằng năm mở lớp, sửa mái trong tháng này", STAGE)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("vào các ngày 15 và 30 hằng tháng", [{"every": "month", "by": "15"}, {"every": "month", "by": "30"}]),
        ("trước ngày 10 và ngày 31 hằng tháng", [{"every": "month", "before": "10"}, {"every": "month", "before": "31"}]),
        ("trước ngày 01 và ngày 15 hằng tháng", [{"every": "month", "before": "1"}, {"every": "month", "before": "15"}]),
        ("mỗi tháng 2 lần (ngày 12 và ngày 29)", [{"every": "month", "by": "12"}, {"every": "month", "by": "29"}]),
        (
            "ngày 15 và ngày 30 hằng tháng, từ tháng 8/2022 đến tháng 10/2022",
            [
                {"every": "month", "by": "15", "from": "2022-08", "to": "2022-10"},
                {"every": "month", "by": "30", "from": "2022-08", "to": "2022-10"},
            ],
        ),
        ("trước ngày 05 và ngày 20 hằng tháng", [{"rrule": "FREQ=MONTHLY;BYMONTHDAY=4,19"}]),
        ("trước ngày 15 và ngày cuối cùng hằng tháng", [{"rrule": "FREQ=MONTHLY;BYMONTHDAY=14,-1"}]),
        ("vào ngày 15 và ngày cuối tháng", [{"rrule": "FREQ=MONTHLY;BYMONTHDAY=15,-1"}]),
    ],
)  # fmt: skip
def test_days_that_a_month_lacks_are_duties_of_their_own(words: str, expected: list[object]) -> None:
    """February gives its last day for the 30th (148.3), which a rule would leave out."""
    assert forms(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "vào ngày làm việc cuối cùng của tháng",
        "vào ngày làm việc đầu tiên của tháng",
        "vào ngày làm việc cuối cùng của quý",
        "ngày 15 và ngày làm việc cuối cùng hằng tháng",
    ],
)
def test_the_last_working_day_is_asked(words: str) -> None:
    """It may be a holiday, which no rule knows."""
    assert doubts(words) == [WORKING_DAY]


def test_a_list_of_days_is_told_day_by_day() -> None:
    """Each with its own dates."""
    found = dated("Trạm Y tế nộp sổ khám vào các ngày 15 và 31 hằng tháng.")
    assert [item.deadline for item in found] == [
        {"every": "month", "by": "15", "to": "2025-12"},
        {"every": "month", "by": "31", "to": "2025-12"},
    ]
