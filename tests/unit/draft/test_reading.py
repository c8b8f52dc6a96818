"""Every format gives its duties; what is secret, broken, hostile or beyond this machine is refused with one line."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from itertools import islice

import pytest

from obligations.domain.errors import Refused
from obligations.draft.drafting import draft
from obligations.draft.model import Draft
from obligations.draft.reading.files import read
from tests.unit.draft import files, papers

HEAD = [
    "UBND HUYỆN ĐÔNG KHÊ",
    "Số: 12/KH-UBND",
    "Đông Khê, ngày 08 tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Trồng cây năm 2024",
]
TABLE = [
    ("Sản phẩm", "Thời hạn", "Nội dung công việc", "Phối hợp", "Cơ quan chủ trì", "TT"),
    ("Danh sách", "20/02/2024", "Lập danh sách điểm trồng cây", "UBND các xã", "Phòng Nông nghiệp", "1"),
    ("Báo cáo", "Quý IV", "Tổng kết phong trào", "", "Phòng Nông nghiệp\nVăn phòng HĐND và UBND", "2"),
    ("", "Thường xuyên", "Chăm sóc cây", "", "UBND các xã", "3"),
    ("", "đầu quý II", "Sơ kết", "", "Phòng Nông nghiệp", "4"),
]


def told(found: Draft) -> list[tuple[tuple[str, ...], object]]:
    return [(item.responsible, item.deadline) for item in found.of("obligation")]


def check_table(found: Draft) -> None:
    assert told(found) == [
        (("Phòng Nông nghiệp",), {"by": "2024-02-20"}),
        (("Phòng Nông nghiệp", "Văn phòng HĐND và UBND"), {"within": "2024-Q4"}),
    ]
    assert found.of("obligation")[0].coordinating == ("UBND các xã",)
    assert found.of("obligation")[0].product == "Danh sách"
    assert [item.title for item in found.of("standing")] == ["Chăm sóc cây"]
    assert [item.title for item in found.of("question")] == ["Sơ kết"]


def test_a_word_table_in_any_order_of_columns() -> None:
    """Columns are found by the words of their heads."""
    check_table(draft(read("kh.docx", files.word(HEAD, TABLE))))


def test_a_workbook() -> None:
    """An office's own sheet; dates are cells of their own kind."""
    rows = [*([line] for line in HEAD), *TABLE]
    dated = [[date(2024, 2, 20) if cell == "20/02/2024" else cell for cell in row] for row in rows]
    check_table(draft(read("kh.xlsx", files.workbook(dated))))


def test_a_sheet_dated_at_its_foot() -> None:
    """An office's own table has its title over it and its day under it; a column says where the work goes."""
    rows: list[list[object]] = [
        ["BẢNG THEO DÕI VIỆC ĐƯỢC GIAO NĂM 2024"],
        ["Số TT", "Việc phải làm", "Phòng, ban thực hiện", "Kỳ hạn", "Nộp về"],
        [1, "Báo cáo cấp nước", "Phòng Kinh tế", "Ngày 07 hằng tháng", "Sở Xây dựng"],
        [2, "Kiểm tra bể chứa", "Phòng Kinh tế", "Định kỳ", ""],
        [3, "Thay đồng hồ nước", "Trạm Cấp nước", "Trong năm", ""],
        ["", "Đông Khê, ngày 10 tháng 5 năm 2024", "", "", ""],
    ]
    found = draft(read("so.xlsx", files.workbook(rows)))
    assert found.header.issued_on == date(2024, 5, 10)
    assert told(found) == [
        (("Phòng Kinh tế",), {"every": "month", "by": "7", "to": "2024-12"}),
        (("Trạm Cấp nước",), {"within": "2024"}),
    ]
    assert found.of("obligation")[0].submit_to == "Sở Xây dựng"
    assert [item.title for item in found.of("question")] == ["Kiểm tra bể chứa"]


def test_a_csv() -> None:
    """Semicolons between cells, quotes round line breaks."""
    lines = [*HEAD, *(";".join(f'"{cell}"' for cell in row) for row in TABLE)]
    check_table(draft(read("kh.csv", "\n".join(lines).encode())))


