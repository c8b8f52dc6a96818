"""What lands in each reader's box: leader, overseer, own leadership, coordinating unit, reviewer, chat."""

from __future__ import annotations

import re
from datetime import date

import pytest

from obligations.cases.access import links
from obligations.cases.answering import answers, authorizing, calling, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.sending.delivery import deliver
from obligations.cases.upkeep.auditing import audit
from tests.letterbox import on, one
from tests.life import nowhere
from tests.offices import Office, at, obligation

DESK, BOSS = "van-phong@so-mau.example", "giam-doc@so-mau.example"
HEALTH, HEALTH_HEAD = "dau-moi@so-y-te.example", "giam-doc@so-y-te.example"
BUILDING, FRONT, OUTSIDER = "dau-moi@so-xay-dung.example", "dau-moi@mat-tran.example", "dau-moi@ngoai-cuoc.example"
UNITS = """
units:
- id: ubnd-tinh
  name: Ủy ban nhân dân tỉnh Mẫu
  short_name: UBND tỉnh
  relation: superior
  contacts: [{name: Văn phòng UBND tỉnh, role: focal, email: vp@ubnd.example}]
- id: van-phong
  name: Văn phòng Sở Mẫu
  relation: internal
  contacts:
  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001}
  - {name: Giám đốc, role: leader, email: giam-doc@so-mau.example}
- id: so-y-te
  name: Sở Y tế
  short_name: SYT
  relation: peer
  contacts:
  - {name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}
  - {name: Giám đốc SYT, role: leader, email: giam-doc@so-y-te.example}
- id: so-xay-dung
  name: Sở Xây dựng
  relation: peer
  contacts: [{name: Chị Lan, role: focal, email: dau-moi@so-xay-dung.example}]
- id: mat-tran
  name: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu
  short_name: MTTQ tỉnh
  relation: independent
  contacts: [{name: Anh Hòa, role: focal, email: dau-moi@mat-tran.example}]
- id: so-ngoai-cuoc
  name: Sở Ngoài cuộc
  relation: peer
  contacts: [{name: Người ngoài, role: focal, email: dau-moi@ngoai-cuoc.example}]
groups:
  cac-so: {name: Các sở, members: [so-xay-dung, so-y-te, mat-tran]}
"""
GATHERS = "collects: [bao-cao]"
PLAN = """
plan: {{number: 12/KH-SM, title: Kế hoạch thử, issuer: ubnd-tinh, issued_on: 2022-07-08, overseer: {overseer}}}
obligations:
{obligations}
"""
REPORT = obligation("bao-cao", "{by: 2022-07-29}", more="coordinating: [so-ngoai-cuoc]")


@pytest.fixture
def office(office: Office) -> Office:
    """Three units of three relations owe a report by Friday 29/07/2022; a fourth coordinates."""
    office.write("units.yaml", UNITS)
    return given(office, REPORT)


def given(office: Office, *obligations: str, overseer: str = "van-phong") -> Office:
    return office.write("plans/ke-hoach.yaml", PLAN.format(overseer=overseer, obligations="".join(obligations)))


def lived(office: Office, *days: str) -> None:
    """Apply on Monday 11/07 at nine, and deliver then and on the mornings of these days of July (`28`) or `08-01`."""
    office.apply("2022-07-11 09:00")
    deliver(office.app, at("2022-07-11 09:00"), engine_id="test")
    for day in days:
        deliver(office.app, at(f"2022-{day if '-' in day else f'07-{day}'} 08:01"), engine_id="test")


def submit(office: Office, unit: str, on_day: date, when: str, **facts: str | bool) -> Address:
    address = Address(plan="ke-hoach", obligation="bao-cao", unit=unit)
    answers.submit(office.app, address, Submission(on_day, **facts), at(when), by="thư ký")  # type: ignore[arg-type]
    return address


def the_register_is_read(office: Office, when: str) -> None:
    authorizing.check_register(office.app, at(when), by="thư ký")


