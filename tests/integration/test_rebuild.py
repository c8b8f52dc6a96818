"""The derived tables hold nothing that the events do not tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from obligations.cases.reading.statistics import statistics
from obligations.cases.reading.status import status
from obligations.cases.reminding.planning import plan_due
from obligations.cases.upkeep.rebuilding import rebuild, verify
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.life import change, run
from tests.offices import Office, at, obligation
from tests.rich_lives import Watching

_assignment, _member = METADATA.tables["assignment"], METADATA.tables["member"]
WRECKED = """UPDATE assignment SET plan = 'x' || id, obligation = 'x', unit = 'x', period = 'x', code = 'x' || id,
original_due_on = NULL, plan_due_on = NULL, due_on = NULL, due_at = '25:00', phase = 'closed', target_on = NULL,
due_since = '2000-01-01 00:00:00', opened_on = NULL, herald = 'moved', herald_at = NULL, herald_cause = '0',
review_since = NULL, review_cause = '0', carrier = 'x', submitted_on = NULL, done_on = NULL, outside = 'waived',
asked_on = NULL, next_rung_at = NULL, born_at = NULL, outside_on = '2000-01-01'"""


def stored(office: Office) -> list[Sequence[Any]]:
    """Every derived row, column by column."""
    with reading(office.app.engine) as session:
        rows = session.execute(select(_assignment).order_by(_assignment.c.id)).all()
        keys = [_member.c[name] for name in ("plan", "obligation", "unit")]
        return [tuple(row) for row in [*rows, *session.execute(select(_member).order_by(*keys))]]


def rows_told_again_are_the_same(office: Office, _: int) -> Watching:
    """Answers, moves, renames, groups, ends: wrecked and rebuilt, every row and every figure is what it was."""
    evening = at("2022-07-11 09:00")
    while today := (yield):
        evening = today
        plan_due(office.app, evening)
        assert verify(office.app, evening) == [], evening
    rows, figures = stored(office), said(office, evening.date())
    change(office, WRECKED)
    change(office, "DELETE FROM member WHERE unit = 'so-y-te'")
    change(office, "UPDATE member SET since = '2000-01-01 00:00:00'")
    assert len(verify(office.app, evening)) > len(rows)
    rebuild(office.app, evening)
    assert stored(office) == rows
    assert said(office, evening.date()) == figures
    assert verify(office.app, evening) == []
    assert run(office, f"{evening.date() + timedelta(days=1)} 09:00").failed == 0


def said(office: Office, day: date) -> str:
    now = at("2023-03-01 10:00")
    shown = status(office.app, now, as_of=day).as_json()
    counted = statistics(office.app, now, first=date(2022, 7, 1), last=day).as_json()
    return json.dumps([shown, counted], ensure_ascii=False, default=str)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_on", "'2022-07-21'"),
        ("phase", "'closed'"),
        ("next_rung_at", "NULL"),
        ("submitted_on", "'2022-07-12'"),
        ("herald_cause", "'7'"),
        ("born_at", "NULL"),
        ("outside_on", "'2022-07-12'"),
    ],
)
def test_one_touched_value_is_found(office: Office, column: str, value: str) -> None:
    """Which row, which column, what stands there and what its events tell."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    run(office, "2022-07-11 09:00")
    assert verify(office.app, at("2022-07-11 09:00")) == []
    change(office, f"UPDATE assignment SET {column} = {value} WHERE code = 'K1-0002'")  # noqa: S608 - our own words
    [found] = verify(office.app, at("2022-07-11 09:00"))
    assert (found.table, found.key, found.column) == ("assignment", "K1-0002", column)


def test_a_member_nobody_told_of_is_found(office: Office) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    with office.app.engine.begin() as connection:
        connection.execute(text("DELETE FROM member WHERE unit = 'so-y-te'"))
    [found] = verify(office.app, at("2022-07-11 09:00"))
    assert (found.table, found.key) == ("member", "ke-hoach/bao-cao/so-y-te")


def test_what_is_due_and_not_planned_yet_is_no_difference(office: Office) -> None:
    """Before the delivery of the day the row still points at what is due: that is as it should be."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    assert verify(office.app, at("2022-08-05 09:00")) == []
