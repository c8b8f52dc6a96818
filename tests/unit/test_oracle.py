"""The oracle itself against dates worked out by hand on the Vietnamese calendar. Days of the week stand in comments."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from obligations.config.load import load
from obligations.domain.plan import Configuration
from tests.offices import OFFICE, PLAN, UNITS, ZONE, at, obligation
from tests.oracle import (
    Book,
    Delivery,
    Departure,
    Duty,
    Expectation,
    Expected,
    Fact,
    Recorded,
    Story,
    Version,
    broken_promises,
    compare,
    expect,
    roster,
)
from tests.oracle.walk import Walk

ROOT = Path(__file__).parents[2]
CALENDAR = (ROOT / "config" / "calendar.yaml").read_text("utf-8")
HOURS = ("07:31", "08:01", "10:00", "14:00", "16:00")
UNIT, REPORT = "so-y-te", ("ke-hoach", "bao-cao", "so-y-te", "once")
FOCAL, MAI, BOSS = "so-y-te.focal", "van-phong.focal", "van-phong.leader"
YEARLY = "{every: year, by: 11-25, from: 2022, to: 2025}"


def configured(
    deadline: str,
    *,
    more: str = "",
    policy: str = "",
    issued_on: str = "2022-07-08",
    overseer: str = "van-phong",
    office: str = "",
    units: str = UNITS,
) -> Configuration:
    """An invented office on the real calendar with one duty, `bao-cao`, that Sở Y tế owes."""
    plan = PLAN.format(
        issued_on=issued_on, obligations=obligation("bao-cao", deadline, responsible=f"[{UNIT}]", more=more)
    )
    texts = {
        "office.yaml": OFFICE.format(sending="live") + office,
        "units.yaml": units,
        "channels.yaml": "email: smtp://127.0.0.1:25/?from=nhac@so-mau.example\n",
        "calendar.yaml": CALENDAR,
        "policies.yaml": policy or "chuan: {}\n",
        "plans/ke-hoach.yaml": plan.replace("overseer: van-phong", f"overseer: {overseer}"),
    }
    return load(texts, date(2022, 7, 11)).required()


def ran(
    first: str,
    last: str,
    *,
    hours: Iterable[str] = HOURS,
    off: tuple[str, str] | None = None,
    down: tuple[str, str] | None = None,
) -> list[Delivery]:
    """A delivery at each hour of every day; none while the engine is `off`; no e-mail accepted while `down`."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        for hour in hours:
            when = f"{day.isoformat()} {hour}"
            if not (off and off[0] <= when < off[1]):
                shut = frozenset({"email"}) if down and down[0] <= when < down[1] else frozenset[str]()
                found.append(Delivery(at(when), down=shut))
        day += timedelta(days=1)
    return found


def checked(*whens: str) -> list[Fact]:
    """The register was read."""
    return [Fact(1000 + n, "checked", at(when), at(when).date()) for n, when in enumerate(whens)]


def fact(number: int, kind: str, when: str, **payload: Any) -> Fact:
    return Fact(number, kind, at(when), at(when).date(), payload)


def story(applied: str, due_on: str, *facts: Fact, period: str = "once", opened_on: str | None = None) -> Story:
    """A duty of Sở Y tế from its birth on; later periods (`opened_on`) owe no first word."""
    opened = date.fromisoformat(opened_on) if opened_on else None
    duty = Duty("ke-hoach", "bao-cao", UNIT, period, opened, notice=opened is None)
    return Story(duty, (fact(1, "due_set", applied, due_on=due_on), *facts))


def lived(
    one: Story, configuration: Configuration, deliveries: list[Delivery], office: Iterable[Fact] = ()
) -> Expectation:
    book = Book((Version(one.facts[0].recorded_at, configuration),), tuple(deliveries), tuple(office))
    return expect([one], book)


def told(expectation: Expectation, *audiences: str, key: tuple[str, ...] = REPORT) -> list[str]:
    """Rows as lines: `22/11/2022 before-3 so-y-te.focal: sent 22/11/2022 08:01`."""
    return [_line(row) for row in expectation.of(*key) if not audiences or row.audience in audiences]


def fates(expectation: Expectation, rung: str) -> dict[str, frozenset[str]]:
    """What may become of a rung of Sở Y tế's duty, by recipient."""
    return {row.recipient: row.fates for row in expectation.rows[REPORT].values() if row.rung == rung}


def _line(row: Expected) -> str:
    fates = " or ".join(sorted(row.fates))
    why = ", ".join(sorted(filter(None, row.whys)))
    left = f" {row.first.astimezone(ZONE):%d/%m/%Y %H:%M}" if row.first else ""
    if row.first != row.last:
        left += f" to {row.last.astimezone(ZONE):%d/%m/%Y %H:%M}" if row.last else " on"
    return f"{row.day:%d/%m/%Y} {row.rung} {row.recipient}: {fates}{left}{f' ({why})' if why else ''}"


def ledger(expectation: Expectation) -> list[Recorded]:
    """A ledger in which everything is as it must be."""
    return [
        Recorded(
            row.assignment,
            row.due_on,
            row.rung,
            row.recipient,
            row.audience,
            row.cause,
            min(row.fates),
            rung_on=row.day,
            planned_at=row.planned_by,
            left_at=row.first if "sent" in row.fates else None,
        )
        for row in expectation.of(*REPORT)
    ]


