"""Whole documents of our own: who owes what by when, what is asked, what gives nothing; every quote is in the text."""

from __future__ import annotations

import re
import unicodedata

import pytest

from obligations.draft.drafting import draft, draft_passage
from obligations.draft.model import Draft
from obligations.draft.reading.files import read
from obligations.draft.text import Span
from tests.unit.draft import papers


def drafted(text: str) -> Draft:
    return draft(read("van-ban.txt", text.encode()))


def told(found: Draft) -> list[tuple[str, tuple[str, ...], object]]:
    return [(item.at, item.responsible, item.deadline) for item in found.of("obligation")]


def test_a_decision_by_articles() -> None:
    """Điều and khoản, Giao …, a day of the next quarter, a count from the signing, twice a month, weekly, half-yearly."""
    found = drafted(papers.DECISION)
    assert (found.header.number, found.header.kind) == ("812/QĐ-SXD", "quyet-dinh")
    assert told(found) == [
        ("1.1", ("Phòng Quản lý chất lượng xây dựng",), {"before": "2024-04-05"}),
        (
            "1.1",
            ("Phòng Quản lý chất lượng xây dựng",),
            {"every": "quarter", "before": {"month": "1", "day": "10"}, "offset": "1"},
        ),
        ("1.2", ("Thanh tra Sở",), {"after": "issued", "days": "15"}),
        ("1.3", ("Trung tâm Kiểm định xây dựng",), {"rrule": "FREQ=MONTHLY;BYMONTHDAY=10,25"}),
        ("2.1", ("Các chủ đầu tư",), {"rrule": "FREQ=WEEKLY;BYDAY=FR", "at": "16:30"}),
        ("2.2", ("Phòng Kinh tế và Hạ tầng các huyện",), {"every": "half-year", "before": ["06-15", "12-15"]}),
    ]


def test_a_conclusion_with_a_chain_and_a_question() -> None:
    """A sends to B so that B reports: two duties, the second gathers the first; *đầu quý III* is asked."""
    found = drafted(papers.CONCLUSION)
    chain = [item for item in found.of("obligation") if item.at == "4"]
    assert [item.responsible for item in chain] == [
        ("UBND các xã, thị trấn",),
        ("Phòng Lao động - Thương binh và Xã hội",),
    ]
    assert chain[1].collects == (chain[0].id,)
    assert [item.at for item in found.of("question")] == ["5"]
    assert ("3", ("Ban Quản lý dự án huyện",), {"before": "2024-09-02"}) in told(found)
    assert "25/5" not in " ".join(found.stated(item) for item in found.items)


def test_labels_under_an_item_say_the_rest_of_it() -> None:
    """Đơn vị chủ trì, Thời gian, Sản phẩm on lines or in sentences of their own; an aim's date is no duty."""
    found = drafted(papers.LABELLED)
    assert told(found) == [
        ("II.1", ("Bộ phận Một cửa",), {"before": "2025-01-20"}),
        ("II.2", ("Văn phòng UBND phường",), {"within": "2025-Q2"}),
        ("II.2", ("Văn phòng UBND phường",), {"within": "2025-Q4"}),
        ("II.4.a", ("Các bộ phận", "công chức phường"), {"start": "2025-04-01", "by": "2025-06-30"}),
        ("II.4.d", ("Ủy ban nhân dân phường Tân Thành",), {"within": "2025-12"}),
        ("II.5", ("Bộ phận Một cửa",), {"by": "2025-03-07", "start": "2025-03-03"}),
    ]
    assert found.of("obligation")[0].product == "bảng niêm yết"
    assert found.of("obligation")[4].doubts == ("văn bản không nêu rõ ai thực hiện",)


def test_lines_cut_by_width_are_one_sentence_again() -> None:
    """A deadline may be cut by a line's end; the quote keeps the break."""
    found = drafted(papers.WRAPPED)
    assert ("I.3", ("Phòng Hậu cần - Kỹ thuật",), {"before": "2025-02"}) in told(found)
    cut = next(item for item in found.of("obligation") if item.deadline == {"before": "2025-02"})
    assert found.stated(cut) == "trước tháng\n02/2025"
    assert ("I.2", ("Phòng Tham mưu",), {"every": "month", "before": "25", "to": "2025-12"}) in told(found)


