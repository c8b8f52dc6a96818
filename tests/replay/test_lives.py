"""Years of the five plans by seed, held against the oracle. `python -m tests.lives --seeds 1000` lives many more."""

from __future__ import annotations

import time
from itertools import count

import pytest
from sqlalchemy import select

from obligations.cases.app import open_app
from obligations.config.load import load
from obligations.replay.rehearsing import living
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.ledgers import CHOSEN, Ledgers
from tests.lives import against_the_oracle, small_violations, violations
from tests.offices import at
from tests.replay import small_office

AT_LEAST, SECONDS = 5, 180.0


def test_three_and_a_half_years_hold_every_promise(ledgers: Ledgers) -> None:
    """01/7/2022 to 31/01/2026, with people who return, extend, waive and backdate, and all that can go wrong.

    One seed after the other, as many as fit three minutes.
    """
    end = time.monotonic() + SECONDS
    for seed in count(1):
        if seed > AT_LEAST and time.monotonic() > end:
            break
        with ledgers.new(CHOSEN) as ledger:
            assert violations(seed, ledger=ledger) == [], f"seed {seed}"


@pytest.mark.parametrize(("seed", "due_on"), [(1, "2022-12-23"), (4, "2022-12-26")])
def test_a_day_off_that_is_decreed_moves_a_deadline_that_counts_working_days(seed: int, due_on: str) -> None:
    """Ten working days from Thursday 08/12/2022, or the day after; on Tuesday the 20th the 22nd becomes a day off."""
    drafted = dict(small_office.versions())
    texts = dict(drafted[max(drafted)])
    decreed = "days_off:\n- {on: 2022-12-22, name: nghỉ đột xuất, document: 1/TB}\n"
    texts["calendar.yaml"] = texts["calendar.yaml"].replace("days_off:\n", decreed, 1)
    drafted[at("2022-12-20 10:05")] = texts
    configuration = load(drafted[min(drafted)], small_office.FIRST).required()
    event = METADATA.tables["event"].c
    with living(drafted, configuration, small_office.FIRST, small_office.LAST, seed) as (life, ends):
        for _ in life.live(ends):
            pass
        app = open_app(life.settings)
        assert against_the_oracle(app, life) == []
        with reading(app.engine) as session:
            moved = session.execute(select(event.payload).where(event.kind == "due_moved").order_by(event.id)).scalars()
            told = [(one["why"], one["due_on"]) for one in moved if one.get("why") == "calendar"]
        app.close()
    assert told == [("calendar", due_on)]


def test_years_in_which_nothing_goes_wrong_hold_every_promise(ledger: str | None) -> None:
    assert violations(None, ledger=ledger) == []


@pytest.mark.parametrize("ledger", ["postgresql"], indirect=True)
def test_months_of_a_small_office_hold_every_promise_on_postgresql(ledger: str | None) -> None:
    """01/11/2022 to 20/03/2023. `DONDOC_TESTS_ON=postgresql` lives the years there."""
    assert small_violations(1, ledger=ledger) == []
