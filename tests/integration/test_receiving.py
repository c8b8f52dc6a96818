"""A register held against the ledger: what is proposed, passed over, recorded and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import confirm
from obligations.cases.answering.batches import LinesRefused, saved, take_back
from obligations.cases.answering.decisions import Decision, reassign, send_back
from obligations.cases.reading.status import status
from obligations.cases.receiving.proposing import SAME_DUTY, Proposals, propose
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import Incoming
from obligations.cases.upkeep.rebuilding import verify
from tests.days import day
from tests.life import run
from tests.offices import Office, at

APPLIED, CAME, LATER = "2022-11-01 09:00", "2022-11-21 09:00", "2022-11-22 09:00"
WHO = "chị Mai"
SUBJECT = "Báo cáo kết quả phong trào thi đua năm 2022"
DUTY = """- id: bao-cao-nam
  title: Báo cáo năm kết quả phong trào thi đua
  responsible: cac-so
  product: báo cáo
  deadline: {every: year, by: 11-25, from: 2022, to: 2023}
  cite: {at: I.1, stated: trước 25/11}
"""


@pytest.fixture
def given(office: Office) -> Office:
    """Two departments owe a report every year."""
    office.plan(DUTY).apply(APPLIED)
    run(office, APPLIED)
    return office


def came(line: int = 1, sender: str = "Sở Y tế", subject: str = SUBJECT, number: str = "345/BC-SYT") -> Incoming:
    return Incoming(line, sender, number, subject, date(2022, 11, 21), date(2022, 11, 21), date(2022, 11, 18), "12")


def proposed(office: Office, *rows: Incoming, now: str = CAME) -> Proposals:
    return propose(office.app, rows, at(now))


def sure(found: Proposals) -> list[str]:
    return [one.duties[0].code for one in found.rows if one.is_sure]


def submitted(office: Office) -> dict[str, date]:
    rows = status(office.app, at("2022-12-01 09:00")).assignments
    return {one.code: one.submitted_on for one in rows if one.submitted_on}


def keep(office: Office, rows: Sequence[tuple[str, Incoming]], when: str = CAME) -> None:
    record(office.app, rows, at(when), by=WHO)


def test_what_is_proposed_is_recorded_and_passed_over_the_next_day(given: Office) -> None:
    """Number, day sent, day signed; the same register again proposes nothing, and no other duty instead."""
    other = came(2, "Công ty Điện lực", "Thông báo lịch cắt điện", "9/TB")
    off = came(3, "SỞ XÂY DỰNG", "Báo cáo giá vật liệu xây dựng", "10/BC-SXD")
    found = proposed(given, came(), other, off)
    assert sure(found) == ["K1-0001"]
    duty = found.rows[0].duties[0]
    assert (duty.title, duty.unit, duty.period) == ("Báo cáo năm kết quả phong trào thi đua", "Sở Y tế", "2022")
    assert (duty.source, duty.due_on) == ("12/KH-SM ngày 08/7/2022", day("25/11/2022"))
    assert (found.recorded, found.unlike, found.unknown) == (0, 1, {"Công ty Điện lực": 1})
    assert submitted(given) == {}
    keep(given, [("K1-0001", came())])
    assert submitted(given) == {"K1-0001": day("21/11/2022")}
    again = proposed(given, came(), came(2, subject=f"{SUBJECT} (gửi lại)", number=" 345 / bc-syt "), now=LATER)
    assert (list(again.rows), again.recorded) == ([], 2)
    assert verify(given.app, at(LATER)) == []


def test_a_returned_result_is_not_proposed_again_its_new_version_is(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    decision = Decision(day("22/11/2022"), WHO, "9/CV", "thiếu biểu")
    send_back(given.app, Address(code="K1-0001"), decision, at(LATER), resubmit_by=day("30/11/2022"))
    found = proposed(given, came(), came(2, number="350/BC-SYT"), now="2022-11-23 09:00")
    assert (sure(found), found.rows[0].incoming.number, found.recorded) == (["K1-0001"], "350/BC-SYT", 1)


def test_what_was_recorded_by_mistake_is_proposed_again(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    assert saved(given.app, at(CAME), by=WHO) is not None
    assert take_back(given.app, at(CAME), at(LATER), by=WHO) == ["K1-0001"]
    assert (submitted(given), sure(proposed(given, came(), now=LATER))) == ({}, ["K1-0001"])


def test_what_is_done_is_not_proposed(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    confirm(given.app, Address(code="K1-0001"), day("22/11/2022"), at(LATER), by=WHO)
    found = proposed(given, came(number="999/BC-SYT"), now="2022-11-23 09:00")
    assert (list(found.rows), found.unlike) == ([], 1)


def test_two_documents_for_one_duty_are_a_persons_to_tell_apart(given: Office) -> None:
    found = proposed(given, came(), came(2, number="346/BC-SYT"))
    assert [list(one.doubts) for one in found.rows] == [[SAME_DUTY]] * 2
    with pytest.raises(LinesRefused) as told:
        keep(given, [("K1-0001", came()), ("K1-0001", came(2, number="346/BC-SYT"))])
    assert list(told.value.lines) == ["K1-0001"]
    assert submitted(given) == {}


def test_one_wrong_line_stops_all(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    with pytest.raises(LinesRefused) as told:
        keep(given, [("K1-0001", came(number="8/BC")), ("K1-0002", came()), ("K9-0009", came())], LATER)
    assert list(told.value.lines) == ["K1-0001", "K9-0009"]
    assert submitted(given) == {"K1-0001": day("21/11/2022")}


def test_whoever_does_a_duty_now_answers_it(given: Office) -> None:
    """Handed to another unit, and that unit's successor after its end."""
    reassign(given.app, Address(code="K1-0001"), Decision(day("21/11/2022"), WHO), at(CAME), to="so-xay-dung")
    assert sure(proposed(given, came(sender="Sở Xây dựng"), now=LATER)) == []  # its own and this one: which?
    keep(given, [("K1-0002", came(sender="Sở Xây dựng", number="7/BC-SXD"))], LATER)
    mine = proposed(given, came(sender="Sở Xây dựng", number="8/BC-SXD"), now=LATER)
    assert len(mine.rows) == 1
    assert mine.rows[0].duties[0].unit == "Sở Xây dựng"


def test_a_successor_answers_for_the_unit_that_ended(given: Office) -> None:
    text = (given.folder / "units.yaml").read_text("utf-8")
    ended = "- id: so-y-te\n  name: Sở Y tế\n  to: 2022-11-15\n  successor: so-suc-khoe\n"
    heir = "- id: so-suc-khoe\n  name: Sở Sức khỏe\n  from: 2022-11-16\n"
    given.write("units.yaml", text.replace("- id: so-y-te\n  name: Sở Y tế\n", heir + ended)).apply("2022-11-16 09:00")
    assert sure(proposed(given, came(sender="Sở Sức khỏe"))) == ["K1-0001"]
    assert sure(proposed(given, came(sender="Sở Y tế"))) == ["K1-0001"]


def test_nothing_owed_nothing_known(office: Office) -> None:
    office.plan(DUTY).apply(APPLIED)
    assert proposed(office) == Proposals([], 0, 0, {})
