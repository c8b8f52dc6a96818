"""Fixtures that every layer of tests may use."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.ledgers import BOTH, CHOSEN, Ledgers
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, new_office
from tests.prefect_data import PrefectData

os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", "60")  # seconds that a mail server's thread may take to start

# A landing must not depend on luck: there the examples are the same each time; at a desk they are new ones.
settings.register_profile("desk", deadline=None)  # how long an example took says how busy the machine was
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """With `pytest -n`: tests that share an engine run in one process and in order, any other wherever there is room.

    Those begin first, and then `e2e`: whatever waits longest must not come last.
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = re.match(r"tests/flows/.*\[(sqlite|postgresql)", nodeid)
        return f"flows on {shared[1]}" if shared else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not look at it each time that SQLAlchemy makes its objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def ledgers() -> Iterator[Ledgers]:
    """New ledgers, on SQLite and on a real PostgreSQL."""
    with ExitStack() as until:
        yield Ledgers(until)


@pytest.fixture(scope="session")
def prefect_data(tmp_path_factory: pytest.TempPathFactory) -> PrefectData:
    """Prefect's empty tables for an office's home; with `pytest -n` all processes share them."""
    base = tmp_path_factory.getbasetemp()
    return PrefectData(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(params=BOTH)
def office(request: pytest.FixtureRequest, ledgers: Ledgers, tmp_path: Path) -> Iterator[Office]:
    """An invented office that writes into its box; on SQLite and on a real PostgreSQL."""
    with ledgers.new(request.param, tmp_path / "home") as address:
        made = new_office(tmp_path, address)
        yield made
        made.close()


@pytest.fixture
def ledger(request: pytest.FixtureRequest, ledgers: Ledgers, tmp_path: Path) -> Iterator[str | None]:
    """The address of a ledger, None for a file in `tmp_path / "home"`; on what this run chose, or a test names."""
    with ledgers.new(getattr(request, "param", CHOSEN), tmp_path / "home") as address:
        yield address


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on loopback and what it received."""
    with mail_server() as box:
        yield box
