"""Giao việc: one form, its file, what it would do, giving it."""

from __future__ import annotations

import re

import pytest
import yaml
from playwright.sync_api import Page

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import applying, files
from obligations.domain.errors import Refused
from tests.offices import Office, obligation
from tests.web.conftest import DESK, ON_BOTH, PHONE, Open, faults, fits, picture
from tests.web.site import Site

FORM = {
    "title": "Báo cáo kết quả rà soát",
    "who": "Sở Y tế; so xay dung",
    "deadline": "16h 2/12",
    "submit_to": "van-phong",
    "overseer": "van-phong",
    "issuer": "van-phong",
    "kind": "cong-van",
    "document": "15/CV-VP",
    "issued_on": "28/11/2022",
}
PLAN = "plans/15-cv-vp.yaml"


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def offered(text: str) -> dict[str, str]:
    """What the preview's hidden fields carry."""
    return dict(re.findall(r'<input type="hidden" name="(plan|seen)" value="([^"]*)"', text))


class Hands:
    """Counts what somebody does: keys that are no part of the words typed, and pages loaded."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.loads = page, 0, 0
        page.on("load", lambda _: self._loaded())

    def _loaded(self) -> None:
        self.loads += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)


def test_an_urgent_request_is_given_in_one_form(followed: Office, site: Site, opened: Open) -> None:
    """By keyboard alone: the words, seven other keys, one page. Every unit then owes it."""
    page = opened("/giao-viec", "thu-ky", DESK)
    page.locator("[name=title]:focus").wait_for()  # autofocus comes with the first frame
    hands = Hands(page)
    hands.type("Báo cáo nhanh tình hình dịch")
    hands.press("Tab")
    hands.type("y te")
    hands.press("Enter")
    hands.type("xay dung")
    hands.press("Enter")
    page.get_by_text("✓ Sở Y tế; Sở Xây dựng").wait_for()
    hands.press("Tab", "Tab")
    hands.type("16h 2/12")
    page.locator("#due").get_by_text("02/12/2022 (thứ Sáu)").wait_for()
    assert faults(page) == []
    picture(page, "giao-viec-dang-go")
    hands.press("Enter")
    page.get_by_role("heading", name="Áp dụng thì sẽ thế nào").wait_for()
    assert page.get_by_text("Hạn rất gần").count() == 0
    assert faults(page) == []
    picture(page, "giao-viec-xem-truoc")
    assert not (followed.folder / "plans/bao-cao-nhanh-tinh-hinh-dich.yaml").exists()
    hands.press("Enter")
    page.get_by_text("Đã giao:").wait_for()
    picture(page, "giao-viec-da-giao")
    assert (hands.keys, hands.loads) == (7, 0)
    plan = applied.current(followed.app).configuration.plans["bao-cao-nhanh-tinh-hinh-dich"]
    assert plan.obligations[0].units == ("so-y-te", "so-xay-dung")
    assert (followed.folder / "plans/bao-cao-nhanh-tinh-hinh-dich.yaml").is_file()


def test_the_form_fits_a_phone_and_tells_faults_beside_fields(followed: Office, site: Site, opened: Open) -> None:
    page = opened("/giao-viec", "thu-ky", PHONE)
    assert fits(page)
    assert faults(page) == []
    picture(page, "giao-viec-dien-thoai")
    page.get_by_label("Việc gì").fill("Báo cáo")
    page.get_by_label("Tìm đơn vị, nhóm").fill("Sở Không có")
    page.locator("[name=deadline]").fill("30/2/2023")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("alert").wait_for()
    assert page.locator("#fault-who").is_visible()
    page.locator("[name=who]:focus").wait_for()  # autofocus comes with the first frame
    assert "30/2/2023" in page.locator("#fault-deadline").inner_text()
    assert page.get_by_label("Việc gì").input_value() == "Báo cáo"
    assert page.locator("[name=deadline]").input_value() == "30/2/2023"
    assert fits(page)
    assert faults(page) == []
    picture(page, "giao-viec-loi-dien-thoai")


def test_enter_takes_the_unit_whose_name_answers_best_and_none_where_several_do(
    bureau: Office, site: Site, opened: Open
) -> None:
    """*cong an* is no part of *công nghệ thông tin … cán bộ*, though the letters stand in it and it comes first."""
    file = bureau.folder / "units.yaml"
    names = ("Bộ phận công nghệ thông tin, đào tạo cán bộ", "Công an tỉnh Mẫu", "Sở Công Thương", "Sở Công nghệ")
    more = "".join(f"- id: them-{place}\n  name: {name}\n" for place, name in enumerate(names))
    file.write_text(file.read_text("utf-8").replace("groups:", f"{more}groups:"), "utf-8")
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    page = opened("/giao-viec", "thu-ky", DESK)
    who = page.get_by_label("Tìm đơn vị, nhóm")
    who.fill("cong an")
    assert page.locator(".boxes label:visible .name").first.inner_text() == "Công an tỉnh Mẫu"
    who.press("Enter")
    assert page.locator("#chosen").inner_text() == "✓ Công an tỉnh Mẫu"
    who.fill("so cong")
    who.press("Enter")
    page.get_by_text("Có nhiều tên khớp như nhau").wait_for()
    assert page.locator("#chosen").inner_text() == "✓ Công an tỉnh Mẫu"
    picture(page, "giao-viec-nhieu-ten")
    who.fill("khong he co")
    who.press("Enter")
    page.get_by_text("Không có đơn vị, nhóm nào tên như vậy.").wait_for()
    assert faults(page) == []


@ON_BOTH
def test_what_is_given_is_what_was_shown(followed: Office, site: Site) -> None:
    """Preview, then apply; the file is an ordinary plan; a second click changes nothing."""
    client = site.client("thu-ky")
    shown = client.post("/giao-viec", data=FORM)
    assert shown.status_code == 200
    assert "Thêm: 2 đầu việc" in shown.text
    assert not (followed.folder / PLAN).exists()
    given = client.post("/giao-viec", data={**FORM, **offered(shown.text), "do": "ap-dung"})
    assert given.headers["location"] == "/giao-viec?xong=15-cv-vp"
    assert "Đã giao" in client.get(given.headers["location"]).text
    again = client.post("/giao-viec", data={**FORM, **offered(shown.text), "do": "ap-dung"})
    assert again.headers["location"] == "/giao-viec?xong=15-cv-vp"
    assert applied.version(followed.app) == 2
    written = yaml.load((followed.folder / PLAN).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    assert written["plan"]["number"] == "15/CV-VP"
    assert written["obligations"][0]["deadline"] == {"by": "2022-12-02", "at": "16:00"}
    assert written["obligations"][0]["responsible"] == ["so-y-te", "so-xay-dung"]


def test_what_was_not_shown_is_not_given(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    assert client.post("/giao-viec", data={**FORM, "do": "ap-dung"}).status_code == 422
    seen = offered(client.post("/giao-viec", data=FORM).text)
    changed = client.post("/giao-viec", data={**FORM, **seen, "deadline": "15h 2/12", "do": "ap-dung"})
    assert changed.status_code == 422
    assert "đã đổi từ lúc xem" in changed.text
    followed.plan(obligation("bao-cao", "{by: 2022-12-20}"), obligation("khac", "{by: 2022-12-20}")).apply(
        "2022-11-28 08:31"
    )
    assert client.post("/giao-viec", data={**FORM, **seen, "do": "ap-dung"}).status_code == 422
    assert not (followed.folder / PLAN).exists()


@ON_BOTH
def test_what_somebody_applies_between_is_not_undone(
    followed: Office, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's version lands after this one was compared with what is followed, and before it is stored."""
    client = site.client("thu-ky")
    seen = offered(client.post("/giao-viec", data=FORM).text)
    save = files.save

    def somebody_is_faster(app: App, name: str, text: str, read: str) -> str:
        followed.plan(obligation("bao-cao", "{by: 2022-12-20}"), obligation("khac", "{by: 2022-12-20}"))
        followed.apply("2022-11-28 08:31")
        return save(app, name, text, read)

    monkeypatch.setattr(files, "save", somebody_is_faster)
    refused = client.post("/giao-viec", data={**FORM, **seen, "do": "ap-dung"})
    assert (refused.status_code, applied.version(followed.app)) == (422, 2)
    assert "vừa áp dụng bản" in refused.text
    assert "khac" in applied.current(followed.app).configuration.plans["ke-hoach"].by_id
    assert not (followed.folder / PLAN).exists()


