"""Deadline expressions, group by group: what they say, and what says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import resolve
from obligations.draft.deadlines.scope import scope_of
from obligations.draft.text import Span, fold
from tests.unit.draft.phrases import OPEN, STAGE, YEAR, forms, read


@pytest.mark.parametrize(
    ("words", "form"),
    [
        # B1
        ("nộp trước ngày 12 tháng 9 năm 2022", {"before": "2022-09-12"}),
        ("nộp trước ngày 12/9/2022", {"before": "2022-09-12"}),
        ("nộp trước ngày 12.9.2022", {"before": "2022-09-12"}),
        ("nộp trước ngày 12-09-2022", {"before": "2022-09-12"}),
        ("nộp trước 12/9/2022", {"before": "2022-09-12"}),
        ("nộp trước ngày 12/9", {"before": "2022-09-12"}),
        ("nộp trước ngày 12/5", {"before": "2023-05-12"}),
        ("nộp trước 15 giờ, ngày 12/9/2022", {"by": "2022-09-12", "at": "15:00"}),
        ("nộp trước 9h30 thứ Hai, ngày 12/9/2022", {"by": "2022-09-12", "at": "09:30"}),
        ("nộp trước 9h30 ngày 12/9/2022", {"by": "2022-09-12", "at": "09:30"}),
        ("từ nay đến trước ngày 20-11", {"before": "2022-11-20"}),
        ("xong trước tháng 10/2022", {"before": "2022-10"}),
        ("xong trước quý IV.2022", {"before": "2022-Q4"}),
        # B2
        ("chậm nhất ngày 30/11/2022", {"by": "2022-11-30"}),
        ("chậm nhất là vào ngày 30 tháng 11 năm 2022", {"by": "2022-11-30"}),
        ("không muộn hơn ngày 30/11/2022", {"by": "2022-11-30"}),
        ("đến hết ngày 31-12-2022", {"by": "2022-12-31"}),
        ("trong ngày 09/8/2022", {"by": "2022-08-09"}),
        ("hạn chót là ngày 09/8/2022", {"by": "2022-08-09"}),
        # B3
        ("trong tháng 8 năm 2022", {"within": "2022-08"}),
        ("trong tháng 8.2022", {"within": "2022-08"}),
        ("hoàn thành trong quý 3", {"within": "2022-Q3"}),
        ("trong quý IV năm 2022", {"within": "2022-Q4"}),
        ("trong 6 tháng cuối năm 2022", {"within": "2022-H2"}),
        ("vào năm 2024", {"within": "2024"}),
        ("xong trong quý này", {"within": "2022-Q3"}),
        ("xong trong tháng này", {"within": "2022-07"}),
        ("trước ngày 20 tháng này", {"before": "2022-07-20"}),
        ("trong 10 ngày đầu tháng 9/2022", {"by": "2022-09-10"}),
        ("vào quý ll/2024", {"within": "2024-Q2"}),
        ("vào quý III/2024", {"within": "2024-Q3"}),
        ("vào cuối tháng 9/2022", {"by": "2022-09-30"}),
        ("vào giữa tháng 9/2022", {"by": "2022-09-15"}),
        ("trong tháng đầu năm 2023", {"within": "2023-01"}),
        ("trong nửa đầu tháng 9/2022", {"by": "2022-09-15"}),
        ("vào cuối năm 2023", {"by": "2023-12-31"}),
        ("vào giữa năm 2023", {"by": "2023-06-30"}),
        ("trong cuối quý III/2022", {"by": "2022-09-30"}),
        # B5
        ("trước ngày 15 của tháng thứ ba trong quý", {"every": "quarter", "before": {"month": "3", "day": "15"}}),
        ("từ ngày 01 đến ngày 08/3 hằng năm", {"every": "year", "by": "03-08"}),
        # B4
        ("từ ngày 01/8/2022 đến ngày 15/8/2022", {"start": "2022-08-01", "by": "2022-08-15"}),
        ("từ ngày 1-9 đến hết ngày 31-12-2022", {"start": "2022-09-01", "by": "2022-12-31"}),
        ("từ ngày 15/12 đến ngày 10/01/2023", {"start": "2022-12-15", "by": "2023-01-10"}),
        ("từ tháng 8 đến tháng 10-2022", {"start": "2022-08-01", "by": "2022-10-31"}),
        ("tháng 8 đến tháng 10/2022", {"start": "2022-08-01", "by": "2022-10-31"}),
        ("từ tháng 8 - 10/2022", {"start": "2022-08-01", "by": "2022-10-31"}),
        ("8/2022 - 10/2022", {"start": "2022-08-01", "by": "2022-10-31"}),
        ("từ 18 đến 22 tháng 11 năm 2022", {"start": "2022-11-18", "by": "2022-11-22"}),
        ("25 - 26/8/2022", {"start": "2022-08-25", "by": "2022-08-26"}),
        ("15/11 - 15/12/2022", {"start": "2022-11-15", "by": "2022-12-15"}),
        ("từ nay đến ngày 30/9/2022", {"by": "2022-09-30"}),
        ("trong hai ngày 14 và 15/8/2022", {"start": "2022-08-14", "by": "2022-08-15"}),
        ("bắt đầu từ ngày 01/8 và kết thúc trước ngày 20/8/2022", {"start": "2022-08-01", "before": "2022-08-20"}),
        ("trong tháng 9, 10/2022", {"start": "2022-09-01", "by": "2022-10-31"}),
        ("quý III, IV/2022", {"start": "2022-07-01", "by": "2022-12-31"}),
        ("trong các ngày 14, 15/8/2022", {"start": "2022-08-14", "by": "2022-08-15"}),
        # B5
        ("chậm nhất ngày 10/12 hằng năm", {"every": "year", "by": "12-10"}),
        ("vào ngày 10 tháng 12 hàng năm", {"every": "year", "by": "12-10"}),
        ("Hằng năm, thẩm định hồ sơ trước ngày 15-6", {"every": "year", "before": "06-15"}),
        ("trước ngày 20 tháng 01 của năm sau", {"every": "year", "before": "01-20", "offset": "1"}),
        ("trước 20/01 năm liền kề", {"every": "year", "before": "01-20", "offset": "1"}),
        ("trước ngày 18 hằng tháng", {"every": "month", "before": "18"}),
        ("từ ngày 1 đến ngày 5 hàng tháng", {"every": "month", "by": "5"}),
        ("trước ngày 05 của tháng sau", {"every": "month", "before": "5", "offset": "1"}),
        ("vào ngày cuối cùng của mỗi tháng", {"every": "month", "by": "last"}),
        ("Hằng tháng, trước ngày 22, gửi báo cáo", {"every": "month", "before": "22"}),
        ("trước ngày 12 của tháng cuối quý", {"every": "quarter", "before": {"month": "3", "day": "12"}}),
        ("ngày 12 tháng của cuối quý", {"every": "quarter", "by": {"month": "3", "day": "12"}}),
        (
            "trước ngày 08 của tháng đầu quý sau",
            {"every": "quarter", "before": {"month": "1", "day": "8"}, "offset": "1"},
        ),
        ("ngày 20/6 và 20/12 hằng năm", {"every": "half-year", "by": ["06-20", "12-20"]}),
        ("báo cáo 6 tháng và hằng năm", {"every": "half-year"}),
        ("báo cáo quý I, 6 tháng, 9 tháng, năm", {"every": "quarter"}),
        ("thứ Ba hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=TU"}),
        ("trước 17 giờ thứ Sáu hằng tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "17:00"}),
        ("trước 7 giờ hằng ngày", {"rrule": "FREQ=DAILY", "at": "07:00"}),
        ("hằng tuần, vào chiều thứ Tư", {"rrule": "FREQ=WEEKLY;BYDAY=WE"}),
        ("mỗi tuần 01 lần (sáng thứ Hai)", {"rrule": "FREQ=WEEKLY;BYDAY=MO"}),
        ("dọn chợ vào thứ Bảy cuối cùng của mỗi tháng", {"rrule": "FREQ=MONTHLY;BYDAY=-1SA"}),
        ("họp thứ Năm cuối cùng hằng tháng", {"rrule": "FREQ=MONTHLY;BYDAY=-1TH"}),
        ("giao ban ngày thứ Sáu tuần cuối của tháng", {"rrule": "FREQ=MONTHLY;BYDAY=-1FR"}),
        ("thứ Sáu hằng tuần trước 16 giờ", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:00"}),
        ("từ ngày 10/4 đến ngày 10/5 hằng năm", {"every": "year", "by": "05-10"}),
        # B5 với B4: định kỳ trong một khoảng thời gian
        (
            "trước ngày 25 hằng tháng, từ tháng 11 năm 2022 đến tháng 3 năm 2023",
            {"every": "month", "before": "25", "from": "2022-11", "to": "2023-03"},
        ),
        (
            "ngày 05 hằng tháng (từ tháng 11 đến tháng 3)",
            {"every": "month", "by": "5", "from": "2022-11", "to": "2023-03"},
        ),
        (
            "Từ ngày 01/8 đến ngày 30/9/2022, trước 16 giờ hằng ngày gửi số liệu",
            {"rrule": "FREQ=DAILY", "at": "16:00", "from": "2022-08-01", "to": "2022-09-30"},
        ),
        ("thứ Hai hằng tuần, bắt đầu từ ngày 01/8/2022", {"rrule": "FREQ=WEEKLY;BYDAY=MO", "from": "2022-08-01"}),
        (
            "Mỗi tháng mở một phiên chợ vùng cao, kể từ tháng 8 đến tháng 12/2022",
            {"every": "month", "from": "2022-08", "to": "2022-12"},
        ),
        ("vào ngày 15 và ngày cuối cùng hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15,-1"}),
        ("2 lần/năm (tháng 5, tháng 11)", {"every": "half-year", "by": ["05-31", "11-30"]}),
        ("hằng năm, trong tháng 10", {"every": "year", "by": "10-31"}),
        ("hằng quý đến hết năm 2023", {"every": "quarter", "to": "2023-Q4"}),
        ("ngày 05 và ngày 20 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5,20"}),
        ("mỗi quý một lần", {"every": "quarter"}),
        ("mỗi năm 02 lần", {"every": "half-year"}),
        ("03 tháng một lần", {"every": "quarter"}),
        ("tháng 11 hằng năm", {"every": "year", "by": "11-30"}),
        ("vào các ngày 8 và 23 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=8,23"}),
        ("các ngày 05, 15 và 25 của mỗi tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5,15,25"}),
        ("vào thứ Bảy tuần cuối hằng tháng", {"rrule": "FREQ=MONTHLY;BYDAY=-1SA"}),
        ("vào thứ Hai đầu tiên của tháng", {"rrule": "FREQ=MONTHLY;BYDAY=1MO"}),
        ("báo cáo trước ngày cuối cùng của tháng", {"every": "month", "by": "last"}),
        ("vào ngày làm việc cuối cùng của tuần", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("báo cáo tuần gửi trước 15 giờ thứ Sáu", {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "15:00"}),
        ("cập nhật hằng ngày trước 16 giờ", {"rrule": "FREQ=DAILY", "at": "16:00"}),
        ("định kỳ ngày 20/11 và 20/5", {"every": "half-year", "by": ["05-20", "11-20"]}),
        ("ngày 10 hằng tháng kiểm tra kho, kể từ tháng 9/2022", {"every": "month", "by": "10", "from": "2022-09"}),
        (
            "Từ năm 2023, báo cáo quý trước ngày 8 của tháng cuối quý",
            {"every": "quarter", "before": {"month": "3", "day": "8"}, "from": "2023-Q1"},
        ),
        ("ngày 5, ngày 15 và ngày 25 hằng tháng", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=5,15,25"}),
        ("trước 20/10 và 20/4 hằng năm", {"every": "half-year", "before": ["04-20", "10-20"]}),
        (
            "trước ngày 25 hằng tháng (từ tháng 11 đến tháng 2 hằng năm)",
            {"rrule": "FREQ=MONTHLY;BYMONTH=1,2,11,12;BYMONTHDAY=24"},
        ),
        (
            "Từ tháng 4 đến tháng 6 hằng năm, ngày 10 hằng tháng gửi số liệu",
            {"rrule": "FREQ=MONTHLY;BYMONTH=4,5,6;BYMONTHDAY=10"},
        ),
        # B9: chữ l, O của máy quét
        ("nộp trước ngày l2/9/2O22", {"before": "2022-09-12"}),
        ("từ ngày 03/ll/2022 đến ngày 28/11/2022", {"start": "2022-11-03", "by": "2022-11-28"}),
        ("trong tháng l0/2022", {"within": "2022-10"}),
        ("liên hoan vào tối 13/8/2022", {"by": "2022-08-13"}),
        ("quyết toán sau bế mạc 30 ngày", {"after": "event:be-mac", "days": "30"}),
        ("báo cáo sau nghiệm thu chậm nhất 05 ngày làm việc", {"after": "event:nghiem-thu", "working_days": "5"}),
        ("cắt băng vào dịp 02/9/2022", {"by": "2022-09-02"}),
        # B6
        ("trong vòng 20 ngày kể từ ngày ký Kế hoạch này", {"after": "issued", "days": "20"}),
        ("trong vòng 15 ngày, kể từ ngày ban hành Kế hoạch", {"after": "issued", "days": "15"}),
        ("chậm nhất 07 ngày làm việc kể từ ngày ban hành", {"after": "issued", "working_days": "7"}),
        ("trong thời hạn 02 tháng kể từ ngày Kế hoạch được ban hành", {"after": "issued", "months": "2"}),
        ("15 ngày sau khi kết thúc lớp học", {"after": "event:lop-hoc", "days": "15"}),
        ("không quá 03 ngày làm việc kể từ ngày nhận đủ hồ sơ", {"after": "event:nhan-du-ho-so", "working_days": "3"}),
        ("sau khi kết thúc đợt kiểm tra 10 ngày", {"after": "event:dot-kiem-tra", "days": "10"}),
        (
            "sau khi nhận đủ hồ sơ, trong vòng 05 ngày làm việc",
            {"after": "event:nhan-du-ho-so", "working_days": "5"},
        ),
        # B8
        ("vào mùng 6 Tết (03/02/2025)", {"by": "2025-02-03"}),
        ("trước ngày 20/01/2025 (tức ngày 21 tháng Chạp)", {"before": "2025-01-20"}),
        # B9: mất dấu, mất khoảng trắng
        ("nộp trướcngay 12 thang 9 năm 2022", {"before": "2022-09-12"}),
        ("trongquý III/2022", {"within": "2022-Q3"}),
        # B1, B3: of the paper's own day and year.
        ("nộp trước 16 giờ hôm nay (08/7)", {"by": "2022-07-08", "at": "16:00"}),
        ("nộp trong ngày hôm nay 8/7", {"by": "2022-07-08"}),
        ("nộp trước 16 giờ hôm nay", {"by": "2022-07-08", "at": "16:00"}),
        ("nộp chậm nhất 12 giờ trưa ngày 09/7", {"by": "2022-07-09", "at": "12:00"}),
        ("hoàn thành trong năm nay", {"within": "2022"}),
        ("khai hội vào dịp 02/9", {"by": "2022-09-02"}),
        ("mở ít nhất 01 lớp/năm", {"every": "year"}),
        # B6: the event's day is printed.
        ("xong trước khai giảng (05/9)", {"before": "2022-09-05"}),
        ("xong trước Tết Nguyên đán (22/01/2023)", {"before": "2023-01-22"}),
        ("nộp chậm nhất 02 tuần sau ngày bế mạc (18/7/2022)", {"by": "2022-08-01"}),
        ("nộp chậm nhất 05 ngày sau ngày bế mạc (18/7/2022)", {"by": "2022-07-25"}),
        ("nộp ít nhất 10 ngày trước ngày 20/8/2022", {"by": "2022-08-10"}),
        # Words of a day: đúng, ngày làm việc, part of a day, the hour's prime.
        ("bàn giao đúng ngày 12/9/2022", {"by": "2022-09-12"}),
        ("trình trong ngày làm việc 12/9/2022", {"by": "2022-09-12"}),
        ("nộp trước 15h00' ngày 12/9/2022", {"by": "2022-09-12", "at": "15:00"}),
        ("nộp trước 15h30p ngày 12/9/2022", {"by": "2022-09-12", "at": "15:30"}),
        ("cấp xong trước trưa ngày 12/9", {"by": "2022-09-12", "at": "12:00"}),
        ("xong trong buổi sáng ngày 12/9/2022", {"by": "2022-09-12"}),
        ("xong trước chiều tối ngày 12/9", {"by": "2022-09-12"}),
        # Parts of the calendar that run on.
        ("kiểm tra từ tháng 9 - 10/2022", {"start": "2022-09-01", "by": "2022-10-31"}),
        ("trước ngày cuối cùng của quý IV/2022", {"before": "2022-12-31"}),
        ("vào ngày cuối cùng của tháng 9/2022", {"by": "2022-09-30"}),
        ("thực hiện trong giai đoạn 2023 - 2024", {"start": "2023-01-01", "by": "2024-12-31"}),
        # Counted back from a printed day.
        ("chậm nhất 10 ngày trước ngày khai mạc kỳ họp (ngày 12/9/2022)", {"by": "2022-09-02"}),
        ("gửi trước ngày 12/9/2022 ít nhất 05 ngày", {"by": "2022-09-07"}),
        # Recurring.
        ("trước ngày cuối cùng của quý", {"every": "quarter", "before": {"month": "3", "day": "31"}}),
        ("tiếp công dân 02 ngày trong tháng, vào ngày 10 và ngày 25", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,25"}),
        ("tiếp công dân 02 ngày/tháng (ngày 10 và 25)", {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,25"}),
        ("họp mỗi tuần một lần, vào thứ Sáu", {"rrule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("mỗi tháng đăng ít nhất 02 tin, bài", {"every": "month"}),
        # Days listed, days with their count beside them.
        ("trực trong các ngày 13, 14 và 15/9/2022", {"start": "2022-09-13", "by": "2022-09-15"}),
        ("chậm nhất ngày 12/9/2022 (43 ngày trước ngày bầu cử)", {"by": "2022-09-12"}),
        ("chậm nhất 05 ngày sau khi kết thúc Tháng Công nhân (trước ngày 12/9/2022)", {"before": "2022-09-12"}),
        ("chậm nhất 05 ngày sau khi bế mạc (tức là ngày 12/9/2022)", {"by": "2022-09-12"}),
        ("chậm nhất 2 ngày trước khi Đoàn đến (Đoàn đến ngày 12/9/2022)", {"by": "2022-09-10"}),
        ("xong trước khai giảng 05/9/2022", {"before": "2022-09-05"}),
        ("khóa sổ lúc 17 giờ ngày 31/12 hằng năm", {"every": "year", "by": "12-31", "at": "17:00"}),
        ("nuôi cấy vi sinh định kỳ 3 tháng/lần", {"every": "quarter"}),
        ("gửi báo cáo tháng trước ngày 18", {"every": "month", "before": "18"}),
        # Days of another paper are events.
        ("trong 10 ngày kể từ ngày Nghị quyết có hiệu lực", {"after": "event:nghi-quyet-co-hieu-luc", "days": "10"}),
        ("trong 10 ngày kể từ ngày ban hành Kế hoạch", {"after": "issued", "days": "10"}),
        (
            "ký hợp đồng với bên mua, gửi bản sao trong 03 ngày kể từ ngày ký",
            {"after": "event:ky-hop-dong", "days": "3"},
        ),
        ("đăng tải Kế hoạch này trong 03 ngày kể từ ngày ký", {"after": "issued", "days": "3"}),
        ("xử lý dứt điểm, không để kéo dài quá ngày 12/9/2022", {"by": "2022-09-12"}),
    ],
)
def test_an_expression_says_its_form(words: str, form: object) -> None:
    """One expression, one form, in the grammar's own words."""
    assert forms(words) == [form]


