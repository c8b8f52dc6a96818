"""The control sheet and the checklist: what stands on them, when they leave, and that they leave once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from obligations.cases.answering import answers, authorizing, calling, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.upkeep.auditing import audit
from obligations.cases.writing import office_mail
from obligations.cases.writing.control_sheet import as_json, control_sheet
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.texts.sheet import Sheet
from tests.integration.test_cli import Desk, desk
from tests.letterbox import Read, mails
from tests.life import change, live, nowhere, run
from tests.mailbox import Mailbox
from tests.offices import PLAN, UNITS, Office, at, obligation

__all__ = ["desk"]
NOTICE = "2022-07-11 09:00"
ME = "van-phong@so-mau.example"
_message = METADATA.tables["message"]
DISTRICTS = "".join(
    f"""
- id: huyen-{n}
  name: UBND huyện Số {n}
  contacts: [{{name: Anh Số {n}, role: focal, {way}}}]"""
    for n, way in enumerate(["email: mot@huyen.example", "email: hai@huyen.example", "phone: 0232 000 003"], 1)
)


def said(app: Office, code: str, on: str, when: str, document: str = "") -> None:
    paper = Submission(date.fromisoformat(on), document=document or None)
    answers.submit(app.app, Address(code), paper, at(when), by="Mai")


@pytest.fixture
def november(office: Office) -> Office:
    """Five units owe a report by Friday 25/11/2022; one sent it, one asked for more time, one says when; and a sơ kết
    is due on 01/12. It is Sunday evening."""
    lan = "{name: Chị Lan, role: focal, email: dau-moi@so-xay-dung.example}"
    units = UNITS.replace(lan, f"{lan}, {{name: Giám đốc, role: leader, email: giam-doc@so-xay-dung.example}}")
    office.write("units.yaml", units.replace("\ngroups:", f"{DISTRICTS}\ngroups:"))
    office.plan(
        obligation("bao-cao", "{by: 2022-11-25}", responsible="[cac-so, huyen-1, huyen-2, huyen-3]"),
        obligation("so-ket", "{by: 2022-12-01}", responsible="cac-so"),
    )
    office.apply("2022-11-14 09:00")
    run(office, "2022-11-14 09:00")
    for day in ("2022-11-15", "2022-11-22"):
        run(office, f"{day} 08:01")
    said(office, "K1-0001", "2022-11-24", "2022-11-24 15:00", "512/BC-SYT")
    run(office, "2022-11-25 08:01")
    answers.acknowledge(office.app, Address("K1-0002"), date(2022, 11, 30), at("2022-11-25 15:00"), by="Mai")
    asked = Decision(date(2022, 11, 24), "Mai")
    decisions.extend(office.app, Address("K1-0003"), asked, at("2022-11-25 16:00"), to=date(2022, 12, 5))
    run(office, "2022-11-25 16:25")
    audit(office.app, at("2022-11-27 16:30"))
    return office


def sheet(office: Office, when: str) -> Sheet:
    return control_sheet(office.app, at(when))


def sheets(office: Office) -> list[Read]:
    return [one for one in mails(office) if "[Phiếu theo dõi" in one.subject]


def states(office: Office, kind: str = "sheet") -> list[tuple[str, str]]:
    with reading(office.app.engine) as session:
        query = select(_message.c.slot, _message.c.state).where(_message.c.slot.startswith(f"{kind}:"))
        return [(row.slot, row.state) for row in session.execute(query.order_by(_message.c.id))]


# what stands on it


def test_the_sheet_of_a_monday_morning(november: Office) -> None:
    """Section by section: what waits, what is late and what each unit answered, what comes, what left."""
    found = sheet(november, "2022-11-28 07:30")
    assert (found.checked_at, found.is_checked, found.held) == (None, False, ())
    assert [(one.code, one.unit, one.document, one.sent_on, one.days) for one in found.results] == [
        ("K1-0001", "Sở Y tế", "512/BC-SYT", date(2022, 11, 24), 2)
    ]
    assert [(one.code, one.unit, one.person, one.number) for one in found.calls] == [
        ("K1-0005", "UBND huyện Số 3", "Anh Số 3", "0232 000 003")
    ]
    assert [(one.code, one.to, one.days) for one in found.extensions] == [("K1-0003", date(2022, 12, 5), 2)]
    last = date(2022, 11, 25)
    assert [(one.unit, one.code, one.due_on, one.days, one.reminded_on, one.answer) for one in found.late] == [
        ("Sở Xây dựng", "K1-0002", last, 1, last, "dự kiến gửi ngày 30/11/2022"),
        ("UBND huyện Số 1", "K1-0003", last, 1, last, "đề nghị gia hạn đến 05/12/2022"),
        ("UBND huyện Số 2", "K1-0004", last, 1, last, "chưa trả lời"),
        ("UBND huyện Số 3", "K1-0005", last, 1, None, "chưa trả lời"),
    ]
    assert [(one.due_on, one.units) for one in found.coming] == [(date(2022, 12, 1), ("Sở Y tế", "Sở Xây dựng"))]
    assert (found.left.since, found.left.expected, found.left.sent, found.left.failures) == (last, 3, 3, ())
    assert found.unconfirmed == (2022, 2023)
    assert found.troubles == ()


def test_the_subject_counts(november: Office) -> None:
    """As the office's model has it, weekday first."""
    office_mail.post(november.app, at("2022-11-28 07:30"))
    run(november, "2022-11-28 07:30")
    [mail] = sheets(november)
    assert mail.subject == (
        "[Phiếu theo dõi T2 28/11/2022] 4 quá hạn · 0 đến hạn hôm nay · 1 chờ ghi nhận · 0 gửi lỗi · 1 chờ quyết định"
    )
    assert mail.to == ME
    for words in ("K1-0001 Sở Y tế", "0232 000 003", "đề nghị đến 05/12/2022", "đã chờ 02 ngày làm việc"):
        assert words in mail.text
        assert words in mail.html