class TestFallingDays:
    def test_a_plan_three_days_old_gives_what_still_lies_ahead_of_19_07_2022(self) -> None:
        """Before 20/07/2022 is by Tuesday 19; taken in on Monday 11, when Saturday 09 (on Friday 08) has gone by."""
        configuration = configured("{before: 2022-07-20}")
        one = story("2022-07-11 09:00", "2022-07-19")
        assert told(lived(one, configuration, ran("2022-07-11", "2022-07-29"))) == [
            "11/07/2022 notice so-y-te.focal: sent 11/07/2022 10:00",
            "15/07/2022 before-3 so-y-te.focal: sent 15/07/2022 08:01",  # Saturday 16, on the Friday before
            "19/07/2022 before-0 so-y-te.focal: sent 19/07/2022 08:01",
            "20/07/2022 overdue-1 so-y-te.focal: sent 20/07/2022 08:01",
            "20/07/2022 overseer-1 van-phong.focal: sent 20/07/2022 08:01",  # as soon as the unit's own had left
            "21/07/2022 overdue-2 so-y-te.focal: sent 21/07/2022 08:01",
            "22/07/2022 letter-3 van-phong.focal: sent 22/07/2022 08:01",
            "25/07/2022 leader-4 so-y-te.leader: held (register)",
            "29/07/2022 own_leadership-8 van-phong.leader: held (register)",
        ]

    def test_the_last_day_of_25_11_2023_is_a_saturday_and_said_on_friday_24(self) -> None:
        """Counted from the end of 2022 it lies 329 days ahead: dai-han."""
        one = story("2022-07-11 09:00", "2023-11-25", period="2023", opened_on="2022-12-31")
        seen = lived(one, configured(YEARLY), ran("2022-07-11", "2023-11-30"))
        assert told(seen, "unit", key=(*REPORT[:3], "2023")) == [
            "29/05/2023 before-180 so-y-te.focal: sent 29/05/2023 08:01",  # Monday
            "25/08/2023 before-90 so-y-te.focal: sent 25/08/2023 08:01",  # Sunday 27, on Friday
            "26/10/2023 before-30 so-y-te.focal: sent 26/10/2023 08:01",  # Thursday
            "15/11/2023 before-10 so-y-te.focal: sent 15/11/2023 08:01",  # Wednesday
            "22/11/2023 before-3 so-y-te.focal: sent 22/11/2023 08:01",  # Wednesday
            "24/11/2023 before-0 so-y-te.focal: sent 24/11/2023 08:01",  # Friday
            "27/11/2023 overdue-1 so-y-te.focal: sent 27/11/2023 08:01",  # Monday
            "28/11/2023 overdue-2 so-y-te.focal: sent 28/11/2023 08:01",
        ]

    def test_25_11_2022_is_137_days_ahead_and_walks_the_short_ladder(self) -> None:
        one = story("2022-07-11 09:00", "2022-11-25", period="2022", opened_on="2021-12-31")
        seen = lived(one, configured(YEARLY), ran("2022-07-11", "2022-11-30"))
        assert told(seen, "unit", key=(*REPORT[:3], "2022")) == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",  # Tuesday
            "22/11/2022 before-3 so-y-te.focal: sent 22/11/2022 08:01",  # Tuesday
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",  # Friday
            "28/11/2022 overdue-1 so-y-te.focal: sent 28/11/2022 08:01",  # Monday
            "29/11/2022 overdue-2 so-y-te.focal: sent 29/11/2022 08:01",
        ]

    def test_the_end_of_2023_is_said_on_friday_29_12(self) -> None:
        """30/12 to 01/01/2024 are three days off; the first working day after them is too late for a second word."""
        one = story("2023-10-16 09:00", "2023-12-31")
        seen = lived(one, configured("{within: 2023}"), ran("2023-10-16", "2024-01-05"))
        assert told(seen, "unit")[1:] == [
            "21/12/2023 before-10 so-y-te.focal: sent 21/12/2023 08:01",
            "28/12/2023 before-3 so-y-te.focal: sent 28/12/2023 08:01",
            "29/12/2023 before-0 so-y-te.focal: sent 29/12/2023 08:01",
            "02/01/2024 overdue-1 so-y-te.focal: sent 02/01/2024 08:01",  # Tuesday
            "03/01/2024 overdue-2 so-y-te.focal: sent 03/01/2024 08:01",
        ]

    def test_three_days_off_are_a_break(self) -> None:
        """30/12/2023 to 01/01/2024, Saturday to Monday; due on Wednesday 03/01/2024."""
        one = story("2023-12-11 09:00", "2024-01-03")
        seen = lived(one, configured("{by: 2024-01-03}"), ran("2023-12-11", "2024-01-03"))
        assert told(seen, "unit")[1:] == [
            "22/12/2023 before-10 so-y-te.focal: sent 22/12/2023 08:01",  # Sunday 24, on Friday: two days off
            "29/12/2023 before-3 so-y-te.focal: sent 29/12/2023 08:01",
            "02/01/2024 after-break so-y-te.focal: sent 02/01/2024 08:01",
            "03/01/2024 before-0 so-y-te.focal: sent 03/01/2024 08:01",
        ]

    def test_what_falls_in_tet_2024_is_said_once_before_and_once_after(self) -> None:
        """Off from Thursday 08 to Wednesday 14/02/2024: Tuesday 13's rung moves to Wednesday 07."""
        one = story("2024-01-02 09:00", "2024-02-16")
        seen = lived(one, configured("{by: 2024-02-16}"), ran("2024-01-02", "2024-02-20"))
        assert told(seen, "unit")[1:] == [
            "06/02/2024 before-10 so-y-te.focal: sent 06/02/2024 08:01",
            "07/02/2024 before-3 so-y-te.focal: sent 07/02/2024 08:01",
            "15/02/2024 after-break so-y-te.focal: sent 15/02/2024 08:01",
            "16/02/2024 before-0 so-y-te.focal: sent 16/02/2024 08:01",
            "19/02/2024 overdue-1 so-y-te.focal: sent 19/02/2024 08:01",
            "20/02/2024 overdue-2 so-y-te.focal: sent 20/02/2024 08:01",
        ]

    def test_rungs_that_pile_up_on_07_02_2024_make_one_reminder(self) -> None:
        """Due in the middle of Tết: the last day and three days before it both come to Wednesday 07."""
        one = story("2024-01-02 09:00", "2024-02-10")
        seen = lived(one, configured("{by: 2024-02-10}"), ran("2024-01-02", "2024-02-16"))
        assert sorted(told(seen, "unit")[1:]) == sorted(
            [
                "31/01/2024 before-10 so-y-te.focal: sent 31/01/2024 08:01",
                "07/02/2024 before-3 so-y-te.focal: superseded (same-day)",
                "07/02/2024 before-0 so-y-te.focal: sent 07/02/2024 08:01",
                "15/02/2024 overdue-1 so-y-te.focal: sent 15/02/2024 08:01",
                "16/02/2024 overdue-2 so-y-te.focal: sent 16/02/2024 08:01",
            ]
        )

    def test_the_day_after_a_break_that_is_the_last_day_itself_is_said_once(self) -> None:
        one = story("2024-01-02 09:00", "2024-02-15")
        seen = lived(one, configured("{by: 2024-02-15}"), ran("2024-01-02", "2024-02-15"))
        assert told(seen, "unit")[-2:] == [
            "15/02/2024 after-break so-y-te.focal: superseded (same-day)",
            "15/02/2024 before-0 so-y-te.focal: sent 15/02/2024 08:01",
        ]

    def test_tet_2026_ends_on_a_sunday_and_20_02_2026_is_said_on_friday_13(self) -> None:
        """Off from Saturday 14 to Sunday 22/02/2026: no word after the break would still be in time."""
        one = story("2026-01-05 09:00", "2026-02-20")
        seen = lived(one, configured("{by: 2026-02-20}"), ran("2026-01-05", "2026-02-24"))
        assert sorted(told(seen, "unit")[1:]) == sorted(
            [
                "10/02/2026 before-10 so-y-te.focal: sent 10/02/2026 08:01",
                "13/02/2026 before-3 so-y-te.focal: superseded (same-day)",
                "13/02/2026 before-0 so-y-te.focal: sent 13/02/2026 08:01",
                "23/02/2026 overdue-1 so-y-te.focal: sent 23/02/2026 08:01",
                "24/02/2026 overdue-2 so-y-te.focal: sent 24/02/2026 08:01",
            ]
        )

    def test_a_saturday_that_is_worked_counts(self) -> None:
        """04/05/2024 makes up for Monday 29/04: after the break of 27/04 to 01/05 it is the third working day."""
        one = story("2024-04-01 09:00", "2024-04-26")
        seen = lived(one, configured("{by: 2024-04-26}"), ran("2024-04-01", "2024-05-06"))
        assert told(seen, "unit", "reviewer")[-3:] == [
            "02/05/2024 overdue-1 so-y-te.focal: sent 02/05/2024 08:01",  # Thursday
            "03/05/2024 overdue-2 so-y-te.focal: sent 03/05/2024 08:01",
            "04/05/2024 letter-3 van-phong.focal: sent 04/05/2024 08:01",  # Saturday
        ]

    def test_a_policy_of_all_days_writes_on_sundays(self) -> None:
        policy = "chuan: {days: all, before: [6, 0], overdue: {at: [1], unit: day}, letter: null, escalate: []}\n"
        one = story("2022-11-01 09:00", "2022-11-26")
        seen = lived(one, configured("{by: 2022-11-26}", policy=policy), ran("2022-11-01", "2022-11-30"))
        assert told(seen)[1:] == [
            "20/11/2022 before-6 so-y-te.focal: sent 20/11/2022 08:01",  # Sunday
            "26/11/2022 before-0 so-y-te.focal: sent 26/11/2022 08:01",  # Saturday
            "27/11/2022 overdue-1 so-y-te.focal: sent 27/11/2022 08:01",  # Sunday
        ]

    def test_a_count_of_calendar_days_after_the_deadline_never_goes_back(self) -> None:
        """Due Thursday 24/11/2022: two days later is Saturday 26, said on Monday 28; three days later, too."""
        policy = "chuan: {before: [], overdue: {at: [2, 3], unit: day}, letter: null, escalate: []}\n"
        one = story("2022-11-01 09:00", "2022-11-24")
        seen = lived(one, configured("{by: 2022-11-24}", policy=policy), ran("2022-11-01", "2022-11-30"))
        assert sorted(told(seen)[1:]) == [
            "28/11/2022 overdue-2 so-y-te.focal: sent 28/11/2022 08:01",
            "28/11/2022 overdue-3 so-y-te.focal: superseded (same-day)",
        ]

    def test_quiet_days_are_days_off_for_reminders(self) -> None:
        """Quiet from Monday 21 to Wednesday 23/11/2022: with the weekend five days off."""
        office = "quiet: [{from: 2022-11-21, to: 2022-11-23}]\n"
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}", office=office), ran("2022-11-01", "2022-11-25"))
        assert told(seen, "unit")[1:] == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "18/11/2022 before-3 so-y-te.focal: sent 18/11/2022 08:01",
            "24/11/2022 after-break so-y-te.focal: sent 24/11/2022 08:01",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]


