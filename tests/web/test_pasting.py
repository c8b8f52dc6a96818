"""Chép tin Zalo: the text is read, copied and pasted, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office, new_office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site

PATH = "/chep-tin-zalo"


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """One duty is late since 18/11, two are due this week, on 28/11."""
    made = new_office(tmp_path, ledger)
    made.plan(
        obligation("bao-cao", "{by: 2022-11-18}"),
        obligation("thong-ke", "{by: 2022-11-30}"),
        obligation("so-ket", "{by: 2022-12-02}"),
    )
    made.apply("2022-11-01 09:00")
    yield made
    made.close()


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_text_is_copied(opened: Open, size: dict[str, int]) -> None:
    page = opened(PATH, "thu-ky", size)
    text = page.get_by_label("Tin để dán vào nhóm")
    assert "2. “Việc so-ket”" in text.input_value()
    picture(page, f"chep-tin-{size['width']}")
    assert faults(page) == []
    assert fits(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép").click()
    page.get_by_text("Đã chép. Mở nhóm Zalo rồi dán.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text.input_value()
    page.get_by_label("Nhắc việc").select_option("qua-han")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**khi=qua-han**")
    picture(page, f"chep-tin-qua-han-{size['width']}")
    assert "còn 02/02 đơn vị chưa ghi nhận được" in text.input_value()
    assert "chưa rà sổ văn bản đến" in page.inner_text("main")
    assert faults(page) == []


def test_a_page_without_a_clipboard_marks_and_copies(opened: Open) -> None:
    """Plain http in an office's network has none."""
    page = opened(PATH, "thu-ky")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Chép").click()
    page.get_by_text("Đã chép. Mở nhóm Zalo rồi dán.").wait_for()
    length = page.get_by_label("Tin để dán vào nhóm").evaluate("one => one.selectionEnd - one.selectionStart")
    assert length == len(page.get_by_label("Tin để dán vào nhóm").input_value())


def test_without_a_script_the_text_stands_there(opened: Open) -> None:
    page = opened(f"{PATH}?khi=hom-nay", "thu-ky", script=False)
    assert "Không có việc nào để nhắc" in page.inner_text("main")
    page.goto(f"{PATH}?khi=qua-han")
    assert "còn 02/02" in page.get_by_label("Tin để dán vào nhóm").input_value()
    assert not page.get_by_role("button", name="Chép").is_visible()


@pytest.mark.parametrize("wrong", ["khi=mai", "ke_hoach=sai", "nhom=sai"])
def test_what_there_is_not_is_refused_in_one_line(site: Site, wrong: str) -> None:
    answer = site.client("thu-ky").get(f"{PATH}?{wrong}")
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1


def test_the_register_was_read(site: Site) -> None:
    client = site.client("thu-ky")
    client.post("/cho-duyet/ra-so")
    assert "chưa rà sổ" not in client.get(f"{PATH}?khi=qua-han").text
