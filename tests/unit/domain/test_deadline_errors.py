"""What the deadline grammar refuses: each error names the key, says what is wrong and what to write instead."""

from __future__ import annotations

import re
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.domain.deadline import Recurring
from obligations.domain.errors import GrammarError, Problem, Refused
from obligations.domain.grammar import Value, parse, read_date

Form = dict[str, Value]
Path = tuple[str | int, ...]
QUARTER: Form = {"month": "3", "day": "15"}
HALVES = ["06-15", "12-15"]


def refusal(deadline: Form) -> GrammarError:
    """The error that a mapping is refused with, once its shape is checked."""
    with pytest.raises(GrammarError) as refused:
        parse(deadline)
    error = refused.value
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", error.code)
    assert error.message.strip()
    assert error.fix.strip()
    assert error.fix in str(error)
    assert error.message in str(error)
    return error


@pytest.mark.parametrize("deadline", [{}, {"at": "14:00"}, {"from": "2022"}, {"days": "10"}, {"start": "2022-06-01"}])
def test_a_deadline_without_a_form_is_refused(deadline: Form) -> None:
    """A mapping that holds none of the forms is refused as a whole, and the forms are listed."""
    error = refusal(deadline)
    assert error.path == ()
    assert all(form in error.fix for form in ("by", "before", "within", "every", "after", "rrule"))


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"by": "2022-07-20", "before": "2022-07-20"}, ("by",)),
        ({"by": "2022-07-20", "within": "2022-07"}, ("by",)),
        ({"before": "2022-07", "within": "2022-07"}, ("before",)),
        ({"every": "year", "by": "11-25", "before": "12-20"}, ("before",)),
        ({"every": "year", "within": "2022"}, ("within",)),
        ({"every": "year", "after": "issued", "days": "10"}, ("after",)),
        ({"every": "year", "rrule": "FREQ=DAILY"}, ("rrule",)),
        ({"rrule": "FREQ=DAILY", "by": "2022-07-20"}, ("by",)),
        ({"after": "issued", "days": "10", "by": "2022-07-20"}, ("by",)),
        ({"after": "issued", "days": "10", "within": "2022"}, ("within",)),
    ],
)
def test_two_forms_are_refused(deadline: Form, path: Path) -> None:
    """Exactly one form: a second one is refused at its own key."""
    assert (refusal(deadline).code, refusal(deadline).path) == ("two-forms", path)


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"before": "2022-07-20", "at": "14:00"}, ("at",)),
        ({"within": "2022-07", "at": "14:00"}, ("at",)),
        ({"after": "issued", "days": "10", "at": "14:00"}, ("at",)),
        ({"every": "year", "at": "14:00"}, ("at",)),
        ({"every": "year", "before": "12-20", "at": "14:00"}, ("at",)),
        ({"by": "2022-07-20", "from": "2022"}, ("from",)),
        ({"by": "2022-07-20", "offset": "1"}, ("offset",)),
        ({"within": "2022-07", "to": "2022"}, ("to",)),
        ({"every": "year", "start": "2022-06-01"}, ("start",)),
        ({"every": "year", "days": "10"}, ("days",)),
        ({"after": "issued", "days": "10", "start": "2022-06-01"}, ("start",)),
        ({"after": "issued", "days": "10", "offset": "1"}, ("offset",)),
        ({"rrule": "FREQ=DAILY", "offset": "1"}, ("offset",)),
        ({"rrule": "FREQ=DAILY", "before": "20"}, ("before",)),
    ],
)
def test_a_key_of_another_form_is_refused(deadline: Form, path: Path) -> None:
    """`at` goes with `by` and rrule only, `start` with fixed ends, `from`, `to`, `offset` with what recurs."""
    assert refusal(deadline).path == path


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"by": "2022-07-20", "til": "x"}, ("til",)),
        ({"bye": "2022-07-20"}, ("bye",)),
        ({"Every": "year", "by": "11-25"}, ("Every",)),
        ({"every": "year", "on": "11-25"}, ("on",)),
        ({"after": "issued", "weeks": "2"}, ("weeks",)),
        ({"rrule": "FREQ=DAILY", "count": "3"}, ("count",)),
        ({"": "2022-07-20"}, ("",)),
    ],
)
def test_an_unknown_key_is_refused_by_name(deadline: Form, path: Path) -> None:
    """A misspelt key is found at its place, also when it is the form itself."""
    assert (refusal(deadline).code, refusal(deadline).path) == ("unknown-key", path)
    assert str(path[0]) in refusal(deadline).message


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"by": "2022-02-31"}, ("by",)),
        ({"by": "2022-02-29"}, ("by",)),
        ({"by": "2022-04-31"}, ("by",)),
        ({"by": "2022-13-01"}, ("by",)),
        ({"by": "2022-00-10"}, ("by",)),
        ({"by": "2022-01-00"}, ("by",)),
        ({"by": "2100-02-29"}, ("by",)),
        ({"before": "2022-02-31"}, ("before",)),
        ({"by": "2022-07-20", "start": "2022-06-31"}, ("start",)),
        ({"every": "year", "by": "02-30"}, ("by",)),
        ({"every": "year", "by": "04-31"}, ("by",)),
        ({"every": "year", "by": "13-01"}, ("by",)),
        ({"every": "year", "by": "00-10"}, ("by",)),
        ({"every": "year", "by": "11-00"}, ("by",)),
        ({"every": "year", "before": "02-30"}, ("before",)),
        ({"every": "half-year", "by": ["02-30", "12-15"]}, ("by", 0)),
        ({"every": "half-year", "by": ["06-15", "11-31"]}, ("by", 1)),
        ({"every": "half-year", "before": ["06-31", "12-15"]}, ("before", 0)),
        ({"rrule": "FREQ=DAILY", "from": "2022-02-30"}, ("from",)),
        ({"rrule": "FREQ=DAILY", "to": "2022-06-31"}, ("to",)),
    ],
)
def test_an_impossible_date_is_refused(deadline: Form, path: Path) -> None:
    """A date that no calendar has is an error, never the nearest one that exists."""
    assert (refusal(deadline).code, refusal(deadline).path) == ("impossible-date", path)