def test_a_letter_is_owed_by_those_it_is_addressed_to() -> None:
    """Kính gửi names who owes; a window of figures gives nothing; *khi có yêu cầu* is standing."""
    found = drafted(papers.LETTER)
    owners = {item.responsible for item in found.of("obligation")}
    assert owners == {("Phòng Giáo dục và Đào tạo các huyện, thành phố", "Các trường trung học phổ thông")}
    assert [item.deadline for item in found.of("obligation")] == [
        {"by": "2024-09-30", "start": "2024-09-10"},
        {"before": "2024-10-05"},
        {"by": "2024-09-12", "at": "08:00"},
        {"by": "2024-10-15"},
    ]
    assert [item.trigger for item in found.of("standing")] == ["đột xuất khi có yêu cầu"]


@pytest.mark.parametrize(
    "who",
    [
        "Các cơ quan, đơn vị có tên tại mục Kính gửi",
        "Đối với các đơn vị nêu tại phần Kính gửi",
        "Đối với các cơ quan, đơn vị, địa phương ở mục “Kính gửi”",
    ],
)
def test_those_named_at_kinh_gui_are_its_addressees(who: str) -> None:
    """As a heading over its items, and as who acts in a sentence; another office's item stays its own."""
    body = "\na) Cử 01 cán bộ đầu mối trước ngày 20/9/2024.\n\n2. Văn phòng Sở\n\na) Tổng hợp xong trước ngày 10/10/2024.\n"
    found = drafted(re.sub(r"(?s)1\. Nhập .*?\n\n", f"1. {who}\n{body}\n", papers.LETTER))
    addressed = ("Phòng Giáo dục và Đào tạo các huyện, thành phố", "Các trường trung học phổ thông")
    first, second, *_ = found.of("obligation")
    assert (first.responsible, second.responsible) == (addressed, ("Văn phòng Sở",))


def test_a_marked_passage_knows_them_too() -> None:
    """A person marks a sentence that no duty came from: it means the same units as in the whole document."""
    sentence = "Các đơn vị có tên tại mục Kính gửi cử 01 cán bộ đầu mối trước ngày 20/9/2024."
    found = drafted(papers.LETTER.replace("\n1. Nhập", f"\n{sentence}\n\n1. Nhập"))
    start = found.document.text.index(sentence)
    marked = draft_passage(found.document, found.header, Span(start, start + len(sentence)))
    assert marked is not None
    assert marked.responsible == ("Phòng Giáo dục và Đào tạo các huyện, thành phố", "Các trường trung học phổ thông")
    assert marked.deadline == {"before": "2024-09-20"}


ALL = [
    papers.DECISION,
    papers.CONCLUSION,
    papers.LABELLED,
    papers.WRAPPED,
    papers.LETTER,
    papers.ISSUED,
    papers.PARTY,
    papers.SCHEDULE,
    papers.TO_SEVERAL,
]


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("form", ["NFC", "NFD", "bom", "crlf"])
def test_every_way_of_writing_the_text_gives_the_same_duties(text: str, form: str) -> None:
    """Composed or not, marked or not, whatever the line ends; each quote is a span of the text as it came."""
    written = {
        "NFC": text,
        "NFD": unicodedata.normalize("NFD", text),
        "bom": f"\ufeff{text}",
        "crlf": text.replace("\n", "\r\n"),
    }[form]
    found = draft(read("van-ban.txt", written.encode()))
    assert told(found) == told(drafted(text))
    for item in found.items:
        assert 0 <= item.quote.start < item.quote.end <= len(found.document.text)
        if item.stated:
            assert found.stated(item)


CHARGED = """\
UBND HUYỆN ĐÔNG KHÊ
Số: 31/KH-UBND
Đông Khê, ngày 04 tháng 3 năm 2024
KẾ HOẠCH
Sửa chữa trường lớp

Căn cứ Luật Giáo dục ngày 14/6/2019.
1. Về phòng học
Giao Phòng Tài chính:
a) Bố trí vốn sửa mái, hoàn thành trước ngày l5/4/2024.
b) Kiểm tra hồ sơ thanh toán của các trường và gửi kết quả thẩm định trước ngày
20 - 5 - 2024; quyết toán xong trong tháng 6.
2. Ban Quản lý dự án huyện
- Yêu cầu nhà thầu thay vật liệu, gửi tiến độ từng trường chậm nhất ngày 29/3/2024.
- Đối với các công việc đến hạn trong quý II: hoàn thành trước ngày 10/6/2024.
- Định kỳ mở lớp tập huấn cho bảo vệ trường.
- Phát động thi đua hằng quý.
"""


