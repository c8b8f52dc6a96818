"""Single duties of a plan, from the sentence to who, when and to whom."""

from __future__ import annotations

import pytest

from obligations.draft.drafting import draft
from obligations.draft.reading.files import read
from tests.unit.draft.told import HEAD, asked, dated, drafted


@pytest.mark.parametrize(
    ("body", "deadline"),
    [
        # A recurrence within a part of the calendar, whichever is said first.
        (
            "Trong tháng 5/2025, chiều thứ Sáu hằng tuần, Trạm Y tế báo cáo số ca.",
            {"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2025-05-01", "to": "2025-05-31"},
        ),
        (
            "Trạm Y tế báo cáo số ca thứ Hai hằng tuần trong quý II/2025.",
            {"rrule": "FREQ=WEEKLY;BYDAY=MO", "from": "2025-04-01", "to": "2025-06-30"},
        ),
        # Of a part that has begun, only what is to come.
        (
            "Trong năm 2025, hằng tháng, trước ngày 20, Trạm Y tế báo cáo số ca.",
            {"every": "month", "before": "20", "to": "2025-12"},
        ),
        # Days of the month under a spelt count, a weekday's list, the last day.
        (
            "Trạm Y tế mỗi tháng hai lần, vào các ngày 8 và 23, nộp sổ khám.",
            {"rrule": "FREQ=MONTHLY;BYMONTHDAY=8,23", "to": "2025-12-31"},
        ),
        (
            "Trạm Y tế nộp sổ khám mỗi tuần hai lần, vào các ngày thứ Ba, thứ Sáu.",
            {"rrule": "FREQ=WEEKLY;BYDAY=TU,FR", "to": "2025-12-31"},
        ),
        (
            "Trạm Y tế nộp sổ khám mỗi tháng 2 lần (ngày 15 và ngày cuối tháng).",
            {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15,-1", "to": "2025-12-31"},
        ),
        (
            "Trạm Y tế nộp sổ khám vào ngày 12 tháng 3, 6, 9 và 12.",
            {"every": "quarter", "by": {"month": "3", "day": "12"}, "to": "2025-Q4"},
        ),
        (
            "Trạm Y tế nộp sổ khám vào các ngày 10, 20 và ngày cuối cùng hằng tháng.",
            {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1", "to": "2025-12-31"},
        ),
        # A quarter of each year; two of one year are its halves.
        ("Trạm Y tế khám mắt cho học sinh mỗi năm 01 lần vào quý III.", {"every": "year", "by": "09-30"}),
        (
            "Trạm Y tế khám mắt cho học sinh 02 lần/năm (quý II và quý IV).",
            {"every": "half-year", "by": ["06-30", "12-31"], "to": "2025-H2"},
        ),
        ("Trạm Y tế khám mắt cho học sinh trong quý III hằng năm.", {"every": "year", "by": "09-30"}),
        ("Trạm Y tế nộp sổ khám trước 25 hằng tháng.", {"every": "month", "before": "25", "to": "2025-12"}),
        # To the end of the year; a quarter by its figure alone.
        ("Trạm Y tế phun thuốc từ tháng 4/2025 đến hết năm.", {"start": "2025-04-01", "by": "2025-12-31"}),
        ("Trạm Y tế phun thuốc từ nay đến hết năm.", {"by": "2025-12-31"}),
        ("Trạm Y tế nghiệm thu phòng mổ trong IV/2025.", {"within": "2025-Q4"}),
        # Two days of one feast; the year after its word; works by their month.
        ("Trạm Y tế trang trí xong trước dịp 30/4 và 01/5.", {"before": "2025-04-30"}),
        ("Trạm Y tế nộp sổ khám trước ngày 15/7 năm 2026.", {"before": "2026-07-15"}),
        ("Trạm Y tế khánh thành phòng mổ tháng 8/2025.", {"within": "2025-08"}),
        # An act and how many of it.
        ("Trạm Y tế mở ít nhất 03 lớp sơ cứu mỗi năm cho học sinh.", {"every": "year"}),
        ("Hội Chữ thập đỏ huyện giúp đỡ 10 hộ neo đơn mỗi năm trên địa bàn.", {"every": "year"}),
        # How long, then when; the hour with g; what is left of the year.
        (
            "Trạm Y tế khám trong 03 ngày, từ ngày 13/10 đến ngày 15/10/2025.",
            {"start": "2025-10-13", "by": "2025-10-15"},
        ),
        ("Trạm Y tế nộp sổ khám trước 16g30 ngày 20/6/2025.", {"by": "2025-06-20", "at": "16:30"}),
        ("Trạm Y tế sửa xong phòng khám từ nay đến cuối năm.", {"by": "2025-12-31"}),
    ],
)
def test_when(body: str, deadline: object) -> None:
    """One deadline of one sentence."""
    assert [item.deadline for item in dated(body)] == [deadline]


def test_an_act_before_the_part_makes_two_duties() -> None:
    """*Hoàn thành trong tháng 5, hằng tháng báo cáo*: the month is no stretch of the recurrence."""
    found = dated("Trạm Y tế sửa phòng khám trong tháng 5/2025, hằng tháng báo cáo Phòng Y tế.")
    assert [item.deadline for item in found] == [{"within": "2025-05"}, {"every": "month", "to": "2025-12"}]


@pytest.mark.parametrize(
    "body",
    [
        "Khoản 2 Điều 40 Luật Khám bệnh, chữa bệnh quy định việc cấp phép hoàn thành chậm nhất ngày 31/12/2025.",
        "Thời gian cấp phép từ ngày 01/6 đến hết ngày 30/9/2025 theo quy định của Luật.",
        "Tỷ lệ sinh giảm 5% mỗi năm.",
        "Báo cáo kết quả tháng 8/2025, quý III/2025 theo mẫu.",
    ],
)
def test_what_a_law_sets_is_told_not_asked_for(body: str) -> None:
    """Nothing is owed by it; nor by a share, nor by the month that a report is of."""
    found = drafted(body)
    assert not found.of("obligation")
    assert not found.of("question")


@pytest.mark.parametrize(
    "body",
    [
        "Thống nhất Tuần lễ Sức khỏe diễn ra từ ngày 10/4/2025 đến ngày 16/4/2025 tại sân vận động.",
        "Lễ phát động lúc 7 giờ 30 phút ngày 10/4/2025.",
    ],
)
def test_the_day_of_an_event_that_nobody_is_told_to_hold_is_asked(body: str) -> None:
    """A person decides whether the plan owes anything by it."""
    assert not dated(body)
    assert len(asked(body)) == 1


def test_an_event_that_somebody_holds_is_owed() -> None:
    """The same words after who acts."""
    (found,) = dated("Trạm Y tế tổ chức Lễ phát động vào 7 giờ 30 phút ngày 10/4/2025.")
    assert (found.responsible, found.deadline) == (("Trạm Y tế",), {"by": "2025-04-10", "at": "07:30"})


def test_days_before_an_event_are_asked_under_requirements_too() -> None:
    """*Yêu cầu chung* has duties besides aims."""
    body = "Cơ quan chủ trì gửi tài liệu về Văn phòng UBND huyện trước ngày họp ít nhất 03 ngày."
    assert asked(body, "I. YÊU CẦU CHUNG") == ["trước ngày họp ít nhất 03 ngày"]


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("Trạm Y tế cùng Công an xã kiểm tra xong trước ngày 15/6/2025.", ["Trạm Y tế"]),
        # A deadline first, then who acts, with no sign between.
        ("Chậm nhất đến 17 giờ ngày 20/6/2025 các đơn vị gửi phiếu.", ["các đơn vị"]),
        # No office is made for sending or meeting.
        ("Ban Chỉ đạo báo cáo UBND huyện trước ngày 15/6/2025.", ["Ban Chỉ đạo"]),
        ("Các phòng, ban gửi phiếu trước ngày 15/6/2025.", ["Các phòng, ban"]),
        ("Tổ công tác họp vào thứ Hai hằng tuần.", ["Tổ công tác"]),
        ("Đoàn kiểm tra lập biên bản trước ngày 15/6/2025.", ["Đoàn kiểm tra"]),
        ("Phòng Y tế duy trì giao ban vào thứ Hai hằng tuần.", ["Phòng Y tế"]),
        # A proper name of a place ends the office's, whatever is done then.
        ("UBND thị trấn Ít Ong nhuộm lại biển hiệu trước ngày 15/6/2025.", ["UBND thị trấn Ít Ong"]),
        ("Công an phường 3, Công an xã Chiềng Lao cấp giấy trước ngày 15/6/2025.",
         ["Công an phường 3", "Công an xã Chiềng Lao"]),
        ("Trường Tiểu học Kim Đồng uốn cây cảnh trước ngày 15/6/2025.", ["Trường Tiểu học Kim Đồng"]),
        ("UBND các xã ven sông Đà cắm biển trước ngày 15/6/2025.", ["UBND các xã ven sông Đà"]),
        ("Cơ quan chủ trì nộp hồ sơ trước ngày 15/6/2025.", ["Cơ quan chủ trì"]),
        # What is built is a paper, or the office is one of building.
        ("Ban Tuyên giáo - Nữ công xây dựng hướng dẫn trước ngày 15/6/2025.", ["Ban Tuyên giáo - Nữ công"]),
        ("Ban Quản lý đầu tư xây dựng báo cáo UBND huyện trước ngày 15/6/2025.", ["Ban Quản lý đầu tư xây dựng"]),
    ],
)  # fmt: skip
def test_who(body: str, who: list[str]) -> None:
    """The offices that owe it, as written."""
    assert [list(item.responsible) for item in dated(body)] == [who]


