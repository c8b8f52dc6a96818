"""`link`, `contact`, `disown`: what an office does at a terminal about a unit's page and what a unit said there."""

from __future__ import annotations

import pytest

from obligations.cases.access import links
from obligations.cases.answering import contacts
from obligations.cases.answering.contacts import Proposal
from obligations.domain.errors import Refused
from tests.integration.test_cli import Desk, desk, refusal
from tests.offices import Office, at, obligation

__all__ = ["desk"]
BASE = "https://nhac.so-mau.example"
NOW = "2022-07-12 09:00"


@pytest.fixture
def linked(office: Office, desk: Desk) -> Desk:
    """One duty of each of two units; links are given."""
    settings = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", f"{settings}public_url: {BASE}\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}")).apply("2022-07-11 09:00")
    return desk.clock(NOW)


def token(address: str) -> str:
    return address.removeprefix(f"{BASE}/d/")


def test_link_prints_what_opens_the_units_page(office: Office, linked: Desk) -> None:
    """The same again for whoever asks again; a table of all that were given."""
    said = linked.dondoc("link", "so-y-te", "--json").ended(0).document
    assert links.open_link(office.app, token(said["address"]), at(NOW)).unit == "so-y-te"
    assert [one["unit"] for one in said["links"]] == ["so-y-te"]
    assert linked.dondoc("link", "so-y-te", "--json").document["address"] == said["address"]
    shown = linked.dondoc("link", "so-y-te").ended(0).out
    assert said["address"] in shown
    assert "Sở Y tế: ai có liên kết này trả lời thay đơn vị." in shown
    assert "đang mở" in shown


def test_a_revoked_link_opens_nothing_and_the_next_is_another(office: Office, linked: Desk) -> None:
    first = linked.dondoc("link", "so-y-te", "--json").document
    number = str(first["links"][0]["id"])
    error = refusal(linked.dondoc("link", "so-xay-dung", "--revoke", number, "--json"))
    assert error["code"] == "no-link"
    assert "đã thu hồi" in linked.dondoc("link", "so-y-te", "--revoke", number, "--by", "Chị Mai").ended(0).out
    with pytest.raises(Refused, match="thu hồi"):
        links.open_link(office.app, token(first["address"]), at(NOW))
    assert linked.dondoc("link", "so-y-te", "--json").document["address"] != first["address"]


def test_link_knows_units_and_says_why_there_is_none(office: Office, desk: Desk) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-29}")).apply("2022-07-11 09:00")
    assert refusal(desk.dondoc("link", "so-khong-co", "--json"))["code"] == "no-unit"
    assert "office.yaml không ghi public_url" in desk.dondoc("link", "so-y-te").ended(0).out
    assert desk.dondoc("link", "so-y-te", "--json").document["address"] is None


def test_contact_sets_a_units_proposal_aside_once(office: Office, linked: Desk) -> None:
    """It stood on the control sheet; the letters go on as before."""
    proposal = Proposal("Trần Thị B", phone="0900 000 002")
    contacts.propose(office.app, "so-y-te", proposal, at("2022-07-12 08:00"), by="Sở Y tế")
    assert "Trần Thị B" in linked.dondoc("sheet").ended(0).out
    assert "đã bỏ qua đề nghị đổi đầu mối" in linked.dondoc("contact", "so-y-te").ended(0).out
    assert "Trần Thị B" not in linked.dondoc("sheet").ended(0).out
    assert refusal(linked.dondoc("contact", "so-y-te", "--json"))["code"] == "no-proposal"
    assert refusal(linked.dondoc("contact", "so-khong-co", "--json"))["code"] == "no-unit"


def test_disown_waits_for_a_decision(linked: Desk) -> None:
    """The duty stays the unit's; the board says what it said; what is waived can be disowned no more."""
    words = ("--note", "việc của Sở Xây dựng")
    said = linked.dondoc("disown", "K1-0001", *words, "--json").ended(0).document
    assert (said["class"], said["state"]) == ("open_in_time", "Đơn vị báo không thuộc nhiệm vụ")
    assert linked.dondoc("disown", "K1-0001", *words, "--json").ended(0).document == said
    assert "việc của Sở Xây dựng" in linked.dondoc("sheet").ended(0).out
    linked.dondoc("waive", "K1-0001", "--note", "không thuộc").ended(0)
    assert refusal(linked.dondoc("disown", "K1-0001", "--json"))["code"] == "not-open"