@pytest.mark.parametrize(
    "deadline",
    [{"by": "2024-02-29"}, {"by": "2000-02-29"}, {"every": "year", "by": "02-29"}, {"every": "month", "by": "31"}],
)
def test_a_possible_date_is_not_refused(deadline: Form) -> None:
    """29 February of a leap year, 29 February yearly and the 31st monthly are dates."""
    assert parse(deadline) is not None


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"every": "month", "before": "last"}, ("before",)),
        ({"every": "quarter", "before": {"month": "3", "day": "last"}}, ("before", "day")),
        ({"every": "year", "before": "last"}, ("before",)),
        ({"before": "last"}, ("before",)),
        ({"by": "last"}, ("by",)),
    ],
)
def test_before_last_is_refused(deadline: Form, path: Path) -> None:
    """Trước ngày cuối says nothing: only `by: last` exists, and only of a period."""
    assert refusal(deadline).path == path
    assert "last" not in refusal(deadline).fix


@pytest.mark.parametrize("value", ["0", "00", "32", "-1", "1.5", "hai", "", "25/7", " 25", "2022-07-25", "11-25"])
@pytest.mark.parametrize("key", ["by", "before"])
def test_a_day_of_the_month_is_a_number_from_1_to_31(key: str, value: str) -> None:
    """Monthly days are written 1 to 31, nothing else."""
    assert refusal({"every": "month", key: value}).path == (key,)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("15", ("by",)),
        ("03-15", ("by",)),
        (["03-15"], ("by",)),
        ({"month": "3"}, ("by",)),
        ({"day": "15"}, ("by",)),
        ({"month": "3", "day": "15", "year": "2022"}, ("by",)),
        ({"month": "0", "day": "15"}, ("by", "month")),
        ({"month": "4", "day": "15"}, ("by", "month")),
        ({"month": "3", "day": "0"}, ("by", "day")),
        ({"month": "3", "day": "32"}, ("by", "day")),
    ],
)
def test_a_day_of_the_quarter_is_a_month_and_a_day(value: Value, path: Path) -> None:
    """Quarterly days are {month: 1–3, day: 1–31}."""
    assert refusal({"every": "quarter", "by": value}).path == path


