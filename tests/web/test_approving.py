"""Chờ duyệt: what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from obligations.cases.answering import authorizing
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.contacts import Proposal, propose
from obligations.cases.answering.decisions import Decision, extend
from obligations.cases.writing.control_sheet import control_sheet, waiting
from obligations.web.following import approving
from tests.life import run
from tests.offices import Office, at, new_office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site

CHANNELS = "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\n"


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """Two units are late since 18/11; their escalations are held, one asks for more time."""
    made = new_office(tmp_path, ledger).sending("box")
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


def test_of_many_held_letters_a_page_shows_as_many_as_it_can_send(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are counted; what is shown is what a click decides, and no more than a form may hold."""
    [one, *_] = authorizing.held(site.office.app, site.clock())
    many = [replace(one, code=f"K1-{number:04}") for number in range(1, 506)]
    monkeypatch.setattr(authorizing, "held", lambda *_: many)
    shown = site.client("thu-ky").get("/cho-duyet").text
    assert f"<caption>{approving.SHOWN}/505 dòng" in shown
    assert shown.partition('id="ket-qua"')[0].count('<td class="choice">') == approving.SHOWN


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
    waiting = opened("/cho-duyet", "thu-ky", PHONE)
    assert fits(waiting)
    waiting.get_by_role("button", name="Bỏ đề nghị này Trần Thị B").wait_for()
    page.get_by_role("button", name="Bỏ đề nghị này").click()
    page.get_by_text("không theo đề nghị").wait_for()
    assert "Trần Thị B" not in page.inner_text("main")
    assert "Trần Thị B" not in site.client("xem").get("/don-vi/so-y-te").text
    assert site.client("thu-ky").post("/cho-duyet/dau-moi", data={"don_vi": "so-y-te"}).status_code == 422


def test_a_proposal_that_changed_meanwhile_is_not_set_aside_unseen(site: Site, opened: Open) -> None:
    """The list of units leads to it; the unit names somebody else while the page stands open."""
    asked, other = (Proposal(name, phone="0900 000 009") for name in ("Chị Hoa", "Anh Nam"))
    propose(site.office.app, "so-y-te", asked, site.clock(), by="Sở Y tế")
    page = opened("/don-vi", "thu-ky")
    page.get_by_role("link", name="đề nghị đổi đầu mối").click()
    page.wait_for_url("**/cho-duyet#doi-dau-moi")
    propose(site.office.app, "so-y-te", other, site.clock(), by="Sở Y tế")
    page.get_by_role("button", name="Bỏ đề nghị này").click()
    page.get_by_role("alert").wait_for()
    assert "Anh Nam" in page.inner_text("main")
    page.get_by_role("button", name="Bỏ đề nghị này").click()
    page.get_by_role("status").wait_for()
    assert "Anh Nam" not in page.inner_text("main")


def test_the_longest_waiting_results_stand_there_and_all_are_counted(bureau: Office) -> None:
    """Two wait; of a page of one the older stands there. What is only late is not read."""
    for unit, hour in (("so-xay-dung", "08:10"), ("so-y-te", "08:20")):
        answered = Address(None, "ke-hoach", "bao-cao", unit)
        submit(bureau.app, answered, Submission(date(2022, 11, 28)), at(f"2022-11-28 {hour}"), by="văn thư")
    found, whole = waiting(bureau.app, at("2022-11-28 08:30"), 1), control_sheet(bureau.app, at("2022-11-28 08:30"))
    assert ([one.unit for one in found.results], found.sent) == (["Sở Xây dựng"], 2)
    assert (found.extensions, found.disowned, found.orphans) == (whole.extensions, whole.disowned, whole.orphans)
    assert [one.unit for one in whole.results] == ["Sở Xây dựng", "Sở Y tế"]
    assert found.checked_at == whole.checked_at