def test_a_coordinating_unit_is_told_and_owes_nothing(office: Office) -> None:
    """One line for the three units: who answers for it, the common deadline; nothing to send."""
    office.apply("2022-07-11 09:00")
    said = one(office, "2022-07-11 09:00", to=OUTSIDER)
    assert said.subject == "[Phối hợp] Việc bao-cao: thông tin để phối hợp"
    assert said.text.startswith("Kính gửi: Sở Ngoài cuộc.")
    assert (
        "1. Việc bao-cao: theo mục I.1 Kế hoạch số 12/KH-SM ngày 08/7/2022 của Ủy ban nhân dân tỉnh Mẫu, "
        "ghi “theo kế hoạch”; Các sở chủ trì; thời hạn chung: hết ngày 29/7/2022 (thứ Sáu)."
    ) in said.text
    assert "quý cơ quan không phải gửi báo cáo riêng" in said.text
    assert "2. " not in said.text
    assert "mã việc" not in said.text.lower()


YEARLY = obligation("bao-cao", "{every: year, by: 07-29, from: 2022, to: 2023}", more="coordinating: [so-ngoai-cuoc]")


def test_a_coordinating_unit_hears_who_is_late_only_after_the_register_was_read(office: Office) -> None:
    """Of the second period it gets overdue-1: counts at first, names on a day on which somebody has looked."""
    given(office, YEARLY)
    office.apply("2022-07-11 09:00")
    address = Address(plan="ke-hoach", obligation="bao-cao", unit="mat-tran", period="2023")
    answers.submit(office.app, address, Submission(date(2023, 7, 20)), at("2023-07-20 10:00"), by="thư ký")
    the_register_is_read(office, "2023-07-28 09:00")
    [said] = on(office, "2023-07-31 08:01", to=OUTSIDER)
    assert "Hạn chung đã qua; đã nhận 01/03 kết quả." in said.text
    assert "Sở Y tế" not in said.text


def test_a_coordinating_unit_reads_the_names_where_somebody_has_looked(office: Office) -> None:
    """The register was read that morning before the letters left."""
    given(office, YEARLY)
    office.apply("2022-07-11 09:00")
    the_register_is_read(office, "2023-07-31 07:40")
    [said] = on(office, "2023-07-31 08:01", to=OUTSIDER)
    names = "Sở Y tế; Sở Xây dựng; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu"
    assert f"đã nhận 00/03 kết quả, chưa ghi nhận được kết quả của: {names}." in said.text


def test_the_own_overseer_gets_one_line_for_all_late_units(office: Office) -> None:
    """In the order of protocol, whatever the order of the group; and what to do before anybody is accused."""
    lived(office)
    submit(office, "mat-tran", date(2022, 7, 29), "2022-07-29 10:00")
    said = one(office, "2022-08-01 08:01", to=DESK)
    assert said.subject == (
        "[Theo dõi, đôn đốc] Việc bao-cao: 02/03 đơn vị chưa gửi (hạn 29/7/2022, quá 01 ngày làm việc)"
    )
    assert (
        "1. Việc bao-cao (mục I.1), hạn hết ngày 29/7/2022 (thứ Sáu), quá 01 ngày làm việc – "
        "02/03 đơn vị chưa gửi: Sở Y tế; Sở Xây dựng."
    ) in said.text
    assert said.text.count("đơn vị chưa gửi") == 1
    assert "Cần rà sổ văn bản đến và hỏi lại đơn vị trước khi báo lãnh đạo đơn vị" in said.text
    assert "08 giờ 01 ngày 01/8/2022 (thứ Hai), Văn phòng Sở Mẫu chưa ghi nhận được" in said.text


def test_another_organisation_as_overseer_reads_when_the_register_was_read(office: Office) -> None:
    """Its letter waits for that; a superior is reported to, not asked."""
    given(office, REPORT, overseer="ubnd-tinh")
    lived(office, "08-01")
    assert on(office, "2022-08-01 08:30", to="vp@ubnd.example") == []
    the_register_is_read(office, "2022-08-01 09:10")
    for code in ("K1-0001", "K1-0002", "K1-0003"):
        authorizing.approve(office.app, [Address(code)], at("2022-08-01 09:20"), by="thư ký")
    said = one(office, "2022-08-01 09:30", to="vp@ubnd.example")
    assert "Sổ văn bản đến rà lần gần nhất lúc 09 giờ 10 ngày 01/8/2022 (thứ Hai)." in said.text
    assert "03/03 đơn vị chưa gửi: Sở Y tế; Sở Xây dựng; Ủy ban Mặt trận" in said.text
    assert "Văn phòng Sở Mẫu kính báo cáo để quý cơ quan theo dõi, chỉ đạo." in said.text


