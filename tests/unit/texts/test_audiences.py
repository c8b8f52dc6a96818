"""What each reader is told, in literal sentences; text and HTML say the same, and nothing of it becomes HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from html import unescape

import pytest

from obligations.domain.plan import Contact, Unit
from obligations.texts.addressee import addressee
from obligations.texts.coordinating import Coordination, Shared
from obligations.texts.draft import Draft, Drafts, Late, Tone
from obligations.texts.duty import Duty, Tally, numbered
from obligations.texts.group import paste, pastes
from obligations.texts.item import News, Supplement
from obligations.texts.leader import Escalation, Urged
from obligations.texts.letter import CHAT_LENGTH, Letter, fitting
from obligations.texts.occasion import Foot, Part
from obligations.texts.overview import Line, Overview, Progress
from obligations.texts.recorded import Record, Recorded
from obligations.texts.review import Review, Waiting
from obligations.texts.unit import Duties
from tests.unit.texts.samples import AT, DUTY, ITEM, LINE, MISSING, OVERDUE, duty, moment, occasion

BACK = Supplement("thiếu biểu 2", date(2022, 11, 24), "512/BC-SKHCN", date(2022, 11, 24), has_day=True)
AGAIN = replace(ITEM, due_on=date(2022, 11, 30), last_working_day=date(2022, 11, 30), working_days=2, supplement=BACK)
MOVED = News("moved", "extended", date(2022, 11, 11), "88/SNV-VP", "Giám đốc Sở Nội vụ", "chờ số liệu")
LEADER = replace(OVERDUE, rung="leader-4", working_days=-4, tally=Tally(DUTY.name, 31, 40))
RECORD = Record("K7-0871", DUTY, date(2022, 11, 25), date(2022, 11, 24), "512/BC-SKHCN", date(2022, 11, 23))
WAITING = Waiting(
    "K7-0871",
    "Sở Y tế",
    DUTY,
    date(2022, 11, 25),
    "512/BC-SYT",
    date(2022, 11, 23),
    date(2022, 11, 24),
    date(2022, 11, 24),
    2,
)
SHARED = Shared(
    DUTY, LINE.due_on, None, 1, LINE.tally, MISSING, lead="Các sở", is_over=True, later=(date(2023, 11, 25),)
)
DRAFT = Draft(
    "common",
    "Sở Nội vụ",
    2022,
    "08 giờ 00 ngày 30/11/2022 (thứ Tư)",
    (LINE,),
    tuple(Late(unit, DUTY.name, LINE.due_on, 3) for unit in MISSING),
    "16 giờ 30 ngày 02/12/2022 (thứ Sáu)",
    "UBND tỉnh",
    AT.foot,
)
PROGRESS = {DUTY.source: (Progress(DUTY.name, LINE.due_on, {"done_in_time": 28, "submitted": 3, "open_overdue": 9}),)}
READ = moment("2022-12-01T08:10")
ON_30 = occasion("2022-11-30T08:00", relation="internal", next_working_day=date(2022, 12, 1))
PARTS: dict[str, Part] = {
    "moved": Duties(occasion(), (replace(ITEM, news=MOVED, original_due_on=date(2022, 11, 11)),)),
    "returned": Duties(occasion("2022-11-29T08:00"), (replace(AGAIN, news=News("returned")),)),
    "supplement": Duties(occasion("2022-11-29T08:00"), (AGAIN,)),
    "reopened": Duties(occasion(), (replace(ITEM, news=News("reopened", before="đã hoàn thành")),)),
    "reassigned": Duties(occasion(), (replace(ITEM, given_to="Sở A", news=News("reassigned", before="Sở A")),)),
    "late": Duties(
        occasion("2022-11-18T08:00"),
        (replace(ITEM, is_late=True, outage=(date(2022, 11, 14), date(2022, 11, 17))),),
    ),
    "collects": Duties(occasion(), (replace(ITEM, collected=(LINE.tally,)),)),
    "digest": Duties(
        occasion("2022-11-28T08:00"), (replace(LEADER, is_late=True), replace(AGAIN, code="K7-0999"), ITEM)
    ),
    "leader": Escalation(
        occasion("2022-12-01T08:30"),
        (Urged(LEADER, (date(2022, 11, 28),), ((moment("2022-11-29T09:20"), "đang trình ký"),), date(2022, 11, 29)),),
    ),
    "leader of several": Escalation(occasion(), (Urged(LEADER), Urged(replace(LEADER, supplement=BACK))), READ),
    "overseer": Overview(occasion(), (LINE,), READ),
    "own leadership": Overview(occasion(), (LINE,), READ, for_leadership=True, progress=PROGRESS),
    "coordinating": Coordination(occasion("2022-11-28T08:00"), (SHARED,)),
    "recorded": Recorded(occasion(), (RECORD,)),
    "recorded several": Recorded(occasion(), (RECORD, replace(RECORD, is_late=True, late_days=2, is_nil=True))),
    "review": Review(occasion(), (WAITING,), 3),
    "drafts": Drafts(ON_30, (DRAFT, replace(DRAFT, tone="superior")), (LINE,), (paste(ON_30, LINE, names_late=True),)),
}


def letter(*parts: Part) -> Letter:
    return Letter(AT, parts)


def plain(html: str) -> str:
    """What a reader of the HTML sees, on one line."""
    body = html.split("</head>")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split()).replace(" .", ".").replace(" ,", ",").lower()


@pytest.mark.parametrize("name", PARTS)
def test_text_and_html_say_the_same(name: str) -> None:
    """Each piece of a line of the text stands in the HTML, each cell and sentence of the HTML in the text."""
    _, text, html = letter(PARTS[name]).render()
    assert html is not None
    seen, lines = plain(html), " ".join(text.split()).lower()
    for line in filter(None, text.splitlines()):
        for piece in re.split(r" \| | – |: ", re.sub(r"^\s*\d+\. |^-+$", "", line)):
            assert piece.strip().rstrip(".").lower() in seen
    for sentence in re.findall(r">([^<>]+)<", html.split("</head>")[1]):
        told = " ".join(unescape(sentence).split()).lower()
        assert told in lines or told in ("mã việc", "nội dung")


@pytest.mark.parametrize("name", PARTS)
def test_no_letter_accuses_or_shows_its_machinery(name: str) -> None:
    """Never *chưa thực hiện*; no word of the code, no empty place, no doubled mark."""
    subject, text, html = letter(PARTS[name]).render()
    short = letter(PARTS[name]).short().text
    for word in ("chưa thực hiện", "None", "rung", "once", " .", " ,", "..", "()", "{{"):
        assert not [body for body in (subject, text, html or "", short) if word in body]


@pytest.mark.parametrize("name", PARTS)
def test_nothing_that_somebody_wrote_becomes_html(name: str) -> None:
    """Titles, units, documents, notes, names: all of them stay text."""
    bad = "<b>x</b>"
    at = replace(AT, to=bad, unit=bad, office=bad, foot=Foot(bad, bad, bad))
    html = Letter(at, (_spoilt(PARTS[name], bad),)).render().html
    assert html is not None
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def _spoilt(part: Part, bad: str) -> Part:
    """The same part, its plan's title written by somebody who means harm."""
    spoilt = replace(DUTY, title=bad, overseer=bad, submit_to=bad, plan_issuer=bad, place=bad, stated=bad)
    match part:
        case Duties():
            items = tuple(replace(item, duty=spoilt, news=_news(item.news, bad)) for item in part.items)
            return replace(part, items=items)
        case Escalation():
            return replace(part, urged=tuple(replace(one, item=replace(one.item, duty=spoilt)) for one in part.urged))
        case Overview():
            return replace(part, shown=tuple(replace(one, duty=spoilt, named=(bad,)) for one in part.shown))
        case Coordination():
            return replace(part, shared=tuple(replace(one, duty=spoilt, lead=bad) for one in part.shared))
        case Recorded():
            return replace(part, records=tuple(replace(one, duty=spoilt, document=bad) for one in part.records))
        case Review():
            return replace(part, results=tuple(replace(one, duty=spoilt, unit=bad) for one in part.results))
        case Drafts():
            return replace(part, drafts=tuple(replace(one, office=bad, late=_late(bad)) for one in part.drafts))
    raise AssertionError(part)


