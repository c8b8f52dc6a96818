"""Kế hoạch, Đơn vị, Nhật ký nhắc."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.contacts import Proposal, propose
from obligations.cases.answering.decisions import Decision, send_back
from tests.life import change, run
from tests.offices import Office, at, new_office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """One duty is late since 18/11, one waits for an event."""
    made = new_office(tmp_path, ledger).sending("box")
    waits = obligation("sau-le", "{after: event:le-phat-dong, days: 10}")
    made.plan(obligation("bao-cao", "{by: 2022-11-18}"), waits)
    made.apply("2022-11-01 09:00")
    for when in ("2022-11-01 09:05", "2022-11-21 08:01", "2022-11-28 08:01"):
        run(made, when)
    yield made
    made.close()


def test_plans_units_and_messages_are_looked_at(opened: Open) -> None:
    """At a desk and on a telephone; the links between them lead somewhere."""
    page = opened("/ke-hoach", "thu-ky")
    page.get_by_role("link", name="12/KH-SM").click()
    page.get_by_label("Ngày của mốc").wait_for()
    page.wait_for_load_state()
    assert "0/2 đơn vị đã gửi" in page.inner_text("main")
    page.get_by_label("Ngày của mốc").fill("25/11/2022")
    page.get_by_role("button", name="Ghi ngày").click()
    page.get_by_role("button", name="Sửa ngày").wait_for()
    assert "05/12/2022" in page.inner_text("main")
    looked = {"ke-hoach": "/ke-hoach/ke-hoach", "don-vi": "/don-vi/so-y-te", "nhat-ky": "/nhat-ky"}
    for name, path in (looked | {"thong-ke": "/thong-ke"}).items():
        page.goto(path)
        picture(page, name)
        assert faults(page) == [], path
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        picture(page, f"{name}-dien-thoai")
        assert fits(page), path
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/nhat-ky")
    page.locator("tbody th a").first.click()
    page.get_by_text("Kính gửi").first.wait_for()
    picture(page, "tin-nhan")


def test_a_plan_counts_as_late_what_the_board_does(site: Site) -> None:
    """To be sent again by a day that has not come is in time, though the plan's own day is past."""
    client, app = site.client("xem"), site.office.app
    late = re.compile(r'data-title="Quá hạn" class="number">(?:<span[^>]*>)?(\d+)')
    assert late.findall(client.get("/ke-hoach").text) == ["2"]
    one = Address(plan="ke-hoach", obligation="bao-cao", unit="so-y-te")
    submit(app, one, Submission(date(2022, 11, 25)), site.clock(), by="văn thư")
    back = Decision(date(2022, 11, 28), "chị Mai")
    send_back(app, one, back, site.clock(), resubmit_by=date(2022, 12, 2))
    assert late.findall(client.get("/ke-hoach").text) == ["1"]
    assert "1 quá hạn" in re.sub("<[^>]+>", "", client.get("/ke-hoach/ke-hoach").text)


def test_an_address_is_marked_and_healed_by_a_person(site: Site) -> None:
    client = site.client("thu-ky")
    said = {"dau_moi": "so-y-te.focal", "viec": "khong-nhan"}
    assert client.post("/don-vi/so-y-te/dia-chi", data=said).status_code == 303
    assert "không nhận thư" in client.get("/don-vi/so-y-te").text
    assert "1 địa chỉ không nhận thư" in client.get("/don-vi").text
    client.post("/don-vi/so-y-te/dia-chi", data=said | {"viec": "lai-nhan"})
    assert "không nhận thư" not in client.get("/don-vi").text
    assert site.client("xem").post("/don-vi/so-y-te/dia-chi", data=said).status_code == 403


def test_what_is_not_there_is_told(site: Site) -> None:
    client = site.client("xem")
    for path in ("/ke-hoach/khong", "/don-vi/khong", "/nhat-ky/tin/999999"):
        assert client.get(path).status_code == 404, path
    assert client.get("/thong-ke?tu=31/11/2022").status_code == 422
    assert "Tổng cộng" in client.get("/thong-ke?theo=ke-hoach&goc=1").text
    for query in ("tu=x", "trang=0", "trang=99999", "don_vi='", "loi=1", "ke_hoach=ke-hoach&don_vi=so-y-te"):
        assert client.get(f"/nhat-ky?{query}").status_code == 200, query


def test_a_rate_is_written_as_the_reader_writes_numbers(site: Site) -> None:
    """A comma in Vietnamese, a point in English."""
    client = site.client("xem")
    rate = re.compile(r"""data-title="(?:Tỷ lệ hoàn thành|Completed) \(%\)[^>]*>([\d.,]+)<""")
    assert set(rate.findall(client.get("/thong-ke").text)) == {"0,0"}
    client.cookies.set("dondoc_lang", "en")
    assert set(rate.findall(client.get("/thong-ke").text)) == {"0.0"}


