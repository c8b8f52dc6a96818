"""Days on which something changed: an erratum, an extension, a return, another unit; and what then leaves.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from typing import Any

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.answering.decisions import Decision, extend, reassign, reopen, send_back
from obligations.cases.reading.status import status
from tests.days import (
    day,
    decided,
    doing,
    given,
    left,
    live,
    moved,
    rungs,
    states,
    whys,
)
from tests.letterbox import mails
from tests.offices import UNITS, Office, at

MOVED = "hạn đã đổi"
HANDED_OVER = "đơn vị đã kết thúc, chờ bàn giao"


def test_an_erratum_after_a_reminder_does_not_remind_twice(office: Office) -> None:
    """before-3 left on Tuesday 26/07/2022; on Wednesday the date becomes Sunday 31/07: Thursday's is skipped."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = {"27/07/2022 10:30": lambda: moved(office, "K1-0001", "31/07/2022", "2022-07-27 10:30")}
    live(office, "11/07/2022", "01/08/2022", deeds)
    assert rungs(office) == [
        ("11/07/2022", "notice"),
        ("19/07/2022", "before-10"),
        ("26/07/2022", "before-3"),
        ("27/07/2022", "notice"),
        ("29/07/2022", "before-0"),
        ("01/08/2022", "overdue-1"),
    ]
    assert ("before-3", "skipped", "đã nhắc theo hạn cũ") in states(office)


def test_the_word_of_a_moved_date_is_not_lost_in_a_reminder_that_is_not_repeated(office: Office) -> None:
    """Moved at 07:40 of the day on which before-3 would fall for the new date: the notice leaves in its place."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = {"28/07/2022 07:40": lambda: moved(office, "K1-0001", "31/07/2022", "2022-07-28 07:40")}
    live(office, "11/07/2022", "28/07/2022", deeds)
    assert rungs(office)[-2:] == [("26/07/2022", "before-3"), ("28/07/2022", "notice")]
    assert [one for one in states(office) if one[1] == "skipped"] == [("before-3", "skipped", "đã nhắc theo hạn cũ")]


def test_an_extension_that_holds_is_walked_to_its_end(office: Office) -> None:
    """Due Friday 29/07/2022, on Wednesday 27/07 extended to Wednesday 31/08, with 1 and 2/09 off after it.

    Ten and three days before are Sundays 21 and 28/08, so Fridays; the first overdue working day is Monday 05/09.
    """
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    granted = Decision(day("27/07/2022"), "Mai", "15/UBND")
    deeds = doing(office, extend, "27/07/2022 10:30", granted, to=day("31/08/2022"), granted_by="UBND tỉnh")
    live(office, "11/07/2022", "08/09/2022", deeds)
    assert left(office) == [
        ("11/07/2022 11:01", "notice", "so-y-te.focal"),
        ("19/07/2022 08:01", "before-10", "so-y-te.focal"),
        ("26/07/2022 08:01", "before-3", "so-y-te.focal"),
        ("27/07/2022 11:01", "notice", "so-y-te.focal"),
        ("19/08/2022 08:01", "before-10", "so-y-te.focal"),
        ("26/08/2022 08:01", "before-3", "so-y-te.focal"),
        ("31/08/2022 08:01", "before-0", "so-y-te.focal"),
        ("05/09/2022 08:01", "overdue-1", "so-y-te.focal"),
        ("06/09/2022 08:01", "overdue-2", "so-y-te.focal"),
    ]
    assert rungs(office, audience="overseer") == [("05/09/2022", "overseer-1")]
    assert rungs(office, audience="reviewer") == [("07/09/2022", "letter-3")]
    assert whys(office) == {"leader-4": "chờ rà sổ"}
    assert len(states(office)) == 12, "and not even a row of the old date's last day and what follows it"
    letters = mails(office)
    assert "theo văn bản số 15/UBND" in letters[3].text
    assert [("29/7/2022" in one.subject, "31/8/2022" in one.subject) for one in letters[:-1]] == [
        *[(True, False)] * 3,
        *[(False, True)] * 7,
    ]
    assert "hạn hết ngày 31/8/2022 (thứ Tư), quá 03 ngày làm việc" in letters[-1].text


def test_a_mistaken_extension_taken_back_resumes_the_old_ladder(office: Office) -> None:
    """Due 29/07/2022, extended on 27/07, taken back on Tuesday 02/08: what fell meanwhile was never owed."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = doing(office, extend, "27/07/2022 11:00", decided("27/07/2022"), to=day("31/08/2022"), granted_by="UBND")
    deeds |= doing(office, extend, "02/08/2022 11:00", decided("02/08/2022"), to=day("29/07/2022"), granted_by="UBND")
    live(office, "11/07/2022", "05/08/2022", deeds)
    assert rungs(office) == [
        ("11/07/2022", "notice"),
        ("19/07/2022", "before-10"),
        ("26/07/2022", "before-3"),
        ("27/07/2022", "notice"),
        ("02/08/2022", "notice"),
    ]
    known = [rung for rung, _, _ in states(office)]
    assert not {"before-0", "overdue-1", "overdue-2", "overseer-1"} & set(known), "another date was current then"
    assert rungs(office, audience="reviewer") == [("03/08/2022", "letter-3")]
    assert whys(office) == {"leader-4": "chờ rà sổ"}


