"""The day of an event that deadlines count from: what it dates, which words then leave, and how it is corrected.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.anchoring import date_event
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.reading.status import status
from obligations.domain.errors import Refused
from tests.days import day, instant, left, live, rungs, states
from tests.letterbox import mails
from tests.life import entries
from tests.offices import Office, at, obligation

TEN, FIVE, OTHER = "trong-10-ngay", "trong-5-ngay-lam-viec", "sau-le"
DUTIES = (
    obligation(TEN, "{after: 'event:hop', days: 10}", responsible="so-y-te"),
    obligation(FIVE, "{after: 'event:hop', working_days: 5}", responsible="so-xay-dung"),
    obligation(OTHER, "{after: 'event:le', days: 10}", responsible="so-ngoai-cuoc"),
)


@pytest.fixture
def waiting(office: Office) -> Office:
    """Two duties count from a meeting, one from a ceremony; followed since Monday 11/07/2022."""
    office.plan(*DUTIES).apply("2022-07-11 09:00")
    return office


def met(
    office: Office, on: str, when: str, document: str | None = None, *, name: str = "hop"
) -> dict[str, Callable[[], Any]]:
    """The day of the meeting as it is recorded at an instant."""
    now = at(instant(when))
    return {when: partial(date_event, office.app, "ke-hoach", name, day(on), now, by="Mai", document=document)}


def dues(office: Office, when: str) -> dict[str, tuple[date | None, str]]:
    found = status(office.app, at(instant(when))).assignments
    return {row.obligation: (row.due_on, row.state) for row in found}


def recorded(office: Office) -> list[tuple[str | None, str | None]]:
    """(kind, document) of all that was recorded after the plan was taken up."""
    return [(one.state, one.document) for one in entries(office, "event") if one.by == "Mai"]


def test_what_waits_for_an_event_has_no_date_and_nobody_is_written_to(waiting: Office) -> None:
    """From Monday 11/07/2022 to Friday 22/07 the meeting has no day."""
    live(waiting, "11/07/2022", "22/07/2022")
    assert dues(waiting, "22/07/2022 12:00") == dict.fromkeys((TEN, FIVE, OTHER), (None, "Chờ mốc"))
    assert (left(waiting), left(waiting, unit="so-xay-dung"), mails(waiting)) == ([], [], [])


def test_an_events_day_dates_what_counts_from_it(waiting: Office) -> None:
    """The meeting was on Thursday 14/07/2022, recorded the day after: the tenth day is Sunday 24/07, so Monday 25/07;
    the fifth working day is Thursday 21/07. What counts from the ceremony still waits."""
    live(waiting, "11/07/2022", "27/07/2022", met(waiting, "14/07/2022", "15/07/2022 10:00"))
    assert dues(waiting, "15/07/2022 10:30") == {
        TEN: (date(2022, 7, 25), "Mới giao"),
        FIVE: (date(2022, 7, 21), "Sắp đến hạn ngày 21/7/2022"),
        OTHER: (None, "Chờ mốc"),
    }
    assert left(waiting) == [
        ("15/07/2022 11:01", "notice", "so-y-te.focal"),
        ("22/07/2022 08:01", "before-3", "so-y-te.focal"),
        ("25/07/2022 08:01", "before-0", "so-y-te.focal"),
        ("26/07/2022 08:01", "overdue-1", "so-y-te.focal"),
        ("27/07/2022 08:01", "overdue-2", "so-y-te.focal"),
    ]
    assert rungs(waiting, unit="so-xay-dung") == [
        ("15/07/2022", "notice"),
        ("18/07/2022", "before-3"),
        ("21/07/2022", "before-0"),
        ("22/07/2022", "overdue-1"),
        ("25/07/2022", "overdue-2"),
    ]
    assert left(waiting, unit="so-ngoai-cuoc") == []


def test_each_event_dates_its_own(waiting: Office) -> None:
    """The ceremony was on Friday 15/07/2022, ten days before Monday 25/07; the meeting's day told again is no news."""
    told = met(waiting, "14/07/2022", "15/07/2022 10:00") | met(waiting, "15/07/2022", "18/07/2022 10:00", name="le")
    live(waiting, "11/07/2022", "19/07/2022", told | met(waiting, "14/07/2022", "19/07/2022 10:00"))
    assert [kind for kind, _ in recorded(waiting)] == ["anchored", "due_set", "due_set", "anchored", "due_set"]
    assert dues(waiting, "19/07/2022 12:00")[OTHER] == (date(2022, 7, 25), "Sắp đến hạn ngày 25/7/2022")
    assert rungs(waiting, unit="so-ngoai-cuoc") == [("18/07/2022", "notice")]
    assert rungs(waiting) == [("15/07/2022", "notice")]


def test_a_day_announced_ahead_dates_its_duties_at_once(waiting: Office) -> None:
    """Recorded on Friday 15/07/2022, the meeting is on Monday 25/07: Thursday 04/08, and Monday 01/08."""
    live(waiting, "11/07/2022", "25/07/2022", met(waiting, "25/07/2022", "15/07/2022 10:00"))
    found = dues(waiting, "15/07/2022 10:30")
    assert (found[TEN][0], found[FIVE][0]) == (date(2022, 8, 4), date(2022, 8, 1))
    assert rungs(waiting) == [("15/07/2022", "notice"), ("25/07/2022", "before-10")]
    assert rungs(waiting, unit="so-xay-dung") == [("15/07/2022", "notice"), ("22/07/2022", "before-10")]