@pytest.mark.parametrize("key", ["by", "before"])
@pytest.mark.parametrize(
    ("value", "offset"),
    [
        ("06-15", {}),
        (["06-15"], {}),
        (["06-15", "09-15", "12-15"], {}),
        ([], {}),
        (["12-15", "06-15"], {}),
        (["05-15", "06-15"], {}),
        (["07-15", "12-15"], {}),
        (["07-15", "01-15"], {}),
        (["06-15", "12-15"], {"offset": "1"}),
        (["01-15", "07-15"], {"offset": "1"}),
        (QUARTER, {}),
    ],
)
def test_a_half_year_needs_one_day_in_each_half(key: str, value: Value, offset: Form) -> None:
    """Two days, the first in the first half and the second in the second (the other way round with offset)."""
    assert refusal({"every": "half-year", key: value, **offset}).path == (key,)


@pytest.mark.parametrize("value", ["25", "2022-11-25", "25-11-2022", "25/11", "11-5", "1-25", "", "last"])
def test_a_day_of_the_year_is_month_and_day_in_two_digits(value: str) -> None:
    """Yearly days are written `11-25`."""
    assert refusal({"every": "year", "by": value}).path == ("by",)


@pytest.mark.parametrize(
    "value", ["2022-7-20", "20-07-2022", "20/07/2022", "2022-07", "201-09-01", "2022", "hôm nay", ""]
)
def test_a_fixed_date_is_written_in_full(value: str) -> None:
    """`by` outside `every` is a full date with a year of four digits; a broken year such as 201 is never guessed."""
    assert refusal({"by": value}).path == ("by",)


@pytest.mark.parametrize("key", ["before", "within"])
@pytest.mark.parametrize("value", ["2022-13", "2022-Q5", "2022-H3", "201", "2022-7", "quý III", "", "0000"])
def test_a_period_is_one_of_four_shapes(key: str, value: str) -> None:
    """Only 2022, 2022-H1, 2022-Q3 and 2022-07 are periods."""
    assert refusal({key: value}).path == (key,)


def test_within_takes_no_day() -> None:
    """`within: 2022-07-20` is not a period; `before: 2022-07-20` is a day."""
    assert refusal({"within": "2022-07-20"}).path == ("within",)
    assert parse({"before": "2022-07-20"}) is not None


@pytest.mark.parametrize("value", ["week", "day", "Year", "years", "6 months", "", "half year", "năm"])
def test_every_takes_four_kinds(value: str) -> None:
    """Only month, quarter, half-year and year recur; the four are listed."""
    error = refusal({"every": value})
    assert error.path == ("every",)
    assert all(kind in error.fix for kind in ("month", "quarter", "half-year", "year"))


@pytest.mark.parametrize(
    ("deadline", "path"),
    [
        ({"every": "year", "from": "2025", "to": "2022"}, ("to",)),
        ({"every": "month", "from": "2022-08", "to": "2022-07"}, ("to",)),
        ({"every": "quarter", "from": "2022-H2", "to": "2022-H1"}, ("to",)),
        ({"every": "month", "from": "2023", "to": "2022-12"}, ("to",)),
        ({"rrule": "FREQ=DAILY", "from": "2022-07-08", "to": "2022-07-07"}, ("to",)),
    ],
)
def test_to_before_from_is_refused(deadline: Form, path: Path) -> None:
    """The last period owed is not earlier than the first."""
    assert (refusal(deadline).code, refusal(deadline).path) == ("to-before-from", path)


def test_one_period_from_itself_to_itself_is_not_refused() -> None:
    """`from` and `to` may be the same period, or the same day of a rule."""
    assert parse({"every": "year", "from": "2022", "to": "2022"}) is not None
    assert parse({"rrule": "FREQ=DAILY", "from": "2022-07-08", "to": "2022-07-08"}) is not None


@pytest.mark.parametrize("key", ["from", "to"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("year", "2022-07"),
        ("year", "2022-Q3"),
        ("year", "2022-H1"),
        ("half-year", "2022-Q3"),
        ("half-year", "2022-07"),
        ("quarter", "2022-07"),
        ("month", "2022-07-08"),
        ("year", "2022-07-08"),
        ("year", "201"),
        ("month", "2022-13"),
    ],
)
def test_from_and_to_are_never_finer_than_the_period(key: str, kind: str, value: str) -> None:
    """`from` and `to` stand in the period's own or a coarser unit."""
    assert refusal({"every": kind, key: value}).path == (key,)


