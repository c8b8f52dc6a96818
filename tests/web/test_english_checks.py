"""In English the faults of a configuration's files are English: in the editor, in what would be applied."""

from __future__ import annotations

import re

import pytest

from obligations.config.load import load_folder
from obligations.domain.errors import Problem, Refused
from obligations.web.english import english
from obligations.web.remedies import told
from tests.offices import Office, obligation
from tests.unit.config.base_office import TODAY, loaded, spoil
from tests.unit.config.test_load_errors import BROKEN, DATES, MISSING, NAMES, TWICE, TYPES, UNKNOWN_KEYS, VALUES
from tests.web.conftest import Open, faults, picture
from tests.web.sentences import PROBLEMS, ROOT, Module
from tests.web.site import Site
from tests.web.test_english_refusals import MARKED
from tests.web.test_remedies import COMMAND

PLAN = "plans/ke-hoach.yaml"


@pytest.fixture
def bureau(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def in_english(one: Problem) -> str:
    return f"{english(one.message)} → {english(one.fix)}"


def test_every_fault_that_a_file_can_have_is_english_but_for_what_the_file_says() -> None:
    rows = [*UNKNOWN_KEYS, *MISSING, *NAMES, *TWICE, *DATES, *VALUES, *TYPES, *BROKEN]
    assert len(rows) > 150
    left = {}
    for file, old, new, _ in rows:
        texts, _ = spoil(file, old, new)
        for one in loaded(texts).errors:
            words = re.findall(r"\w+", in_english(one))
            if marked := [word for word in words if MARKED.search(word.lower()) and word not in texts[file]]:
                left[str(one)] = marked
    assert left == {}


def test_no_fault_of_a_file_sends_to_a_terminal() -> None:
    """It is shown as it is: pages have no other words for it."""
    modules = [Module(path) for path in ROOT.rglob("*.py")]
    said = {words: where for one in modules for where, words in one.sentences(PROBLEMS)}
    assert len(said) > 150
    assert {words: where for words, where in said.items() if COMMAND.search(words)} == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("thay thế vòng tròn: a thay b thay a.", "Plans that replace one another in a ring: a replaces b replaces a."),
        ("kế thừa vòng tròn: a chuyển sang a.", "Units that succeed one another in a ring: a passes to a."),
        ("cần người quyết định: Ghi ngày nào, thuộc quý nào?", "A person must decide: Ghi ngày nào, thuộc quý nào?"),
        ("giao cho chưa-ghi và 3 mục khác", "give it to chưa-ghi and 3 others"),
        ("kế thừa: chưa ghi successor", "carried on by: no successor is named"),
        ("không đọc được tệp (không có quyền).", "The file cannot be read (no right to)."),
        ("Cổng “0” không hợp lệ.", "The port “0” is not valid."),
        ("có phải phai-chi?", "is it phai-chi?"),
        ('đặt cả câu trong ngoặc kép: stated: "chờ, ghi"', 'put the whole sentence in quotes: stated: "chờ, ghi"'),
    ],
)  # fmt: skip
def test_what_varies_is_carried_over(words: str, said: str) -> None:
    """What a person wrote as it stands; what leads to what, and why a machine would not, in English."""
    assert english(words) == said


def test_a_long_value_is_cut_and_still_told(bureau: Office) -> None:
    bureau.write(PLAN, (bureau.folder / PLAN).read_text("utf-8").replace("2022-12-20", "x" * 400))
    (one,) = load_folder(bureau.folder, TODAY).errors
    assert len(one.message) < 250
    assert one.message.endswith("x không phải ngày đầy đủ.")
    assert in_english(one).endswith("x is no whole day. → write year-month-day, as 2022-07-20")


def test_a_refusal_that_repeats_a_fault_is_english(bureau: Office) -> None:
    bureau.write(PLAN, (bureau.folder / PLAN).read_text("utf-8").replace("responsible: cac-so", "responsible: cac-xo"))
    with pytest.raises(Refused) as one:
        load_folder(bureau.folder, TODAY).required()
    assert re.fullmatch(
        r"plans/ke-hoach\.yaml:\d+:\d+: There is no unit or group cac-xo\. → is it cac-so\? See all errors in .*",
        english(told(one.value)),
    )
    bureau.write("units.yaml", "units:\n")
    with pytest.raises(Refused) as two:
        load_folder(bureau.folder, TODAY).required()
    assert english(told(two.value)).startswith("units.yaml:1:7: units is left blank. → write a value after units:")


def test_the_editor_and_the_changes_say_it_in_english(bureau: Office, site: Site, opened: Open) -> None:
    plan = (bureau.folder / PLAN).read_text("utf-8")
    page = opened("/", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Tracking board").wait_for()
    page.goto(f"/cau-hinh/tep?ten={PLAN}")
    page.get_by_label("Text (YAML)").fill(plan.replace("overseer:", "overser:", 1))
    page.get_by_text("There is no key overser here. → is it overseer?").wait_for()
    page.get_by_text("The key overseer is missing. → add overseer:").wait_for()
    assert faults(page) == []
    picture(page, "english-cau-hinh-loi")
    page.get_by_role("button", name="Save the draft").click()
    page.goto("/cau-hinh/thay-doi")
    page.get_by_text("There is no key overser here. → is it overseer?").wait_for()
    picture(page, "english-cau-hinh-thay-doi")
    client = site.client("thu-ky")
    assert "khóa overser không có ở đây." in client.get("/cau-hinh/thay-doi").text