def test_a_leader_reads_how_often_the_unit_was_reminded(office: Office) -> None:
    """M6: addressed by office and full name; the register read, the days of each reminder, what the unit said."""
    lived(office, "19", "26", "29", "08-01", "08-02")
    answers.acknowledge(office.app, Address("K1-0001"), date(2022, 8, 8), at("2022-08-02 10:00"), by="thư ký")
    the_register_is_read(office, "2022-08-04 08:10")
    authorizing.approve(office.app, [Address("K1-0001")], at("2022-08-04 08:20"), by="thư ký")
    said = one(office, "2022-08-04 08:30", to=HEALTH_HEAD)
    assert said.subject == "[Đề nghị chỉ đạo] 01 việc quá hạn 04 ngày làm việc: Việc bao-cao (hạn 29/7/2022)"
    assert said.text.startswith("Kính gửi: Đồng chí Giám đốc Sở Y tế.")
    assert (
        "Văn phòng Sở Mẫu đã rà sổ văn bản đến lúc 08 giờ 10 ngày 04/8/2022 (thứ Năm) và chưa ghi nhận được "
        "kết quả dưới đây của quý cơ quan"
    ) in said.text
    assert "Đã nhắc: ngày 11/7/2022, 19/7/2022, 26/7/2022, 29/7/2022, 01/8/2022, 02/8/2022." in said.text
    assert "Đơn vị cho biết: đã tiếp nhận ngày 02/8/2022, dự kiến gửi ngày 08/8/2022 (thứ Hai)." in said.text
    assert (
        "Kính đề nghị đồng chí quan tâm chỉ đạo gửi trước 16 giờ 30 ngày 05/8/2022 (thứ Sáu) để kịp tổng hợp, "
        "báo cáo Ủy ban nhân dân tỉnh Mẫu."
    ) in said.text


def test_a_leader_reads_what_was_said_on_the_telephone(office: Office) -> None:
    """A unit without mail was rung up: when, and what it answered."""
    units = UNITS.replace("role: focal, email: dau-moi@so-y-te.example", "role: focal, phone: 0900 000 002")
    office.write("units.yaml", units)
    lived(office, "08-01")
    calling.called(office.app, Address("K1-0001"), at("2022-08-01 09:20"), by="thư ký", note="đang trình ký")
    deliver(office.app, at("2022-08-02 08:01"), engine_id="test")
    calling.called(office.app, Address("K1-0001"), at("2022-08-02 10:00"), by="thư ký")
    the_register_is_read(office, "2022-08-04 08:10")
    authorizing.approve(office.app, [Address("K1-0001")], at("2022-08-04 08:20"), by="thư ký")
    said = one(office, "2022-08-04 08:30", to=HEALTH_HEAD)
    assert "lúc 09 giờ 20: “đang trình ký”" in said.text
    assert "; 02/8/2022 lúc 10 giờ 00." in said.text
    assert "Đã nhắc:" not in said.text


def test_the_own_leadership_sees_the_plan_as_a_whole(office: Office) -> None:
    """After eight working days: who is late, and how every duty of the plan that has come due stands."""
    done = obligation("ke-hoach-rieng", "{by: 2022-07-20}", responsible="so-y-te")
    given(office, done, REPORT)
    lived(office, "19", "26", "29", "08-01", "08-02")
    address = Address(plan="ke-hoach", obligation="ke-hoach-rieng", unit="so-y-te")
    answers.submit(office.app, address, Submission(date(2022, 7, 19)), at("2022-08-03 10:00"), by="thư ký")
    answers.confirm(office.app, address, date(2022, 8, 3), at("2022-08-03 10:05"), by="thư ký")
    submit(office, "mat-tran", date(2022, 8, 3), "2022-08-03 10:00")
    the_register_is_read(office, "2022-08-10 08:10")
    said = one(office, "2022-08-10 08:30", to=BOSS)
    assert said.text.startswith("Kính gửi: Đồng chí Giám đốc Văn phòng Sở Mẫu.")
    assert "quá 08 ngày làm việc – 02/03 đơn vị chưa gửi: Sở Y tế; Sở Xây dựng." in said.text
    assert "Việc ke-hoach-rieng; hết ngày 20/7/2022 | 1 | 1 (1; 0) | 0 | 0 (0; 0)" in said.text
    assert "Việc bao-cao; hết ngày 29/7/2022 | 3 | 0 (0; 0) | 1 | 2 (0; 2)" in said.text
    assert "Kính xin ý kiến chỉ đạo." in said.text
    assert "<table" in said.html


