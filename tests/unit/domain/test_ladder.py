"""The ladder, exactly: which reminder of a due date leaves on which day, in breaks and quiet days, after a late start.

Dates are written as an office would check them on a wall calendar; 08:00 in Viet Nam is 01:00 UTC.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from obligations.domain.policy import LONG_RANGE, STANDARD, Count, policy_id
from obligations.domain.settling import settle
from tests.unit.domain.ladder_tools import (
    UNIT_ONLY,
    days,
    ladder,
    leaving,
    local,
    quiet_days,
)

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