def test_an_accusation_set_aside_by_an_extension_waits_again_when_that_is_taken_back(office: Office) -> None:
    """leader-4 is held since Thursday 04/08/2022; extended on Friday, taken back on Monday: held as before."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = doing(office, extend, "05/08/2022 11:00", decided("05/08/2022"), to=day("31/08/2022"), granted_by="UBND")
    live(office, "11/07/2022", "06/08/2022", deeds)
    assert ("leader-4", "superseded", MOVED) in states(office)
    deeds = doing(office, extend, "08/08/2022 09:00", decided("08/08/2022"), to=day("29/07/2022"), granted_by="UBND")
    live(office, "08/08/2022", "08/08/2022", deeds)
    assert whys(office) == {"leader-4": "chờ rà sổ"}


def test_a_return_starts_the_ladder_of_the_resubmit_day(office: Office) -> None:
    """Sent on 27/07/2022, returned on the 28th to be sent again by Wednesday 10/08, sent on 11/08, recorded 25/08."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = {
        **doing(office, submit, "27/07/2022 09:00", Submission(day("27/07/2022")), by="Mai"),
        **doing(office, send_back, "28/07/2022 10:30", decided("28/07/2022"), resubmit_by=day("10/08/2022")),
        **doing(office, submit, "11/08/2022 09:00", Submission(day("11/08/2022")), by="Mai"),
        **doing(office, confirm, "25/08/2022 11:00", day("25/08/2022"), by="Mai"),
    }
    live(office, "11/07/2022", "26/08/2022", deeds)
    assert rungs(office) == [
        ("11/07/2022", "notice"),
        ("19/07/2022", "before-10"),
        ("26/07/2022", "before-3"),
        ("28/07/2022", "returned"),
        ("29/07/2022", "before-10"),
        ("05/08/2022", "before-3"),
        ("10/08/2022", "before-0"),
        ("11/08/2022", "overdue-1"),
        ("25/08/2022", "recorded"),
    ]
    assert rungs(office, audience="reviewer") == [
        ("15/08/2022", "review-2"),
        ("17/08/2022", "review-4"),
        ("19/08/2022", "review-6"),
        ("23/08/2022", "review-8"),
        ("25/08/2022", "review-10"),
    ]


