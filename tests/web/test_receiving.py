"""*Sổ văn bản đến*: a register is uploaded, what it answers is ticked, recorded, taken back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.reading.status import status
from obligations.web.receiving import form, routes
from tests.integration.test_receiving import DUTY
from tests.offices import Office
from tests.unit.draft.files import workbook
from tests.web.conftest import ON_BOTH, PHONE, Open, faults, fits, picture
from tests.web.leftover import Leftover
from tests.web.site import Site

PATH = "/so-van-ban-den"
SUBJECT = "Báo cáo kết quả phong trào thi đua"
ROWS = (
    ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Trích yếu"),
    ("21/11/2022", 12, "Sở Y tế", "345/BC-SYT", "18/11/2022", f"{SUBJECT} năm 2022"),
    ("28/11/2022", 13, "Sở Xây dựng", "7/BC-SXD", "25/11/2022", f"{SUBJECT} năm 2022, nhiệm vụ năm 2023"),
    ("28/11/2022", 14, "Công ty <b>Điện lực</b>", "9/TB", "", "Thông báo lịch cắt điện"),
    ("32/11/2022", 15, "Sở Y tế", "10/BC", "", "Báo cáo"),
)


@pytest.fixture
def bureau(bureau: Office) -> Office:
    return bureau.plan(DUTY)


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.apply("2022-11-01 09:00")
    return bureau


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(ROWS))
    return path


def sent(office: Office, site: Site) -> dict[str, date]:
    rows = status(office.app, site.clock()).assignments
    return {one.code: one.submitted_on for one in rows if one.submitted_on}


@ON_BOTH
def test_a_register_becomes_results_and_is_taken_back(
    followed: Office, site: Site, opened: Open, register: Path
) -> None:
    """The plain line is ticked already; the other is looked at, its day corrected; both recorded by one button."""
    page = opened(PATH, "thu-ky")
    assert faults(page) == []
    picture(page, "so-van-ban-den")
    page.get_by_label("Sổ văn bản đến xuất từ").set_input_files(register)
    page.get_by_role("button", name="Đọc sổ").click()
    page.get_by_role("heading", name="Văn bản có thể là kết quả (2)").wait_for()
    picture(page, "so-van-ban-den-de-xuat")
    assert faults(page) == []
    assert sent(followed, site) == {}
    assert page.get_by_label("Chọn 345/BC-SYT, Sở Y tế").is_checked()
    assert not page.get_by_label("Chọn 7/BC-SXD, Sở Xây dựng").is_checked()
    page.get_by_text("ký trong hạn, đến sau hạn: xem lại ngày gửi").wait_for()
    page.get_by_text("Công ty <b>Điện lực</b> (1)").wait_for()
    page.get_by_text("Dòng thứ 4 (số đến 15): ngày đến: không có ngày 32/11/2022.").wait_for()
    page.get_by_label("Chọn 7/BC-SXD, Sở Xây dựng").check()
    page.get_by_label("Ngày gửi, 7/BC-SXD, Sở Xây dựng").fill("25/11")
    page.get_by_role("button", name="Ghi các dòng đã chọn").click()
    page.get_by_text("Vừa ghi 2 kết quả").wait_for()
    picture(page, "so-van-ban-den-da-ghi")
    assert faults(page) == []
    assert sent(followed, site) == {"K1-0001": date(2022, 11, 21), "K1-0002": date(2022, 11, 25)}
    page.get_by_label("Sổ văn bản đến xuất từ").set_input_files(register)
    page.get_by_role("button", name="Đọc sổ").click()
    page.get_by_text("Sổ không có văn bản nào là kết quả đang chờ.").wait_for()
    page.get_by_text("2 văn bản đã ghi từ trước.").wait_for()
    page.go_back()
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_url(f"**{PATH}")
    assert sent(followed, site) == {}


def test_on_a_telephone(followed: Office, opened: Open, register: Path) -> None:
    page = opened(PATH, "thu-ky", PHONE)
    page.get_by_label("Sổ văn bản đến xuất từ").set_input_files(register)
    page.get_by_role("button", name="Đọc sổ").click()
    page.get_by_role("heading", name="Văn bản có thể là kết quả (2)").wait_for()
    picture(page, "so-van-ban-den-dien-thoai")
    assert fits(page)
    assert faults(page) == []


def test_in_english_only_what_others_wrote_is_vietnamese(followed: Office, site: Site, register: Path) -> None:
    client = site.client("thu-ky")
    client.cookies.set("dondoc_lang", "en")
    leftover = Leftover(followed.app)
    proposed = client.post(PATH, files={"file": (register.name, register.read_bytes())}).text
    refused = client.post(f"{PATH}/ghi", data=line(1, "K1-0001", "31/2/2022", "1")).text
    assert "signed in time, arrived late" in proposed
    assert "Line no. 4 (arrival no. 15): arrival:" in proposed
    assert leftover.of(proposed) | leftover.of(refused) == set()


def test_before_the_first_apply(bureau: Office, site: Site, register: Path) -> None:
    client = site.client("thu-ky")
    assert "Chưa áp dụng cấu hình nào" in client.get(PATH).text
    answer = client.post(PATH, files={"file": (register.name, register.read_bytes())})
    assert (answer.status_code, "Chưa áp dụng cấu hình nào" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("so.xlsx", workbook([("a", "b", "c"), (1, 2, 3)]), "tệp không có cột"),
        ("so.xlsx", b"PK broken", "hỏng"),
        ("so.csv", "Nơi gửi;Số ký hiệu;Trích yếu;Ngày đến\nSở Y tế;1/BC;A;1/12;Mật".encode(), "độ mật"),
        ("so.exe", b"MZ", "không đọc được loại tệp"),
        ("", b"", "chưa chọn tệp nào"),
    ],
)
def test_what_is_no_register_is_told_beside_the_field(
    followed: Office, site: Site, name: str, content: bytes, words: str
) -> None:
    answer = site.client("thu-ky").post(PATH, files={"file": (name, content)} if name else {"file": ("", b"")})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="fault-file"' in answer.text


def line(number: int, code: str, day: str = "21/11/2022", ticked: str = "") -> dict[str, str]:
    """What the page's form says of one document."""
    said = {"noi": "Sở Y tế", "so": f"{number}/BC-SYT", "trich": f"{SUBJECT} năm 2022", "viec": code, "ngay": day}
    said |= {"gui": "2022-11-21", "den": "2022-11-21", "ky": "", "so_den": "12", "lua": code, "nghi": ""}
    return {f"{key}_{number}": value for key, value in said.items()} | ({"chon": ticked} if ticked else {})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (line(1, "K1-0001"), "chưa chọn dòng nào"),
        (line(1, "K1-0001", "31/2/2022", "1"), "không có ngày 31/2/2022"),
        (line(1, "K1-0001", "29/12/2022", "1"), "chưa đến"),
        (line(1, "K9-9999", ticked="1"), "không có mã việc K9-9999"),
        (line(1, "K1-0001") | {"chon": "1", "gui_1": "hôm qua"}, "biểu mẫu không phải của trang này"),
        (line(1, "K1-0001") | {"chon": "1", "ky_1": "<script>"}, "biểu mẫu không phải của trang này"),
        (line(1, "K1-0001") | {"chon": "1", "viec_1": "K1-0002"}, "biểu mẫu không phải của trang này"),
        (line(1, "K1-0001") | {"chon": "1", "viec_1": "", "lua_1": ""}, "biểu mẫu không phải của trang này"),
        ({"noi_x": "Sở Y tế", "chon": "x"}, "biểu mẫu không phải của trang này"),
    ],
)
def test_what_is_wrong_stands_beside_its_line_and_nothing_is_recorded(
    followed: Office, site: Site, typed: dict[str, str], words: str
) -> None:
    answer = site.client("thu-ky").post(f"{PATH}/ghi", data=typed)
    assert (answer.status_code, words in answer.text) == (422, True), answer.text
    assert sent(followed, site) == {}


