"""What an apply, a rollback and a given task would change, on English pages: the office's words among ours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.offices import UNITS, Office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.leftover import Leftover

YEARLY = "{every: year, by: 11-25, from: 2022, to: 2024}"


@pytest.fixture
def bureau(bureau: Office) -> Office:
    """Applied once; the draft moves, ends, renames, adds, and takes in a unit that nothing reaches."""
    dated = {
        "dich": "{by: 2022-12-20}",
        "sai": "{by: 2022-12-21}",
        "thoi": "{by: 2022-12-22}",
        "cu": "{by: 2022-12-23}",
    }
    bureau.plan(obligation("hang-nam", YEARLY), *(obligation(*one) for one in dated.items()))
    bureau.apply("2022-07-11 09:00")
    moved = {
        "dich": ("{by: 2022-12-27}", "moved: {amended_by: 20/KH-SM}"),
        "sai": ("{by: 2022-12-01}", "moved: {correction: gõ nhầm ngày}"),
        "thoi": ("{by: 2022-12-22}", "ended: {on: 2022-11-25, by: 21/QĐ-SM, reason: không còn phù hợp}"),
        "moi": ("{by: 2022-12-23}", "was: cu"),
    }
    changed = (obligation(id_, deadline, more=more) for id_, (deadline, more) in moved.items())
    bureau.plan(obligation("hang-nam", YEARLY), *changed)
    bureau.plan(
        obligation("som", "{by: 2022-11-30}"),
        obligation("cham", "{by: 2022-11-15}"),
        obligation("cho", "{after: 'event:hop', working_days: 10}", responsible="so-moi"),
        name="moi",
    )
    grown = UNITS.replace("groups:", "- {id: so-moi, name: Sở Mới}\ngroups:")
    bureau.write("units.yaml", grown.replace("[so-y-te, so-xay-dung]", "[so-y-te, so-xay-dung, so-moi]"))
    return bureau.write("policies.yaml", "chuan:\n  before: [7, 0]\n")


def test_a_rich_difference_reads_as_english(bureau: Office, opened: Open) -> None:
    """Seen before it is applied, at a desk and on a phone; then what going back would take away."""
    page = opened("/cau-hinh/thay-doi", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Review and apply").wait_for()
    shown = [look(page, "english-thay-doi")]
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Look again with these groups").click()
    page.get_by_role("heading", name="Who owes from now on").wait_for()
    shown.append(look(page, "english-thay-doi-nhom"))
    page.get_by_role("button", name="Apply", exact=True).click()
    page.get_by_text("Applied.").wait_for()
    page.goto("/cau-hinh/khoi-phuc")
    shown.append(look(page, "english-khoi-phuc"))
    assert [Leftover(bureau.app).of(one) for one in shown] == [set()] * 3
    told = page.locator("form.card").inner_text()
    assert ("Reopened: 2 assignments" in told, told.count("back to version 1") > 5) == (True, True)
    assert page.get_by_role("row", name="Việc moi 12/KH-SM").count() == 2, "the id before is called by its title"


def test_a_task_is_given_in_english(bureau: Office, opened: Open) -> None:
    """The switch waits once something was typed, by htmx too: it would ask for the page anew."""
    bureau.apply("2022-11-28 08:00")
    page = opened("/giao-viec", "thu-ky")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Give a task").wait_for()
    shown = [look(page, "english-giao-viec")]
    page.get_by_label("What", exact=True).fill("Báo cáo kết quả rà soát")
    page.get_by_label("Find a unit or group").fill("Sở Y tế; Sở Mới")
    page.locator("[name=deadline]").fill("16h 2/12")
    page.locator("#due").get_by_text("16:00 02/12/2022 (Friday)").wait_for()
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="What applying it does").wait_for()
    page.get_by_text("Tiếng Việt: sau khi gửi biểu mẫu").wait_for()
    assert page.get_by_role("button", name="Tiếng Việt").count() == 0
    shown.append(look(page, "english-giao-viec-xem-truoc"))
    page.get_by_role("button", name="Apply", exact=True).click()
    page.get_by_text("From now on it is tracked").wait_for()
    page.get_by_role("button", name="Tiếng Việt").wait_for()
    assert page.evaluate("window.isTheSamePage"), "htmx put the answers into the page that stood"
    assert [Leftover(bureau.app).of(one) for one in shown] == [set(), set()]


def look(page: Page, name: str) -> str:
    """The page at both widths; without the files, whose lines are the office's own."""
    desk = page.viewport_size
    for size in (desk, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        picture(page, f"{name}-{'desk' if size is desk else 'phone'}")
        assert fits(page), name
    assert faults(page) == [], name
    page.set_viewport_size(desk)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('pre.lines').forEach((one) => one.remove())")
    return page.content()