def test_charges_without_a_number_and_what_is_no_item() -> None:
    """*Giao Phòng X:* is over its letters; a day on the next line is no item; a contractor is set to work, it does not owe."""
    found = drafted(CHARGED)
    office, board = ("Phòng Tài chính",), ("Ban Quản lý dự án huyện",)
    assert told(found) == [
        ("1.a", office, {"before": "2024-04-15"}),
        ("1.b", office, {"before": "2024-05-20"}),
        ("1.b", office, {"within": "2024-06"}),
        ("2", board, {"by": "2024-03-29"}),
        ("2", board, {"before": "2024-06-10"}),
        ("2", board, {"every": "quarter"}),
    ]
    assert [item.doubts for item in found.of("question")] == [("định kỳ nhưng không nêu kỳ và ngày",)]


def test_an_event_is_another_duty_only_where_more_than_a_word_is_shared() -> None:
    """*đợt thi đua* is not the duty that merely speaks of thi đua."""
    text = CHARGED[: CHARGED.index("1. Về")] + (
        "1. Công an huyện đăng ký thi đua trước ngày 10/4/2024.\n"
        "2. Phòng Nội vụ gửi hồ sơ trong vòng 10 ngày kể từ ngày kết thúc đợt thi đua.\n"
    )
    assert told(drafted(text))[1][2] == {"after": "event:dot-thi-dua", "days": "10"}


def test_a_step_named_by_its_heading() -> None:
    """*Bước 1: Chấm vòng loại*, then its time and its owner on lines of their own."""
    text = CHARGED[: CHARGED.index("1. Về")] + (
        "1. Bước 1: Vòng loại\n- Thời gian: Từ ngày 02/5/2024 đến ngày 10/5/2024.\n- Đơn vị thực hiện: Nhà văn hóa huyện.\n"
    )
    assert told(drafted(text)) == [("1", ("Nhà văn hóa huyện",), {"start": "2024-05-02", "by": "2024-05-10"})]


def test_a_page_break_inside_a_sentence() -> None:
    """A blank line, or a page number, does not end a sentence."""
    text = papers.LETTER.replace("Số liệu chốt", "Số liệu chốt").replace(
        "bằng văn bản về Sở (qua Văn phòng) trước", "bằng văn bản về Sở (qua Văn phòng)\n\n2\n\ntrước"
    )
    found = drafted(text)
    assert {"before": "2024-10-05"} in [item.deadline for item in found.of("obligation")]


def test_an_urgent_telegram_is_of_the_hour_it_was_sent() -> None:
    """`hồi 15 giờ 30 phút ngày …` stands where other papers have their day alone."""
    sent = papers.LETTER.replace("Hải Lăng, ngày 05", "Hải Lăng, hồi 15 giờ 30 phút ngày 05")
    assert drafted(sent).header.issued_on == drafted(papers.LETTER).header.issued_on


def test_a_misprinted_year_of_issue_is_left_blank() -> None:
    """No plan was issued in the year 9024: the file asks for the day instead of failing in check."""
    assert drafted(papers.CONCLUSION.replace("tháng 6 năm 2024", "tháng 6 năm 9024")).header.issued_on is None


def test_a_document_without_duties_gives_none() -> None:
    """News, an empty page, a poem."""
    for text in ("", " \n\n", "Tin vắn: hôm nay trời nắng, ngày 12/5/2024, nhiệt độ 30 độ C.\n"):
        if text.strip():
            assert drafted(text).of("obligation") == ()


def test_a_plan_that_a_decision_issues_is_read_on_under_its_signature() -> None:
    """The stage of its title bounds it; the day of the decision is the plan's own."""
    assert told(drafted(papers.ISSUED)) == [
        ("I.1", ("Phòng Nông nghiệp và Phát triển nông thôn",), {"every": "year", "before": "11-20", "to": "2025"}),
        ("I.2", ("UBND các xã",), {"after": "issued", "days": "15"}),
    ]


