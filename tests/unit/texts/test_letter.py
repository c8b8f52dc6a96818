"""What a letter to a unit says: addressee, dates with their weekday, the plan's words, what to do, whom to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from obligations.texts.occasion import Foot
from tests.unit.texts.samples import ITEM, duty, letter


def test_a_reminder_before_the_day_says_all_that_is_needed() -> None:
    """Kính gửi first, by full name; the duty, the plan's words with place and number, the day with its weekday."""
    head, text, html = letter().render()
    assert head == "[Nhắc việc K7-0871] Báo cáo phong trào thi đua, năm 2022, hạn hết ngày 25/11/2022 (thứ Sáu)"
    assert text.startswith("Kính gửi: Sở Khoa học và Công nghệ.")
    for words in (
        "mục VI.3 Kế hoạch số 123/KH-UBND ngày 08/7/2022 của UBND tỉnh, ghi “chậm nhất ngày 25/11 hàng năm”",
        "hết ngày 25/11/2022 (thứ Sáu); tính từ hôm nay 15/11/2022 còn 09 ngày làm việc, kể cả hôm nay và ngày cuối",
        "gửi về Sở Nội vụ",
        "chưa ghi nhận được",
        "đ/c Mai, ĐT 0232 000 000",
        "Thư nhắc tự động, không thay văn bản đôn đốc",
    ):
        assert words in text
    assert "<strong>Sở Khoa học và Công nghệ</strong>" in html


def test_a_machine_never_says_that_nothing_was_done() -> None:
    """It says what it has not recorded, as of an hour; and the words of its own inside never appear."""
    for now in ("2022-11-15T08:00", "2022-11-25T08:00", "2022-11-28T08:00"):
        _, text, html = letter(replace(ITEM, working_days=-1 if "28" in now else 1), now=now).render()
        for word in ("chưa thực hiện", "None", "rung", "once", "null"):
            assert word not in text
            assert word not in html


def test_the_last_day_asks_for_the_afternoon_and_still_counts_the_whole_day() -> None:
    """M2: hạn hết hôm nay; before closing time, though until midnight it is on time."""
    head, text, _ = letter(replace(ITEM, rung="before-0", working_days=1), now="2022-11-25T08:00").render()
    assert head == "[Đến hạn K7-0871] Báo cáo phong trào thi đua, năm 2022, hạn hết hôm nay, thứ Sáu 25/11/2022"
    assert "gửi trước 16 giờ 30" in text
    assert "gửi đến hết ngày vẫn tính đúng hạn" in text


def test_a_last_day_off_keeps_the_date_and_names_the_working_day() -> None:
    """Saturday 25/11/2023: the rung leaves on Friday, the deadline stays."""
    item = replace(
        ITEM,
        due_on=date(2023, 11, 25),
        day_off="thứ Bảy",
        last_working_day=date(2023, 11, 24),
        rung="before-0",
        working_days=1,
    )
    head, text, _ = letter(item, now="2023-11-24T08:00").render()
    assert "hạn hết ngày 25/11/2023 (thứ Bảy)" in head
    assert "ngày nghỉ (thứ Bảy); hạn giữ nguyên" in text
    assert "ngày làm việc cuối trước hạn, 24/11/2023 (thứ Sáu)" in text


def test_overdue_counts_working_days_and_gives_a_new_hour() -> None:
    """M3: quá hạn 01 ngày làm việc; asked for by closing time of the next working day."""
    item = replace(ITEM, rung="overdue-1", rung_on=date(2022, 11, 28), working_days=-1)
    head, text, _ = letter(item, now="2022-11-28T08:00", next_working_day=date(2022, 11, 29)).render()
    assert head == "[Quá hạn 01 ngày làm việc K7-0871] Báo cáo phong trào thi đua, năm 2022 (hạn 25/11/2022)"
    assert "08 giờ 00 ngày 28/11/2022 (thứ Hai), Sở Nội vụ chưa ghi nhận được" in text
    assert "trước 16 giờ 30 ngày 29/11/2022 (thứ Ba)" in text


