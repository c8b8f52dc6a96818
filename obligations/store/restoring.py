"""Putting a dumped ledger in the place of the one that is there: whole, or not at all if anything breaks on the way."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, literal, select, text
from sqlmodel import Session

from obligations.domain.errors import Refused
from obligations.store.address import sqlite_url
from obligations.store.backup import Progress, load
from obligations.store.database import open_database, stand_in_line
from obligations.store.migrate import upgrade
from obligations.store.tables import APPEND_ONLY, METADATA

_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


@dataclass(frozen=True)
class Load:
    """A verified archive with its manifest; `finish` adds what else belongs to the restored ledger."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    finish: Callable[[Session], None]
    progress: Progress

    def fill(self, connection: Connection) -> None:
        """Into an empty database: the tables of the archive's revision, its rows, then all brought up to date."""
        upgrade(connection, self.manifest["revision"])
        load(connection, self.archive, self.manifest, self.progress)
        upgrade(connection)
        with Session(connection, join_transaction_mode="rollback_only") as session:
            self.finish(session)
            session.flush()


def holds_anything(engine: Engine) -> bool:
    """Whether somebody's ledger is in a database: a configuration was applied, or an event recorded."""
    known = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        asked = (select(literal(1)).select_from(METADATA.tables[name]) for name in APPEND_ONLY if name in known)
        return any(connection.execute(question.limit(1)).first() for question in asked)


def into_postgresql(engine: Engine, loading: Load) -> None:
    """One transaction takes the old tables away and fills the new ones."""
    with engine.begin() as connection:
        stand_in_line(connection)
        for name in (*(table.name for table in METADATA.sorted_tables), "alembic_version"):
            connection.execute(text(f'DROP TABLE IF EXISTS "{name}" CASCADE'))
        loading.fill(connection)


def into_sqlite(target: Path, kept: Path, loading: Load) -> None:
    """A new file is filled beside the old one and takes its name in one step; the old one stays as `kept`.

    Refused while another program has the old one open.
    """
    fresh = target.with_name(f"{target.name}.dang-khoi-phuc")
    _remove(fresh)
    try:
        engine = open_database(sqlite_url(fresh))
        with engine.begin() as connection:
            loading.fill(connection)
        engine.dispose()
        _quiet(fresh)
        fresh.chmod(0o600)
        _sync(fresh)
        if target.exists():
            _quiet(target)
            _keep(target, kept)
        fresh.replace(target)
        _sync(target.parent)
    finally:
        _remove(fresh)


def _quiet(file: Path) -> None:
    """All of it in the one file, nothing beside it; Refused while others have it open. A broken file stays as it is."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file)) from None
            fix = "Dừng dondoc up và mọi lệnh dondoc khác đang chạy, rồi khôi phục lại."
            raise Refused("database-busy", f"có chương trình khác đang mở {file}.", fix) from None


def _keep(target: Path, kept: Path) -> None:
    """A second name for the old file, so that at every moment there is a whole ledger under the first."""
    try:
        os.link(target, kept)
    except OSError:  # a disk that knows no second names
        shutil.copy2(target, kept)
    for ending in _BESIDE:  # only a broken file still has them
        with suppress(FileNotFoundError):
            target.with_name(target.name + ending).rename(kept.with_name(kept.name + ending))


def _remove(file: Path) -> None:
    for ending in ("", *_BESIDE):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
