"""A register as offices export it: its columns under their many titles, its days, what cannot be read."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from obligations.cases.receiving import register
from obligations.cases.receiving.register import Incoming, Register, read_register, taken
from obligations.domain.errors import Refused
from obligations.draft.reading import sheets
from obligations.draft.reading.files import read

TODAY = date(2022, 12, 1)
DECREE = (
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
MORNING = datetime(2022, 11, 21, 8, 15)  # noqa: DTZ001  # a workbook knows no zone
FULL = (MORNING, 12, "Sở Y tế", "345/BC-SYT", date(2022, 11, 18), "Báo cáo năm 2022", "", "", "")
MET = Incoming(
    1, "Sở Y tế", "345/BC-SYT", "Báo cáo năm 2022", date(2022, 11, 21), date(2022, 11, 21), date(2022, 11, 18), "12"
)


def sheet(*rows: tuple[Any, ...]) -> Register:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return read_register(read("so.xlsx", content.getvalue()), TODAY)


def text(*lines: str) -> Register:
    return read_register(read("so.csv", "\n".join(lines).encode()), TODAY)


def test_the_form_of_the_decree() -> None:
    """Title above, a row that numbers the columns below, blank lines: Decree 30/2020/NĐ-CP, Appendix IV."""
    counted = tuple(f"({place})" for place in range(1, 11))
    found = sheet(("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",), ("Năm 2022", "Từ số 1"), (), DECREE, counted, FULL, (), FULL)
    assert list(found.rows) == [MET, Incoming(2, *list(vars(MET).values())[1:])]
    assert found.faults == []


def test_a_heading_of_two_rows() -> None:
    above = ("Số đến", "Ngày đến", "Văn bản", None, None, "Trích yếu nội dung")
    below = (None, None, "Cơ quan ban hành", "Số ký hiệu", "Ngày ban hành", None)
    found = sheet(above, below, (12, "21/11/2022", "Sở Y tế", "345/BC-SYT", "18/11/2022", "Báo cáo năm 2022"))
    assert list(found.rows) == [MET]


@pytest.mark.parametrize(
    "heading",
    [
        "STT;Số văn bản;Ngày văn bản;Nơi gửi;Trích yếu;Ngày đến;Số đến",
        "STT;Số/Ký hiệu;Ngày ký;Đơn vị ban hành;Nội dung văn bản;Ngày nhận;Số đến",
        "stt;SỐ HIỆU;NGÀY BAN HÀNH;CƠ QUAN GỬI;TRÍCH YẾU NỘI DUNG;NGÀY TIẾP NHẬN;SỐ VÀO SỔ",
    ],
)
def test_the_titles_of_document_systems(heading: str) -> None:
    found = text(heading, "1;345/BC-SYT;18/11/2022;Sở Y tế;Báo cáo năm 2022;21/11/2022 08:15:00;12")
    assert list(found.rows) == [MET]


HEADING = "Ngày gửi;Ngày đến;Ngày ký;Nơi gửi;Số ký hiệu;Trích yếu"


@pytest.mark.parametrize(
    ("days", "sent"),
    [
        ("18/11/2022;21/11/2022;17/11/2022", date(2022, 11, 18)),
        (";21/11/2022;17/11/2022", date(2022, 11, 21)),
        (";;17/11", date(2022, 11, 17)),
        (";1/12;", TODAY),
        (";2/12;", date(2021, 12, 2)),
        (";1/1;", date(2022, 1, 1)),
        (";2022-11-21 00:00:00;", date(2022, 11, 21)),
        (";08:15 21-11-22;", date(2022, 11, 21)),
    ],
)
def test_the_day_that_counts_as_sent(days: str, sent: date) -> None:
    assert [one.sent_on for one in text(HEADING, f"{days};Sở Y tế;1/BC;Báo cáo").rows] == [sent]


def test_a_line_that_cannot_be_read_is_told_and_the_others_are_taken() -> None:
    lines = (";32/11/2022;;Sở Y tế;1/BC;A", ";;;Sở Y tế;2/BC;B", ";31/12/2022;;Sở Y tế;3/BC;C", ";1/12;;Sở Y tế;4/BC;D")
    found = text(HEADING, *lines)
    assert [one.number for one in found.rows] == ["4/BC"]
    assert [(one.line, one.message) for one in found.faults] == [
        (1, "ngày đến: không có ngày 32/11/2022."),
        (2, "không ghi ngày đến."),
        (3, "ngày đến: ngày 31/12/2022 chưa đến."),
    ]


def test_no_line_goes_without_a_word() -> None:
    """A merged cell leaves the rows below it empty; a total below the last line is none."""
    lines = (
        ";1/12;;Sở Y tế;1/BC;A",
        ";1/12;;;2/BC;B",
        ";1/12;;Sở Y tế;3/BC;",
        "Tổng cộng: 3;;;;;",
        ";1/12;;Sở Y tế;;C",
    )
    found = text(HEADING, *lines)
    assert [(one.line, one.number) for one in found.rows] == [(1, "1/BC"), (4, "")]
    assert [(one.line, one.message) for one in found.faults] == [
        (2, "không ghi nơi gửi (tác giả)."),
        (3, "không ghi trích yếu."),
    ]


def test_of_two_columns_of_one_meaning_the_fuller_is_taken() -> None:
    found = text(
        "Đơn vị phát hành;Nội dung;Số ký hiệu;Nơi gửi;Trích yếu;Ngày đến",
        ";chuyển phòng TĐKT;1/BC;Sở Y tế;Báo cáo;1/12/2022 (bản giấy)",
    )
    assert [(one.sender, one.subject, one.sent_on) for one in found.rows] == [("Sở Y tế", "Báo cáo", TODAY)]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Tác giả;Trích yếu;Ngày đến", "Sở Y tế;Báo cáo;1/12"), "không có cột số ký hiệu."),
        (("Tác giả;Số ký hiệu;Trích yếu", "Sở Y tế;1/BC;Báo cáo"), "không có cột ngày đến."),
        (("a;b;c", "1;2;3"), "không có cột nơi gửi (tác giả), số ký hiệu, trích yếu, ngày đến."),
        ((HEADING,), "sổ không có dòng nào."),
        (("một dòng chữ",), "tệp không có bảng nào."),
    ],
)
def test_what_is_no_register_is_refused(lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(Refused) as told:
        text(*lines)
    assert told.value.message.endswith(words)
    assert "trích yếu" in told.value.fix


def test_too_many_lines_are_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 4)
    assert len(text(HEADING, *[";1/12;;Sở Y tế;4/BC;D"] * 3).rows) == 3
    with pytest.raises(Refused, match="hơn 4 dòng"):
        text(HEADING, *[";1/12;;Sở Y tế;4/BC;D"] * 4)
    with pytest.raises(Refused, match="hơn 4 dòng"):
        sheet(*[DECREE] * 5)
    monkeypatch.setattr(register, "MOST_LINES", 2)
    line = ";1/12;;Sở Y tế;4/BC;D"
    assert len(text(HEADING, line, line).rows) == 2
    with pytest.raises(Refused, match="hơn 2 dòng"):
        text(HEADING, line, line, line)


def test_a_register_with_secret_lines_says_what_to_do() -> None:
    content = f"{HEADING};Độ mật\n;1/12;;Sở Y tế;4/BC;D;Mật".encode()
    with pytest.raises(Refused) as told:
        taken(lambda: read("so.csv", content), TODAY)
    assert (told.value.code, "Xuất lại sổ" in told.value.fix) == ("secret", True)
    assert [one.number for one in taken(lambda: read("so.csv", content.replace("Mật".encode(), b"")), TODAY).rows]


def test_of_a_cell_so_much_is_looked_at_as_a_title_may_have() -> None:
    found = sheet(
        DECREE, (MORNING, 12, "Sở Y tế", "345/BC-SYT", date(2022, 11, 18), "Báo cáo " + "1" * 30_000, "", "", "")
    )
    assert (len(found.rows[0].subject), found.faults) == (1_000, [])
