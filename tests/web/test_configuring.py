"""Cấu hình: the files of the draft, their editor, what they change, the versions."""

from __future__ import annotations

import os
import re
import stat
import threading
from pathlib import Path

import httpx
import pytest

from obligations.cases.configuring import files
from obligations.config import folder
from obligations.domain.errors import Refused
from tests.offices import Office, obligation
from tests.web.conftest import PHONE, Open, faults, fits, picture
from tests.web.site import Site

PLAN = "plans/ke-hoach.yaml"
YEARLY = "{every: year, by: 11-25, from: 2022, to: 2024}"


@pytest.fixture
def followed(bureau: Office) -> Office:
    """An office that follows one plan, its draft as applied."""
    bureau.plan(obligation("bao-cao", YEARLY)).apply("2022-07-11 09:00")
    return bureau


def read_of(client: httpx.Client, name: str = PLAN) -> str:
    """The fingerprint that the editor's form carries."""
    found = re.search(r'name="read" value="(\w*)"', client.get(f"/cau-hinh/tep?ten={name}").text)
    assert found
    return found[1]


def save(client: httpx.Client, text: str, read: str, name: str = PLAN) -> httpx.Response:
    return client.post("/cau-hinh/tep", data={"ten": name, "read": read, "text": text})


def test_an_office_is_led_through_its_first_apply(bureau: Office, site: Site, opened: Open) -> None:
    """From the empty page to a followed plan, at a desk: the editor tells faults as one types, then dates."""
    page = opened("/cau-hinh", "thu-ky")
    assert page.get_by_role("heading", name="Chưa áp dụng cấu hình nào").is_visible()
    assert faults(page) == []
    picture(page, "cau-hinh-chua-ap-dung")
    page.get_by_label("Mã kế hoạch mới").fill("kh-12")
    with page.expect_navigation():  # typed before its script is there, nothing would be checked
        page.keyboard.press("Enter")
    text = page.get_by_label("Nội dung (YAML)")
    text.fill(bureau.plan(obligation("bao-cao", "{by: 2022-02-30}")).folder.joinpath(PLAN).read_text("utf-8"))
    (bureau.folder / PLAN).unlink()
    page.get_by_text("không có ngày").first.wait_for()
    page.get_by_role("link", name="plans/kh-12.yaml:").first.click()
    line = page.evaluate(
        "document.activeElement.value.slice(0, document.activeElement.selectionStart).split('\\n').length"
    )
    assert "2022-02-30" in text.input_value().split("\n")[line - 1]
    assert faults(page) == []
    picture(page, "cau-hinh-loi")
    text.fill(text.input_value().replace("2022-02-30", "2022-12-31"))
    page.get_by_text("Tệp này không có lỗi.").wait_for()
    assert page.get_by_text("31/12/2022 (thứ Bảy)").is_visible()
    picture(page, "cau-hinh-sua")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_role("status").get_by_role("link", name="Xem thay đổi, áp dụng").click()
    page.get_by_text("Thêm: 2 đầu việc").wait_for()
    page.wait_for_load_state()
    assert faults(page) == []
    picture(page, "cau-hinh-thay-doi")
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Các tệp trên đĩa đúng là cấu hình đang dùng.").wait_for()
    picture(page, "cau-hinh")


def test_every_page_of_the_configuration_fits_a_phone(followed: Office, site: Site, opened: Open) -> None:
    followed.write(PLAN, (followed.folder / PLAN).read_text("utf-8") + obligation("them", "{by: 2022-12-20}"))
    page = opened("/cau-hinh", "thu-ky", PHONE)
    for place in ("", f"/tep?ten={PLAN}", "/thay-doi", "/du-bao", "/phien-ban", "/phien-ban/1"):
        page.goto(f"/cau-hinh{place}")
        assert fits(page), place
        assert faults(page) == [], place
        picture(page, f"cau-hinh-dien-thoai{re.sub('[^a-z0-9]', '-', place)}")


def test_two_editors_at_once_are_told_and_lose_nothing(followed: Office, site: Site, opened: Open) -> None:
    """The second to save sees both texts; saving then is a decision."""
    page = opened(f"/cau-hinh/tep?ten={PLAN}", "thu-ky")
    other = site.client("thu-ky")
    theirs = (followed.folder / PLAN).read_text("utf-8") + "# của người kia\n"
    assert save(other, theirs, read_of(other)).status_code == 303
    text = page.get_by_label("Nội dung (YAML)")
    text.fill(text.input_value() + "# của tôi\n")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_text("Có người khác vừa lưu tệp này.").wait_for()
    assert (followed.folder / PLAN).read_text("utf-8") == theirs
    assert "# của tôi" in text.input_value()
    assert page.locator("ins").get_by_text("# của tôi").is_visible()
    assert page.locator("del").get_by_text("# của người kia").is_visible()
    assert faults(page) == []
    picture(page, "cau-hinh-hai-nguoi")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_role("status").wait_for()
    assert "# của tôi" in (followed.folder / PLAN).read_text("utf-8")