def test_a_schedule_says_what_then_when() -> None:
    """What, a colon, and the time; days held; a stretch that ends; the day of a feast or of a paper is none of these."""
    found = drafted(papers.SCHEDULE)
    assert told(found) == [
        ("I.1", ("Chi bộ Trường Tiểu học", "Chi bộ Trạm Y tế"), {"within": "2023-Q2"}),
        ("II.1", ("Phòng Văn hóa - Xã hội",), {"by": "2023-05-17", "start": "2023-05-16"}),
        ("II.2", ("Đài Truyền thanh xã",), {"by": "2023-06-30"}),
        ("II.3", ("Công an xã",), {"by": "2023-05-20", "at": "09:00"}),
        ("II.3", ("Văn phòng UBND xã",), {"by": "2023-05-20", "at": "15:00"}),
        ("II.4", ("Các thôn", "tổ dân phố"), {"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2023-06-30"}),
    ]


def test_a_plan_of_the_party() -> None:
    """Items are `1-`; the grounds ask for nothing; a plan of this year and the next ones has no end."""
    found = drafted(papers.PARTY)
    assert found.header.issuer == "Ban Dân vận Huyện ủy Kỳ Sơn"
    assert told(found) == [
        ("I.1", ("Khối Dân vận các xã",), {"before": "2023-04-30"}),
        ("I.2", ("Tổ Tổng hợp của Ban",), {"every": "month", "before": "20"}),
    ]


def test_a_letter_to_several_departments_names_each() -> None:
    """`Các Sở: …` is as many offices; what the grounds say is no duty, what follows the request is."""
    found = drafted(papers.TO_SEVERAL)
    assert found.header.addressees == ("Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "UBND các huyện")
    assert [item.deadline for item in found.of("obligation")] == [{"before": "2024-05-31"}]


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH HẢI LĂNG\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Hải Lăng"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN THÀNH\nPHÒNG KINH TẾ", "Phòng Kinh tế xã Tân Thành"),
        ("UBND XÃ TÂN THÀNH\nVĂN PHÒNG HĐND VÀ UBND", "Văn phòng HĐND và UBND xã Tân Thành"),
        ("ĐẢNG ỦY XÃ TÂN THÀNH", "Đảng ủy xã Tân Thành"),
        ("TỈNH ỦY HẢI LĂNG", "Tỉnh ủy Hải Lăng"),
        ("ỦY BAN MTTQ VIỆT NAM\nXÃ TÂN THÀNH\nBAN THƯỜNG TRỰC", "Ban Thường trực Ủy ban MTTQ Việt Nam xã Tân Thành"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH HẢI LĂNG\nBAN THƯỜNG VỤ", "Ban Thường vụ Liên đoàn Lao động tỉnh Hải Lăng"),
        ("HỘI NÔNG DÂN VIỆT NAM\nHỘI NÔNG DÂN XÃ TÂN THÀNH", "Hội Nông dân xã Tân Thành"),
        ("ĐẢNG ỦY XÃ TÂN THÀNH\nSố 7-CTr/ĐU\nCHƯƠNG TRÌNH HÀNH ĐỘNG", "Đảng ủy xã Tân Thành"),
    ],
)
def test_the_issuer_is_written_out(head: str, issuer: str) -> None:
    """Whose office it is stands above its own name."""
    assert drafted(f"{head}\nSố: 5/KH\n\nKẾ HOẠCH\nlàm việc\n\n1. Họp.\n").header.issuer == issuer


@pytest.mark.parametrize(
    ("under", "title"),
    [
        ("Về việc thành lập Tổ công tác\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Về việc thành lập Tổ công tác"),
        ("Về việc ứng phó bão\nGIÁM ĐỐC SỞ XÂY DỰNG điện:", "Về việc ứng phó bão"),
        ("Phòng, chống dịch\nCOVID-19", "Phòng, chống dịch COVID-19"),
        ("QUY CHẾ LÀM VIỆC CỦA\nỦY BAN NHÂN DÂN XÃ", "QUY CHẾ LÀM VIỆC CỦA ỦY BAN NHÂN DÂN XÃ"),
    ],
)
def test_who_decides_is_no_part_of_the_title(under: str, title: str) -> None:
    """In capitals under the subject of a decision; what is all in capitals goes on."""
    assert drafted(f"UBND TỈNH HẢI LĂNG\nSố: 5/QĐ-UBND\n\nQUYẾT ĐỊNH\n{under}\n\nĐiều 1. Họp.\n").header.title == title


