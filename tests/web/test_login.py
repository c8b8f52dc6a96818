"""Logging in and out."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from obligations.cases.access import sessions, users
from obligations.cases.access.users import Change
from obligations.domain.errors import Refused
from obligations.web.headers import is_ours
from tests.web.conftest import HOUSE, PHONE, Open, faults, fits, picture
from tests.web.site import PASSWORD, Site


def test_a_stranger_is_asked_to_log_in_and_led_on(site: Site, opened: Open) -> None:
    """By keyboard alone, on a phone's width; a wrong password is told in a sentence."""
    site.person("thu-ky")
    page = opened("/dang-nhap?tiep=/khong-co", size=PHONE)
    picture(page, "dang-nhap")
    assert fits(page)
    assert faults(page) == []
    page.keyboard.type("thu-ky")
    page.keyboard.press("Tab")
    page.keyboard.type("sai mật khẩu rồi")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "sai tên đăng nhập hoặc mật khẩu" in page.get_by_role("alert").inner_text()
    page.locator("[name=password]:focus").wait_for()  # autofocus comes with the first frame
    page.keyboard.type(PASSWORD)  # the name is kept, the password is what is typed again
    page.keyboard.press("Enter")
    page.wait_for_url("**/khong-co")
    assert "Người thu-ky" in page.get_by_role("banner").inner_text()


def test_a_login_ends(site: Site) -> None:
    """By logging out, with the account, and by itself."""
    client = site.client("quan-tri")
    cookie = client.cookies["dondoc_session"]
    assert client.post("/dang-xuat").status_code == 303
    client.cookies.set("dondoc_session", cookie)
    assert 'action="/dang-xuat"' not in client.get("/dang-nhap").text
    again = site.client("quan-tri")
    assert 'action="/dang-xuat"' in again.get("/dang-nhap").text
    site.now = "2022-11-28 20:31"
    assert 'action="/dang-xuat"' not in again.get("/dang-nhap").text


def test_five_wrong_passwords_lock_the_account_for_a_while(site: Site) -> None:
    client = site.client()
    site.person("xem")
    wrong = {client.post("/dang-nhap", data={"name": "xem", "password": "không phải"}).text for _ in range(5)}
    rests = client.post("/dang-nhap", data={"name": "xem", "password": PASSWORD})
    assert (rests.status_code, {rests.text}) == (401, wrong)  # nothing tells that there is such an account
    assert "Sai 5 lần liền thì tài khoản nghỉ 15 phút" in rests.text
    site.now = "2022-11-28 08:46"
    assert client.post("/dang-nhap", data={"name": "xem", "password": PASSWORD}).status_code == 303


def test_the_last_admin_stays(site: Site) -> None:
    site.person("quan-tri")
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        users.change(site.office.app, "quan-tri", Change(closed=True), site.clock(), by="thử")
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        users.change(site.office.app, "quan-tri", Change(role="viewer"), site.clock(), by="thử")


@pytest.mark.parametrize("elsewhere", ["//xau.example", "/\\xau.example", "https://xau.example", "javascript:alert(1)"])
def test_a_login_never_leads_elsewhere(site: Site, elsewhere: str) -> None:
    site.person("xem")
    answer = site.client().post("/dang-nhap", data={"name": "xem", "password": PASSWORD, "tiep": elsewhere})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://so.example", "host": "so.example"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://so.example", "host": "so.example"}, True),
        ({"origin": "http://xau.example", "host": "so.example"}, False),
        ({"origin": "null", "host": "so.example"}, False),
        ({"host": "so.example"}, False),
    ],
)
def test_what_comes_from_another_site_changes_nothing(headers: dict[str, str], *, ours: bool) -> None:
    assert is_ours(headers) is ours


def test_the_office_logs_in_over_its_own_network_without_tls(chromium: Browser, site: Site) -> None:
    """There a browser does not say `Sec-Fetch-Site`, only the origin of the form."""
    site.person("thu-ky")
    context = chromium.new_context(base_url=f"http://{HOUSE}:{site.port}")
    page = context.new_page()
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("thu-ky")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_request("**/dang-nhap") as sent:
        page.keyboard.press("Enter")
    page.get_by_role("banner").get_by_text("Người thu-ky").wait_for()
    assert "sec-fetch-site" not in sent.value.all_headers()
    context.close()


@pytest.mark.parametrize("code", ["punycode", "idna", "utf-16", "khong-co"])
@pytest.mark.parametrize("path", ["/dang-nhap", "/cau-hinh/tep", "/giao-viec", "/so-van-ban-den"])
def test_a_form_in_another_code_is_not_taken_in(site: Site, path: str, code: str) -> None:
    """Decoding 190 kB of punycode keeps a core for many seconds, and everybody waits."""
    body = b'--X\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"a" * 95_000 + b"-" + b"a" * 95_000
    kind = f"multipart/form-data; boundary=X; charset={code}"
    client, began = site.client(), time.process_time()
    answer = client.post(path, content=body + b"\r\n--X--\r\n", headers={"Content-Type": kind})
    assert (answer.status_code, answer.text) == (415, "Biểu mẫu không ở dạng UTF-8.")
    assert time.process_time() - began < 1  # the server is a thread of this process


def test_a_form_that_names_utf_8_is_taken_in(site: Site) -> None:
    site.person("xem")
    body = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("name", "xem"), ("password", PASSWORD))
    )
    kind = {"Content-Type": "multipart/form-data; boundary=X; charset=UTF-8"}
    assert site.client().post("/dang-nhap", content=f"{body}--X--\r\n".encode(), headers=kind).status_code == 303


def test_a_file_of_the_editor_is_taken_in_from_nobody_else(site: Site) -> None:
    answer = site.client().post("/cau-hinh/tep", data={"text": "a" * 300_000})
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")


def test_what_breaks_inside_tells_nothing_and_trusts_nobody(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("chuỗi bí mật")

    monkeypatch.setattr(sessions, "open_session", broken)
    answer = site.client().post("/dang-nhap", data={"name": "xem", "password": PASSWORD})
    assert answer.status_code == 500
    assert "bí mật" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_every_answer_trusts_nobody(site: Site) -> None:
    headers = site.client().get("/dang-nhap").headers
    assert "'unsafe-inline'" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_a_page_speaks_the_language_chosen(site: Site) -> None:
    """The visitor's choice, else Vietnamese; the switch leads back to where it was pressed."""
    client = site.client()
    assert "Mật khẩu" in client.get("/dang-nhap").text
    answer = client.post("/ngon-ngu", data={"lang": "en", "tiep": "/dang-nhap"})
    assert answer.headers["location"] == "/dang-nhap"
    assert "Password" in client.get("/dang-nhap").text


def test_another_language_keeps_the_page_and_what_was_asked_there(site: Site, opened: Open) -> None:
    """A month, a file, every filter of the board: the same page in the other language."""
    page = opened("/cau-hinh/tep?ten=office.yaml", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Text (YAML)").wait_for()
    assert page.url == f"{site.url}/cau-hinh/tep?ten=office.yaml"
    place = f"/?loai=all&tim={'x' * 150}&don_vi={'y' * 150}"
    answer = site.client().post("/ngon-ngu", data={"lang": "en", "tiep": place})
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_a_server_that_is_gone_is_told_in_the_page_s_language(opened: Open) -> None:
    page = opened("/cau-hinh/tep?ten=office.yaml", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Text (YAML)").wait_for()
    page.wait_for_load_state()
    page.context.set_offline(True)
    page.get_by_role("button", name="Check").click()
    page.get_by_role("alert").get_by_text("The server cannot be reached; nothing was recorded.").wait_for()
