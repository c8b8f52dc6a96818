"""A stated deadline is never lost without a word: read, or asked."""

from __future__ import annotations

import pytest

from tests.unit.draft.phrases import doubts, forms
from tests.unit.draft.told import asked, dated, drafted

LATE = "hạn ở trước ngày ban hành văn bản"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("nộp trước khi hết giờ làm việc ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước khi kết thúc giờ hành chính ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp chậm nhất cuối giờ chiều ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước hoặc trong ngày 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước ngày thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=TH"}),
    ],
)
def test_words_of_a_day_s_end_and_of_its_eve(words: str, form: object) -> None:
    """The end of a day's work is that day; before Friday is Thursday."""
    assert forms(words) == [form]


@pytest.mark.parametrize(
    "words",
    [
        "nộp trước ngày 32/8/2022",
        "nộp trước ngày 15/13/2022",
        "nộp trước ngày    /9/2022",
        "nộp trước ngày    tháng 9 năm 2022",
        "xong trong tháng 13/2022",
        "xong trong quý V/2022",
    ],
)
def test_what_no_calendar_has_is_asked(words: str) -> None:
    """Misprinted, or left blank."""
    assert doubts(words) == ["ngày, tháng hoặc năm in lỗi hoặc để trống"]


def test_a_day_before_the_document_is_asked() -> None:
    """A slip of the pen in a year; what tells of the past, or which things are meant, is none."""
    (item,) = drafted("Trạm Y tế hoàn thành kê khai trước ngày 15/4/2024.").of("question")
    assert item.doubts == (LATE,)
    assert asked("Trạm Y tế nộp sổ khám chậm nhất ngày 25/02/2025.") == ["chậm nhất ngày 25/02/2025"]
    for told in ("đã hoàn thành trước ngày 15/4/2024", "rà soát hồ sơ tiếp nhận trước ngày 01/7/2024"):
        assert not drafted(f"Trạm Y tế {told}.").of("question")
    assert not drafted("Trạm Y tế cấp lại sổ cho hộ sử dụng đất trước ngày 15/10/1993.").items


@pytest.mark.parametrize(
    ("body", "deadline"),
    [
        ("Cuối năm, Trạm Y tế tổng kết, báo cáo Phòng Y tế.", {"by": "2025-12-31"}),
        ("Đến cuối năm, Trạm Y tế hoàn thành trụ sở.", {"by": "2025-12-31"}),
        ("Giai đoạn 2026 - 2028: Trạm Y tế hoàn thành trụ sở.", {"start": "2026-01-01", "by": "2028-12-31"}),
        ("Giai đoạn 1 (2026 - 2027): Trạm Y tế hoàn thành số hóa sổ khám.", {"start": "2026-01-01", "by": "2027-12-31"}),
    ],
)  # fmt: skip
def test_when_said_first_without_a_word_of_a_deadline(body: str, deadline: object) -> None:
    """The end of the year, the end of a stage in which something is to be finished."""
    assert [item.deadline for item in dated(body)] == [deadline]


@pytest.mark.parametrize(
    "body",
    [
        "Trạm Y tế lập báo cáo cuối năm.",
        "Giai đoạn 2026 - 2028: phấn đấu 90% trạm hoàn thành số hóa sổ khám.",
        "Giai đoạn 2026 - 2030: Trạm Y tế đẩy mạnh tuyên truyền.",
    ],
)
def test_names_and_aims_owe_nothing(body: str) -> None:
    """The same words where they say which, or how much."""
    assert not dated(body)


def test_before_holds_for_both_days_of_one_act() -> None:
    """Of another act, or led by a word of its own, the second day is its own."""
    first = {"every": "quarter", "before": {"month": "3", "day": "20"}}
    words = "nộp trước ngày 20 của tháng cuối quý"
    assert forms(f"{words} và ngày 10/12 hằng năm") == [first, {"every": "year", "before": "12-10"}]
    assert forms(f"{words} và chậm nhất ngày 10/12 hằng năm") == [first, {"every": "year", "by": "12-10"}]
    assert forms(f"{words}, ngày 10/12 hằng năm tổ chức họp") == [first, {"every": "year", "by": "12-10"}]