def _news(news: News | None, bad: str) -> News | None:
    return replace(news, document=bad, note=bad, before=bad, granted_by=bad) if news else None


def _late(bad: str) -> tuple[Late, ...]:
    return (Late(bad, bad, date(2022, 11, 25), 3),)


@pytest.mark.parametrize("name", PARTS)
def test_a_chat_text_is_short(name: str) -> None:
    """One line for each duty and one for the answer, whatever the letter is about."""
    said = letter(PARTS[name]).short()
    assert said.html is None
    assert len(said.text) + len(said.subject) + 2 <= CHAT_LENGTH
    assert said.text.endswith("Hỏi: đ/c Mai 0232 000 000.")


def test_a_chat_text_never_grows_beyond_what_the_service_takes() -> None:
    """Sixty duties: those that fit, and how many others; the end, with whom to ask, stays."""
    many = tuple(replace(ITEM, code=f"K7-{number:04}") for number in range(60))
    said = Letter(AT, (Duties(AT, many),)).short()
    assert len(said.text) + len(said.subject) + 2 <= CHAT_LENGTH
    found = re.search(r"… và (\d+) nội dung khác\.", said.text)
    assert found is not None
    assert said.text.count("[K7-") + int(found[1]) == 60
    assert said.text.endswith("Hỏi: đ/c Mai 0232 000 000.")


