"""What a unit reads after a decision: a moved date, a return, a reopening, a handing over, a result taken note of."""

from __future__ import annotations

from datetime import date
from typing import Any

from obligations.cases.answering import answers, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.sending.delivery import deliver
from tests.letterbox import on, one
from tests.life import entries, nowhere
from tests.offices import Office, at, obligation

HEALTH, BUILDING = "dau-moi@so-y-te.example", "dau-moi@so-xay-dung.example"
CODE = Address("K1-0001")
REPORT = obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te")
YEARLY = obligation("bao-cao", "{every: year, by: 07-29, from: 2022, to: 2023}", responsible="so-y-te")


def begun(office: Office, *obligations: str) -> None:
    """Applied on Monday 11/07/2022; the notice has left."""
    office.plan(*(obligations or (REPORT,)))
    office.apply("2022-07-11 09:00")
    deliver(office.app, at("2022-07-11 09:00"), engine_id="test")


def decision(on_day: date, **more: Any) -> Decision:
    return Decision(on_day, "thư ký", **more)


def extend(office: Office, when: str, to: date, **more: Any) -> None:
    moment = at(when)
    decisions.extend(office.app, CODE, decision(moment.date(), **more), moment, to=to, granted_by="Giám đốc Sở Mẫu")


def submit(office: Office, on_day: date, when: str, **facts: Any) -> None:
    answers.submit(office.app, CODE, Submission(on_day, **facts), at(when), by="thư ký")


def confirm(office: Office, when: str) -> None:
    answers.confirm(office.app, CODE, at(when).date(), at(when), by="thư ký")


def send_back(office: Office, when: str, *, by: date | None = None, keep: bool = False) -> None:
    said = decision(at(when).date(), note="thiếu biểu 2")
    decisions.send_back(office.app, CODE, said, at(when), resubmit_by=by, keep=keep)


def test_an_extension_is_told_with_both_days_and_its_decision(office: Office) -> None:
    """Old day, new day, who granted it by which document; the original stays in sight."""
    begun(office)
    extend(office, "2022-07-20 10:00", date(2022, 8, 12), document="88/SM-VP", note="chờ số liệu của cấp xã")
    said = one(office, "2022-07-20 10:10", to=HEALTH)
    assert said.subject == "[Đổi hạn K1-0001] Việc bao-cao, hạn mới hết ngày 12/8/2022 (thứ Sáu)"
    assert (
        "Văn phòng Sở Mẫu thông báo thời hạn thực hiện “Việc bao-cao” thay đổi: trước đây là hết ngày 29/7/2022 "
        "(thứ Sáu), nay là hết ngày 12/8/2022 (thứ Sáu). Gia hạn do Giám đốc Sở Mẫu đồng ý, theo văn bản số 88/SM-VP "
        "(chờ số liệu của cấp xã)."
    ) in said.text
    assert "Hạn gốc: hết ngày 29/7/2022 (thứ Sáu)." in said.text
    assert "chưa ghi nhận được" not in said.text, "it is news, not a reminder"
    assert "hạn mới" not in one(office, "2022-08-02 08:01", to=HEALTH).subject, "told once"


def test_an_extension_that_was_corrected_is_told_as_it_is(office: Office) -> None:
    """The number was wrong and so was who granted it; a clerk who only says the day again adds nothing."""
    begun(office)
    extend(office, "2022-07-20 10:00", date(2022, 8, 12), document="88/SM-VP")
    right = decision(date(2022, 7, 20), document="89/SM-VP")
    decisions.extend(office.app, CODE, right, at("2022-07-20 10:02"), to=date(2022, 8, 12), granted_by="Chủ tịch")
    known = len(entries(office, "event"))
    again = decision(date(2022, 7, 20))
    decisions.extend(office.app, CODE, again, at("2022-07-20 10:04"), to=date(2022, 8, 12), granted_by=again.by)
    assert len(entries(office, "event")) == known
    said = one(office, "2022-07-20 10:10", to=HEALTH)
    assert "Gia hạn do Chủ tịch đồng ý, theo văn bản số 89/SM-VP." in said.text
    assert "trước đây là hết ngày 29/7/2022 (thứ Sáu), nay là hết ngày 12/8/2022 (thứ Sáu)" in said.text


