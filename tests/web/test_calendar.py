"""Lịch in a real browser: a month and a year, at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.lived import shipped
from tests.web.site import Site


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = shipped(tmp_path / "home", ledger=ledger)
    yield made
    made.close()


def test_a_month_leads_to_the_duties_of_a_day_and_to_its_neighbours(opened: Open) -> None:
    """Classes stand in words; a day opens its duties on the board, as many as the calendar counted."""
    page = opened("/lich", "xem")
    picture(page, "lich")
    assert faults(page) == []
    assert fits(page)
    assert page.get_by_role("columnheader").all_inner_texts()[0] == "Thứ Hai"
    day = page.locator("#n25")
    said = day.inner_text()
    owed = sum(map(int, re.findall(r"(\d+) (?:quá hạn|trong hạn|chờ ghi nhận|xong)", said)))
    assert owed > 1
    assert "quá hạn" in said
    day.locator(".date a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?loai=all&tu=25*")
    assert f"{owed} việc" in page.locator("caption").inner_text()
    page.go_back()
    page.get_by_role("link", name="← 10/2022").click()
    page.get_by_role("heading", name="Tháng 10/2022").wait_for()
    page.get_by_role("link", name="Hôm nay").click()
    page.get_by_role("heading", name="Tháng 11/2022").wait_for()
    page.locator("td li a").first.click()
    page.wait_for_url(re.compile("/viec/|/ghi-nhan-nhanh/"))


def test_a_year_says_where_its_days_off_are_not_announced(opened: Open) -> None:
    page = opened("/lich?nam=2022", "xem")
    picture(page, "lich-nam")
    assert faults(page) == []
    assert fits(page)
    assert page.get_by_text("Lịch dự kiến").count() == 0
    page.get_by_role("link", name="Tháng 9").click()
    assert "Nghỉ: " in page.locator("#n2").inner_text()
    page.goto("/lich?nam=2027")
    assert page.get_by_text("Lịch dự kiến").count() == 1


def test_the_filter_stays_in_the_address(opened: Open) -> None:
    page = opened("/lich?thang=2022-11", "xem")
    every = page.locator("main > p").first.inner_text()
    page.get_by_label("Đơn vị").select_option(index=3)
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.wait_for_url("**/lich?thang=2022-11&*don_vi=*")
    assert page.locator("main > p").first.inner_text() != every
    page.get_by_role("link", name="Việc cơ quan phải làm").click()
    page.wait_for_url("**phan=own*")
    assert "don_vi=" in page.url
    assert "thang=2022-11" in page.url


@pytest.mark.parametrize("path", ["/lich", "/lich?nam=2022"])
def test_on_a_telephone(opened: Open, path: str) -> None:
    """A month is a list of the days that have something; nothing is wider than the screen."""
    page = opened(path, "xem", PHONE)
    picture(page, f"lich-dien-thoai-{len(path)}")
    assert fits(page)
    assert faults(page) == []


def test_a_month_may_be_written_as_a_person_writes_it(site: Site) -> None:
    client = site.client("xem")
    for query in ("thang=2022-07", "thang=07/2022", "thang=7/2022", "thang=+7/2022+"):
        assert "Tháng 07/2022" in client.get(f"/lich?{query}").text, query
    for query in ("", "thang=", "nam=", "don_vi='"):
        assert "Tháng 11/2022" in client.get(f"/lich?{query}").text, query


@pytest.mark.parametrize("query", ["thang=x", "thang=2022-13", "thang=0/2022", "thang=2022-²", "nam=99999", "nam=0000"])
def test_what_is_no_month_and_no_year_is_told(site: Site, query: str) -> None:
    """Another month than the one asked for would be taken for it."""
    answer = site.client("xem").get(f"/lich?{query}")
    assert answer.status_code == 422
    assert re.search("không phải một (tháng|năm) của lịch", answer.text)
    assert "từ năm 2000 đến năm 2100" in answer.text


@pytest.mark.parametrize(
    ("path", "beyond", "beside"),
    [
        ("/lich?thang=2000-01", "← 12/1999", "02/2000 →"),
        ("/lich?thang=2100-12", "01/2101 →", "← 11/2100"),
        ("/lich?nam=2000", "← 1999", "2001 →"),
        ("/lich?nam=2100", "2101 →", "← 2099"),
    ],
)
def test_the_calendar_ends_where_no_link_leads(opened: Open, path: str, beyond: str, beside: str) -> None:
    page = opened(path, "xem")
    picture(page, f"lich-cuoi-{path[-4:]}")
    assert page.get_by_role("link", name=beyond).count() == 0
    assert page.get_by_text(beyond).get_attribute("aria-disabled") == "true"
    page.get_by_role("link", name=beside).click()
    page.get_by_role("heading", name=re.sub("[← →]", "", beside)).first.wait_for()
    assert faults(page) == []
