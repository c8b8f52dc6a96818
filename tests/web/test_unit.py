"""The unit's page: opened by a link without an account, on a phone; what it answers stands in the ledger."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlmodel import col

from obligations.cases.access import links
from obligations.cases.answering import contacts, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.decisions import Decision
from obligations.cases.reading.journal import text_of
from obligations.cases.reading.status import status
from obligations.cases.writing.control_sheet import control_sheet
from obligations.store.database import reading
from obligations.store.tables import Event, Message, Upload
from tests.days import day
from tests.life import run
from tests.offices import OFFICE, Office, obligation
from tests.web.conftest import DESK, ON_BOTH, PHONE, Open, faults, fits, picture
from tests.web.site import Site

TEMPLATES = Path(__file__).parents[2] / "obligations/web/templates/unit"
WHO = {"name": "Nguyễn Văn A", "post": "chuyên viên", "phone": "0900 000 009"}
SIGNED = "Nguyễn Văn A, chuyên viên, Sở Y tế (0900 000 009)"
PDF = ("bao-cao.pdf", b"%PDF-1.7\n1 0 obj", "application/pdf")
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
HOME = "/don-vi-toi"


@pytest.fixture
def linked(bureau: Office, site: Site) -> Site:
    """Three duties of each Sở, one overdue: Sở Y tế has the odd codes. The office's pages have an address."""
    at_site = OFFICE.format(sending="box") + f"public_url: {site.url}\n"
    bureau.write("office.yaml", at_site)
    more = "product: báo cáo đã ký"
    bureau.plan(
        obligation("bao-cao-quy", "{by: 2022-11-25}", more=more),
        obligation("ke-hoach-nam", "{by: 2022-12-05}", more=more),
        obligation("tong-ket", "{by: 2022-12-25}", more=more),
    ).apply("2022-07-11 09:00")
    return site


def token(site: Site, unit: str = "so-y-te") -> str:
    return links.issue(site.office.app, unit, site.clock())


def unit(site: Site, unit: str = "so-y-te") -> httpx.Client:
    """A browser in which a unit's link was opened."""
    client = site.client()
    assert client.get(f"/d/{token(site, unit)}").headers["location"] == HOME
    return client


def answer(client: httpx.Client, deed: str, code: str = "K1-0001", **said: str) -> httpx.Response:
    return client.post(f"{HOME}/viec/{code}/{deed}", data=WHO | said)


def events(site: Site, *kinds: str) -> list[Event]:
    with reading(site.office.app.engine) as session:
        found = session.scalars(select(Event).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))).all()
        session.expunge_all()
        return list(found)


def state(site: Site, code: str = "K1-0001") -> str:
    return next(one.state for one in status(site.office.app, site.clock()).assignments if one.code == code)


def test_nothing_is_recorded_by_a_clock_that_went_back(linked: Site) -> None:
    """A result of a day long past would silence this year's reminders; reading and putting it right go on."""
    office, client, admin = linked.client("thu-ky"), unit(linked), linked.client("quan-tri")
    run(linked.office, linked.now)
    linked.now = "2000-01-01 08:00"
    before = len(events(linked, "submitted"))
    refused = office.post("/viec/K1-0001/ket-qua", data={"ngay": "01/01/2000"})
    assert (refused.status_code, "đồng hồ máy chỉ" in refused.text) == (422, True)
    assert "Báo quản trị chỉnh lại đồng hồ máy chủ." in refused.text
    told = answer(client, "da-gui", ngay="01/01/2000")
    assert (told.status_code, "Cần sửa, xin gọi đầu mối." in told.text) == (422, True)
    assert len(events(linked, "submitted")) == before
    assert (office.get("/viec/K1-0001").status_code, client.get(HOME).status_code) == (200, 200)
    assert admin.post("/quan-tri/gui-tiep").status_code == 303


def test_who_only_reads_sees_a_letter_without_what_opens_its_unit(linked: Site) -> None:
    run(linked.office, linked.now)
    with reading(linked.office.app.engine) as session:
        letters = [
            text_of(one) for one in session.execute(select(col(Message.body)).order_by(col(Message.id))).scalars()
        ]
    sent, reader = token(linked), linked.client("xem")
    assert any(sent in one for one in letters)
    shown = [reader.get(f"/nhat-ky/tin/{number}").text for number in range(1, len(letters) + 1)]
    assert any(f"{linked.url}/d/…" in one for one in shown)
    assert not [one for one in shown if sent in one]