def test_what_is_held_and_why(november: Office) -> None:
    """Four working days late: the letter to a leader waits for the register, once it is read for a yes."""
    live(november, "2022-11-28", "2022-12-01")
    found = sheet(november, "2022-12-01 09:00")
    waiting = {one.why: one.codes for one in found.held}
    assert waiting["chờ rà sổ"] == ("K1-0002",)
    assert (found.is_checked, found.approvals) == (False, 0)
    authorizing.check_register(november.app, at("2022-12-01 09:10"), by="Mai")
    read = sheet(november, "2022-12-01 09:15")
    assert read.is_checked
    assert f"{read.checked_at:%H:%M %d/%m}" == "09:10 01/12"
    assert {one.why: one.codes for one in read.held}["chờ duyệt"] == ("K1-0002",)
    assert (read.approvals, read.decisions) == (1, 1 + len(read.extensions))


def test_a_call_that_was_made_says_what_was_answered(november: Office) -> None:
    """Ticked by the clerk: off the list, and the answer stands with what is late."""
    calling.called(november.app, Address("K1-0005"), at("2022-11-28 08:30"), by="Mai", note="đang trình ký")
    found = sheet(november, "2022-11-28 09:00")
    assert found.calls == ()
    [late] = [one for one in found.late if one.code == "K1-0005"]
    assert (late.reminded_on, late.answer) == (date(2022, 11, 28), "đang trình ký")


def test_what_did_not_arrive_is_named_with_its_reason(november: Office) -> None:
    """Three expected = one arrived, two not: whose, and in which words."""
    change(
        november,
        "UPDATE message SET state = 'failed' WHERE slot = '2022-11-25T08' AND recipient = 'huyen-2.focal'",
    )
    change(
        november,
        "UPDATE message SET state = 'unknown' WHERE slot = '2022-11-25T08' AND recipient = 'huyen-1.focal'",
    )
    change(november, "UPDATE attempt SET answer = '550 5.2.2 hop thu day' WHERE outcome = 'sent'")
    left = sheet(november, "2022-11-28 07:30").left
    assert (left.expected, left.sent, left.failed, left.waiting) == (3, 1, 2, 0)
    assert {(one.to, one.reason) for one in left.failures} == {
        ("hai@huyen.example", "550 5.2.2 hop thu day"),
        ("mot@huyen.example", "550 5.2.2 hop thu day"),
    }


