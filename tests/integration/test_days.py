"""Days of an office, dates checked by hand on a wall calendar: what leaves on which day, and what does not.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from obligations.cases.addressing import Address
from obligations.cases.answers import Submission, confirm, submit
from obligations.cases.authorizing import approve, check_register
from obligations.cases.decisions import Decision, extend, reassign, reopen, send_back
from tests.days import day, left, live, moved, rungs, states, whys
from tests.life import entries
from tests.mailbox import free_port, mail_server
from tests.offices import UNITS, Office, at, obligation

CODE = Address("K1-0001")
NEWER = "đã có mốc nhắc mới hơn"
SAME_DAY = "cùng ngày với mốc sát hạn hơn"
MOVED = "hạn đã đổi"


def given(office: Office, deadline: str, when: str, *, more: str = "", policies: str = "", units: str = UNITS) -> None:
    """One duty of Sở Y tế; the plan is a few days old when it is applied at a local instant (`11/07/2022 09:00`)."""
    if policies:
        office.write("policies.yaml", policies)
    office.write("units.yaml", units)
    duty = obligation("bao-cao", deadline, responsible="so-y-te", more=more)
    office.plan(duty, issued_on="2022-07-08").apply(instant(when))


def instant(text: str) -> str:
    """`11/07/2022 09:00` as tests.offices reads it."""
    return f"{day(text[:10])} {text[11:]}"


def checks(office: Office, *days: str, hour: str = "07:45") -> dict[str, Callable[[], Any]]:
    """The register read each of these days."""
    return {
        f"{one} {hour}": partial(check_register, office.app, at(instant(f"{one} {hour}")), by="Mai") for one in days
    }


def doing(office: Office, deed: Callable[..., Any], when: str, *values: Any, **named: Any) -> dict[str, Any]:
    """A deed of the desk about the one assignment, at its instant."""
    return {when: lambda: deed(office.app, CODE, *values, at(instant(when)), **named)}


def decided(on: str) -> Decision:
    return Decision(day(on), "Mai")


def approved(office: Office, when: str, *, no: bool = False) -> dict[str, Any]:
    return {when: lambda: approve(office.app, [CODE], at(instant(when)), by="Mai", no=no)}


# -- plain years ----------------------------------------------------------------------------------------------------


def test_the_first_notice_when_the_plan_is_three_days_old(office: Office) -> None:
    """A plan of Friday 08/07/2022, applied on Monday: due before Wednesday 20/07, so Tuesday 19/07."""
    given(office, "{before: 2022-07-20}", "11/07/2022 09:00")
    live(office, "11/07/2022", "01/08/2022")
    assert rungs(office) == [
        ("11/07/2022", "notice"),
        ("15/07/2022", "before-3"),
        ("19/07/2022", "before-0"),
        ("20/07/2022", "overdue-1"),
        ("21/07/2022", "overdue-2"),
    ]
    assert left(office)[0] == ("11/07/2022 11:01", "notice", "so-y-te.focal")
    assert "before-10" not in [rung for rung, _, _ in states(office)], "Saturday 09/07 lies before the duty was given"
    assert rungs(office, audience="overseer") == [("20/07/2022", "overseer-1")]
    assert rungs(office, audience="reviewer") == [("22/07/2022", "letter-3")]
    assert whys(office) == {"leader-4": "chờ rà sổ", "own_leadership-8": "chờ rà sổ"}


def test_a_deadline_on_a_saturday_leaves_on_friday_24_november_2023(office: Office) -> None:
    """Due Saturday 25/11/2023."""
    given(office, "{every: year, by: 11-25, from: 2023, to: 2023}", "01/11/2023 09:00", more="policy: chuan")
    live(office, "01/11/2023", "28/11/2023")
    assert rungs(office) == [
        ("01/11/2023", "notice"),
        ("15/11/2023", "before-10"),
        ("22/11/2023", "before-3"),
        ("24/11/2023", "before-0"),
        ("27/11/2023", "overdue-1"),
        ("28/11/2023", "overdue-2"),
    ]


def test_three_days_before_a_monday_is_friday_22_november_2024(office: Office) -> None:
    """Due Monday 25/11/2024."""
    given(office, "{every: year, by: 11-25, from: 2024, to: 2024}", "01/11/2024 09:00", more="policy: chuan")
    live(office, "01/11/2024", "27/11/2024")
    assert rungs(office) == [
        ("01/11/2024", "notice"),
        ("15/11/2024", "before-10"),
        ("22/11/2024", "before-3"),
        ("25/11/2024", "before-0"),
        ("26/11/2024", "overdue-1"),
        ("27/11/2024", "overdue-2"),
    ]


def test_the_end_of_a_year_leaves_on_friday_29_december_2023(office: Office) -> None:
    """Due Sunday 31/12/2023, with 01/01 off: the last working day before the three days off, then 02/01/2024."""
    given(office, "{within: 2023-Q4}", "01/12/2023 09:00")
    live(office, "01/12/2023", "03/01/2024")
    assert rungs(office) == [
        ("01/12/2023", "notice"),
        ("21/12/2023", "before-10"),
        ("28/12/2023", "before-3"),
        ("29/12/2023", "before-0"),
        ("02/01/2024", "overdue-1"),
        ("03/01/2024", "overdue-2"),
    ]


def test_rungs_that_pile_up_before_tet_2024_leave_once_on_7_february(office: Office) -> None:
    """Due Monday 12/02/2024, mùng Ba: four days' rungs are one letter on Wednesday 07/02."""
    policies = "chuan: {before: [10, 5, 3, 1, 0]}\n"
    given(office, "{by: 2024-02-12}", "22/01/2024 09:00", policies=policies)
    live(office, "22/01/2024", "16/02/2024")
    assert rungs(office) == [
        ("22/01/2024", "notice"),
        ("02/02/2024", "before-10"),
        ("07/02/2024", "before-0"),
        ("15/02/2024", "overdue-1"),
        ("16/02/2024", "overdue-2"),
    ]
    merged = [(rung, why) for rung, state, why in states(office) if state == "superseded"]
    assert merged == [("before-5", SAME_DAY), ("before-3", SAME_DAY), ("before-1", SAME_DAY)]