class TestFirstWords:
    def test_a_plan_taken_in_on_a_saturday_is_told_when_the_office_opens(self) -> None:
        one = story("2022-07-09 20:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-07-09", "2022-07-12"))
        assert told(seen) == ["11/07/2022 notice so-y-te.focal: sent 11/07/2022 07:31"]

    def test_a_first_word_gives_way_to_a_rung_of_its_day(self) -> None:
        """Taken in on Sunday 17/07/2022 for Monday 18: the office opens at 07:30, the last day is said at 08:00."""
        one = story("2022-07-17 20:00", "2022-07-18")
        seen = lived(one, configured("{by: 2022-07-18}"), ran("2022-07-17", "2022-07-18"))
        assert told(seen) == [
            "18/07/2022 notice so-y-te.focal: superseded (same-day)",
            "18/07/2022 before-0 so-y-te.focal: sent 18/07/2022 08:01",
        ]

    def test_a_rung_that_went_by_before_the_first_word_takes_nothing_from_it(self) -> None:
        """Taken in at 09:00 of the last day, after its 08:00."""
        one = story("2022-07-18 09:00", "2022-07-18")
        seen = lived(one, configured("{by: 2022-07-18}"), ran("2022-07-18", "2022-07-18"))
        assert told(seen) == ["18/07/2022 notice so-y-te.focal: sent 18/07/2022 10:00"]

    def test_what_was_due_before_it_was_followed_sends_nothing(self) -> None:
        one = story("2022-07-18 09:00", "2022-06-30", fact(2, "unknown", "2022-07-18 09:00"))
        assert told(lived(one, configured("{by: 2022-06-30}"), ran("2022-07-18", "2022-07-30"))) == []

    def test_what_the_plan_itself_proves_done_sends_nothing(self) -> None:
        more = "done: {on: 2022-07-08, document: 12/KH-SM}"
        birth = [fact(2, "submitted", "2022-07-11 09:00"), fact(3, "confirmed", "2022-07-11 09:00")]
        one = story("2022-07-11 09:00", "2022-07-31", *birth)
        seen = lived(one, configured("{within: 2022-07}", more=more), ran("2022-07-11", "2022-08-30"))
        assert told(seen) == []

    def test_a_duty_without_a_date_is_told_when_it_gets_one(self) -> None:
        """Ten working days from Monday 01/08/2022 are Monday 15/08."""
        dated = fact(2, "due_set", "2022-08-02 09:00", due_on="2022-08-15")
        duty = Duty("ke-hoach", "bao-cao", UNIT, "once", notice=True)
        one = Story(duty, (fact(1, "due_set", "2022-07-11 09:00", due_on=None), dated))
        seen = lived(one, configured("{after: 'event:hop', working_days: 10}"), ran("2022-07-11", "2022-08-15"))
        assert told(seen, "unit") == [
            "02/08/2022 notice so-y-te.focal: sent 02/08/2022 10:00",
            "05/08/2022 before-10 so-y-te.focal: sent 05/08/2022 08:01",
            "12/08/2022 before-3 so-y-te.focal: sent 12/08/2022 08:01",
            "15/08/2022 before-0 so-y-te.focal: sent 15/08/2022 08:01",
        ]