def test_troubles_stand_on_it(november: Office) -> None:
    """Nobody audited for a day, the draft on disk differs."""
    november.plan(obligation("bao-cao", "{by: 2022-11-25}"), obligation("moi", "{by: 2022-12-30}"))
    troubles = sheet(november, "2022-11-29 07:30").troubles
    assert any(one.startswith("Kiểm tra gần nhất: 16:30 27/11/2022, đã quá 26 giờ") for one in troubles)
    assert any("khác bản đang dùng" in one for one in troubles)


def test_programs_get_it_whole_and_people_in_sections(november: Office, desk: Desk) -> None:
    """`sheet --json` is plain data; without it the six sections stand in their order."""
    desk.clock("2022-11-28 07:45")
    document = desk.dondoc("sheet", "--json").ended(0).document
    assert [one["code"] for one in document["late"]] == ["K1-0002", "K1-0003", "K1-0004", "K1-0005"]
    assert (document["left"]["expected"], document["decisions"], document["worth_reading"]) == (3, 1, True)
    shown = desk.dondoc("sheet").ended(0).out
    places = [shown.index(f"{n}. ") for n in range(6)]
    assert places == sorted(places)
    assert set(as_json(sheet(november, "2022-11-28 07:45"))) == set(document)


# when it leaves


def posted(office: Office, when: str) -> int:
    return office_mail.post(office.app, at(when))


@pytest.fixture
def quiet(office: Office) -> Office:
    """A duty far away, applied on Monday 11/07/2022: nothing asks for anybody."""
    office.plan(obligation("bao-cao", "{by: 2023-06-30}"))
    office.apply(NOTICE)
    run(office, NOTICE)
    audit(office.app, at("2022-07-11 16:00"))
    return office


def test_a_sheet_leaves_on_the_first_working_day_of_a_week_and_when_something_is_on_it(quiet: Office) -> None:
    """Two quiet weeks: Mondays only; then a result waits for two mornings, and each of them has its sheet."""
    day = date(2022, 7, 12)
    while day <= date(2022, 7, 29):
        posted(quiet, f"{day} 07:30")
        run(quiet, f"{day} 07:31")
        if day == date(2022, 7, 26):
            said(quiet, "K1-0001", "2022-07-26", "2022-07-26 10:00")
        if day == date(2022, 7, 28):
            answers.confirm(quiet.app, Address("K1-0001"), day, at("2022-07-28 10:00"), by="Mai")
        run(quiet, f"{day} 15:00")
        audit(quiet.app, at(f"{day} 16:00"))
        day += timedelta(days=1)
    sent = [slot.removeprefix("sheet:") for slot, state in states(quiet) if state == "sent"]
    assert sent == ["2022-07-18", "2022-07-25", "2022-07-27", "2022-07-28"]
    assert all(state in ("sent", "cancelled") for _, state in states(quiet))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2022-07-11 10:00", 0),  # the day of the first apply: nothing to look back at
        ("2022-07-18 07:29", 0),
        ("2022-07-18 07:30", 1),
        ("2022-07-18 16:00", 1),  # the engine was down in the morning
        ("2022-07-16 08:00", 0),  # Saturday
        ("2022-09-02 08:00", 0),  # Quốc khánh
    ],
)
def test_it_is_posted_on_working_days_from_half_past_seven(quiet: Office, when: str, expected: int) -> None:
    assert posted(quiet, when) == expected


def test_after_a_monday_off_tuesday_opens_the_week(quiet: Office) -> None:
    """02/01/2023 is a day off after Sunday the 1st."""
    audit(quiet.app, at("2022-12-30 16:00"))
    posted(quiet, "2023-01-03 07:30")
    audit(quiet.app, at("2023-01-03 07:30"))
    run(quiet, "2023-01-03 07:31")
    assert states(quiet) == [("sheet:2023-01-03", "sent")]


