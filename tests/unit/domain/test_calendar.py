"""Working days of Vietnamese offices: weekends, holidays, swaps, quiet days (Labour Code 2019, 111.3 and 112)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.domain.calendar import Calendar
from tests.unit.domain.domain_tools import library_calendar, office_calendar, public_holidays, worked_saturdays

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(1, 60)


def days(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both counted."""
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def weekdays_off(calendar: Calendar, year: int) -> list[str]:
    """The days from Monday to Friday that are not worked, as `MM-DD`."""
    found = days(date(year, 1, 1), date(year, 12, 31))
    return [f"{day:%m-%d}" for day in found if day.weekday() < 5 and not calendar.is_working(day)]


# -- what is a day off ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2021, "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03"),
        (2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02"),
        (2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04"),
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"),
    ],
)
def test_the_announced_days_off_of_a_year_are_these_and_no_others(calendar: Calendar, year: int, expected: str) -> None:
    """The weekdays off from 2021 to 2025 are those the government announced, days in lieu and swaps included."""
    assert weekdays_off(calendar, year) == expected.split()


def test_the_days_off_of_2026_with_the_office_override(calendar: Calendar) -> None:
    """In 2026 the office adds the New Year swap; Tết, the day in lieu of Giỗ Tổ and the National Day swap are known."""
    off = weekdays_off(calendar, 2026)
    assert off[:2] == ["01-01", "01-02"]
    assert off[2:7] == ["02-16", "02-17", "02-18", "02-19", "02-20"]
    assert off[7:13] == ["04-27", "04-30", "05-01", "08-31", "09-01", "09-02"]


def test_a_weekend_is_off_and_named_by_its_day(calendar: Calendar) -> None:
    """Saturday and Sunday are off under their own names; the Friday before is worked."""
    assert calendar.day_off(date(2022, 7, 15)) is None
    assert calendar.day_off(date(2022, 7, 16)) == "thứ Bảy"
    assert calendar.day_off(date(2022, 7, 17)) == "Chủ nhật"


def test_a_holiday_is_off_and_named(calendar: Calendar) -> None:
    """A public holiday is off under its name; the day after it is worked."""
    assert calendar.day_off(date(2022, 9, 2)) == "Quốc khánh"
    assert calendar.day_off(date(2022, 9, 5)) is None


def test_tet_follows_the_vietnamese_lunar_calendar(calendar: Calendar) -> None:
    """The first day of Tết is the one of UTC+7: 17/02/2007 and 02/02/2030, where China's calendar is a day later."""
    for first, second in ((date(2007, 2, 17), date(2007, 2, 18)), (date(2030, 2, 2), date(2030, 2, 3))):
        assert calendar.day_off(first) == "Tết Nguyên Đán"
        assert calendar.day_off(second) != "Tết Nguyên Đán"


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swap_takes_a_weekday_and_gives_a_saturday(calendar: Calendar, off: date, worked: date) -> None:
    """A swap makes a weekday a day off and one Saturday a working day; the Saturdays beside it stay off."""
    assert not calendar.is_working(off)
    assert worked.weekday() == 5
    assert calendar.is_working(worked)
    assert not calendar.is_working(worked - 7 * DAY)
    assert not calendar.is_working(worked + 7 * DAY)


def test_without_the_office_override_the_swap_of_january_2026_is_unknown(calendar: Calendar) -> None:
    """The package alone gets both days of the New Year swap wrong, which is why an office overrides it."""
    library = library_calendar()
    assert (library.is_working(date(2026, 1, 2)), library.is_working(date(2026, 1, 10))) == (True, False)
    assert (calendar.is_working(date(2026, 1, 2)), calendar.is_working(date(2026, 1, 10))) == (False, True)


