"""Fixtures that every layer of tests may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An invented office on SQLite that writes into its box."""
    made = new_office(tmp_path)
    yield made
    made.close()