class TestTrouble:
    def test_an_outage_from_due_3_to_due_15_lets_nobody_be_accused_before_the_unit(self) -> None:
        """Due Friday 25/11/2022, off from Monday 28/11 to Monday 12/12: its late word on 12/12, two working days."""
        deliveries = ran("2022-11-01", "2022-12-16", off=("2022-11-28 00:00", "2022-12-12 00:00"))
        office = checked(*(f"2022-12-{day} 08:30" for day in (12, 13, 14, 15, 16)))
        one = story(
            "2022-11-01 09:00",
            "2022-11-25",
            fact(2, "approved", "2022-12-12 09:00", rung="leader-4", due_on="2022-11-25"),
        )
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries, office)
        assert told(seen)[4:] == [
            "28/11/2022 overdue-1 so-y-te.focal: superseded (newer)",
            "28/11/2022 overseer-1 van-phong.focal: sent 14/12/2022 07:31",
            "29/11/2022 overdue-2 so-y-te.focal: sent 12/12/2022 07:31",
            "30/11/2022 letter-3 van-phong.focal: sent 12/12/2022 07:31",
            "01/12/2022 leader-4 so-y-te.leader: sent 14/12/2022 10:00",
            "07/12/2022 own_leadership-8 van-phong.leader: sent 14/12/2022 10:00",
        ]

    def test_a_late_word_waits_for_the_office_to_open(self) -> None:
        """The engine is back on Wednesday 16/11/2022 at 19:00; what was for Tuesday leaves on Thursday morning."""
        deliveries = [*ran("2022-11-01", "2022-11-14"), Delivery(at("2022-11-16 19:00"))]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries + ran("2022-11-17", "2022-11-17"))
        assert told(seen)[1:] == ["15/11/2022 before-10 so-y-te.focal: sent 17/11/2022 07:31"]

    def test_a_rung_is_not_late_on_its_own_day(self) -> None:
        deliveries = [*ran("2022-11-01", "2022-11-14"), Delivery(at("2022-11-15 19:00"))]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen)[1:] == ["15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 19:00"]

    def test_of_five_days_without_a_mail_server_only_the_newest_leaves(self) -> None:
        """Down from Monday 21 to Saturday 26/11/2022 while the engine runs; Monday 28 at 07:31 the way is free."""
        deliveries = ran("2022-11-01", "2022-11-29", down=("2022-11-21 00:00", "2022-11-27 00:00"))
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen, "unit")[1:] == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "22/11/2022 before-3 so-y-te.focal: superseded (newer)",
            "25/11/2022 before-0 so-y-te.focal: superseded (newer)",  # overdue-1 of that morning says all
            "28/11/2022 overdue-1 so-y-te.focal: sent 28/11/2022 08:01",
            "29/11/2022 overdue-2 so-y-te.focal: sent 29/11/2022 08:01",
        ]

    def test_an_engine_may_wait_a_while_after_a_refusal_before_it_tries_again(self) -> None:
        """Refused until Tuesday 22/11/2022 07:45: the rung leaves at 08:01, or once the channel has rested."""
        deliveries = ran("2022-11-01", "2022-11-23", down=("2022-11-21 00:00", "2022-11-22 07:45"))
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen)[2:] == ["22/11/2022 before-3 so-y-te.focal: sent 22/11/2022 08:01 to 22/11/2022 10:00"]

    def test_a_process_killed_while_sending_leaves_a_fate_open(self) -> None:
        deliveries = [
            replace(one, shaky=frozenset({"email"})) if one.at == at("2022-11-22 08:01") else one
            for one in ran("2022-11-01", "2022-11-22")
        ]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen)[2:] == [
            "22/11/2022 before-3 so-y-te.focal: sent or unknown 22/11/2022 08:01 to 22/11/2022 10:00"
        ]

    @pytest.mark.parametrize(
        ("deed", "then", "kind"),
        [
            (fact(2, "submitted", "2022-11-22 09:15", counts_on="2022-11-22"), "2022-11-23 15:00", "confirmed"),
            (fact(2, "reassigned", "2022-11-22 09:15", to="so-xay-dung"), "", ""),
        ],
    )
    def test_what_a_killed_process_did_not_send_may_be_dropped_by_what_people_do_next(
        self, deed: Fact, then: str, kind: str
    ) -> None:
        """Killed with the rung in hand, then shut until after the unit had answered or had handed its duty over."""
        deliveries = [
            replace(one, down=frozenset(), shaky=frozenset({"email"}), died=True)
            if one.at == at("2022-11-22 08:01")
            else one
            for one in ran("2022-11-01", "2022-11-23", down=("2022-11-22 07:00", "2022-11-23 20:00"))
        ]
        after = [fact(3, kind, then)] if kind else []
        one = story("2022-11-01 09:00", "2022-11-25", deed, *after)
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        before = next(row for row in seen.of(*REPORT) if row.rung == "before-3")
        assert {"sent", "unknown", "skipped"} <= before.fates

    def test_what_fell_during_an_outage_is_not_the_next_units_when_the_duty_went_on_meanwhile(self) -> None:
        """Off from Monday to Thursday; before-3 falls on Tuesday 22/11/2022 and the duty goes on that afternoon."""
        deliveries = ran("2022-11-01", "2022-11-25", off=("2022-11-21 00:00", "2022-11-24 00:00"))
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "reassigned", "2022-11-22 14:00", to="so-xay-dung"))
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen, "unit")[2:] == [
            "22/11/2022 notice so-xay-dung.focal: sent 24/11/2022 07:31",
            "25/11/2022 before-0 so-xay-dung.focal: sent 25/11/2022 08:01",
        ]
        fallen = next(row for key, row in seen.rows[REPORT].items() if key[1] == "before-3")
        assert fallen.recipient == FOCAL
        assert "sent" not in fallen.fates

    def test_a_return_that_nobody_told_during_an_outage_is_not_the_next_units(self) -> None:
        """Off from Tuesday to Thursday; returned on Tuesday 22/11/2022, handed on the next afternoon."""
        deliveries = ran("2022-11-01", "2022-11-25", off=("2022-11-22 00:00", "2022-11-24 00:00"))
        facts = [
            fact(2, "submitted", "2022-11-21 09:15", counts_on="2022-11-21"),
            fact(3, "returned", "2022-11-22 10:30", resubmit_by="2022-12-05"),
            fact(4, "reassigned", "2022-11-23 15:45", to="so-xay-dung"),
        ]
        seen = lived(story("2022-11-01 09:00", "2022-11-25", *facts), configured("{by: 2022-11-25}"), deliveries)
        rows = [row for key, row in seen.rows[REPORT].items() if key[1] == "returned" and row.recipient == FOCAL]
        assert [row.fates & {"absent", "skipped", "sent"} for row in rows] == [{"absent", "skipped"}]
        assert "23/11/2022 notice so-xay-dung.focal: sent 24/11/2022 07:31" in told(seen, "unit")

    def test_what_stands_unsent_may_give_way_to_what_fell_before_the_unit_answered(self) -> None:
        """No channel on Monday 28/11/2022, off from then on; overdue-2 falls on Tuesday, the unit answers at 14:00."""
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-11-29 14:00", counts_on="2022-11-29"))
        deliveries = ran("2022-11-01", "2022-11-28", down=("2022-11-28 00:00", "2022-11-29 00:00"))
        seen = lived(one, configured("{by: 2022-11-25}"), [*deliveries, Delivery(at("2022-11-30 08:01"))])
        [first] = [row for row in seen.of(*REPORT) if row.rung == "overdue-1"]
        assert first.fates == {"skipped", "superseded"}

    def test_what_was_held_when_the_unit_answered_after_the_last_delivery_may_be_dropped(self) -> None:
        """The leader's reminder waits for approval from Thursday 01/12/2022; the unit answers when the book is over."""
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-12-01 14:00", counts_on="2022-12-01"))
        deliveries = ran("2022-11-01", "2022-12-01", hours=("08:01",))
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries, checked("2022-12-01 07:50"))
        [leader] = [row for row in seen.of(*REPORT) if row.rung == "leader-4"]
        assert {"held", "skipped"} <= leader.fates
        assert "sent" not in leader.fates

    def test_what_a_result_dropped_need_not_come_back_when_that_is_returned_before_any_delivery(self) -> None:
        """The leader's reminder waits from Thursday 01/12/2022; sent at 14:00, returned at 15:00 with no new day."""
        facts = [
            fact(2, "submitted", "2022-12-01 14:00", counts_on="2022-12-01"),
            fact(3, "returned", "2022-12-01 15:00"),
        ]
        deliveries = ran("2022-11-01", "2022-12-02", hours=("08:01",))
        seen = lived(story("2022-11-01 09:00", "2022-11-25", *facts), configured("{by: 2022-11-25}"), deliveries)
        [leader] = [row for row in seen.of(*REPORT) if row.rung == "leader-4"]
        assert leader.fates == {"held", "skipped"}

    def test_the_overseer_may_hear_at_once_where_the_units_late_word_may_have_been_refused_for_good(self) -> None:
        """Off over both overdue rungs (28 and 29/11/2022); on the 30th the server refuses: nothing is waited for."""
        refusing = Delivery(at("2022-11-30 08:01"), shaky=frozenset({"email"}), refused=frozenset({FOCAL}))
        deliveries = [
            refusing if one.at == refusing.at else one
            for one in ran("2022-11-01", "2022-12-02", off=("2022-11-25 17:00", "2022-11-30 08:00"))
        ]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        [overseer] = [row for row in seen.of(*REPORT) if row.rung == "overseer-1"]
        assert (overseer.first, overseer.last) == (at("2022-11-30 08:01"), at("2022-12-02 07:31"))

    def test_a_late_word_may_share_the_letter_of_a_rung_of_that_day_at_any_hour_of_it(self) -> None:
        """Off on Tuesday 22/11/2022; on Wednesday the channel opens at 19:00, when another duty's rung may leave."""
        hours = (*HOURS, "19:00")
        down = ("2022-11-23 00:00", "2022-11-23 18:00")
        deliveries = ran(
            "2022-11-01", "2022-11-24", hours=hours, off=("2022-11-22 00:00", "2022-11-23 00:00"), down=down
        )
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen)[2:] == ["22/11/2022 before-3 so-y-te.focal: sent 23/11/2022 19:00 to 24/11/2022 07:31"]

    def test_a_pause_is_an_outage(self) -> None:
        office = [fact(90, "paused", "2022-11-22 07:00"), fact(91, "resumed", "2022-11-23 09:00")]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-23"), office)
        assert told(seen)[2:] == ["22/11/2022 before-3 so-y-te.focal: sent 23/11/2022 10:00"]

    def test_late_all_sends_everything_and_late_none_nothing_that_is_late(self) -> None:
        deliveries = ran("2022-11-01", "2022-11-30", off=("2022-11-22 00:00", "2022-11-28 00:00"))
        one = story("2022-11-01 09:00", "2022-11-25")
        late = {}
        for how in ("all", "none"):
            seen = lived(one, configured("{by: 2022-11-25}", policy=f"chuan: {{late: {how}}}\n"), deliveries)
            late[how] = told(seen, "unit")[2:4]
        assert late == {
            "all": [
                "22/11/2022 before-3 so-y-te.focal: sent 28/11/2022 07:31",
                "25/11/2022 before-0 so-y-te.focal: sent 28/11/2022 07:31",
            ],
            "none": [
                "22/11/2022 before-3 so-y-te.focal: skipped (late)",
                "25/11/2022 before-0 so-y-te.focal: skipped (late)",
            ],
        }

    def test_a_unit_without_a_contact_fails_at_once(self) -> None:
        units = UNITS.replace(
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}", "{name: A, role: leader}"
        )
        seen = lived(
            story("2022-11-22 07:00", "2022-11-22"),
            configured("{by: 2022-11-22}", units=units),
            ran("2022-11-22", "2022-11-22"),
        )
        assert [one for one in told(seen) if "before-0" in one] == [
            "22/11/2022 before-0 : failed or superseded (no-recipient)"
        ]

    def test_whom_only_a_clerk_reaches_may_have_been_rung_up_or_not(self) -> None:
        units = UNITS.replace("role: focal, email: dau-moi@so-y-te.example", "role: focal, phone: 0900 000 009")
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}", units=units), ran("2022-11-01", "2022-11-28"))
        assert told(seen, "unit")[2:4] == [
            "22/11/2022 before-3 so-y-te.focal: planned or sent or skipped or superseded 22/11/2022 08:01 on (newer)",
            "25/11/2022 before-0 so-y-te.focal: planned or sent or skipped or superseded 25/11/2022 08:01 on (newer)",
        ]

    def test_a_message_refused_for_good_may_fail_or_leave_another_way(self) -> None:
        deliveries = [replace(one, refused=frozenset({FOCAL})) for one in ran("2022-11-22", "2022-11-22")]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), [*ran("2022-11-01", "2022-11-21"), *deliveries])
        assert told(seen)[2:] == ["22/11/2022 before-3 so-y-te.focal: failed or planned or sent 22/11/2022 08:01 on"]

    def test_a_message_may_be_refused_for_good_days_after_a_process_was_killed_with_it(self) -> None:
        """Shut from Tuesday 22/11/2022, killed at 10:00; on Thursday it opens and refuses, before-0 comes on Friday."""
        deliveries = [
            replace(one, down=frozenset(), shaky=frozenset({"email"}), died=True)
            if one.at == at("2022-11-22 10:00")
            else one
            for one in ran("2022-11-01", "2022-11-23", down=("2022-11-22 07:00", "2022-11-24 00:00"))
        ]
        refusing = Delivery(at("2022-11-24 16:00"), shaky=frozenset({"email"}), refused=frozenset({FOCAL}))
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}"), [*deliveries, refusing, *ran("2022-11-25", "2022-11-25")])
        assert told(seen)[2:] == [
            "22/11/2022 before-3 so-y-te.focal: failed or sent or superseded or unknown 22/11/2022 10:00 on (newer)",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]

    def test_an_address_that_bounces_is_passed_over_until_it_is_mended(self) -> None:
        """Bad on Wednesday 16/11/2022: the văn thư hears on Tuesday 22; mended on Wednesday 23."""
        units = UNITS.replace(
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}",
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}\n"
            "  - {name: Văn thư, role: van-thu, email: van-thu@so-y-te.example}",
        )
        said = {"contact": FOCAL, "address": "dau-moi@so-y-te.example"}
        office = [fact(90, "bounced", "2022-11-16 09:00", **said), fact(91, "restored", "2022-11-23 09:00", **said)]
        one = story("2022-11-01 09:00", "2022-11-25")
        seen = lived(one, configured("{by: 2022-11-25}", units=units), ran("2022-11-01", "2022-11-25"), office)
        assert told(seen, "unit")[2:] == [
            "22/11/2022 before-3 so-y-te.van-thu: sent 22/11/2022 08:01",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]

    def test_who_stands_in_for_an_address_found_bad_on_the_way_has_the_reminder(self) -> None:
        """No channel on Tuesday 22/11/2022; on Wednesday at 07:31 before-3's address is refused: the deputy has it."""
        deliveries = ran("2022-11-01", "2022-11-25", down=("2022-11-22 00:00", "2022-11-23 00:00"))
        seen = self.found_bad("2022-11-23 07:31", deliveries)
        assert fates(seen, "before-3") == {
            FOCAL: {"absent", "failed", "sent", "superseded", "unknown"},
            "so-y-te.deputy": {"absent", "sent", "unknown"},  # in that same delivery, or later
        }
        [last] = [row for row in seen.of(*REPORT) if row.rung == "before-0"]
        assert (last.recipient, last.fates) == ("so-y-te.deputy", frozenset({"sent"}))

    def test_one_letter_may_leave_before_another_of_that_delivery_finds_the_address_bad(self) -> None:
        """Tuesday 22/11/2022 at 08:01: two letters to the same person, the second is refused for an unknown address."""
        rows = fates(self.found_bad("2022-11-22 08:01", ran("2022-11-01", "2022-11-22")), "before-3")
        assert rows[FOCAL] >= {"absent", "sent", "failed"}
        assert rows["so-y-te.deputy"] >= {"absent", "sent"}

    @staticmethod
    def found_bad(when: str, deliveries: list[Delivery]) -> Expectation:
        """A duty of 25/11/2022 in whose delivery at `when` a letter finds the address bad; a deputy stands in."""
        units = UNITS.replace(
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}",
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}\n"
            "  - {name: Phó, role: deputy, email: pho@so-y-te.example}",
        )
        met = [
            replace(one, shaky=frozenset({"email"}), refused=frozenset({FOCAL})) if one.at == at(when) else one
            for one in deliveries
        ]
        bounced = fact(90, "bounced", when, contact=FOCAL, address="dau-moi@so-y-te.example")
        one = story("2022-11-01 09:00", "2022-11-25")
        return lived(one, configured("{by: 2022-11-25}", units=units), met, [bounced])

    def test_what_came_while_nobody_planned_it_and_is_moot_must_only_not_leave(self) -> None:
        """The engine is off on Tuesday 22/11/2022 from 07:00; the result comes at 09:00."""
        deliveries = ran("2022-11-01", "2022-11-24", off=("2022-11-22 07:00", "2022-11-23 00:00"))
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-11-22 09:00"))
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        (moot,) = (row for row in seen.rows[REPORT].values() if row.rung == "before-3")
        assert moot.fates == {"absent", "skipped", "superseded", "failed"}


