"""What the demonstration tells at its end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from flows import story
from flows.years import Lived
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from tests.life import run
from tests.offices import at, new_office, obligation


def test_a_plan_that_came_after_the_years_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its notice was due when its unit answered, as in any working hour: it stands among the reminders."""
    office = new_office(tmp_path).plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    run(office, "2022-07-11 09:00")
    office.plan(obligation("som", "{by: 2022-08-19}"), issued_on="2022-08-01", name="tuan-toi")
    office.apply("2022-08-08 10:00")
    submit(office.app, Address("K2-0001"), Submission(at("2022-08-08 10:00").date()), at("2022-08-08 10:00"), by="Mai")
    monkeypatch.setattr(story, "current_app", lambda: office.app)
    told = io.StringIO()

    story.tell(Console(file=told, width=160), Lived(), seed=0)

    assert "Việc bao-cao" in told.getvalue()
    assert "Việc som" in told.getvalue()
