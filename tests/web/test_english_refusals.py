"""In English a refusal is English: every sentence that the source can say to a page has its English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from obligations.cases.configuring import telling
from obligations.domain.errors import _REASONS, Refused
from obligations.web.english import english
from obligations.web.english.sentences import WORDS, told
from obligations.web.remedies import REMEDIES, told_to_units
from obligations.web.remedies import told as in_vietnamese
from tests.offices import Office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.sentences import HOLE, ROOT, Module
from tests.web.site import Site
from tests.web.test_english import TEMPLATES
from tests.web.test_remedies import COMMAND

# What only commands and flows meet.
ELSEWHERE = (
    "cli/", "flows/", "channels/bounce_mailbox", "channels/mime", "channels/redirect", "cases/upkeep/",
    "cases/sending/testing", "cases/sending/bounce_reports", "cases/sending/writer", "store/restoring", "web/__main__",
    "config/json_schema", "config/template",
)  # fmt: skip
# Sentences of others, passed on: a file's problem, a field's two sentences, why a reminder is not owed (below).
PASSED_ON = {"", ".", "{}", "{} {}", "{}: {}", "{}.", "{} {}.", "{}…{}"}
MARKED = re.compile(r"[à-ỹđ]")


@pytest.fixture
def bureau(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def said() -> dict[str, str]:
    """Every sentence that a page can show, and where it is said."""
    modules = (Module(path) for path in ROOT.rglob("*.py"))
    found = {words: where for one in modules if not one.name.startswith(ELSEWHERE) for where, words in one.sentences()}
    return {words: where for words, where in found.items() if not COMMAND.search(words)}


def test_every_refusal_of_a_page_has_its_english() -> None:
    sentences = said()
    assert len(sentences) > 300
    missing = {words: where for words, where in sentences.items() if words not in PASSED_ON and not is_english(words)}
    assert missing == {}


def is_english(words: str) -> bool:
    """What fills a hole, a name or a number, stays; all else is English."""
    filled = [words.replace(HOLE, one) for one in ("K1", "7")]
    return any(_is_english(words, one) for one in filled)


def _is_english(words: str, filled: str) -> bool:
    found = english(filled)
    return found != filled and (words in WORDS or not MARKED.search(found.lower()))


@pytest.mark.parametrize("words", [*REMEDIES.values(), *_REASONS.values(), "Cần sửa, xin gọi đầu mối."])
def test_what_a_page_says_instead_has_its_english(words: str) -> None:
    assert words in WORDS


def test_no_sentence_is_swallowed_by_another() -> None:
    """Each, with something in its holes, comes to its own English."""
    for words, sentence in WORDS.items():
        if "." in words or HOLE not in words:
            filled, said = (one.replace(HOLE, "K1-0001").replace("{#}", "7") for one in (words, sentence))
            assert told(filled) == said, words


def test_no_template_shows_a_refusal_untranslated() -> None:
    for path in TEMPLATES.rglob("*.html"):
        shown = re.findall(r"(?<!/)\{\{[^}]*(?:\| *told\b|\.message\b|faults\[)[^}]*\}\}", path.read_text("utf-8"))
        assert [one for one in shown if "_(" not in one] == [], path.name


def test_what_stands_in_holes_is_carried_over_or_english_itself() -> None:
    refused = Refused("future", "ngày 31/12/2029 chưa đến.", "Hôm nay là 28/11/2022.")
    assert english(in_vietnamese(refused)) == "31/12/2029 is still to come. Today is 28/11/2022."
    assert english(told_to_units(refused)) == "31/12/2029 is still to come. Today is 28/11/2022."
    full = Refused("unwritable", "không ghi được plans/a.yaml (đĩa đầy).", "Xem chỗ trống và quyền ghi trên đĩa.")
    assert english(in_vietnamese(full)).startswith("plans/a.yaml cannot be written (the disk is full). See the disk")
    silent = "bản nháp dời hạn đã ghi sổ: “Báo cáo”; bỏ việc đang theo dõi: “Rà soát”."
    assert english(silent) == "The draft moves recorded deadlines: “Báo cáo”; leaves out what is followed: “Rà soát”."
    assert english("http://a:1, còn chạy lúc 01:42 29/11/2026") == "http://a:1, alive at 01:42 29/11/2026"
    assert english("01:42 29/11/2026: 0 đã gửi, 1 lỗi, 2 đang chờ") == "01:42 29/11/2026: 0 sent, 1 failed, 2 waiting"
    assert english("xong 01:42 29/11/2026") == "done 01:42 29/11/2026"
    assert english("K1-0001 đơn vị đã gửi") == "K1-0001: the unit has sent it"


def test_a_difference_is_told_in_english() -> None:
    """Its reasons and what to beware of; a title and a unit's name as they stand."""
    told = {
        "sửa lỗi: gõ nhầm": "a correction: gõ nhầm",
        "điều chỉnh theo 9/QĐ": "amended by 9/QĐ",
        "9/QĐ ấn định": "set by 9/QĐ",
        "khôi phục bản 2": "back to version 2",
        "Báo cáo: 25/11/2022 (thứ Sáu), còn 3 ngày làm việc (Sở Y tế)": (
            "Báo cáo: 25/11/2022 (Friday), 3 working days left (Sở Y tế)"
        ),
        "Báo cáo: 25/11/2022 (thứ Sáu), còn 3 ngày làm việc (12 đơn vị)": (
            "Báo cáo: 25/11/2022 (Friday), 3 working days left (12 units)"
        ),
        "19/07/2022 → chờ mốc": "19/07/2022 → waiting for its event",
    }
    assert {words: english(words) for words in told} == told
    source = Module(Path(str(telling.__file__)))
    ours = {words for _, words in source.sentences({"Ours": slice(1)}) if words != HOLE}
    assert {words for words in ours if not is_english(words)} == set()
    assert len(ours) >= 7