@pytest.mark.parametrize("value", ["2022", "2022-07", "2022-Q3"])
@pytest.mark.parametrize("key", ["from", "to"])
def test_from_and_to_of_a_rule_are_full_dates(key: str, value: str) -> None:
    """An rrule begins and ends on a day."""
    assert refusal({"rrule": "FREQ=DAILY", key: value}).path == (key,)


@pytest.mark.parametrize("value", ["2", "-1", "one", "", "1.0", "true"])
def test_offset_is_one_period_or_none(value: str) -> None:
    """The day lies in the period or in the following one, never farther."""
    assert refusal({"every": "year", "by": "01-16", "offset": value}).path == ("offset",)


@pytest.mark.parametrize("value", ["14", "24:00", "14:60", "14h", "9:00", "14:00:00", "2 giờ chiều", ""])
@pytest.mark.parametrize("form", [{"by": "2022-07-20"}, {"every": "month", "by": "25"}, {"rrule": "FREQ=DAILY"}])
def test_an_hour_is_written_hh_mm(form: Form, value: str) -> None:
    """`at` is a time of day such as 14:00."""
    assert refusal(form | {"at": value}).path == ("at",)


@pytest.mark.parametrize(
    "deadline",
    [
        {"start": "2022-08-31", "by": "2022-08-30"},
        {"start": "2022-09-01", "before": "2022-08-31"},
        {"start": "2022-09-01", "within": "2022-08"},
        {"start": "2022-09-01", "before": "2022-09"},
        {"start": "2022-09-02", "before": "2022-09"},
    ],
)
def test_a_window_that_opens_after_its_end_is_refused(deadline: Form) -> None:
    """`start` lies on or before the last day on time."""
    assert refusal(deadline).path == ("start",)


# -- after ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
@pytest.mark.parametrize("value", ["0", "00", "-5", "1.5", "mười", "", "010", "10 ngày", "10000"])
def test_a_count_is_a_whole_number_from_one(unit: str, value: str) -> None:
    """`days: 0` and anything that is no positive whole number is refused."""
    assert refusal({"after": "issued", unit: value}).path == (unit,)


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"days": "10", "months": "1"},
        {"days": "10", "working_days": "10"},
        {"days": "1", "working_days": "1", "months": "1"},
    ],
)
def test_after_takes_exactly_one_count(counts: Form) -> None:
    """A period is counted in days, working days or months: one of them, not none and not two."""
    error = refusal({"after": "issued", **counts})
    assert error.path == ("after",)
    assert all(unit in error.fix for unit in ("days", "working_days", "months"))


@pytest.mark.parametrize("anchor", ["", "event:", "event:Phê Duyệt", "Ngày ban hành", "event:a:b", "a b", "2022/07"])
def test_an_anchor_is_issued_an_obligation_or_an_event(anchor: str) -> None:
    """What a period counts from is a word of the grammar or a lower-case id."""
    assert refusal({"after": anchor, "days": "10"}).path == ("after",)


# -- rrule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=5",
        "FREQ=DAILY;UNTIL=20221231",
        "FREQ=DAILY;UNTIL=20221231T000000Z",
        "FREQ=DAILY;BYHOUR=8",
        "FREQ=DAILY;BYHOUR=8,16",
        "freq=daily;count=5",
        "FREQ=DAILY; COUNT=5",
    ],
)
def test_a_rule_states_neither_its_end_nor_its_hour(rule: str) -> None:
    """COUNT, UNTIL and BYHOUR are refused: the end is `to:`, the hour is `at:`."""
    assert refusal({"rrule": rule}).path == ("rrule",)


