"""A real Chromium, at a desk's and a phone's width, before the pages of an invented office."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from obligations.cases.access import passwords
from tests.ledgers import BOTH
from tests.offices import Office, new_office
from tests.web.site import PASSWORD, Site, serving

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
HOUSE = "nhac.co-quan.example"  # the pages by a name in the office's network, asked without TLS
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    f"--host-resolver-rules=MAP {HOUSE} 127.0.0.1",
)
SERIOUS = ("serious", "critical")
# The first draws without a desktop's parts, for half the CPU.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# For tests that record much by a page; what a page shows does not depend on the database.
ON_BOTH = pytest.mark.parametrize("ledger", BOTH, indirect=True)


def program() -> str | None:
    """Chromium, where it is installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; without it they skip by name, or fail where it is required."""
    found = program()
    if found is None:
        if "chromium" in os.environ.get("DONDOC_TESTS_REQUIRE", "").split(","):
            pytest.fail("chromium is required and not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Each test has accounts of its own: argon2 as ever, at its lowest cost. `test_accounts` pays the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        yield


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path, ledger)
    yield made
    made.close()


@pytest.fixture
def site(bureau: Office) -> Iterator[Site]:
    with serving(bureau) as running:
        yield running


Open = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Open]:
    """`opened(path, person="thu-ky", size=DESK)`: that page in a browser of its own, logged in.

    At the end no page has made a request elsewhere or written an error to its console.
    """
    made = []
    wrong: list[str] = []

    def look(path: str, person: str | None = None, size: dict[str, int] = DESK, *, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            viewport=size,  # type: ignore[arg-type]
            locale="vi-VN",
            java_script_enabled=script,
            reduced_motion="reduce",  # what is still fading in would be measured too pale
        )
        context.set_default_timeout(60_000)  # no test depends on a quiet machine
        made.append(context)
        page = context.new_page()
        page.on("request", lambda one: None if one.url.startswith((site.url, "data:")) else wrong.append(one.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda one: wrong.append(one.text) if "Content Security" in one.text else None)
        if person:
            site.person(person)
            context.request.post(
                "/dang-nhap", form={"name": person, "password": PASSWORD}, headers={"Origin": site.url}
            )
        page.goto(path)
        return page

    yield look
    for context in made:
        context.close()
    assert wrong == []


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, each with its place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def picture(page: Page, name: str) -> None:
    """What a screen shows first, for whoever wants to look: into DONDOC_TESTS_PICTURES, where that is set."""
    if folder := os.environ.get("DONDOC_TESTS_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def fits(page: Page) -> bool:
    """Whether nothing of the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
