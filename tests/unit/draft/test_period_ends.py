"""What is counted from the end of each quarter, month or year recurs; nothing owes the end itself."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.draft.deadlines.resolving import RUNS_ON
from obligations.draft.deadlines.scope import Scope
from obligations.draft.drafting import draft
from obligations.draft.reading.files import read as read_file
from tests.unit.draft.phrases import doubts, forms
from tests.unit.draft.told import HEAD, dated

STAGE = Scope(date(2022, 7, 8), 2022, 2025)
ASKED = "thời hạn đếm từ ngày cuối kỳ: cần ngày cụ thể của mỗi kỳ"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("nộp chậm nhất 15 ngày sau khi kết thúc quý", {"every": "quarter", "by": {"month": "1", "day": "15"}, "to": "2025-Q4"}),
        ("nộp trong 10 ngày kể từ ngày kết thúc tháng", {"every": "month", "by": "10", "to": "2025-12"}),
        ("nộp chậm nhất 20 ngày sau khi kết thúc 6 tháng", {"every": "half-year", "by": ["07-20", "01-20"], "to": "2025-H2"}),
        ("nộp chậm nhất 45 ngày sau khi kết thúc năm", {"every": "year", "by": "02-14", "to": "2025"}),
        ("nộp chậm nhất 02 tháng sau khi kết thúc năm", {"every": "year", "by": "02-29", "to": "2025"}),
        ("Hằng quý, chậm nhất 02 tuần sau khi kết thúc quý, nộp sổ", {"every": "quarter", "by": {"month": "1", "day": "14"}, "to": "2025-Q4"}),
        ("nộp trong 12 ngày kể từ ngày kết thúc quý và năm", {"every": "quarter", "by": {"month": "1", "day": "12"}, "to": "2025-Q4"}),
    ],
)  # fmt: skip
def test_a_count_from_the_end_of_a_period_recurs(words: str, form: dict[str, object]) -> None:
    """One duty, in the period after, on the day that every period's end leads to."""
    assert forms(words, STAGE) == [{**form, "offset": "1"}]


@pytest.mark.parametrize(
    "words",
    [
        "nộp chậm nhất 45 ngày sau khi kết thúc quý",  # 15/5 and 14/8
        "nộp chậm nhất 30 ngày sau khi kết thúc tháng",  # 2/3 and 30/4
        "nộp chậm nhất 01 tháng sau khi kết thúc quý",  # 30/4 and 31/1
        "nộp chậm nhất 05 ngày làm việc sau khi kết thúc quý",
        "nộp chậm nhất 10 ngày sau khi kết thúc kỳ báo cáo",
    ],
)
def test_a_day_that_moves_with_the_period_is_asked(words: str) -> None:
    """The grammar cannot say it."""
    assert doubts(words, STAGE) == [ASKED]


@pytest.mark.parametrize(
    ("words", "event"),
    [("kết thúc năm học", "event:nam-hoc"), ("kết thúc kỳ họp", "event:ky-hop"), ("kết thúc đợt 1", "event:dot-1")],
)
def test_the_end_of_something_else_is_an_event(words: str, event: str) -> None:
    """It comes once."""
    assert forms(f"nộp chậm nhất 10 ngày sau khi {words}", STAGE) == [{"after": event, "days": "10"}]


def test_an_end_on_a_day_off_is_said_beside_the_duty() -> None:
    """The grammar's day does not run on to the next working day (148.5); a person is told, in a cell as in a sentence."""
    (found,) = dated("Trạm Y tế nộp sổ khám chậm nhất 15 ngày sau khi kết thúc quý.")
    assert found.doubts == (RUNS_ON,)
    table = "| TT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Nộp sổ khám | Trạm Y tế | {} |\n"
    cell = "Chậm nhất 15 ngày sau khi kết thúc quý"
    rows = f"{table.format(cell)}| 2 | Trực cấp cứu | Trạm Y tế | Cả năm |\n"
    row = draft(read_file("x.txt", f"{HEAD}{rows}".encode())).items[0]
    assert (row.deadline, row.doubts) == (found.deadline, found.doubts)