@ON_BOTH
def test_a_clerk_answers_on_a_phone(linked: Site, opened: Open) -> None:
    """From the link of a letter: what is overdue first; received, sent with a file for two duties; asked once who."""
    page = opened(f"/d/{token(linked)}", size=PHONE)
    assert page.url == f"{linked.url}{HOME}"
    picture(page, "don-vi-cac-viec")
    assert (fits(page), faults(page)) == (True, [])
    assert page.get_by_role("heading", level=3).first.inner_text() == "Việc bao-cao-quy"
    page.get_by_role("link", name="Xem và trả lời K1-0001").click()
    page.get_by_text("Đã tiếp nhận", exact=True).wait_for()
    picture(page, "don-vi-viec")
    assert (fits(page), faults(page)) == (True, [])
    page.get_by_text("Đã tiếp nhận", exact=True).click()
    form = page.locator("#tiep-nhan")
    form.get_by_label("Dự kiến gửi ngày").fill("2/12")
    for label, words in zip(("Họ và tên", "Chức vụ", "Điện thoại"), WHO.values(), strict=True):
        form.get_by_label(label).fill(words)
    picture(page, "don-vi-tiep-nhan")
    assert (fits(page), faults(page)) == (True, [])
    page.get_by_role("button", name="Ghi đã tiếp nhận").click()
    assert page.get_by_role("status").inner_text() == "Đã ghi: đơn vị đã tiếp nhận."
    page.get_by_text("Đã gửi", exact=True).click()
    form = page.locator("#da-gui")
    form.get_by_label("Số, ký hiệu văn bản").fill("512/BC-SYT")
    form.get_by_label("Tệp văn bản").set_input_files({"name": PDF[0], "mimeType": PDF[2], "buffer": PDF[1]})
    form.get_by_label("K1-0003").check()
    assert form.get_by_text(f"Người trả lời: {WHO['name']}").is_visible()
    picture(page, "don-vi-da-gui")
    page.get_by_role("button", name="Ghi đã gửi").click()
    assert "Đã ghi: đơn vị đã gửi" in page.get_by_role("status").inner_text()
    picture(page, "don-vi-sau-khi-gui")
    assert (fits(page), faults(page)) == (True, [])
    sent = events(linked, "submitted")
    assert [(one.assignment_id, one.document, one.by) for one in sent] == [
        (1, "512/BC-SYT", SIGNED),
        (3, "512/BC-SYT", SIGNED),
    ]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(HOME)
    picture(page, "don-vi-ban-rong")
    assert (fits(page), faults(page)) == (True, [])


def test_what_cannot_be_recorded_is_told_beside_its_field(linked: Site, opened: Open) -> None:
    page = opened(f"/d/{token(linked)}?viec=k1-0003", size=PHONE)
    assert page.url.endswith("/don-vi-toi/viec/K1-0003")
    page.get_by_text("Xin gia hạn", exact=True).click()
    form = page.locator("#gia-han")
    form.get_by_label("Xin gia hạn đến ngày").fill("01/12")
    form.get_by_label("Lý do").fill("Chờ số liệu của huyện")
    for label in ("Họ và tên", "Chức vụ", "Điện thoại"):
        form.get_by_label(label).fill("12")
    page.get_by_role("button", name="Gửi đề nghị gia hạn").click()
    page.get_by_text("Ghi số điện thoại, ví dụ 0900 000 001.").wait_for()
    assert page.locator(".fault:visible").all_inner_texts() == [
        "Ghi ngày sau hạn hiện tại (05/12/2022).",
        "Ghi số điện thoại, ví dụ 0900 000 001.",
    ]
    assert form.get_by_label("Lý do").input_value() == "Chờ số liệu của huyện"
    picture(page, "don-vi-chua-ghi-duoc")
    assert (fits(page), faults(page)) == (True, [])
    assert events(linked, "extension_asked") == []
    page.goto(f"{HOME}/dau-moi")
    picture(page, "don-vi-doi-dau-moi")
    assert (fits(page), faults(page)) == (True, [])


@ON_BOTH
def test_a_second_click_does_no_harm(linked: Site) -> None:
    client = unit(linked)
    for deed, said in {
        "tiep-nhan": {"expected": "2022-12-02"},
        "gia-han": {"to": "30/12/2022", "note": "Chờ số liệu"},
        "khong-thuoc": {"note": "Của Sở Xây dựng"},
        "da-gui": {"document": "512/BC-SYT", "on": "2022-11-27"},
    }.items():
        assert answer(client, deed, **said).headers["location"] == f"{HOME}/viec/K1-0001?xong={deed}"
        assert answer(client, deed, **said).headers["location"] == f"{HOME}/viec/K1-0001?xong=co-san"
    kinds = [one.kind for one in events(linked, "acknowledged", "extension_asked", "disowned", "submitted")]
    assert kinds == ["acknowledged", "extension_asked", "disowned", "submitted"]
    refused = answer(client, "da-gui", document="513/BC-SYT", on="2022-11-27")
    assert "đã được ghi với văn bản 512/BC-SYT" in refused.text


