"""What holds for every deadline that an office can write, whatever the dates (Civil Code 2015, 147 and 148)."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from obligations.domain.deadline import After, Every, Unit, dues
from obligations.domain.due import Due, Reading
from obligations.domain.grammar import Value, parse
from obligations.domain.periods import Kind, Period
from tests.unit.domain.domain_tools import office_calendar

Form = dict[str, Value]
DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 1, 1), date(2033, 12, 31))
YEARS = st.integers(2016, 2033)
KINDS: tuple[Kind, ...] = ("month", "quarter", "half-year", "year")


def month_days(first: int, last: int) -> st.SearchStrategy[str]:
    """`MM-DD` with a month from `first` to `last`; 29 February is among them."""
    months = st.integers(first, last)
    return months.flatmap(lambda m: st.integers(1, monthrange(2024, m)[1]).map(lambda d: f"{m:02}-{d:02}"))


def day_of(kind: Kind, *, offset: bool) -> st.SearchStrategy[Value]:
    """What `by:` or `before:` may hold for a kind."""
    days = st.integers(1, 31).map(str)
    match kind:
        case "month":
            return days
        case "quarter":
            return st.fixed_dictionaries({"month": st.sampled_from(["1", "2", "3"]), "day": days})
        case "half-year":
            halves = [month_days(1, 6), month_days(7, 12)]
            return st.tuples(*(halves[::-1] if offset else halves)).map(list)
        case "year":
            return month_days(1, 12)


@st.composite
def recurring(draw: st.DrawFn, key: str | None = None) -> Form:
    """An `every:` form without `from` and `to`; `key` fixes `by` or `before`."""
    kind = draw(st.sampled_from(KINDS))
    offset = draw(st.booleans())
    form: Form = {"every": kind}
    chosen = key or draw(st.sampled_from(["by", "before", None]))
    if chosen:
        form[chosen] = draw(day_of(kind, offset=offset))
    if offset:
        form["offset"] = "1"
    return form


def reading(issued_on: date | None = None, *, full_day_counts: bool = False) -> Reading:
    return Reading(office_calendar(), issued_on, full_day_counts)


def run(form: Form, *, through: date | None = None, issued_on: date | None = None) -> list[Due]:
    return list(dues(parse(form), reading(issued_on), through))


def on(form: Form) -> list[date]:
    """The due dates of a bounded form, every one of them known."""
    return [due.on for due in run(form) if due.on]


# -- every ------------------------------------------------------------------------------------------------------


@given(recurring(), YEARS, st.integers(0, 4))
def test_periods_join_without_gap_or_overlap(form: Form, first: int, years: int) -> None:
    """From the first period to the last each follows the one before, and its ladder begins where that one ended."""
    found = run(form | {"from": str(first), "to": str(first + years)})
    periods = [Period.parse(due.period) for due in found]
    assert periods[0].first == date(first, 1, 1)
    assert periods[-1].last == date(first + years, 12, 31)
    assert all(one.last + DAY == two.first for one, two in pairwise(periods))
    assert [due.after_on for due in found] == [period.first - DAY for period in periods]


@given(recurring(), YEARS, st.integers(1, 6))
def test_due_dates_of_a_recurring_duty_are_in_order(form: Form, first: int, years: int) -> None:
    """A later period is due later, with no two on one day."""
    found = on(form | {"from": str(first), "to": str(first + years)})
    assert found == sorted(set(found))


@given(recurring(), YEARS, st.integers(0, 5))
def test_a_period_has_its_date_whatever_comes_before_it(form: Form, first: int, years: int) -> None:
    """Asked for alone or at the end of a row, a period has the same date: nothing drifts."""
    row = run(form | {"from": str(first), "to": str(first + years)})
    for due in row[-3:]:
        assert run(form | {"from": due.period, "to": due.period}) == [due]


@given(recurring(), st.integers(2016, 2020))
def test_dates_come_back_after_28_years(form: Form, year: int) -> None:
    """Between 1901 and 2099 the solar calendar repeats after 28 years: so does every fixed date."""
    early = on(form | {"from": str(year), "to": str(year)})
    late = on(form | {"from": str(year + 28), "to": str(year + 28)})
    assert [day.replace(year=day.year + 28) for day in early] == late


@given(st.integers(1, 31), YEARS, st.integers(1, 12))
def test_a_day_of_the_month_is_that_day_or_the_last(day: int, year: int, month: int) -> None:
    """`by: N` is the N-th, or the month's last day where it has none (148.3)."""
    label = f"{year}-{month:02}"
    expected = date(year, month, min(day, monthrange(year, month)[1]))
    assert on({"every": "month", "by": str(day), "from": label, "to": label}) == [expected]