class TestMovedDates:
    def test_an_erratum_after_before_3_left_does_not_say_it_again_at_once(self) -> None:
        """From 25/11 to Saturday 26/11/2022, on Tuesday 22 at 10:00: three days before it is Wednesday 23."""
        moved = fact(2, "due_moved", "2022-11-22 09:30", due_on="2022-11-26", why="correction")
        one = story("2022-11-01 09:00", "2022-11-25", moved)
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-28"))
        assert told(seen, "unit")[1:] == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "22/11/2022 before-3 so-y-te.focal: sent 22/11/2022 08:01",
            "22/11/2022 notice so-y-te.focal: sent 22/11/2022 10:00",
            "23/11/2022 before-3 so-y-te.focal: skipped (namesake)",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
            "28/11/2022 overdue-1 so-y-te.focal: sent 28/11/2022 08:01",
        ]

    def test_after_an_erratum_it_may_be_said_again_where_the_first_may_have_been_refused(self) -> None:
        """before-3 of Tuesday 22/11/2022 refused for good or not; that day the date moves to the 28th, or the 26th."""
        refusing = Delivery(at("2022-11-22 08:01"), shaky=frozenset({"email"}), refused=frozenset({FOCAL}))
        deliveries = [refusing if one.at == refusing.at else one for one in ran("2022-11-01", "2022-11-25")]
        moved = fact(2, "due_moved", "2022-11-22 11:00", due_on="2022-11-28")
        seen = lived(story("2022-11-01 09:00", "2022-11-25", moved), configured("{by: 2022-11-25}"), deliveries)
        again = next(row for row in seen.of(*REPORT) if (row.rung, row.due_on.day) == ("before-3", 28))
        assert again.fates == {"sent"}  # three working days later it is said in any case
        nearer = fact(2, "due_moved", "2022-11-22 11:00", due_on="2022-11-26")
        seen = lived(story("2022-11-01 09:00", "2022-11-25", nearer), configured("{by: 2022-11-25}"), deliveries)
        again = next(row for row in seen.of(*REPORT) if (row.rung, row.due_on.day) == ("before-3", 26))
        assert again.fates == {"sent", "skipped"}

    def test_a_moved_date_is_told_even_where_the_rung_of_that_day_says_nothing(self) -> None:
        """Moved on Tuesday 22 at 17:00: on Wednesday the rung's namesake has just left, so the notice must speak."""
        moved = fact(2, "due_moved", "2022-11-22 17:00", due_on="2022-11-26", why="correction")
        one = story("2022-11-01 09:00", "2022-11-25", moved)
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-23"))
        assert told(seen, "unit")[3:] == [
            "23/11/2022 notice so-y-te.focal: sent 23/11/2022 07:31",
            "23/11/2022 before-3 so-y-te.focal: skipped (namesake)",
        ]

    def test_a_late_word_of_a_new_date_does_not_wait_for_a_rung_that_stays_silent(self) -> None:
        """Moved on Tuesday 22 at 13:00 with no mail until the evening: it leaves on Wednesday when the office opens."""
        moved = fact(2, "due_moved", "2022-11-22 13:00", due_on="2022-11-26", why="correction")
        one = story("2022-11-01 09:00", "2022-11-25", moved)
        deliveries = ran("2022-11-01", "2022-11-23", down=("2022-11-22 09:00", "2022-11-22 20:00"))
        assert told(lived(one, configured("{by: 2022-11-25}"), deliveries), "unit")[3:] == [
            "22/11/2022 notice so-y-te.focal: sent 23/11/2022 07:31",
            "23/11/2022 before-3 so-y-te.focal: skipped (namesake)",
        ]

    def test_a_namesake_of_three_working_days_ago_is_said_again(self) -> None:
        """To Monday 28/11: three days before it is Friday 25, three working days after Tuesday 22."""
        moved = fact(2, "due_moved", "2022-11-22 09:30", due_on="2022-11-28", why="correction")
        one = story("2022-11-01 09:00", "2022-11-25", moved)
        seen = lived(one, configured("{by: 2022-11-28}"), ran("2022-11-01", "2022-11-25"))
        assert told(seen)[-1] == "25/11/2022 before-3 so-y-te.focal: sent 25/11/2022 08:01"

    def test_a_mistaken_extension_taken_back_resumes_the_old_ladder(self) -> None:
        """To 16/12/2022 on Monday 21, back on Wednesday 23: what fell in between is not owed afterwards."""
        wrong = fact(2, "extended", "2022-11-21 09:00", to="2022-12-16", granted_by="Giám đốc")
        back = fact(3, "extended", "2022-11-23 09:00", to="2022-11-25", granted_by="Giám đốc")
        one = story("2022-11-01 09:00", "2022-11-25", wrong, back)
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-28"))
        assert told(seen, "unit")[1:] == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "21/11/2022 notice so-y-te.focal: sent 21/11/2022 10:00",
            "23/11/2022 notice so-y-te.focal: sent 23/11/2022 10:00",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
            "28/11/2022 overdue-1 so-y-te.focal: sent 28/11/2022 08:01",
        ]

    def test_an_old_date_that_comes_back_keeps_the_long_ladder_it_began_with(self) -> None:
        """Moved and back in July 2023, 145 days before 25/11/2023; the ladder had begun in 2022."""
        away = fact(2, "extended", "2023-07-03 09:00", to="2023-12-29")
        back = fact(3, "extended", "2023-07-03 14:30", to="2023-11-25")
        one = story("2022-07-11 09:00", "2023-11-25", away, back)
        seen = lived(one, configured("{by: 2023-11-25}"), ran("2022-07-11", "2023-11-01"))
        assert told(seen)[-2:] == [
            "25/08/2023 before-90 so-y-te.focal: sent 25/08/2023 08:01",
            "26/10/2023 before-30 so-y-te.focal: sent 26/10/2023 08:01",
        ]

    def test_a_newer_first_word_takes_the_place_of_one_not_yet_planned(self) -> None:
        wrong = fact(2, "extended", "2022-11-19 09:00", to="2022-12-16")  # Saturday
        back = fact(3, "extended", "2022-11-19 09:05", to="2022-11-25")
        one = story("2022-11-01 09:00", "2022-11-25", wrong, back)
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-21", hours=("08:01",)))
        assert told(seen)[2:] == ["21/11/2022 notice so-y-te.focal: sent 21/11/2022 08:01"]
        assert [row.cause for row in seen.of(*REPORT)] == ["", "", "3"]

    def test_what_is_unsent_when_the_date_moves_gives_way_and_a_held_one_comes_back_with_it(self) -> None:
        """leader-4 of Thursday 01/12/2022 is held; on Friday 02 the date goes to 16/12 and on Monday 05 back."""
        wrong = fact(2, "extended", "2022-12-02 09:00", to="2022-12-16")
        configuration = configured("{by: 2022-11-25}")
        moved = lived(story("2022-11-01 09:00", "2022-11-25", wrong), configuration, ran("2022-11-01", "2022-12-05"))
        assert told(moved, "leader") == ["01/12/2022 leader-4 so-y-te.leader: superseded (moved)"]
        back = fact(3, "extended", "2022-12-05 09:00", to="2022-11-25")
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", wrong, back), configuration, ran("2022-11-01", "2022-12-05")
        )
        assert told(seen, "leader") == ["01/12/2022 leader-4 so-y-te.leader: held (register)"]