def test_pages_refuse_in_english(bureau: Office, site: Site, opened: Open) -> None:
    """The secretariat's, a login, a form too long, what moves a deadline; dates as everywhere."""
    client = site.client("thu-ky")
    client.cookies.set("dondoc_lang", "en")
    late = client.post("/viec/K1-0001/ket-qua", data={"on": "31/12/2029", "document": "1/BC"})
    assert "31/12/2029 is still to come. Today is 28/11/2022." in late.text
    assert 'value="1/BC"' in late.text
    assert ("Tiếng Việt: sau khi gửi biểu mẫu" in late.text, "/ngon-ngu" in late.text) == (True, False)
    assert "/ngon-ngu" in client.get("/viec/K1-0001").text
    assert "There is no duty K9-9999. Look for it on the Tracking board." in client.get("/viec/K9-9999").text
    assert "“x” is no month of the calendar." in client.get("/lich?thang=x").text
    assert "“x” is no day. Write it as 20/7/2022." in client.get("/nhat-ky?tu=x").text
    assert (
        "The form is too long: 301 KB, the most is 200 KB. Nothing was written. Go back"
        in client.post("/giao-viec", data={"title": "a" * 300_000}).text
    )
    given = client.post("/giao-viec", data={"title": "", "deadline": "bao giờ cũng được"}).text
    assert "What to do is not given. Shortly, as: Báo cáo kết quả rà soát." in given
    plan = (bureau.folder / "plans/ke-hoach.yaml").read_text("utf-8")
    bureau.write("plans/ke-hoach.yaml", plan.replace("2022-12-20", "2022-12-27"))
    moved = client.post("/cau-hinh/ap-dung", data={"seen": "x"}).text
    assert "Look at the changes again, then apply." in moved
    assert "The draft moves recorded deadlines: “Việc bao-cao”" in moved
    assert "no reason given" in moved
    assert 'name="tiep" value="/cau-hinh/thay-doi"' in moved, "nothing was typed: the switch looks anew"
    assert "Give the reason beside deadline: moved: {correction: lý do}" in moved
    page = opened("/viec/K1-0001", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="K1-0001").first.wait_for()
    page.goto("/lich?nam=3000")
    page.get_by_text("“3000” is no year of the calendar.").wait_for()
    picture(page, "english-tu-choi")
    assert faults(page) == []


def test_a_refused_form_keeps_what_was_typed_from_the_switch(opened: Open) -> None:
    """Switching asks for the page anew, without what was typed: so it waits, and says so to whom it concerns."""
    page = opened("/viec/K1-0001", "thu-ky", PHONE)
    page.get_by_text("Đơn vị đã gửi kết quả").click()
    form = page.locator("form[action$='/ket-qua']")
    form.locator("[name=document]").fill("1/BC")
    form.locator("[name=on]").fill("31/12/2029")
    form.get_by_role("button").click()
    page.get_by_text("English: after you send this form").wait_for()
    picture(page, "chua-doi-tieng")
    assert page.get_by_role("button", name="English").count() == 0
    assert form.locator("[name=document]").input_value() == "1/BC"
    assert fits(page)
    assert faults(page) == []