def test_the_title_bounds_what_recurs() -> None:
    """A stage or a year in the title ends a recurrence; hằng năm outlives a plan of one year."""
    assert forms("trước ngày 20 hằng tháng", YEAR) == [{"every": "month", "before": "20", "to": "2022-12"}]
    assert forms("trước ngày 10/12 hằng năm", STAGE) == [{"every": "year", "before": "12-10", "to": "2025"}]
    assert forms("trước ngày 10/12 hằng năm", YEAR) == [{"every": "year", "before": "12-10"}]


def test_two_days_of_one_act_both_recur() -> None:
    """The year's word stands once, at the second day; a day of another act stays its own."""
    assert forms("nộp một nửa trước ngày 30/4, phần còn lại nộp trước ngày 31/10 hằng năm") == [
        {"every": "year", "before": "04-30"},
        {"every": "year", "before": "10-31"},
    ]
    assert forms("ban hành quy chế trước ngày 30/9, báo cáo trước ngày 10/12 hằng năm") == [
        {"before": "2022-09-30"},
        {"every": "year", "before": "12-10"},
    ]


def test_quarters_joined_by_and_are_two_duties() -> None:
    """`quý III và quý IV`: an act in each; the year stands once."""
    assert forms("trong quý III và quý IV/2022") == [{"within": "2022-Q3"}, {"within": "2022-Q4"}]