class TestAnswers:
    def test_a_submission_mutes_a_return_wakes_and_a_confirmation_is_told(self) -> None:
        """Sent on Thursday 24/11/2022, returned on Monday 28 until Friday 02/12, sent again on Thursday 01/12."""
        one = story(
            "2022-11-01 09:00",
            "2022-11-25",
            fact(2, "submitted", "2022-11-24 09:00"),
            fact(3, "returned", "2022-11-28 10:30", resubmit_by="2022-12-02", keep=True),
            fact(4, "submitted", "2022-12-01 15:00"),
            fact(5, "confirmed", "2022-12-05 09:00"),
        )
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-12-31"))
        assert told(seen) == [
            "01/11/2022 notice so-y-te.focal: sent 01/11/2022 10:00",
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "22/11/2022 before-3 so-y-te.focal: sent 22/11/2022 08:01",
            "28/11/2022 review-2 van-phong.focal: sent 28/11/2022 08:01",
            "28/11/2022 returned so-y-te.focal: sent 28/11/2022 14:00",
            "29/11/2022 before-3 so-y-te.focal: sent 29/11/2022 08:01",
            "05/12/2022 review-2 van-phong.focal: sent 05/12/2022 08:01",
            "05/12/2022 recorded so-y-te.focal: sent 05/12/2022 10:00",
        ]
        assert {row.cause for row in seen.of(*REPORT) if row.rung.startswith("review")} == {"2", "4"}
        assert {row.due_on for row in seen.of(*REPORT) if row.cause == "4"} == {date(2022, 12, 2)}

    def test_the_reviewer_hears_of_a_submission_every_second_working_day_five_times(self) -> None:
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-11-18 09:00"))  # Friday
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-12-31"))
        assert told(seen, "reviewer") == [
            "22/11/2022 review-2 van-phong.focal: sent 22/11/2022 08:01",
            "24/11/2022 review-4 van-phong.focal: sent 24/11/2022 08:01",
            "28/11/2022 review-6 van-phong.focal: sent 28/11/2022 08:01",
            "30/11/2022 review-8 van-phong.focal: sent 30/11/2022 08:01",
            "02/12/2022 review-10 van-phong.focal: sent 02/12/2022 08:01",
        ]

    def test_a_filled_in_result_of_before_is_not_thanked_for(self) -> None:
        one = story(
            "2022-07-18 09:00",
            "2022-06-30",
            fact(2, "unknown", "2022-07-18 09:00"),
            fact(3, "submitted", "2022-07-19 09:00"),
            fact(4, "confirmed", "2022-07-19 09:01"),
        )
        assert told(lived(one, configured("{by: 2022-06-30}"), ran("2022-07-18", "2022-07-30"))) == []

    def test_what_waits_unsent_when_it_is_handed_in_is_never_sent(self) -> None:
        deliveries = ran("2022-11-01", "2022-11-24", down=("2022-11-22 00:00", "2022-11-23 00:00"))
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-11-22 15:00"))
        seen = lived(one, configured("{by: 2022-11-25}"), deliveries)
        assert told(seen, "unit")[2:] == ["22/11/2022 before-3 so-y-te.focal: skipped (muted)"]

    def test_a_reopened_duty_walks_on_where_it_is(self) -> None:
        """Confirmed on Monday 21, reopened on Thursday 24/11/2022 at 09:00."""
        one = story(
            "2022-11-01 09:00",
            "2022-11-25",
            fact(2, "submitted", "2022-11-21 09:00"),
            fact(3, "confirmed", "2022-11-21 09:30"),
            fact(4, "reopened", "2022-11-24 09:00"),
        )
        seen = lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-11-25"))
        assert told(seen)[2:] == [
            "21/11/2022 recorded so-y-te.focal: sent 21/11/2022 10:00",
            "24/11/2022 notice so-y-te.focal: sent 24/11/2022 10:00",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]

    def test_an_extension_beyond_the_day_asked_for_takes_its_place(self) -> None:
        """Returned until Friday 02/12/2022, then extended to Friday 09/12."""
        facts = (
            fact(2, "submitted", "2022-11-24 09:00"),
            fact(3, "returned", "2022-11-28 10:30", resubmit_by="2022-12-02"),
            fact(4, "extended", "2022-11-29 09:00", to="2022-12-09"),
        )
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", *facts),
            configured("{by: 2022-11-25}"),
            ran("2022-11-01", "2022-12-09"),
        )
        assert told(seen, "unit")[-4:] == [
            "29/11/2022 before-3 so-y-te.focal: sent 29/11/2022 08:01",  # of 02/12
            "29/11/2022 notice so-y-te.focal: sent 29/11/2022 10:00",  # ten days before 09/12 was this day's 08:00
            "06/12/2022 before-3 so-y-te.focal: sent 06/12/2022 08:01",
            "09/12/2022 before-0 so-y-te.focal: sent 09/12/2022 08:01",
        ]

    def test_a_rung_of_the_very_instant_of_a_return_is_not_owed(self) -> None:
        facts = fact(2, "submitted", "2022-11-24 09:00"), fact(3, "returned", "2022-11-25 08:00")
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", *facts),
            configured("{by: 2022-11-25}"),
            ran("2022-11-01", "2022-11-25"),
        )
        assert told(seen)[-1] == "25/11/2022 returned so-y-te.focal: sent 25/11/2022 08:01"

    def test_a_waived_duty_is_silent(self) -> None:
        one = story("2022-11-01 09:00", "2022-11-25", fact(2, "waived", "2022-11-21 09:00"))
        assert len(told(lived(one, configured("{by: 2022-11-25}"), ran("2022-11-01", "2022-12-31")))) == 2


