"""Days and ids as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.domain.errors import GrammarError
from obligations.domain.plain_letters import as_id
from obligations.domain.typed_days import typed_day

TODAY = date(2022, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20/7/2022", date(2022, 7, 20)),
        (" 20 / 7 / 2022 ", date(2022, 7, 20)),
        ("20-7-22", date(2022, 7, 20)),
        ("20.7.2022", date(2022, 7, 20)),
        ("2022-07-20", date(2022, 7, 20)),
        ("01/12", date(2022, 12, 1)),
        ("20/7", date(2022, 7, 20)),
        ("10/1", date(2023, 1, 10)),
        ("29/2", date(2024, 2, 29)),
        ("ngày 02 tháng 12 năm 2022", date(2022, 12, 2)),
        ("2 tháng 12", date(2022, 12, 2)),
        ("Ngày 2/12 năm 2022", date(2022, 12, 2)),
        ("2 tháng 12/2022", date(2022, 12, 2)),
        ("mùng 5/12", date(2022, 12, 5)),
        ("ngày mùng 5 tháng 12", date(2022, 12, 5)),
        ("ngày 2022-07-20", date(2022, 7, 20)),
        ("hôm nay", TODAY),
        ("mai", date(2022, 11, 29)),
        ("hom qua", date(2022, 11, 27)),
    ],
)
def test_a_day_is_read_as_it_is_typed(text: str, day: date) -> None:
    """Without a year it is the nearest one."""
    assert typed_day(text, TODAY) == day


def test_a_day_ahead_is_the_next_one() -> None:
    assert typed_day("20/7", TODAY, ahead=True) == date(2023, 7, 20)
    assert typed_day("28/11", TODAY, ahead=True) == TODAY
    assert typed_day("29/2", TODAY, ahead=True) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30/2/2022", "không có ngày 30/2/2022."),
        ("31/4", "không có ngày 31/4."),
        ("ngày 31 tháng 4", "không có ngày 31/4."),
        ("0/1", "không có ngày 0/1."),
        ("20/13/2022", "không có ngày 20/13/2022."),
        ("20", "“20” không phải ngày."),
        ("20 tháng", "“20 tháng” không phải ngày."),
        ("ngày kia", "“ngày kia” không phải ngày."),
        ("20/7/1822", "năm 1822 không dùng được."),
        ("2022-7", "“2022-7” không phải ngày."),
        ("", "“” không phải ngày."),
    ],
)
def test_what_is_no_day_is_refused(text: str, message: str) -> None:
    with pytest.raises(GrammarError) as refused:
        typed_day(text, TODAY)
    assert refused.value.message == message


def test_an_id_is_made_of_words() -> None:
    assert as_id("15/CV-SNV") == "15-cv-snv"
    assert as_id("Đôn đốc báo cáo kết quả: năm 2022") == "don-doc-bao-cao-ket-qua-nam-2022"
    assert as_id("một hai ba", 7) == "mot-hai"
    assert as_id("…") == ""