def test_posted_and_delivered_again_it_leaves_once(november: Office) -> None:
    """The ledger's own key: twice posted, thrice delivered, one mail; and the reminders' counts know nothing of it."""
    for when in ("2022-11-28 07:30", "2022-11-28 07:31", "2022-11-28 07:41"):
        posted(november, when)
        run(november, when)
    assert len(sheets(november)) == 1
    posted(november, "2022-11-29 07:30")
    assert sheet(november, "2022-11-29 07:30").left.expected == 0


def test_a_sheet_that_could_not_leave_that_day_gives_way_to_the_next(november: Office, mailbox: Mailbox) -> None:
    """The channel is down on Monday: tried again; on Tuesday Monday's is dropped and Tuesday's leaves."""
    november.sending("live", nowhere())
    november.apply("2022-11-27 17:00")
    posted(november, "2022-11-28 07:30")
    assert run(november, "2022-11-28 07:31").sent == 0
    assert states(november) == [("sheet:2022-11-28", "queued")]
    november.sending("live", mailbox.channels)
    november.apply("2022-11-29 07:00")
    posted(november, "2022-11-29 07:30")
    run(november, "2022-11-29 07:31")
    assert states(november) == [("sheet:2022-11-28", "cancelled"), ("sheet:2022-11-29", "sent")]
    subjects = [str(mail["Subject"]) for to, mail in mailbox.received if to == ME]
    assert [subject for subject in subjects if subject.startswith("[Phiếu")] == [
        "[Phiếu theo dõi T3 29/11/2022] 4 quá hạn · 0 đến hạn hôm nay · 1 chờ ghi nhận · 0 gửi lỗi · 1 chờ quyết định"
    ]


def test_it_is_written_as_of_its_leaving(november: Office) -> None:
    """Posted at half past seven, paused by a dead channel until nine: what was confirmed meanwhile waits no more."""
    posted(november, "2022-11-28 07:30")
    answers.confirm(november.app, Address("K1-0001"), date(2022, 11, 28), at("2022-11-28 08:30"), by="Mai")
    run(november, "2022-11-28 09:00")
    assert "0 chờ ghi nhận" in sheets(november)[0].subject


@pytest.mark.parametrize(("van_thu", "to"), [(True, "van-thu@so-mau.example"), (False, ME)])
def test_the_sheet_of_who_is_away_goes_to_whoever_stands_in(november: Office, *, van_thu: bool, to: str) -> None:
    """The secretary is on leave on Monday 28/11/2022; where nobody stands in she has it all the same."""
    mai = "  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001"
    units = (november.folder / "units.yaml").read_text("utf-8")
    away = f"{mai}, away: [{{from: 2022-11-28, to: 2022-11-28}}]"
    desk = "}\n  - {name: Văn thư, role: van-thu, email: van-thu@so-mau.example" if van_thu else ""
    november.write("units.yaml", units.replace(mai, away + desk))
    november.apply("2022-11-27 18:00")
    office_mail.post(november.app, at("2022-11-28 07:31"))
    run(november, "2022-11-28 07:32")
    assert [mail.to for mail in mails(november) if "Phiếu theo dõi" in mail.subject] == [to]


def test_nobody_is_rung_up_about_a_sheet(november: Office) -> None:
    """A secretariat that has only a telephone prints it."""
    units = (november.folder / "units.yaml").read_text("utf-8")
    november.write("units.yaml", units.replace("email: van-phong@so-mau.example, ", ""))
    november.apply("2022-11-27 17:00")
    assert posted(november, "2022-11-28 07:30") == 0


def test_the_limit_of_a_recipient_does_not_hold_it_back(november: Office) -> None:
    """Five mails a day for one person are about reminders; the office's own mail is not counted."""
    text = (november.folder / "office.yaml").read_text("utf-8") + "limits: {per_recipient_day: 1, per_run: 500}\n"
    november.write("office.yaml", text)
    november.apply("2022-11-27 17:00")
    posted(november, "2022-11-28 08:00")
    run(november, "2022-11-28 08:01")
    assert states(november) == [("sheet:2022-11-28", "sent")]


