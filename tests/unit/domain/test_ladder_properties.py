"""What holds of every ladder, whatever its policy, its days off and its start."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
    build,
    reach,
    reviews,
)
from obligations.domain.policy import STANDARD, Count, CountUnit, Escalation, Policy
from obligations.domain.settling import TOLD, settle
from tests.unit.domain.ladder_tools import (
    DAY,
    VIETNAM,
    clockwork,
    local,
    quiet_days,
)

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
def test_what_walks_a_ladder_to_a_day_lies_in_its_reach(case: Case) -> None:
    """Whatever rung falls on a day: its due date, its first word or its review is one of those that reach the day."""
    policy, due_on, since, machine, found = case
    for rung in (*found.rungs, *found.superseded):
        earliest, latest = reach([STANDARD, policy], rung.day, rung.day, machine.calendar)
        assert rung.id in FIRST_WORDS or earliest <= due_on <= latest, rung
    started = machine.local(since).date()
    for rung in reviews(policy, since, machine).rungs:
        assert reach([policy], rung.day, rung.day, machine.calendar)[0] <= started, rung
    opened = machine.local(machine.opening(since, policy.days)).date()
    assert reach([policy], opened, opened, machine.calendar)[0] <= started


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
