"""Fixtures that every layer of tests may use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.ledgers import BOTH, Ledgers
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, new_office

# A landing must not depend on luck: there the examples are the same each time; at a desk they are new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


class Together(LoadScopeScheduling):
    """With `pytest -n`: tests that share an engine run in one process and in order, any other wherever there is room.

    Those begin first, and then `e2e`: whatever waits longest must not come last.
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = re.match(r"tests/flows/.*\[(sqlite|postgresql)", nodeid)
        return f"flows on {shared[1]}" if shared else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session")
def ledgers() -> Iterator[Ledgers]:
    """New ledgers, on SQLite and on a real PostgreSQL."""
    with ExitStack() as until:
        yield Ledgers(until)


@pytest.fixture(params=BOTH)
def office(request: pytest.FixtureRequest, ledgers: Ledgers, tmp_path: Path) -> Iterator[Office]:
    """An invented office that writes into its box; on SQLite and on a real PostgreSQL."""
    with ledgers.new(request.param) as address:
        made = new_office(tmp_path, address)
        yield made
        made.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on loopback and what it received."""
    with mail_server() as box:
        yield box
