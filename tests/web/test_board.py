"""The tracking board in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.offices import Office
from tests.web.conftest import ON_BOTH, PHONE, Open, faults, fits, picture
from tests.web.lived import shipped
from tests.web.site import Site


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = shipped(tmp_path / "home", ledger=ledger)
    yield made
    made.close()


def test_the_board_is_read_filtered_and_printed(opened: Open) -> None:
    """At a desk: overdue first, a class by its figure, words without marks, an address for what is seen; print."""
    page = opened("/", "xem")
    picture(page, "bang-theo-doi")
    assert faults(page) == []
    assert fits(page)
    region = page.get_by_role("region", name="Bảng việc")
    assert region.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "all columns stand on the screen"
    wider = "(table) => [...table.querySelectorAll('td, th')].filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.get_by_role("table").evaluate(wider) == 0, "no cell runs over its neighbour"
    first = page.locator("tbody tr").first
    assert "Quá hạn" in first.inner_text()
    page.get_by_role("link", name="Đang thực hiện quá hạn").click()
    page.get_by_label("Tìm mã việc").fill("phong trao thi dua")
    page.get_by_label("Tìm mã việc").press("Enter")
    page.wait_for_url("**/?loai=open_overdue&tim=*")
    assert page.locator("tbody tr").count() > 3
    again = opened(page.url.removeprefix("http://").partition("/")[2].join(["/", ""]), "xem")
    assert again.locator("caption").inner_text() == page.locator("caption").inner_text()
    page.get_by_role("link", name="Bản in").click()
    page.get_by_text("Số liệu chốt lúc 08 giờ 30").wait_for()
    picture(page, "bang-theo-doi-in")
    assert faults(page) == []


def test_what_is_due_soon_has_a_figure_of_its_own(site: Site, opened: Open) -> None:
    """On 21 November the year's reports of 25 November are: the figure leads to them, and to nothing else."""
    site.now = "2022-11-21 08:30"
    page = opened("/", "xem")
    page.get_by_role("link", name="Sắp đến hạn").click()
    page.wait_for_url("**/?loai=soon")
    rows = page.locator("tbody tr")
    said = page.get_by_role("link", name="Sắp đến hạn").inner_text().split()[0]
    assert f"Sắp đến hạn: {said} việc" in page.locator("caption").inner_text()
    assert rows.count() == int(said) > 10
    assert all("25/11/2022" in one for one in rows.all_inner_texts())
    page.goto("/")
    page.locator("select[name=ke_hoach]").select_option(index=1)  # chosen, but not yet asked for
    chosen = page.locator("select[name=ke_hoach]").input_value()
    page.get_by_role("link", name="Sắp đến hạn").click()
    page.wait_for_url("**/?*loai=soon*")
    assert f"ke_hoach={chosen}" in page.url


def test_the_board_on_a_telephone_and_in_english(opened: Open) -> None:
    page = opened("/?phan=own", "xem", PHONE)
    picture(page, "bang-theo-doi-dien-thoai")
    assert fits(page)
    assert faults(page) == []
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Tracking board").wait_for()
    assert faults(page) == []


@ON_BOTH
def test_what_makes_no_sense_in_an_address_breaks_nothing(site: Site) -> None:
    client = site.client("xem")
    for query in (
        "trang=x",
        "trang=-1",
        "loai=khong",
        "tu=2022-13-40",
        "xep=;drop",
        "phan=",
        "tim=%25_%5C",
        "ke_hoach='",
    ):
        assert client.get(f"/?{query}").status_code == 200, query


@pytest.mark.parametrize(
    ("path", "label"),
    [("/?tu=31/2/2022", "Hạn từ ngày"), ("/?den=31/2/2022", "đến ngày"), ("/nhat-ky?tu=31/2/2022", "Từ ngày")],
)
def test_a_day_that_is_none_is_told_beside_what_is_shown_without_it(site: Site, path: str, label: str) -> None:
    shown = site.client("xem").get(path)
    assert shown.status_code == 200
    assert f"{label}: không có ngày 31/2/2022. Ghi như 20/7/2022. Bảng dưới đây chưa lọc theo ngày này." in shown.text
    assert "chưa lọc theo ngày" not in site.client("xem").get(path.replace("31/2", "28/2")).text