def test_an_override_wins_over_the_public_list() -> None:
    """A day off of the office is off under the office's name; a public holiday that it works is worked."""
    storm, victory = date(2024, 9, 9), date(2024, 4, 30)
    own = Calendar(public_holidays, off={storm: "Nghỉ phòng bão"}, worked=[victory])
    assert own.day_off(storm) == "Nghỉ phòng bão"
    assert own.is_working(victory)
    assert office_calendar().is_working(storm)
    assert not office_calendar().is_working(victory)


def test_a_day_off_without_a_name_is_still_off() -> None:
    """An override with an empty name takes the day off all the same."""
    own = Calendar(public_holidays, off={date(2024, 9, 9): ""})
    assert not own.is_working(date(2024, 9, 9))
    assert own.is_working(date(2024, 9, 10))
    assert own.add(date(2024, 9, 6), 1) == date(2024, 9, 10)


def test_only_an_announced_year_is_confirmed(calendar: Calendar) -> None:
    """A year without an announced list is marked, so that its dates are shown as *lịch dự kiến*."""
    assert calendar.is_confirmed(2026)
    assert not calendar.is_confirmed(2027)
    assert not Calendar(public_holidays).is_confirmed(2024)


# -- quiet days -------------------------------------------------------------------------------------------------


def test_quiet_days_are_off_for_reminders_only(calendar: Calendar) -> None:
    """Quiet days are off in the calendar that reminders walk; the calendar of deadlines does not change."""
    quiet = dict.fromkeys(days(date(2024, 2, 5), date(2024, 2, 7)), "Tết của cơ quan")
    hushed = calendar.with_quiet(quiet)
    assert hushed.day_off(date(2024, 2, 5)) == "Tết của cơ quan"
    assert hushed.on_or_after(date(2024, 2, 5)) == date(2024, 2, 15)
    assert calendar.on_or_after(date(2024, 2, 5)) == date(2024, 2, 5)


def test_a_quiet_day_silences_a_worked_saturday(calendar: Calendar) -> None:
    """A Saturday worked by a swap is off for reminders when the office wants quiet that day."""
    saturday = date(2024, 5, 4)
    assert calendar.is_working(saturday)
    assert not calendar.with_quiet({saturday: "yên"}).is_working(saturday)


def test_quiet_days_keep_the_other_overrides(calendar: Calendar) -> None:
    """With quiet days the swaps and the confirmed years stay as they were."""
    hushed = calendar.with_quiet({date(2026, 3, 2): "yên"})
    assert not hushed.is_working(date(2026, 1, 2))
    assert hushed.is_working(date(2026, 1, 10))
    assert hushed.is_confirmed(2026)
    assert not hushed.is_confirmed(2027)


def test_no_quiet_days_change_nothing(calendar: Calendar) -> None:
    """An office without quiet ranges reminds by its ordinary calendar."""
    hushed = calendar.with_quiet({})
    assert weekdays_off(hushed, 2026) == weekdays_off(calendar, 2026)