def test_what_was_typed_stays(followed: Office, site: Site) -> None:
    typed = line(1, "K1-0001", "31/2/2022") | line(2, "K1-0001", "20/11") | {"chon": "1"}
    answer = site.client("thu-ky").post(f"{PATH}/ghi", data=typed)
    assert 'value="31/2/2022"' in answer.text
    assert 'value="20/11"' in answer.text
    assert answer.text.count("checked") == 1
    both = site.client("thu-ky").post(
        f"{PATH}/ghi", data=line(1, "K1-0001") | line(2, "K1-0001") | {"chon": ["1", "2"]}
    )
    assert (both.status_code, both.text.count("hai văn bản cùng ghi cho K1-0001")) == (422, 2)


def test_a_page_that_is_old_offers_what_it_offered(followed: Office, site: Site) -> None:
    """Somebody else recorded one of its duties: that stays chosen, with its fault; no other is put in its place."""
    client = site.client("thu-ky")
    other = Submission(date(2022, 11, 20), document="1/BC")
    submit(followed.app, Address(code="K1-0001"), other, site.clock(), by="chị Lan")
    asked = line(1, "K1-0001", ticked="1") | {"lua_1": "K1-0001,K1-0003", "nghi_1": "chưa rõ báo cáo kỳ nào"}
    answer = client.post(f"{PATH}/ghi", data=asked)
    assert answer.status_code == 422
    assert re.search(r'<option lang="vi" value="K1-0001" selected>', answer.text)
    assert "K1-0001 đã được ghi với văn bản 1/BC" in answer.text
    assert "chưa rõ báo cáo kỳ nào" in answer.text
    assert re.search(r'name="chon" value="1" checked aria-invalid="true"', answer.text)