def test_the_reviewer_reads_what_waits_and_since_when(office: Office) -> None:
    """Two working days after it was recorded: number and date of the document, day of sending; oldest first."""
    lived(office)
    submit(office, "so-xay-dung", date(2022, 7, 20), "2022-07-21 15:00")
    facts = {"document": "512/BC-SYT", "signed": date(2022, 7, 19)}
    submit(office, "so-y-te", date(2022, 7, 19), "2022-07-21 10:00", **facts)  # type: ignore[arg-type]
    said = one(office, "2022-07-25 08:01", to=DESK)
    assert said.subject == "[Chờ ghi nhận] 02 kết quả chờ ghi nhận, lâu nhất từ ngày 21/7/2022"
    first, second = said.text.split("2. K1-0002")
    assert (
        "1. K1-0001 – Sở Y tế – Việc bao-cao: văn bản số 512/BC-SYT ngày 19/7/2022, gửi ngày 19/7/2022 (thứ Ba), "
        "hạn hết ngày 29/7/2022; chờ từ ngày 21/7/2022, đã 02 ngày làm việc."
    ) in first
    assert "Sở Xây dựng – Việc bao-cao: không kèm số văn bản, gửi ngày 20/7/2022 (thứ Tư)" in second


def test_the_secretariat_gets_the_drafts_of_the_letter(office: Office) -> None:
    """M11, three working days after: one for the departments, one of its own for the Front, with list and new term."""
    lived(office, "19", "26", "29", "08-01", "08-02")
    said = one(office, "2022-08-03 08:01", to=DESK)
    assert said.subject == "[Đề xuất công văn đôn đốc] KH 12/KH-SM: 03 đơn vị quá hạn"
    assert (
        "trình ký 02 công văn đôn đốc (dự thảo dưới đây), hạn mới trước 16 giờ 30 ngày 05/8/2022 (thứ Sáu)" in said.text
    )
    common, front = said.text.split("DỰ THẢO CÔNG VĂN GỬI RIÊNG MẶT TRẬN")
    assert "V/v đôn đốc việc bao-cao" in common
    assert "Kính gửi: Sở Y tế; Sở Xây dựng." in common
    assert "còn 03 cơ quan, đơn vị chưa gửi, trong đó 02 cơ quan, đơn vị có tên trong danh sách dưới đây" in common
    assert (
        "Văn phòng Sở Mẫu đề nghị Thủ trưởng các cơ quan, đơn vị có tên trong danh sách chỉ đạo khẩn trương "
        "hoàn thiện, gửi kết quả trước 16 giờ 30 ngày 05/8/2022 (thứ Sáu)."
    ) in common
    assert "1 | Sở Y tế | Việc bao-cao | hết ngày 29/7/2022 | 03" in common
    assert "2 | Sở Xây dựng | Việc bao-cao | hết ngày 29/7/2022 | 03" in common
    assert "Kính gửi: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu." in front
    assert "Văn phòng Sở Mẫu trân trọng đề nghị quý cơ quan quan tâm, gửi kết quả" in front
    assert "khẩn trương" not in front
    assert "chỉ đạo" not in front.split("Tin nhắn nhóm")[0]


@pytest.mark.parametrize(("named", "words"), [("true", "): Sở Y tế; Sở Xây dựng;"), ("false", "). Đề nghị gửi")])
def test_the_text_for_the_group_names_the_late_only_where_the_office_wants_it(
    office: Office, named: str, words: str
) -> None:
    """name_late_in_group decides, in the text that comes with the drafts."""
    setting = (office.folder / "office.yaml").read_text("utf-8") + f"name_late_in_group: {named}\n"
    office.write("office.yaml", setting)
    lived(office, "08-01")
    said = one(office, "2022-08-03 08:01", to=DESK)
    paste = said.text.split("Tin nhắn nhóm, để chép dán khi cần:")[1]
    assert "còn 03/03 đơn vị chưa ghi nhận được “Việc bao-cao” (hạn T6 29/7/2022" + words in paste