@pytest.mark.parametrize("part", ["COUNT=5", "UNTIL=20221231", "BYHOUR=8"])
def test_the_end_and_the_hour_of_a_rule_are_sent_to_their_keys(part: str) -> None:
    """Whoever writes COUNT, UNTIL or BYHOUR reads which of them is refused and where it belongs."""
    error = refusal({"rrule": f"FREQ=DAILY;{part}"})
    assert part.partition("=")[0] in error.message
    assert "to:" in error.fix
    assert "at:" in error.fix


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=DAILY;BYMINUTE=0,30"])
def test_more_than_400_dates_a_year_are_refused(rule: str) -> None:
    """A rule that gives more than one date a day is refused when it is read."""
    assert refusal({"rrule": rule}).path == ("rrule",)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"])
def test_a_rule_that_gives_no_day_is_refused_before_the_office_has_gone_for_tea(rule: str) -> None:
    """dateutil looks for its first day up to the year 9999: about eight seconds for the first of these."""
    began = process_time()
    assert "không cho ngày nào" in refusal({"rrule": rule}).message
    assert process_time() - began < 2


def test_a_rule_keeps_its_weekdays_and_leap_years() -> None:
    """It is computed in another cycle of the calendar; the days are those of this one."""
    fridays = list(Recurring("FREQ=WEEKLY;BYDAY=FR").days(date(2026, 1, 1), date(2026, 12, 31)))
    assert (fridays[0], fridays[-1], {one.weekday() for one in fridays}) == (date(2026, 1, 2), date(2026, 12, 25), {4})
    leap = list(Recurring("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29").days(date(2023, 1, 1), date(2033, 1, 1)))
    assert leap == [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]
    assert list(Recurring("FREQ=YEARLY").days(date(9998, 5, 1), date(9999, 12, 31)))[-1] == date(9999, 5, 1)


def test_a_rule_that_floods_is_stopped_while_it_is_computed() -> None:
    """Past 400 dates a year the computation itself gives up instead of running on."""
    with pytest.raises(GrammarError) as refused:
        list(Recurring("FREQ=HOURLY").days(date(2022, 1, 1), date(2022, 12, 31)))
    assert refused.value.code == "too-many-dates"
    assert refused.value.path == ("rrule",)
    assert refused.value.fix


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "hằng tuần",
        "WEEKLY",
        "FREQ=FORTNIGHTLY",
        "BYDAY=FR",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;FOO=1",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;INTERVAL=hai",
        "RRULE:FREQ=WEEKLY",
        "DTSTART:20200101T000000\nRRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=FR\nDTSTART:20200101T000000",
        "FREQ=WEEKLY;BYDAY=FR\nEXDATE:20220708T000000",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=13",
    ],
)
def test_a_rule_that_is_none_or_gives_no_date_is_refused(rule: str) -> None:
    """A rule is one line of RFC 5545 without its own start, moves forward, and gives at least one date."""
    assert refusal({"rrule": rule}).path == ("rrule",)


def test_a_rule_without_a_date_between_from_and_to_is_refused() -> None:
    """A rule whose window holds none of its days is a mistake."""
    assert refusal({"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-09", "to": "2022-07-14"}).path == ("rrule",)
    assert parse({"rrule": "FREQ=WEEKLY;BYDAY=FR", "from": "2022-07-09", "to": "2022-07-15"}) is not None


def test_a_rule_may_end_in_the_past_without_from() -> None:
    """`to` alone is fine whatever its year: the first day is the plan's day of issue."""
    assert parse({"rrule": "FREQ=WEEKLY;BYDAY=FR", "to": "2022-12-31"}) is not None