def test_a_late_reminder_says_so_and_apologises() -> None:
    """M4: which day it should have left, and that the deadline stands."""
    head, text, _ = letter(replace(ITEM, is_late=True, working_days=6), now="2022-11-18T08:00").render()
    assert head.startswith("[Nhắc muộn K7-0871]")
    assert "lẽ ra gửi ngày 15/11/2022" in text
    assert "Thời hạn không thay đổi" in text


def test_a_before_rung_that_leaves_after_the_day_is_worded_as_overdue() -> None:
    """The engine slept over the deadline: nobody is told of days that are gone."""
    head, text, _ = letter(replace(ITEM, is_late=True, working_days=-1), now="2022-11-28T08:00").render()
    assert head.startswith("[Quá hạn 01 ngày làm việc")
    assert "chưa được báo lên cấp trên" in text


def test_an_hour_is_printed_where_the_plan_states_one() -> None:
    """trước 14 giờ: the hour stands in the subject and the text, and after it the duty is overdue."""
    item = replace(ITEM, due_at=time(14), working_days=1, rung="before-0")
    assert letter(item, now="2022-11-25T08:00").subject.endswith("hạn trước 14 giờ 00 hôm nay, thứ Sáu 25/11/2022")
    assert letter(item, now="2022-11-25T14:30").subject.startswith("[Quá hạn")


def test_an_empty_number_or_date_is_never_printed() -> None:
    """A draft without number and day is named by its title alone."""
    _, text, _ = letter(duty(ITEM, plan_number=None, plan_issued_on=None)).render()
    assert "Kế hoạch “Phong trào thi đua” của UBND tỉnh" in text
    assert "số  " not in text


def test_an_assumed_day_is_called_assumed() -> None:
    """Whoever reads it knows that the plan did not name the day."""
    _, text, _ = letter(duty(ITEM, assumed=True)).render()
    assert "không nêu ngày cụ thể" in text


@pytest.mark.parametrize(
    ("relation", "verb"),
    [
        ("internal", "Yêu cầu đơn vị"),
        ("subordinate", "Đề nghị quý cơ quan"),
        ("peer", "Đề nghị quý cơ quan"),
        ("independent", "Trân trọng đề nghị quý cơ quan"),
    ],
)
def test_the_verb_follows_the_relation(relation: str, verb: str) -> None:
    """Yêu cầu inside, đề nghị to peers and below, trân trọng đề nghị to the Front and unions."""
    _, text, _ = letter(relation=relation).render()
    assert verb in text


def test_a_digest_lists_the_overdue_first() -> None:
    """M8: one letter for several duties, by deadline, what is overdue on top; the codes to answer with."""
    overdue = replace(ITEM, code="K7-0902", due_on=date(2022, 11, 10), working_days=-3, rung="overdue-2")
    head, text, html = letter(ITEM, overdue).render()
    assert head == "[Quá hạn] Sở KH&CN: 2 việc, 01 việc quá hạn, gần nhất hết ngày 25/11/2022 (thứ Sáu)"
    assert text.index("K7-0902") < text.index("K7-0871")
    assert "cùng nơi nhận, cùng hạn" not in text, "their days differ"
    assert "gửi việc quá hạn trước 16 giờ 30 ngày 16/11/2022 (thứ Tư)" in text
    assert html.count("<table") == 2, "a card for each, readable on a telephone"


def test_a_digest_names_the_codes_that_one_document_can_answer() -> None:
    """Only duties with the same receiver and the same day; and what ends today stands in the subject."""
    other = replace(ITEM, code="K7-0902")
    later = replace(ITEM, code="K7-0950", due_on=date(2022, 12, 1))
    head, text, _ = letter(ITEM, other, later, now="2022-11-25T08:00").render()
    assert head == "[Đến hạn] Sở KH&CN: 3 việc, 02 việc hết hôm nay, thứ Sáu 25/11/2022"
    assert "Các việc K7-0871, K7-0902 cùng nơi nhận, cùng hạn" in text


