"""Kế hoạch, Đơn vị, Nhật ký nhắc."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.life import run
from tests.offices import Office, new_office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Office]:
    """One duty is late since 18/11, one waits for an event."""
    made = new_office(tmp_path).sending("box")
    waits = obligation("sau-le", "{after: event:le-phat-dong, days: 10}")
    made.plan(obligation("bao-cao", "{by: 2022-11-18}"), waits)
    made.apply("2022-11-01 09:00")
    for when in ("2022-11-01 09:05", "2022-11-21 08:01", "2022-11-28 08:01"):
        run(made, when)
    yield made
    made.close()


def test_plans_units_and_messages_are_looked_at(opened: Open) -> None:
    """At a desk and on a telephone; the links between them lead somewhere."""
    page = opened("/ke-hoach", "thu-ky")
    page.get_by_role("link", name="12/KH-SM").click()
    assert "0/2 đơn vị đã gửi" in page.inner_text("main")
    page.get_by_label("Ngày của mốc").fill("25/11/2022")
    page.get_by_role("button", name="Ghi ngày").click()
    page.get_by_role("button", name="Sửa ngày").wait_for()
    assert "05/12/2022" in page.inner_text("main")
    looked = {"ke-hoach": "/ke-hoach/ke-hoach", "don-vi": "/don-vi/so-y-te", "nhat-ky": "/nhat-ky"}
    for name, path in (looked | {"thong-ke": "/thong-ke"}).items():
        page.goto(path)
        picture(page, name)
        assert faults(page) == [], path
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        picture(page, f"{name}-dien-thoai")
        assert fits(page), path
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/nhat-ky")
    page.locator("tbody th a").first.click()
    picture(page, "tin-nhan")
    assert "Kính gửi" in page.inner_text("main")


def test_an_address_is_marked_and_healed_by_a_person(site: Site) -> None:
    client = site.client("thu-ky")
    said = {"dau_moi": "so-y-te.focal", "viec": "khong-nhan"}
    assert client.post("/don-vi/so-y-te/dia-chi", data=said).status_code == 303
    assert "không nhận thư" in client.get("/don-vi/so-y-te").text
    assert "1 địa chỉ không nhận thư" in client.get("/don-vi").text
    client.post("/don-vi/so-y-te/dia-chi", data=said | {"viec": "lai-nhan"})
    assert "không nhận thư" not in client.get("/don-vi").text
    assert site.client("xem").post("/don-vi/so-y-te/dia-chi", data=said).status_code == 403


def test_what_is_not_there_is_told(site: Site) -> None:
    client = site.client("xem")
    for path in ("/ke-hoach/khong", "/don-vi/khong", "/nhat-ky/tin/999999"):
        assert client.get(path).status_code == 404, path
    assert client.get("/thong-ke?tu=31/11/2022").status_code == 422
    assert "Tổng cộng" in client.get("/thong-ke?theo=ke-hoach&goc=1").text
    for query in ("tu=x", "trang=0", "trang=99999", "don_vi='", "loi=1", "ke_hoach=ke-hoach&don_vi=so-y-te"):
        assert client.get(f"/nhat-ky?{query}").status_code == 200, query