@pytest.mark.parametrize("document", [None, "9/TB"])
def test_the_same_day_again_changes_nothing(waiting: Office, document: str | None) -> None:
    """Recorded on Friday 15/07/2022 and again on Monday 18/07: one event, one notice, the same dates are told."""
    live(waiting, "11/07/2022", "17/07/2022", met(waiting, "14/07/2022", "15/07/2022 10:00", "9/TB"))
    known = recorded(waiting)
    assert known == [("anchored", "9/TB"), ("due_set", "9/TB"), ("due_set", "9/TB")]
    [again] = met(waiting, "14/07/2022", "18/07/2022 10:00", document).values()
    assert {one.obligation: one.due_on for one in again()} == {TEN: date(2022, 7, 25), FIVE: date(2022, 7, 21)}
    assert recorded(waiting) == known
    live(waiting, "19/07/2022", "20/07/2022")
    assert rungs(waiting) == [("15/07/2022", "notice")]


def test_a_document_that_comes_later_is_recorded_and_moves_nothing(waiting: Office) -> None:
    """The day was told on Friday 15/07/2022, its notice came on Monday 18/07: nobody is written to for that."""
    told = met(waiting, "14/07/2022", "15/07/2022 10:00") | met(waiting, "14/07/2022", "18/07/2022 10:00", "9/TB")
    live(waiting, "11/07/2022", "19/07/2022", told)
    assert recorded(waiting) == [("anchored", None), ("due_set", None), ("due_set", None), ("anchored", "9/TB")]
    assert rungs(waiting) == [("15/07/2022", "notice")]


def test_a_corrected_day_moves_what_counts_from_it(waiting: Office) -> None:
    """Due Monday 25/07/2022; at 08:00 on Friday 22/07, before-3 not sent yet, the meeting's day becomes Monday 18/07:
    due Thursday 28/07. The old reminder gives way, the new date is told with its document and has its own ladder."""
    told = met(waiting, "14/07/2022", "15/07/2022 10:00")
    live(waiting, "11/07/2022", "28/07/2022", told | met(waiting, "18/07/2022", "22/07/2022 08:00", "9/TB"))
    found = dues(waiting, "22/07/2022 12:00")
    assert (found[TEN][0], found[FIVE][0]) == (date(2022, 7, 28), date(2022, 7, 25))
    assert left(waiting) == [
        ("15/07/2022 11:01", "notice", "so-y-te.focal"),
        ("22/07/2022 08:01", "notice", "so-y-te.focal"),
        ("25/07/2022 08:01", "before-3", "so-y-te.focal"),
        ("28/07/2022 08:01", "before-0", "so-y-te.focal"),
    ]
    assert [one for one in states(waiting) if one[1] != "planned"] == [("before-3", "superseded", "hạn đã đổi")]
    assert recorded(waiting)[3:] == [("anchored", "9/TB"), ("due_moved", "9/TB"), ("due_moved", "9/TB")]
    [letter] = [one.text for one in mails(waiting) if "Đổi hạn" in one.subject and one.to == "dau-moi@so-y-te.example"]
    letter = " ".join(letter.split())
    assert "trước đây là hết ngày 25/7/2022 (thứ Hai), nay là hết ngày 28/7/2022 (thứ Năm)." in letter
    assert "Lý do: ngày của mốc dùng để tính hạn thay đổi, theo văn bản số 9/TB." in letter


def test_what_was_sent_keeps_its_date_when_the_day_is_corrected(waiting: Office) -> None:
    """Sở Y tế sent on Wednesday 20/07/2022; on Friday 22/07 only the other's date moves, and only the other hears."""
    answered = Address(plan="ke-hoach", obligation=TEN, unit="so-y-te")
    sent = partial(submit, waiting.app, answered, Submission(day("20/07/2022")), at("2022-07-20 09:00"), by="Mai")
    told = met(waiting, "14/07/2022", "15/07/2022 10:00") | met(waiting, "18/07/2022", "22/07/2022 10:00")
    live(waiting, "11/07/2022", "25/07/2022", told | {"20/07/2022 09:00": sent})
    assert dues(waiting, "22/07/2022 12:00") == {
        TEN: (date(2022, 7, 25), "Đã gửi, chờ ghi nhận"),
        FIVE: (date(2022, 7, 25), "Sắp đến hạn ngày 25/7/2022"),
        OTHER: (None, "Chờ mốc"),
    }
    assert rungs(waiting) == [("15/07/2022", "notice")]
    assert rungs(waiting, unit="so-xay-dung").count(("22/07/2022", "notice")) == 1


@pytest.mark.parametrize(
    ("plan", "name", "code", "words"),
    [
        ("ke-hoac", "hop", "no-plan", "không theo dõi kế hoạch ke-hoac. Có: ke-hoach, khac."),
        ("ke-hoach", "hopp", "no-event", "không có hạn nào tính từ sự kiện hopp. Có: hop, le."),
        ("khac", "hop", "no-event", "sự kiện hop. Không hạn nào của kế hoạch tính từ sự kiện."),
    ],
)
def test_a_day_that_nothing_counts_from_is_refused(
    waiting: Office, plan: str, name: str, code: str, words: str
) -> None:
    waiting.plan(obligation("bao-cao", "{by: 2022-07-29}"), name="khac").apply("2022-07-11 09:30")
    with pytest.raises(Refused) as refused:
        date_event(waiting.app, plan, name, day("14/07/2022"), at("2022-07-15 10:00"), by="Mai")
    assert refused.value.code == code
    assert words in str(refused.value)
    assert recorded(waiting) == []
