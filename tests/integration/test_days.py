"""Days of an office, dates checked by hand on a wall calendar: plain years, breaks, outages.

The engine runs each day at 07:31, 08:01 and 11:01; rungs leave at 08:00.
"""

from __future__ import annotations

from tests.days import (
    NEWER,
    SAME_DAY,
    approved,
    checks,
    given,
    left,
    live,
    rungs,
    states,
    whys,
)
from tests.letterbox import mails
from tests.mailbox import mail_server
from tests.offices import Office
from tests.ports import free_port

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


def test_with_late_none_nothing_late_leaves_on_the_way_over_the_deadline(office: Office) -> None:
    """Off from Saturday 16/07 to Monday 01/08/2022; back on Tuesday, the day of overdue-2, which leaves at its hour."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies="chuan: {late: none}\n")
    live(office, "11/07/2022", "15/07/2022")
    live(office, "02/08/2022", "03/08/2022")
    assert left(office)[1:] == [("02/08/2022 08:01", "overdue-2", "so-y-te.focal")]
    assert states(office, audience="unit")[1:] == [
        ("before-10", "skipped", "đã quá ngày nhắc"),
        ("before-3", "skipped", "đã quá ngày nhắc"),
        ("before-0", "skipped", "đã quá ngày nhắc"),
        ("overdue-1", "skipped", "đã quá ngày nhắc"),
        ("overdue-2", "planned", ""),
    ]
    assert left(office, audience="reviewer") == [("03/08/2022 08:01", "letter-3", "van-phong.focal")]


EVERY_ONE = "chuan: {late: all}\n"


def test_with_late_all_every_rung_of_an_outage_is_in_the_late_letter(office: Office) -> None:
    """Off from 16/07 to 02/08/2022, back on Wednesday 03/08 before dawn: five rungs leave when the office opens.

    The overseer hears on Friday: the unit's own late letter and two working days.
    """
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=EVERY_ONE)
    live(office, "11/07/2022", "15/07/2022")
    live(office, "03/08/2022", "03/08/2022", hours=("05:10", "07:31", "08:01", "11:01"))
    assert left(office)[1:] == [
        ("03/08/2022 07:31", "before-10", "so-y-te.focal"),
        ("03/08/2022 07:31", "before-3", "so-y-te.focal"),
        ("03/08/2022 07:31", "before-0", "so-y-te.focal"),
        ("03/08/2022 07:31", "overdue-1", "so-y-te.focal"),
        ("03/08/2022 07:31", "overdue-2", "so-y-te.focal"),
    ]
    assert whys(office) == {"overseer-1": "chờ thư báo muộn của đơn vị"}
    late = mails(office)[1]
    assert late.subject == "[Quá hạn 03 ngày làm việc K1-0001] Việc bao-cao (hạn 29/7/2022)"
    assert "Thư này lẽ ra gửi ngày 02/8/2022, nay mới đến" in late.text
    live(office, "04/08/2022", "05/08/2022")
    assert {state for _, state, _ in states(office, audience="unit")} == {"planned"}, "none gave way to a newer one"
    assert left(office, audience="overseer") == [("05/08/2022 07:31", "overseer-1", "van-phong.focal")]
    assert left(office, audience="reviewer") == [("03/08/2022 08:01", "letter-3", "van-phong.focal")]


def test_with_late_all_a_late_letter_does_not_wait_for_the_days_own(office: Office) -> None:
    """Back on Friday 29/07/2022 at 07:31: before-10 and before-3 leave at once, late, and before-0 at eight."""
    given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=EVERY_ONE)
    live(office, "11/07/2022", "15/07/2022")
    live(office, "29/07/2022", "29/07/2022")
    assert left(office)[1:] == [
        ("29/07/2022 07:31", "before-10", "so-y-te.focal"),
        ("29/07/2022 07:31", "before-3", "so-y-te.focal"),
        ("29/07/2022 08:01", "before-0", "so-y-te.focal"),
    ]
    own_day = "[Đến hạn K1-0001] Việc bao-cao, hạn hết hôm nay, thứ Sáu 29/7/2022"
    late, today = mails(office)[1:]
    assert "Thư này lẽ ra gửi ngày 26/7/2022, nay mới đến" in late.text
    assert (today.subject, "nay mới đến" in today.text) == (own_day, False)


def test_with_late_all_what_a_mail_server_did_not_take_arrives_letter_by_letter(office: Office) -> None:
    """Down from Tuesday 26/07 to Tuesday 02/08/2022: on Wednesday at 07:31 four letters, each with its own day."""
    port = free_port()
    office.sending("live", f"email: smtp://127.0.0.1:{port}/?from=nhac@so-mau.example\n")
    with mail_server(port=port):
        given(office, "{by: 2022-07-29}", "11/07/2022 09:00", policies=EVERY_ONE)
        live(office, "11/07/2022", "25/07/2022")
    live(office, "26/07/2022", "02/08/2022")
    with mail_server(port=port) as mailbox:
        live(office, "03/08/2022", "03/08/2022", hours=("02:10", "06:10", "07:31", "07:51", "08:01"))
        late = [mail.get_body(("plain",)) for to, mail in mailbox.received if to == "dau-moi@so-y-te.example"]
    assert left(office)[2:] == [
        ("03/08/2022 07:31", "before-3", "so-y-te.focal"),
        ("03/08/2022 07:31", "before-0", "so-y-te.focal"),
        ("03/08/2022 07:31", "overdue-1", "so-y-te.focal"),
        ("03/08/2022 07:31", "overdue-2", "so-y-te.focal"),
    ]
    assert [part.get_content().splitlines()[2] for part in late if part] == [
        "Thư này lẽ ra gửi ngày 26/7/2022, nay mới đến; mong quý cơ quan thông cảm. Thời hạn không thay đổi.",
        "Thư này lẽ ra gửi ngày 29/7/2022, nay mới đến; mong quý cơ quan thông cảm. Thời hạn không thay đổi.",
        "Thư này lẽ ra gửi ngày 01/8/2022, nay mới đến; mong quý cơ quan thông cảm. Thời hạn không thay đổi.",
        "Thư này lẽ ra gửi ngày 02/8/2022, nay mới đến; mong quý cơ quan thông cảm. Thời hạn không thay đổi.",
    ]
