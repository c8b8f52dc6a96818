"""First words: the duty given, a moved date, a return; and who else hears of a duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from obligations.domain.ladder import (
    NOTICE,
    RETURNED,
    First,
    build,
    reviews,
)
from obligations.domain.plan import OfficeHours
from obligations.domain.policy import STANDARD
from tests.unit.domain.ladder_tools import (
    DAY,
    UNIT_ONLY,
    VIETNAM,
    clockwork,
    days,
    ladder,
    local,
    quiet_days,
)

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
