"""The menu: what each role finds in it, by mouse, by keyboard, on a phone, and where no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from obligations.cases.configuring import applying
from obligations.config.load import read_folder
from obligations.web.navigation import MENU
from tests.offices import Office, at
from tests.web.conftest import DESK, PHONE, Open, faults, fits, picture
from tests.web.lived import CONFIG
from tests.web.site import PEOPLE, Site

SECTIONS = [one for group in MENU for one in group.sections]


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = Office(CONFIG, tmp_path / "home", ledger)
    applying.apply(made.app, read_folder(CONFIG), at("2022-07-11 09:00"), by="thư ký")
    yield made
    made.close()


def shown(page: Page) -> list[str]:
    """The menu's links that can be pressed now, in their order."""
    return [one.inner_text() for one in page.get_by_role("navigation", name="Danh mục").get_by_role("link").all()]


def height(page: Page) -> float:
    box = page.get_by_role("banner").bounding_box()
    assert box is not None
    return box["height"]


def test_at_a_desk_the_daily_pages_stand_in_one_line(opened: Open) -> None:
    """Even an admin's, who has the longest menu; the others open over the page, by mouse or keyboard, and shut."""
    page = opened("/cau-hinh", "quan-tri")
    assert shown(page) == [one.title for one in MENU[0].sections]
    assert height(page) < 64
    button = page.locator("#menu > summary")
    assert page.locator("#menu [aria-current=true]").inner_text().split() == ["Mục", "khác", ":", "Cấu", "hình"]
    assert page.get_by_text("Mục khác").count() == 1
    button.focus()
    page.keyboard.press("Enter")
    picture(page, "danh-muc")
    assert faults(page) == []
    assert fits(page)
    assert shown(page) == [one.title for one in SECTIONS]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert shown(page) == [one.title for one in MENU[0].sections]
    assert button.evaluate("element => element === document.activeElement")
    button.click()
    page.get_by_role("heading", level=1).click()
    assert shown(page) == [one.title for one in MENU[0].sections]
    button.click()
    page.get_by_role("link", name="Đơn vị", exact=True).first.click()
    page.wait_for_url("**/don-vi")


def test_on_a_phone_one_button_holds_all(opened: Open) -> None:
    page = opened("/ke-hoach", "thu-ky", PHONE)
    assert shown(page) == []
    page.get_by_text("Danh mục: Kế hoạch").click()
    picture(page, "danh-muc-dien-thoai")
    assert shown(page) == [one.title for one in SECTIONS if one.role != "admin"]
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_without_a_script_every_page_is_reached(opened: Open, size: dict[str, int]) -> None:
    """The board's filters too: nothing is folded away where only a script could unfold it."""
    page = opened("/", "quan-tri", size, script=False)
    page.locator("#menu > summary").click()
    assert shown(page) == [one.title for one in SECTIONS]
    page.get_by_role("link", name="Nhật ký nhắc").click()
    page.wait_for_url("**/nhat-ky")
    page.goto("/")
    page.get_by_text("Tìm và lọc").click()
    page.get_by_label("Tìm mã việc").fill("khong co viec nay")
    page.get_by_label("Tìm mã việc").press("Enter")
    page.get_by_text("Không có việc nào theo bộ lọc này.").wait_for()


def test_the_menu_offers_what_its_reader_may_open(site: Site) -> None:
    """Every entry leads to a page, and none that the role may open is missing."""
    for name, role in PEOPLE.items():
        client = site.client(name)
        words = client.get("/").text
        for one in SECTIONS:
            answer = client.get(one.path).status_code
            assert (f'<a href="{one.path}"' in words) == (answer == 200), (role, one.path, answer)
