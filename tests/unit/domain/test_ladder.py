"""The ladder, exactly: which reminder of a due date leaves on which day, and what a late start or an outage does to it.

Dates are written as an office would check them on a wall calendar; 08:00 in Viet Nam is 01:00 UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from domain_tools import office_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from obligations.domain.ladder import (
    FIRST_WORDS,
    NOTICE,
    RETURNED,
    SAME_DAY,
    Clockwork,
    First,
    Ladder,
    Owed,
    Rung,
    build,
    reviews,
)
from obligations.domain.plan import Office, OfficeHours
from obligations.domain.policy import LONG_RANGE, STANDARD, Count, CountUnit, Escalation, Policy, policy_id
from obligations.domain.settling import TOLD, comes_again, settle

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
UNIT_ONLY = replace(STANDARD, escalate=())


def local(text: str) -> datetime:
    """An instant written in local time, `2022-07-11 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def clockwork(quiet: Mapping[date, str] | None = None, hours: tuple[OfficeHours, ...] | None = None) -> Clockwork:
    """An office with the shipped hours, 07:30–11:30 and 13:00–16:30, unless told otherwise."""
    return Clockwork(office_calendar().with_quiet(quiet or {}), hours or Office("Văn phòng").hours, VIETNAM)


def ladder(
    due_on: str,
    since: str = "2020-01-01 00:00",
    policy: Policy = STANDARD,
    *,
    notice: bool = False,
    quiet: Mapping[date, str] | None = None,
) -> Ladder:
    """The ladder of one due date that became current at a local time."""
    first = First(NOTICE, local(since)) if notice else None
    return build(policy, date.fromisoformat(due_on), local(since), clockwork(quiet), first=first)


def days(rungs: Iterable[Rung], *audiences: str) -> list[tuple[str, str]]:
    """(id, day) of the rungs of these audiences (the unit's alone when none is named), in the order they leave."""
    return [(rung.id, rung.day.isoformat()) for rung in rungs if rung.audience in (audiences or ("unit",))]


def quiet_days(first: date, last: date) -> dict[date, str]:
    """A quiet range of the office, both ends counted."""
    return {date.fromordinal(number): "nghỉ" for number in range(first.toordinal(), last.toordinal() + 1)}


def leaving(owed: Iterable[Owed]) -> list[str]:
    """The ids of the rungs that leave."""
    return [one.rung.id for one in owed if one.why is None]


def superseded(owed: Iterable[Owed]) -> list[str]:
    """The ids of the rungs that do not leave, each with its reason."""
    return [one.rung.id for one in owed if one.why is not None and one.why.strip()]


# -- literal ladders ----------------------------------------------------------------------------------------------


def test_the_shipped_ladder_on_plain_working_days() -> None:
    """Due Friday 22/11/2024: ten and three days before, the day itself, one and two working days after."""
    assert days(ladder("2024-11-22").rungs) == [
        ("before-10", "2024-11-12"),
        ("before-3", "2024-11-19"),
        ("before-0", "2024-11-22"),
        ("overdue-1", "2024-11-25"),
        ("overdue-2", "2024-11-26"),
    ]
    assert ladder("2024-11-22").superseded == ()


def test_leaders_hear_after_four_and_eight_working_days() -> None:
    """Due 22/11/2024: the unit's head on 28/11, the office's own leadership on 04/12."""
    assert days(ladder("2024-11-22").rungs, "leader") == [("leader-4", "2024-11-28")]
    assert days(ladder("2024-11-22").rungs, "own_leadership") == [("own_leadership-8", "2024-12-04")]


def test_the_overseer_hears_first_and_the_secretariat_drafts_a_letter() -> None:
    """Due 22/11/2024: the overseer on Monday 25/11, the draft letter on 27/11, before any leader."""
    found = ladder("2024-11-22").rungs
    assert days(found, "overseer") == [("overseer-1", "2024-11-25")]
    assert days(found, "reviewer") == [("letter-3", "2024-11-27")]


def test_a_rung_leaves_at_its_send_at() -> None:
    """08:00 in Viet Nam is 01:00 UTC, on the rung's day; another `send_at` moves the instant and not the day."""
    assert {rung.at.time() for rung in ladder("2024-11-22").rungs} == {time(1)}
    early = ladder("2024-11-22", policy=replace(STANDARD, send_at=time(5, 30))).rungs[0]
    assert (early.day, early.at) == (date(2024, 11, 12), datetime(2024, 11, 11, 22, 30, tzinfo=UTC))


def test_a_ladder_that_starts_eight_days_before_the_due_date() -> None:
    """Due 19/07/2022, activated on 11/07/2022: before-10 (Friday 08/07) is not owed, before-3 leaves Friday 15/07."""
    found = ladder("2022-07-19", "2022-07-11 10:00", notice=True)
    assert days(found.rungs) == [
        ("notice", "2022-07-11"),
        ("before-3", "2022-07-15"),
        ("before-0", "2022-07-19"),
        ("overdue-1", "2022-07-20"),
        ("overdue-2", "2022-07-21"),
    ]
    assert days(found.rungs, "leader", "own_leadership") == [
        ("leader-4", "2022-07-25"),
        ("own_leadership-8", "2022-07-29"),
    ]


def test_a_deadline_on_a_saturday() -> None:
    """Due Saturday 25/11/2023: before-0 leaves on Friday 24/11, overdue-1 on Monday 27/11, and no break is made."""
    assert days(ladder("2023-11-25").rungs) == [
        ("before-10", "2023-11-15"),
        ("before-3", "2023-11-22"),
        ("before-0", "2023-11-24"),
        ("overdue-1", "2023-11-27"),
        ("overdue-2", "2023-11-28"),
    ]


def test_the_long_ladder_to_the_end_of_a_year() -> None:
    """Due Sunday 31/12/2023 by dai-han: half a year before to Friday 29/12, with 02/01/2024 already overdue."""
    assert days(ladder("2023-12-31", policy=LONG_RANGE).rungs) == [
        ("before-180", "2023-07-04"),
        ("before-90", "2023-10-02"),
        ("before-30", "2023-12-01"),
        ("before-10", "2023-12-21"),
        ("before-3", "2023-12-28"),
        ("before-0", "2023-12-29"),
        ("overdue-1", "2024-01-02"),
        ("overdue-2", "2024-01-03"),
    ]


def test_a_worked_saturday_is_a_day_like_any_other() -> None:
    """Due Monday 06/05/2024: two days before is Saturday 04/05, worked by a swap, and the reminder leaves then."""
    policy = replace(UNIT_ONLY, before=(2,), overdue=(Count(1),))
    assert days(ladder("2024-05-06", policy=policy).rungs) == [("before-2", "2024-05-04"), ("overdue-1", "2024-05-07")]
    assert days(ladder("2024-05-13", policy=policy).rungs)[0] == ("before-2", "2024-05-10")


def test_overdue_working_days_leave_out_holidays() -> None:
    """Due Wednesday 07/02/2024, the eve of Tết: the first working day after it is Thursday 15/02."""
    assert days(ladder("2024-02-07").rungs)[-2:] == [("overdue-1", "2024-02-15"), ("overdue-2", "2024-02-16")]


def test_overdue_calendar_days_wait_for_a_working_day() -> None:
    """Counted in calendar days from Friday 22/11/2024, one and two days fall on the weekend: Monday, once."""
    policy = replace(UNIT_ONLY, before=(), overdue=(Count(1, "day"), Count(2, "day"), Count(4, "day")))
    found = ladder("2024-11-22", policy=policy)
    assert days(found.rungs) == [("overdue-1", "2024-11-25"), ("overdue-4", "2024-11-26")]
    assert days(found.superseded) == [("overdue-2", "2024-11-25")]


def test_the_shipped_policies_are_quiet() -> None:
    """chuan reminds three times before and twice after; dai-han only begins earlier."""
    assert (STANDARD.before, LONG_RANGE.before) == ((10, 3, 0), (180, 90, 30, 10, 3, 0))
    assert STANDARD.overdue == (Count(1), Count(2))
    assert STANDARD.letter == Count(3)
    assert [(step.to, step.after, step.approve) for step in STANDARD.escalate] == [
        ("overseer", Count(1), False),
        ("leader", Count(4), True),
        ("own_leadership", Count(8), False),
    ]
    assert [count.days for count in STANDARD.review] == [2, 4, 6, 8, 10]
    assert (STANDARD.send_at, STANDARD.days, STANDARD.notice, STANDARD.late) == (time(8), "working", True, "newest")
    assert replace(LONG_RANGE, id="chuan", before=STANDARD.before) == STANDARD


@pytest.mark.parametrize(
    ("stated", "days_to_due", "chosen"),
    [
        (None, 183, "chuan"),
        (None, 184, "dai-han"),
        (None, 0, "chuan"),
        ("rieng", 400, "rieng"),
        ("chuan", 400, "chuan"),
    ],
)
def test_the_long_policy_is_taken_beyond_183_days(stated: str | None, days_to_due: int, chosen: str) -> None:
    """Without a stated policy a ladder of more than 183 days is dai-han's, any other chuan's."""
    assert policy_id(stated, days_to_due) == chosen


# -- days off in a row --------------------------------------------------------------------------------------------


def test_new_year_pile_up_leaves_once_on_the_last_working_day() -> None:
    """Due Sunday 31/12/2023 with 01/01 off: the last two days' reminders leave as one on Friday 29/12, the nearest."""
    found = ladder("2023-12-31", policy=replace(UNIT_ONLY, before=(2, 1, 0)))
    assert days(found.rungs) == [("before-0", "2023-12-29"), ("overdue-1", "2024-01-02"), ("overdue-2", "2024-01-03")]
    assert days(found.superseded) == [("before-2", "2023-12-29"), ("before-1", "2023-12-29")]


def test_after_new_year_one_more_reminder_while_on_time() -> None:
    """Due 05/01/2024: what falls on 30/12–01/01 leaves on 29/12 under the nearest id, then once on 02/01."""
    found = ladder("2024-01-05", policy=replace(UNIT_ONLY, before=(6, 5, 4), overdue=()))
    assert days(found.rungs) == [("before-4", "2023-12-29"), ("after-break", "2024-01-02")]
    assert days(found.superseded) == [("before-6", "2023-12-29"), ("before-5", "2023-12-29")]


def test_two_days_off_are_moved_but_not_repeated() -> None:
    """A reminder for Saturday 16/07/2022 leaves on Friday; an ordinary weekend owes nothing on Monday."""
    found = ladder("2022-07-20", policy=replace(UNIT_ONLY, before=(4,), overdue=()))
    assert days(found.rungs) == [("before-4", "2022-07-15")]


def test_a_break_that_no_rung_falls_in_owes_nothing() -> None:
    """Due 08/01/2024 with a rung three days before: New Year's break is none of its business."""
    found = ladder("2024-01-08", policy=replace(UNIT_ONLY, before=(3,), overdue=()))
    assert days(found.rungs) == [("before-3", "2024-01-05")]


def test_tet_2024_with_the_deadline_after_it() -> None:
    """Due 20/02/2024: ten days before is the first day of Tết, so Wednesday 07/02, then Thursday 15/02 again."""
    assert days(ladder("2024-02-20", policy=UNIT_ONLY).rungs) == [
        ("before-10", "2024-02-07"),
        ("after-break", "2024-02-15"),
        ("before-3", "2024-02-16"),
        ("before-0", "2024-02-20"),
        ("overdue-1", "2024-02-21"),
        ("overdue-2", "2024-02-22"),
    ]


def test_tet_2024_with_the_deadline_inside_it() -> None:
    """Due Monday 12/02/2024, mùng Ba: before-3 and before-0 are one reminder on 07/02, and none follows in time."""
    found = ladder("2024-02-12", policy=UNIT_ONLY)
    assert days(found.rungs) == [
        ("before-10", "2024-02-02"),
        ("before-0", "2024-02-07"),
        ("overdue-1", "2024-02-15"),
        ("overdue-2", "2024-02-16"),
    ]
    assert days(found.superseded) == [("before-3", "2024-02-07")]


def test_tet_2026_with_the_deadline_on_its_last_day() -> None:
    """Due Friday 20/02/2026: one reminder on Friday 13/02 under before-0; Monday 23/02 is already overdue."""
    found = ladder("2026-02-20")
    assert days(found.rungs) == [
        ("before-10", "2026-02-10"),
        ("before-0", "2026-02-13"),
        ("overdue-1", "2026-02-23"),
        ("overdue-2", "2026-02-24"),
    ]
    assert days(found.superseded) == [("before-3", "2026-02-13")]
    assert days(found.rungs, "leader", "own_leadership") == [
        ("leader-4", "2026-02-26"),
        ("own_leadership-8", "2026-03-04"),
    ]


def test_a_deadline_on_the_first_day_after_a_break_is_reminded_that_day_once() -> None:
    """Due Monday 23/02/2026: before-3 leaves on 13/02; on the due day before-0 stands for after-break too."""
    found = ladder("2026-02-23", policy=replace(UNIT_ONLY, overdue=()))
    assert days(found.rungs) == [("before-3", "2026-02-13"), ("before-0", "2026-02-23")]
    assert days(found.superseded) == [("before-10", "2026-02-13"), ("after-break", "2026-02-23")]


def test_a_rung_of_its_own_on_the_first_day_after_a_break_stands_for_it() -> None:
    """Due 18/02/2024, three days after Tết: on 15/02 before-3 leaves, nearer the deadline than after-break."""
    found = ladder("2024-02-18", policy=UNIT_ONLY)
    assert ("before-3", "2024-02-15") in days(found.rungs)
    assert days(found.superseded) == [("after-break", "2024-02-15")]


def test_two_breaks_in_one_ladder_owe_one_reminder_each() -> None:
    """Due 05/05/2026: after Giỗ Tổ (25–27/04) and after 30/04–03/05 a reminder each, under ids of their own."""
    found = ladder("2026-05-05", policy=replace(UNIT_ONLY, overdue=()))
    assert days(found.rungs) == [
        ("before-10", "2026-04-24"),
        ("after-break", "2026-04-28"),
        ("before-3", "2026-04-29"),
        ("after-break-1", "2026-05-04"),
        ("before-0", "2026-05-05"),
    ]
    first = settle(found, local("2026-04-28 08:00"), ["before-10"], UNIT_ONLY)
    assert leaving(first) == ["after-break"]
    second = settle(found, local("2026-05-04 08:00"), ["before-10", "after-break", "before-3"], UNIT_ONLY)
    assert leaving(second) == ["after-break-1"]


def test_a_start_inside_a_break_owes_the_reminder_after_it() -> None:
    """Activated on Sunday 15/02/2026 in Tết, due 27/02: what leaves on 13/02 is past, 23/02 is owed."""
    found = ladder("2026-02-27", "2026-02-15 09:00", policy=replace(UNIT_ONLY, overdue=()))
    assert days(found.rungs) == [("after-break", "2026-02-23"), ("before-3", "2026-02-24"), ("before-0", "2026-02-27")]


# -- days: all, quiet days ----------------------------------------------------------------------------------------


def test_days_all_leaves_on_days_off() -> None:
    """With `days: all` every rung stays on its own day, in Tết and at the weekend, and no break is made."""
    policy = replace(UNIT_ONLY, days="all", overdue=(Count(1, "day"), Count(2, "day")))
    assert days(ladder("2026-02-20", policy=policy).rungs) == [
        ("before-10", "2026-02-10"),
        ("before-3", "2026-02-17"),
        ("before-0", "2026-02-20"),
        ("overdue-1", "2026-02-21"),
        ("overdue-2", "2026-02-22"),
    ]


def test_days_all_still_counts_working_days_where_they_are_asked_for() -> None:
    """`unit: working_day` counts working days whatever `days` says."""
    assert days(ladder("2024-11-22", policy=replace(UNIT_ONLY, days="all")).rungs)[-2:] == [
        ("overdue-1", "2024-11-25"),
        ("overdue-2", "2024-11-26"),
    ]


def test_quiet_days_are_days_off_for_rungs() -> None:
    """An office that is quiet from 05/02 to 16/02/2024: one reminder on 02/02, one on Monday 19/02."""
    quiet = quiet_days(date(2024, 2, 5), date(2024, 2, 16))
    found = ladder("2024-02-20", policy=UNIT_ONLY, quiet=quiet)
    assert days(found.rungs) == [
        ("before-3", "2024-02-02"),
        ("after-break", "2024-02-19"),
        ("before-0", "2024-02-20"),
        ("overdue-1", "2024-02-21"),
        ("overdue-2", "2024-02-22"),
    ]
    assert days(found.superseded) == [("before-10", "2024-02-02")]


def test_quiet_days_hold_back_overdue_rungs_too() -> None:
    """Due on the eve of the quiet range: the first overdue reminder leaves on the first day after it."""
    quiet = quiet_days(date(2024, 2, 5), date(2024, 2, 16))
    found = ladder("2024-02-02", policy=UNIT_ONLY, quiet=quiet)
    assert days(found.rungs)[-2:] == [("overdue-1", "2024-02-19"), ("overdue-2", "2024-02-20")]


# -- a start in the middle ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "first"),
    [
        ("2024-11-12 08:00", "before-10"),
        ("2024-11-12 08:01", "before-3"),
        ("2024-11-19 07:59", "before-3"),
        ("2024-11-19 09:00", "before-0"),
        ("2024-11-22 08:01", "overdue-1"),
        ("2024-11-25 09:00", "overdue-2"),
    ],
)
def test_rungs_before_the_start_are_not_owed(since: str, first: str) -> None:
    """A rung whose time lies before the start has no row; one at that very instant is owed."""
    found = ladder("2024-11-22", since)
    assert found.rungs[0].id == first
    assert all(rung.at >= local(since) for rung in (*found.rungs, *found.superseded))


def test_a_start_long_after_the_due_date_owes_nothing() -> None:
    """When every rung lies in the past nothing is owed."""
    assert ladder("2024-11-22", "2025-02-01 00:00").rungs == ()


def test_a_rung_merged_into_a_past_one_is_not_brought_back() -> None:
    """Started on 29/12/2023 after eight: the New Year reminder of that morning is past, the next is overdue-1."""
    assert days(ladder("2023-12-31", "2023-12-29 09:00", policy=UNIT_ONLY).rungs)[0] == ("overdue-1", "2024-01-02")


# -- the notice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "at"),
    [
        ("2022-07-11 10:00", "2022-07-11 10:00"),
        ("2022-07-11 06:00", "2022-07-11 07:30"),
        ("2022-07-11 12:00", "2022-07-11 13:00"),
        ("2022-07-11 11:30", "2022-07-11 13:00"),
        ("2022-07-11 16:29", "2022-07-11 16:29"),
        ("2022-07-11 16:30", "2022-07-12 07:30"),
        ("2022-07-11 23:00", "2022-07-12 07:30"),
        ("2022-07-08 17:00", "2022-07-11 07:30"),
        ("2022-07-09 10:00", "2022-07-11 07:30"),
        ("2024-02-09 10:00", "2024-02-15 07:30"),
        ("2024-05-04 10:00", "2024-05-04 10:00"),
    ],
)
def test_the_notice_keeps_office_hours_and_working_days(since: str, at: str) -> None:
    """*Được giao* leaves at once in office hours, else at their next opening on a working day."""
    due_on = (local(since) + 60 * DAY).date().isoformat()
    notice = ladder(due_on, since, notice=True).rungs[0]
    assert (notice.id, notice.at) == ("notice", local(at))
    assert notice.day == local(at).astimezone(VIETNAM).date()


@pytest.mark.parametrize(
    ("since", "at"),
    [
        ("2022-07-09 10:00", "2022-07-09 10:00"),
        ("2022-07-09 20:00", "2022-07-10 07:30"),
        ("2024-02-10 12:15", "2024-02-10 13:00"),
    ],
)
def test_with_days_all_the_notice_keeps_office_hours_only(since: str, at: str) -> None:
    """`days: all` takes away the bound of working days, not that of hours."""
    notice = ladder("2024-12-31", since, replace(STANDARD, days="all"), notice=True).rungs[0]
    assert (notice.id, notice.at) == ("notice", local(at))


def test_quiet_days_hold_the_notice_back() -> None:
    """Activated in a quiet range the notice waits for its end."""
    quiet = quiet_days(date(2024, 7, 8), date(2024, 7, 10))
    assert ladder("2024-12-31", "2024-07-08 10:00", notice=True, quiet=quiet).rungs[0].at == local("2024-07-11 07:30")


def test_the_notice_is_owed_only_when_asked_for_and_wanted() -> None:
    """A later period has no notice, nor has a policy that wants none."""
    silent = replace(STANDARD, notice=False)
    assert "notice" not in [rung.id for rung in ladder("2024-11-22", "2024-11-01 09:00").rungs]
    assert "notice" not in [rung.id for rung in ladder("2024-11-22", "2024-11-01 09:00", silent, notice=True).rungs]
    assert "notice" in [rung.id for rung in ladder("2024-11-22", "2024-11-01 09:00", notice=True).rungs]


@pytest.mark.parametrize(
    ("since", "instead"),
    [
        ("2022-07-19 07:00", "before-0"),
        ("2022-07-14 17:00", "before-3"),
        ("2022-07-20 07:00", "overdue-1"),
        ("2022-07-18 17:00", "before-0"),
    ],
)
def test_the_notice_gives_way_to_another_rung_of_its_day(since: str, instead: str) -> None:
    """Where the notice would leave on a day that has a rung, one reminder leaves: the rung."""
    found = ladder("2022-07-19", since, notice=True)
    assert found.rungs[0].id == instead
    assert [rung.id for rung in found.superseded] == ["notice"]


def test_the_notice_stays_when_the_rung_of_its_day_is_past() -> None:
    """Activated at 09:00 of the due day: before-0 at 08:00 is not owed, so the notice is the day's reminder."""
    found = ladder("2022-07-19", "2022-07-19 09:00", notice=True)
    assert days(found.rungs)[:2] == [("notice", "2022-07-19"), ("overdue-1", "2022-07-20")]
    assert found.superseded == ()


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2022-07-11 14:00", "2022-07-11 14:00"),
        ("2022-07-11 11:45", "2022-07-11 13:00"),
        ("2022-07-15 16:45", "2022-07-18 07:30"),
        ("2026-02-13 17:00", "2026-02-23 07:30"),
    ],
)
def test_late_notices_wait_for_the_next_opening(instant: str, expected: str) -> None:
    """The first moment of office hours on a working day, from an instant on."""
    assert clockwork().opening(local(instant), "working") == local(expected)


def test_office_hours_are_the_office_s_own() -> None:
    """Winter hours move the opening: 07:30–12:00 and 13:30–17:00."""
    winter = clockwork(hours=(OfficeHours(time(7, 30), time(12)), OfficeHours(time(13, 30), time(17))))
    assert winter.opening(local("2022-12-12 11:45"), "working") == local("2022-12-12 11:45")
    assert winter.opening(local("2022-12-12 12:00"), "working") == local("2022-12-12 13:30")
    assert winter.opening(local("2022-12-12 16:45"), "working") == local("2022-12-12 16:45")


# -- settle: what to record now -------------------------------------------------------------------------------------


def test_nothing_is_owed_before_its_time() -> None:
    """A minute before the first rung nothing is due; at its instant that rung is."""
    found = ladder("2024-11-22")
    assert settle(found, local("2024-11-12 07:59"), [], STANDARD) == ()
    assert leaving(settle(found, local("2024-11-12 08:00"), [], STANDARD)) == ["before-10"]


def test_of_several_owed_only_the_newest_leaves() -> None:
    """Down from 11/11 to 22/11/2024: before-0 leaves, the two before it are superseded with their reason."""
    owed = settle(ladder("2024-11-22"), local("2024-11-22 09:00"), [], STANDARD)
    assert leaving(owed) == ["before-0"]
    assert superseded(owed) == ["before-10", "before-3"]


def test_the_newest_is_per_audience() -> None:
    """After a long outage everybody gets their own newest: the unit, the overseer, the secretariat, the leaders."""
    owed = settle(ladder("2024-11-22"), local("2024-12-05 09:00"), [], STANDARD)
    assert leaving(owed) == ["overdue-2", "leader-4", "overseer-1", "own_leadership-8", "letter-3"]
    assert superseded(owed) == ["before-10", "before-3", "before-0", "overdue-1"]


def test_known_rungs_are_not_repeated() -> None:
    """What has a row already is neither sent nor superseded again."""
    found = ladder("2024-11-22")
    now = local("2024-11-22 09:00")
    owed = settle(found, now, ["before-10"], STANDARD)
    assert (leaving(owed), superseded(owed)) == (["before-0"], ["before-3"])
    assert settle(found, now, ["before-10", "before-3", "before-0"], STANDARD) == ()


def test_late_all_sends_every_one() -> None:
    """With `late: all` nothing is superseded for being older."""
    policy = replace(STANDARD, late="all")
    owed = settle(ladder("2024-11-22", policy=policy), local("2024-11-22 09:00"), [], policy)
    assert (leaving(owed), superseded(owed)) == (["before-10", "before-3", "before-0"], [])


def test_merged_rungs_are_recorded_with_their_own_reason() -> None:
    """A rung of the same day is superseded as such, another text than that of an older one."""
    found = ladder("2023-12-31", policy=replace(UNIT_ONLY, before=(10, 1, 0)))
    owed = settle(found, local("2023-12-29 08:00"), [], UNIT_ONLY)
    assert leaving(owed) == ["before-0"]
    reasons = {one.rung.id: one.why for one in owed if one.why}
    assert reasons["before-1"]
    assert reasons["before-10"]
    assert "cùng ngày" in reasons["before-1"]
    assert "cùng ngày" not in reasons["before-10"]


def test_next_at_is_the_first_instant_strictly_after() -> None:
    """The index that planning reads: the next rung's instant, none after the last."""
    found = ladder("2024-11-22")
    assert found.next_at(local("2024-11-01 00:00")) == local("2024-11-12 08:00")
    assert found.next_at(local("2024-11-12 08:00")) == local("2024-11-19 08:00")
    assert found.next_at(local("2024-12-04 08:00")) is None


# -- properties -----------------------------------------------------------------------------------------------------

Case = tuple[Policy, date, datetime, Clockwork, Ladder]
DUES = st.dates(date(2023, 1, 1), date(2026, 12, 31))
UNITS: st.SearchStrategy[CountUnit] = st.sampled_from(["working_day", "day"])
POLICIES = st.builds(
    lambda before, overdue, unit, leader, letter, mode, late: Policy(
        "thu",
        before=tuple(before),
        overdue=tuple(Count(number, unit) for number in sorted(overdue)),
        letter=Count(letter, unit) if letter else None,
        escalate=(
            Escalation(Count(1, unit), "overseer"),
            Escalation(Count(leader, unit), "leader", approve=True),
            Escalation(Count(leader + 3, unit), "own_leadership"),
        ),
        days=mode,
        late=late,
    ),
    st.lists(st.integers(0, 200), unique=True, max_size=8),
    st.sets(st.integers(1, 12), max_size=4),
    UNITS,
    st.integers(1, 9),
    st.integers(0, 5),
    st.sampled_from(["working", "all"]),
    st.sampled_from(["newest", "all", "none"]),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A policy, a due date, a start somewhere round it, perhaps quiet days, and the ladder they make."""
    policy, due_on = draw(POLICIES), draw(DUES)
    since = local(f"{due_on} 00:00") + timedelta(hours=draw(st.integers(-24 * 230, 24 * 20)))
    first = due_on + timedelta(days=draw(st.integers(-40, 10)))
    quiet = quiet_days(first, first + timedelta(days=draw(st.integers(0, 12)))) if draw(st.booleans()) else None
    machine = clockwork(quiet)
    said_at = since + timedelta(hours=draw(st.sampled_from([0, 24 * 9])))  # at the start, or a word that came later
    words = (None, First(NOTICE, since, opens=True), First(NOTICE, said_at), First(RETURNED, said_at))
    first_word, is_later = draw(st.sampled_from(words)), draw(st.booleans())
    return policy, due_on, since, machine, build(policy, due_on, since, machine, first=first_word, is_later=is_later)


def working_day_before(day: date, machine: Clockwork) -> date:
    """The day itself or the working day before it, one step at a time."""
    while not machine.calendar.is_working(day):
        day -= DAY
    return day


@given(cases())
@settings(max_examples=150)
def test_no_rung_lies_before_the_start(case: Case) -> None:
    """Neither a rung that leaves nor one merged away has its time before the ladder's start."""
    _, _, since, _, found = case
    assert all(rung.at >= since for rung in (*found.rungs, *found.superseded))


@given(cases())
@settings(max_examples=150)
def test_at_most_one_reminder_a_day_for_each_audience(case: Case) -> None:
    """One recipient gets one reminder of one assignment on one day; a first word may follow what it could not know."""
    *_, found = case
    places = [(rung.audience, rung.day) for rung in found.rungs if rung.id not in FIRST_WORDS]
    assert len(places) == len(set(places))


@given(cases())
@settings(max_examples=150)
def test_every_rung_has_an_id_of_its_own(case: Case) -> None:
    """Within a ladder an id names one rung for each audience: the ledger refuses a second row under it."""
    *_, found = case
    ids = [(rung.audience, rung.id) for rung in (*found.rungs, *found.superseded)]
    assert len(ids) == len(set(ids))


@given(cases())
@settings(max_examples=150)
def test_before_rungs_keep_their_day_or_the_working_day_before(case: Case) -> None:
    """Every owed before-rung stands in the ladder, on its day or, where that is off, on the working day before."""
    policy, due_on, since, machine, found = case
    everything = {rung.id: rung for rung in (*found.rungs, *found.superseded) if rung.audience == "unit"}
    for count in policy.before:
        nominal = due_on - timedelta(days=count)
        day = nominal if policy.days == "all" else working_day_before(nominal, machine)
        owed = machine.instant(day, policy.send_at) >= since
        assert (f"before-{count}" in everything) == owed
        if owed:
            assert everything[f"before-{count}"].day == day


@given(cases())
@settings(max_examples=150)
def test_nothing_says_overdue_before_the_deadline_has_passed(case: Case) -> None:
    """Overdue and escalation rungs lie after the due date, on a working day unless all days are allowed."""
    policy, due_on, _, machine, found = case
    for rung in (*found.rungs, *found.superseded):
        if rung.id.startswith(("overdue", "letter", "overseer", "leader", "own_leadership")):
            assert rung.day > due_on
            assert policy.days == "all" or machine.calendar.is_working(rung.day)


@given(cases())
@settings(max_examples=150)
def test_after_a_break_comes_one_reminder_while_on_time(case: Case) -> None:
    """Each break of three or more days off that holds a before-rung owes the first working day after it, if on time."""
    policy, due_on, since, machine, found = case
    expected: set[date] = set()
    for count in policy.before if policy.days == "working" else ():
        run = machine.calendar.run_of_days_off(due_on - timedelta(days=count))
        if run and (run[1] - run[0]).days >= 2 and run[1] < due_on:
            expected.add(run[1] + DAY)
    kept = [rung for rung in (*found.rungs, *found.superseded) if rung.id.startswith("after-break")]
    owed = {day for day in expected if machine.instant(day, policy.send_at) >= since}
    assert {rung.day for rung in kept} == owed
    assert len(kept) == len(owed)


@given(cases())
@settings(max_examples=150)
def test_of_one_day_the_rung_nearest_the_deadline_leaves(case: Case) -> None:
    """What is merged away has a nearer rung of its audience and day beside it; the notice gives way to any."""
    *_, found = case
    for lost in found.superseded:
        kept = next(rung for rung in found.rungs if (rung.audience, rung.day) == (lost.audience, lost.day))
        assert kept.id not in FIRST_WORDS
        if lost.id not in FIRST_WORDS:
            assert abs(kept.distance) <= abs(lost.distance)


@given(cases(), st.lists(st.integers(1, 24 * 60), min_size=1, max_size=12))
@settings(max_examples=150)
def test_however_often_planning_runs_each_rung_is_recorded_once(case: Case, gaps: list[int]) -> None:
    """Planning at any instants, with any outages between, records every rung whose time has come exactly once."""
    policy, _, since, _, found = case
    now = since
    known: list[tuple[str, str]] = []
    for gap in [*gaps, 24 * 400]:
        now += timedelta(hours=gap)
        owed = settle(found, now, [rung for _, rung in known], policy)
        assert all(one.rung.at <= now for one in owed)
        live = [one.rung.audience for one in owed if one.why is None]
        assert policy.late != "newest" or len(live) == len(set(live))
        known += [(one.rung.audience, one.rung.id) for one in owed]
        rungs = (*found.rungs, *found.superseded)
        assert {(rung.audience, rung.id) for rung in rungs if rung.at <= now} == set(known)
    assert len(known) == len(set(known))


@given(cases())
@settings(max_examples=100)
def test_next_at_walks_every_instant_of_the_ladder(case: Case) -> None:
    """Following next_at from the start meets every instant on which a rung falls, in order, and ends."""
    _, _, since, _, found = case
    met: list[datetime] = []
    at = found.next_at(since - timedelta(seconds=1))
    while at:
        met.append(at)
        at = found.next_at(at)
    assert met == sorted({rung.at for rung in (*found.rungs, *found.superseded)})


@given(DUES, st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 - local time, placed below
@settings(max_examples=150)
def test_the_opening_is_in_office_hours_and_never_earlier(due_on: date, naive: datetime) -> None:
    """Whatever the instant, its opening is at or after it, on a working day, inside one span of the office's hours."""
    machine = clockwork()
    instant = naive.replace(tzinfo=VIETNAM).astimezone(UTC)
    opened = machine.opening(instant, "working")
    at = opened.astimezone(VIETNAM)
    assert opened >= instant
    assert machine.calendar.is_working(at.date())
    assert any(span.first <= at.time() < span.last for span in machine.hours)
    notice = build(STANDARD, due_on, instant, machine, first=First(NOTICE, instant))
    assert [rung.at for rung in (*notice.rungs, *notice.superseded) if rung.id == "notice"] == [opened]


@given(cases())
@settings(max_examples=150)
def test_coordinating_units_hear_little(case: Case) -> None:
    """Of a duty given: that it was given. Of a later period: the largest rung before and the first after, at most."""
    policy, *_, found = case
    told = [rung for rung in (*found.rungs, *found.superseded) if rung.audience == "coordinating"]
    most = {"notice", *(f"before-{max(policy.before)}" for _ in policy.before[:1])}
    most |= {f"overdue-{min(count.days for count in policy.overdue)}" for _ in policy.overdue[:1]}
    assert {rung.id for rung in told} <= most
    assert "notice" not in [rung.id for rung in told] or len(told) == 1
    units = {rung.id: rung.at for rung in (*found.rungs, *found.superseded) if rung.audience == "unit"}
    assert all(units[rung.id] == rung.at for rung in told), "at the unit's own days and hours"


@given(cases(), st.data())
@settings(max_examples=150)
def test_what_was_told_a_moment_ago_neither_leaves_nor_stands_for_another(case: Case, data: st.DataObject) -> None:
    """Of the rest every audience still gets its newest, and a first word that had given way leaves itself."""
    policy, *_, found = case
    rungs = [(rung.audience, rung.id) for rung in found.rungs if rung.id not in FIRST_WORDS]
    told = frozenset(data.draw(st.sets(st.sampled_from(rungs)))) if rungs else frozenset()
    end = local("2035-01-01 00:00")
    owed = settle(found, end, [], policy, told=told)
    assert {(one.rung.audience, one.rung.id) for one in owed if one.why == TOLD} == told
    live = {(one.rung.audience, one.rung.day): one.rung.id for one in owed if one.why is None}
    assert not told & {(one.rung.audience, one.rung.id) for one in owed if one.why is None}
    if policy.late != "newest":
        silent = {(rung.audience, rung.day) for rung in found.rungs if (rung.audience, rung.id) in told}
        words = [rung for rung in found.superseded if rung.id in FIRST_WORDS and (rung.audience, rung.day) in silent]
        assert all(live[word.audience, word.day] == word.id for word in words)
    for audience in {one.rung.audience for one in owed}:
        left = [one for one in owed if one.rung.audience == audience and one.why != TOLD]
        assert not left or any(one.why is None for one in left) or all(one.why == SAME_DAY for one in left)


# -- coordinating units, reviewers, first words that come later -----------------------------------------------------


def test_a_later_period_tells_coordinating_units_twice() -> None:
    """Due 22/11/2024, a later period: the largest before and the first overdue, on the unit's own days."""
    calm = build(STANDARD, date(2024, 11, 22), local("2024-01-01 00:00"), clockwork(), is_later=True)
    assert days(calm.rungs, "coordinating") == [("before-10", "2024-11-12"), ("overdue-1", "2024-11-25")]


def test_coordinating_rungs_are_not_merged_with_the_units() -> None:
    """Due Monday 12/02/2024 in Tết: the unit gets before-0 on 07/02, the coordinating unit its one reminder then."""
    policy = replace(UNIT_ONLY, before=(5, 3, 0))
    found = build(policy, date(2024, 2, 12), local("2023-12-01 00:00"), clockwork(), is_later=True)
    assert days(found.rungs, "coordinating") == [("before-5", "2024-02-07"), ("overdue-1", "2024-02-15")]
    assert days(found.rungs)[0] == ("before-0", "2024-02-07")


def test_the_duty_given_is_told_to_coordinating_units_and_nothing_else() -> None:
    """With the notice of a first period; no reminder follows."""
    opened = First(NOTICE, local("2024-11-01 09:00"), opens=True)
    found = build(STANDARD, date(2024, 11, 22), opened.at, clockwork(), first=opened, is_later=True)
    assert days(found.rungs, "coordinating") == [("notice", "2024-11-01")]


def test_the_reviewer_is_reminded_every_second_working_day() -> None:
    """Recorded on Friday 22/11/2024 at 15:00: 26/11, 28/11, 02/12, 04/12, 06/12."""
    assert days(reviews(STANDARD, local("2024-11-22 15:00"), clockwork()).rungs, "reviewer") == [
        ("review-2", "2024-11-26"),
        ("review-4", "2024-11-28"),
        ("review-6", "2024-12-02"),
        ("review-8", "2024-12-04"),
        ("review-10", "2024-12-06"),
    ]


def test_a_return_is_told_even_where_no_notice_is_wanted() -> None:
    """`notice: false` is about duties and dates; what is to be sent again is told all the same."""
    silent = replace(STANDARD, notice=False)
    word = First(RETURNED, local("2024-11-14 09:00"))
    found = build(silent, date(2024, 11, 22), local("2024-11-01 09:00"), clockwork(), first=word)
    assert ("returned", "2024-11-14") in days(found.rungs)


def test_a_word_that_comes_after_its_days_rung_leaves_too() -> None:
    """Returned at nine on the due day: before-0 of eight o'clock could not say so."""
    word = First(RETURNED, local("2024-11-22 09:00"))
    found = build(STANDARD, date(2024, 11, 22), local("2024-11-01 09:00"), clockwork(), first=word)
    assert [rung for rung, day in days(found.rungs) if day == "2024-11-22"] == ["before-0", "returned"]


def test_a_word_before_its_days_rung_gives_way_unless_that_was_told_already() -> None:
    """A moved date recorded at 07:40 of a rung's day: the rung tells it; where it is not repeated the word leaves."""
    moved = First(NOTICE, local("2024-11-19 07:40"))
    found = build(STANDARD, date(2024, 11, 22), moved.at, clockwork(), first=moved)
    now = local("2024-11-19 08:00")
    assert (leaving(settle(found, now, [], STANDARD)), moved.rung) == (["before-3"], "notice")
    told = frozenset({("unit", "before-3")})
    again = settle(found, now, [], STANDARD, told=told)
    assert leaving(again) == ["notice"]
    assert {one.rung.id: one.why for one in again if one.why} == {"before-3": TOLD}
    early = settle(found, local("2024-11-19 07:45"), [], STANDARD, told=told)
    assert leaving(early) == ["notice"], "already before the rung's own hour"


def test_what_was_told_supersedes_nothing() -> None:
    """After a weekend down: the notice of the move is the newest that leaves, though a told rung is newer."""
    moved = First(NOTICE, local("2024-11-18 09:00"))
    found = build(STANDARD, date(2024, 11, 22), moved.at, clockwork(), first=moved)
    owed = settle(found, local("2024-11-19 09:00"), [], STANDARD, told=frozenset({("unit", "before-3")}))
    assert leaving(owed) == ["notice"]


def test_late_none_overtakes_nothing() -> None:
    """Each rung stands for itself: whoever plans it says whether its day has passed."""
    policy = replace(STANDARD, late="none")
    owed = settle(ladder("2024-11-22", policy=policy), local("2024-11-22 09:00"), [], policy)
    assert (leaving(owed), superseded(owed)) == (["before-10", "before-3", "before-0"], [])


def test_a_late_rung_knows_whether_its_people_hear_again_that_day() -> None:
    """before-3 of Tuesday 19/11/2024 found late: on Friday before-0 is still to come until eight."""
    found = ladder("2024-11-22")
    before_3 = next(rung for rung in found.rungs if rung.id == "before-3")
    friday = date(2024, 11, 22)
    assert comes_again(found, before_3, friday, local("2024-11-21 17:00"))
    assert not comes_again(found, before_3, friday, local("2024-11-22 08:00"))
    assert not comes_again(found, before_3, date(2024, 11, 21), local("2024-11-21 07:00"))
    told = frozenset({("unit", "before-0")})
    assert not comes_again(found, before_3, friday, local("2024-11-21 17:00"), told)
    overseer = next(rung for rung in found.rungs if rung.audience == "overseer")
    assert not comes_again(found, overseer, friday, local("2024-11-21 17:00")), "other people do not count"