def test_a_tracking_sheet_with_commas() -> None:
    """A semicolon in one cell does not part the others; *nt* is the cell above; what is past is owed unless it is done;
    a column of receivers is no foot; the sheet's day stands over it."""
    text = (
        "UBND XÃ HÒA TIẾN - VĂN PHÒNG HĐND VÀ UBND,,,,,,\nBẢNG THEO DÕI VIỆC,,,,,,\nNgày lập bảng: 10/10/2025,,,,,,\n"
        "Mã việc,Hạn xử lý,Nội dung nhiệm vụ,Chủ trì,Phối hợp,Nơi nhận kết quả,Tình trạng\n"
        "V-1,30/9/2025,Bàn giao sổ hộ tịch,Phòng Tư pháp,,Sở Tư pháp,Đã hoàn thành\n"
        "V-2,05/10/2025,Giải trình hồ sơ chậm,Phòng Kinh tế,Công an xã; Trạm Y tế xã,UBND tỉnh,Quá hạn\n"
        "V-3,20/11,Lập dự toán,nt,,HĐND xã,Đang làm\n"
    )
    found = draft(read("so.csv", text.encode()))
    assert (found.header.issuer, found.header.issued_on) == ("Văn phòng HĐND và UBND xã Hòa Tiến", date(2025, 10, 10))
    assert [(item.at, item.responsible, item.deadline, item.submit_to) for item in found.of("obligation")] == [
        ("PL.V-2", ("Phòng Kinh tế",), {"by": "2025-10-05"}, "UBND tỉnh"),
        ("PL.V-3", ("Phòng Kinh tế",), {"by": "2025-11-20"}, "HĐND xã"),
    ]
    assert found.of("obligation")[0].coordinating == ("Công an xã", "Trạm Y tế xã")


def test_a_header_of_two_rows_and_columns_known_by_what_stands_in_them() -> None:
    """*Phân công* over *Chủ trì*; a row of column numbers; a column of times under a head of no known word."""
    table = [
        ("TT", "Nội dung", "Kỳ", "Phân công", "Phân công"),
        ("TT", "Nội dung", "Kỳ", "Chủ trì", "Phối hợp"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "Ươm giống cây", "Tháng 2/2024", "Trạm Khuyến nông", "UBND các xã"),
        ("2", "Đo đường kính tán", "20/11/2024", "Hạt Kiểm lâm", ""),
        ("3", "Bón phân", "Khi trời mưa", "Các thôn", ""),
    ]
    found = draft(read("kh.docx", files.word(HEAD, table)))
    assert told(found) == [
        (("Trạm Khuyến nông",), {"within": "2024-02"}),
        (("Hạt Kiểm lâm",), {"by": "2024-11-20"}),
    ]
    assert found.of("obligation")[0].coordinating == ("UBND các xã",)
    assert [item.title for item in found.of("standing")] == ["Bón phân"]


def test_a_drawn_table_of_text() -> None:
    """Pipes, as converters leave them."""
    flat = [[cell.replace("\n", "<br>") for cell in row] for row in TABLE]
    rows = ["| " + " | ".join(row) + " |" for row in flat]
    text = "\n".join([*HEAD, "I. NHIỆM VỤ", rows[0], "|---|---|---|---|---|---|", *rows[1:]])
    check_table(draft(read("kh.txt", text.encode())))


def test_words_numbers_are_the_items_places() -> None:
    """Numbers that Word writes itself are in no paragraph's text, yet they are the place."""
    made = files.word(
        [*HEAD, "I. NHIỆM VỤ"],
        numbered=["Phòng Nội vụ gửi báo cáo trước ngày 05/3/2024.", "Phòng Tư pháp rà soát trong quý II/2024."],
    )
    found = draft(read("kh.docx", made))
    assert [item.at for item in found.of("obligation")] == ["I.1", "I.2"]


@pytest.mark.parametrize("text", [papers.DECISION, papers.CONCLUSION, papers.LETTER])
def test_a_pdf_reads_as_its_text(text: str) -> None:
    """Lines cut by the page's width are joined; the same duties as from the text."""
    pages = []
    lines = iter(files.page(text))
    while chunk := list(islice(lines, 40)):
        top = chunk[0][1]
        pages.append([(x, 800 - (top - y), line) for x, y, line in chunk])
    found = draft(read("kh.pdf", files.pdf(pages)))
    plain = draft(read("kh.txt", text.encode()))
    assert [item.deadline for item in found.of("obligation")] == [item.deadline for item in plain.of("obligation")]
    assert [item.responsible for item in found.of("obligation")] == [
        item.responsible for item in plain.of("obligation")
    ]


def test_a_hyphen_at_the_end_of_a_pdf_line_is_kept() -> None:
    """Pdfium takes what stands there for a broken word and hides the sign; a document's number lives by it."""
    lines = [
        (60, 800, "Thực hiện Nghị quyết số 160/NQ-"),
        (60, 786, "CP trên địa bàn tỉnh, Bộ Lao động -"),
        (60, 772, "Xã hội."),
    ]
    text = read("kh.pdf", files.pdf([lines])).text
    assert text.splitlines() == ["Thực hiện Nghị quyết số 160/NQ-", "CP trên địa bàn tỉnh, Bộ Lao động -", "Xã hội."]