def test_a_return_without_a_day_goes_on_with_the_old_ladder(office: Office) -> None:
    """Returned on Thursday 28/07/2022 with the deadline of Friday: told that day, reminded on Friday."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = {
        **doing(office, submit, "25/07/2022 09:00", Submission(day("25/07/2022")), by="Mai"),
        **doing(office, send_back, "28/07/2022 10:30", decided("28/07/2022")),
    }
    live(office, "11/07/2022", "01/08/2022", deeds)
    assert rungs(office)[2:] == [
        ("28/07/2022", "returned"),
        ("29/07/2022", "before-0"),
        ("01/08/2022", "overdue-1"),
    ]
    assert "before-3" not in [rung for rung, _, _ in states(office)], "it fell while the result was with us"
    assert rungs(office, audience="reviewer") == [("27/07/2022", "review-2")]


def test_what_is_reopened_is_told_and_goes_on(office: Office) -> None:
    """Recorded by mistake on 20/07/2022, reopened on Monday 25/07."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = {
        **doing(office, submit, "18/07/2022 09:00", Submission(day("18/07/2022")), by="Mai"),
        **doing(office, confirm, "18/07/2022 09:01", day("18/07/2022"), by="Mai"),
        **doing(office, reopen, "25/07/2022 10:30", decided("25/07/2022")),
    }
    live(office, "11/07/2022", "29/07/2022", deeds)
    assert rungs(office) == [
        ("11/07/2022", "notice"),
        ("18/07/2022", "recorded"),
        ("25/07/2022", "notice"),
        ("26/07/2022", "before-3"),
        ("29/07/2022", "before-0"),
    ]