def test_after_tet_2024_one_more_reminder_while_it_is_in_time(office: Office) -> None:
    """Due Tuesday 20/02/2024: before-10 falls on mùng Một, so 07/02 and again on 15/02."""
    given(office, "{by: 2024-02-20}", "22/01/2024 09:00")
    live(office, "22/01/2024", "20/02/2024")
    assert rungs(office)[1:] == [
        ("07/02/2024", "before-10"),
        ("15/02/2024", "after-break"),
        ("16/02/2024", "before-3"),
        ("20/02/2024", "before-0"),
    ]


def test_a_deadline_on_the_last_day_of_tet_2026(office: Office) -> None:
    """Due Friday 20/02/2026, in Tết: Friday 13/02 is the last word in time, Monday 23/02 the first overdue one."""
    given(office, "{by: 2026-02-20}", "02/02/2026 09:00")
    live(office, "02/02/2026", "24/02/2026")
    assert rungs(office) == [
        ("02/02/2026", "notice"),
        ("10/02/2026", "before-10"),
        ("13/02/2026", "before-0"),
        ("23/02/2026", "overdue-1"),
        ("24/02/2026", "overdue-2"),
    ]


# -- outages --------------------------------------------------------------------------------------------------------


def test_an_outage_from_three_to_fifteen_days_after_the_deadline(office: Office) -> None:
    """Due Friday 22/11/2024; the engine is off from 25/11 to 07/12. On Monday 09/12 the unit hears once, late.

    Nobody is told of it before Wednesday 11/12: its own late notice and two working days.
    """
    given(office, "{by: 2024-11-22}", "04/11/2024 09:00")
    live(office, "04/11/2024", "22/11/2024")
    back = ["09/12/2024", "10/12/2024", "11/12/2024"]
    deeds = checks(office, *back) | approved(office, "09/12/2024 11:00")
    live(office, "09/12/2024", "09/12/2024", {when: deed for when, deed in deeds.items() if when[:10] == back[0]})
    assert rungs(office)[-2:] == [("22/11/2024", "before-0"), ("09/12/2024", "overdue-2")]
    assert left(office)[-1][0] == "09/12/2024 07:31"
    assert ("overdue-1", "superseded", NEWER) in states(office)
    assert rungs(office, audience="reviewer") == [("09/12/2024", "letter-3")]
    assert whys(office) == dict.fromkeys(("overseer-1", "leader-4", "own_leadership-8"), "chờ thư báo muộn của đơn vị")
    live(office, "10/12/2024", "12/12/2024", {when: deed for when, deed in deeds.items() if when[:10] != back[0]})
    assert left(office, audience="overseer") == [("11/12/2024 07:31", "overseer-1", "van-phong.focal")]
    assert left(office, audience="leader") == [("11/12/2024 08:01", "leader-4", "so-y-te.leader")]
    assert left(office, audience="own_leadership") == [("11/12/2024 08:01", "own_leadership-8", "van-phong.leader")]
    assert len(rungs(office)) == 5, "and the unit itself hears no more"