@given(month_days(1, 12), YEARS)
def test_a_day_of_the_year_is_that_day_or_the_last_of_its_month(text: str, year: int) -> None:
    """`by: MM-DD` is that day each year; only 29 February ever gives another, the 28th."""
    month, day = int(text[:2]), int(text[3:])
    (due,) = on({"every": "year", "by": text, "from": str(year), "to": str(year)})
    assert (due.year, due.month) == (year, month)
    assert due.day == day or (text == "02-29" and due.day == 28 and monthrange(year, 2)[1] == 28)


@given(recurring("by"), YEARS)
def test_before_is_always_by_minus_one_day(form: Form, year: int) -> None:
    """`before: X` is the date of `by: X` minus a day in every form, also where the day X does not exist."""
    bounds: Form = {"from": str(year), "to": str(year)}
    before: Form = {"before" if key == "by" else key: value for key, value in form.items()}
    assert on(before | bounds) == [day - DAY for day in on(form | bounds)]


@given(DAYS)
def test_before_a_date_is_by_minus_one_day(day: date) -> None:
    """The same for a date that stands once."""
    assert on({"before": day.isoformat()}) == [on({"by": day.isoformat()})[0] - DAY]


@given(recurring(), YEARS)
def test_offset_moves_the_date_one_period_on(form: Form, year: int) -> None:
    """With offset the last day on time lies in the following period, or is the eve of it for `before`."""
    for due in run(form | {"from": str(year), "to": str(year)}):
        assert due.on
        home = Period.parse(due.period).shift(1 if "offset" in form else 0)
        eve = DAY if "before" in form else 0 * DAY
        assert home.first - eve <= due.on <= home.last - eve


@given(recurring(), DAYS)
def test_the_first_period_is_the_first_still_due_at_issue(form: Form, issued_on: date) -> None:
    """Without `from` nothing due before the day of issue is owed, and the period before the first was due earlier."""
    first, *_ = run(form, through=issued_on + 1000 * DAY, issued_on=issued_on)
    assert first.on
    assert first.on >= issued_on
    label = Period.parse(first.period).shift(-1).label
    assert on(form | {"from": label, "to": label})[0] < issued_on


@given(recurring(), DAYS, st.integers(0, 1500))
def test_an_unbounded_duty_is_the_bounded_one_cut_at_a_day(form: Form, issued_on: date, ahead: int) -> None:
    """What an unbounded duty gives up to a day is what a bounded one gives, less the dates after it."""
    through = issued_on + ahead * DAY
    found = run(form, through=through, issued_on=issued_on)
    whole = run(form | {"to": str(through.year + 3)}, issued_on=issued_on)
    assert found == [due for due in whole if due.on and due.on <= through]


@given(recurring(), YEARS, st.sampled_from([reading(), reading(full_day_counts=True)]))
def test_every_date_has_its_explanation_and_only_an_unstated_day_is_assumed(
    form: Form, year: int, office: Reading
) -> None:
    """Each date says how it came about; it is assumed exactly when the plan states no day."""
    bounded = parse(form | {"from": str(year), "to": str(year)})
    stated = "by" in form or "before" in form
    for due in dues(bounded, office, None):
        assert due.how.strip()
        assert due.assumed is not stated


@given(recurring("before"), YEARS)
def test_the_full_day_reading_gives_exactly_one_day_more(form: Form, year: int) -> None:
    """An office that reads trước ngày X as X gives one day more in every period, never two."""
    bounded = parse(form | {"from": str(year), "to": str(year)})
    literal = [due.on for due in dues(bounded, reading(), None) if due.on]
    wider = [due.on for due in dues(bounded, reading(full_day_counts=True), None) if due.on]
    assert wider == [day + DAY for day in literal]


# -- order of keys ------------------------------------------------------------------------------------------------