# -- steps, literally -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2022, 7, 15), date(2022, 7, 15), date(2022, 7, 15)),
        (date(2022, 7, 16), date(2022, 7, 18), date(2022, 7, 15)),
        (date(2022, 7, 17), date(2022, 7, 18), date(2022, 7, 15)),
        (date(2023, 12, 31), date(2024, 1, 2), date(2023, 12, 29)),
        (date(2024, 2, 10), date(2024, 2, 15), date(2024, 2, 7)),
        (date(2026, 2, 14), date(2026, 2, 23), date(2026, 2, 13)),
        (date(2024, 5, 4), date(2024, 5, 4), date(2024, 5, 4)),
        (date(2024, 5, 5), date(2024, 5, 6), date(2024, 5, 4)),
        (date(2026, 1, 1), date(2026, 1, 5), date(2025, 12, 31)),
    ],
)
def test_the_nearest_working_day(calendar: Calendar, day: date, after: date, before: date) -> None:
    """A working day stays; a day off runs to the next working day (148.5), or back to the one before."""
    assert (calendar.on_or_after(day), calendar.on_or_before(day)) == (after, before)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2022, 7, 8), 1, date(2022, 7, 11)),
        (date(2022, 7, 9), 1, date(2022, 7, 11)),
        (date(2022, 7, 10), 1, date(2022, 7, 11)),
        (date(2022, 7, 11), 1, date(2022, 7, 12)),
        (date(2022, 7, 8), 10, date(2022, 7, 22)),
        (date(2023, 12, 29), 1, date(2024, 1, 2)),
        (date(2024, 2, 7), 1, date(2024, 2, 15)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2024, 5, 3), 2, date(2024, 5, 6)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
    ],
)
def test_counting_starts_on_the_next_day(calendar: Calendar, day: date, count: int, expected: date) -> None:
    """The first day is never counted (Civil Code 2015, 147.2); days off are not, worked Saturdays are."""
    assert calendar.add(day, count) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 7, 11), date(2022, 7, 15), 5),
        (date(2022, 7, 11), date(2022, 7, 17), 5),
        (date(2022, 7, 16), date(2022, 7, 17), 0),
        (date(2022, 7, 15), date(2022, 7, 15), 1),
        (date(2022, 7, 15), date(2022, 7, 14), 0),
        (date(2024, 7, 15), date(2022, 7, 14), 0),
        (date(2024, 2, 1), date(2024, 2, 29), 16),
        (date(2024, 4, 29), date(2024, 5, 5), 3),
        (date(2023, 12, 25), date(2024, 1, 5), 9),
    ],
)
def test_working_days_between_two_days(calendar: Calendar, first: date, last: date, expected: int) -> None:
    """Both ends count when worked; turned round or without a working day it is none."""
    assert calendar.count(first, last) == expected


def test_counting_backwards_first_does_not_spoil_later_questions() -> None:
    """A question with its ends turned round leaves a fresh calendar as able as before."""
    fresh = Calendar(public_holidays)
    assert fresh.count(date(2025, 1, 1), date(2022, 1, 1)) == 0
    assert fresh.count(date(2022, 7, 11), date(2022, 7, 15)) == 5
    assert fresh.add(date(2024, 7, 12), 1) == date(2024, 7, 15)


@pytest.mark.parametrize(
    ("day", "run"),
    [
        (date(2022, 7, 16), (date(2022, 7, 16), date(2022, 7, 17))),
        (date(2024, 1, 1), (date(2023, 12, 30), date(2024, 1, 1))),
        (date(2024, 2, 8), (date(2024, 2, 8), date(2024, 2, 14))),
        (date(2026, 2, 18), (date(2026, 2, 14), date(2026, 2, 22))),
        (date(2024, 4, 18), (date(2024, 4, 18), date(2024, 4, 18))),
        (date(2024, 5, 1), (date(2024, 4, 27), date(2024, 5, 1))),
        (date(2024, 5, 2), None),
        (date(2024, 5, 4), None),
    ],
)
def test_a_run_of_days_off_has_its_two_ends(calendar: Calendar, day: date, run: tuple[date, date] | None) -> None:
    """The run round a day off reaches from one working day to the next; a working day has none."""
    assert calendar.run_of_days_off(day) == run


def test_far_steps_cross_years_in_both_directions() -> None:
    """A step may leave the years asked for so far, forward by a thousand working days and back over New Year."""
    fresh = Calendar(lambda _: {})
    assert fresh.on_or_before(date(2028, 1, 1)) == date(2027, 12, 31)
    assert fresh.add(date(2022, 1, 3), 1000) == date(2025, 11, 3)
    assert fresh.on_or_after(date(2022, 12, 31)) == date(2023, 1, 2)


def test_the_order_of_questions_does_not_matter() -> None:
    """A calendar asked about 2040 first answers 2022 as one asked in order."""
    late, early = Calendar(public_holidays), Calendar(public_holidays)
    late.add(date(2040, 5, 5), 3)
    for day in days(date(2022, 1, 1), date(2022, 12, 31)):
        assert late.add(day, 5) == early.add(day, 5)