def test_another_file_left_broken_neither_stops_a_task_nor_slips_in(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    followed.write("units.yaml", "units: [")
    seen = offered(client.post("/giao-viec", data=FORM).text)
    assert client.post("/giao-viec", data={**FORM, **seen, "do": "ap-dung"}).status_code == 303
    assert "so-y-te" in applied.current(followed.app).configuration.units
    assert (followed.folder / "units.yaml").read_text("utf-8") == "units: ["


def test_a_task_that_cannot_be_applied_leaves_no_file(
    followed: Office, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.client("thu-ky")
    seen = offered(client.post("/giao-viec", data=FORM).text)

    def refuse(*_: object, **__: object) -> None:
        raise Refused("changed-meanwhile", "có người vừa áp dụng bản 3.")

    monkeypatch.setattr(applying, "apply", refuse)
    assert client.post("/giao-viec", data={**FORM, **seen, "do": "ap-dung"}).status_code == 422
    assert not (followed.folder / PLAN).exists()


def test_no_file_is_ever_overwritten(followed: Office, site: Site) -> None:
    """A number that is taken, on disk or in a version long past, gets another id."""
    client = site.client("thu-ky")
    followed.write(PLAN, "# của người khác\n")
    assert offered(client.post("/giao-viec", data=FORM).text)["plan"] == "15-cv-vp-2"
    for name in ("../office", "ke-hoach", "15-cv-vp", "A"):
        answer = client.post("/giao-viec", data={**FORM, "plan": name})
        assert answer.status_code in (200, 404)
        assert offered(answer.text).get("plan") != name
    assert (followed.folder / PLAN).read_text("utf-8") == "# của người khác\n"


def test_a_draft_is_kept_and_openly_shown(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    seen = offered(client.post("/giao-viec", data=FORM).text)
    kept = client.post("/giao-viec", data={**FORM, **seen, "do": "nhap"})
    assert kept.headers["location"].startswith("/cau-hinh/tep?ten=plans/15-cv-vp.yaml")
    assert (followed.folder / PLAN).is_file()
    assert applied.version(followed.app) == 1
    assert "15-cv-vp" in client.get("/giao-viec").text
    assert "bản nháp mới" in client.get("/cau-hinh").text


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("title", " ", "title"),
        ("who", "", "who"),
        ("deadline", "sớm", "deadline"),
        ("deadline", "31/4", "deadline"),
        ("issued_on", "hôm kia", "issued_on"),
        ("submit_to", "khong-co", "submit_to"),
        ("coordinating", "Sở Lạ", "coordinating"),
        ("kind", "thu-tay", "kind"),
        ("title", "x" * 501, "title"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(followed: Office, site: Site, field: str, value: str, named: str) -> None:
    answer = site.client("thu-ky").post("/giao-viec", data={**FORM, field: value})
    assert answer.status_code == 422
    assert f'id="fault-{named}"' in answer.text
    assert "Báo cáo kết quả" in answer.text or field == "title"


@pytest.mark.parametrize(
    "title",
    ['Rà soát: "mục 1", #2 & {3}', "- việc", "null", "<script>alert(1)</script>", "việc\nhai dòng", "'", "a: b", "@x",
     "Đôn đốc\t100% %", "\\n \\u0000", "\x00việc\u200b \u202egì"],
)  # fmt: skip
def test_any_words_come_back_from_the_file_as_they_were_typed(followed: Office, site: Site, title: str) -> None:
    client = site.client("thu-ky")
    data = {**FORM, "title": title, "stated": title, "product": title, "place": title, "document": title}
    shown = client.post("/giao-viec", data=data)
    if title == "null":
        assert shown.status_code == 422  # no words at all, to the loader
        return
    seen = offered(shown.text)
    assert client.post("/giao-viec", data={**data, **seen, "do": "ap-dung"}).status_code == 303
    plan = applied.current(followed.app).configuration.plans[seen["plan"]]
    words = " ".join(re.sub("[\x00\u200b\u202e]", "", title).split())
    one = plan.obligations[0]
    assert (one.title, one.cite.stated, one.cite.at, one.product, plan.number) == (words,) * 5
    assert "<script>" not in client.get(f"/giao-viec?xong={plan.id}").text


def test_a_unit_that_nothing_reaches_and_a_near_day_are_warned_of(followed: Office, site: Site) -> None:
    units = (followed.folder / "units.yaml").read_text("utf-8")
    followed.write("units.yaml", units.replace("groups:", "- {id: so-cam, name: Sở Câm}\ngroups:")).apply(
        "2022-11-28 08:00"
    )
    shown = site.client("thu-ky").post("/giao-viec", data={**FORM, "who": "Sở Câm", "deadline": "mai"}).text
    assert "không có kênh liên hệ" in shown
    assert "Hạn rất gần" in shown


def test_an_oral_instruction_says_whose(followed: Office, site: Site) -> None:
    client = site.client("thu-ky")
    assert (
        'id="fault-document"' in client.post("/giao-viec", data={**FORM, "kind": "chi-dao-mieng", "document": ""}).text
    )
    oral = {**FORM, "kind": "chi-dao-mieng", "document": "Giám đốc Sở, giao ban 28/11/2022"}
    seen = offered(client.post("/giao-viec", data=oral).text)
    client.post("/giao-viec", data={**oral, **seen, "do": "ap-dung"})
    plan = applied.current(followed.app).configuration.plans["bao-cao-ket-qua-ra-soat"]
    assert (plan.number, plan.source) == (None, "Giám đốc Sở, giao ban 28/11/2022")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("16h 2/12", "16:00 02/12/2022 (thứ Sáu)"),
        ("3/12", "ngày nghỉ"),
        ("trong tháng 12", "31/12/2022 (thứ Bảy)"),
        ("năm 2023", "tạm tính"),
        ("1/11/2022", "đã qua"),
        ("khi rảnh", "chưa hiểu thời hạn"),
        ("", ""),
    ],
)
def test_the_due_date_is_told_as_one_types(followed: Office, site: Site, said: str, told: str) -> None:
    answer = site.client("thu-ky").get("/giao-viec/han", params={"deadline": said, "issued_on": "28/11/2022"})
    assert answer.status_code == 200
    assert told in answer.text


def test_giving_is_the_secretariats(followed: Office, site: Site) -> None:
    viewer = site.client("xem")
    assert viewer.get("/giao-viec").status_code == 403
    assert viewer.post("/giao-viec", data=FORM).status_code == 403
    assert viewer.get("/giao-viec/han").status_code == 403
    assert "/giao-viec" not in viewer.get("/cau-hinh").text


def test_before_the_first_apply_the_form_leads_to_it(bureau: Office, site: Site) -> None:
    client = site.client("thu-ky")
    assert "/cau-hinh" in client.get("/giao-viec").text
    assert client.post("/giao-viec", data=FORM).status_code == 422
