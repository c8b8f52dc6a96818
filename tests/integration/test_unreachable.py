"""Addresses that refuse, people who are away, telephones: whoever can be reached hears of it, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.authorizing import approve, check_register
from obligations.cases.answering.calling import called
from obligations.cases.reading import tallies
from obligations.cases.sending.bounce_reports import read_bounces
from obligations.cases.sending.bouncing import bounce, restore, unreached
from obligations.cases.upkeep.auditing import audit
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.days import day, left, live, states
from tests.letterbox import mails
from tests.life import entries, run
from tests.offices import UNITS, Office, at, obligation
from tests.smtp_servers import ScriptedServer

NOTICE = "2022-07-11 09:00"
FOCAL = "  - {name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}\n"
STAND_INS = (
    "  - {name: Chị Hoa, role: deputy, email: pho@so-y-te.example}\n"
    "  - {name: Văn thư, role: van-thu, email: van-thu@so-y-te.example}\n"
)
GONE = "550 5.1.1 no such user"


def given(office: Office, units: str, *, responsible: str = "so-y-te", more: str = "") -> None:
    """One duty due on Friday 29/07/2022, applied on Monday 11/07 at nine."""
    office.write("units.yaml", units)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible=responsible, more=more)).apply(NOTICE)


@contextmanager
def refusing(office: Office, *answers: str) -> Iterator[ScriptedServer]:
    """A mail server that gives these answers to one RCPT after the other, then takes everybody."""
    server = ScriptedServer({"RCPT": [*answers, "250 ok"]})
    office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
    try:
        yield server
    finally:
        server.stop()


def recipients(office: Office) -> list[tuple[str, str | None, str | None]]:
    return [(one.rung or "", one.recipient, one.state) for one in entries(office, "reminder", "so-y-te")]


def test_what_the_server_refuses_goes_to_the_deputy_in_the_same_delivery(office: Office) -> None:
    """The focal's address is gone: the deputy has the notice, the ledger says so, and later rungs go there at once."""
    with refusing(office, GONE) as server:
        given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
        found = run(office, NOTICE)
        assert (found.sent, found.failed) == (1, 0)
        assert recipients(office) == [("notice", "so-y-te.deputy", "sent")]
        moved = "route: so-y-te.focal không còn nhận qua email: chuyển cho so-y-te.deputy qua email"
        told = [(one.outcome, one.recipient, one.answer) for one in entries(office, "attempt", "so-y-te")]
        assert told == [
            ("address_bad", "so-y-te.focal", f"rcpt: {GONE}"),
            ("retry", "so-y-te.focal", moved),
            ("sent", "so-y-te.deputy", "250 2.0.0 queued as 42"),
        ]
        run(office, "2022-07-19 08:01")
        assert recipients(office)[-1] == ("before-10", "so-y-te.deputy", "sent")
        assert len(server.messages) == 2
    [bounced] = [one for one in entries(office, "event") if one.state == "bounced"]
    assert (bounced.by, bounced.recipient) == ("dondoc", "so-y-te.focal")
    assert bounced.answer == f"dau-moi@so-y-te.example: {GONE}"


def test_when_the_deputy_is_gone_too_van_thu_has_it(office: Office) -> None:
    """Two addresses refuse in one delivery, each for itself; the third has the letter."""
    with refusing(office, GONE, "550 5.2.1 mailbox disabled"):
        given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
        assert run(office, NOTICE).sent == 1
    assert recipients(office) == [("notice", "so-y-te.van-thu", "sent")]
    tried = [(one.outcome, one.recipient) for one in entries(office, "attempt", "so-y-te")]
    assert tried == [
        ("address_bad", "so-y-te.focal"),
        ("retry", "so-y-te.focal"),
        ("address_bad", "so-y-te.deputy"),
        ("retry", "so-y-te.deputy"),
        ("sent", "so-y-te.van-thu"),
    ]