@pytest.mark.parametrize(
    ("body", "recipients"),
    [
        ("Trạm Y tế trình UBND huyện trước ngày 10/4/2025, gửi Sở Y tế góp ý trước ngày 20/4/2025.", ["UBND huyện", "Sở Y tế"]),
        ("Trước ngày 10/4/2025 gửi Phòng Tư pháp, trước ngày 20/4/2025 trình UBND huyện.", ["Phòng Tư pháp", "UBND huyện"]),
        ("Trạm Y tế báo cáo giữa kỳ trước ngày 10/4/2025, cuối kỳ trước ngày 20/4/2025 về Sở Y tế.", ["Sở Y tế", "Sở Y tế"]),
        ("UBND các xã đăng ký số giường với Phòng Y tế trước ngày 10/4/2025.", ["Phòng Y tế"]),
        ("Trạm Y tế gửi tài liệu cho các cấp hội trước ngày 10/4/2025.", ["các cấp hội"]),
    ],
)  # fmt: skip
def test_to_whom(body: str, recipients: list[str]) -> None:
    """Who receives, on each of the days."""
    assert [item.submit_to for item in dated(body)] == recipients


def test_round_the_clock_in_a_cell_is_no_day() -> None:
    """*24/7* beside a watch; beside anything else it is the 24th of July."""
    table = "| TT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Trực cấp cứu | Trạm Y tế | 24/7 |\n"
    found = draft(read("x.txt", f"{HEAD}{table}| 2 | Nộp sổ khám | Trạm Y tế | 24/7 |\n".encode()))
    assert [(item.kind, item.deadline) for item in found.items] == [
        ("standing", None),
        ("obligation", {"by": "2025-07-24"}),
    ]


