"""*Ghi nhận nhanh*: forty replies typed down a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from obligations.cases.reading import column
from obligations.cases.reading.status import status
from tests.offices import Office, new_office, obligation
from tests.web.conftest import ON_BOTH, PHONE, Open, faults, fits, picture
from tests.web.site import Site

UNITS = 40
WHERE = "/ghi-nhan-nhanh/ke-hoach/bao-cao"
KEYS = "window.pressed = 0; addEventListener('keydown', () => { window.pressed += 1; }, true);"


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """Forty units that owe one report."""
    office = new_office(tmp_path, ledger)
    units = "".join(f"- {{id: xa-{n}, name: Xã {n}, relation: subordinate}}\n" for n in range(UNITS))
    text = (office.folder / "units.yaml").read_text("utf-8").replace("groups:", units + "groups:")
    members = ", ".join(f"xa-{n}" for n in range(UNITS))
    office.write("units.yaml", text + f"  cac-xa: {{name: Các xã, members: [{members}]}}\n")
    office.plan(obligation("bao-cao", "{by: 2022-11-25}", responsible="cac-xa"))
    office.apply("2022-11-01 09:00")
    yield office
    office.close()


def sent(office: Office, site: Site) -> int:
    return status(office.app, site.clock()).waiting


def test_forty_replies_are_typed_down_the_column(bureau: Office, site: Site, opened: Open) -> None:
    """One page load, one key beside each number, one to save; then all are confirmed, or all taken back."""
    page = opened(WHERE, "thu-ky")
    picture(page, "ghi-nhan-nhanh")
    assert faults(page) == []
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.evaluate(KEYS)
    typed = 0
    for n in range(UNITS):
        number = f"{n + 1}/BC"
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        typed += len(number)
    pressed = page.evaluate("window.pressed")
    assert loads == []
    page.keyboard.press("Enter")  # the focus has come to the button
    page.get_by_text(f"Vừa ghi {UNITS} kết quả").wait_for()
    assert len(loads) == 1
    assert (pressed + 1 - typed) / UNITS <= 2  # the measure is four
    assert sent(bureau, site) == UNITS
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_label("Số văn bản, Xã 0", exact=True).wait_for()
    assert sent(bureau, site) == 0


@ON_BOTH
def test_a_wrong_line_stops_all_and_is_told_beside_it(bureau: Office, site: Site) -> None:
    """Nothing is recorded; what was typed stays; then it is, and ticked lines are confirmed together."""
    client = site.client("thu-ky")
    typed = {"so_K1-0001": "1/BC", "ngay_K1-0001": "24/11", "so_K1-0002": "2/BC", "so_K1-0003": "3/BC"}
    answer = client.post(f"{WHERE}?ky=once", data=typed | {"ngay_K1-0003": "31/2/2022", "lam": "ghi"})
    assert answer.status_code == 422
    assert 'value="2/BC"' in answer.text
    assert answer.text.count('class="fault"') == 1
    assert re.search(r'name="ngay_K1-0003"[^>]* aria-invalid="true" aria-describedby="sai_K1-0003"', answer.text)
    assert sent(bureau, site) == 0
    answer = client.post(f"{WHERE}?ky=once", data=typed | {"ngay_K1-0003": "29/11/2022", "lam": "ghi"})
    assert "chưa đến" in answer.text
    assert sent(bureau, site) == 0
    done = client.post(f"{WHERE}?ky=once", data=typed | {"lam": "ghi"})
    assert done.status_code == 303
    again = client.post(f"{WHERE}?ky=once", data={"lam": "ghi", "vua": site.clock().isoformat()})
    assert again.headers["location"] == done.headers["location"]  # nothing typed: the way back stays open
    days = {row.code: row.submitted_on for row in status(bureau.app, site.clock()).assignments if row.submitted_on}
    assert [f"{day:%d/%m}" for _, day in sorted(days.items())] == ["24/11"] * 3
    ticked = {"chon": ["K1-0001", "K1-0002"], "lam": "xac-nhan"}
    assert client.post(f"{WHERE}?ky=once", data=ticked).status_code == 303
    assert status(bureau.app, site.clock()).current["done_in_time"] == 2
    undone = client.post(f"{WHERE}/hoan-tac?ky=once", data={"luc": site.clock().isoformat()})
    assert (undone.status_code, "ghi khác" in undone.text) == (422, True)
    assert client.post(f"{WHERE}/hoan-tac?ky=once", data={"luc": "x"}).status_code == 422
    assert (sent(bureau, site), status(bureau.app, site.clock()).current["done_in_time"]) == (1, 2)


@ON_BOTH
def test_many_are_returned_extended_and_waived_at_once(bureau: Office, site: Site, opened: Open) -> None:
    """Ticked lines and one form for each deed; what is missing is told and what was typed stays; each is undone."""
    client = site.client("thu-ky")
    typed = {f"so_K1-000{n}": f"{n}/BC" for n in (1, 2, 3)}
    assert client.post(f"{WHERE}?ky=once", data=typed | {"lam": "ghi"}).status_code == 303
    site.now = "2022-11-28 09:00"
    page = opened(WHERE, "thu-ky")
    page.get_by_text("Đề nghị bổ sung các dòng đã gửi đã chọn").click()
    page.get_by_label("Chọn Xã 2", exact=True).uncheck()
    page.get_by_label("Gửi lại trước ngày").fill("5/12/2022")
    page.get_by_label("Bổ sung gì").fill("biểu 2")
    page.get_by_text("Gia hạn các dòng chưa gửi đã chọn").click()
    page.get_by_text("Miễn thực hiện các dòng chưa gửi đã chọn").click()
    picture(page, "ghi-nhan-nhanh-nhieu-dong")
    assert faults(page) == []
    page.get_by_label("Bổ sung gì").press("Enter")
    page.get_by_text("Vừa ghi 2 đề nghị bổ sung").wait_for()
    assert sent(bureau, site) == 1
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_label("Chọn Xã 1", exact=True).wait_for()
    assert sent(bureau, site) == 3
    site.now = "2022-11-28 09:10"
    for n in (3, 4):
        page.get_by_label(f"Chọn Xã {n}", exact=True).check()
    page.get_by_text("Gia hạn các dòng chưa gửi đã chọn").click()
    page.get_by_label("Người cho phép").fill("Chánh Văn phòng")
    page.get_by_role("button", name="Gia hạn", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Người cho phép").input_value() == "Chánh Văn phòng"
    assert page.get_by_label("Chọn Xã 4", exact=True).is_checked()
    page.get_by_label("Hạn mới").fill("2/12/2022")
    page.get_by_role("button", name="Gia hạn", exact=True).click()
    page.get_by_text("Vừa ghi 2 gia hạn").wait_for()
    due = {row.code: row.due_on for row in status(bureau.app, site.clock()).assignments}
    assert [code for code, day in due.items() if day == date(2022, 12, 2)] == ["K1-0004", "K1-0005"]
    site.now = "2022-11-28 09:20"
    page.get_by_label("Chọn Xã 39", exact=True).check()
    page.get_by_text("Miễn thực hiện các dòng chưa gửi đã chọn").click()
    page.get_by_role("button", name="Miễn thực hiện").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Văn bản miễn").fill("12/QĐ")
    page.get_by_role("button", name="Miễn thực hiện").click()
    page.get_by_text("Vừa ghi 1 việc miễn thực hiện").wait_for()
    assert status(bureau.app, site.clock()).outside == {"waived": 1}
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_text("Gia hạn các dòng chưa gửi đã chọn").click()
    assert fits(page)
    assert faults(page) == []


def test_the_column_on_a_telephone(opened: Open) -> None:
    page = opened("/ghi-nhan-nhanh", "thu-ky", PHONE)
    assert faults(page) == []
    page.get_by_role("link", name="Việc bao-cao").click()
    page.get_by_label("Số văn bản, Xã 0", exact=True).wait_for()
    picture(page, "ghi-nhan-nhanh-dien-thoai")
    assert fits(page)
    assert faults(page) == []


def test_who_only_reads_types_nothing(site: Site) -> None:
    client = site.client("xem")
    assert "so_K1-0001" not in client.get(WHERE).text
    assert client.post(f"{WHERE}?ky=once", data={"so_K1-0001": "1"}).status_code == 403
    assert client.get("/ghi-nhan-nhanh/ke-hoach/khong-co").status_code == 404
    assert client.get(f"{WHERE}?ky=2030").status_code == 404


def test_what_is_due_nearest_to_today_is_chosen_first_and_any_by_its_plan(
    bureau: Office, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old duties that nobody closed do not push today's off the list."""
    bureau.plan(obligation("moi", "{by: 2022-11-29}", responsible="so-y-te"), name="khac").apply("2022-11-01 09:01")
    client = site.client("xem")
    every = client.get("/ghi-nhan-nhanh").text
    assert every.index("Việc moi") < every.index("Việc bao-cao")
    assert "việc có hạn gần hôm nay nhất" not in every
    monkeypatch.setattr(column, "MOST_LISTED", 1)
    first = client.get("/ghi-nhan-nhanh").text
    assert ("Việc moi" in first, "Việc bao-cao" in first) == (True, False)
    assert "Trên đây là 1 việc có hạn gần hôm nay nhất, trong 2 việc" in first
    old = client.get("/ghi-nhan-nhanh?ke_hoach=ke-hoach").text
    assert ("Việc moi" in old, "Việc bao-cao" in old, "0/40" in old) == (False, True, True)
    assert "Không có việc nào" in client.get("/ghi-nhan-nhanh?ke_hoach=khong-co").text
