"""Ledgers for tests: a file in the office's home, or a database of its own on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest

from obligations.store.address import sqlite_url
from obligations.store.database import open_database
from obligations.store.migrate import migrate
from tests import postgresql

Kind = Literal["sqlite", "postgresql"]
FILE = "dondoc.db"
BOTH: tuple[Kind, ...] = ("sqlite", "postgresql")
# Where a run needs but one of them: pages, accounts, lives.
CHOSEN = BOTH[BOTH.index(os.environ.get("DONDOC_TESTS_ON") or "sqlite")]


class Ledgers:
    """Where an office gets its ledger. PostgreSQL starts when the first test asks for one, and ends with `until`."""

    def __init__(self, until: ExitStack) -> None:
        self._until = until

    @contextmanager
    def new(self, kind: Kind, home: Path | None = None) -> Iterator[str | None]:
        """The address of a ledger with nothing in it; None is the file that an office has in its home.

        The office makes that file itself where no home is given.
        """
        if kind == "sqlite":
            if home:
                home.mkdir(mode=0o700, parents=True, exist_ok=True)
                shutil.copy(self._file, home / FILE)
            yield None
            return
        with self.server.database(self._model) as address:
            yield address

    @cached_property
    def server(self) -> postgresql.Server:
        """A real PostgreSQL; who needs one is skipped by name where it is absent, and fails where it is required."""
        folder = postgresql.binaries()
        if folder is None:
            is_required = postgresql.REQUIRED or CHOSEN == "postgresql"
            (pytest.fail if is_required else pytest.skip)(postgresql.ABSENT)
        assert folder is not None
        return self._until.enter_context(postgresql.server(folder))

    @cached_property
    def _file(self) -> Path:
        """A file with our tables, for SQLite."""
        file = Path(self._until.enter_context(TemporaryDirectory(prefix="dondoc-ledger-"))) / FILE
        engine = open_database(sqlite_url(file))
        migrate(engine)
        engine.dispose()
        return file

    @cached_property
    def _model(self) -> str:
        """A database with our tables: a copy of it is had in a fifth of the time that the migrations take."""
        address = self.server.create()
        engine = open_database(address)
        migrate(engine)
        engine.dispose()
        return address
