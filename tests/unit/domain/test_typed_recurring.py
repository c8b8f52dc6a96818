"""What recurs, as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Deadline, parse
from obligations.domain.plain_letters import unmarked
from obligations.domain.typed_deadlines import EXAMPLES, typed_deadline

TODAY = date(2022, 11, 28)  # a Monday


def reads_as(text: str, deadline: Deadline) -> None:
    """And what comes of it is a form of the grammar; marks and capitals do not matter."""
    assert typed_deadline(text, TODAY) == deadline
    assert typed_deadline(unmarked(text), TODAY) == deadline
    assert typed_deadline(text.upper(), TODAY) == deadline
    parse(deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("ngày 25 hằng tháng", {"every": "month", "by": "25"}),
        ("trước ngày 20 hàng tháng", {"every": "month", "before": "20"}),
        ("ngày cuối hằng tháng", {"every": "month", "by": "last"}),
        ("25/11 hằng năm", {"every": "year", "by": "11-25"}),
        ("chậm nhất ngày 25/11 hằng năm, đến năm 2025", {"every": "year", "by": "11-25", "to": "2025"}),
        ("ngày 15 của tháng cuối quý hằng quý", {"every": "quarter", "by": {"month": "3", "day": "15"}}),
        ("15/6 và 15/12 hằng 6 tháng", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("hằng quý", {"every": "quarter"}),
        ("chậm nhất ngày 25 hằng tháng", {"every": "month", "by": "25"}),
        ("chậm nhất là ngày 25 hằng tháng", {"every": "month", "by": "25"}),
        ("chậm nhất vào ngày 25 hằng tháng", {"every": "month", "by": "25"}),
        ("trước ngày 25 hằng tháng", {"every": "month", "before": "25"}),
        ("trước ngày 25 mỗi tháng", {"every": "month", "before": "25"}),
        ("trước ngày 25 của mỗi tháng", {"every": "month", "before": "25"}),
        ("xong trước ngày 25 hằng tháng", {"every": "month", "before": "25"}),
        ("chậm nhất trước ngày 25 hằng tháng", {"every": "month", "before": "25"}),
        ("hằng tháng trước ngày 25", {"every": "month", "before": "25"}),
        ("hằng tháng, trước ngày 25", {"every": "month", "before": "25"}),
        ("hằng tháng, chậm nhất ngày 25", {"every": "month", "by": "25"}),
        ("định kỳ hằng tháng", {"every": "month"}),
        ("hằng tháng", {"every": "month"}),
        ("ngày cuối cùng hằng tháng", {"every": "month", "by": "last"}),
        ("ngày cuối tháng hằng tháng", {"every": "month", "by": "last"}),
        ("ngày 31 hằng tháng", {"every": "month", "by": "31"}),
        ("ngày 25 hằng tháng đến tháng 12/2022", {"every": "month", "by": "25", "to": "2022-12"}),
        ("ngày 25 hằng tháng, đến hết năm 2022", {"every": "month", "by": "25", "to": "2022"}),
        ("ngày 25 hằng tháng đến hết quý I/2023", {"every": "month", "by": "25", "to": "2023-Q1"}),
        ("ngày 25 hằng tháng đến 31/12/2022", {"every": "month", "by": "25", "to": "2022-12"}),
        ("ngày 25 hằng tháng đến hết ngày 31/12/2022", {"every": "month", "by": "25", "to": "2022-12"}),
        ("16h ngày 25 hằng tháng", {"every": "month", "by": "25", "at": "16:00"}),
        ("trước 16h ngày 25 hằng tháng", {"every": "month", "by": "25", "at": "16:00"}),
        ("ngày 15 tháng cuối hằng quý", {"every": "quarter", "by": {"month": "3", "day": "15"}}),
        ("ngày 15 của tháng cuối mỗi quý", {"every": "quarter", "by": {"month": "3", "day": "15"}}),
        ("trước ngày 15 tháng cuối hằng quý", {"every": "quarter", "before": {"month": "3", "day": "15"}}),
        ("ngày cuối hằng quý", {"every": "quarter", "by": {"month": "3", "day": "last"}}),
        ("hàng quý", {"every": "quarter"}),
        ("mỗi quý", {"every": "quarter"}),
        ("15/6 và 15/12 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("ngày 15/6 và ngày 15/12 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("trước ngày 15/6 và 15/12 hằng năm", {"every": "half-year", "before": ["06-15", "12-15"]}),
        ("15/6, 15/12 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("6 tháng một lần", {"every": "half-year"}),
        ("hằng 6 tháng", {"every": "half-year"}),
        ("chậm nhất ngày 25/11 hằng năm", {"every": "year", "by": "11-25"}),
        ("trước 25/11 hằng năm", {"every": "year", "before": "11-25"}),
        ("trước ngày 25 tháng 11 hằng năm", {"every": "year", "before": "11-25"}),
        ("25-11 hằng năm", {"every": "year", "by": "11-25"}),
        ("ngày 25/11 hàng năm đến năm 2025", {"every": "year", "by": "11-25", "to": "2025"}),
        ("ngày 10/12 hằng năm", {"every": "year", "by": "12-10"}),
        ("29/2 hằng năm", {"every": "year", "by": "02-29"}),
        ("hằng năm", {"every": "year"}),
        ("hằng năm, trước ngày 10/12", {"every": "year", "before": "12-10"}),
        ("cuối mỗi tháng", {"every": "month", "by": "last"}),
        ("ngày 30 hằng tháng", {"every": "month", "by": "30"}),
        ("mỗi tháng một lần", {"every": "month"}),
        ("1 tháng 1 lần", {"every": "month"}),
        ("ngày 25 hằng tháng, trước 16h", {"every": "month", "by": "25", "at": "16:00"}),
        ("hằng quý, ngày 15 tháng đầu", {"every": "quarter", "by": {"month": "1", "day": "15"}}),
        ("ngày 15 tháng thứ hai hằng quý", {"every": "quarter", "by": {"month": "2", "day": "15"}}),
        ("trước ngày 5 của tháng giữa mỗi quý", {"every": "quarter", "before": {"month": "2", "day": "5"}}),
        ("ngày cuối tháng đầu hằng quý", {"every": "quarter", "by": {"month": "1", "day": "last"}}),
        ("hằng quý đến hết năm 2023", {"every": "quarter", "to": "2023"}),
        ("hằng quý đến tháng 12/2022", {"every": "quarter", "to": "2022-Q4"}),
        ("hằng quý đến 31/12", {"every": "quarter", "to": "2022-Q4"}),
        ("định kỳ 6 tháng một lần", {"every": "half-year"}),
        ("15/12 và 15/6 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"]}),
        ("16h 15/6 và 15/12 hằng năm", {"every": "half-year", "by": ["06-15", "12-15"], "at": "16:00"}),
        ("hằng năm đến 2025", {"every": "year", "to": "2025"}),
        ("hằng năm đến hết năm", {"every": "year", "to": "2022"}),
    ],
)
def test_by_periods(text: str, deadline: Deadline) -> None:
    """A day of each period, or no day; where it ends is a period, too."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("các ngày 10 và 25 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,25"}),
        ("thứ 6 hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("trước 16h thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:00"}),
        ("16h thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:00"}),
        ("trước thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=TH"}),
        ("chậm nhất thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("thứ Hai hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=MO"}),
        ("chủ nhật hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=SU"}),
        ("thứ Hai, thứ Năm hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=MO,TH"}),
        ("thứ Sáu hằng tuần đến hết năm 2022", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2022-12-31"}),
        ("thứ Sáu hằng tuần đến tháng 12/2022", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2022-12-31"}),
        ("thứ Sáu hằng tuần đến ngày 16/12", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2022-12-16"}),
        ("ngày 10, 20 và 28 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,20,28"}),
        ("trước ngày 1 và 15 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1,14"}),
        ("16h các ngày 10 và 25 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,25", "at": "16:00"}),
        ("hằng tuần, vào thứ Sáu", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("thứ Hai, thứ Tư và thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR"}),
        ("trước thứ Hai hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=SU"}),
        ("trước thứ Hai và thứ Năm hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=WE,SU"}),
        (
            "thứ Sáu hằng tuần, trước 16 giờ, đến 22/12",
            {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:00", "to": "2022-12-22"},
        ),
        (
            "mỗi tuần, trước 16h thứ Sáu, đến hết quý I/2023",
            {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:00", "to": "2023-03-31"},
        ),
    ],
)
def test_by_a_rule(text: str, deadline: Deadline) -> None:
    """What no period can say: weekdays, several days of a month. It ends on a day."""
    reads_as(text, deadline)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30/2 hằng năm", "không có ngày 30/2."),
        ("ngày 32 hằng tháng", "không có ngày 32."),
        ("ngày 0 hằng tháng", "không có ngày 0."),
        ("ngày 32 tháng cuối hằng quý", "không có ngày 32."),
        ("ngày 15 tháng 3 hằng quý", "chưa rõ tháng nào của quý: đầu, giữa hay cuối."),
        ("ngày 15 hằng quý", "chưa rõ tháng nào của quý: đầu, giữa hay cuối."),
        ("trước ngày cuối hằng tháng", "“trước ngày cuối” chưa rõ là ngày nào."),
        ("trước ngày cuối hằng quý", "“trước ngày cuối” chưa rõ là ngày nào."),
        ("ngày 15 và 30 hằng tháng", "không phải tháng nào cũng có ngày 30, nên không ghi chung nhiều ngày được."),
        ("15/3 và 15/6 hằng năm", "chỉ ghi chung được hai ngày, mỗi nửa năm một ngày."),
        ("15/3, 15/6, 15/9, 15/12 hằng năm", "chỉ ghi chung được hai ngày, mỗi nửa năm một ngày."),
        ("15/6 hằng 6 tháng", "chỉ ghi chung được hai ngày, mỗi nửa năm một ngày."),
        ("hằng ngày", "“hằng ngày” chưa rõ có tính ngày nghỉ không."),
        ("hằng tuần", "“hằng tuần” chưa nêu thứ mấy."),
        ("chiều thứ Sáu hằng tuần", "mới nêu buổi, chưa nêu giờ."),
        ("16h hằng tháng", "có giờ mà chưa có ngày."),
        ("16 giờ 25 hằng tháng", "có giờ mà chưa có ngày."),
        ("trước thứ Sáu hằng tuần, trước 16h", "đã có giờ mà còn ghi “trước” ở ngày, chưa rõ hạn là ngày nào."),
        ("ngày 25 hằng tháng đến 30/12/2022", "việc định kỳ phải dừng ở cuối một kỳ, mà ngày ấy ở giữa tháng 12/2022."),
        ("hằng quý đến tháng 11", "việc định kỳ phải dừng ở cuối một kỳ, mà ngày ấy ở giữa quý IV/2022."),
        ("hằng tháng đến ngày 25", "chưa hiểu lặp lại đến bao giờ."),
        ("thứ Sáu hằng tuần đến 16h ngày 22/12", "chưa hiểu lặp lại đến bao giờ."),
        ("hằng tháng đến trước ngày 31/12", "chưa hiểu lặp lại đến bao giờ."),
        ("cuối năm hằng năm", "chưa rõ là ngày nào."),
        ("sau ngày 25 hằng tháng", "đây là ngày bắt đầu, chưa phải hạn."),
        ("từ thứ Hai đến thứ Sáu hằng tuần", "khoảng thời gian này chưa rõ ngày đầu, ngày cuối."),
    ],
)
def test_what_cannot_recur_is_refused(text: str, message: str) -> None:
    """In one sentence, with what to type instead."""
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert refused.value.message == message
    assert refused.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "x hằng năm",
        "ngày 5 tháng sau hằng tháng",
        "10/01 năm sau hằng năm",
        "25/11/2022 hằng năm",
        "hằng tháng 12",
        "hằng quý I/2023",
        "2 tháng 1 lần",
        "3 tháng một lần",
        "mỗi năm 2 lần",
        "trước hằng tháng",
        "ngày 25 hằng tháng, ngày 26",
        "ngày 25 hằng tháng hằng quý",
        "thứ Hai, 16h thứ Năm hằng tuần",
        "15/6 và 16h 15/12 hằng năm",
        "15/6 và trước ngày 15/12 hằng năm",
        "16h thứ Sáu hằng tuần, trước 15h",
    ],
)
def test_a_word_that_is_not_understood_is_never_dropped(text: str) -> None:
    """A figure, a second day or a second hour is no day of each period."""
    with pytest.raises(GrammarError) as refused:
        typed_deadline(text, TODAY)
    assert refused.value.message == f"chưa hiểu thời hạn “{text}”."
    assert refused.value.fix == EXAMPLES
