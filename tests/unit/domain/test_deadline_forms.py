"""Every form of the deadline grammar, by literal dates: what each gives, and its neighbour that it does not.

The articles are those of the Civil Code 2015 (91/2015/QH13): 147 the first day is not counted, 148.3 a month without
the day ends on its last, 148.5 a period that ends on a day off ends on the next working day, 148.6 at 24:00.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

import pytest

from obligations.domain.calendar import Calendar
from obligations.domain.deadline import After, Fixed, is_bounded
from obligations.domain.due import Reading
from obligations.domain.errors import GrammarError
from obligations.domain.grammar import Value, parse
from tests.unit.domain.domain_tools import SWAP_OFF, SWAP_WORKED, ask, dates, library_calendar, only

Form = dict[str, Value]


# -- one fixed date ---------------------------------------------------------------------------------------------


def test_by_a_date_is_that_day() -> None:
    """Chậm nhất ngày, đến hết ngày: the day itself is the last day on time."""
    assert dates({"by": "2022-07-20"}) == {"once": "2022-07-20"}


@pytest.mark.parametrize("day", ["2021-02-07", "2026-01-03", "2026-01-02", "2024-02-10", "2024-02-29"])
def test_a_fixed_date_is_never_moved(calendar: Calendar, day: str) -> None:
    """A printed date stays on a Sunday, a Saturday, a holiday or the first day of Tết: 148.5 speaks of periods only."""
    assert only({"by": day}).on == date.fromisoformat(day)
    assert calendar.is_working(date.fromisoformat(day)) == (day == "2024-02-29")


def test_by_a_date_and_hour_ends_at_that_hour() -> None:
    """Trước 14 giờ ngày 05/12/2017: that day, not the day before, at 14:00; without `at` the day has no hour."""
    due = only({"by": "2017-12-05", "at": "14:00"})
    assert (due.on, due.at) == (date(2017, 12, 5), time(14))
    assert only({"by": "2017-12-05"}).at is None


@pytest.mark.parametrize(
    ("before", "due"),
    [
        ("2022-07-20", "2022-07-19"),
        ("2022-07-01", "2022-06-30"),
        ("2022-01-01", "2021-12-31"),
        ("2024-03-01", "2024-02-29"),
        ("2023-03-01", "2023-02-28"),
        ("2022-07-18", "2022-07-17"),
    ],
)
def test_before_a_date_is_the_day_before(before: str, due: str) -> None:
    """Trước ngày X ends with the day before X, also when that is a Sunday; `by: X` would be X itself."""
    assert only({"before": before}).on == date.fromisoformat(due)
    assert only({"by": before}).on == date.fromisoformat(before)


def test_an_office_may_count_the_full_day_of_before() -> None:
    """Where the office reads trước ngày X as X itself, every form with a day follows; `by` does not change."""
    assert dates({"before": "2022-07-20"}, full_day_counts=True) == {"once": "2022-07-20"}
    assert dates({"before": "2022-07-20"}, full_day_counts=False) == {"once": "2022-07-19"}
    assert dates({"by": "2022-07-20"}, full_day_counts=True) == {"once": "2022-07-20"}
    yearly: Form = {"every": "year", "before": "12-20", "from": "2022", "to": "2022"}
    assert dates(yearly, full_day_counts=True) == {"2022": "2022-12-20"}
    assert dates(yearly, full_day_counts=False) == {"2022": "2022-12-19"}


@pytest.mark.parametrize(
    ("before", "due"),
    [
        ("2020-07", "2020-06-30"),
        ("2024-03", "2024-02-29"),
        ("2023-03", "2023-02-28"),
        ("2020-01", "2019-12-31"),
        ("2020-Q3", "2020-06-30"),
        ("2025-Q1", "2024-12-31"),
        ("2020-H2", "2020-06-30"),
        ("2021", "2020-12-31"),
    ],
)
@pytest.mark.parametrize("full_day_counts", [False, True])
def test_before_a_period_is_the_day_before_its_first(before: str, due: str, *, full_day_counts: bool) -> None:
    """Trước tháng 7, trước quý III, trước năm 2021 end with the period before, however trước ngày is read."""
    found = only({"before": before}, full_day_counts=full_day_counts)
    assert (found.on, found.assumed) == (date.fromisoformat(due), False)


@pytest.mark.parametrize(
    ("within", "due", "assumed"),
    [
        ("2022-07", "2022-07-31", False),
        ("2022-04", "2022-04-30", False),
        ("2024-02", "2024-02-29", False),
        ("2023-02", "2023-02-28", False),
        ("2022-Q3", "2022-09-30", False),
        ("2022-Q4", "2022-12-31", False),
        ("2022-H1", "2022-06-30", False),
        ("2022-H2", "2022-12-31", False),
        ("2023", "2023-12-31", True),
    ],
)
def test_within_a_period_is_its_last_day(within: str, due: str, *, assumed: bool) -> None:
    """Trong tháng, quý, 6 tháng, năm: the last day; only a bare year is marked assumed."""
    found = only({"within": within})
    assert (found.period, found.on, found.assumed) == ("once", date.fromisoformat(due), assumed)


@pytest.mark.parametrize(
    ("end", "due"),
    [
        ({"by": "2022-08-31"}, "2022-08-31"),
        ({"before": "2022-08-31"}, "2022-08-30"),
        ({"before": "2022-09"}, "2022-08-31"),
        ({"within": "2022-08"}, "2022-08-31"),
        ({"within": "2022-Q3"}, "2022-09-30"),
    ],
)
def test_start_only_opens_a_window(end: Mapping[str, Value], due: str) -> None:
    """Từ ngày 01/6/2022 đến …: the end is due, the start is shown and never counted from."""
    windowed = {"start": "2022-06-01", **end}
    assert only(windowed).on == only(end).on == date.fromisoformat(due)
    assert (parse(windowed).start, parse(end).start) == (date(2022, 6, 1), None)
    assert "từ ngày 01/6/2022" in only(windowed).how
    assert "01/6/2022" not in only(end).how


def test_a_window_may_be_one_day_long() -> None:
    """A window that opens and closes on the same day is allowed."""
    assert only({"start": "2022-06-01", "by": "2022-06-01"}).on == date(2022, 6, 1)


# -- every: no drift --------------------------------------------------------------------------------------------


def test_every_month_by_a_day_is_that_day_of_each_month() -> None:
    """Ngày 25 hằng tháng: the 25th of each month, weekends and New Year included."""
    assert dates({"every": "month", "by": "25", "from": "2022-11", "to": "2023-02"}) == {
        "2022-11": "2022-11-25",
        "2022-12": "2022-12-25",
        "2023-01": "2023-01-25",
        "2023-02": "2023-02-25",
    }


def test_every_month_before_a_day_is_the_day_before() -> None:
    """Trước ngày 20 hằng tháng ends with the 19th."""
    assert dates({"every": "month", "before": "20", "from": "2022-11", "to": "2022-12"}) == {
        "2022-11": "2022-11-19",
        "2022-12": "2022-12-19",
    }


def test_every_month_by_31_comes_back_after_short_months() -> None:
    """The 31st is the last day of a shorter month and the 31st again in the next long one (148.3, no drift)."""
    assert dates({"every": "month", "by": "31", "from": "2023", "to": "2023-05"}) == {
        "2023-01": "2023-01-31",
        "2023-02": "2023-02-28",
        "2023-03": "2023-03-31",
        "2023-04": "2023-04-30",
        "2023-05": "2023-05-31",
    }


@pytest.mark.parametrize(
    ("day", "common", "leap"),
    [("28", "2023-02-28", "2024-02-28"), ("29", "2023-02-28", "2024-02-29"), ("30", "2023-02-28", "2024-02-29")],
)
def test_february_gives_its_last_day_for_a_day_it_lacks(day: str, common: str, leap: str) -> None:
    """Day 29 or 30 of February is its last day, 29 only in a leap year; day 28 stays 28 (148.3)."""
    form: Form = {"every": "month", "by": day}
    assert dates(form | {"from": "2023-02", "to": "2023-03"}) == {"2023-02": common, "2023-03": f"2023-03-{day}"}
    assert dates(form | {"from": "2024-02", "to": "2024-03"}) == {"2024-02": leap, "2024-03": f"2024-03-{day}"}


def test_every_month_by_last_is_the_last_day() -> None:
    """Cuối tháng is the last day of each month, also of February in a leap year (146.2)."""
    assert list(dates({"every": "month", "by": "last", "from": "2024", "to": "2024-04"}).values()) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


def test_every_month_before_the_first_is_the_last_day_of_the_month_before() -> None:
    """Trước ngày 01 hằng tháng ends with the month before, and keeps the name of its own month."""
    assert dates({"every": "month", "before": "1", "from": "2024", "to": "2024-03"}) == {
        "2024-01": "2023-12-31",
        "2024-02": "2024-01-31",
        "2024-03": "2024-02-29",
    }


@pytest.mark.parametrize(
    ("before", "due"), [("31", "2023-02-27"), ("28", "2023-02-27"), ("27", "2023-02-26"), ("1", "2023-01-31")]
)
def test_before_a_day_that_a_month_lacks_is_by_minus_a_day(before: str, due: str) -> None:
    """`before: 31` in February is the date of `by: 31`, 28 February, minus one day."""
    assert dates({"every": "month", "before": before, "from": "2023-02", "to": "2023-02"}) == {"2023-02": due}


def test_every_quarter_by_a_day_of_its_last_month() -> None:
    """Ngày 15 của tháng cuối quý: March, June, September, December."""
    form: Form = {"every": "quarter", "by": {"month": "3", "day": "15"}, "from": "2022", "to": "2022"}
    assert dates(form) == {
        "2022-Q1": "2022-03-15",
        "2022-Q2": "2022-06-15",
        "2022-Q3": "2022-09-15",
        "2022-Q4": "2022-12-15",
    }


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("1", ["2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31"]),
        ("2", ["2024-02-29", "2024-05-31", "2024-08-31", "2024-11-30"]),
        ("3", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
    ],
)
def test_every_quarter_counts_its_months_from_one(month: str, expected: list[str]) -> None:
    """Month 1, 2 or 3 is the quarter's first, second or last; day 31 is the last day where the month is shorter."""
    form: Form = {"every": "quarter", "by": {"month": month, "day": "31"}, "from": "2024", "to": "2024"}
    assert list(dates(form).values()) == expected