@ON_BOTH
def test_the_secretariat_records_on_the_page_of_a_duty(site: Site, opened: Open) -> None:
    """A result, its confirmation, and that it was a mistake; a refusal stands at its form with what was typed."""
    page = opened("/viec/k3-0004", "thu-ky")
    picture(page, "viec")
    assert faults(page) == []
    page.get_by_text("Đơn vị đã gửi kết quả").click()
    page.get_by_label("Số văn bản").first.fill("45/KH-SKHĐT")
    page.get_by_label("Ngày gửi").fill("31/12/2029")
    page.get_by_role("button", name="Ghi kết quả").click()
    page.get_by_role("alert").wait_for()
    assert "chưa đến" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Số văn bản").first.input_value() == "45/KH-SKHĐT"
    page.get_by_label("Ngày gửi").fill("18/7")
    page.get_by_role("button", name="Ghi kết quả").click()
    page.get_by_text("Ghi nhận hoàn thành").click()
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    page.get_by_text("Hoàn thành đúng hạn").wait_for()
    assert "45/KH-SKHĐT" in page.locator(".timeline").inner_text()
    page.get_by_text("Mở lại (ghi nhầm)").click()
    page.get_by_role("button", name="Mở lại").click()
    page.get_by_text("Đơn vị đã gửi kết quả").wait_for()


def test_a_unit_that_ends_later_is_there_until_then(site: Site) -> None:
    """Given other duties, and not called ended, before its last day; on the day after it is both."""
    there, gone = '<option value="qb-so-tu-phap"', 'qb-so-tu-phap">Sở Tư pháp</a> <span class="tag">đã kết thúc'
    for now, is_there in (("2022-11-28 08:30", True), ("2025-12-01 08:30", False)):
        site.now = now
        client = site.client("thu-ky")
        assert (there in client.get("/viec/K3-0004").text) is is_there
        assert (gone in client.get("/don-vi").text) is not is_there


def test_a_duty_on_a_telephone(opened: Open) -> None:
    page = opened("/viec/K3-0004", "xem", PHONE)
    picture(page, "viec-dien-thoai")
    assert fits(page)
    assert faults(page) == []
    assert page.get_by_text("Ghi vào sổ").count() == 0


@pytest.mark.parametrize("deed", ["ket-qua", "mien", "khong-co"])
def test_only_the_secretariat_records(site: Site, deed: str) -> None:
    assert site.client("xem").post(f"/viec/K3-0004/{deed}", data={}).status_code == 403
    assert site.client().post(f"/viec/K3-0004/{deed}", data={}).status_code == 303
    assert site.client("thu-ky").post("/viec/K9-9999/mien", data={}).status_code == 404


def test_twenty_lines_of_a_plan_are_printed_on_one_page(opened: Open) -> None:
    """A4 landscape by Chromium, with the columns that an office expects."""
    page = opened("/?in=1&loai=all&ke_hoach=qb-123-kh-ubnd", "xem")
    heads = page.locator("thead th").all_inner_texts()
    assert [head for head in heads if head in ("Phối hợp", "Sản phẩm, nơi nhận")] == ["Phối hợp", "Sản phẩm, nơi nhận"]
    page.evaluate("[...document.querySelectorAll('tbody tr')].slice(20).forEach((row) => row.remove())")
    assert page.locator("tbody tr").count() == 20
    printed = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("DONDOC_TESTS_PICTURES"):
        PdfDocument(printed)[0].render(scale=1.4).to_pil().save(f"{folder}/bang-theo-doi-in-giay.png")
    document = PdfDocument(printed)
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    assert len(document) == 1