def test_a_time_below_its_duty_that_cannot_be_read_asks_and_leaves_no_other_day() -> None:
    """The duty's own sentence had a day; its label says another without a year that anything tells."""
    found = drafted(
        "KẾ HOẠCH\n\n1. Niêm yết danh mục thủ tục tại trụ sở trước ngày 20/01/2025.\n"
        "- Đơn vị chủ trì: Văn phòng phường\n- Thời gian: trước ngày 31/11\n"
    )
    assert [(item.kind, item.deadline) for item in found.items] == [("question", None)]


def test_a_label_with_nothing_before_its_semicolon_names_nobody() -> None:
    """As a scanner leaves it; found by the fuzzer."""
    lines = "1. Niêm yết danh mục thủ tục tại trụ sở.\n- Đơn vị chủ trì: ;ộ phận Một cửa.\n"
    assert [item.responsible for item in drafted(f"KẾ HOẠCH\n\n{lines}").items] == []


@pytest.mark.parametrize(
    ("line", "deadlines"),
    [
        ("Sơn lại cổng chào, 31/8 phải xong.", ["2024-08-31"]),
        ("Phòng Kinh tế là đầu mối, tháng 12 tổng kết việc làm đường.", ["2024-12"]),
        ("Thay biển tên đường theo Nghị định số 91/2020/NĐ-CP (Phòng Kinh tế - quý III).", ["2024-Q3"]),
        ("Đoàn xã đưa các chỉ tiêu vào quy ước, hoàn thành trong năm 2024.", ["2024"]),
        ("Kết nạp ít nhất 12 hội viên mỗi năm.", ["year"]),
        ("Đến ngày 15/5/2024, 100% cán bộ hoàn thành việc ký cam kết.", ["2024-05-15"]),
        ("Văn phòng trình Chủ tịch xem xét tại phiên họp thường kỳ tháng 4/2024.", ["2024-04"]),
        ("Xã hội hóa đèn đường, thực hiện trong giai đoạn 2024 - 2025.", ["2024-01-01"]),
        ("Sơn vạch kẻ đường 12 tuyến, hoàn thành giai đoạn 2024 - 2025.", ["2024-01-01"]),
        ("Phòng Kinh tế: Quý II trình phương án vốn; quý IV nghiệm thu.", ["2024-Q2", "2024-Q4"]),
        ("Báo cáo kết quả tuyển sinh đợt 1 ngày 20/7, đợt 2 ngày 20/8/2024.", ["2024-07-20", "2024-08-20"]),
        ("Tổ chức hội thi tay nghề - Phòng Kinh tế - Tháng 8/2024.", ["2024-08"]),
        ("Giám sát vệ sinh tay mỗi tháng một lần tại tất cả các khoa.", ["month"]),
        ("Tự kiểm tra máy, thiết bị ít nhất 01 lần trong Tháng hành động.", []),
        # Which report, then its day: one duty.
        (
            "Báo cáo quý I gửi trước ngày 10/3; 6 tháng cuối năm gửi chậm nhất ngày 10/12 hằng năm.",
            ["2024-03-10", "year"],
        ),
        ("Hàng quý, vào ngày làm việc cuối cùng của quý, kế toán đối chiếu công nợ.", []),
        ("Ra quân làm đường từ ngày 05/5; kết thúc ngày 05/6/2024.", ["2024-06-05"]),
        # Which programme, how long a body lasts, what is not to be put off.
        ("Rà soát kế hoạch đầu tư công giai đoạn 2024 - 2025.", []),
        ("Thời gian hoạt động của Tổ giúp việc đến hết ngày 30/6/2024.", []),
        ("Nghiệm thu từng tuyến, không để dồn thanh toán vào cuối năm.", []),
        # Told of weather and of a year that is over.
        ("Hồi 10 giờ ngày 25/9, tâm bão cách bờ 200 km.", []),
        ("Hội đua thuyền năm 2023 diễn ra từ ngày 10/4 đến ngày 12/4, có 30 đội.", []),
    ],
)
def test_what_its_sentence_makes_of_a_day(line: str, deadlines: list[str]) -> None:
    """Words that need not be a deadline, borne out by what stands around them."""
    found = drafted(
        f"UBND XÃ TÂN THÀNH\nSố: 5/KH-UBND\nTân Thành, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nlàm đường\n\n1. {line}\n"
    )
    assert [next(iter((item.deadline or {}).values())) for item in found.of("obligation")] == deadlines