def test_without_anybody_else_the_reminder_fails_with_the_servers_words(office: Office) -> None:
    """Nobody stands in: failed, and the unit stands on the list of those that nothing reaches."""
    with refusing(office, GONE):
        given(office, UNITS)
        found = run(office, NOTICE)
        assert (found.sent, found.failed) == (0, 1)
    [reminder] = entries(office, "reminder")
    assert (reminder.state, reminder.answer) == ("failed", f"địa chỉ không nhận: {GONE}")
    [unit] = unreached(office.app, at("2022-07-11 10:00"))
    assert (unit.unit, [(one.address, one.answer) for one in unit.addresses]) == (
        "so-y-te",
        [("dau-moi@so-y-te.example", GONE)],
    )
    run(office, "2022-07-19 08:01")
    assert entries(office, "reminder")[-1].answer == "không có đầu mối nhận"
    audited = audit(office.app, at("2022-07-19 16:00"))
    assert (audited.failed, audited.waiting) == (1, 0)


def test_another_channel_of_the_same_contact_comes_before_the_deputy(office: Office) -> None:
    """Mail refused, and the contact has a telephone: the clerk rings up, nobody else is written to."""
    two = FOCAL.replace("example}", "example, phone: 0232 000 000, channels: [email, manual]}")
    with refusing(office, GONE):
        given(office, UNITS.replace(FOCAL, two + STAND_INS))
        run(office, NOTICE)
    [call] = tallies.calls(office.app)
    assert (call.recipient, call.telephone) == ("so-y-te.focal", "0232 000 000")


def test_a_new_address_in_the_configuration_is_used_at_once(office: Office) -> None:
    """What was marked is the address, not the person."""
    with refusing(office, GONE):
        given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
        run(office, NOTICE)
        office.write("units.yaml", UNITS.replace("dau-moi@so-y-te", "moi@so-y-te"))
        office.apply("2022-07-11 10:00")
        run(office, "2022-07-19 08:01")
    assert recipients(office)[-1] == ("before-10", "so-y-te.focal", "sent")
    assert unreached(office.app, at("2022-07-19 09:00")) == []


def test_a_person_says_that_mail_comes_back_and_that_it_does_not_any_more(office: Office) -> None:
    """Marked on 12/07, healed on 20/07: before-10 goes to the deputy, before-3 to the contact again."""
    given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
    deeds = {
        "12/07/2022 09:00": lambda: bounce(office.app, "so-y-te.focal", at("2022-07-12 09:00"), by="Mai", note="trả"),
        "20/07/2022 09:00": lambda: restore(office.app, "so-y-te.focal", at("2022-07-20 09:00"), by="Mai"),
    }
    live(office, "11/07/2022", "26/07/2022", deeds)
    assert [(rung, to) for _, rung, to in left(office)] == [
        ("notice", "so-y-te.focal"),
        ("before-10", "so-y-te.deputy"),
        ("before-3", "so-y-te.focal"),
    ]


def test_marking_twice_is_one_event_and_an_unknown_contact_is_refused(office: Office) -> None:
    """Repeating changes nothing; healing what is well changes nothing."""
    given(office, UNITS)
    first = bounce(office.app, "so-y-te.focal", at("2022-07-12 09:00"), by="Mai")
    assert bounce(office.app, "so-y-te.focal", at("2022-07-12 09:01"), by="Lan") == first
    with pytest.raises(Refused, match=r"không có đầu mối so-y-te\.vocal"):
        bounce(office.app, "so-y-te.vocal", at("2022-07-12 09:02"), by="Mai")
    assert [one.address for one in restore(office.app, "so-y-te.focal", at("2022-07-12 09:03"), by="Mai")] == [
        "dau-moi@so-y-te.example"
    ]
    assert restore(office.app, "so-y-te.focal", at("2022-07-12 09:04"), by="Mai") == []
    assert [one.state for one in entries(office, "event")].count("bounced") == 1


def test_what_waits_for_a_bounced_address_goes_to_the_deputy(office: Office) -> None:
    """The mail server is down, then a person marks the address: the waiting letter leaves to the deputy."""
    with refusing(office) as server:
        pass
    given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
    assert run(office, NOTICE).retry == 1
    bounce(office.app, "so-y-te.focal", at("2022-07-11 10:00"), by="Mai")
    with refusing(office):
        office.apply("2022-07-11 10:01")
        assert run(office, "2022-07-11 10:30").sent == 1
    assert recipients(office) == [("notice", "so-y-te.deputy", "sent")]
    assert server.messages == []


REPORT = """\
From: MAILER-DAEMON@so-y-te.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.so-y-te.example

Final-Recipient: rfc822; dau-moi@so-y-te.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Reminder

--B--
"""


def report(message_id: str, status: str = "5.1.1") -> bytes:
    """A delivery status notification as a mail server writes it."""
    return REPORT.format(message_id=message_id, status=status).encode()


