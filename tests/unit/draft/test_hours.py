"""Hours with the part of the day, and the two midnights (Civil Code 2015, 148.6)."""

from __future__ import annotations

import pytest

from tests.unit.draft.phrases import doubts, forms


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("nộp trước 5 giờ chiều ngày 12/9/2022", {"by": "2022-09-12", "at": "17:00"}),
        ("nộp chậm nhất 2 giờ 30 chiều ngày 12/9/2022", {"by": "2022-09-12", "at": "14:30"}),
        ("nộp trước 8 giờ buổi tối ngày 12/9/2022", {"by": "2022-09-12", "at": "20:00"}),
        ("nộp trước 7 giờ sáng ngày 12/9/2022", {"by": "2022-09-12", "at": "07:00"}),
        ("nộp trước 16 giờ chiều ngày 12/9/2022", {"by": "2022-09-12", "at": "16:00"}),
        ("nộp trước 4h30 chiều thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:30"}),
        # The end of a day is that day's, its beginning the day before's.
        ("nộp trước 24 giờ ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước 12 giờ đêm ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước 24h00 ngày 20 hằng tháng", {"every": "month", "by": "20"}),
        ("nộp trước 0 giờ ngày 12/9/2022", {"before": "2022-09-12"}),
        # A window keeps the hour at which it closes.
        (
            "đăng ký từ 8 giờ ngày 12/9/2022 đến 5 giờ chiều ngày 16/9/2022",
            {"start": "2022-09-12", "by": "2022-09-16", "at": "17:00"},
        ),
    ],
)
def test_an_hour_is_the_one_that_its_part_of_the_day_means(words: str, form: object) -> None:
    """As people say them."""
    assert forms(words) == [form]


@pytest.mark.parametrize("hour", ["1 giờ đêm", "14 giờ sáng", "12 giờ sáng"])
def test_an_hour_without_one_meaning_is_asked(hour: str) -> None:
    """Which midnight, which noon: a person knows."""
    assert doubts(f"nộp trước {hour} ngày 12/9/2022") == ["giờ này không rõ là lúc nào trong ngày"]


def test_a_count_from_a_day_of_each_year_is_asked() -> None:
    """Days of a year recur, a count from one does not fit the grammar."""
    words = "hằng năm nộp báo cáo trong 20 ngày kể từ ngày 01/4"
    assert doubts(words) == ["thời hạn đếm từ một ngày đã nêu; cần ngày cụ thể"]
