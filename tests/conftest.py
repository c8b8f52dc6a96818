"""Fixtures that every layer of tests may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, new_office

# A landing must not depend on luck: there the examples are the same each time; at a desk they are new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


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
