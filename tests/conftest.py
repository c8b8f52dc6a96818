"""Fixtures that every layer of tests may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgresql
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, new_office


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL; the tests that need one skip by name where it is absent, and fail where it is required."""
    folder = postgresql.binaries()
    if folder is None:
        (pytest.fail if postgresql.REQUIRED else pytest.skip)(postgresql.ABSENT)
    assert folder is not None
    with postgresql.server(folder) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An invented office that writes into its box; on SQLite and on a real PostgreSQL."""
    url = None
    if request.param == "postgresql":
        url = postgresql.new_database(request.getfixturevalue("postgresql_server"))
    made = new_office(tmp_path, url)
    yield made
    made.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on loopback and what it received."""
    with mail_server() as box:
        yield box
