"""Calendar periods and their labels: `2023`, `2023-H1`, `2023-Q3`, `2023-07`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.domain.periods import MONTHS, Kind, Period, day_in_month, last_day_of_month

KINDS: tuple[Kind, ...] = ("month", "quarter", "half-year", "year")
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023-07", date(2023, 7, 1), date(2023, 7, 31)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_a_label_names_its_first_and_last_day(label: str, first: date, last: date) -> None:
    """A label stands for the calendar period it names and is given back unchanged."""
    period = Period.parse(label)
    assert (period.first, period.last, period.label) == (first, last, label)


@pytest.mark.parametrize(
    "text",
    [
        *("", "23", "201", "20233", "0000", "9999", "2023-", "2023-7", "2023-00", "2023-13", "2023-07-01"),
        *("2023-Q0", "2023-Q5", "2023-H0", "2023-H3", "2023-q3", "2023-Q3 ", "Q3-2023"),
    ],
)
def test_what_is_no_label_is_refused(text: str) -> None:
    """Anything but the four shapes, and any month, quarter or half that does not exist, is refused."""
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2023", "năm 2023"),
        ("2023-H1", "6 tháng đầu năm 2023"),
        ("2023-H2", "6 tháng cuối năm 2023"),
        ("2023-Q1", "quý I năm 2023"),
        ("2023-Q4", "quý IV năm 2023"),
        ("2023-07", "tháng 7 năm 2023"),
    ],
)
def test_a_period_has_the_name_an_office_gives_it(label: str, words: str) -> None:
    """People read quarters in Roman numbers and half-years as *6 tháng đầu năm*, never a code."""
    assert Period.parse(label).words == words


@pytest.mark.parametrize(
    ("label", "count", "shifted"),
    [
        ("2022-12", 1, "2023-01"),
        ("2022-01", -1, "2021-12"),
        ("2022-Q4", 1, "2023-Q1"),
        ("2022-Q1", -5, "2020-Q4"),
        ("2022-H2", 1, "2023-H1"),
        ("2022", 3, "2025"),
        ("2022-07", 0, "2022-07"),
    ],
)
def test_shifting_crosses_the_year(label: str, count: int, shifted: str) -> None:
    """Steps forward and back go by the calendar, through the turn of the year."""
    assert Period.parse(label).shift(count).label == shifted


def test_until_gives_both_ends() -> None:
    """A run of periods holds its first and its last; a last one that lies earlier gives none."""
    third, first = Period.parse("2022-Q3"), Period.parse("2023-Q1")
    assert [period.label for period in third.until(first)] == ["2022-Q3", "2022-Q4", "2023-Q1"]
    assert list(first.until(third)) == []


def test_a_month_ends_on_its_own_last_day() -> None:
    """Cuối tháng is the month's last day, 29 February only in a leap year (Civil Code 2015, 146.2)."""
    assert last_day_of_month(2024, 2) == date(2024, 2, 29)
    assert last_day_of_month(2023, 2) == date(2023, 2, 28)
    assert last_day_of_month(2100, 2) == date(2100, 2, 28)
    assert last_day_of_month(2022, 12) == date(2022, 12, 31)
    assert last_day_of_month(9999, 12) == date.max  # a slip of a pen in a document that is read


def test_a_day_that_the_month_lacks_is_its_last() -> None:
    """Day 31 of a month without one is the month's last day; a day that exists stays (Civil Code 2015, 148.3)."""
    assert day_in_month(2022, 4, 31) == date(2022, 4, 30)
    assert day_in_month(2022, 4, 30) == date(2022, 4, 30)
    assert day_in_month(2022, 5, 31) == date(2022, 5, 31)
    assert day_in_month(2023, 2, 29) == date(2023, 2, 28)
    assert day_in_month(2024, 2, 29) == date(2024, 2, 29)


@given(st.sampled_from(KINDS), DAYS)
def test_every_day_lies_in_exactly_one_period_of_a_kind(kind: Kind, day: date) -> None:
    """The period holding a day covers it, and its neighbours touch it without covering the day."""
    period = Period.holding(kind, day)
    assert period.first <= day <= period.last
    assert period.shift(-1).last + timedelta(days=1) == period.first
    assert period.last + timedelta(days=1) == period.shift(1).first


@given(st.sampled_from(KINDS), DAYS, st.integers(-300, 300))
def test_shifting_there_and_back_changes_nothing(kind: Kind, day: date, count: int) -> None:
    """A shift is undone by the opposite shift and keeps the order of time."""
    period = Period.holding(kind, day)
    moved = period.shift(count)
    assert moved.shift(-count) == period
    assert (moved.first > period.first) == (count > 0)
    assert (moved.first.year - period.first.year) * 12 + moved.first.month - period.first.month == count * MONTHS[kind]


@given(st.sampled_from(KINDS), DAYS)
def test_a_label_read_back_is_the_same_period(kind: Kind, day: date) -> None:
    """Writing a label and reading it gives the period itself."""
    period = Period.holding(kind, day)
    assert Period.parse(period.label) == period
