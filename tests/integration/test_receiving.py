"""A register held against the ledger: what is proposed, passed over, recorded and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import confirm
from obligations.cases.answering.batches import LinesRefused, saved, take_back
from obligations.cases.answering.decisions import Decision, reassign, send_back
from obligations.cases.configuring.applying import extend
from obligations.cases.reading.status import status
from obligations.cases.receiving.matching import SEVERAL
from obligations.cases.receiving.proposing import (
    CORRECTS,
    SAME_DOCUMENT,
    SAME_DUTY,
    SEVERAL_UNITS,
    UNDONE,
    Proposals,
    propose,
)
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import Incoming
from obligations.cases.upkeep.rebuilding import verify
from tests.days import day
from tests.life import run
from tests.offices import Office, at

APPLIED, CAME, LATER, NEXT_YEAR = "2022-11-01 09:00", "2022-11-21 09:00", "2022-11-22 09:00", "2023-11-21 09:00"
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
    again = proposed(given, came(), came(2, number=" 0345 / bc-syt "), now=LATER)
    assert (list(again.rows), again.recorded) == ([], 2)
    assert verify(given.app, at(LATER)) == []


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("345/BC-SYT", "345/BC-SYT", True),
        ("345/BC-SYT ngày 18/11/2022", "345/BC-SYT", True),
        ("345/BC-SYT ngày 18/11/2022", "346/BC-SYT ngày 18/11/2022", False),
        ("5/BC-SYT", "05/BC-SYT", True),
        ("", "", True),
        ("không số", "Không số", True),
        ("345", "345", True),
        ("345/BC-SYT", "346/BC-SYT", False),
    ],
)
def test_a_document_is_known_again(given: Office, first: str, second: str, is_same: bool) -> None:  # noqa: FBT001
    """By its number, else by its title; of another number it is another."""
    keep(given, [("K1-0001", came(number=first))])
    again = proposed(given, came(number=second), now=LATER)
    assert (again.recorded, again.unlike) == ((1, 0) if is_same else (0, 1))


def test_documents_without_a_number_are_told_apart_by_their_titles(given: Office) -> None:
    keep(given, [("K1-0001", came(number="không số"))])
    other = proposed(given, came(number="không số", subject="Báo cáo giá vật liệu"), now=LATER)
    assert (other.recorded, other.unlike) == (0, 1)


def test_numbers_begin_anew_every_year(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    extend(given.app, at("2023-11-01 09:00"))
    on = date(2023, 11, 20)
    found = proposed(
        given, Incoming(1, "Sở Y tế", "345/BC-SYT", SUBJECT.replace("2022", "2023"), on, on), now=NEXT_YEAR
    )
    assert (len(sure(found)), found.recorded) == (1, 0)
    assert found.rows[0].duties[0].period == "2023"


def test_a_returned_result_is_not_proposed_again_its_new_version_is(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    decision = Decision(day("22/11/2022"), WHO, "9/CV", "thiếu biểu")
    send_back(given.app, Address(code="K1-0001"), decision, at(LATER), resubmit_by=day("30/11/2022"))
    found = proposed(given, came(), came(2, number="350/BC-SYT"), now="2022-11-23 09:00")
    assert (sure(found), found.rows[0].incoming.number, found.recorded) == (["K1-0001"], "350/BC-SYT", 1)
    told = proposed(given, came(2, number="351/BC-SYT", subject=f"{SUBJECT} (thay thế 345/BC-SYT)"), now=LATER)
    assert CORRECTS in told.rows[0].doubts


def test_what_was_taken_back_is_a_persons_to_judge(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    assert saved(given.app, at(CAME), by=WHO) is not None
    assert take_back(given.app, at(CAME), at(LATER), by=WHO) == ["K1-0001"]
    found = proposed(given, came(), now=LATER)
    assert (submitted(given), [list(one.doubts) for one in found.rows]) == ({}, [[UNDONE]])


def test_what_is_done_is_not_proposed(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    confirm(given.app, Address(code="K1-0001"), day("22/11/2022"), at(LATER), by=WHO)
    found = proposed(given, came(number="999/BC-SYT"), now="2022-11-23 09:00")
    assert (list(found.rows), found.unlike) == ([], 1)


def test_two_documents_for_one_duty_are_a_persons_to_tell_apart(given: Office) -> None:
    """Also where only one is plain; a request is none of them."""
    found = proposed(given, came(), came(2, number="346/BC-SYT", subject=f"{SUBJECT} (bản sửa)"))
    assert SAME_DUTY in found.rows[0].doubts
    asks = came(3, subject=f"V/v xin gia hạn nộp {SUBJECT}", number="9/SYT-VP")
    assert sure(proposed(given, came(), asks)) == ["K1-0001"]
    with pytest.raises(LinesRefused) as told:
        keep(given, [("K1-0001", came()), ("K1-0001", came(2, number="346/BC-SYT"))])
    assert list(told.value.lines) == ["K1-0001"]
    assert submitted(given) == {}
    keep(given, [("K1-0001", came()), ("K1-0001", came())])  # one document said twice
    assert submitted(given) == {"K1-0001": day("21/11/2022")}


def test_one_document_for_two_duties(office: Office) -> None:
    """Recorded for one, it is offered for the other that its title names as plainly, with a caution."""
    second = DUTY.replace("bao-cao-nam", "lu-lut").replace("kết quả phong trào thi đua", "phòng chống lũ lụt")
    office.plan(DUTY, second).apply(APPLIED)
    both = came(subject="Báo cáo kết quả phong trào thi đua và phòng chống lũ lụt năm 2022")
    offered = [one.code for one in proposed(office, both).rows[0].duties]
    assert len(offered) == 2
    keep(office, [(offered[0], both)])
    plain = came(subject="Báo cáo phòng chống lũ lụt năm 2022")
    found = proposed(office, plain, now=LATER)
    assert ([one.code for one in found.rows[0].duties], list(found.rows[0].doubts)) == ([offered[1]], [SAME_DOCUMENT])


def test_one_wrong_line_stops_all(given: Office) -> None:
    keep(given, [("K1-0001", came())])
    with pytest.raises(LinesRefused) as told:
        keep(given, [("K1-0001", came(number="8/BC")), ("K1-0002", came()), ("K9-0009", came())], LATER)
    assert list(told.value.lines) == ["K1-0001", "K9-0009"]
    assert submitted(given) == {"K1-0001": day("21/11/2022")}


def test_whoever_does_a_duty_now_answers_it(given: Office) -> None:
    """Handed to another unit that owes the same: it has two, and a person says which is answered."""
    reassign(given.app, Address(code="K1-0001"), Decision(day("21/11/2022"), WHO), at(CAME), to="so-xay-dung")
    found = proposed(given, came(sender="Sở Xây dựng"), now=LATER)
    assert ({one.code for one in found.rows[0].duties}, list(found.rows[0].doubts)) == (
        {"K1-0001", "K1-0002"},
        [SEVERAL],
    )
    keep(given, [("K1-0002", came(sender="Sở Xây dựng", number="7/BC-SXD"))], LATER)
    mine = proposed(given, came(sender="Sở Xây dựng", number="8/BC-SXD"), now=LATER)
    assert [(one.code, one.unit) for one in mine.rows[0].duties] == [("K1-0001", "Sở Xây dựng")]


def units(office: Office, *more: str) -> None:
    text = (office.folder / "units.yaml").read_text("utf-8")
    office.write("units.yaml", text.replace("groups:", "".join(more) + "groups:"))


def test_units_of_one_name_are_a_persons_to_tell_apart(office: Office) -> None:
    """Whether one of them owes it or both do."""
    units(office, "- {id: so-y-te-khac, name: Sở Y tế khác, short_name: Sở Y tế, relation: peer}\n")
    office.plan(DUTY).apply(APPLIED)
    assert [list(one.doubts) for one in proposed(office, came()).rows] == [[SEVERAL_UNITS]]


def test_a_name_is_its_marks_and_its_brackets(office: Office) -> None:
    names = ("Cam Thanh", "Cam Thành")
    units(office, *(f"- {{id: xa-{n}, name: UBND xã {name}, relation: peer}}\n" for n, name in enumerate(names)))
    office.plan(DUTY.replace("cac-so", "[xa-0, xa-1]")).apply(APPLIED)
    for name in names:
        found = proposed(office, came(sender=f"UBND xã {name}"))
        assert [one.duties[0].unit for one in found.rows if one.is_sure] == [f"UBND xã {name}"]
    assert sure(proposed(office, came(sender="UBND xa Cam Thanh"))) == []
    assert proposed(office, came(sender="UBND xã Cam Thanh (Trạm Y tế)")).unknown


def test_a_successor_answers_for_the_unit_that_ended(given: Office) -> None:
    text = (given.folder / "units.yaml").read_text("utf-8")
    ended = "- id: so-y-te\n  name: Sở Y tế\n  to: 2022-11-15\n  successor: so-suc-khoe\n"
    heir = "- id: so-suc-khoe\n  name: Sở Sức khỏe\n  from: 2022-11-16\n"
    given.write("units.yaml", text.replace("- id: so-y-te\n  name: Sở Y tế\n", heir + ended)).apply("2022-11-16 09:00")
    assert sure(proposed(given, came(sender="Sở Sức khỏe"))) == ["K1-0001"]
    assert sure(proposed(given, came(sender="Sở Y tế"))) == ["K1-0001"]


def test_a_documents_neighbours_do_not_change_what_it_answers(given: Office) -> None:
    alone = proposed(given, came()).rows
    beside = proposed(given, came(), came(2, "Sở Xây dựng", "Báo cáo giá vật liệu", "1/BC")).rows
    assert list(alone) == list(beside)


def test_plain_matches_come_first(given: Office) -> None:
    asks = came(1, "Sở Xây dựng", f"V/v xin gia hạn nộp {SUBJECT}", "9/SXD")
    assert [one.incoming.line for one in proposed(given, asks, came(2)).rows] == [2, 1]


def test_nothing_owed_nothing_known(office: Office) -> None:
    office.plan(DUTY).apply(APPLIED)
    assert proposed(office) == Proposals([], 0, 0, {})
