"""Opening the database and the two ways to use it: reading, and writing in one short transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlmodel import Session

from obligations.domain.errors import Refused

_BUSY_MS = 30_000
_WRITING = "dondoc_writing"
_FACTS_LOCK = 2022_07_08  # the day of the first plan
_COMMITS = {  # what makes a commit light, and what makes it whole again
    "sqlite": (
        ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=16000"),  # pages of 4 KB
        ("PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=1000", "PRAGMA wal_checkpoint(PASSIVE)"),
    ),
    "postgresql": (("SET synchronous_commit=off",), ("SET synchronous_commit=on",)),
}


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://…`; Refused when the address makes no sense or nobody answers."""
    try:
        address = make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=address.drivername != "sqlite")
    except (ArgumentError, ValueError, ImportError):  # an unknown dialect, a port that is no number, a missing driver
        fix = "Ghi như postgresql://nguoi-dung@may-chu/dondoc hoặc sqlite:////thu-muc/dondoc.db."
        raise Refused("database-url", "DONDOC_DATABASE_URL không hợp lệ.", fix) from None
    if engine.dialect.name == "sqlite":
        _tame_sqlite(engine)
    return engine


def answers(engine: Engine) -> bool:
    """Whether the database can be reached."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def _tame_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE for writers: a deferred transaction that turns writer fails at once."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        _execute(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


def _execute(connection: Connection, statement: str) -> None:
    """A bare statement, straight to the driver: each transaction begins with one."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement)
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error, dialect=connection.dialect) from error
    finally:
        cursor.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that writes nothing. SQLite shows it one state throughout, PostgreSQL each statement the newest."""
    with Session(engine) as session:
        yield session


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """`reading` that PostgreSQL, too, shows one state throughout; it keeps nobody from writing."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with reading(engine.execution_options(**options)) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends well, else nothing of it happened."""
    with Session(engine.execution_options(**{_WRITING: True})) as session, session.begin():
        yield session


@contextmanager
def recording(engine: Engine) -> Iterator[Session]:
    """`writing` for facts: one such transaction after the other, each sees all that was recorded before it.

    A fact has consequences beside its own row (a date counts from the last unit's completion): two that were recorded
    at once would each miss the other. SQLite's one writer is alone anyway.
    """
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FACTS_LOCK})
        yield session


@contextmanager
def light_commits(engine: Engine) -> Iterator[Connection]:
    """A connection whose commits survive the death of the process without a disk sync each.

    A delivery commits twice for each message; a sync costs ten times the rest. What a power cut may take is at most
    the last moments' results, which then count as unknown. The caller's last commit should come after this block.
    SQLite also syncs at each checkpoint: its log may grow to 64 MB first, and is put away at the end.
    """
    with engine.execution_options(**{_WRITING: True}).connect() as connection:
        light, heavy = _COMMITS[engine.dialect.name]
        _command(connection, light)
        try:
            yield connection
        finally:
            connection.rollback()
            _command(connection, heavy)


def _command(connection: Connection, statements: tuple[str, ...]) -> None:
    """Run outside any transaction: SQLite ignores such a pragma inside one."""
    raw = connection.connection.driver_connection
    if raw is None:
        return
    cursor = raw.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
    if connection.dialect.name != "sqlite":
        raw.commit()