@ON_BOTH
def test_what_is_not_the_units_own_waits_for_the_office(linked: Site) -> None:
    """The duty stays open, its state says so, the sheet asks for a decision; refusing or giving it away decides."""
    client, app = unit(linked), linked.office.app
    answer(client, "khong-thuoc", note="Nhiệm vụ của Sở Xây dựng")
    assert state(linked) == "Đơn vị báo không thuộc nhiệm vụ (đã quá hạn)"
    (line,) = control_sheet(app, linked.clock()).disowned
    assert (line.code, line.reason) == ("K1-0001", "Nhiệm vụ của Sở Xây dựng")
    said = re.search(r'id="khong-thuoc".*?</ul>', linked.client("thu-ky").get("/cho-duyet").text, re.DOTALL)
    assert said
    assert re.sub("<[^>]+>", "", said[0]).count("K1-0001") == 1
    assert "lý do: Nhiệm vụ của Sở Xây dựng." in said[0]
    decisions.refuse_extension(app, Address("K1-0001"), Decision(day("28/11/2022"), "Mai"), linked.clock())
    assert state(linked) == "Quá hạn 1 ngày làm việc"
    assert "Việc vẫn thuộc đơn vị" in client.get(f"{HOME}/viec/K1-0001").text
    answer(client, "khong-thuoc", note="Vẫn của Sở Xây dựng")
    given = Decision(day("28/11/2022"), "Mai")
    decisions.reassign(app, Address("K1-0001"), given, linked.clock(), to="so-xay-dung")
    assert control_sheet(app, linked.clock()).disowned == ()
    assert client.get(f"{HOME}/viec/K1-0001").status_code == 404
    assert unit(linked, "so-xay-dung").get(f"{HOME}/viec/K1-0001").status_code == 200


@ON_BOTH
def test_another_contact_is_a_request(linked: Site) -> None:
    """It stands on the sheet until units.yaml has the address, or the office sets it aside."""
    client, app = unit(linked), linked.office.app
    said = {"new_name": "Trần Thị B", "new_phone": "0900 000 010", "new_email": "b@so-y-te.example"}
    for _ in range(2):
        assert client.post(f"{HOME}/dau-moi", data=WHO | said).status_code == 303
    assert len(events(linked, "contact_changed")) == 1
    (line,) = control_sheet(app, linked.clock()).new_contacts
    assert line.words == (f"Sở Y tế: Trần Thị B, ĐT 0900 000 010, b@so-y-te.example (ngày 28/11/2022, {SIGNED})")
    assert "b@so-y-te.example" in client.get(f"{HOME}/dau-moi").text
    units = (linked.office.folder / "units.yaml").read_text("utf-8")
    linked.office.write("units.yaml", units.replace("dau-moi@so-y-te.example", "B@so-y-te.example"))
    linked.now = "2022-11-28 09:00"
    linked.office.apply(linked.now)
    assert control_sheet(app, linked.clock()).new_contacts == ()
    client.post(f"{HOME}/dau-moi", data=WHO | said | {"new_email": "c@so-y-te.example"})
    assert len(control_sheet(app, linked.clock()).new_contacts) == 1
    contacts.set_aside(app, "so-y-te", linked.clock(), by="Mai")
    assert control_sheet(app, linked.clock()).new_contacts == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"new_name": ""}, "chưa ghi họ tên"),
        ({"new_phone": "", "new_email": ""}, "ít nhất một trong hai"),
        ({"new_email": "không phải"}, "không phải địa chỉ thư"),
        ({"phone": "1234"}, "Ghi số điện thoại"),
        ({"name": ""}, "Ghi họ và tên"),
    ],
)
def test_another_contact_is_read_before_it_is_kept(linked: Site, wrong: dict[str, str], words: str) -> None:
    said = WHO | {"new_name": "Trần Thị B", "new_phone": "0900 000 010", "new_email": "b@so-y-te.example"} | wrong
    refused = unit(linked).post(f"{HOME}/dau-moi", data=said)
    assert (refused.status_code, words.casefold() in refused.text.casefold()) == (422, True)
    assert events(linked, "contact_changed") == []


def _tampered(site: Site) -> str:
    good = token(site)
    return good[:-1] + ("A" if good[-1] != "A" else "B")


def _of_another_number(site: Site) -> str:
    return "2." + token(site).partition(".")[2]