def test_answers_stand_among_the_messages_and_a_failed_one_is_sent_again(
    bureau: Office, site: Site, opened: Open
) -> None:
    """In time order, by obligation; a button, its word, and nothing for who only reads."""
    answer = Submission(date(2022, 11, 28), document="5/BC-SYT")
    submit(bureau.app, Address(code="K1-0001"), answer, at("2022-11-28 08:20"), by="Anh Bình")
    asked = Proposal("Trần Thị B", phone="0900 000 002")
    propose(bureau.app, "so-xay-dung", asked, at("2022-11-28 08:25"), by="Chị Lan")
    change(bureau, "UPDATE message SET state = 'failed' WHERE recipient = 'so-xay-dung.focal'")
    change(bureau, "UPDATE reminder SET state = 'failed' WHERE recipient = 'so-xay-dung.focal'")
    page = opened("/nhat-ky", "thu-ky")
    picture(page, "nhat-ky-gui-lai")
    assert faults(page) == []
    lines = page.locator("tbody tr").all_inner_texts()
    failed = [line for line in lines if "không gửi được" in line]
    assert lines[: len(failed)] == failed
    assert "Trần Thị B, ĐT 0900 000 002" in lines[len(failed)]
    assert "Đơn vị gửi" in lines[len(failed) + 1]
    assert "5/BC-SYT, gửi ngày 28/11/2022" in lines[len(failed) + 1]
    page.get_by_role("button", name="Gửi lại").first.click()
    page.get_by_role("status").wait_for()
    assert faults(page) == []
    assert "gửi lại, do: Người thu-ky" in page.inner_text("main")
    assert page.get_by_role("button", name="Gửi lại").count() == 0
    page.goto("/nhat-ky?viec=ke-hoach/sau-le")
    page.get_by_text("Không có tin nhắn, trả lời nào").wait_for()
    page.goto("/nhat-ky?viec=ke-hoach/bao-cao&don_vi=so-y-te")
    assert page.get_by_label("Nhiệm vụ").input_value() == "ke-hoach/bao-cao"
    assert "Trần Thị B" not in page.inner_text("main")
    assert "5/BC-SYT" in page.inner_text("main")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    picture(page, "nhat-ky-dien-thoai")
    assert fits(page)
    assert faults(page) == []
    reader = site.client("xem")
    assert "Gửi lại" not in reader.get("/nhat-ky").text
    assert reader.post("/nhat-ky/tin/1/gui-lai").status_code == 403


def test_what_is_not_sent_again_is_told(site: Site) -> None:
    client = site.client("thu-ky")
    refused = client.post("/nhat-ky/tin/1/gui-lai")
    assert (refused.status_code, "đã gửi được" in refused.text) == (422, True)
    for query in ("viec=/", "viec=x", "viec=x/y/z"):
        assert client.get(f"/nhat-ky?{query}").status_code == 200, query


def test_what_cannot_go_again_is_not_offered(bureau: Office, site: Site, opened: Open) -> None:
    """Answered since: in the list and on the message's own page stands why."""
    change(bureau, "UPDATE message SET state = 'failed' WHERE recipient = 'so-y-te.focal'")
    change(bureau, "UPDATE reminder SET state = 'failed' WHERE recipient = 'so-y-te.focal'")
    assert "gui-lai" in site.client("thu-ky").get("/nhat-ky?loi=1").text
    answer = Submission(date(2022, 11, 28), document="5/BC-SYT")
    submit(bureau.app, Address(code="K1-0001"), answer, at("2022-11-28 08:20"), by="Anh Bình")
    page = opened("/nhat-ky?loi=1", "thu-ky")
    page.get_by_text("Không gửi lại: K1-0001 đơn vị đã gửi").first.wait_for()
    picture(page, "nhat-ky-khong-gui-lai")
    assert page.get_by_role("button", name="Gửi lại").count() == 0
    page.locator("tbody th a").first.click()
    page.get_by_text("Không gửi lại: K1-0001 đơn vị đã gửi.").wait_for()
    picture(page, "tin-khong-gui-lai")
    assert page.get_by_role("button", name="Gửi lại").count() == 0
    assert faults(page) == []


def test_the_table_is_downloaded_as_a_spreadsheet_opens_it(bureau: Office, opened: Open) -> None:
    """As shown: its lines, its foot; a name that looks like a formula stays text; what cannot be counted is told."""
    units = (bureau.folder / "units.yaml").read_text("utf-8")
    bureau.write("units.yaml", units.replace("name: Sở Y tế\n", 'name: "=HYPERLINK(1)"\n')).apply("2022-11-28 08:10")
    page = opened("/thong-ke?goc=1", "xem")
    assert "tính theo hạn gốc (theo hạn hiện tại: biểu 1)" in page.inner_text("main")
    picture(page, "thong-ke-csv")
    assert faults(page) == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải về cho Excel").click()
    assert coming.value.suggested_filename == "thong-ke-2022-01-01-2022-11-28-han-goc.csv"
    content = Path(coming.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1] for row in rows[:4]] == ["Đơn vị", "'=HYPERLINK(1)", "Sở Xây dựng", "Tổng cộng"]
    assert rows[4][1].startswith("Số liệu chốt lúc 08 giờ 30 ngày 28/11/2022, tính theo hạn gốc")
    page.goto("/thong-ke/bieu.csv?tu=31/11/2022")
    page.get_by_role("alert").wait_for()