def test_a_contact_in_two_roles_gets_one_letter_of_two_parts(office: Office) -> None:
    """The office owes too: its desk is reminded as a unit and reads, in the same message, what waits for it."""
    own = obligation("viec-rieng", "{by: 2022-07-29}", responsible="van-phong")
    given(office, own, REPORT)
    lived(office)
    submit(office, "mat-tran", date(2022, 7, 22), "2022-07-22 10:00")
    said = one(office, "2022-07-26 08:01", to=DESK)
    assert said.subject == (
        "[Nhắc việc K1-0004] Việc viec-rieng, hạn hết ngày 29/7/2022 (thứ Sáu); 01 kết quả chờ ghi nhận"
    )
    assert said.text.startswith("Kính gửi: Văn phòng Sở Mẫu.")
    first, second = said.text.split("II. KẾT QUẢ CHỜ GHI NHẬN")
    assert "I. VIỆC DO ĐƠN VỊ CHỦ TRÌ" in first
    assert "Yêu cầu đơn vị gửi đúng hạn." in first
    assert "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu – Việc bao-cao" in second
    assert "II. Kết quả chờ ghi nhận" in said.html


def test_an_overdue_letter_says_how_many_have_answered(office: Office) -> None:
    """M3: đã nhận 01/03; while nobody has, there is nothing to compare with."""
    lived(office)
    submit(office, "mat-tran", date(2022, 7, 28), "2022-07-28 10:00")
    said = one(office, "2022-08-01 08:01", to=HEALTH)
    assert "Văn phòng Sở Mẫu chưa ghi nhận được kết quả của quý cơ quan; đã nhận 01/03 cơ quan, đơn vị." in said.text
    assert "Sở Xây dựng" not in said.text, "who else is late is nobody's business"


def test_an_overdue_letter_compares_with_nobody_where_nobody_has_answered(office: Office) -> None:
    """*Đã nhận 00/03* would tell a unit that it may wait."""
    lived(office)
    assert "đã nhận" not in one(office, "2022-08-01 08:01", to=HEALTH).text


def test_whoever_gathers_reads_what_is_still_missing(office: Office) -> None:
    """`collects`: the reminder of the summary names the units of the same period whose report is missing."""
    summary = obligation("tong-hop", "{by: 2022-08-15}", responsible="so-ngoai-cuoc", more=GATHERS)
    given(office, summary, REPORT)
    lived(office)
    submit(office, "mat-tran", date(2022, 7, 28), "2022-07-28 10:00")
    [said] = [one for one in on(office, "2022-08-05 08:01", to=OUTSIDER) if "tong-hop" in one.subject]
    assert "Kết quả cần tổng hợp: “Việc bao-cao”: đã nhận 01/03, còn thiếu: Sở Y tế; Sở Xây dựng." in said.text


def test_whoever_gathers_each_year_reads_of_that_year(office: Office) -> None:
    """The second year counts anew; the first year's answers are no help."""
    summary = obligation("tong-hop", "{every: year, from: 2022, to: 2023}", responsible="so-ngoai-cuoc", more=GATHERS)
    given(office, summary, YEARLY)
    lived(office)
    for period, unit in (("2022", "so-y-te"), ("2022", "mat-tran"), ("2023", "so-xay-dung")):
        address = Address(plan="ke-hoach", obligation="bao-cao", unit=unit, period=period)
        answers.submit(office.app, address, Submission(date(2022, 7, 20)), at("2022-07-20 10:00"), by="thư ký")
    said = one(office, "2023-12-28 08:01", to=OUTSIDER)
    assert "đã nhận 02/03, còn thiếu: Sở Xây dựng." in said.text, "the first year's summary is late, too"
    assert "đã nhận 01/03, còn thiếu: Sở Y tế; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu." in said.text


def audited(office: Office, *days: str) -> None:
    for day in days:
        audit(office.app, at(f"2022-07-{day} 16:15"))


def test_a_late_letter_names_the_days_on_which_nothing_ran(office: Office) -> None:
    """M4: between two audits lie two working days without one, in which nothing was tried either."""
    lived(office)
    audited(office, "11", "12", "13", "14", "15", "16", "17", "18")
    said = one(office, "2022-07-21 08:01", to=HEALTH)
    assert said.subject.startswith("[Nhắc muộn K1-0001]")
    assert (
        "Thư này lẽ ra gửi ngày 19/7/2022 nhưng hệ thống của Văn phòng Sở Mẫu gián đoạn từ ngày 19/7/2022 đến hết "
        "ngày 20/7/2022, nay mới đến; mong quý cơ quan thông cảm. Thời hạn không thay đổi."
    ) in said.text


