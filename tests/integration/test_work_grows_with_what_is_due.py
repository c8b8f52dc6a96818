"""No statement of the engine's rounds reads a whole table of the ledger: asked of SQLite's planner, each as it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event

from obligations.cases.answering import answers
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.app import App
from obligations.cases.reminding.agenda import next_at
from tests.life import live, nowhere, run
from tests.offices import Office, at, obligation

LEDGER = "assignment|event|reminder|reminder_message|message|attempt"
WHOLE = re.compile(rf"(SCAN|SEARCH) ({LEDGER})(_\d+)?( USING (COVERING )?INDEX \w+)?")
QUESTION = re.compile(r"\s*(SELECT|UPDATE|DELETE)\b")
# "Which is the last one" steps once from the end of an index or a table; SQLite's planner calls that a scan too.
ENDS = re.compile(r"(max|min)\(|ORDER BY \w+\.(id|day) DESC\s+LIMIT")


@pytest.fixture
def asked(office: Office) -> Office:
    """Two duties of two units, mail that nobody takes: reminders wait, fail and are planned."""
    office.sending("live", nowhere())
    once = obligation("mot-lan", "{by: 2022-07-29}")
    monthly = obligation("hang-thang", "{every: month, by: 25, from: 2022-07, to: 2022-12}", responsible="[so-y-te]")
    office.plan(once, monthly).apply("2022-07-11 09:00")
    return office


def test_deliveries_ask_for_what_is_due(asked: Office) -> None:
    with whole_tables(asked.app) as found:
        live(asked, "2022-07-12", "2022-08-12")
    assert found == []


def test_a_restored_channel_and_what_is_held_ask_for_what_waits(asked: Office) -> None:
    live(asked, "2022-07-12", "2022-07-15")
    asked.sending("box").apply("2022-07-15 14:00")
    with whole_tables(asked.app) as found:
        for hour in ("08:01", "14:01", "20:01"):
            run(asked, f"2022-08-05 {hour}")
        next_at(asked.app)
    assert found == []


def test_an_answer_asks_for_its_own_duty(asked: Office) -> None:
    run(asked, "2022-07-11 09:01")
    duty = Address(plan="ke-hoach", obligation="mot-lan", unit="so-y-te")
    with whole_tables(asked.app) as found:
        now = at("2022-07-20 10:00")
        answers.submit(asked.app, duty, Submission(now.date(), document="1/BC"), now, by="Văn thư", day_stated=False)
        answers.confirm(asked.app, duty, now.date(), now, by="Văn thư", day_stated=False)
    assert found == []


@contextmanager
def whole_tables(app: App) -> Iterator[list[str]]:
    """The statements that read a table of the ledger from end to end, with what the planner says of each."""
    found: list[str] = []
    known: set[str] = set()

    def ask(connection: Connection, _: Any, statement: str, values: Any, __: Any, many: bool) -> None:  # noqa: FBT001
        if statement in known or not QUESTION.match(statement) or connection.dialect.name != "sqlite":
            return  # PostgreSQL counts its rows: of a table as small as a test's it reads all, and rightly
        known.add(statement)
        raw = connection.connection.driver_connection
        assert raw
        plan = raw.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if many else values).fetchall()
        steps = [step for *_, step in plan if WHOLE.fullmatch(step)]
        if steps and not ENDS.search(statement):
            found.append(f"{steps}: {statement}")

    event.listen(app.engine, "before_cursor_execute", ask)
    try:
        yield found
    finally:
        event.remove(app.engine, "before_cursor_execute", ask)