def test_the_same_day_is_the_one_said_before() -> None:
    """`cùng ngày` takes the day of the sentence; alone it is asked."""
    assert forms("gửi trước 9 giờ ngày 12/9/2022, Văn phòng trình trước 15 giờ cùng ngày") == [
        {"by": "2022-09-12", "at": "09:00"},
        {"by": "2022-09-12", "at": "15:00"},
    ]
    assert [one.doubt for one in read("gửi trước 15 giờ cùng ngày")] == ["“cùng ngày” không rõ là ngày nào"]


def test_two_hours_of_each_day_are_two_duties() -> None:
    """`trước 7 giờ và 16 giờ hằng ngày`."""
    assert [form["at"] for form in forms("báo cáo trước 7 giờ và 16 giờ hằng ngày")] == ["07:00", "16:00"]


def test_six_months_and_year_are_one_report_where_it_recurs() -> None:
    """Two days of one report in a stage; in a plan of one year they stay two days."""
    words = "báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 08/12"
    assert forms(words, STAGE) == [{"every": "half-year", "before": ["06-12", "12-08"], "to": "2025-H2"}]
    assert forms(words, YEAR) == [{"before": "2022-06-12"}, {"before": "2022-12-08"}]


def test_a_beginning_said_first_begins_each_report() -> None:
    """Of a letter without a year in its title the reports of half a year and of the year recur, from the year said."""
    words = "Từ năm 2023, báo cáo quý trước ngày 8 của tháng cuối quý, báo cáo 6 tháng trước ngày 8/6, báo cáo năm trước ngày 8/12"
    assert forms(words)[1:] == [{"every": "half-year", "before": ["06-08", "12-08"], "from": "2023-H1"}]