def test_every_quarter_before_a_day() -> None:
    """Trước ngày 15 của tháng cuối quý ends with the 14th; before the 1st of month 1 with the quarter before."""
    form: Form = {"every": "quarter", "before": {"month": "3", "day": "15"}, "from": "2022-Q1", "to": "2022-Q2"}
    assert dates(form) == {"2022-Q1": "2022-03-14", "2022-Q2": "2022-06-14"}
    first: Form = {"every": "quarter", "before": {"month": "1", "day": "1"}, "from": "2022-Q1", "to": "2022-Q1"}
    assert dates(first) == {"2022-Q1": "2021-12-31"}


def test_every_half_year_by_two_days() -> None:
    """6 tháng và năm with days: 15/6 for the first half, 15/12 for the second."""
    form: Form = {"every": "half-year", "by": ["06-15", "12-15"], "from": "2022", "to": "2023-H1"}
    assert dates(form) == {"2022-H1": "2022-06-15", "2022-H2": "2022-12-15", "2023-H1": "2023-06-15"}


def test_every_half_year_before_two_days() -> None:
    """Trước ngày 15/6 và 15/12 end with the 14th."""
    form: Form = {"every": "half-year", "before": ["06-15", "12-15"], "from": "2022", "to": "2022"}
    assert dates(form) == {"2022-H1": "2022-06-14", "2022-H2": "2022-12-14"}


