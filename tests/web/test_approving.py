"""Chờ duyệt: what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from obligations.cases.answering import authorizing
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.contacts import Proposal, propose
from obligations.cases.answering.decisions import Decision, extend
from tests.life import run
from tests.offices import Office, at, new_office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site

CHANNELS = "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\n"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Office]:
    """Two units are late since 18/11; their escalations are held, one asks for more time."""
    made = new_office(tmp_path).sending("box")
    made.plan(obligation("bao-cao", "{by: 2022-11-18}"), obligation("ke-hoach", "{by: 2022-11-29}"))
    made.apply("2022-11-01 09:00")
    for when in ("2022-11-01 09:05", "2022-11-21 08:01", "2022-11-25 08:01", "2022-11-28 08:01"):
        run(made, when)
    extend(
        made.app,
        Address(None, "ke-hoach", "ke-hoach", "so-y-te"),
        Decision(date(2022, 11, 25), "thư ký"),
        at("2022-11-25 09:00"),
        to=date(2022, 12, 5),
    )
    yield made
    made.close()


def test_held_letters_go_after_the_register_was_read_and_somebody_said_yes(site: Site, opened: Open) -> None:
    page = opened("/cho-duyet", "thu-ky")
    picture(page, "cho-duyet")
    assert faults(page) == []
    assert fits(page)
    page.get_by_role("button", name="Đã rà sổ văn bản đến").click()
    page.get_by_role("status").wait_for()
    assert "hôm nay đã rà" in page.inner_text("main")
    assert all(one.why != "chờ rà sổ" for one in authorizing.held(site.office.app, site.clock()))
    page.get_by_label("Hạn mới").fill("31/11/2022")
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Hạn mới").input_value() == "31/11/2022"
    page.get_by_label("Hạn mới").fill("5/12")
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    page.get_by_text("Không có đề nghị gia hạn nào.").wait_for()
    page.goto("/cho-duyet/phieu")
    picture(page, "phieu-theo-doi")
    assert faults(page) == []


def test_on_a_telephone_and_in_english(opened: Open) -> None:
    page = opened("/cho-duyet", "xem", PHONE)
    picture(page, "cho-duyet-dien-thoai")
    assert fits(page)
    assert faults(page) == []
    assert page.get_by_role("button", name="Đã rà").count() == 0
    assert page.get_by_role("columnheader", name="Chọn").count() == 0
    assert "đánh dấu" not in page.inner_text("main")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Approvals").wait_for()


def test_a_viewer_decides_nothing(site: Site) -> None:
    client = site.client("xem")
    for path in ("ra-so", "duyet", "ghi-nhan"):
        assert client.post(f"/cho-duyet/{path}").status_code == 403
    nothing = site.client("thu-ky").post("/cho-duyet/duyet")
    assert nothing.status_code == 422
    assert "chưa chọn việc nào" in nothing.text


def test_a_contact_that_is_not_wanted_is_set_aside(bureau: Office, site: Site, opened: Open) -> None:
    """It stands on the unit's page beside its record; set aside it is gone from both, and twice is refused."""
    propose(bureau.app, "so-y-te", Proposal("Trần Thị B", phone="0900 000 002"), site.clock(), by="Anh Bình")
    page = opened("/don-vi/so-y-te", "thu-ky")
    assert "Trần Thị B, ĐT 0900 000 002" in page.inner_text("main")
    row = page.get_by_role("row", name="quý IV/2022")
    assert row.get_by_role("cell").all_inner_texts() == ["0", "0", "2"]
    picture(page, "don-vi-de-nghi")
    assert faults(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert fits(page)
    page.goto("/cho-duyet")
    assert fits(page)
    page.get_by_role("button", name="Bỏ đề nghị này Trần Thị B").click()
    page.get_by_text("không theo đề nghị").wait_for()
    assert "Trần Thị B" not in page.inner_text("main")
    assert "Trần Thị B" not in site.client("xem").get("/don-vi/so-y-te").text
    assert site.client("thu-ky").post("/cho-duyet/dau-moi", data={"don_vi": "so-y-te"}).status_code == 422