@pytest.mark.parametrize("strange", ["\x00", "\x01", "\x02", "\x03", "\ud83d\udcc5", "\ud800", "\ufffe"])
def test_letters_that_are_none_leave_the_others_at_their_places(strange: str) -> None:
    """What a font has no code for, and signs beyond the first plane: they are no hyphen, and no word is lost."""
    line = f"Phòng Nội vụ {strange} báo cáo trước ngày 05/3/2024."
    text = read("kh.pdf", files.pdf([[(60, 800, line)]])).text
    assert text == "Phòng Nội vụ báo cáo trước ngày 05/3/2024.\n"


def test_cells_that_stand_close_are_no_word() -> None:
    """Nothing but a rule parts them; pdfium takes the last word of one and the first of the next for one word."""
    heads = [(60, 800, "KẾ HOẠCH"), (60, 780, "Phòng Nội vụ và các đơn vị")]
    cells = [(60, 700, "15/9/2025"), (114, 700, "20 ngày"), (60, 660, "01/2/2025"), (114, 660, "03 ngày")]
    rules = [(58, y, 180, y) for y in (720, 690, 650)] + [(x, 650, x, 720) for x in (58, 114, 180)]
    text = read("kh.pdf", files.pdf([[*heads, *cells]], rules)).text
    assert text.splitlines()[2:] == ["15/9/2025", "20 ngày", "01/2/2025", "03 ngày"]


def test_a_ruled_table_of_a_pdf() -> None:
    """Cells by their rules, a cell's lines together, heads on the first row."""
    cells = [
        ("STT", "Nội dung", "Chủ trì", "Thời gian"),
        ("1", "Lập danh sách", "Phòng Nội vụ", "Trước 10/3/2024"),
        ("2", "Tổng kết", "Phòng Tư pháp", "Tháng 11/2024"),
    ]
    lefts = [40, 90, 250, 400, 550]
    places = [
        (60, 800, "KẾ HOẠCH"),
        (60, 780, "Rà soát năm 2024"),
        (60, 760, "Đông Khê, ngày 08 tháng 01 năm 2024"),
        (60, 740, "PHỤ LỤC"),
    ]
    tops = [720, 680, 640, 600]
    for row, top in zip(cells, tops, strict=False):
        places += [(left + 4, top - 24, text) for left, text in zip(lefts, row, strict=False)]
    rules = [(40, top, 550, top) for top in tops] + [(left, 600, left, 720) for left in lefts]
    found = draft(read("kh.pdf", files.pdf([places], rules)))
    assert told(found) == [(("Phòng Nội vụ",), {"before": "2024-03-10"}), (("Phòng Tư pháp",), {"within": "2024-11"})]


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "Tuyệt mật", "ĐỘ MẬT: MẬT"])
def test_a_secret_document_is_refused(mark: str) -> None:
    """By its stamp alone on a line, in a cell, in Word's header; the word in a sentence is no stamp."""
    text = papers.LETTER.replace("Kính gửi:", f"{mark}\n\nKính gửi:")
    for name, content in (("a.txt", text.encode()), ("a.docx", files.word([*HEAD, mark]))):
        with pytest.raises(Refused) as refused:
            read(name, content)
        assert refused.value.code == "secret"
    assert read("a.txt", papers.LETTER.replace("Báo cáo đột xuất", "Báo cáo công tác bảo mật, tài liệu mật").encode())


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * 60_000_000)
    return stream.getvalue()


def hostile() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", bomb(), "zip-bomb"),
        ("a.docx", hostile(), "hostile-file"),
        ("a.docx", b"PK\x03\x04broken", "broken-file"),
        ("a.xlsx", files.word(HEAD), "broken-file"),
        ("a.pdf", b"%PDF-1.4 broken", "broken-file"),
        ("a.pdf", b"plain words", "broken-file"),
        ("a.txt", b"\xd0\xcf\x11\xe0 and more", "broken-file"),
        ("a.txt", "Kế hoạch".encode("cp1258", "replace") + b"\xff\xfd", "encoding"),
        ("a.txt", b"", "empty-file"),
        ("a.txt", b"a" * 30_000_001, "too-big"),
        ("a.zip", files.word(HEAD), "unknown-format"),
        ("a.png", b"\x89PNG", "unknown-format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_line(name: str, content: bytes, code: str) -> None:
    """What is wrong and what to do, in one line each."""
    with pytest.raises(Refused) as refused:
        read(name, content)
    assert refused.value.code == code
    assert "\n" not in str(refused.value)
    assert refused.value.fix


def test_too_many_pages_are_refused() -> None:
    """A whole book is not a plan."""
    with pytest.raises(Refused, match="401 trang"):
        read("a.pdf", files.pdf([[(60, 800, "Trang")]] * 401))


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan wants Tesseract, an old .doc LibreOffice: without them the words say which."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Refused, match="Tesseract"):
        read("a.pdf", files.pdf([[]]))
    with pytest.raises(Refused, match="LibreOffice"):
        read("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