def test_an_extension_taken_back_is_told(office: Office) -> None:
    """The plan's own day holds again."""
    begun(office)
    extend(office, "2022-07-20 10:00", date(2022, 8, 12))
    on(office, "2022-07-20 10:10")
    extend(office, "2022-07-21 10:00", date(2022, 7, 29), document="90/SM-VP")
    said = one(office, "2022-07-21 10:10", to=HEALTH)
    assert "trước đây là hết ngày 12/8/2022 (thứ Sáu), nay là hết ngày 29/7/2022 (thứ Sáu)" in said.text
    assert "Việc gia hạn ghi trước đây được bỏ, theo văn bản số 90/SM-VP." in said.text
    assert "Hạn gốc" not in said.text


def test_an_amended_plan_is_told_with_the_number_that_amends_it(office: Office) -> None:
    """An apply moves the date; the letter cites why."""
    begun(office)
    office.plan(
        obligation("bao-cao", "{by: 2022-08-19}", responsible="so-y-te", more="moved: {amended_by: 45/KH-SM}"),
    )
    office.apply("2022-07-20 10:00")
    said = one(office, "2022-07-20 10:10", to=HEALTH)
    assert "nay là hết ngày 19/8/2022 (thứ Sáu). Lý do: điều chỉnh kế hoạch, theo văn bản số 45/KH-SM." in said.text


def test_a_correction_is_told_with_its_reason(office: Office) -> None:
    """A typing error restates the original: there is no older day to keep in sight."""
    begun(office)
    moved = 'moved: {correction: "gõ nhầm tháng"}'
    office.plan(obligation("bao-cao", "{by: 2022-08-29}", responsible="so-y-te", more=moved))
    office.apply("2022-07-20 10:00")
    said = one(office, "2022-07-20 10:10", to=HEALTH)
    assert "Lý do: đính chính hạn đã ghi nhầm (gõ nhầm tháng)." in said.text
    assert "Hạn gốc" not in said.text


def test_a_rung_that_the_news_gave_way_to_tells_it(office: Office) -> None:
    """Extended in the evening so that before-10 falls on the morning after: one letter, with the news."""
    begun(office)
    extend(office, "2022-07-25 18:00", date(2022, 8, 5), document="88/SM-VP")
    said = on(office, "2022-07-26 08:01", to=HEALTH)
    assert [read.subject for read in said] == [
        "[Đổi hạn K1-0001] Việc bao-cao, hạn mới hết ngày 05/8/2022 (thứ Sáu)",
    ]
    assert "thông báo thời hạn" not in one(office, "2022-08-02 08:01", to=HEALTH).text, "told once"


def test_news_that_could_not_leave_is_told_by_the_next_rung(office: Office) -> None:
    """The mail server was down from the extension to before-3: the newer rung leaves, and says what moved."""
    begun(office)
    office.sending("live", nowhere())
    office.apply("2022-07-25 09:00")
    extend(office, "2022-07-25 10:00", date(2022, 8, 1), document="88/SM-VP")
    deliver(office.app, at("2022-07-25 10:10"), engine_id="test")
    office.sending("box")
    office.apply("2022-07-28 18:00")
    said = one(office, "2022-07-29 08:01", to=HEALTH)
    assert said.subject.startswith("[Đổi hạn K1-0001]")
    assert "Gia hạn do Giám đốc Sở Mẫu đồng ý, theo văn bản số 88/SM-VP." in said.text
    assert "thông báo thời hạn" not in one(office, "2022-08-01 08:01", to=HEALTH).text, "told once"


def test_of_two_moves_the_unit_reads_the_day_it_knew(office: Office) -> None:
    """Extended twice before any word left: from what the unit was told to what holds now."""
    begun(office)
    extend(office, "2022-07-20 17:00", date(2022, 8, 5))
    extend(office, "2022-07-20 17:30", date(2022, 8, 12))
    said = one(office, "2022-07-21 07:31", to=HEALTH)
    assert "trước đây là hết ngày 29/7/2022 (thứ Sáu), nay là hết ngày 12/8/2022 (thứ Sáu)" in said.text