def test_a_mail_server_down_for_five_days_while_the_engine_runs(office: Office) -> None:
    """From Tuesday 26/07/2022 to Sunday: what waited is one letter on Monday at its own hour, and nothing by night."""
    port = free_port()
    channels = f"email: smtp://127.0.0.1:{port}/?from=nhac@so-mau.example\n"
    office.sending("live", channels)
    with mail_server(port=port):
        given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
        live(office, "11/07/2022", "25/07/2022")
    live(office, "26/07/2022", "31/07/2022")
    with mail_server(port=port) as mailbox:
        live(office, "01/08/2022", "01/08/2022", hours=("02:10", "06:10", "07:31", "07:51", "08:01", "08:11"))
        assert [to for to, _ in mailbox.received] == ["dau-moi@so-y-te.example", "van-phong@so-mau.example"]
    assert left(office)[-2:] == [
        ("19/07/2022 08:01", "before-10", "so-y-te.focal"),
        ("01/08/2022 08:01", "overdue-1", "so-y-te.focal"),
    ]
    assert states(office, audience="unit")[-3:] == [
        ("before-3", "superseded", NEWER),
        ("before-0", "superseded", NEWER),
        ("overdue-1", "planned", ""),
    ]
    assert left(office, audience="overseer") == [("01/08/2022 08:01", "overseer-1", "van-phong.focal")]


def test_a_late_rung_and_the_days_own_are_one_letter(office: Office) -> None:
    """before-3 of Tuesday 26/07/2022 is found on Thursday at 17:00, too late for that day; Friday has before-0."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    live(office, "11/07/2022", "25/07/2022")
    live(office, "28/07/2022", "28/07/2022", hours=("17:00",))
    live(office, "29/07/2022", "29/07/2022")
    assert left(office)[-2:] == [
        ("19/07/2022 08:01", "before-10", "so-y-te.focal"),
        ("29/07/2022 08:01", "before-0", "so-y-te.focal"),
    ]
    assert ("before-3", "superseded", NEWER) in states(office)


def test_a_late_rung_waits_an_hour_for_the_days_own(office: Office) -> None:
    """Off from Friday to Monday evening; back on Tuesday 26/07/2022 at 07:45: before-3 leaves at eight, alone."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies="chuan: {before: [5, 3, 0]}\n")
    live(office, "11/07/2022", "21/07/2022")
    live(office, "26/07/2022", "26/07/2022", hours=("07:45", "08:01", "08:31"))
    assert rungs(office)[-1] == ("26/07/2022", "before-3")
    assert rungs(office).count(("26/07/2022", "before-5")) == 0
    assert ("before-5", "superseded", NEWER) in states(office)


