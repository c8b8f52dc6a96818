"""Days, deadlines and ids as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import parse
from obligations.domain.plain_letters import as_id, unmarked
from obligations.domain.typed_days import typed_day
from obligations.domain.typed_deadlines import typed_deadline

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


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("2/12/2022", {"by": "2022-12-02"}),
        ("2/12", {"by": "2022-12-02"}),
        ("20/7", {"by": "2023-07-20"}),
        ("mai", {"by": "2022-11-29"}),
        ("chậm nhất ngày 02/12/2022", {"by": "2022-12-02"}),
        ("hết ngày 2/12", {"by": "2022-12-02"}),
        ("14h 2/12", {"by": "2022-12-02", "at": "14:00"}),
        ("14h30 2/12", {"by": "2022-12-02", "at": "14:30"}),
        ("16h 30/11", {"by": "2022-11-30", "at": "16:00"}),
        ("16h 30-11-2022", {"by": "2022-11-30", "at": "16:00"}),
        ("16 giờ 30/12", {"by": "2022-12-30", "at": "16:00"}),
        ("16h30 30/11", {"by": "2022-11-30", "at": "16:30"}),
        ("trước 14 giờ ngày 2/12/2022", {"by": "2022-12-02", "at": "14:00"}),
        ("2/12/2022 16:30", {"by": "2022-12-02", "at": "16:30"}),
        ("16h mai", {"by": "2022-11-29", "at": "16:00"}),
        ("trước ngày 20/12/2022", {"before": "2022-12-20"}),
        ("truoc 20/12", {"before": "2022-12-20"}),
        ("trong 10 ngày làm việc", {"after": "issued", "working_days": "10"}),
        ("10 ngày kể từ ngày ban hành", {"after": "issued", "days": "10"}),
        ("1 tháng", {"after": "issued", "months": "1"}),
        ("2 tuần", {"after": "issued", "days": "14"}),
        ("trong tháng 12/2022", {"within": "2022-12"}),
        ("tháng 3", {"within": "2023-03"}),
        ("quý III/2023", {"within": "2023-Q3"}),
        ("trước quý II năm 2023", {"before": "2023-Q2"}),
        ("6 tháng đầu năm 2023", {"within": "2023-H1"}),
        ("năm 2023", {"within": "2023"}),
        ("ngày 25 hằng tháng", {"every": "month", "by": "25"}),
        ("trước ngày 20 hàng tháng", {"every": "month", "before": "20"}),
        ("ngày cuối hằng tháng", {"every": "month", "by": "last"}),
        ("25/11 hằng năm", {"every": "year", "by": "11-25"}),
        ("chậm nhất ngày 25/11 hằng năm, đến năm 2025", {"every": "year", "by": "11-25", "to": "2025"}),
        ("ngày 15 của tháng cuối quý hằng quý", {"every": "quarter", "by": {"month": "3", "day": "15"}}),
        ("15/6 và 15/12 hằng 6 tháng", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("hằng quý", {"every": "quarter"}),
        ("thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
    ],
)
def test_a_deadline_is_read_as_it_is_typed(text: str, deadline: dict[str, object]) -> None:
    """And what comes of it is a form of the grammar; marks do not matter."""
    assert typed_deadline(text, TODAY) == deadline
    assert typed_deadline(unmarked(text), TODAY) == deadline
    parse(typed_deadline(text, TODAY))


@pytest.mark.parametrize(
    "text", ["", "sớm", "khi có thể", "30/2/2023", "25 giờ", "tháng 13", "trong vài ngày", "x hằng năm"]
)
def test_what_is_no_deadline_is_refused_with_examples(text: str) -> None:
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert "Ghi như" in refused.value.fix


def test_an_id_is_made_of_words() -> None:
    assert as_id("15/CV-SNV") == "15-cv-snv"
    assert as_id("Đôn đốc báo cáo kết quả: năm 2022") == "don-doc-bao-cao-ket-qua-nam-2022"
    assert as_id("một hai ba", 7) == "mot-hai"
    assert as_id("…") == ""