def test_tick_sends_the_sheet_too(november: Office, desk: Desk) -> None:
    """Without Prefect the first tick after half past seven brings it, the next ones nothing more."""
    for clock in ("2022-11-28 07:20", "2022-11-28 07:40", "2022-11-28 07:50"):
        desk.clock(clock).dondoc("tick").ended(0)
    assert len(sheets(november)) == 1


def test_the_history_shows_that_it_left(november: Office, desk: Desk) -> None:
    posted(november, "2022-11-28 07:30")
    run(november, "2022-11-28 07:31")
    desk.clock("2022-11-28 10:00")
    entries = desk.dondoc("history", "--since", "2022-11-28", "--json").ended(0).document
    [mine] = [entry for entry in entries if entry["rung"] == "sheet"]
    assert (mine["kind"], mine["recipient"], mine["outcome"]) == ("attempt", "van-phong.focal", "sent")


# the checklist

STANDING = """
standing:
- {id: tuyen-truyen, title: Tuyên truyền, responsible: [cac-so], review: {every: quarter}, cite: {at: IV.2}}
- {id: kinh-phi, title: Kinh phí, responsible: [so-y-te], review: {every: year}, question: Bổ sung?, cite: {at: V.1}}
"""


def overseen(office: Office, overseer: str = "so-xay-dung") -> None:
    """A plan with standing duties, overseen by another unit, followed since 11/07/2022."""
    plan = PLAN.replace("overseer: van-phong", f"overseer: {overseer}")
    duty = obligation("bao-cao", "{by: 2023-06-30}", responsible="so-y-te")
    office.write("plans/ke-hoach.yaml", plan.format(issued_on="2022-07-08", obligations=duty) + STANDING)
    office.apply(NOTICE)


def lists(office: Office) -> list[tuple[str, str]]:
    return [(one.to, one.subject) for one in mails(office) if "[Rà soát" in one.subject]


def test_the_overseer_gets_one_checklist_after_each_review_period(office: Office) -> None:
    """The third quarter ends on Friday 30/09: on Monday the overseer has its list, once; with the year's on 03/01."""
    overseen(office)
    for day in ("2022-07-12", "2022-09-30", "2022-10-03", "2022-10-04", "2022-12-30", "2023-01-03", "2023-01-04"):
        posted(office, f"{day} 07:30")
        run(office, f"{day} 07:31")
    to = "dau-moi@so-xay-dung.example"
    assert lists(office) == [
        (to, "[Rà soát việc thường xuyên] Quý III/2022: 01 việc"),
        (to, "[Rà soát việc thường xuyên] Quý IV/2022, năm 2022: 02 việc"),
    ]
    last = next(one for one in mails(office) if "02 việc" in one.subject)
    for words in ("Tuyên truyền (quý IV/2022)", "Các sở", "mục IV.2", "Kinh phí (năm 2022)", "Bổ sung?"):
        assert words in last.text


def test_a_checklist_of_an_engine_that_was_down_leaves_later(office: Office) -> None:
    """Down from September to November: the quarter's list leaves on the first working day it is back."""
    overseen(office)
    posted(office, "2022-11-09 10:00")
    run(office, "2022-11-09 10:01")
    assert [subject for _, subject in lists(office)] == ["[Rà soát việc thường xuyên] Quý III/2022: 01 việc"]


def test_a_period_that_ended_before_the_plan_was_followed_has_no_checklist(office: Office) -> None:
    """Applied on 11/07: nobody is asked about the second quarter."""
    overseen(office)
    posted(office, "2022-07-12 07:30")
    assert states(office, "checklist") == []


def test_units_are_never_written_to_about_standing_duties(office: Office) -> None:
    overseen(office)
    for day in ("2022-10-03", "2023-01-03"):
        posted(office, f"{day} 07:30")
        run(office, f"{day} 07:31")
    assert not any(one.to == "dau-moi@so-y-te.example" and "Rà soát" in one.subject for one in mails(office))