def test_the_two_days_of_a_half_year_need_not_be_alike() -> None:
    """Each half has its own month and day, 29 February among them."""
    form: Form = {"every": "half-year", "by": ["02-29", "11-30"], "from": "2023", "to": "2024"}
    assert list(dates(form).values()) == ["2023-02-28", "2023-11-30", "2024-02-29", "2024-11-30"]


def test_every_year_by_25_november_stays_25_november() -> None:
    """Chậm nhất ngày 25/11 hằng năm from 2022 to 2025: never the 24th, never 1 November, never a fifth year."""
    form: Form = {"every": "year", "by": "11-25", "from": "2022", "to": "2025"}
    assert dates(form) == {str(year): f"{year}-11-25" for year in range(2022, 2026)}


def test_every_year_before_20_december() -> None:
    """Trước ngày 20/12 hằng năm ends with 19 December."""
    form: Form = {"every": "year", "before": "12-20", "from": "2022", "to": "2023"}
    assert dates(form) == {"2022": "2022-12-19", "2023": "2023-12-19"}


def test_every_year_by_29_february_comes_back_in_leap_years() -> None:
    """29 February is 28 in a common year and 29 again in the next leap year (148.3, no drift)."""
    form: Form = {"every": "year", "by": "02-29", "from": "2023", "to": "2028"}
    assert list(dates(form).values()) == [
        *("2023-02-28", "2024-02-29", "2025-02-28"),
        *("2026-02-28", "2027-02-28", "2028-02-29"),
    ]


def test_every_year_by_31_january_and_before_1_january() -> None:
    """31 January stays; trước ngày 01/01 hằng năm ends with the year before and keeps its own year's name."""
    assert dates({"every": "year", "by": "01-31", "from": "2022", "to": "2023"}) == {
        "2022": "2022-01-31",
        "2023": "2023-01-31",
    }
    assert dates({"every": "year", "before": "01-01", "from": "2023", "to": "2023"}) == {"2023": "2022-12-31"}


def test_before_29_february_and_1_march_in_both_kinds_of_year() -> None:
    """`before: 02-29` is `by: 02-29` minus a day, `before: 03-01` the last of February."""
    years: Form = {"every": "year", "from": "2023", "to": "2024"}
    assert list(dates(years | {"before": "02-29"}).values()) == ["2023-02-27", "2024-02-28"]
    assert list(dates(years | {"before": "03-01"}).values()) == ["2023-02-28", "2024-02-29"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("month", ["2024-01-31", "2024-02-29", "2024-03-31"]),
        ("quarter", ["2024-03-31", "2024-06-30", "2024-09-30"]),
        ("half-year", ["2024-06-30", "2024-12-31"]),
        ("year", ["2024-12-31"]),
    ],
)
def test_every_alone_is_the_last_day_and_assumed(kind: str, expected: list[str]) -> None:
    """Hằng năm, hằng quý with no day stated: the period's last day, marked assumed."""
    found = ask({"every": kind, "from": "2024", "to": "2024"})
    assert [due.on for due in found][:3] == [date.fromisoformat(day) for day in expected]
    assert all(due.assumed for due in found)


@pytest.mark.parametrize(
    "form",
    [
        {"every": "month", "by": "last"},
        {"every": "quarter", "by": {"month": "3", "day": "31"}},
        {"every": "half-year", "by": ["06-30", "12-31"]},
        {"every": "year", "by": "12-31"},
    ],
)
def test_a_stated_last_day_is_not_assumed(form: Form) -> None:
    """The same day as the assumed one, once stated, is the plan's own."""
    assert not any(due.assumed for due in ask(form | {"from": "2024", "to": "2024"}))