# -- types ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, [], ["2022-07-20"], {}, {"day": "20"}], ids=repr)
@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({}, "by"),
        ({}, "before"),
        ({}, "within"),
        ({}, "every"),
        ({}, "rrule"),
        ({"days": "10"}, "after"),
        ({"after": "issued"}, "days"),
        ({"after": "issued"}, "working_days"),
        ({"after": "issued"}, "months"),
        ({"by": "2022-07-20"}, "at"),
        ({"by": "2022-07-20"}, "start"),
        ({"within": "2022-07"}, "start"),
        ({"every": "year"}, "by"),
        ({"every": "year"}, "before"),
        ({"every": "month"}, "by"),
        ({"every": "quarter"}, "by"),
        ({"every": "half-year"}, "by"),
        ({"every": "year"}, "from"),
        ({"every": "year"}, "to"),
        ({"every": "year"}, "offset"),
        ({"every": "year", "by": "11-25"}, "at"),
        ({"rrule": "FREQ=DAILY"}, "from"),
        ({"rrule": "FREQ=DAILY"}, "to"),
        ({"rrule": "FREQ=DAILY"}, "at"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_at_its_key(form: Form, key: str, value: Value) -> None:
    """Nothing, a list or a mapping where one text belongs is an error at that key, never ignored."""
    assert refusal(form | {key: value}).path == (key,)


@pytest.mark.parametrize("value", [None, ["06-15", None], [["06-15"], "12-15"], ["06-15", {"day": "15"}]], ids=repr)
def test_each_day_of_a_half_year_is_one_text(value: Value) -> None:
    """A list with something other than texts is refused at `by`."""
    assert refusal({"every": "half-year", "by": value}).path[0] == "by"


@pytest.mark.parametrize(("month", "day"), [(None, "15"), ("3", None), (["3"], "15"), ("3", ["15"])])
def test_month_and_day_of_a_quarter_are_texts(month: Value, day: Value) -> None:
    """{month, day} hold one text each."""
    assert refusal({"every": "quarter", "by": {"month": month, "day": day}}).path[0] == "by"


KEYS = ["by", "before", "within", "every", "after", "rrule", "at", "start", "from", "to", "offset", "days", "months"]
WORDS = "2022-07-20 2022-02-30 2022-07 2022-Q3 2022 year month quarter half-year 11-25 31 last issued event:x 10 0 1"
TEXTS = st.sampled_from([*WORDS.split(), "14:00", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=FR", ""])
VALUES = st.recursive(
    st.none() | TEXTS | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["month", "day", "x"]), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*KEYS, "working_days", "weeks"]), VALUES, max_size=4))
def test_any_mapping_is_a_form_or_a_useful_error(deadline: Form) -> None:
    """Whatever an office writes, it is read or refused with a remedy at one of its keys; nothing else is raised."""
    error: GrammarError | None = None
    try:
        parse(deadline)
    except GrammarError as refused:
        error = refused
    if error:
        assert error.code
        assert error.message
        assert error.fix
        assert not error.path or error.path[0] in deadline


# -- the errors themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        ({"by": None}, "(để trống)"),
        ({"by": ""}, "(để trống)"),
        ({"by": ["2022-07-20", "2022-07-21"]}, "[2022-07-20, 2022-07-21]"),
        ({"every": "year", "by": {"month": "3", "day": None}}, "{month: 3, day: (để trống)}"),
        ({"every": "year", "by": "11/25"}, "11/25"),
        ({"rrule": ""}, "(để trống)"),
    ],
)
def test_an_error_repeats_what_was_written_as_the_file_writes_it(deadline: Form, shown: str) -> None:
    """A clerk reads the value as in the file, never a programmer's notation."""
    message = refusal(deadline).message
    assert shown in message
    assert "None" not in message
    assert "'" not in message


def test_a_grammar_error_is_a_refusal() -> None:
    """Commands treat a grammar error as any other refusal."""
    assert isinstance(refusal({"by": "2022-02-31"}), Refused)


def test_an_impossible_date_is_shown_the_way_offices_write_it() -> None:
    """The message names the date in Vietnamese order."""
    assert "31/02/2022" in refusal({"by": "2022-02-31"}).message


def test_a_date_read_elsewhere_carries_the_path_it_was_given() -> None:
    """Other parts of the configuration read dates with the same errors at their own keys."""
    assert read_date("2022-07-08", "plan", "issued_on") == date(2022, 7, 8)
    with pytest.raises(GrammarError) as refused:
        read_date("08/07/2022", "plan", "issued_on")
    assert refused.value.path == ("plan", "issued_on")


def test_a_problem_is_one_line_with_its_place_and_remedy() -> None:
    """A fault in a file reads `file:line:column: what → fix`, and sorts by place."""
    first = Problem("plans/a.yaml", 3, 5, "date", "không có ngày 31/02/2022.", "sửa lại ngày")
    later = Problem("plans/a.yaml", 12, 1, "date", "x")
    assert str(first) == "plans/a.yaml:3:5: không có ngày 31/02/2022. → sửa lại ngày"
    assert str(later) == "plans/a.yaml:12:1: x"
    assert sorted([later, first]) == [first, later]
