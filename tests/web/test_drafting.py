"""Soạn từ văn bản: a document's draft is reviewed beside its text and saved as a plan; nothing is applied by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from obligations.cases import applied
from obligations.web.english import english
from tests.offices import Office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.notice import NOTICE
from tests.web.site import Site

PATH = "/soan-tu-van-ban"
PLAN = "plans/77-kh-sm.yaml"
STATED = "trước ngày 10 tháng 12 năm 2022"


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach-77.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def uploaded(page: Page, paper: Path) -> None:
    page.get_by_label("Kế hoạch, quyết định").set_input_files(paper)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_role("heading", name=paper.name).wait_for()


def card(page: Page, title: str) -> str:
    """The place of the card with this title."""
    return f"#{page.locator('.duty', has=page.get_by_role('heading', name=title)).first.get_attribute('id')}"


def change(page: Page, place: str) -> None:
    page.locator(place).get_by_role("link", name="Sửa").click()
    page.locator(f"{place} form.changing").wait_for()


def test_a_document_becomes_reminders(followed: Office, site: Site, opened: Open, paper: Path) -> None:
    """Uploaded, what is undecided mended, saved, applied by hand: its first reminder stands in the forecast."""
    page = opened(PATH, "thu-ky")
    assert faults(page) == []
    picture(page, "soan-bat-dau")
    uploaded(page, paper)
    assert faults(page) == []
    picture(page, "soan-xem-lai")
    first = page.locator(".duties .duty h3").all_inner_texts()
    assert [words.partition(". ")[2] for words in first[1:3]] == ["Chuẩn bị hồ sơ khen thưởng", "Tổ chức tập huấn"]

    change(page, "#ke-hoach")
    page.get_by_label("Cơ quan ban hành").fill("Văn phòng Sở Mẫu")
    page.get_by_role("button", name="Lưu phần này").click()
    page.locator("#ke-hoach .facts").wait_for()

    prizes = card(page, "Chuẩn bị hồ sơ khen thưởng")
    change(page, prizes)
    page.locator(prizes).get_by_label("Chủ trì").fill("so xay dung")
    page.locator(prizes).get_by_label("Hạn").first.fill("trước ngày 22/12")
    page.locator(prizes).get_by_text("21/12/2022 (thứ Tư)").wait_for()
    assert faults(page) == []
    picture(page, "soan-sua")
    page.locator(prizes).get_by_role("button", name="Lưu và nhận").click()
    page.locator(f"{prizes}.accepted").wait_for()

    page.locator(card(page, "Tổ chức tập huấn")).get_by_role("button", name="Bỏ").click()
    page.locator(f"{card(page, 'Tổ chức tập huấn')}.dropped").wait_for()
    page.get_by_role("button", name="Nhận mọi việc không có điều hỏi").click()
    page.get_by_text("chờ nhận: 0").wait_for()
    assert faults(page) == []
    picture(page, "soan-da-nhan")
    assert not (followed.folder / PLAN).exists()

    page.get_by_role("button", name="Lưu thành kế hoạch").click()
    page.wait_for_url("**/cau-hinh/thay-doi")
    assert applied.version(followed.app) == 1
    written = yaml.load((followed.folder / PLAN).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    mended = written["obligations"][2]
    assert (mended["responsible"], mended["deadline"]) == (["so-xay-dung"], {"before": "2022-12-22"})
    assert mended["cite"] == {"at": "I.3", "stated": "hoàn thành trước ngày 20 tháng 12 năm 2022"}
    assert "# “Ban Thi đua chuẩn bị hồ sơ" in (followed.folder / PLAN).read_text("utf-8")

    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã áp dụng.").wait_for()
    page.goto("/cau-hinh/du-bao")
    told = page.locator("table").inner_text()
    assert "Chuẩn bị hồ sơ khen thưởng" in told
    assert "77/KH-SM" in told
    page.goto(PATH)
    assert page.get_by_text("Bản soạn dở").count() == 0


def test_the_page_fits_a_phone(followed: Office, site: Site, opened: Open, paper: Path) -> None:
    """The document above, its duties below."""
    page = opened(PATH, "thu-ky", PHONE)
    assert fits(page)
    uploaded(page, paper)
    assert fits(page)
    assert faults(page) == []
    picture(page, "soan-dien-thoai")
    place = card(page, "Chuẩn bị hồ sơ khen thưởng")
    change(page, place)
    assert fits(page)
    assert faults(page) == []
    page.locator(place).scroll_into_view_if_needed()
    picture(page, "soan-dien-thoai-sua")
    assert page.locator(".paper").bounding_box()["y"] < page.locator(place).bounding_box()["y"]  # type: ignore[index]


def test_every_word_has_its_english() -> None:
    folder = Path(__file__).parents[2] / "obligations/web/templates/drafting"
    pages = [path.read_text("utf-8") for path in folder.glob("*.html")]
    words = {found for one in pages for found in re.findall(r"""_\(["']([^"']+)["']\)""", one)}
    assert [one for one in sorted(words) if english(one) == one] == []


def test_the_document_amended_is_no_second_plan(followed: Office, site: Site, opened: Open, paper: Path) -> None:
    """What differs stands first, is accepted, shown line by line, asked for its reason, and goes into that plan."""
    plan = obligation("danh-sach", "{before: 2022-12-10}", responsible="so-y-te").replace("theo kế hoạch", STATED)
    followed.plan(plan.replace("Việc danh-sach", "Lập danh sách đại biểu của ngành"), name="hoi-nghi")
    text = (followed.folder / "plans/hoi-nghi.yaml").read_text("utf-8").replace("12/KH-SM", "77/KH-SM")
    followed.write("plans/hoi-nghi.yaml", f"# của cơ quan\n{text}").apply("2022-11-28 08:00")
    paper.write_text(NOTICE.replace(STATED, "trước ngày 14 tháng 12 năm 2022"), "utf-8")
    page = opened(PATH, "thu-ky")
    uploaded(page, paper)
    page.get_by_text("Đã có kế hoạch mang số này:").wait_for()
    place = card(page, "Lập danh sách đại biểu")
    assert page.locator(place).get_by_text("hạn khác").is_visible()
    assert faults(page) == []
    picture(page, "soan-lai-van-ban")
    page.locator(place).get_by_role("button", name="Nhận").click()
    page.locator(f"{place}.accepted").wait_for()
    for one in page.locator(".duty.open h3").all_inner_texts():
        other = card(page, one.partition(". ")[2])
        if page.locator(other).get_by_text("chưa có trong kế hoạch").count():
            page.locator(other).get_by_role("button", name="Bỏ").click()
            page.locator(f"{other}.dropped").wait_for()
    page.get_by_role("button", name="So với kế hoạch đang có").click()
    page.get_by_role("heading", name="Sẽ ghi vào tệp").wait_for()
    assert page.locator("ins").filter(has_text="before: 2022-12-14").is_visible()
    page.get_by_label("Số văn bản, hoặc lý do").fill("80/KH-SM")
    assert faults(page) == []
    picture(page, "soan-so-sanh")
    page.get_by_role("button", name="Ghi vào kế hoạch").click()
    page.wait_for_url("**/cau-hinh/thay-doi")
    written = (followed.folder / "plans/hoi-nghi.yaml").read_text("utf-8")
    assert written.startswith("# của cơ quan\n")
    assert "moved: {amended_by: 80/KH-SM}" in written
    assert sorted(one.name for one in (followed.folder / "plans").iterdir()) == ["hoi-nghi.yaml", "ke-hoach.yaml"]
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã áp dụng.").wait_for()
