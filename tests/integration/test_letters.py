"""What the ledger makes a letter say: whom to ask, what follows, and whether the duty is new to the unit."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from unittest.mock import patch

from obligations.cases.sending.delivery import deliver
from obligations.cases.writing import gathering
from tests.offices import Office, at, obligation
from tests.ports import free_port

PLAN = """
plan: {{number: {number}, title: Kế hoạch, issuer: van-phong, issued_on: 2022-07-08, overseer: van-phong{contact}}}
obligations:
{obligations}
"""
GIVEN = "trân trọng thông tin nội dung do quý cơ quan chủ trì"
YEARLY = obligation("bao-cao", "{every: year, by: 07-29, from: 2022, to: 2024}", responsible="so-y-te")


def plan(office: Office, number: int, *, contact: str | None) -> None:
    """A plan with one duty of one unit, and the person to ask about it."""
    words = f", contact: {{name: {contact}, email: {contact}@so-mau.example}}" if contact else ""
    duty = obligation(f"viec-{number}", "{by: 2022-07-29}", responsible="so-y-te")
    office.write(f"plans/p{number}.yaml", PLAN.format(number=f"{number}/KH", contact=words, obligations=duty))


def mails(office: Office) -> list[tuple[EmailMessage, str]]:
    """Every mail of the box with its text, oldest first."""
    found = []
    for path in sorted((office.home / "box").iterdir()):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        part = mail.get_body(("plain",))
        assert part is not None
        found.append((mail, part.get_content()))
    return found


def live(office: Office, *moments: str) -> list[tuple[EmailMessage, str]]:
    for moment in moments:
        deliver(office.app, at(moment), engine_id="a")
    return mails(office)


def test_a_digest_of_two_plans_names_the_contact_of_each(office: Office) -> None:
    """Each item says whom to ask; an answer goes to the secretariat, who can read about both."""
    plan(office, 1, contact="mot")
    plan(office, 2, contact="hai")
    office.apply("2022-07-11 09:00")
    [(mail, said)] = live(office, "2022-07-11 09:00")
    assert mail["Reply-To"] == "van-phong@so-mau.example"
    first, second = said.split("2. K2-0001")
    assert "Đầu mối của việc này: mot, mot@so-mau.example." in first
    assert "Đầu mối của việc này: hai, hai@so-mau.example." in second
    assert "Đầu mối: Chị Mai, ĐT 0900 000 001" in second


def test_a_digest_whose_plans_agree_has_one_contact(office: Office) -> None:
    """The same person for both: named once, and answers go there."""
    plan(office, 1, contact="mot")
    plan(office, 2, contact="mot")
    office.apply("2022-07-11 09:00")
    [(mail, said)] = live(office, "2022-07-11 09:00")
    assert mail["Reply-To"] == "mot@so-mau.example"
    assert "của việc này" not in said
    assert "Đầu mối: mot, mot@so-mau.example." in said


def test_the_later_periods_stand_in_the_notice_alone(office: Office) -> None:
    """Named once, when the duty is given; a reminder speaks of its own period, and asks the database for no other."""
    office.plan(YEARLY)
    office.apply("2022-07-11 09:00")
    [(_, said)] = live(office, "2022-07-11 09:00")
    assert "Các kỳ sau, cùng nhiệm vụ này: 29/7/2023, 29/7/2024." in said
    with patch.object(gathering, "later", side_effect=AssertionError):
        told = live(office, "2022-07-19 08:01", "2022-07-26 08:01", "2022-07-29 08:01", "2022-08-01 08:01")
    told = [(mail, words) for mail, words in told if "so-y-te" in mail["To"]]
    assert len(told) == 5
    assert not any("Các kỳ sau" in words for _, words in told[1:])


def test_a_rung_that_the_notice_gave_way_to_gives_the_duty(office: Office) -> None:
    """Applied on the morning of before-10: one letter, worded as the assignment, with what follows."""
    office.plan(YEARLY)
    office.apply("2022-07-19 07:00")
    [(_, said), (_, reminded)] = live(office, "2022-07-19 08:01", "2022-07-26 08:01")
    assert GIVEN in said
    assert "chưa ghi nhận được" not in said
    assert "Các kỳ sau, cùng nhiệm vụ này: 29/7/2023" in said
    assert "xin nhắc nội dung" in reminded
    assert "Các kỳ sau" not in reminded


def test_a_last_day_that_is_also_the_first_gives_the_duty(office: Office) -> None:
    """Applied on the morning of the due day: it is the last day, and nothing can be missing yet."""
    office.plan(YEARLY)
    office.apply("2022-07-29 07:00")
    [(mail, said)] = live(office, "2022-07-29 08:01")
    assert mail["Subject"].startswith("[Đến hạn K1-0001]")
    assert GIVEN in said
    assert "Hôm nay, 29/7/2022 (thứ Sáu), là ngày cuối" in said
    assert "chưa ghi nhận được" not in said


def test_the_first_letter_that_gets_through_gives_the_duty(office: Office) -> None:
    """The mail server was down from the notice to before-10: what the unit reads first is its assignment."""
    office.sending("live", f"email: smtp://127.0.0.1:{free_port()}/?from=nhac@so-mau.example\n").plan(YEARLY)
    office.apply("2022-07-11 09:00")
    deliver(office.app, at("2022-07-11 09:00"), engine_id="a")
    office.sending("box")
    office.apply("2022-07-18 18:00")
    [(_, said)] = live(office, "2022-07-19 08:01")
    assert GIVEN in said