def test_each_year_of_holidays_is_asked_for_once() -> None:
    """The list of one year is computed once, however many dates are asked."""
    asked: list[int] = []

    def holidays_of(year: int) -> dict[date, str]:
        asked.append(year)
        return {}

    counted = Calendar(holidays_of)
    for day in days(date(2022, 1, 1), date(2022, 3, 31)):
        counted.add(day, 30)
    assert len(asked) == len(set(asked))


# -- properties: a walk day by day is the judge -------------------------------------------------------------------


def naive_off(day: date) -> bool:
    """Whether a day is off, by the lists themselves and not through Calendar."""
    if day in worked_saturdays() or day == date(2026, 1, 10):
        return False
    return day.weekday() >= 5 or day in public_holidays(day.year) or day == date(2026, 1, 2)


def naive_add(day: date, count: int) -> date:
    """The count-th working day after `day`, one step at a time."""
    while count:
        day += DAY
        count -= not naive_off(day)
    return day


@given(DAYS, COUNTS)
def test_add_agrees_with_a_walk_day_by_day(day: date, count: int) -> None:
    """The look-up gives what stepping one day at a time gives."""
    assert office_calendar().add(day, count) == naive_add(day, count)


@given(DAYS, st.integers(0, 400))
def test_count_agrees_with_a_walk_day_by_day(first: date, length: int) -> None:
    """The number of working days is what counting them one by one gives."""
    last = first + length * DAY
    assert office_calendar().count(first, last) == sum(not naive_off(day) for day in days(first, last))


@given(DAYS, COUNTS)
def test_add_and_count_undo_each_other(day: date, count: int) -> None:
    """From the day after to the n-th working day after there are n working days, and it is itself worked."""
    calendar = office_calendar()
    end = calendar.add(day, count)
    assert calendar.count(day + DAY, end) == count
    assert calendar.is_working(end)


@given(DAYS, COUNTS, COUNTS)
def test_adding_in_two_steps_is_adding_at_once(day: date, one: int, two: int) -> None:
    """Working days may be added piece by piece."""
    calendar = office_calendar()
    assert calendar.add(calendar.add(day, one), two) == calendar.add(day, one + two)


@given(DAYS)
def test_the_nearest_working_days_enclose_only_days_off(day: date) -> None:
    """on_or_before and on_or_after are worked and nothing between them but the day itself can be."""
    calendar = office_calendar()
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert (before == day) == (after == day) == (not naive_off(day))
    assert all(naive_off(between) for between in days(before + DAY, after - DAY) if before != after)


@given(DAYS)
def test_the_run_of_days_off_is_the_gap_between_working_days(day: date) -> None:
    """A run holds the day, is all off, and touches a working day at either end."""
    calendar = office_calendar()
    run = calendar.run_of_days_off(day)
    assert (run is None) == calendar.is_working(day)
    if run:
        assert run[0] <= day <= run[1]
        assert all(naive_off(one) for one in days(*run))
        assert not naive_off(run[0] - DAY)
        assert not naive_off(run[1] + DAY)


@given(
    st.dictionaries(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.sampled_from(["", "nghỉ"]), max_size=20),
    st.sets(st.dates(date(2023, 1, 1), date(2023, 12, 31)), max_size=20),
    st.dates(date(2023, 1, 1), date(2023, 12, 1)),
    st.integers(1, 15),
)
def test_any_overrides_are_counted_as_written(off: dict[date, str], worked: set[date], day: date, count: int) -> None:
    """Whatever days an office adds or works, the count is that of a walk that reads the same lists."""
    own = Calendar(lambda _: {}, off=off, worked=worked)

    def is_off(one: date) -> bool:
        return one not in worked and (one in off or one.weekday() >= 5)

    left, walked = count, day
    while left:
        walked += DAY
        left -= not is_off(walked)
    assert own.add(day, count) == walked
