"""Sửa đầu mối: one unit's contacts changed by a form; the file keeps every other letter."""

from __future__ import annotations

import re

import pytest

from obligations.cases import applied
from obligations.cases.answering.contacts import Proposal, propose
from tests.offices import UNITS, Office, at, obligation
from tests.web.conftest import DESK, PHONE, Open, faults, fits, picture
from tests.web.site import Site

PATH = "/don-vi/so-y-te/dau-moi"
FORM = {
    "name_0": "Anh Bình", "role_0": "focal", "email_0": "dau-moi@so-y-te.example", "phone_0": "",
    "name_1": "Giám đốc Sở Y tế", "role_1": "leader", "email_1": "giam-doc@so-y-te.example", "phone_1": "",
    "name_2": "", "role_2": "focal", "email_2": "", "phone_2": "",
}  # fmt: skip


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(read|seen)" value="([^"]*)"', text))


def units_of(office: Office) -> str:
    return (office.folder / "units.yaml").read_text("utf-8")


def emails(office: Office, unit: str = "so-y-te") -> list[str | None]:
    return [one.email for one in applied.current(office.app).configuration.units[unit].contacts]


def test_an_address_is_changed_where_the_unit_is_looked_at(followed: Office, opened: Open) -> None:
    page = opened("/don-vi/so-y-te", "thu-ky", DESK)
    page.get_by_role("link", name="Sửa, thêm đầu mối").click()
    page.get_by_label("Thư điện tử").first.wait_for()
    assert faults(page) == []
    page.get_by_label("Thư điện tử").first.fill("khong-phai-thu")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("khong-phai-thu không phải địa chỉ thư điện tử.").wait_for()
    assert page.get_by_label("Thư điện tử").first.get_attribute("aria-describedby") == "fault-email-0"
    assert faults(page) == []
    picture(page, "dau-moi-loi")
    page.get_by_label("Thư điện tử").first.fill("moi@so-y-te.example")
    page.get_by_role("button", name="Xem trước").click()
    told = page.locator("ul.contacts").inner_text()
    assert told == "Sở Y tế, Anh Bình: thư điện tử dau-moi@so-y-te.example → moi@so-y-te.example"
    page.get_by_text("Dòng sẽ đổi trong tệp").click()
    for size, name in ((DESK, ""), (PHONE, "-dien-thoai")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        picture(page, f"dau-moi-xem-truoc{name}")
        page.locator("#offer").scroll_into_view_if_needed()
        picture(page, f"dau-moi-xem-truoc-duoi{name}")
        assert faults(page) == []
        assert fits(page)
    assert units_of(followed) == UNITS
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã đổi đầu mối.").wait_for()
    picture(page, "dau-moi-da-doi")
    assert units_of(followed) == UNITS.replace("dau-moi@so-y-te.example", "moi@so-y-te.example")
    assert emails(followed)[0] == "moi@so-y-te.example"


def test_what_a_unit_asked_for_is_entered_as_a_new_contact(followed: Office, site: Site) -> None:
    wanted = Proposal("Chị Hoa", "chuyên viên", "0900 000 009", "hoa@so-y-te.example")
    propose(followed.app, "so-y-te", wanted, at("2022-11-27 09:00"), by="Anh Bình")
    client = site.client("thu-ky")
    assert f"{PATH}?theo=1" in client.get("/don-vi/so-y-te").text
    shown = client.get(PATH, params={"theo": "1"}).text
    assert 'value="hoa@so-y-te.example"' in shown
    said = FORM | {"name_2": "Chị Hoa", "role_2": "deputy", "email_2": "hoa@so-y-te.example"} | hidden(shown)
    offered = client.post(PATH, data=said)
    assert "<strong>Sở Y tế</strong>, Chị Hoa: thêm; vai trò <strong>phó đầu mối</strong>" in offered.text
    said |= hidden(offered.text)
    for _ in range(2):  # the button may be pressed twice
        assert client.post(PATH, data=said | {"do": "ap-dung"}).headers["location"].endswith("?xong=dau-moi")
    assert "Đơn vị báo đổi đầu mối" not in client.get("/don-vi/so-y-te").text
    assert emails(followed) == ["dau-moi@so-y-te.example", "giam-doc@so-y-te.example", "hoa@so-y-te.example"]


def test_two_who_change_the_same_unit_are_told(followed: Office, site: Site) -> None:
    """Another unit's contacts are nobody's business here."""
    client = site.client("thu-ky")
    mine = FORM | hidden(client.get(PATH).text) | {"email_0": "cua-toi@so-y-te.example"}
    others = client.get("/don-vi/so-xay-dung/dau-moi").text
    other = {"name_0": "Chị Lan", "role_0": "focal", "email_0": "lan@so-xay-dung.example", "phone_0": ""}
    other |= hidden(others)
    other |= hidden(client.post("/don-vi/so-xay-dung/dau-moi", data=other).text)
    assert client.post("/don-vi/so-xay-dung/dau-moi", data=other | {"do": "ap-dung"}).status_code == 303
    seen = client.post(PATH, data=mine)
    assert seen.status_code == 200
    mine |= hidden(seen.text)
    hers = FORM | hidden(client.get(PATH).text) | {"email_0": "cua-chi@so-y-te.example"}
    hers |= hidden(client.post(PATH, data=hers).text)
    assert client.post(PATH, data=hers | {"do": "ap-dung"}).status_code == 303
    late = client.post(PATH, data=mine | {"do": "ap-dung"})
    assert late.status_code == 409
    assert "có người vừa đổi đầu mối" in late.text.casefold()
    assert "đang ghi: cua-chi@so-y-te.example" in late.text
    assert 'value="cua-toi@so-y-te.example"' in late.text
    assert emails(followed)[0] == "cua-chi@so-y-te.example"
    assert emails(followed, "so-xay-dung") == ["lan@so-xay-dung.example"]


def test_somebodys_unfinished_change_is_neither_applied_nor_lost(followed: Office, site: Site) -> None:
    drafted = UNITS.replace("Sở Ngoài cuộc", "Sở Trong cuộc")
    followed.write("units.yaml", drafted)
    client = site.client("thu-ky")
    answer = client.get(PATH)
    assert answer.status_code == 409
    assert "units.yaml đang có phần sửa chưa áp dụng." in answer.text
    assert 'href="/cau-hinh/thay-doi"' in answer.text
    assert units_of(followed) == drafted


def test_what_a_form_would_spoil_is_shown_with_its_line(followed: Office, site: Site) -> None:
    own = "{name: Anh Bình, role: focal, channels: [{email: x@so-y-te.example}]}"
    followed.write("units.yaml", UNITS.replace("{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}", own))
    followed.apply("2022-07-12 09:00")
    client = site.client("thu-ky")
    shown = client.get(PATH).text
    line = units_of(followed).splitlines().index(f"  - {own}") + 1
    assert f'href="/cau-hinh/tep?ten=units.yaml#dong-{line}"' in shown
    said = FORM | hidden(shown) | {"email_0": "q@so-y-te.example", "email_1": "gd@so-y-te.example"}
    said |= hidden(client.post(PATH, data=said).text)
    assert client.post(PATH, data=said | {"do": "ap-dung"}).status_code == 303
    assert own in units_of(followed)
    assert emails(followed) == [None, "gd@so-y-te.example"]


def test_a_viewer_changes_no_contact(followed: Office, site: Site) -> None:
    client = site.client("xem")
    assert "Sửa, thêm đầu mối" not in client.get("/don-vi/so-y-te").text
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, data=FORM).status_code == 403
    assert units_of(followed) == UNITS