@pytest.mark.parametrize(
    "form",
    [
        {"every": "month", "by": "25", "from": "2022-01", "to": "2022-02"},
        {"every": "quarter", "by": {"month": "3", "day": "15"}, "from": "2022", "to": "2022"},
        {"every": "half-year", "by": ["06-15", "12-15"], "from": "2022", "to": "2022"},
        {"every": "year", "by": "11-25", "from": "2022", "to": "2022"},
        {"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-01", "to": "2022-07-31"},
        {"by": "2022-07-20"},
    ],
)
def test_at_goes_with_by_in_every_form_and_with_rrule(form: Form) -> None:
    """An hour ends every due day at that hour and moves none of them."""
    plain, timed = ask(form), ask(form | {"at": "14:00"})
    assert [due.on for due in timed] == [due.on for due in plain]
    assert {due.at for due in timed} == {time(14)}
    assert {due.at for due in plain} == {None}


# -- offset -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            {"every": "month", "by": "5", "from": "2022-12", "to": "2023-01"},
            {"2022-12": "2023-01-05", "2023-01": "2023-02-05"},
        ),
        (
            {"every": "month", "by": "31", "from": "2023-01", "to": "2023-02"},
            {"2023-01": "2023-02-28", "2023-02": "2023-03-31"},
        ),
        ({"every": "month", "by": "last", "from": "2024-01", "to": "2024-01"}, {"2024-01": "2024-02-29"}),
        ({"every": "month", "before": "1", "from": "2022-07", "to": "2022-07"}, {"2022-07": "2022-07-31"}),
        (
            {"every": "quarter", "by": {"month": "1", "day": "10"}, "from": "2022-Q3", "to": "2022-Q4"},
            {"2022-Q3": "2022-10-10", "2022-Q4": "2023-01-10"},
        ),
        (
            {"every": "half-year", "by": ["07-15", "01-15"], "from": "2022", "to": "2022"},
            {"2022-H1": "2022-07-15", "2022-H2": "2023-01-15"},
        ),
        (
            {"every": "half-year", "by": ["08-10", "01-31"], "from": "2022", "to": "2023-H1"},
            {"2022-H1": "2022-08-10", "2022-H2": "2023-01-31", "2023-H1": "2023-08-10"},
        ),
        (
            {"every": "half-year", "before": ["07-15", "01-15"], "from": "2022", "to": "2022"},
            {"2022-H1": "2022-07-14", "2022-H2": "2023-01-14"},
        ),
        (
            {"every": "year", "before": "01-16", "from": "2022", "to": "2023"},
            {"2022": "2023-01-15", "2023": "2024-01-15"},
        ),
        ({"every": "year", "by": "02-29", "from": "2023", "to": "2024"}, {"2023": "2024-02-29", "2024": "2025-02-28"}),
        ({"every": "quarter", "from": "2022-Q4", "to": "2022-Q4"}, {"2022-Q4": "2023-03-31"}),
    ],
)
def test_offset_puts_the_day_in_the_following_period(form: Form, expected: dict[str, str]) -> None:
    """Ngày … của năm sau: the period keeps its name and its day lies one period later."""
    assert dates(form | {"offset": "1"}) == expected


def test_without_offset_the_day_lies_in_its_own_period() -> None:
    """The same words without `offset` stay in the period itself."""
    assert dates({"every": "month", "by": "5", "from": "2022-12", "to": "2022-12"}) == {"2022-12": "2022-12-05"}
    assert dates({"every": "year", "by": "01-16", "from": "2022", "to": "2022"}) == {"2022": "2022-01-16"}


# -- from, to, the first period -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "last", "periods"),
    [
        ("month", "2022-11", "2023-01", ["2022-11", "2022-12", "2023-01"]),
        ("month", "2022-Q4", "2022-Q4", ["2022-10", "2022-11", "2022-12"]),
        ("quarter", "2022-H2", "2023-H1", ["2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2"]),
        ("quarter", "2022-Q3", "2022", ["2022-Q3", "2022-Q4"]),
        ("half-year", "2022", "2023", ["2022-H1", "2022-H2", "2023-H1", "2023-H2"]),
        ("half-year", "2022-H2", "2022-H2", ["2022-H2"]),
        ("year", "2022", "2024", ["2022", "2023", "2024"]),
    ],
)
def test_from_and_to_in_their_own_or_a_coarser_unit(kind: str, first: str, last: str, periods: list[str]) -> None:
    """`from` in a coarser unit is its first period, `to` its last; both are owed."""
    assert list(dates({"every": kind, "from": first, "to": last})) == periods