class TestOthersWhoHear:
    def test_a_coordinating_unit_is_told_of_the_first_period_once(self) -> None:
        configuration = configured(YEARLY, more="coordinating: [so-xay-dung]")
        applied = at("2022-07-11 09:00")
        duty, due = roster(configuration, "ke-hoach", applied, date(2025, 12, 31))[0]
        assert (duty.opened_on, duty.notice) == (date(2021, 12, 31), True)
        one = Story(duty, (fact(1, "due_set", "2022-07-11 09:00", due_on=due.on),))
        seen = lived(one, configuration, ran("2022-07-11", "2022-12-31"))
        assert told(seen, "coordinating", key=duty.key) == [
            "11/07/2022 notice so-xay-dung.focal: sent 11/07/2022 10:00"
        ]

    def test_a_coordinating_unit_hears_of_a_later_period_twice(self) -> None:
        """The largest before-rung of dai-han, and the first overdue one."""
        one = story("2022-07-11 09:00", "2023-11-25", period="2023", opened_on="2022-12-31")
        seen = lived(one, configured(YEARLY, more="coordinating: [so-xay-dung]"), ran("2022-07-11", "2023-12-31"))
        assert told(seen, "coordinating", key=(*REPORT[:3], "2023")) == [
            "29/05/2023 before-180 so-xay-dung.focal: sent 29/05/2023 08:01",
            "27/11/2023 overdue-1 so-xay-dung.focal: sent 27/11/2023 08:01",
        ]

    def test_an_overseer_of_another_organisation_waits_for_the_register_and_for_approval(self) -> None:
        """Read on Monday 28, approved on Tuesday 29/11/2022 at 15:00, read again on Wednesday 30 at 09:00."""
        configuration = configured("{by: 2022-11-25}", overseer="so-xay-dung")
        office = checked("2022-11-28 09:00", "2022-11-30 09:00")
        approved = fact(2, "approved", "2022-11-29 15:00", rung="overseer-1", due_on="2022-11-25")
        deliveries = ran("2022-11-01", "2022-11-30")
        seen = lived(story("2022-11-01 09:00", "2022-11-25"), configuration, deliveries, office)
        assert told(seen, "overseer") == ["28/11/2022 overseer-1 so-xay-dung.focal: held (approval)"]
        seen = lived(story("2022-11-01 09:00", "2022-11-25", approved), configuration, deliveries, office)
        assert told(seen, "overseer") == ["28/11/2022 overseer-1 so-xay-dung.focal: sent 30/11/2022 10:00"]

    def test_a_process_that_died_in_the_last_delivery_may_not_have_told_the_new_reason(self) -> None:
        """Tuesday 29/11/2022: the register is not read at eight, it is at nine, the delivery of ten dies."""
        configuration = configured("{by: 2022-11-25}", overseer="so-xay-dung")
        office = checked("2022-11-28 09:00", "2022-11-29 09:00")
        deliveries = ran("2022-11-01", "2022-11-29")[:-2]
        for died, whys in ((False, "approval"), (True, "approval, register")):
            last = replace(deliveries[-1], died=died)
            assert last.at == at("2022-11-29 10:00")
            seen = lived(story("2022-11-01 09:00", "2022-11-25"), configuration, [*deliveries[:-1], last], office)
            assert told(seen, "overseer") == [f"28/11/2022 overseer-1 so-xay-dung.focal: held ({whys})"]

    def test_what_is_released_but_does_not_leave_that_day_waits_for_the_register_again(self) -> None:
        """Wednesday 07/12/2022: read at 09:00, no mail server until Thursday; the register is read on Friday only."""
        deliveries = ran("2022-11-01", "2022-12-09", down=("2022-12-07 09:00", "2022-12-08 00:00"))
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25"),
            configured("{by: 2022-11-25}"),
            deliveries,
            checked("2022-12-07 09:00", "2022-12-09 09:00"),
        )
        assert told(seen, "own_leadership") == ["07/12/2022 own_leadership-8 van-phong.leader: sent 09/12/2022 10:00"]

    def test_what_is_released_but_did_not_leave_that_day_may_be_held_when_the_book_ends(self) -> None:
        """Wednesday 07/12/2022: read at 09:00, no mail server any more; the last delivery comes after midnight."""
        deliveries = ran("2022-11-01", "2022-12-07", down=("2022-12-07 09:00", "2022-12-08 00:00"))
        after_midnight = Delivery(at("2022-12-08 00:21"), down=frozenset({"email"}))
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25"),
            configured("{by: 2022-11-25}"),
            [*deliveries, after_midnight],
            checked("2022-12-07 09:00"),
        )
        assert told(seen, "own_leadership") == [
            "07/12/2022 own_leadership-8 van-phong.leader: held or planned (register)"
        ]

    def test_who_is_away_when_a_held_reminder_is_let_go_is_stood_in_for(self) -> None:
        """own_leadership-8 of Wednesday 07/12/2022 waits for the register until Friday; the head leaves on Thursday."""
        head = "{name: Giám đốc, role: leader, email: giam-doc@so-mau.example"
        vice = "  - {name: Phó, role: deputy, email: pho@so-mau.example}"
        away = f"{head}, away: [{{from: 2022-12-08, to: 2022-12-31}}]}}\n{vice}"
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25"),
            configured("{by: 2022-11-25}", units=UNITS.replace(f"{head}}}", away)),
            ran("2022-11-01", "2022-12-09"),
            checked("2022-12-09 09:00"),
        )
        fates = {row.recipient: row.fates for row in seen.rows[REPORT].values() if row.audience == "own_leadership"}
        assert fates == {BOSS: {"absent", "sent", "superseded"}, "van-phong.deputy": {"absent", "sent"}}

    def test_an_escalation_waits_while_an_extension_is_asked_for(self) -> None:
        """Asked on Monday 28/11/2022: until Thursday 01/12 nothing goes up; from Friday on it does."""
        asked = fact(2, "extension_asked", "2022-11-28 07:00", to="2022-12-30")
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", asked),
            configured("{by: 2022-11-25}"),
            ran("2022-11-01", "2022-12-02"),
        )
        assert told(seen, "overseer") == ["28/11/2022 overseer-1 van-phong.focal: sent 02/12/2022 07:31"]

    @pytest.mark.parametrize(
        ("answered", "leaves"),
        [(None, "02/12/2022 07:31"), ("extension_refused", "29/11/2022 10:00"), ("reassigned", "29/11/2022 10:00")],
    )
    def test_an_escalation_waits_while_the_unit_says_that_the_duty_is_not_its_own(
        self, answered: str | None, leaves: str
    ) -> None:
        """Said on Monday 28/11/2022, and as long as an extension asked for holds; an answer on Tuesday ends it."""
        facts = [fact(2, "disowned", "2022-11-28 07:00")]
        facts += [fact(3, answered, "2022-11-29 09:00", to="so-xay-dung")] if answered else []
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", *facts),
            configured("{by: 2022-11-25}"),
            ran("2022-11-01", "2022-12-02"),
        )
        assert [line[-16:] for line in told(seen, "overseer")] == [leaves]

    def test_a_successor_carries_on_and_several_wait_for_a_hand_over(self) -> None:
        """Sở Y tế ends on Friday 17/11/2023, which its last reminder, ten days before the deadline, just precedes."""

        def units(successors: str) -> str:
            return UNITS.replace("name: Sở Y tế\n", f"name: Sở Y tế\n  to: 2023-11-17\n  successor: {successors}\n", 1)

        def told_in_2023(successors: str, *facts: Fact) -> list[str]:
            one = story("2023-11-01 09:00", "2023-11-25", *facts, period="2023", opened_on="2022-12-31")
            seen = lived(one, configured(YEARLY, units=units(successors)), ran("2023-11-01", "2023-11-24"))
            return told(seen, "unit", key=(*REPORT[:3], "2023"))[1:]

        assert told_in_2023("[so-xay-dung]") == [
            "22/11/2023 before-3 so-xay-dung.focal: sent 22/11/2023 08:01",
            "24/11/2023 before-0 so-xay-dung.focal: sent 24/11/2023 08:01",
        ]
        assert told_in_2023("[so-xay-dung, so-ngoai-cuoc]") == []
        given = fact(2, "reassigned", "2023-11-22 09:00", to="so-ngoai-cuoc")
        assert told_in_2023("[so-xay-dung, so-ngoai-cuoc]", given) == [
            "22/11/2023 notice so-ngoai-cuoc.focal: sent 22/11/2023 10:00",
            "24/11/2023 before-0 so-ngoai-cuoc.focal: sent 24/11/2023 08:01",
        ]

    def test_a_unit_that_nothing_reaches_does_not_stop_what_goes_up(self) -> None:
        """Nobody but a leader: every reminder to the unit fails, and its leader hears on Thursday 01/12/2022."""
        units = UNITS.replace(
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}", "{name: A, role: van-thu}"
        )
        units = units.replace("{name: A, role: van-thu}", "{name: A, role: leader, email: a@so-y-te.example}")
        approved = fact(2, "approved", "2022-12-01 07:45", rung="leader-4", due_on="2022-11-25")
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25", approved),
            configured("{by: 2022-11-25}", units=units),
            ran("2022-11-01", "2022-12-01"),
            checked("2022-12-01 07:50"),
        )
        assert told(seen, "leader")[0].endswith(": sent 01/12/2022 08:01")

    def test_a_contact_on_leave_is_replaced_when_the_rung_is_planned(self) -> None:
        more = "channels: [email], away: [{from: 2022-11-21, to: 2022-11-23}]"
        units = UNITS.replace(
            "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example}",
            f"{{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example, {more}}}\n"
            "  - {name: Chị Thu, role: deputy, email: thay@so-y-te.example}",
        )
        seen = lived(
            story("2022-11-01 09:00", "2022-11-25"),
            configured("{by: 2022-11-25}", units=units),
            ran("2022-11-01", "2022-11-25"),
        )
        assert told(seen, "unit")[2:] == [
            "22/11/2022 before-3 so-y-te.deputy: sent 22/11/2022 08:01",
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]


class TestConfigurations:
    def test_a_policy_acts_from_the_moment_of_its_apply(self) -> None:
        """From Wednesday 16/11/2022 the ladder asks for five days before instead of ten and three."""
        first = configured("{by: 2022-11-25}")
        second = configured("{by: 2022-11-25}", policy="chuan: {before: [5, 0]}\n")
        one = story("2022-11-01 09:00", "2022-11-25")
        versions = Version(at("2022-11-01 09:00"), first), Version(at("2022-11-16 09:00"), second)
        seen = expect([one], Book(versions, tuple(ran("2022-11-01", "2022-11-25"))))
        assert told(seen, "unit")[1:] == [
            "15/11/2022 before-10 so-y-te.focal: sent 15/11/2022 08:01",
            "18/11/2022 before-5 so-y-te.focal: sent 18/11/2022 08:01",  # Sunday 20, on Friday
            "25/11/2022 before-0 so-y-te.focal: sent 25/11/2022 08:01",
        ]

    def test_the_roster_owes_a_first_word_for_the_first_period_that_is_open(self) -> None:
        """Taken in on 01/12/2022, when 25/11/2022 had passed."""
        found = roster(configured(YEARLY), "ke-hoach", at("2022-12-01 09:00"), date(2025, 12, 31))
        assert [(duty.period, due.on, duty.notice) for duty, due in found] == [
            ("2022", date(2022, 11, 25), False),
            ("2023", date(2023, 11, 25), True),
            ("2024", date(2024, 11, 25), False),
            ("2025", date(2025, 11, 25), False),
        ]


class Patient(Walk):
    """Looks at every single delivery."""

    def next_place(self, place: int) -> int:
        return place + 1


def lives(chance: Random) -> Story:
    """Some life of a duty due on 25/11/2022."""
    says: dict[str, dict[str, Any]] = {
        "submitted": {},
        "returned": {"resubmit_by": chance.choice([None, "2022-12-02", "2022-12-09"])},
        "extended": {"to": chance.choice(["2022-11-25", "2022-11-28", "2022-12-05"])},
        "extension_asked": {"to": "2022-12-05"},
        "reopened": {},
        "reassigned": {"to": "so-ngoai-cuoc"},
        "approved": {"rung": "leader-4", "due_on": "2022-11-25"},
    }
    minutes = sorted(chance.sample(range(0, 45 * 24 * 60, 7), chance.randint(0, 6)))
    whens = [at("2022-11-08 00:00") + timedelta(minutes=one) for one in minutes]
    kinds = [chance.choice([*says]) for _ in whens]
    facts = [
        Fact(n, kind, when, when.date(), says[kind])
        for n, (when, kind) in enumerate(zip(whens, kinds, strict=True), start=2)
    ]
    return story("2022-11-01 09:00", "2022-11-25", *facts)