def test_superiors_and_the_front_are_not_urged() -> None:
    """Kính đề nghị … quan tâm: no haste, no list of the late."""
    item = replace(ITEM, rung="overdue-1", working_days=-1)
    for relation, verb in (("superior", "Kính đề nghị"), ("independent", "Trân trọng đề nghị")):
        _, text, _ = letter(item, now="2022-11-28T08:00", relation=relation).render()
        assert f"{verb} quý cơ quan quan tâm" in text
        assert "khẩn trương" not in text
        assert "danh sách đôn đốc" not in text


def test_what_an_office_wrote_cannot_become_html() -> None:
    """A title with brackets stays text."""
    _, _, html = letter(duty(ITEM, title="<script>alert(1)</script>")).render()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("now", ["2022-11-15T08:00", "2022-11-25T08:00", "2022-11-28T08:00"])
def test_no_sentence_lets_html_through(now: str) -> None:
    """Titles, places and names stand in sentences too, single and digest; nowhere do they become HTML."""
    bad = duty(ITEM, title="<b>t</b>", overseer="<b>o</b>", submit_to="")
    bad = replace(bad, ask=Foot("<b>n</b>", "", ""), is_late=True)
    for items in ((bad,), (bad, replace(bad, code="K7-0902"))):
        _, _, html = letter(*items, now=now, foot=Foot("<b>f</b>", "", "")).render()
        assert "<b>" not in html
        assert "&lt;b&gt;o&lt;/b&gt;" in html


def test_a_duty_heard_of_first_is_given_whatever_the_rung() -> None:
    """The notice gave way to before-10 of the same day: the letter assigns, and misses nothing."""
    head, text, _ = letter(replace(ITEM, is_first=True)).render()
    assert head.startswith("[Nhắc việc K7-0871]")
    assert "trân trọng thông tin nội dung do quý cơ quan chủ trì:" in text
    assert "cho biết đã tiếp nhận" in text
    assert "chưa ghi nhận được" not in text


def test_a_digest_says_the_state_of_each_duty_in_text_and_table() -> None:
    """M8: tình trạng, product, what follows; the table says no less than the text."""
    new = replace(ITEM, code="K7-0902", rung="notice", later=(date(2023, 11, 25), date(2024, 11, 25)))
    new = duty(new, product="đề án")
    late = replace(ITEM, code="K7-0903", due_on=date(2022, 11, 11), working_days=-2, rung="overdue-2")
    today = replace(ITEM, code="K7-0904", due_on=date(2022, 11, 15), working_days=1, rung="before-0")
    _, text, html = letter(replace(ITEM, working_days=5), new, late, today).render()
    for words in ("mới giao", "quá hạn 02 ngày làm việc", "còn 05 ngày làm việc", "đến hạn hôm nay"):
        assert f"Tình trạng: {words}." in text
        assert f">{words}</td>" in html
    assert "Tình trạng</th>" in html
    assert "đề án; gửi về" in html
    for body in (text, html):
        assert "25/11/2023, 25/11/2024" in body


def test_a_table_names_the_last_working_day_too() -> None:
    """A digest's table keeps the date and says which working day is the last, as the text does."""
    item = replace(ITEM, due_on=date(2023, 11, 25), day_off="thứ Bảy", last_working_day=date(2023, 11, 24))
    _, text, html = letter(item, replace(item, code="K7-0902"), now="2023-11-15T08:00").render()
    for body in (text, html):
        assert body.count("ngày làm việc cuối trước hạn, 24/11/2023 (thứ Sáu)") == 2


def test_past_its_hour_no_day_is_left() -> None:
    """trước 14 giờ, written at half past two: overdue everywhere, never còn 01 ngày."""
    item = replace(ITEM, due_at=time(14), working_days=1, rung="before-0")
    _, text, _ = letter(item, now="2022-11-25T14:30").render()
    assert "còn 01" not in text