def test_lines_that_fit_are_left_alone() -> None:
    """Nothing is counted where nothing was left out."""
    assert fitting(["một", "hai"], "hết", 11) == "một\nhai\nhết"
    assert fitting(["một", "hai"], "hết", 10) == "… và 2 nội dung khác.\nhết"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("extended", "Gia hạn do Giám đốc Sở Nội vụ đồng ý, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("taken_back", "Việc gia hạn ghi trước đây được bỏ, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("correction", "Lý do: đính chính hạn đã ghi nhầm, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("amended_by", "Lý do: điều chỉnh kế hoạch, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("fixed_by", "Lý do: ngày cụ thể được ấn định, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("calendar", "Lý do: lịch nghỉ thay đổi, theo văn bản số 88/SNV-VP (chờ số liệu); hạn được tính lại"),
        ("anchor", "Lý do: ngày của mốc dùng để tính hạn thay đổi, theo văn bản số 88/SNV-VP (chờ số liệu)."),
        ("rollback", "Lý do: trở lại hạn đã ghi trước đó."),
    ],
)
def test_every_move_says_why(why: str, words: str) -> None:
    """Old day, new day, the reason with its document."""
    text = letter(Duties(AT, (replace(ITEM, news=replace(MOVED, why=why)),))).render().text
    assert "trước đây là hết ngày 11/11/2022 (thứ Sáu), nay là hết ngày 25/11/2022 (thứ Sáu)." in text
    assert words in text


def test_a_late_letter_with_news_does_not_say_that_the_deadline_stands() -> None:
    """It moved: the sentence of M4 would be untrue."""
    text = letter(Duties(AT, (replace(ITEM, is_late=True, news=MOVED),))).render().text
    assert "lẽ ra gửi ngày 15/11/2022, nay mới đến" in text
    assert "Thời hạn không thay đổi" not in text


def test_a_digest_of_one_kind_of_news_says_so_in_its_subject() -> None:
    """A plan was amended and three duties moved: one letter under that name."""
    items = tuple(replace(ITEM, code=f"K7-000{n}", news=MOVED) for n in (1, 2, 3))
    head = letter(Duties(AT, items)).subject
    assert head == "[Đổi hạn] Sở KH&CN: 3 việc, gần nhất hết ngày 25/11/2022 (thứ Sáu)"


@pytest.mark.parametrize(
    ("relation", "head", "words"),
    [
        ("internal", "[Đề nghị chỉ đạo] 01 việc quá hạn", "Đề nghị đồng chí chỉ đạo gửi trước 16 giờ 30"),
        ("peer", "[Đề nghị chỉ đạo] 01 việc quá hạn", "Kính đề nghị đồng chí quan tâm chỉ đạo gửi trước 16 giờ 30"),
        ("independent", "[Trân trọng đề nghị] Quan tâm gửi", "Trân trọng đề nghị đồng chí quan tâm, cho biết"),
        ("superior", "[Kính trình] Quan tâm gửi", "Kính trình đồng chí xem xét, cho biết thời gian gửi"),
    ],
)
def test_a_leader_is_spoken_to_by_relation(relation: str, head: str, words: str) -> None:
    """Kính trình above, trân trọng đề nghị to the Front; neither is told by when."""
    part = Escalation(occasion(relation=relation), (Urged(LEADER),))
    said = letter(part).render()
    assert said.subject.startswith(head)
    assert words in said.text
    assert ("16 giờ 30" in said.text) == (relation in ("internal", "peer"))


def test_a_leader_reads_of_the_register_only_where_it_was_read() -> None:
    """Else the machine says as of when it knows."""
    read = letter(Escalation(AT, (Urged(LEADER),), READ)).render().text
    unread = letter(Escalation(AT, (Urged(LEADER),))).render().text
    assert "Sở Nội vụ đã rà sổ văn bản đến lúc 08 giờ 10 ngày 01/12/2022 (thứ Năm) và chưa ghi nhận được" in read
    assert "Tính đến 08 giờ 00 ngày 15/11/2022 (thứ Ba), Sở Nội vụ chưa ghi nhận được" in unread
    assert "đã rà sổ" not in unread


def test_an_overview_that_names_some_of_the_late_says_so() -> None:
    """Three have not answered, of one is reported: the others' turn has not come."""
    text = letter(Overview(AT, (replace(LINE, named=MISSING[:1]),))).render().text
    assert "quá 01 ngày làm việc – 03/40 đơn vị chưa gửi, trong đó: Sở Tư pháp." in text


def test_a_plan_with_several_duties_gives_one_draft() -> None:
    """Each duty with its own count; the subject is the plan."""
    other = replace(LINE, duty=replace(DUTY, title="Sơ kết phong trào", period="once", place="V.3"), named=MISSING[:2])
    text = letter(Drafts(ON_30, (replace(DRAFT, lines=(LINE, other)),), (LINE, other), ())).render().text
    assert "V/v đôn đốc thực hiện nhiệm vụ tại Kế hoạch số 123/KH-UBND ngày 08/7/2022 của UBND tỉnh" in text
    assert (
        "2. Sơ kết phong trào (mục V.3), gửi kết quả về Sở Nội vụ, thời hạn hết ngày 25/11/2022 (thứ Sáu): "
        "đã nhận 37/40; còn 03 cơ quan, đơn vị chưa gửi, trong đó 02 cơ quan, đơn vị có tên trong danh sách."
    ) in text
    assert "Tin nhắn nhóm" not in text


def test_a_draft_without_anybody_above_threatens_nothing() -> None:
    """Nobody to report to: no sentence about reporting, no (b/c)."""
    text = replace(DRAFT, told_to="").sheet().as_text()
    assert "Để bảo đảm tiến độ tổng hợp, Sở Nội vụ đề nghị Thủ trưởng" in text
    assert "Sau thời hạn trên" not in text
    assert "Nơi nhận: Như trên; Lưu: VT." in text


@pytest.mark.parametrize("tone", ["independent", "superior"])
def test_a_draft_of_its_own_names_nobody_else(tone: Tone) -> None:
    """The Front and superiors read of themselves alone, without haste."""
    mine = replace(DRAFT, tone=tone, late=(Late("Mặt trận Tổ quốc", DUTY.name, LINE.due_on, 3),))
    text = mine.sheet().as_text()
    assert "Kính gửi: Mặt trận Tổ quốc." in text
    assert "chưa ghi nhận được kết quả của quý cơ quan" in text
    assert "Sở Y tế" not in text
    assert "khẩn trương" not in text
    assert "xem xét, chỉ đạo" not in text


def test_the_group_is_thanked_before_the_day_and_nobody_is_named() -> None:
    """M9: how many have answered; names never, whatever the office wants after the day."""
    text = paste(occasion("2022-11-24T15:00"), LINE, names_late=True)
    assert text.startswith(
        "Kính gửi các đồng chí đầu mối: hạn gửi “Báo cáo phong trào thi đua, năm 2022” về Sở Nội vụ là hết "
        "T6 25/11/2022. Đến 15:00 T5 24/11/2022 đã nhận 37/40, xin cảm ơn."
    )
    assert "Sở Y tế" not in text


@pytest.mark.parametrize(("names_late", "words"), [(True, ": Sở Tư pháp; Sở Y tế; Sở Xây dựng. "), (False, ". ")])
def test_after_the_day_the_group_reads_names_where_the_office_wants_that(names_late: bool, words: str) -> None:  # noqa: FBT001
    """The setting decides."""
    text = paste(occasion("2022-11-28T08:00", next_working_day=date(2022, 11, 29)), LINE, names_late=names_late)
    assert (
        "Đến 08:00 T2 28/11/2022 còn 03/40 đơn vị chưa ghi nhận được “Báo cáo phong trào thi đua, năm 2022” "
        f"(hạn T6 25/11/2022){words}Đề nghị gửi về Sở Nội vụ trước 16:30 T3 29/11/2022"
    ) in text


def test_the_group_is_told_the_hour_and_is_not_thanked_for_nothing() -> None:
    line = replace(LINE, due_at=time(14), tally=Tally(DUTY.name, 0, 40, MISSING))
    text = paste(occasion("2022-11-25T13:59"), line, names_late=True)
    assert "là trước 14 giờ 00 T6 25/11/2022. Đến 13:59 T6 25/11/2022 chưa ghi nhận được kết quả nào. " in text
    assert "còn 40/40 đơn vị chưa ghi nhận" in paste(occasion("2022-11-25T14:00"), line, names_late=True)


def test_the_group_reads_several_duties_in_one_message() -> None:
    """Each with its own day; haste is asked for of what is late."""
    ahead = replace(LINE, due_on=date(2022, 11, 30))
    at = occasion("2022-11-28T08:00", next_working_day=date(2022, 11, 29))
    text = pastes(at, [LINE, ahead], names_late=False)
    assert text.splitlines() == [
        "Kính gửi các đồng chí đầu mối. Đến 08:00 T2 28/11/2022:",
        (
            "1. “Báo cáo phong trào thi đua, năm 2022” gửi về Sở Nội vụ (hạn T6 25/11/2022): còn 03/40 đơn vị chưa ghi "
            "nhận được."
        ),
        "2. “Báo cáo phong trào thi đua, năm 2022” gửi về Sở Nội vụ, hạn hết T4 30/11/2022: đã nhận 37/40, xin cảm ơn.",
        (
            "Nội dung quá hạn đề nghị gửi trước 16:30 T3 29/11/2022. Các đơn vị còn lại quan tâm gửi sớm; "
            "đơn vị đã gửi mà chưa thấy phản hồi xin nhắn số văn bản. Trân trọng!"
        ),
    ]
    assert pastes(at, [LINE], names_late=False) == paste(at, LINE, names_late=False)
    many = pastes(at, [LINE] * 100, names_late=True)
    assert len(many) <= CHAT_LENGTH
    assert "nội dung khác." in many
    assert "\n… và 7 nội dung khác.\n" in pastes(at, [LINE], names_late=True, more=7)


UNIT = Unit("so-khcn", "Sở Khoa học và Công nghệ", "Sở KH&CN", "peer", 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Giám đốc", "Đồng chí Giám đốc Sở Khoa học và Công nghệ"),
        ("Phó Giám đốc Thường trực", "Đồng chí Phó Giám đốc Thường trực Sở Khoa học và Công nghệ"),
        ("Giám đốc Sở KH&CN", "Đồng chí Giám đốc Sở Khoa học và Công nghệ"),
        ("Giám đốc Sở Khoa học và Công nghệ", "Đồng chí Giám đốc Sở Khoa học và Công nghệ"),
        ("Nguyễn Văn An", "Đồng chí Nguyễn Văn An, Sở Khoa học và Công nghệ"),
        ("Đ/c Nguyễn Văn An", "Đồng chí Nguyễn Văn An, Sở Khoa học và Công nghệ"),
    ],
)
def test_a_leader_is_addressed_by_office_and_full_name_of_the_unit(name: str, words: str) -> None:
    """Never by initials, never twice."""
    assert addressee(Contact("x", "so-khcn", name, "leader"), UNIT) == words


