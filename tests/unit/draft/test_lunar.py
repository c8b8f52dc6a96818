"""Days of the lunar calendar are never taken for the solar ones of the same figures (Civil Code 2015, 145.2)."""

from __future__ import annotations

import pytest

from tests.unit.draft.phrases import doubts, forms
from tests.unit.draft.told import asked, dated, drafted


@pytest.mark.parametrize(
    "words",
    [
        "xong trước ngày 15 tháng 8 năm 2022 âm lịch",
        "xong trước ngày 15/8/2022 âm lịch",
        "xong trước ngày 15/8 ÂL",
        "xong trước ngày 15/8 (âm lịch)",
        "trực từ ngày 14/8 âm lịch đến ngày 16/8 âm lịch",
        "Hằng năm, tổ chức đêm hội trước ngày 15/8 âm lịch",
        "Hằng năm, sửa chữa xong trước Tết Nguyên đán",
    ],
)
def test_a_lunar_day_alone_is_asked(words: str) -> None:
    """Once, and no end of year beside it."""
    assert len(doubts(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "xong trước ngày 15/8 âm lịch (tức ngày 10/9/2022)",
        "xong trước ngày 15/8 âm lịch (10/9/2022)",
        "xong trước ngày 15/8 âm lịch, tức là ngày 10/9/2022",
        "xong trước ngày 10/9/2022 (tức ngày 15/8/2022 âm lịch)",
    ],
)
def test_the_solar_day_beside_it_holds(words: str) -> None:
    """Whichever is said first."""
    assert forms(words) == [{"before": "2022-09-10"}]


def test_a_day_on_which_something_is_held_is_asked() -> None:
    """With no word of a deadline before it; the day in a feast's name asks for nothing."""
    assert asked("Trạm Y tế tổ chức đêm hội ngày 15/8/2025 âm lịch.") == ["ngày 15/8/2025 âm lịch"]
    assert not drafted("Trạm Y tế treo cờ nhân dịp Giỗ Tổ Hùng Vương (10/3 âm lịch).").of("question")
    assert not dated("Trạm Y tế tổ chức đêm hội ngày 15/8/2025 âm lịch.")