@pytest.mark.parametrize("seed", range(40))
def test_deliveries_that_are_passed_over_would_change_nothing(seed: int) -> None:
    """Any life, with a mail server and an engine that come and go, has the same rows as if every one were looked at."""
    chance = Random(seed)  # noqa: S311 - lives, not secrets
    deliveries = [
        Delivery(
            one.at,
            down=frozenset({"email"}) if chance.random() < 0.2 else frozenset(),
            died=chance.random() < 0.1,
        )
        for one in ran("2022-11-01", "2022-12-31")
        if chance.random() < 0.7
    ]
    days = sorted(chance.sample(range(1, 31), 12))
    book = Book(
        (Version(at("2022-11-01 09:00"), configured("{by: 2022-11-25}")),),
        tuple(deliveries),
        tuple(checked(*(f"2022-12-{day:02} 08:30" for day in days))),
    )
    one = lives(chance)
    for lazy in (False, True):
        assert Walk(one, book, lazy=lazy).run() == Patient(one, book, lazy=lazy).run()


@pytest.fixture(scope="module")
def seen() -> Expectation:
    """Due 25/11/2022 and handed in on the 29th: two rows are superseded, none is held."""
    deliveries = ran("2022-11-01", "2022-11-30", off=("2022-11-22 00:00", "2022-11-24 00:00"))
    one = story("2022-11-01 09:00", "2022-11-25", fact(2, "submitted", "2022-11-29 09:00"))
    return lived(one, configured("{by: 2022-11-25}"), deliveries)


class TestComparing:
    def test_a_ledger_that_is_right_passes(self, seen: Expectation) -> None:
        assert told(seen, "unit")[2] == "22/11/2022 before-3 so-y-te.focal: sent 24/11/2022 07:31"
        assert compare(seen, ledger(seen)) == []

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (None, "before-10 (due 25/11/2022) to so-y-te.focal of 15/11/2022 08:00 has no row; it should be sent."),
            ({"state": "planned", "left_at": None}, "is planned; it should be sent at 15/11/2022 08:01."),
            ({"state": "unknown"}, "is unknown; it should be sent"),
            ({"left_at": at("2022-11-15 10:00")}, "left at 15/11/2022 10:00; it should have left at 15/11/2022 08:01."),
            ({"planned_at": at("2022-11-15 14:00")}, "was planned at 15/11/2022 14:00, not by 15/11/2022 08:01."),
            ({"recipient": "so-y-te.leader"}, "must not exist: nobody is owed it."),
            ({"rung": "before-11"}, "before-11 (due 25/11/2022) to so-y-te.focal must not exist"),
            ({"due_on": date(2022, 11, 26)}, "(due 26/11/2022) to so-y-te.focal must not exist"),
            ({"cause": "2"}, "after event 2 must not exist"),
            ({"audience": "coordinating"}, "is for coordinating; it should be for unit."),
        ],
    )
    def test_a_ledger_that_is_wrong_is_told(
        self, seen: Expectation, change: dict[str, Any] | None, sentence: str
    ) -> None:
        rows = {row.rung: row for row in ledger(seen)}
        one = rows.pop("before-10")
        changed = [replace(one, **change)] if change else []
        violations = compare(seen, [*rows.values(), *changed])
        assert sentence in "\n".join(violations)

    def test_a_violation_brings_its_story_in_time_order(self, seen: Expectation) -> None:
        rows = [row for row in ledger(seen) if row.rung != "before-10"]
        (violation,) = compare(seen, rows)
        lines = violation.splitlines()
        assert lines[0].startswith("ke-hoach/bao-cao so-y-te once: before-10")
        days = [datetime.strptime(line.strip()[:16], "%d/%m/%Y %H:%M").replace(tzinfo=ZONE) for line in lines[1:]]
        assert days == sorted(days)
        assert "  29/11/2022 09:00  event 2: submitted, effective 29/11/2022" in lines
        assert "  15/11/2022 08:01  a delivery ran" in lines

    def test_a_reason_that_is_not_the_reason_is_told(self) -> None:
        one = story("2024-01-02 09:00", "2024-02-10")
        seen = lived(one, configured("{by: 2024-02-10}"), ran("2024-01-02", "2024-02-08"))
        rows = [replace(row, why="hạn đã đổi") if row.state == "superseded" else row for row in ledger(seen)]
        (violation,) = compare(seen, rows)
        assert (
            "before-3 (due 10/02/2024) to so-y-te.focal is superseded (hạn đã đổi); the reason should be same-day."
            in violation
        )

    def test_the_name_of_a_rung_after_a_break_may_carry_a_number(self) -> None:
        one = story("2024-01-02 09:00", "2024-02-16")
        seen = lived(one, configured("{by: 2024-02-16}"), ran("2024-01-02", "2024-02-16"))
        rows = [replace(row, rung="after-break-3") if row.rung == "after-break" else row for row in ledger(seen)]
        assert compare(seen, rows) == []
        assert compare(seen, [replace(row, rung_on=date(2024, 2, 16)) for row in rows])


class TestPromises:
    @staticmethod
    def departure(when: str, rung: str = "overdue-1", audience: str = "unit", **more: Any) -> Departure:
        values = {"recipient": FOCAL, "cause": "", "message_id": "<1@x>", "digest": "a"} | more
        return Departure(REPORT, date(2022, 11, 25), rung, audience=audience, at=at(when), **values)

    def broken(self, *departures: Departure, facts: Iterable[Fact] = (), office: Iterable[Fact] = ()) -> list[str]:
        one = story("2022-11-01 09:00", "2022-11-25", *facts)
        book = Book((Version(at("2022-11-01 09:00"), configured("{by: 2022-11-25}")),), (), tuple(office))
        return broken_promises([one], book, departures)

    def test_the_same_bytes_once_more_are_allowed(self) -> None:
        twice = [self.departure("2022-11-28 08:01"), self.departure("2022-11-28 10:00")]
        assert self.broken(*twice) == []
        assert "left 3 times" in self.broken(*twice, self.departure("2022-11-28 14:00"))[0]

    @pytest.mark.parametrize("other", [{"message_id": "<2@x>"}, {"digest": "b"}])
    def test_another_message_with_the_same_rung_is_not(self, other: dict[str, str]) -> None:
        again = self.departure("2022-11-28 10:00", **other)
        (sentence,) = self.broken(self.departure("2022-11-28 08:01"), again)
        assert "left more than once, in different messages: 28/11/2022 08:01, 28/11/2022 10:00." in sentence
        assert "01/11/2022 09:00  event 1: due_set" in sentence
        assert f"28/11/2022 10:00  left: overdue-1 to {FOCAL}" in sentence

    def test_nobody_is_reminded_of_what_was_handed_in(self) -> None:
        sent = [fact(2, "submitted", "2022-11-28 08:00")]
        (sentence,) = self.broken(self.departure("2022-11-28 08:01"), facts=sent)
        assert "left at 28/11/2022 08:01, when nothing was owed any more." in sentence
        assert self.broken(self.departure("2022-11-28 07:59"), facts=sent) == []
        assert self.broken(self.departure("2022-11-30 08:01", "review-2", "reviewer", cause="2"), facts=sent) == []

    def test_nobody_is_reminded_of_a_day_that_was_moved(self) -> None:
        moved = [fact(2, "extended", "2022-11-25 17:00", to="2022-12-16")]
        (sentence,) = self.broken(self.departure("2022-11-28 08:01"), facts=moved)
        assert "left at 28/11/2022 08:01 for 25/11/2022, when the day was 16/12/2022." in sentence

    def test_nobody_is_accused_before_the_register_was_read_that_day(self) -> None:
        up = self.departure("2022-12-07 10:00", "own_leadership-8", "own_leadership")
        assert "before the register was read that day" in self.broken(up)[0]
        assert self.broken(up, office=checked("2022-12-06 09:00"))
        assert self.broken(up, office=checked("2022-12-07 09:00")) == []
        assert self.broken(self.departure("2022-11-28 10:00", "overseer-1", "overseer")) == []  # this very office


def test_the_oracle_shares_no_code_with_what_it_checks() -> None:
    """Of the engine it takes the configuration as loaded, due dates, and which days are worked; nothing else."""
    allowed = {f"obligations.domain.{name}" for name in ("plan", "policy", "deadline", "due", "calendar")}
    for path in (ROOT / "tests" / "oracle").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("obligations"):
                assert node.module in allowed, path
            assert not isinstance(node, ast.Import) or not any("obligations" in one.name for one in node.names), path
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"on_or_after", "on_or_before", "run_of_days_off", "day_off"}, path