def test_a_late_letter_of_unknown_cause_names_none(office: Office) -> None:
    """Nothing was ever audited: that it is late is all that is known."""
    lived(office)
    said = one(office, "2022-07-21 08:01", to=HEALTH)
    assert "Thư này lẽ ra gửi ngày 19/7/2022, nay mới đến; mong quý cơ quan thông cảm." in said.text
    assert "gián đoạn" not in said.text


def test_a_late_letter_does_not_blame_a_system_that_was_running(office: Office) -> None:
    """No audit was finished, but the mail server was tried on those days: nobody knows of an outage of ours."""
    lived(office)
    audited(office, "15", "16", "17", "18")
    office.sending("live", nowhere())
    office.apply("2022-07-18 17:00")
    deliver(office.app, at("2022-07-19 08:01"), engine_id="test")
    office.sending("box")
    office.apply("2022-07-20 18:00")
    said = one(office, "2022-07-21 08:01", to=HEALTH)
    assert "lẽ ra gửi ngày 19/7/2022, nay mới đến" in said.text


def test_a_late_overdue_letter_does_not_deny_what_was_reported(office: Office) -> None:
    """overdue-1 left in time and the overseer was told; overdue-2 comes late and may not say that nobody was."""
    lived(office, "08-01")
    late = one(office, "2022-08-03 08:01", to=HEALTH)
    assert "lẽ ra gửi ngày 02/8/2022" in late.text
    assert "chưa được báo lên cấp trên" not in late.text


CHAT = UNITS.replace(
    "{name: Chị Lan, role: focal, email: dau-moi@so-xay-dung.example}",
    '{name: Chị Lan, role: focal, channels: [{zalo: "6ede9afa"}]}',
)


def test_a_chat_gets_one_short_line_for_each_duty(office: Office) -> None:
    """M9: code, duty, day, source; what to answer and whom to ask; never more than the service takes."""
    office.write("units.yaml", CHAT)
    channels = "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\nzalo: zalobot://${ZALO_BOT_TOKEN}/{to}\n"
    office.sending("box", channels)
    other = obligation("viec-hai", "{by: 2022-07-29}", responsible="so-xay-dung")
    given(office, other, REPORT)
    lived(office)
    deliver(office.app, at("2022-07-26 08:01"), engine_id="test")
    [path] = [path for path in (office.home / "box").glob("*.txt") if "20220726" in path.name]
    head, _, said = path.read_text("utf-8").partition("\n\n")
    assert "Subject: Văn phòng Sở Mẫu nhắc việc: Sở Xây dựng" in head
    assert said.splitlines() == [
        "[K1-0002] Việc bao-cao: hạn hết T6 29/7/2022, còn 04 ngày làm việc (KH 12/KH-SM, mục I.1).",
        "[K1-0004] Việc viec-hai: hạn hết T6 29/7/2022, còn 04 ngày làm việc (KH 12/KH-SM, mục I.1).",
        "Đã gửi xin nhắn lại: mã việc, số, ngày văn bản. Hỏi: Chị Mai 0900 000 001.",
    ]


def test_a_chat_carries_the_units_link(office: Office) -> None:
    """One address below the line, which opens the unit's page at its only duty."""
    office.write("units.yaml", CHAT)
    office.sending(
        "box", "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\nzalo: zalobot://${ZALO_BOT_TOKEN}/{to}\n"
    )
    settings = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", f"{settings}public_url: https://nhac.so-mau.example\n")
    given(office, REPORT)
    lived(office, "26")
    texts = [path.read_text("utf-8") for path in (office.home / "box").glob("*.txt")]
    assert texts
    for text in texts:
        [(token, code)] = re.findall(r"https://nhac\.so-mau\.example/d/([\w.-]+?)\?viec=([\w-]+)", text)
        assert links.open_link(office.app, token, at("2022-07-26 09:00")).unit == "so-xay-dung"
        assert code == "K1-0002"


def test_nobody_outside_reads_of_it(office: Office) -> None:
    """A week of every rung and decision: whoever coordinates got its notice and nothing else."""
    lived(office, "19", "26", "29", "08-01", "08-02", "08-03")
    decisions.extend(
        office.app,
        Address("K1-0001"),
        Decision(date(2022, 8, 3), "thư ký"),
        at("2022-08-03 10:00"),
        to=date(2022, 8, 12),
        granted_by="Giám đốc",
    )
    assert [read.subject for read in on(office, "2022-08-04 08:01", to=OUTSIDER)] == []