@pytest.mark.parametrize(
    ("form", "issued_on", "first", "due"),
    [
        ({"every": "year", "by": "11-25"}, "2022-07-08", "2022", "2022-11-25"),
        ({"every": "year", "by": "11-25"}, "2022-11-25", "2022", "2022-11-25"),
        ({"every": "year", "by": "11-25"}, "2022-11-26", "2023", "2023-11-25"),
        ({"every": "year", "before": "11-25"}, "2022-11-24", "2022", "2022-11-24"),
        ({"every": "year", "before": "11-25"}, "2022-11-25", "2023", "2023-11-24"),
        ({"every": "year", "before": "01-01"}, "2022-07-08", "2023", "2022-12-31"),
        ({"every": "year", "by": "01-16", "offset": "1"}, "2022-01-16", "2021", "2022-01-16"),
        ({"every": "year", "by": "01-16", "offset": "1"}, "2022-01-17", "2022", "2023-01-16"),
        ({"every": "year"}, "2022-12-31", "2022", "2022-12-31"),
        ({"every": "half-year", "by": ["06-15", "12-15"]}, "2022-06-15", "2022-H1", "2022-06-15"),
        ({"every": "half-year", "by": ["06-15", "12-15"]}, "2022-06-16", "2022-H2", "2022-12-15"),
        ({"every": "quarter", "by": {"month": "3", "day": "15"}}, "2022-12-16", "2023-Q1", "2023-03-15"),
        ({"every": "month", "by": "25"}, "2022-07-25", "2022-07", "2022-07-25"),
        ({"every": "month", "by": "25"}, "2022-07-26", "2022-08", "2022-08-25"),
        ({"every": "month", "by": "31"}, "2022-04-30", "2022-04", "2022-04-30"),
        ({"every": "month", "before": "1"}, "2022-06-30", "2022-07", "2022-06-30"),
        ({"every": "month", "before": "1"}, "2022-07-01", "2022-08", "2022-07-31"),
        ({"every": "month", "by": "5", "offset": "1"}, "2022-07-05", "2022-06", "2022-07-05"),
        ({"every": "month", "by": "5", "offset": "1"}, "2022-07-06", "2022-07", "2022-08-05"),
    ],
)
def test_without_from_the_first_period_is_the_first_still_due(form: Form, issued_on: str, first: str, due: str) -> None:
    """The first period is the one whose due date is the first on or after the day of issue."""
    found = dates(form, issued_on=issued_on, through="2024-12-31")
    assert next(iter(found.items())) == (first, due)


@pytest.mark.parametrize(
    "form",
    [
        {"every": "year", "by": "11-25"},
        {"every": "month", "by": "25", "to": "2025"},
        {"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2025-12-31"},
    ],
)
def test_with_no_day_of_issue_from_is_required(form: Form) -> None:
    """A draft without a date cannot say its first period: `from` is asked for, by name."""
    with pytest.raises(GrammarError) as refused:
        ask(form, through="2025-12-31")
    assert refused.value.code == "from-required"
    assert "from" in refused.value.fix


def test_with_no_day_of_issue_a_stated_from_is_enough() -> None:
    """With `from` a draft without a date has its deadlines."""
    assert dates({"every": "year", "by": "11-25", "from": "2022", "to": "2022"}) == {"2022": "2022-11-25"}
    weekly: Form = {"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-08", "to": "2022-07-15"}
    assert dates(weekly) == {"2022-07-08": "2022-07-08", "2022-07-15": "2022-07-15"}


def test_a_stated_from_wins_over_the_day_of_issue() -> None:
    """`from` may lie before the day of issue or long after it."""
    for first in ("2020", "2024"):
        found = dates({"every": "year", "by": "11-25", "from": first}, issued_on="2022-07-08", through="2025-12-31")
        assert next(iter(found)) == first


def test_an_unbounded_duty_goes_up_to_the_day_asked_for() -> None:
    """Without `to` every due date up to and with the last day asked for is given, the next one is not."""
    form: Form = {"every": "year", "by": "11-25"}
    assert list(dates(form, issued_on="2022-07-08", through="2024-11-25")) == ["2022", "2023", "2024"]
    assert list(dates(form, issued_on="2022-07-08", through="2024-11-24")) == ["2022", "2023"]


def test_a_bounded_duty_is_given_whole() -> None:
    """With `to` all periods are given, however near the day asked for."""
    form: Form = {"every": "year", "by": "11-25", "from": "2022", "to": "2025"}
    assert list(dates(form, through="2022-12-31")) == ["2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("form", "bounded"),
    [
        ({"by": "2022-07-20"}, True),
        ({"before": "2022-07"}, True),
        ({"within": "2022"}, True),
        ({"after": "issued", "days": "10"}, True),
        ({"every": "year", "by": "11-25"}, False),
        ({"every": "year", "by": "11-25", "from": "2022"}, False),
        ({"every": "year", "by": "11-25", "to": "2025"}, True),
        ({"rrule": "FREQ=DAILY"}, False),
        ({"rrule": "FREQ=DAILY", "to": "2022-12-31"}, True),
    ],
)
def test_only_a_recurring_duty_without_to_is_unbounded(form: Form, *, bounded: bool) -> None:
    """Bounded forms get all their rows at once, unbounded ones to the end of next year."""
    assert is_bounded(parse(form)) is bounded