def test_what_is_reassigned_is_told_to_the_unit_that_carries_it_on(office: Office) -> None:
    """From 20/07/2022 Sở Xây dựng is reminded, under the first unit's line; the first hears no more."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = doing(office, reassign, "20/07/2022 10:30", decided("20/07/2022"), to="so-xay-dung")
    live(office, "11/07/2022", "01/08/2022", deeds)
    assert left(office) == [
        ("11/07/2022 11:01", "notice", "so-y-te.focal"),
        ("19/07/2022 08:01", "before-10", "so-y-te.focal"),
        ("20/07/2022 11:01", "notice", "so-xay-dung.focal"),
        ("26/07/2022 08:01", "before-3", "so-xay-dung.focal"),
        ("29/07/2022 08:01", "before-0", "so-xay-dung.focal"),
        ("01/08/2022 08:01", "overdue-1", "so-xay-dung.focal"),
    ]


NO_SUCCESSOR = UNITS.replace("  name: Sở Y tế\n", "  name: Sở Y tế\n  to: 2022-07-19\n")
ENDED = "  name: Sở Y tế\n  to: 2022-12-31\n  successor: {}\n"
TWO_YEARS = "{every: year, by: 07-29, from: 2022, to: 2023}"


def ended(successors: str) -> str:
    """The units where Sở Y tế ended with the year 2022."""
    return UNITS.replace("  name: Sở Y tế\n", ENDED.format(successors))


def answered(office: Office) -> dict[str, Any]:
    """The report of 2022 came and was recorded on the first day."""
    return {
        **doing(office, submit, "11/07/2022 10:30", Submission(day("11/07/2022")), by="Mai"),
        **doing(office, confirm, "11/07/2022 10:31", day("11/07/2022"), by="Mai"),
    }


def test_the_one_successor_of_a_unit_that_ended_carries_on(office: Office) -> None:
    """Sở Y tế ended on 31/12/2022: its report of 2023 is Sở Xây dựng's, in the old unit's line."""
    given(office, TWO_YEARS, "11/07/2022 09:00", more="policy: chuan", units=ended("so-xay-dung"))
    live(office, "11/07/2022", "12/07/2022", answered(office))
    live(office, "18/07/2023", "31/07/2023")
    assert left(office) == [
        ("11/07/2022 11:01", "recorded", "so-y-te.focal"),
        ("19/07/2023 08:01", "before-10", "so-xay-dung.focal"),
        ("26/07/2023 08:01", "before-3", "so-xay-dung.focal"),
        ("28/07/2023 08:01", "before-0", "so-xay-dung.focal"),
        ("31/07/2023 08:01", "overdue-1", "so-xay-dung.focal"),
    ]


def test_with_several_successors_a_duty_waits_to_be_handed_over(office: Office) -> None:
    """Rungs of those days are skipped, each with its reason, until somebody says who carries it on."""
    both = "[so-xay-dung, so-ngoai-cuoc]"
    given(office, TWO_YEARS, "11/07/2022 09:00", more="policy: chuan", units=ended(both))
    live(office, "11/07/2022", "12/07/2022", answered(office))
    second = Address("K1-0002")
    deeds = {
        "27/07/2023 10:30": lambda: reassign(
            office.app, second, decided("27/07/2023"), at("2023-07-27 10:30"), to="so-ngoai-cuoc"
        )
    }
    live(office, "19/07/2023", "31/07/2023", deeds)
    skipped = [(rung, why) for rung, state, why in states(office, audience="unit") if state == "skipped"]
    assert [one for one in skipped if "bàn giao" in one[1]] == [
        ("before-10", "đơn vị đã kết thúc, chờ bàn giao"),
        ("before-3", "đơn vị đã kết thúc, chờ bàn giao"),
    ]
    assert left(office)[-3:] == [
        ("27/07/2023 11:01", "notice", "so-ngoai-cuoc.focal"),
        ("28/07/2023 08:01", "before-0", "so-ngoai-cuoc.focal"),
        ("31/07/2023 08:01", "overdue-1", "so-ngoai-cuoc.focal"),
    ]


def where(office: Office, when: str) -> tuple[str, dict[str, int]]:
    """What the board says of the one assignment, and what it counts outside the four classes."""
    found = status(office.app, at(when))
    return found.assignments[0].state, found.outside


def test_without_a_successor_a_duty_waits_until_somebody_carries_it_on(office: Office) -> None:
    """Sở Y tế ends on Tuesday 19/07/2022 and nobody follows; on Wednesday 27/07 Sở Xây dựng takes the duty over."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", units=NO_SUCCESSOR)
    live(office, "11/07/2022", "26/07/2022")
    until_then = [("11/07/2022 11:01", "notice", "so-y-te.focal"), ("19/07/2022 08:01", "before-10", "so-y-te.focal")]
    assert left(office) == until_then, "on its last day the unit is reminded, on no later one"
    assert states(office)[2:] == [("before-3", "skipped", HANDED_OVER)]
    assert where(office, "2022-07-19 16:00")[1] == {}
    assert where(office, "2022-07-20 07:00") == ("Chờ bàn giao", {"handed_over": 1})
    deeds = doing(office, reassign, "27/07/2022 10:30", decided("27/07/2022"), to="so-xay-dung")
    live(office, "27/07/2022", "03/08/2022", deeds)
    assert left(office)[2:] == [
        ("27/07/2022 11:01", "notice", "so-xay-dung.focal"),
        ("29/07/2022 08:01", "before-0", "so-xay-dung.focal"),
        ("01/08/2022 08:01", "overdue-1", "so-xay-dung.focal"),
        ("02/08/2022 08:01", "overdue-2", "so-xay-dung.focal"),
    ]
    assert where(office, "2022-07-27 16:00") == ("Sắp đến hạn ngày 29/7/2022", {})
    assert rungs(office, audience="overseer") == [("01/08/2022", "overseer-1")]
    assert rungs(office, audience="reviewer") == [("03/08/2022", "letter-3")]


def test_what_nobody_carries_on_accuses_nobody_when_its_deadline_passes(office: Office) -> None:
    """Ended on 19/07/2022, due Friday 29/07: a week of rungs to four audiences is skipped; handed over on 05/08."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", units=NO_SUCCESSOR)
    live(office, "11/07/2022", "04/08/2022")
    assert [mail.to for mail in mails(office)] == ["dau-moi@so-y-te.example"] * 2
    assert states(office)[2:] == [
        ("before-3", "skipped", HANDED_OVER),
        ("before-0", "skipped", HANDED_OVER),
        ("overdue-1", "skipped", HANDED_OVER),
        ("overseer-1", "skipped", HANDED_OVER),
        ("overdue-2", "skipped", HANDED_OVER),
        ("letter-3", "skipped", HANDED_OVER),
        ("leader-4", "skipped", HANDED_OVER),
    ]
    deeds = doing(office, reassign, "05/08/2022 10:30", decided("05/08/2022"), to="so-xay-dung")
    live(office, "05/08/2022", "10/08/2022", deeds)
    assert left(office)[2:] == [("05/08/2022 11:01", "notice", "so-xay-dung.focal")]
    assert whys(office) == {"own_leadership-8": "chờ rà sổ"}