def _expired(site: Site) -> str:
    good = token(site)
    site.now = "2023-06-01 08:00"
    return good


def _revoked(site: Site) -> str:
    good = token(site)
    links.revoke(site.office.app, int(good.partition(".")[0]), site.clock(), by="Mai")
    return good


@pytest.mark.parametrize(
    ("make", "status_code", "words"),
    [
        (_tampered, 404, "Liên kết không đúng."),
        (_of_another_number, 404, "Liên kết không đúng."),
        (lambda _: "1", 404, "Liên kết không đúng."),
        (lambda _: "..%2F..%2Fetc%2Fpasswd", 404, ""),
        (_expired, 410, "Liên kết đã hết hạn."),
        (_revoked, 410, "Liên kết đã được thu hồi."),
    ],
)
def test_what_is_no_open_link_opens_nothing(
    linked: Site, make: Callable[[Site], str], status_code: int, words: str
) -> None:
    """One clear page with whom to ask; neither the feed nor an answer is taken, and a cookie made by hand is no way."""
    bad = make(linked)
    client = linked.client()
    for path in (f"/d/{bad}", f"/d/{bad}/lich.ics"):
        refused = client.get(path)
        assert (refused.status_code, words in refused.text) == (status_code, True)
    client.cookies.set("dondoc_unit", bad)
    assert client.get(HOME).status_code == status_code
    assert answer(client, "tiep-nhan").status_code == status_code
    assert events(linked, "acknowledged") == []
    if words:
        assert "0900 000 001" in client.get(HOME).text


def test_a_link_works_for_its_unit_only(linked: Site) -> None:
    """Another unit's duty and another unit's file are not there."""
    mine, theirs = unit(linked), unit(linked, "so-xay-dung")
    assert answer(mine, "tiep-nhan", "K1-0002").status_code == 404
    assert mine.get(f"{HOME}/viec/K1-0002").status_code == 404
    assert mine.post(f"{HOME}/viec/K1-0001/da-gui", data=WHO, files={"file": PDF}).status_code == 303
    assert mine.get(f"{HOME}/tep/1").content == PDF[1]
    assert theirs.get(f"{HOME}/tep/1").status_code == 404
    assert mine.get("/tep/1").status_code == 303  # to the login
    given = linked.client("xem").get("/tep/1")
    assert given.headers["content-disposition"] == "attachment; filename*=UTF-8''bao-cao.pdf"
    assert given.headers["x-content-type-options"] == "nosniff"
    theirs.get(f"/d/{token(linked)}")  # another link in the same browser takes the place of the first
    assert "Sở Y tế" in theirs.get(HOME).text
    assert "Nguyễn Văn A" not in theirs.get(f"{HOME}/viec/K1-0003").text


def test_what_only_looks_changes_nothing(linked: Site) -> None:
    """A scanner opens every link of a letter, and every page behind it."""
    good = token(linked)
    before = len(events(linked, *{one.kind for one in events(linked, "due_set", "link_issued")}))
    client = linked.client()
    for path in (f"/d/{good}?viec=K1-0001", f"/d/{good}/lich.ics", HOME, f"{HOME}/viec/K1-0001", f"{HOME}/dau-moi"):
        assert client.get(path).status_code in (200, 303)
    assert client.get(f"{HOME}/viec/K1-0001/da-gui").status_code in (404, 405)
    assert len(events(linked, "due_set", "link_issued")) == before
    foreign = {"Origin": "https://xau.example"}
    assert client.post(f"{HOME}/viec/K1-0001/tiep-nhan", data=WHO, headers=foreign).status_code == 403


def test_without_an_address_there_are_no_links(linked: Site) -> None:
    good = token(linked)
    client = unit(linked)
    linked.office.sending("box").apply("2022-11-28 09:00")
    for path in (f"/d/{good}", f"/d/{good}/lich.ics", HOME, f"{HOME}/viec/K1-0001"):
        refused = client.get(path)
        assert (refused.status_code, "không dùng liên kết" in refused.text) == (404, True)