def test_a_later_period_begins_after_the_one_before() -> None:
    """Each period knows the last day of the one before: a later ladder is measured from there."""
    found = ask({"every": "quarter", "by": {"month": "3", "day": "15"}, "from": "2022-Q4", "to": "2023-Q1"})
    assert [due.after_on for due in found] == [date(2022, 9, 30), date(2022, 12, 31)]


# -- after: a period that runs (147, 148) -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued_on", "days", "due"),
    [
        ("2022-07-08", "10", "2022-07-18"),
        ("2022-07-08", "7", "2022-07-15"),
        ("2022-07-08", "8", "2022-07-18"),
        ("2022-07-08", "9", "2022-07-18"),
        ("2022-07-08", "1", "2022-07-11"),
        ("2022-07-11", "1", "2022-07-12"),
        ("2022-08-22", "10", "2022-09-05"),
        ("2022-08-21", "10", "2022-08-31"),
        ("2024-01-31", "9", "2024-02-15"),
        ("2023-12-21", "10", "2024-01-02"),
        ("2024-04-24", "10", "2024-05-04"),
        ("2024-05-01", "10", "2024-05-13"),
        ("2025-12-31", "10", "2026-01-10"),
        ("2025-12-31", "3", "2026-01-05"),
        ("2025-12-30", "3", "2026-01-05"),
    ],
)
def test_days_run_from_the_next_day_and_end_on_a_working_day(issued_on: str, days: str, due: str) -> None:
    """Trong 10 ngày kể từ ngày ban hành: the day of issue is not counted (147.2); an end on a Saturday, Sunday or
    holiday runs to the next working day, a Saturday worked by a swap does not (148.5)."""
    assert dates({"after": "issued", "days": days}, issued_on=issued_on) == {"once": due}


@pytest.mark.parametrize(
    ("issued_on", "count", "due"),
    [
        ("2022-07-08", "10", "2022-07-22"),
        ("2022-07-08", "1", "2022-07-11"),
        ("2022-07-09", "1", "2022-07-11"),
        ("2024-02-05", "2", "2024-02-07"),
        ("2024-02-05", "3", "2024-02-15"),
        ("2024-02-05", "5", "2024-02-19"),
        ("2026-02-12", "1", "2026-02-13"),
        ("2026-02-12", "2", "2026-02-23"),
        ("2024-04-25", "1", "2024-04-26"),
        ("2024-04-25", "2", "2024-05-02"),
        ("2024-04-25", "4", "2024-05-04"),
        ("2024-04-25", "5", "2024-05-06"),
        ("2025-12-31", "5", "2026-01-09"),
        ("2025-12-31", "6", "2026-01-10"),
        ("2025-12-31", "7", "2026-01-12"),
    ],
)
def test_working_days_leave_out_days_off_and_count_worked_saturdays(issued_on: str, count: str, due: str) -> None:
    """Ngày làm việc across weekends, Tết 2024 and 2026, and the swaps of 04/05/2024 and 10/01/2026."""
    assert dates({"after": "issued", "working_days": count}, issued_on=issued_on) == {"once": due}


def test_without_the_override_the_swap_of_2026_gives_other_dates() -> None:
    """With the package alone 02/01/2026 is counted and 10/01/2026 is not: the calendar is part of the deadline."""
    bare = Reading(library_calendar(), date(2025, 12, 31))
    assert After("issued", 6, "working_day").due(date(2025, 12, 31), bare).on == date(2026, 1, 9)
    assert After("issued", 10, "day").due(date(2025, 12, 31), bare).on == date(2026, 1, 12)
    assert After("issued", 2, "day").due(date(2025, 12, 31), bare).on == SWAP_OFF
    assert dates({"after": "issued", "working_days": "6"}, issued_on="2025-12-31") == {"once": SWAP_WORKED.isoformat()}