def test_only_one_of_many_who_save_at_once_wins(followed: Office) -> None:
    """Twenty threads with the same text in hand: one file, whole, by one of them; nothing lies beside it."""
    app, before = followed.app, (followed.folder / PLAN).read_text("utf-8")
    read, won, lost = files.fingerprint(before), [], []
    start = threading.Barrier(20)

    def write(number: int) -> None:
        start.wait()
        try:
            files.save(app, PLAN, before + f"# {number}\n" * 5_000, read)
            won.append(number)
        except files.Conflict as conflict:
            lost.append(conflict.text)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    text = (followed.folder / PLAN).read_text("utf-8")
    assert text == before + f"# {won[0]}\n" * 5_000
    assert lost == [text] * 19
    assert sorted(path.name for path in (followed.folder / "plans").iterdir()) == ["ke-hoach.yaml"]


def test_a_write_that_fails_leaves_the_old_file(followed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full just before the new file takes its name: the old one stands, nothing lies beside it."""
    before = (followed.folder / PLAN).read_text("utf-8")

    def full(_: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="đĩa đầy"):
        files.save(followed.app, PLAN, "plan: {}\n", files.fingerprint(before))
    assert (followed.folder / PLAN).read_text("utf-8") == before
    assert [path.name for path in (followed.folder / "plans").iterdir()] == ["ke-hoach.yaml"]


def test_a_save_keeps_rights_and_line_ends(followed: Office) -> None:
    path = followed.folder / PLAN
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    read = files.opened(followed.app, PLAN).fingerprint
    files.save(followed.app, PLAN, "plan: {}\r\nobligations: []", read)
    assert path.read_bytes() == b"plan: {}\r\nobligations: []\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_one_file_is_opened_without_reading_the_others(followed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        followed.write(f"plans/khac-{number}.yaml", "plan: {}\n")
    read: list[str] = []

    def decoded(content: bytes, name: str) -> str:
        read.append(name)
        return content.decode()

    monkeypatch.setattr(folder, "_decoded", decoded)
    assert files.opened(followed.app, PLAN).state == "same"
    assert files.opened(followed.app, "plans/khong-co.yaml").state == "missing"
    assert read == [PLAN]


@pytest.mark.parametrize(
    "name",
    ["../bi-mat.yaml", "/etc/passwd", "plans/../office.yaml", "plans/../../x.yaml", "plans/A.yaml", "plans/.yaml",
     "plans/a/b.yaml", "plans/a.yaml\x00", "office.yml", "files/mau.docx", "", "plans/%2e%2e.yaml", "C:\\x.yaml"],
)  # fmt: skip
def test_files_outside_the_configuration_cannot_be_reached(site: Site, name: str, tmp_path: Path) -> None:
    (tmp_path / "bi-mat.yaml").write_text("mật: khẩu\n", "utf-8")
    client = site.client("thu-ky")
    assert client.get("/cau-hinh/tep", params={"ten": name, "ma": "../x"}).status_code == 404
    for path in ("tep", "kiem-tra", "xoa", "tra-lai"):
        answer = client.post(f"/cau-hinh/{path}", data={"ten": name, "read": "", "text": "hỏng"})
        assert answer.status_code in (404, 422), path
    assert (tmp_path / "bi-mat.yaml").read_text("utf-8") == "mật: khẩu\n"


def test_a_link_that_leads_out_is_left_alone(followed: Office, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai.yaml"
    outside.write_text("plan: {}\n", "utf-8")
    (followed.folder / "plans/lien-ket.yaml").symlink_to(outside)
    with pytest.raises(Refused, match="liên kết ra ngoài"):
        files.save(followed.app, "plans/lien-ket.yaml", "x", files.fingerprint("plan: {}\n"))
    assert outside.read_text("utf-8") == "plan: {}\n"


def test_only_what_was_never_applied_is_deleted(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    refused = client.post("/cau-hinh/xoa", data={"ten": PLAN, "read": read_of(client)})
    assert refused.status_code == 422
    assert "đã từng áp dụng" in refused.text
    assert (
        client.post("/cau-hinh/xoa", data={"ten": "office.yaml", "read": read_of(client, "office.yaml")}).status_code
        == 422
    )
    save(client, "plan: {}", "", "plans/moi.yaml")
    read = read_of(client, "plans/moi.yaml")
    save(client, "plan: {title: khác}", read, "plans/moi.yaml")
    assert client.post("/cau-hinh/xoa", data={"ten": "plans/moi.yaml", "read": read}).status_code == 409
    gone = client.post("/cau-hinh/xoa", data={"ten": "plans/moi.yaml", "read": read_of(client, "plans/moi.yaml")})
    assert gone.status_code == 303
    assert not (followed.folder / "plans/moi.yaml").exists()


def test_an_edit_can_be_taken_back(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    before = (followed.folder / PLAN).read_text("utf-8")
    save(client, "hỏng: [", read_of(client))
    assert "hỏng" in (followed.folder / PLAN).read_text("utf-8")
    assert client.post("/cau-hinh/tra-lai", data={"ten": PLAN, "read": read_of(client)}).status_code == 303
    assert (followed.folder / PLAN).read_text("utf-8") == before


def test_a_draft_is_applied_only_as_it_was_shown(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    followed.plan(obligation("bao-cao", YEARLY), obligation("them", "{by: 2022-12-20}"))
    shown = client.get("/cau-hinh/thay-doi").text
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen
    followed.plan(obligation("bao-cao", YEARLY), obligation("khac", "{by: 2022-12-21}"))
    refused = client.post("/cau-hinh/ap-dung", data={"seen": seen[1]})
    assert refused.status_code == 422
    assert "đã đổi từ lúc xem" in refused.text
    seen = re.search(r'name="seen" value="([^"]+)"', refused.text)
    assert seen
    assert client.post("/cau-hinh/ap-dung", data={"seen": seen[1]}).status_code == 303
    history = client.get("/cau-hinh/phien-ban").text
    assert "Người thu-ky" in history
    assert client.get("/cau-hinh/phien-ban?trang=9").status_code == 200
    assert "khac" in client.get("/cau-hinh/phien-ban/2").text
    back = client.get("/cau-hinh/khoi-phuc").text
    assert "Bỏ theo dõi" in back or "Dừng" in back
    assert client.post("/cau-hinh/khoi-phuc", data={"version": 1}).status_code == 422
    assert client.post("/cau-hinh/khoi-phuc", data={"version": 2}).status_code == 303
    assert client.get("/cau-hinh/phien-ban/3").status_code == 200
    assert client.get("/cau-hinh/phien-ban/4").status_code == 404


def test_what_moves_a_deadline_silently_cannot_be_applied(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    followed.plan(obligation("bao-cao", YEARLY.replace("11-25", "11-30")))
    shown = client.get("/cau-hinh/thay-doi").text
    assert "dời hạn đã ghi sổ" in shown
    assert ">Áp dụng</button>" not in shown


def test_changed_groups_are_taken_in_when_asked(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    units = (followed.folder / "units.yaml").read_text("utf-8")
    followed.write("units.yaml", units.replace("[so-y-te, so-xay-dung]", "[so-y-te, so-xay-dung, so-ngoai-cuoc]"))
    assert "Sở Ngoài cuộc" in client.get("/cau-hinh/thay-doi").text
    shown = client.get("/cau-hinh/thay-doi?nhom=ke-hoach").text
    assert "Ai phải làm từ nay" in shown
    assert client.get("/cau-hinh/thay-doi?nhom=khong-co").status_code == 422


def test_a_viewer_reads_and_does_not_write(followed: Office, site: Site) -> None:
    """Nor sees the addresses of channels, where a secret may stand by mistake."""
    client = site.client("xem")
    shown = client.get(f"/cau-hinh/tep?ten={PLAN}").text
    assert "readonly" in shown
    assert "Lưu bản nháp" not in shown
    followed.write("channels.yaml", "email: smtps://nguoi:mat-khau@thu.example:465/?from=a@b.example\n")
    masked = client.get("/cau-hinh/tep?ten=channels.yaml").text
    assert "mat-khau" not in masked
    assert "Có lỗi" not in masked  # what is sound is not called wrong for its mask
    for path in ("tep", "kiem-tra", "xoa", "tra-lai", "ap-dung", "khoi-phuc"):
        data = {"ten": PLAN, "read": "", "text": "", "seen": "", "version": 1}
        assert client.post(f"/cau-hinh/{path}", data=data).status_code == 403, path
    assert client.get("/cau-hinh/thay-doi").status_code == 403
    assert site.client().get("/cau-hinh").headers["location"].startswith("/dang-nhap")


def test_reading_changes_nothing(followed: Office, site: Site) -> None:
    before = {path: path.read_bytes() for path in followed.folder.rglob("*") if path.is_file()}
    client = site.client("thu-ky")
    for place in ("", f"/tep?ten={PLAN}", "/tep?ma=moi", "/thay-doi", "/du-bao", "/phien-ban"):
        assert client.get(f"/cau-hinh{place}").status_code == 200, place
    client.post("/cau-hinh/kiem-tra", data={"ten": PLAN, "text": "x"})
    assert {path: path.read_bytes() for path in followed.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("text", ["", "x", "[", "\x00", "plan: {title: <script>alert(1)</script>}", "é" * 50_000])
def test_any_text_is_looked_over(followed: Office, site: Site, text: str) -> None:
    client = site.client("thu-ky")
    answer = client.post("/cau-hinh/kiem-tra", data={"ten": PLAN, "text": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Có lỗi" in answer.text
    assert "<script>" not in answer.text


def test_a_page_of_versions_past_the_last_is_empty(site: Site) -> None:
    assert site.client("xem").get("/cau-hinh/phien-ban?trang=99").status_code == 200