@pytest.fixture
def maildir(office: Office) -> str:
    """An empty Maildir; its address."""
    folder = office.home.parent / "hop-thu"
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    return f"maildir://{folder}"


def arrives(office: Office, mail: bytes, name: str) -> None:
    (office.home.parent / "hop-thu" / "new" / name).write_bytes(mail)


def message_id(office: Office) -> str:
    with reading(office.app.engine) as session:
        return str(session.execute(select(METADATA.tables["message"].c.message_id)).scalars().first())


def test_a_bounce_in_the_mailbox_marks_the_address_of_our_message(office: Office, maildir: str) -> None:
    """The report names our Message-ID: that address is skipped; what was sent is not sent again."""
    with refusing(office):
        given(office, UNITS.replace(FOCAL, FOCAL + STAND_INS))
        run(office, NOTICE)
        arrives(office, report(message_id(office)), "1")
        arrives(office, report("<la@noi-khac.example>"), "2")
        [found] = read_bounces(office.app, maildir, {}, at("2022-07-11 10:00"), by="Mai")
        assert (found.contact, found.address) == ("so-y-te.focal", "dau-moi@so-y-te.example")
        assert found.answer == "5.1.1 550 no such user"
        assert run(office, "2022-07-11 10:01").sent == 0
        run(office, "2022-07-19 08:01")
    assert recipients(office) == [("notice", "so-y-te.focal", "sent"), ("before-10", "so-y-te.deputy", "sent")]


def test_an_old_report_does_not_mark_a_healed_address_again(office: Office, maildir: str) -> None:
    """The mailbox is read anew after somebody healed the address: that report spoke of before."""
    with refusing(office):
        given(office, UNITS)
        run(office, NOTICE)
        arrives(office, report(message_id(office)), "1")
        assert len(read_bounces(office.app, maildir, {}, at("2022-07-11 10:00"), by="Mai")) == 1
        restore(office.app, "so-y-te.focal", at("2022-07-11 11:00"), by="Mai")
        (office.home / "hop-thu-bao-loi").unlink()
        assert read_bounces(office.app, maildir, {}, at("2022-07-11 12:00"), by="Mai") == []


def test_a_report_of_a_full_mailbox_marks_nothing(office: Office, maildir: str) -> None:
    """Class 4 passes by itself."""
    with refusing(office):
        given(office, UNITS)
        run(office, NOTICE)
        arrives(office, report(message_id(office), "4.2.2"), "1")
        assert read_bounces(office.app, maildir, {}, at("2022-07-11 10:00"), by="Mai") == []


def test_while_everything_goes_to_one_address_its_bounces_say_nothing(office: Office, maildir: str) -> None:
    """sending: redirect: the report is about that address, not about any unit's."""
    office.sending("redirect:thu@so-mau.example")
    given(office, UNITS)
    with pytest.raises(Refused, match="một địa chỉ thử"):
        read_bounces(office.app, maildir, {}, at("2022-07-11 10:00"), by="Mai")


def test_who_is_away_is_stood_in_for(office: Office) -> None:
    """On leave from 15/07 to 22/07/2022: before-10 goes to the deputy, before-3 to the contact again."""
    away = FOCAL.replace("example}", "example, away: [{from: 2022-07-15, to: 2022-07-22}]}")
    given(office, UNITS.replace(FOCAL, away + STAND_INS))
    live(office, "11/07/2022", "26/07/2022")
    assert [(rung, to) for _, rung, to in left(office)] == [
        ("notice", "so-y-te.focal"),
        ("before-10", "so-y-te.deputy"),
        ("before-3", "so-y-te.focal"),
    ]


LEADER = "  - {name: Giám đốc Sở Y tế, role: leader, email: giam-doc@so-y-te.example}\n"


