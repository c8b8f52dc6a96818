"""What the database counts of a period is what the events tell, as of any day, as known on any day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from obligations.cases.reading.counting import Alike, Period, count
from obligations.cases.reading.status import Asked, Known, ask, read
from obligations.store.database import snapshot
from tests.offices import ZONE, Office, at, obligation
from tests.rich_lives import FIRST, Watching

DAY = timedelta(days=1)


def counted(office: Office, now: datetime, first: date, last: date, **days: date | None) -> Counter[Alike]:
    """By the database; it must be what every assignment's events tell."""
    period = Period(first, last, ZONE)
    with snapshot(office.app.engine) as session:
        asked = ask(session, now, **days)
        found: Counter[Alike] = Counter()
        for alike, number in count(session, asked, period):
            found[alike] += number
        told = [one for one in read(session, asked) if period.holds(one.facts)]
    assert found == Counter(_alike(one, asked, period) for one in told), (now, first, last, days)
    return found


def _alike(one: Known, asked: Asked, period: Period) -> Alike:
    facts, moment = one.facts, asked.moment
    current, original = one.class_on(moment), one.class_on(moment, original=True)
    return Alike(facts.unit, facts.plan, period.is_carried_over(facts), current, original)


def the_database_counts_what_the_events_tell(office: Office, seed: int) -> Watching:
    """Every evening: of the year so far, and of any period, as of any day, as known on any."""
    random, kinds = Random(seed), set()  # noqa: S311 - a seed, not a secret
    while evening := (yield):
        today = evening.date()
        kinds |= {one.current for one in counted(office, evening, date(2022, 1, 1), today)}
        for _ in range(2):
            first, last, as_of, known = (FIRST + DAY * random.randrange(-3, 75) for _ in range(4))
            days = {"as_of": random.choice((as_of, None)), "known_at": random.choice((known, None))}
            counted(office, evening, min(first, last), max(first, last), **days)
    assert len(kinds) > 5, "a life that shows every class"


def test_the_first_and_the_last_of_all_days_can_be_asked_about(office: Office) -> None:
    """Whoever mistypes a year gets all as given, or all as carried over."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    for first, is_carried_over in ((date.min, False), (date.max, True)):
        [*found] = counted(office, at("2022-07-12 09:00"), first, date.max).items()
        assert [(one.is_carried_over, number) for one, number in found] == [(is_carried_over, 1)] * 2


def test_the_day_given_turns_at_the_offices_own_midnight(office: Office) -> None:
    """Activated at 17:30 UTC: in Vietnam it is the next day already."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-12 00:30")
    now = at("2022-07-13 09:00")
    given = [counted(office, now, day, day).total() for day in (date(2022, 7, 11), date(2022, 7, 12))]
    assert given == [0, 2]
    assert {one.is_carried_over for one in counted(office, now, date(2022, 7, 13), date(2022, 7, 13))} == {True}