def test_a_document_is_named_once() -> None:
    """A bare number becomes văn bản số …; whoever wrote the kind is quoted."""
    assert numbered("512/BC-SKHCN") == "văn bản số 512/BC-SKHCN"
    assert numbered("09-NQ/TU") == "văn bản số 09-NQ/TU"
    assert numbered("Công văn 45/UBND-VX") == "Công văn 45/UBND-VX"
    assert Duty.named("Báo cáo", "2023-H1") == "Báo cáo, 6 tháng đầu năm 2023"


def test_an_item_of_another_plan_keeps_its_contact() -> None:
    """Whom to ask is named beside the duty where it is not the foot's."""
    text = letter(Duties(AT, (duty(replace(ITEM, ask=Foot("đ/c Tám", "", "")), title="Khác"),))).render().text
    assert "Đầu mối của việc này: đ/c Tám." in text


def test_a_line_counts_at_least_one_day() -> None:
    """On the first day off after the deadline no working day has passed, and yet it is over."""
    assert Line(DUTY, LINE.due_on, None, 0, LINE.tally, ()).late_by == "01 ngày làm việc"


def test_the_word_before_a_contact_is_not_said_twice() -> None:
    """*Đầu mối: Đầu mối Văn phòng* is how offices name their desks."""
    assert Foot("Đầu mối Văn phòng Sở Nội vụ", "0900", "").words == "Văn phòng Sở Nội vụ, ĐT 0900"


def test_an_extension_of_a_returned_result_keeps_what_is_lacking_in_sight() -> None:
    """The date moved; what is to be supplied did not."""
    text = letter(Duties(AT, (replace(AGAIN, news=MOVED),))).render().text
    assert "nay là hết ngày 30/11/2022" in text
    assert "Nội dung bổ sung: thiếu biểu 2." in text
