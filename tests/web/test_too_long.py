"""A text too long for a file or a form is not lost: the page says so before it is sent, or the browser has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from obligations.cases.configuring import files
from tests.offices import Office, obligation
from tests.web.conftest import Open, faults, picture

PLAN = "plans/ke-hoach.yaml"
EDITOR = f"/cau-hinh/tep?ten={PLAN}"


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def paste(text: Locator, words: str) -> None:
    """Megabytes at once: typed key by key into an editor they would be laid out again and again."""
    text.evaluate(
        "(one, words) => { one.value = words; one.dispatchEvent(new Event('input', {bubbles: true})) }", words
    )


@pytest.mark.parametrize(
    ("language", "told", "save"),
    [
        ("vi", "Nội dung dài 2,2 MB, một tệp nhiều nhất 2 MB. Chưa gửi gì, nội dung còn nguyên", "Lưu bản nháp"),
        ("en", "The text has 2.2 MB, a file at most 2 MB. Nothing was sent", "Save the draft"),
    ],
)
def test_a_text_too_long_for_a_file_is_not_sent(
    followed: Office, opened: Open, language: str, told: str, save: str
) -> None:
    page = opened(EDITOR, "thu-ky")
    page.context.add_cookies([{"name": "dondoc_lang", "value": language, "url": page.url}])
    page.reload()
    plan, text, sent = (followed.folder / PLAN).read_text("utf-8"), page.locator("#text"), []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    long = plan + f"# {'ế' * 1_000}\n" * 720  # a letter of three bytes: fewer letters than the limit has bytes
    paste(text, long)
    for press in (save, {"vi": "Kiểm tra", "en": "Check"}[language]):
        page.get_by_role("button", name=press).click()
        page.get_by_role("alert").get_by_text(told).wait_for()
    assert text.evaluate("one => one.value.length") == len(long)
    assert sent == []
    assert faults(page) == []
    picture(page, f"cau-hinh-dai-qua-{language}")
    text.fill(f"{plan}# ngắn lại\n")
    page.get_by_role("button", name=save).click()
    page.get_by_role("status").wait_for()
    assert (followed.folder / PLAN).read_text("utf-8") == f"{plan}# ngắn lại\n"


def test_without_a_script_the_refusal_says_to_go_back_and_the_text_is_there(followed: Office, opened: Open) -> None:
    page = opened(EDITOR, "thu-ky", script=False)
    long = "a" * 6_500_000
    paste(page.get_by_label("Nội dung (YAML)"), long)
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_text("biểu mẫu dài quá: 6501 KB, nhiều nhất 6200 KB. Chưa ghi gì. Bấm Quay lại").wait_for()
    picture(page, "bieu-mau-dai-qua")
    page.go_back()
    assert len(page.get_by_label("Nội dung (YAML)").input_value()) == len(long)


def test_what_a_browser_brings_back_does_not_overwrite_what_was_saved_since(followed: Office, opened: Open) -> None:
    """Typed, left, saved by somebody else, gone back to: it counts as typed over the file as it was then."""
    page = opened(EDITOR, "thu-ky")
    page.on("dialog", lambda one: one.accept())
    text, plan = page.get_by_label("Nội dung (YAML)"), (followed.folder / PLAN).read_text("utf-8")
    text.fill(f"{plan}# của tôi\n")
    page.goto("/cau-hinh")
    files.save(followed.app, PLAN, f"{plan}# của người kia\n", files.fingerprint(plan))
    page.go_back()
    assert text.input_value() == f"{plan}# của tôi\n"
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_text("Có người khác vừa lưu tệp này.").wait_for()
    assert (followed.folder / PLAN).read_text("utf-8") == f"{plan}# của người kia\n"