@pytest.mark.parametrize("trouble", ["away", "bounced", "none"])
def test_a_leader_who_cannot_be_told_is_stood_in_for(office: Office, trouble: str) -> None:
    """leader-4 of Thursday 04/08/2022, approved that morning: to the deputy while the leader is away or bounces."""
    leader = LEADER
    if trouble == "away":
        leader = LEADER.replace("example}", "example, away: [{from: 2022-08-04, to: 2022-08-04}]}")
    given(office, UNITS.replace(LEADER, leader + STAND_INS))
    live(office, "11/07/2022", "03/08/2022")
    if trouble == "bounced":
        bounce(office.app, "so-y-te.leader", at("2022-08-03 13:00"), by="Nam")
    read = {"04/08/2022 08:30": lambda: check_register(office.app, at("2022-08-04 08:30"), by="Mai")}
    say_yes = {"04/08/2022 08:31": lambda: approve(office.app, None, at("2022-08-04 08:31"), by="Mai")}
    live(office, "04/08/2022", "04/08/2022", read | say_yes)
    told = "so-y-te.leader" if trouble == "none" else "so-y-te.deputy"
    assert left(office, audience="leader") == [("04/08/2022 11:01", "leader-4", told)]
    [letter] = [mail for mail in mails(office) if "Đề nghị chỉ đạo" in mail.subject]
    through = "" if trouble == "none" else " (nhờ Chị Hoa chuyển)"
    assert f"Kính gửi: Đồng chí Giám đốc Sở Y tế{through}.\n" in letter.text


def test_nobody_stands_in_for_a_leader_that_the_unit_never_named(office: Office) -> None:
    """leader-4 of Thursday 04/08/2022: whom it is for is not known, though a deputy is there."""
    given(office, UNITS.replace(LEADER, STAND_INS))
    live(office, "11/07/2022", "04/08/2022")
    assert states(office, audience="leader") == [("leader-4", "failed", "không có đầu mối nhận")]


def test_a_leader_who_is_away_and_has_nobody_fails_and_shows(office: Office) -> None:
    given(
        office,
        UNITS.replace(LEADER, LEADER.replace("example}", "example, away: [{from: 2022-08-04, to: 2022-08-04}]}")),
    )
    live(office, "11/07/2022", "04/08/2022")
    assert states(office, audience="leader") == [("leader-4", "failed", "không có đầu mối nhận")]


@pytest.mark.parametrize("has_deputy", [True, False])
def test_the_head_of_the_office_who_is_away_is_stood_in_for(office: Office, *, has_deputy: bool) -> None:
    """own_leadership-8 of Wednesday 10/08/2022 goes to the deputy; without one the head keeps it."""
    head = "  - {name: Giám đốc, role: leader, email: giam-doc@so-mau.example}\n"
    away = head.replace("example}", "example, away: [{from: 2022-08-08, to: 2022-08-12}]}")
    vice = "  - {name: Phó Giám đốc, role: deputy, email: pho@so-mau.example}\n"
    given(office, UNITS.replace(head, away + (vice if has_deputy else "")))
    live(office, "11/07/2022", "09/08/2022")
    read = {"10/08/2022 08:30": lambda: check_register(office.app, at("2022-08-10 08:30"), by="Mai")}
    live(office, "10/08/2022", "10/08/2022", read)
    told = "van-phong.deputy" if has_deputy else "van-phong.leader"
    assert [to for _, _, to in left(office, audience="own_leadership")] == [told]
    through = " (nhờ Phó Giám đốc chuyển)" if has_deputy else ""
    assert f"Kính gửi: Đồng chí Giám đốc Văn phòng Sở Mẫu{through}.\n" in mails(office)[-1].text


def test_the_secretary_whose_mail_comes_back_is_stood_in_for_by_her_own_office(office: Office) -> None:
    """letter-3 of Wednesday 03/08/2022 goes to the office's văn thư."""
    mai = "  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001"
    desk = "}\n  - {name: Văn thư, role: van-thu, email: vt@so-mau.example"
    given(office, UNITS.replace(mai, mai + desk))
    live(office, "11/07/2022", "02/08/2022")
    bounce(office.app, "van-phong.focal", at("2022-08-02 13:00"), by="Nam")
    live(office, "03/08/2022", "03/08/2022")
    assert left(office, audience="reviewer") == [("03/08/2022 08:01", "letter-3", "van-phong.van-thu")]
    restore(office.app, "van-phong.focal", at("2022-08-03 13:00"), by="Nam")
    submit(office.app, Address("K1-0001"), Submission(day("03/08/2022")), at("2022-08-03 13:01"), by="Nam")
    live(office, "04/08/2022", "05/08/2022")
    assert left(office, audience="reviewer")[1:] == [("05/08/2022 08:01", "review-2", "van-phong.focal")]