@pytest.mark.parametrize(
    ("issued_on", "months", "due"),
    [
        ("2022-07-08", "1", "2022-08-08"),
        ("2022-01-31", "1", "2022-02-28"),
        ("2024-01-31", "1", "2024-02-29"),
        ("2021-01-31", "1", "2021-03-01"),
        ("2022-01-31", "2", "2022-03-31"),
        ("2023-12-31", "2", "2024-02-29"),
        ("2022-03-31", "1", "2022-05-04"),
        ("2024-02-29", "12", "2025-02-28"),
        ("2022-11-30", "3", "2023-02-28"),
        ("2023-10-31", "2", "2024-01-02"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(issued_on: str, months: str, due: str) -> None:
    """A month ends on the corresponding day, or the month's last where it has none (148.3), then rolls (148.5)."""
    assert dates({"after": "issued", "months": months}, issued_on=issued_on) == {"once": due}


@pytest.mark.parametrize("anchor", ["issued", "bao-cao-nam", "event:hdnd-phe-chuan"])
@pytest.mark.parametrize("count", [{"days": "10"}, {"working_days": "10"}, {"months": "1"}])
def test_a_count_from_something_without_a_date_is_open(anchor: str, count: Form) -> None:
    """Until its event has a date the period is open: no due date, and words that say what it waits for."""
    due = only({"after": anchor, **count})
    assert (due.period, due.on, due.assumed) == ("once", None, False)
    assert anchor.removeprefix("event:").replace("issued", "ban hành") in due.how


@pytest.mark.parametrize("anchor", ["bao-cao-nam", "event:hdnd-phe-chuan"])
def test_a_count_from_an_event_ignores_the_day_of_issue(calendar: Calendar, anchor: str) -> None:
    """Only `issued` counts from the day of issue; the others count the same way from their own date (147.3)."""
    assert only({"after": anchor, "days": "10"}, issued_on="2022-07-08").on is None
    form = parse({"after": anchor, "days": "10"})
    assert isinstance(form, After)
    assert form.due(date(2022, 8, 22), Reading(calendar, date(2022, 7, 8))).on == date(2022, 9, 5)


# -- rrule ------------------------------------------------------------------------------------------------------


def test_weekly_from_the_day_of_issue() -> None:
    """Thứ Sáu hằng tuần: each Friday from the day of issue on, named by its date."""
    found = dates({"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2022-07-31"}, issued_on="2022-07-08")
    assert list(found) == list(found.values()) == ["2022-07-08", "2022-07-15", "2022-07-22", "2022-07-29"]


def test_every_second_week_is_counted_from_the_start() -> None:
    """`from` (or the day of issue) is DTSTART: the rhythm of two weeks begins there."""
    rule: Form = {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "to": "2022-08-05"}
    assert list(dates(rule, issued_on="2022-07-08")) == ["2022-07-08", "2022-07-22", "2022-08-05"]
    assert list(dates(rule | {"from": "2022-07-15"}, issued_on="2022-07-08")) == ["2022-07-15", "2022-07-29"]


def test_daily_crosses_the_month_and_holds_both_ends() -> None:
    """Hằng ngày: each day from the first to the last, both owed."""
    rule: Form = {"rrule": "FREQ=DAILY", "from": "2022-07-30", "to": "2022-08-02"}
    assert list(dates(rule)) == ["2022-07-30", "2022-07-31", "2022-08-01", "2022-08-02"]


def test_twice_a_month_on_the_15th_and_the_last_day() -> None:
    """BYMONTHDAY=15,-1 gives the middle and the end of each month, 29 February in a leap year."""
    rule: Form = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15,-1", "from": "2024-01-01", "to": "2024-03-31"}
    assert list(dates(rule)) == [
        *("2024-01-15", "2024-01-31", "2024-02-15"),
        *("2024-02-29", "2024-03-15", "2024-03-31"),
    ]


def test_the_parts_of_a_rule_stand_in_any_order_and_case() -> None:
    """RFC 5545 does not order the parts of a rule."""
    bounds: Form = {"from": "2022-07-01", "to": "2022-07-31"}
    expected = dates({"rrule": "FREQ=WEEKLY;BYDAY=FR"} | bounds)
    assert dates({"rrule": "BYDAY=FR;FREQ=WEEKLY"} | bounds) == expected
    assert dates({"rrule": "freq=weekly;byday=fr"} | bounds) == expected


def test_a_rule_is_never_moved_off_a_day_off() -> None:
    """A Sunday of a rule stays a Sunday: fixed dates are not moved."""
    assert list(dates({"rrule": "FREQ=WEEKLY;BYDAY=SU", "from": "2022-07-04", "to": "2022-07-10"})) == ["2022-07-10"]


def test_a_whole_leap_year_of_days_is_allowed() -> None:
    """Daily is 366 dates in 2024, below the limit of 400 a year."""
    assert len(dates({"rrule": "FREQ=DAILY", "from": "2024-01-01", "to": "2024-12-31"})) == 366
    assert len(dates({"rrule": "FREQ=DAILY", "from": "2022-01-01"}, through="2025-12-31")) == 1461


def test_an_unbounded_rule_goes_up_to_the_day_asked_for() -> None:
    """Without `to` a rule is asked for a last day and gives it when the rule does."""
    rule: Form = {"rrule": "FREQ=WEEKLY;BYDAY=FR"}
    assert list(dates(rule, issued_on="2022-07-09", through="2022-07-22")) == ["2022-07-15", "2022-07-22"]
    assert list(dates(rule, issued_on="2022-07-09", through="2022-07-21")) == ["2022-07-15"]
    assert dates(rule, issued_on="2022-07-09", through="2022-07-01") == {}


def test_a_rule_knows_the_date_before() -> None:
    """Each date of a rule knows the one before it; the first has none."""
    found = ask({"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-08", "to": "2022-07-15"})
    assert [due.after_on for due in found] == [None, date(2022, 7, 8)]


# -- fixed_by ---------------------------------------------------------------------------------------------------


def test_a_document_gives_a_bare_year_its_day() -> None:
    """A later document that names the day ends the assumption; the explanation names both."""
    fixed = (Fixed(date(2023, 9, 30), "55/SNV-TĐKT"),)
    due = only({"within": "2023"}, fixed=fixed)
    assert (due.on, due.assumed) == (date(2023, 9, 30), False)
    assert "55/SNV-TĐKT" in due.how
    assert "30/9/2023" in due.how
    assert only({"within": "2023"}).on == date(2023, 12, 31)


def test_a_document_fixes_only_its_own_period() -> None:
    """Of a yearly duty with no day stated, one year gets its day and the others stay assumed."""
    fixed = (Fixed(date(2023, 11, 20), "70/UBND-NC", "2023"),)
    found = ask({"every": "year", "from": "2022", "to": "2024"}, fixed=fixed)
    assert [(due.on, due.assumed) for due in found] == [
        (date(2022, 12, 31), True),
        (date(2023, 11, 20), False),
        (date(2024, 12, 31), True),
    ]


def test_a_fixed_day_is_found_by_the_day_asked_for() -> None:
    """An unbounded duty gives what is due by the day asked for: the fixed day counts, not the assumed one."""
    earlier = (Fixed(date(2023, 6, 30), "1/UBND", "2023"),)
    later = (Fixed(date(2024, 1, 15), "2/UBND", "2023"),)
    form: Form = {"every": "year", "from": "2022"}
    assert [due.period for due in ask(form, through="2023-11-01", fixed=earlier)] == ["2022", "2023"]
    assert [due.period for due in ask(form, through="2023-11-01")] == ["2022"]
    assert [due.period for due in ask(form, through="2023-12-31", fixed=later)] == ["2022"]
    assert [due.period for due in ask(form, through="2024-01-15", fixed=later)] == ["2022", "2023"]


# -- how: every date explained ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"by": "2022-07-20"}, ["20/7/2022"]),
        ({"by": "2017-12-05", "at": "14:00"}, ["14:00", "05/12/2017"]),
        ({"before": "2022-07-20"}, ["trước ngày 20/7/2022", "19/7/2022"]),
        ({"before": "2020-07"}, ["trước tháng 7 năm 2020"]),
        ({"before": "2020-Q3"}, ["trước quý III năm 2020"]),
        ({"within": "2022-H1"}, ["trong 6 tháng đầu năm 2022"]),
        ({"within": "2023"}, ["trong năm 2023", "chỉ nêu năm"]),
        ({"every": "year", "by": "11-25", "from": "2022", "to": "2022"}, ["năm 2022", "25/11/2022"]),
        ({"every": "year", "before": "12-20", "from": "2022", "to": "2022"}, ["20/12/2022", "19/12/2022"]),
        ({"every": "month", "by": "31", "from": "2022-04", "to": "2022-04"}, ["30/4/2022", "31", "148.3"]),
        ({"every": "quarter", "from": "2022-Q1", "to": "2022-Q1"}, ["quý I năm 2022", "không nêu ngày"]),
        (
            {"every": "year", "by": "01-16", "from": "2022", "to": "2022", "offset": "1"},
            ["năm 2022", "kỳ sau", "16/01/2023"],
        ),
        ({"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-08", "to": "2022-07-08"}, ["FREQ=WEEKLY;BYDAY=FR"]),
    ],
)
def test_every_date_says_how_it_came_about(form: Form, said: list[str]) -> None:
    """The explanation names the words, the rule and the day."""
    how = only(form).how
    assert [words for words in said if words not in how] == []


@pytest.mark.parametrize(
    ("form", "issued_on", "said", "unsaid"),
    [
        ({"days": "10"}, "2022-07-08", ["10 ngày", "08/7/2022", "147", "18/7/2022 (thứ Hai)"], ["148.5"]),
        ({"days": "8"}, "2022-07-08", ["16/7/2022", "thứ Bảy", "148.5", "18/7/2022 (thứ Hai)"], ["148.3"]),
        ({"days": "11"}, "2022-08-22", ["02/9/2022", "Quốc khánh", "148.5", "05/9/2022"], ["148.3"]),
        ({"working_days": "5"}, "2024-02-05", ["5 ngày làm việc", "147", "12/02/2024", "19/02/2024"], ["148.5"]),
        ({"working_days": "5"}, "2024-04-25", ["29/4/2024", "04/5/2024", "06/5/2024"], ["148.5"]),
        ({"working_days": "4"}, "2024-04-25", ["29/4/2024", "04/5/2024 (thứ Bảy)"], ["148.5"]),
        ({"months": "1"}, "2022-07-08", ["1 tháng", "147", "08/8/2022"], ["148.3", "148.5"]),
        ({"months": "1"}, "2022-01-31", ["148.3", "28/02/2022"], ["148.5"]),
        ({"months": "1"}, "2021-01-31", ["148.3", "28/02/2021", "148.5", "01/3/2021"], []),
    ],
)
def test_a_counted_date_names_the_days_that_mattered(
    form: Form, issued_on: str, said: list[str], unsaid: list[str]
) -> None:
    """A counted date names its start, the article that applied, the holidays left out and the Saturdays worked."""
    how = only({"after": "issued", **form}, issued_on=issued_on).how
    assert [words for words in said if words not in how] == []
    assert [words for words in unsaid if words in how] == []


def test_the_full_day_reading_says_that_the_office_decided_it() -> None:
    """The wider reading of trước ngày is marked as the office's own, the literal one is not."""
    assert "cơ quan quy định" in only({"before": "2022-07-20"}, full_day_counts=True).how
    assert "cơ quan quy định" not in only({"before": "2022-07-20"}).how