def test_with_late_none_what_has_passed_its_day_is_recorded_and_skipped(office: Office) -> None:
    """The engine is off from 18/07 to 28/07/2022: neither rung is overtaken by another, both are too late."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies="chuan: {late: none}\n")
    live(office, "11/07/2022", "15/07/2022")
    live(office, "28/07/2022", "29/07/2022")
    assert [one for one in states(office) if one[0].startswith("before")] == [
        ("before-10", "skipped", "đã quá ngày nhắc"),
        ("before-3", "skipped", "đã quá ngày nhắc"),
        ("before-0", "planned", ""),
    ]
    assert rungs(office) == [("11/07/2022", "notice"), ("29/07/2022", "before-0")]


# -- another date ---------------------------------------------------------------------------------------------------


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


# -- who else is told -----------------------------------------------------------------------------------------------

ELSEWHERE = "overseer: so-ngoai-cuoc"


def overseen_elsewhere(office: Office) -> None:
    """The same duty, overseen by another organisation."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    path = office.folder / "plans/ke-hoach.yaml"
    path.write_text(path.read_text("utf-8").replace("overseer: van-phong", ELSEWHERE), "utf-8")
    office.apply("2022-07-11 09:01")


def test_the_register_read_lets_an_accusation_go_the_same_day(office: Office) -> None:
    """leader-4 falls on Thursday 04/08/2022: read at 08:10, approved at 08:15, gone with the next delivery."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = checks(office, "04/08/2022", hour="08:10") | approved(office, "04/08/2022 08:15")
    live(office, "11/07/2022", "04/08/2022", deeds)
    assert left(office, audience="leader") == [("04/08/2022 11:01", "leader-4", "so-y-te.leader")]


def test_a_register_read_yesterday_lets_nothing_go(office: Office) -> None:
    """Read on 04/08 at 16:20, after the last delivery: on Friday it has to be read again."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = approved(office, "04/08/2022 09:00") | checks(office, "04/08/2022", hour="16:20")
    live(office, "11/07/2022", "05/08/2022", deeds)
    assert whys(office) == {"leader-4": "chờ rà sổ"}
    live(office, "08/08/2022", "08/08/2022", checks(office, "08/08/2022"))
    assert left(office, audience="leader") == [("08/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_a_pending_request_holds_accusations_for_three_working_days(office: Office) -> None:
    """Asked on Wednesday 03/08/2022 and not answered: held through Monday 08/08, gone on Tuesday."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    deeds = checks(office, "04/08/2022", "05/08/2022", "08/08/2022") | approved(office, "04/08/2022 08:30")
    deeds |= doing(office, extend, "03/08/2022 09:00", decided("03/08/2022"), to=day("31/08/2022"))
    live(office, "11/07/2022", "08/08/2022", deeds)
    assert whys(office) == {"leader-4": "đang trình gia hạn"}
    live(office, "09/08/2022", "09/08/2022", checks(office, "09/08/2022"))
    assert left(office, audience="leader") == [("09/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_across_organisations_an_accusation_waits_for_a_yes(office: Office) -> None:
    """overseer-1 to another organisation on Monday 01/08/2022: register, then a yes on Wednesday."""
    overseen_elsewhere(office)
    live(office, "11/07/2022", "01/08/2022")
    assert whys(office) == {"overseer-1": "chờ rà sổ"}
    live(office, "02/08/2022", "02/08/2022", checks(office, "02/08/2022"))
    assert whys(office) == {"overseer-1": "chờ duyệt"}
    deeds = checks(office, "03/08/2022") | approved(office, "03/08/2022 09:00")
    live(office, "03/08/2022", "03/08/2022", deeds)
    assert left(office, audience="overseer") == [("03/08/2022 11:01", "overseer-1", "so-ngoai-cuoc.focal")]


def test_an_accusation_that_is_declined_does_not_leave(office: Office) -> None:
    """No on Friday 05/08/2022: skipped with the reason; a yes on Monday takes that back."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    live(office, "11/07/2022", "05/08/2022", approved(office, "05/08/2022 09:00", no=True))
    assert ("leader-4", "skipped", "không đồng ý báo lên") in states(office)
    deeds = approved(office, "08/08/2022 07:40") | checks(office, "08/08/2022")
    live(office, "08/08/2022", "08/08/2022", deeds)
    assert left(office, audience="leader") == [("08/08/2022 08:01", "leader-4", "so-y-te.leader")]


def test_the_overseer_hears_first_and_after_the_unit(office: Office) -> None:
    """Our own office oversees: told on the first overdue day, in the same delivery, once the unit's letter has left."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00")
    live(office, "11/07/2022", "01/08/2022")
    tried = [(one.rung, one.recipient) for one in entries(office, "attempt")]
    assert tried[-2:] == [("overdue-1", "so-y-te.focal"), ("overseer-1", "van-phong.focal")]


def test_coordinating_units_are_told_of_the_duty_and_of_later_periods(office: Office) -> None:
    """Notice with the unit's; of 2023 the first reminder before (15/11) and the first overdue (27/11), no more."""
    more = "policy: chuan\n  coordinating: [so-xay-dung]"
    given(office, "{every: year, by: 11-25, from: 2022, to: 2023}", "11/11/2022 09:00", more=more)
    live(office, "11/11/2022", "14/12/2022")
    live(office, "13/11/2023", "29/11/2023")
    assert left(office, audience="coordinating") == [
        ("11/11/2022 11:01", "notice", "so-xay-dung.focal"),
        ("15/11/2023 08:01", "before-10", "so-xay-dung.focal"),
        ("27/11/2023 08:01", "overdue-1", "so-xay-dung.focal"),
    ]
    assert ("27/11/2023", "overdue-1") in rungs(office)


def test_a_coordinating_unit_is_not_told_of_its_own_duty(office: Office) -> None:
    """Sở Y tế owes and coordinates: it hears of Sở Xây dựng's duty, and of its own as the one who owes it."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", more="coordinating: [so-y-te]")).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "11/07/2022")
    assert left(office, audience="coordinating", unit="so-xay-dung") == [
        ("11/07/2022 11:01", "notice", "so-y-te.focal")
    ]
    assert states(office, audience="coordinating", unit="so-y-te") == []


def test_first_words_moved_or_not_a_first_period_stays_a_first_period(office: Office) -> None:
    """The date of the first period moves: the coordinating unit, told once, does not get a later period's reminders."""
    more = "policy: chuan\n  coordinating: [so-xay-dung]"
    given(office, "{every: year, by: 11-25, from: 2022, to: 2022}", "01/11/2022 09:00", more=more)
    deeds = {"04/11/2022 11:00": lambda: moved(office, "K1-0001", "30/11/2022", "2022-11-04 11:00")}
    live(office, "01/11/2022", "02/12/2022", deeds)
    assert [rung for _, rung in rungs(office, audience="coordinating")] == ["notice"]


def test_two_accusations_of_one_day_to_one_audience_are_one(office: Office) -> None:
    """In calendar days the second falls on a Saturday: both on Monday 01/08/2022, the later one leaves."""
    steps = "[{overdue: 1, unit: day, to: own_leadership}, {overdue: 2, unit: day, to: own_leadership}]"
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=f"chuan: {{escalate: {steps}}}\n")
    live(office, "11/07/2022", "01/08/2022", checks(office, "01/08/2022"))
    found = states(office, audience="own_leadership")
    assert [state for _, state, _ in found].count("planned") == 1
    assert (found[0][2], found[1][2]).count(SAME_DAY) == 1


def test_a_newer_accusation_of_the_same_audience_takes_the_older_ones_place(office: Office) -> None:
    """Nobody reads the register from 04/08 to 08/08/2022: of leader-4 and leader-6 the newer one waits."""
    steps = "[{overdue: 4, unit: working_day, to: leader}, {overdue: 6, unit: working_day, to: leader}]"
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=f"chuan: {{escalate: {steps}}}\n")
    live(office, "11/07/2022", "08/08/2022")
    assert states(office, audience="leader") == [("leader-4", "superseded", NEWER), ("leader-6", "held", "chờ rà sổ")]


def test_what_falls_in_one_hour_for_one_recipient_is_one_letter(office: Office) -> None:
    """Two duties with one deadline: one digest a rung, not two letters."""
    two = (obligation(name, "{by: 2022-07-29}", responsible="so-y-te") for name in ("mot", "hai"))
    office.plan(*two).apply("2022-07-11 09:00")
    live(office, "11/07/2022", "02/08/2022")
    carried = [one.message_id for one in entries(office, "attempt") if one.recipient == "so-y-te.focal"]
    assert len(carried) == 2 * len(set(carried))
    assert len(set(carried)) == 6