def test_the_secretary_who_is_away_is_stood_in_for(office: Office) -> None:
    """letter-3 of Wednesday 03/08/2022 goes to the văn thư; back on Thursday, she hears of what is sent in herself."""
    mai = "  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001"
    away = mai + ", away: [{from: 2022-08-01, to: 2022-08-03}]"
    desk = "}\n  - {name: Văn thư, role: van-thu, email: vt@so-mau.example"
    given(office, UNITS.replace(mai, away + desk))
    live(office, "11/07/2022", "03/08/2022")
    submit(office.app, Address("K1-0001"), Submission(day("03/08/2022")), at("2022-08-03 13:01"), by="Nam")
    live(office, "04/08/2022", "05/08/2022")
    assert left(office, audience="reviewer") == [
        ("03/08/2022 08:01", "letter-3", "van-phong.van-thu"),
        ("05/08/2022 08:01", "review-2", "van-phong.focal"),
    ]


def test_of_several_secretaries_one_who_is_away_keeps_her_letter(office: Office) -> None:
    """Both are listed: the second is on leave, and neither letter is folded into the other."""
    mai = "  - {name: Chị Mai, role: focal, email: van-phong@so-mau.example, phone: 0900 000 001}\n"
    lan = "  - {name: Chị Lan, role: deputy, email: lan@so-mau.example, away: [{from: 2022-08-01, to: 2022-08-31}]}\n"
    listed = (
        (office.folder / "office.yaml")
        .read_text("utf-8")
        .replace("[van-phong.focal]", "[van-phong.focal, van-phong.deputy]", 1)
    )
    office.write("office.yaml", listed)
    given(office, UNITS.replace(mai, mai + lan))
    live(office, "11/07/2022", "03/08/2022")
    assert [to for _, _, to in left(office, audience="reviewer")] == ["van-phong.focal", "van-phong.deputy"]


def test_each_coordinating_unit_that_cannot_be_reached_shows(office: Office) -> None:
    """One of two has no contact: the other is told, and a row says who was not."""
    units = UNITS.replace("groups:", "- {id: so-vang, name: Sở Vắng, relation: peer}\ngroups:")
    given(office, units, more="coordinating: [so-xay-dung, so-vang]")
    run(office, NOTICE)
    assert states(office, audience="coordinating") == [
        ("notice", "planned", ""),
        ("notice", "failed", "không có đầu mối nhận"),
    ]


BY_HAND = UNITS.replace("email: dau-moi@so-y-te.example", "phone: 0232 000 000")


def test_a_call_is_ticked_with_what_the_other_side_said(office: Office) -> None:
    """The line is gone from the list, and the history says who was reached, when, in which words."""
    given(office, BY_HAND)
    run(office, NOTICE)
    note = "đ/c Bình: đang trình ký"
    [made] = called(office.app, Address("K1-0001"), at("2022-07-11 09:20"), by="Mai", note=note)
    assert (made.recipient, made.codes) == ("so-y-te.focal", ("K1-0001",))
    assert tallies.calls(office.app) == []
    [told] = entries(office, "attempt")
    assert (told.outcome, told.answer, told.at) == ("sent", note, at("2022-07-11 09:20"))
    assert called(office.app, Address("K1-0001"), at("2022-07-11 09:30"), by="Mai") == []


def test_a_newer_call_takes_the_older_ones_place(office: Office) -> None:
    """Nobody rang up about the notice: from before-10 on there is one line, and no message left behind."""
    given(office, BY_HAND)
    live(office, "11/07/2022", "26/07/2022")
    [call] = tallies.calls(office.app)
    assert call.code == "K1-0001"
    with reading(office.app.engine) as session:
        found = session.execute(select(METADATA.tables["message"].c.state)).scalars().all()
    assert sorted(found) == ["cancelled", "cancelled", "queued"]
    [made] = called(office.app, Address("K1-0001"), at("2022-07-26 11:30"), by="Mai")
    assert states(office)[-1] == ("before-3", "planned", "")
    assert made.codes == ("K1-0001",)


def test_nobody_is_rung_up_who_is_written_to(office: Office) -> None:
    """A call that no list asks for is refused with the place where the list is."""
    given(office, UNITS)
    run(office, NOTICE)
    with pytest.raises(Refused, match="không có cuộc gọi nào đang chờ"):
        called(office.app, Address("K1-0001"), at("2022-07-11 10:00"), by="Mai")
