"""Lịch sử chạy, Quản trị: before a real Prefect and without one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from flows.environment import Place
from obligations.cases.access import links
from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.upkeep.engines import acquire, release
from obligations.domain.errors import Refused
from tests.offices import Office, at, obligation
from tests.ports import free_port
from tests.prefect_data import PrefectData
from tests.web.conftest import DESK, PHONE, Open, faults, fits, picture
from tests.web.site import NOW, PASSWORD, Site

WITHIN_SECONDS = 120


@pytest.fixture
def followed(bureau: Office) -> Office:
    """One plan since July; its pages have an address."""
    office = (bureau.folder / "office.yaml").read_text("utf-8")
    bureau.write("office.yaml", f"{office}public_url: https://nhac.so-mau.example\n")
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


@pytest.fixture
def prefect(bureau: Office, prefect_data: PrefectData, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Prefect's server as the engine starts it, and the engine's line in the ledger."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)  # an engine of another test, in this process before, told it of its own key
    prefect_data.give(bureau.home)
    place = Place(bureau.home, free_port())
    release(acquire(bureau.app, place.url, at(NOW)))
    environment = {"DONDOC_HOME": str(place.home), "DONDOC_PREFECT_PORT": str(place.port)}
    process = subprocess.Popen([sys.executable, "-m", "flows.server"], env=_clean() | environment)
    try:
        end = time.monotonic() + WITHIN_SECONDS
        while not _answers(place):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.2)
        yield place
    finally:
        process.terminate()
        process.wait(30)


def _clean() -> dict[str, str]:
    """The environment without what other tests have told Prefect in this process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def _answers(place: Place) -> bool:
    try:
        return httpx.get(f"{place.api_url}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def has_run(place: Place, flow: str, name: str, state: str, tags: tuple[str, ...] = (), message: str = "") -> None:
    """A run of eight in the morning of the pages' own day, as the engine would have left it."""
    guard = b64encode(prefect_key(place.home, {}).encode()).decode()
    details = {"scheduled_time": at(NOW).replace(hour=8, minute=0).isoformat()}
    with httpx.Client(base_url=f"{place.api_url}/", headers={"Authorization": f"Basic {guard}"}, timeout=30) as client:
        number = _taken(client, "flows/", {"name": flow})["id"]
        due = {
            "type": "SCHEDULED",
            "name": "Pretended",
            "state_details": details,
        }  # Prefect marks "Scheduled" ones late
        body = {"flow_id": number, "name": name, "tags": list(tags), "state": due}
        run = _taken(client, "flow_runs/", body)["id"]
        state_of = {"type": state, "name": state.title(), "message": message, "state_details": details}
        assert _taken(client, f"flow_runs/{run}/set_state", {"state": state_of, "force": True})["status"] == "ACCEPT"


def _taken(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Prefect's answer; while it starts, its own tables may be locked, and it asks to be asked again."""
    end = time.monotonic() + WITHIN_SECONDS
    while (told := client.post(path, json=body)).status_code >= 500 and time.monotonic() < end:
        time.sleep(0.5)
    answer: dict[str, Any] = told.raise_for_status().json()
    return answer


def shown_runs(page: Page, *expected: tuple[str, ...]) -> None:
    """Waits until each of `expected` is in a row, all its words: Prefect is asked anew each time, and may be silent."""
    end = time.monotonic() + WITHIN_SECONDS
    while True:
        rows = page.get_by_role("row").all_inner_texts()
        missing = [words for words in expected if not any(all(word in row for word in words) for row in rows)]
        if not missing:
            return
        assert time.monotonic() < end, f"{missing} in none of {rows}: {page.inner_text('main')}"
        page.reload()


def told(page: Page, words: str) -> None:
    """Waits until a page that asks Prefect says this."""
    page.wait_for_load_state()
    end = time.monotonic() + WITHIN_SECONDS
    while words not in page.inner_text("main"):
        assert time.monotonic() < end, page.inner_text("main")
        page.reload()


def test_the_runs_are_told_in_words_and_prefect_opens_to_the_admin_alone(
    followed: Office, site: Site, prefect: Place, chromium: Browser, opened: Open
) -> None:
    """The page tells of each run; Prefect's API refuses everybody else; its pages open with the key of the admin's."""
    has_run(prefect, "check_obligation", "Nhắc", "COMPLETED", ("plan:ke-hoach", "obligation:bao-cao", "rung:before-3"))
    has_run(prefect, "deliver", "Gửi", "FAILED", message="Máy chủ thư không trả lời.")
    page = opened("/lich-su-chay", "quan-tri")
    shown_runs(
        page,
        ("Kiểm tra nhiệm vụ", "12/KH-SM: Việc bao-cao", "trước hạn 3 ngày", "Xong"),
        ("Gửi nhắc việc", "Máy chủ thư không trả lời."),
    )
    picture(page, "lich-su-chay")
    assert faults(page) == []
    assert "0,0" in page.locator("tbody td.number").all_inner_texts()  # seconds, with a comma
    page.get_by_label("Kết quả").select_option("loi")
    page.get_by_label("Kế hoạch").select_option("ke-hoach")
    page.get_by_role("button", name="Xem").click()
    told(page, "Không có lượt chạy nào như vậy")
    assert httpx.post(f"{prefect.api_url}/flow_runs/filter", json={}).status_code == 401
    guarded = opened("/quan-tri/prefect", "quan-tri")
    picture(guarded, "vao-prefect")
    enters_prefect(chromium, guarded.get_by_label("Mật khẩu của Prefect").input_value(), prefect)
    well = opened("/quan-tri", "quan-tri")
    picture(well, "quan-tri")
    assert faults(well) == []
    told(well, "Phiên bản Prefect")


def enters_prefect(chromium: Browser, key: str, prefect: Place) -> None:
    """Prefect's own page asks for the password once, then shows the runs of the days in the link."""
    context = chromium.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    day = at(NOW).replace(hour=0, minute=0)
    page.goto(prefect.runs_url(day, day + timedelta(days=1)))
    page.locator("input[type=password]").fill(key)
    page.keyboard.press("Enter")
    page.get_by_text("Nhắc", exact=True).first.wait_for()
    picture(page, "prefect")
    context.close()


def test_the_pages_go_on_while_prefect_is_silent(followed: Office, site: Site, opened: Open) -> None:
    """Never started, then gone: both are said calmly, and what the ledger knows is still told."""
    client = site.client("quan-tri")
    assert "chưa từng có dondoc up chạy" in client.get("/lich-su-chay").text
    release(acquire(followed.app, f"http://127.0.0.1:{free_port()}", at(NOW)))
    page = opened("/lich-su-chay?tu=25/11&den=sai", "quan-tri", PHONE)
    assert "25/11" in page.get_by_label("Từ ngày").input_value()
    assert page.get_by_label("Đến ngày").get_attribute("aria-invalid") == "true"
    page = opened("/lich-su-chay", "quan-tri", PHONE)
    picture(page, "lich-su-chay-khong-prefect")
    assert "Prefect không trả lời" in page.inner_text("main")
    assert fits(page)
    page.goto("/quan-tri")
    picture(page, "quan-tri-khong-prefect")
    assert fits(page)
    assert faults(page) == []
    assert "năm 2022, 2023 chưa có quyết định nghỉ lễ" in page.inner_text("main")


def test_an_account_is_added_changed_and_closed(followed: Office, site: Site, opened: Open) -> None:
    page = opened("/quan-tri/tai-khoan", "quan-tri")
    assert page.get_by_label("Vai trò").input_value() == "viewer"  # what may do least, until somebody chooses more
    page.get_by_label("Tên đăng nhập").fill("Không Hợp Lệ")
    page.get_by_label("Họ tên").fill("Lê Bình")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Thêm tài khoản").click()
    assert "không hợp lệ" in page.locator(".fault").inner_text()
    assert page.get_by_label("Họ tên").input_value() == "Lê Bình"
    picture(page, "tai-khoan")
    assert faults(page) == []
    page.get_by_label("Tên đăng nhập").fill("binh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Thêm tài khoản").click()
    page.get_by_role("status").wait_for()
    page.get_by_role("link", name="binh").click()
    page.get_by_role("button", name="Đóng tài khoản").wait_for()
    picture(page, "tai-khoan-mot")
    assert faults(page) == []
    page.get_by_role("button", name="Đóng tài khoản").click()
    page.get_by_role("status").wait_for()
    assert "Đã đóng từ" in page.inner_text("main")
    client = site.client("quan-tri")
    assert client.post("/quan-tri/tai-khoan/quan-tri", data={"viec": "dong"}).status_code == 422
    assert client.post("/quan-tri/tai-khoan/khong-ai", data={"viec": "dong"}).status_code == 404
    trail = client.get("/quan-tri/dau-vet").text
    assert "vai trò Xem" in trail
    assert "binh; đóng" in trail
    assert PASSWORD not in trail


def test_a_link_is_issued_shown_and_revoked(followed: Office, site: Site, opened: Open) -> None:
    """What is shown opens the unit's page; revoked it opens nothing; GET makes none."""
    page = opened("/quan-tri/lien-ket", "quan-tri", DESK)
    page.get_by_label("Đơn vị").select_option("so-y-te")
    page.get_by_role("button", name="Cấp liên kết").click()
    address = page.get_by_role("status").locator("input").input_value()
    picture(page, "lien-ket")
    assert faults(page) == []
    token = address.rpartition("/")[2]
    assert links.open_link(followed.app, token, site.clock()).unit == "so-y-te"
    page.locator("summary", has_text="Thu hồi").click()
    assert links.open_link(followed.app, token, site.clock()).unit == "so-y-te"  # one press only asks
    picture(page, "thu-hoi")
    assert faults(page) == []
    page.get_by_role("button", name="Thu hồi liên kết này").click()
    page.get_by_text("Đã thu hồi").wait_for()
    with pytest.raises(Refused, match="đã được thu hồi"):
        links.open_link(followed.app, token, site.clock())
    phone = opened("/quan-tri/lien-ket", "quan-tri", PHONE)
    assert fits(phone)
    trail = opened("/quan-tri/dau-vet", "quan-tri", PHONE)
    picture(trail, "dau-vet")
    assert fits(trail)
    assert faults(trail) == []
    assert "Sở Y tế" in phone.inner_text("main")
    assert "Thu hồi liên kết" in trail.inner_text("main")
    assert "Sở Y tế, liên kết số 1" in trail.inner_text("main")
    assert trail.inner_text("main").count("Người quan-tri") == 2  # issued and revoked by the same person


def test_links_that_letters_took_along_do_not_bury_what_people_did(followed: Office, site: Site) -> None:
    links.issue(followed.app, "so-y-te", site.clock())
    links.issue(followed.app, "so-xay-dung", site.clock(), by="Người quan-tri")
    client = site.client("quan-tri")
    everything, issued = (client.get(f"/quan-tri/dau-vet?loai={kind}").text for kind in ("", "link_issued"))
    assert ("Sở Y tế, liên kết" in everything, "Sở Xây dựng, liên kết" in everything) == (False, True)
    assert ("Sở Y tế, liên kết" in issued, "Sở Xây dựng, liên kết" in issued) == (True, True)
