"""The calendar counts on each day what `status` tells of it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.decisions import Decision, extend
from obligations.cases.reading import due_days
from obligations.cases.reading.board import View
from obligations.cases.reading.status import status
from obligations.cases.reminding.planning import plan_due
from tests.offices import Office, at, obligation
from tests.rich_lives import Watching

CALENDAR = """
confirmed: [{year: 2022, document: 1/TB}]
days_off: [{on: 2022-07-18, name: Nghỉ bù, document: 2/TB}]
worked_days: [{on: 2022-07-23, document: 2/TB}]
"""


def the_calendar_stands_on_the_same_days(office: Office, _: int) -> Watching:
    """Every evening, each class of each day, both as a month and as a year."""
    while evening := (yield):
        plan_due(office.app, evening)
        told: dict[date, Counter[str]] = {}
        for one in status(office.app, evening).assignments:
            if one.due_on:
                told.setdefault(one.due_on, Counter())[one.class_] += 1
        for number in {day.year for day in told}:
            found = due_days.year(office.app, View(), number, evening)
            assert {day.on: day.counts for day in found.days if day.owed} == {
                day: counts for day, counts in told.items() if day.year == number
            }
        first = evening.date().replace(day=1)
        for day in due_days.month(office.app, View(), first, evening).days:
            assert day.counts == told.get(day.on, Counter())
            assert sum(one.owed for one in day.duties) == day.owed


def test_a_day_says_what_was_moved_and_whether_it_is_worked(office: Office) -> None:
    """Extended from 29/7 to 31/7: gone from one day, come to the other; a day off and a worked Saturday have names."""
    office.write("calendar.yaml", CALENDAR)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    grant = Decision(date(2022, 7, 12), "thư ký", "9/CV")
    now = at("2022-07-12 09:00")
    extend(office.app, Address(code="K1-0001"), grant, now, to=date(2022, 7, 31), granted_by="Giám đốc")
    found = due_days.month(office.app, View(), date(2022, 7, 1), now)
    days = {day.on.day: day for day in found.days}
    assert ((days[29].owed, days[29].left), (days[31].owed, days[31].came)) == ((1, 1), (1, 1))
    assert (days[18].off, days[18].is_holiday, days[16].is_holiday) == ("Nghỉ bù", True, False)
    assert (days[23].is_made_up, days[30].is_made_up, found.is_confirmed) == (True, False, True)
    assert [(one.title, one.code, one.owed) for one in days[29].duties] == [("Việc bao-cao", "K1-0002", 1)]
    assert not due_days.year(office.app, View(), 2023, now).is_confirmed
    alone = due_days.month(office.app, View(unit="so-xay-dung"), date(2022, 7, 1), now)
    assert alone.counts.total() == 1
