"""`python -m tests.web.pictures [FOLDER]`: the pictures of docs/hinh, of the shipped plans on 28/11/2022.

Only *Quản trị* is of today: a real `dondoc up` runs for it, by the real clock. People, units' addresses and links are
invented, and gone when this ends. Run it again when a page has changed.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from obligations.cases.access import links, users
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.configuring import applying
from obligations.cases.upkeep.checkup import engine, of_prefect
from obligations.cases.upkeep.prefect_api import PrefectSilent, connect
from obligations.config.load import read_folder
from tests.offices import ZONE, Office
from tests.ports import free_port
from tests.web.conftest import ARGUMENTS, program
from tests.web.lived import CONFIG, shipped
from tests.web.site import PASSWORD, Site, serving

FOLDER = Path(__file__).parents[2] / "docs/hinh"
DESK, PHONE = (1280, 800), (390, 760)
COLOURS = 160  # a page has few; the files stay small
PEOPLE = {"thu-ky": ("secretariat", "Lê Thị Mai"), "quan-tri": ("admin", "Trần Văn An")}
UNIT = "qb-so-khdt"
UP_SECONDS = 600  # Prefect's first start, and a run of everything that keeps the office


@dataclass(frozen=True)
class Picture:
    """One file: who looks (one of PEOPLE, or a unit by its link), at which page, and what is done there first."""

    name: str
    path: str
    who: str = "thu-ky"
    size: tuple[int, int] = DESK
    first: Callable[[Page], object] = lambda _: None
    is_today: bool = False


def _type_a_task(page: Page) -> None:
    page.get_by_label("Việc gì").fill("Báo cáo kết quả rà soát hộ nghèo")
    page.get_by_label("UBND các huyện, thị xã, thành phố").check()
    page.get_by_label("Hạn", exact=False).first.fill("16h 9/12")
    page.get_by_text("09/12/2022").first.wait_for()


PICTURES = (
    Picture("bang-theo-doi", "/"),
    Picture("viec", "/viec/K3-0004", first=lambda page: page.get_by_text("Đơn vị đã gửi kết quả").click()),
    Picture("cho-duyet", "/cho-duyet"),
    Picture("giao-viec", "/giao-viec", first=_type_a_task),
    Picture("quan-tri", "/quan-tri", "quan-tri", is_today=True),
    Picture("tai-khoan", "/quan-tri/tai-khoan", "quan-tri"),
    Picture("don-vi", "/don-vi-toi", "unit", PHONE),
    Picture(
        "don-vi-tra-loi",
        "/don-vi-toi",
        "unit",
        PHONE,
        lambda page: page.get_by_role("link", name="Xem và trả lời").first.click(),
    ),
)


def main(folder: Path = FOLDER) -> None:
    """Every picture, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        office = shipped(Path(scratch) / "home", _linked(Path(scratch)))
        with serving(office) as site:
            _take(browser, site, folder, is_today=False)
        office.close()
        with engine_running(Path(scratch) / "today") as site:
            _take(browser, site, folder, is_today=True)
        browser.close()


def _take(browser: Browser, site: Site, folder: Path, *, is_today: bool) -> None:
    for name, (role, full_name) in PEOPLE.items():
        users.add(site.office.app, name, role, PASSWORD, site.clock(), by="thử", full_name=full_name)
    for one in PICTURES:
        if one.is_today == is_today:
            (folder / f"{one.name}.png").write_bytes(small(taken(browser, site, one)))


@contextmanager
def engine_running(scratch: Path) -> Iterator[Site]:
    """The same plans, applied today and kept by a real `dondoc up`, once all of it has run."""
    office = Office(_linked(scratch), scratch / "home")
    applying.apply(office.app, read_folder(office.folder), utc_now(), by="thư ký")
    site = Site(office, now=f"{datetime.now(ZONE):%Y-%m-%d %H:%M}")
    places = {"DONDOC_CONFIG": str(office.folder), "DONDOC_HOME": str(office.home)}
    ports = {"DONDOC_WEB_PORT": str(site.port), "DONDOC_PREFECT_PORT": str(free_port())}
    command = [sys.executable, "-m", "obligations.cli.main", "up"]
    up = subprocess.Popen(command, env=os.environ | places | ports, start_new_session=True)
    try:
        _wait_until_well(office.app, up)
        yield site
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(60)
        office.close()


def _wait_until_well(app: App, up: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + UP_SECONDS
    while not _is_well(app):
        assert up.poll() is None, "dondoc up has ended"
        assert time.monotonic() < end, "Prefect has not run everything"
        time.sleep(2)


def _is_well(app: App) -> bool:
    now = utc_now()
    try:
        with connect(app) as api:
            return engine(app, now).ok and all(one.ok for one in of_prefect(api, now, ZONE))
    except PrefectSilent:
        return False


def _linked(scratch: Path) -> Path:
    folder = Path(shutil.copytree(CONFIG, scratch / "config"))
    office = folder / "office.yaml"
    office.write_text(
        office.read_text("utf-8").replace("public_url: null", "public_url: https://nhac.example"), "utf-8"
    )
    return folder


def taken(browser: Browser, site: Site, one: Picture) -> bytes:
    """What the screen shows first, once the page stands still."""
    width, height = one.size
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce"
    )
    page = context.new_page()
    if one.who == "unit":
        page.goto(f"/d/{links.issue(site.office.app, UNIT, site.clock())}")
    else:
        form: dict[str, str | float | bool] = {"name": one.who, "password": PASSWORD}
        context.request.post("/dang-nhap", form=form, headers={"Origin": site.url})
    page.goto(one.path)
    one.first(page)
    page.wait_for_load_state("networkidle")
    made = page.screenshot()
    context.close()
    return made


def small(picture: bytes) -> bytes:
    """The same with few colours."""
    written = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(written, "png", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