def test_a_script_in_any_field_is_text(linked: Site) -> None:
    client = unit(linked)
    person = {"name": SCRIPT, "post": SCRIPT, "phone": "0900 000 009"}
    client.post(f"{HOME}/viec/K1-0001/khong-thuoc", data=person | {"note": SCRIPT})
    client.post(f"{HOME}/viec/K1-0003/da-gui", data=person | {"note": SCRIPT, "document": SCRIPT[:80]})
    client.post(f"{HOME}/dau-moi", data=person | {"new_name": SCRIPT, "new_post": SCRIPT, "new_phone": "0900 000 010"})
    bad = client.post(f"{HOME}/viec/K1-0005/gia-han", data=person | {"note": SCRIPT, "to": SCRIPT})
    assert bad.status_code == 422
    pages = [HOME, f"{HOME}/viec/K1-0001", f"{HOME}/viec/K1-0003", f"{HOME}/dau-moi"]
    for text in [bad.text, *(client.get(path).text for path in pages)]:
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def _docx(*members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for member in members or ("word/document.xml",):
            packed.writestr(member, "<w/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.exe", b"MZ", "không nhận tệp loại này"),
        ("a.pdf.html", b"%PDF-", "không nhận tệp loại này"),
        ("a.svg", b"<svg/>", "không nhận tệp loại này"),
        ("khong-duoi", b"%PDF-", "không nhận tệp loại này"),
        ("a.pdf", b"<script>", "không phải .pdf"),
        ("a.pdf", b"", "không phải .pdf"),
        ("a.png", b"\xff\xd8\xff\xe0", "không phải .png"),
        ("a.docx", b"PK\x03\x04hong", "không phải .docx"),
        ("a.docx", _docx("xl/workbook.xml"), "không phải .docx"),
        ("a.docx", _docx("word/document.xml", *map(str, range(25_000))), "không phải .docx"),  # which no program writes
        ("a.xls", _docx(), "không phải .xls"),
        ("a.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024), "lớn hơn 20 MB"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused(linked: Site, name: str, body: bytes, words: str) -> None:
    refused = unit(linked).post(f"{HOME}/viec/K1-0001/da-gui", data=WHO, files={"file": (name, body)})
    assert (refused.status_code, words in refused.text) == (422, True)
    assert events(linked, "submitted") == []


def test_a_form_that_is_too_large_is_refused_before_it_is_read(linked: Site) -> None:
    body = b"0" * (21 * 1024 * 1024)
    refused = unit(linked).post(f"{HOME}/viec/K1-0001/da-gui", data=WHO, files={"file": ("a.pdf", body)})
    assert (refused.status_code, "lớn hơn 20 MB" in refused.text) == (413, True)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/cron.d/a.pdf", "a.pdf"),
        ("C:\\Windows\\a.pdf", "a.pdf"),
        ("..pdf", "tep.pdf"),
        ("Báo cáo quý.PDF", "Báo cáo quý.PDF"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("a<b>:c|d?.pdf", "a_b__c_d_.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_files_name_is_only_a_name(linked: Site, name: str, kept: str) -> None:
    client = unit(linked)
    for _ in range(2):  # the same file twice is one
        client.post(f"{HOME}/viec/K1-0001/da-gui", data=WHO, files={"file": (name, PDF[1])})
    with reading(linked.office.app.engine) as session:
        assert list(session.scalars(select(Upload.name))) == [kept]  # type: ignore[call-overload]


def _feed(client: httpx.Client, site: Site) -> dict[str, tuple[str, int, str]]:
    """Summary's code to (day, sequence, status)."""
    answered = client.get(f"/d/{token(site)}/lich.ics")
    assert answered.headers["content-type"].startswith("text/calendar")
    read = Calendar.from_ical(answered.content)
    assert (read["METHOD"], read["X-PUBLISHED-TTL"]) == ("PUBLISH", "PT6H")
    return {
        str(one["UID"]): (f"{one['DTSTART'].dt:%d/%m/%Y}", int(str(one["SEQUENCE"])), str(one["STATUS"]))
        for one in read.walk("VEVENT")
    }


def test_the_calendar_follows_the_dates(linked: Site) -> None:
    """One event of an assignment for ever; a new date and the end each count up; the same facts, the same bytes."""
    client, app, first = unit(linked), linked.office.app, "viec-1-k1-0001@dondoc.invalid"
    assert _feed(client, linked)[first] == ("25/11/2022", 0, "CONFIRMED")
    decision = Decision(day("28/11/2022"), "Mai")
    address = Address("K1-0001")
    decisions.extend(app, address, decision, linked.clock(), to=day("09/12/2022"), granted_by="Giám đốc")
    assert _feed(client, linked)[first] == ("09/12/2022", 1, "CONFIRMED")
    answer(client, "tiep-nhan")
    assert _feed(client, linked)[first] == ("09/12/2022", 1, "CONFIRMED")
    decisions.waive(app, address, decision, linked.clock() + timedelta(minutes=1))
    assert _feed(client, linked)[first] == ("09/12/2022", 2, "CANCELLED")
    path = f"/d/{token(linked)}/lich.ics"
    assert client.get(path).content == client.get(path).content
    assert len(_feed(client, linked)) == 3