@pytest.mark.parametrize(
    ("cell", "deadline"),
    [
        ("2025", {"within": "2025"}),
        ("IV/2025", {"within": "2025-Q4"}),
        ("Tháng 4 đến hết năm", {"start": "2025-04-01", "by": "2025-12-31"}),
        ("Chậm nhất 25 hằng tháng", {"every": "month", "by": "25", "to": "2025-12"}),
        ("Quý I hằng năm", {"every": "year", "by": "03-31"}),
        ("Ngày 05/4 (mùng 8/3 âm lịch)", {"by": "2025-04-05"}),
    ],
)
def test_the_cell_of_the_time(cell: str, deadline: object) -> None:
    """What a cell says needs no word of a deadline."""
    table = "| TT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Khám mắt | Trạm Y tế | {} |\n"
    found = draft(read("x.txt", f"{HEAD}{table.format(cell)}| 2 | Trực cấp cứu | Trạm Y tế | Cả năm |\n".encode()))
    assert [item.deadline for item in found.of("obligation")] == [deadline]


def test_a_season_into_next_year_is_asked() -> None:
    """Each year's, or this one's: a person knows."""
    assert asked("Trạm Y tế trực từ tháng 10 đến hết tháng 4 năm sau.") == ["từ tháng 10 đến hết tháng 4 năm sau"]