def test_a_return_says_what_is_lacking_and_until_when(office: Office) -> None:
    """M10, second half: the resubmit day, and that the first day is kept."""
    begun(office)
    submit(office, date(2022, 7, 27), "2022-07-27 10:00", document="512/BC-SYT")
    send_back(office, "2022-07-28 10:00", by=date(2022, 8, 4), keep=True)
    said = one(office, "2022-07-28 10:10", to=HEALTH)
    assert said.subject == "[Đề nghị bổ sung K1-0001] Việc bao-cao, hạn gửi lại hết ngày 04/8/2022 (thứ Năm)"
    assert (
        "Văn phòng Sở Mẫu đã nhận kết quả “Việc bao-cao” của quý cơ quan gửi ngày 27/7/2022 (văn bản số 512/BC-SYT); "
        "đề nghị bổ sung: thiếu biểu 2. Ngày gửi lần đầu được giữ để tính hạn (27/7/2022)."
    ) in said.text
    assert "Đề nghị quý cơ quan gửi lại chậm nhất hết ngày 04/8/2022 (thứ Năm)." in said.text
    assert "chưa ghi nhận được" not in said.text


def test_reminders_of_a_returned_result_are_about_the_supplement(office: Office) -> None:
    """Before, on and after the resubmit day: what is missing is the supplement, never the report as such."""
    begun(office)
    submit(office, date(2022, 7, 20), "2022-07-20 10:00")
    send_back(office, "2022-07-21 10:00", by=date(2022, 8, 4))
    on(office, "2022-07-21 10:10")
    before = one(office, "2022-08-01 08:01", to=HEALTH)
    assert "xin nhắc nội dung đề nghị quý cơ quan bổ sung" in before.text
    assert "Nội dung bổ sung: thiếu biểu 2. Ngày gửi lại là ngày tính hạn." in before.text
    last = one(office, "2022-08-04 08:01", to=HEALTH)
    assert last.subject == "[Đến hạn K1-0001] Việc bao-cao, hạn gửi lại hết hôm nay, thứ Năm 04/8/2022"
    over = one(office, "2022-08-05 08:01", to=HEALTH)
    assert over.subject == "[Quá hạn bổ sung 01 ngày làm việc K1-0001] Việc bao-cao (hạn gửi lại 04/8/2022)"
    assert "Thời hạn gửi lại kết quả bổ sung của “Việc bao-cao” là hết ngày 04/8/2022 (thứ Năm)" in over.text
    for said in (before, last, over):
        assert "chưa ghi nhận được kết quả bổ sung" in said.text


def test_a_return_without_a_day_after_the_deadline_is_overdue_at_once(office: Office) -> None:
    """Nothing gives it more time: the deadline stands, and the letter says both."""
    begun(office)
    submit(office, date(2022, 7, 29), "2022-07-29 10:00")
    send_back(office, "2022-08-02 10:00")
    said = one(office, "2022-08-02 10:10", to=HEALTH)
    assert said.subject == "[Quá hạn 02 ngày làm việc K1-0001] Việc bao-cao (hạn 29/7/2022)"
    assert "đề nghị bổ sung: thiếu biểu 2" in said.text
    assert "khẩn trương gửi trước 16 giờ 30 ngày 03/8/2022 (thứ Tư)" in said.text


def test_a_duty_opened_again_says_what_it_was_recorded_as(office: Office) -> None:
    """Taken back, with the reason."""
    begun(office)
    submit(office, date(2022, 7, 20), "2022-07-20 10:00")
    confirm(office, "2022-07-20 10:05")
    on(office, "2022-07-20 10:10")
    decisions.reopen(office.app, CODE, decision(date(2022, 7, 21), note="ghi nhầm đơn vị"), at("2022-07-21 10:00"))
    said = one(office, "2022-07-21 10:10", to=HEALTH)
    assert said.subject == "[Mở lại việc K1-0001] Việc bao-cao, hạn hết ngày 29/7/2022 (thứ Sáu)"
    assert (
        "Văn phòng Sở Mẫu mở lại việc “Việc bao-cao” để tiếp tục theo dõi (ghi nhầm đơn vị); trước đó ghi là "
        "đã hoàn thành. Thời hạn: hết ngày 29/7/2022 (thứ Sáu)."
    ) in said.text