@pytest.mark.parametrize(
    "words",
    [
        "trước ngày 1/9/202.",
        "trước ngày 31/02/2023",
        "trong đầu quý III/2022",
        "vào tuần đầu tháng 9",
        "xong trước thứ Sáu tuần này",
        "cập nhật 2 tuần/lần, vào thứ Sáu",
        "họp mỗi tháng một lần, vào thứ Sáu",
        "cấp căn cước trước khi kết thúc năm học",
        "hoàn thành trước khi tổ chức Đại hội",
        "gửi trước ngày 12/9/2022 ít nhất 05 ngày làm việc",
        "vào ngày làm việc cuối cùng của tháng 9/2022",
        "phát hành mỗi tuần 2 số",
        "trước rằm tháng Bảy",
        "02 năm một lần báo cáo",
        "trước ngày khai mạc ít nhất 10 ngày",
        "trong vòng 10 ngày trả lời đơn vị",
        "trước ngày 25 gửi báo cáo",
        "trước ngày ..../9/2022",
        "mỗi tuần một lần",
        "hoàn thành trước ngày khai giảng năm học mới",
        "sửa chữa xong trước Tết Nguyên đán",
        "nạo vét trước mùa mưa bão",
        "mỗi tháng, vào tuần thứ ba, họp tổ",
        "vào tuần đầu hằng tháng",
        "trong tuần tới phải xong",
        "trình tại kỳ họp cuối năm",
        "kiểm tra sổ 3 lần/học kỳ",
        "15 ngày một lần",
        "phát quang hành lang xong trước khi vào mùa mưa",
        "trong những ngày đầu tháng 9/2022",
        "nộp ít nhất 05 ngày làm việc trước ngày 20/8/2022",
        "quyết toán trong tháng sau lễ hội",
    ],
)
def test_what_names_no_day_is_asked(words: str) -> None:
    """A question, never a guess."""
    found = read(words)
    assert found
    assert all(one.form is None and one.doubt for one in found)