def test_a_wrong_day_is_told_at_the_day(followed: Office, site: Site) -> None:
    answer = site.client("thu-ky").post(f"{PATH}/ghi", data=line(1, "K1-0001", "31/2/2022", "1"))
    assert re.search(r'name="ngay_1"[^>]* aria-invalid="true" aria-describedby="sai_1"', answer.text)
    assert not re.search(r'name="chon"[^>]* aria-invalid', answer.text)
    two = line(1, "K1-0001", "31/2/2022") | line(2, "K1-0001") | {"chon": ["1", "2"]}
    both = site.client("thu-ky").post(f"{PATH}/ghi", data=two)
    assert both.text.count("không có ngày 31/2/2022") == 1  # at its own line, not at the other for the same duty


def test_what_stands_already_is_said(followed: Office, site: Site) -> None:
    """Two people save the same line."""
    first, second = site.client("thu-ky"), site.client("quan-tri")
    for client in (first, second):
        done = client.post(f"{PATH}/ghi", data=line(1, "K1-0001", ticked="1"))
        assert done.status_code == 303
    assert "Không ghi gì mới" in second.get(done.headers["location"]).text


def test_no_more_lines_than_a_form_can_carry(
    followed: Office, site: Site, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (form, routes):
        monkeypatch.setattr(module, "MOST_SHOWN", 1)
    answer = site.client("thu-ky").post(PATH, files={"file": (register.name, register.read_bytes())})
    assert "1 dòng đầu trong 2" in answer.text
    assert answer.text.count('name="chon"') == 1


def test_what_others_recorded_is_not_taken_back(followed: Office, site: Site) -> None:
    done = site.client("thu-ky").post(f"{PATH}/ghi", data=line(1, "K1-0001", ticked="1"))
    assert done.status_code == 303
    answer = site.client("quan-tri").post(f"{PATH}/hoan-tac", data={"luc": site.clock().isoformat()})
    assert (answer.status_code, "không có lượt ghi nào của bạn" in answer.text) == (422, True)
    assert sent(followed, site) == {"K1-0001": date(2022, 11, 21)}