def test_whoever_takes_a_duty_over_reads_from_whom(office: Office) -> None:
    """To the new unit, as something it is given, with the document; it stays in the first unit's line."""
    begun(office)
    moved = decision(date(2022, 7, 20), document="45/QĐ-SM")
    decisions.reassign(office.app, CODE, moved, at("2022-07-20 10:00"), to="so-xay-dung")
    said = one(office, "2022-07-20 10:10", to=BUILDING)
    assert said.subject == "[Nhận bàn giao K1-0001] Việc bao-cao, hạn hết ngày 29/7/2022 (thứ Sáu)"
    assert said.text.startswith("Kính gửi: Sở Xây dựng.")
    assert "quý cơ quan nhận bàn giao việc “Việc bao-cao” từ Sở Y tế, theo văn bản số 45/QĐ-SM." in said.text
    assert "Đơn vị được giao: Sở Y tế; quý cơ quan tiếp tục thực hiện." in said.text
    assert "cho biết đã tiếp nhận và ngày dự kiến gửi" in said.text
    later = one(office, "2022-07-26 08:01", to=BUILDING)
    assert later.subject.startswith("[Nhắc việc K1-0001]")


def test_a_result_in_time_is_thanked_for(office: Office) -> None:
    """M10: number, day of the document, day it was sent, on time."""
    begun(office)
    submit(office, date(2022, 7, 27), "2022-07-28 10:00", document="512/BC-SYT", signed=date(2022, 7, 26))
    confirm(office, "2022-07-28 15:00")
    said = one(office, "2022-07-28 15:10", to=HEALTH)
    assert said.subject == "[Đã ghi nhận K1-0001] Việc bao-cao"
    assert (
        "Văn phòng Sở Mẫu đã ghi nhận kết quả “Việc bao-cao” (K1-0001) của quý cơ quan, văn bản số 512/BC-SYT "
        "ngày 26/7/2022, gửi ngày 27/7/2022: đúng hạn."
    ) in said.text
    assert "Trân trọng cảm ơn quý cơ quan." in said.text
    assert "Đề nghị" not in said.text


def test_a_late_result_is_told_so_plainly_and_politely(office: Office) -> None:
    """How late, against which day; of a recurring duty with a wish for the next time."""
    begun(office, YEARLY)
    submit(office, date(2022, 8, 2), "2022-08-02 10:00")
    confirm(office, "2022-08-02 15:00")
    said = one(office, "2022-08-02 15:10", to=HEALTH)
    assert "gửi ngày 02/8/2022, sau thời hạn 02 ngày làm việc; thời hạn là hết ngày 29/7/2022 (thứ Sáu)." in said.text
    assert "Trân trọng cảm ơn quý cơ quan; mong quý cơ quan quan tâm gửi đúng hạn ở các kỳ sau." in said.text


def test_a_resubmission_whose_first_day_is_kept_is_on_time(office: Office) -> None:
    """A fault of form: sent again after the deadline, counted by the first day."""
    begun(office)
    submit(office, date(2022, 7, 27), "2022-07-27 10:00")
    send_back(office, "2022-07-28 10:00", by=date(2022, 8, 4), keep=True)
    submit(office, date(2022, 8, 2), "2022-08-02 10:00")
    confirm(office, "2022-08-02 15:00")
    said = one(office, "2022-08-02 15:10", to=HEALTH)
    assert "gửi ngày 02/8/2022 (ngày gửi lần đầu được giữ để tính hạn: 27/7/2022): đúng hạn." in said.text


def test_what_was_recorded_and_taken_back_is_not_told(office: Office) -> None:
    """Status is read again when the letter is written: reopened before it left, nothing was taken note of."""
    begun(office)
    submit(office, date(2022, 7, 20), "2022-07-20 17:00")
    confirm(office, "2022-07-20 17:10")
    decisions.reopen(office.app, CODE, decision(date(2022, 7, 20)), at("2022-07-20 17:20"))
    assert not [read for read in on(office, "2022-07-21 07:31", to=HEALTH) if "Đã ghi nhận" in read.subject]
