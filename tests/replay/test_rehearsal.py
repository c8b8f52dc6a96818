"""`dondoc replay`: a configuration lived through with people and faults by a seed, and how violations are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from obligations.cases.app import App, open_app
from obligations.cli.main import app as command
from obligations.config.load import load
from obligations.replay.life import Life
from obligations.replay.promises import broken
from obligations.replay.rehearsing import living
from tests.replay import small_office

LAST = date(2022, 12, 2)


@pytest.fixture
def lived() -> Iterator[tuple[App, Life]]:
    """Four weeks of a small office in which nothing goes wrong."""
    drafted = small_office.versions()
    configuration = load(drafted[min(drafted)], small_office.FIRST).required()
    with living(drafted, configuration, small_office.FIRST, LAST, None) as (life, ends):
        for _ in life.live(ends):
            pass
        app = open_app(life.settings)
        yield app, life
        app.close()


def test_what_went_well_breaks_nothing(lived: tuple[App, Life]) -> None:
    app, life = lived
    assert len(life.post.arrivals) > 10
    assert broken(app, life.lived, life.post.arrivals) == []


def test_a_message_that_comes_twice_otherwise_is_told_with_its_story(lived: tuple[App, Life]) -> None:
    """The first notice of Thursday 03/11/2022 again, with other bytes."""
    app, life = lived
    first = life.post.arrivals[0]
    again = replace(first, digest="other", at=first.at + timedelta(hours=1))
    [violation] = broken(app, life.lived, [*life.post.arrivals, again])
    sentence, *story = violation.splitlines()
    assert sentence == f"thư {first.message_id} đến 2 lần, không phải cùng một nội dung."
    assert story[0].startswith("  03/11/2022 02:00 UTC  event · due_set")
    assert any("attempt · notice" in line and first.message_id in line for line in story)


def test_replay_lives_a_folder_and_leaves_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With faults by a seed: a line of figures, no violation, exit 0; no ledger is made in the office's home."""
    folder, home = tmp_path / "config", tmp_path / "home"
    for name, text in small_office.versions()[min(small_office.versions())].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    monkeypatch.setenv("DONDOC_CONFIG", str(folder))
    monkeypatch.setenv("DONDOC_HOME", str(home))
    asked = ["replay", "--from", "01/11/2022", "--to", "20/12/2022", "--faults", "3"]
    told = CliRunner().invoke(command, asked)
    assert told.exit_code == 0, told.output
    assert "Từ 01/11/2022 đến 20/12/2022: " in told.stdout
    assert "Không có sai lệch nào." in told.stdout
    figures = json.loads(CliRunner().invoke(command, [*asked, "--json"]).stdout)
    assert (figures["from"], figures["to"], figures["seed"], figures["violations"]) == (
        "2022-11-01",
        "2022-12-20",
        3,
        [],
    )
    assert figures["sent"] > 10
    assert not home.exists()
