"""What a page says to do can be done on a page: no refusal sends its reader to a terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from obligations.cases.sending import pausing
from obligations.domain.errors import Refused
from obligations.web.remedies import REMEDIES, remedy, told, told_to_units
from tests.offices import Office, obligation
from tests.web.conftest import Open, faults
from tests.web.site import Site

ROOT = Path(__file__).parents[2] / "obligations"
COMMAND = re.compile(r"\bdondoc [a-z]|(?<!\S)--[a-z]")
# What only a command meets: copies of the ledger, the engine, the document of `dondoc draft`, the door of the process.
TERMINAL = {
    "database-busy", "database-url", "engine-running", "newer-backup", "not-empty", "port-taken", "second-engine",
    "too-many-files",
}  # fmt: skip


@pytest.fixture
def bureau(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def refusals() -> Iterator[tuple[str, str, str]]:
    """Where, with which code, and with which words near it a use case or the loader refuses."""
    for part in ("cases", "domain", "config", "store", "web"):
        for path in (ROOT / part).rglob("*.py"):
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef):
                    yield from _in(function, str(path.relative_to(ROOT)))


def _in(function: ast.FunctionDef, where: str) -> Iterator[tuple[str, str, str]]:
    fixes: dict[str, str] = {}
    for call in sorted(ast.walk(function), key=lambda one: getattr(one, "lineno", 0)):
        if isinstance(call, ast.Assign):
            fixes[ast.unparse(call.targets[0])] = ast.unparse(call.value)
        elif isinstance(call, ast.Call) and ast.unparse(call.func) in ("Refused", "ClockWentBack"):
            code, *said = (ast.unparse(one) for one in call.args)
            yield f"{where}:{call.lineno}", code.strip("'"), " ".join(fixes.get(one, one) for one in said)


def test_every_refusal_that_names_a_command_has_a_remedy_on_pages() -> None:
    named = [(where, code) for where, code, words in refusals() if COMMAND.search(words)]
    assert len(named) > 10
    assert {code for _, code in named} == REMEDIES.keys() | TERMINAL


def test_no_remedy_of_a_page_names_a_command() -> None:
    for words in REMEDIES.values():
        assert not COMMAND.search(words), words
        assert words.endswith("."), words


def test_a_refusal_keeps_its_own_remedy_where_that_can_be_done_on_a_page() -> None:
    own = Refused("future", "ngày 31/12/2029 chưa đến.", "Hôm nay là 28/11/2022.")
    assert told(own) == "ngày 31/12/2029 chưa đến. Hôm nay là 28/11/2022."
    typed = Refused("already", "K1-0001 đã được ghi nhận.", "Ghi nhầm thì mở lại bằng dondoc reopen rồi ghi lại.")
    assert "Mở lại (ghi nhầm)" in remedy(typed)
    assert told_to_units(typed) == "K1-0001 đã được ghi nhận. Cần sửa, xin gọi đầu mối."


def test_pages_refuse_in_a_pages_words(site: Site) -> None:
    """A duty that is not there, one sent already, one with nothing to confirm."""
    client = site.client("thu-ky")
    assert "Tìm việc ở Bảng theo dõi." in client.get("/viec/K9-9999").text
    assert "Ghi kết quả trước, ở mục" in client.post("/viec/K1-0001/ghi-nhan", data={"on": "28/11"}).text
    assert client.post("/viec/K1-0001/ket-qua", data={"on": "25/11", "document": "1/BC"}).status_code == 303
    answer = client.post("/viec/K1-0001/ket-qua", data={"on": "25/11", "document": "2/BC"}).text
    assert "mở lại ở mục Mở lại (ghi nhầm)" in answer
    assert "dondoc" not in answer.replace("dondoc.js", "")


def test_the_board_leads_to_what_ends_a_trouble(bureau: Office, site: Site, opened: Open) -> None:
    """A draft on disk: to its changes. A pause: to the page where an admin lets messages go again."""
    units = (bureau.folder / "units.yaml").read_text("utf-8")
    bureau.write("units.yaml", units.replace("Chị Lan", "Chị Hoa"))
    assert "Xem thay đổi, áp dụng" not in site.client("xem").get("/").text
    page = opened("/quan-tri", "quan-tri")
    page.get_by_text("Tạm dừng gửi").first.click()
    page.get_by_label("Lý do").fill("đổi máy chủ thư")
    page.get_by_role("button", name="Tạm dừng gửi").click()
    page.get_by_text("do Người quan-tri (đổi máy chủ thư)").first.wait_for()
    assert faults(page) == []
    page.goto("/")
    assert "dondoc" not in page.inner_text("main")
    page.get_by_role("link", name="Gửi tiếp ở Quản trị").click()
    page.get_by_role("button", name="Gửi tiếp").click()
    page.get_by_text("Tạm dừng gửi").first.wait_for()
    assert pausing.current(bureau.app) is None
    page.goto("/")
    page.get_by_role("link", name="Xem thay đổi, áp dụng").click()
    page.wait_for_url("**/cau-hinh/thay-doi")