MORE: list[Form] = [
    {"by": "2022-07-20", "at": "14:00", "start": "2022-06-01"},
    {"before": "2022-Q3", "start": "2022-03-01"},
    {"within": "2022-08", "start": "2022-06-01"},
    {"after": "issued", "working_days": "10"},
    {"after": "event:phe-duyet", "months": "1"},
    {"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-08", "to": "2022-12-31", "at": "16:00"},
    {"every": "quarter", "by": {"day": "15", "month": "3"}, "from": "2022", "to": "2023", "at": "17:00"},
]


@given(st.one_of(recurring(), st.sampled_from(MORE)), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(form: Form, shuffle: random.Random) -> None:
    """A mapping means the same in whatever order its keys stand in the file."""
    items = list(form.items())
    shuffle.shuffle(items)
    assert parse(dict(items)) == parse(form)


# -- after ------------------------------------------------------------------------------------------------------


def counted(anchor_on: date, count: int, unit: Unit) -> date:
    """The due date of a period of `count` units from a day."""
    due = After("issued", count, unit).due(anchor_on, reading())
    assert due.on
    return due.on


def worked_days_after(day: date, count: int) -> date:
    """The count-th working day after a day, one step at a time."""
    while count:
        day += DAY
        count -= office_calendar().is_working(day)
    return day


def months_after(day: date, count: int) -> date:
    """The corresponding day `count` months later, or that month's last (148.3), by counting months."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rolled(day: date) -> date:
    """The day itself when worked, else the next working day (148.5), one step at a time."""
    while not office_calendar().is_working(day):
        day += DAY
    return day


@given(DAYS, st.integers(1, 400))
def test_days_end_where_counting_one_by_one_ends(anchor_on: date, count: int) -> None:
    """N days from an event: the N-th day after it, rolled to a working day, never earlier."""
    assert counted(anchor_on, count, "day") == rolled(anchor_on + count * DAY)


@given(DAYS, st.integers(1, 120))
def test_working_days_end_where_counting_one_by_one_ends(anchor_on: date, count: int) -> None:
    """N working days from an event: the N-th working day after it."""
    assert counted(anchor_on, count, "working_day") == worked_days_after(anchor_on, count)


@given(DAYS, st.integers(1, 60))
def test_months_end_on_the_corresponding_day(anchor_on: date, count: int) -> None:
    """N months from an event: the corresponding day or the month's last, rolled to a working day."""
    assert counted(anchor_on, count, "month") == rolled(months_after(anchor_on, count))


@given(DAYS, st.integers(1, 60), st.sampled_from(["day", "working_day", "month"]))
def test_a_counted_period_ends_on_a_working_day_after_its_event(anchor_on: date, count: int, unit: Unit) -> None:
    """Whatever the unit the last day is worked, after the event, and one unit more is never earlier."""
    end = counted(anchor_on, count, unit)
    assert office_calendar().is_working(end)
    assert end > anchor_on
    assert counted(anchor_on, count + 1, unit) >= end


@given(DAYS, DAYS, st.integers(1, 60), st.sampled_from(["day", "working_day", "month"]))
def test_a_later_event_never_makes_an_earlier_deadline(one: date, two: date, count: int, unit: Unit) -> None:
    """Counting from a later day ends on the same day or later."""
    assume(one <= two)
    assert counted(one, count, unit) <= counted(two, count, unit)


# -- rrule ------------------------------------------------------------------------------------------------------

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@given(st.sets(st.integers(0, 6), min_size=1), DAYS, st.integers(0, 200))
def test_weekly_days_are_exactly_those_weekdays(chosen: set[int], first: date, length: int) -> None:
    """A weekly rule gives each of its weekdays from the first day to the last and no other."""
    last = first + (7 + length) * DAY
    rule = "FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[number] for number in sorted(chosen))
    window = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    expected = [day for day in window if day.weekday() in chosen]
    found = run({"rrule": rule, "from": first.isoformat(), "to": last.isoformat()})
    assert [due.on for due in found] == expected
    assert [due.period for due in found] == [day.isoformat() for day in expected]
    assert [due.after_on for due in found] == [None, *expected[:-1]]


@given(recurring(), YEARS)
def test_the_same_question_has_the_same_answer(form: Form, year: int) -> None:
    """Deadlines are a pure function: asked twice, of a form read twice, they are equal."""
    bounded = form | {"from": str(year), "to": str(year)}
    assert run(bounded) == run(bounded)
    assert isinstance(parse(bounded), Every)