@pytest.mark.parametrize(
    "words",
    [
        "Quyết định số 45/QĐ-UBND",
        "Nghị định số 13/2018/NĐ-CP",
        "đạt 12/14 tiêu chí",
        "1.126/1.848 thủ tục",
        "từ 1 đến 5 tuổi",
        "trẻ dưới 12 tháng tuổi",
        "02 năm liên tục",
        "trực 24/24 giờ",
        "định hướng đến năm 2030",
        "sớm nhất vào ngày 1-8 hằng năm",
        "có hiệu lực kể từ ngày ký",
        "giảm 4%/năm",
        "trong vòng 48 giờ kể từ khi phát hiện",
        "Việt Nam quy định",
        "lấy ý kiến trước khi trình UBND tỉnh",
    ],
)
def test_figures_that_are_no_deadline_say_nothing(words: str) -> None:
    """Numbers of documents, fractions, ages, horizons, hours, starts."""
    assert read(words) == []


def test_the_scope_of_a_title() -> None:
    """Years of the title bound a plan, never a decision; a horizon is no year of it."""
    assert scope_of("phong trào giai đoạn 2021 - 2025", None, "ke-hoach").last == 2025
    assert scope_of("cải cách hành chính năm 2024", date(2024, 1, 5), "ke-hoach").is_one_year
    assert scope_of("chuyển đổi số đến năm 2030", date(2024, 1, 5), "ke-hoach").last is None
    assert scope_of("giao chỉ tiêu năm 2024", date(2024, 1, 5), "quyet-dinh").last is None


def test_an_expression_keeps_its_place() -> None:
    """The place found is the words themselves, in the text as it was written."""
    words = "Sở gửi báo cáo trước ngày 12/9/2022 về Văn phòng"
    line = fold(words, (Span(0, len(words)),))
    (found,) = resolve(find(line.text, line.shown), line.text, OPEN)
    assert line.span(found.start, found.end).of(words) == "trước ngày 12/9/2022"
