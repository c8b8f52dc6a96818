"""Opening the database and the two ways to use it: reading, and writing in one short transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, Select, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlmodel import Session

from obligations.domain.errors import Refused
from obligations.store.prepared import Straight

_BUSY_MS = 30_000
# Five plans' years have 519 statements; the driver would keep 128.
_SQLITE: dict[str, Any] = {"connect_args": {"cached_statements": 400}}
# A silent server, whoever keeps a row or the line, and what a lost client left open would be waited for for ever.
_LIMITS = f"-c lock_timeout={_BUSY_MS} -c idle_in_transaction_session_timeout={10 * 60_000}"
_PATIENCE: dict[str, Any] = {"connect_timeout": 10}
_BEGIN = "dondoc_begin"  # in a connection's info: how its transactions begin
_IN_LINE = text("SELECT pg_advisory_xact_lock(20220708)")  # the day of the first plan
_COMMITS = {  # what makes a commit light, and what makes it whole again
    "sqlite": (
        ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=4000"),  # pages of 4 KB
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
        options = _SQLITE if address.drivername == "sqlite" else _server(address)
        engine = create_engine(address, **options)
    except (ArgumentError, ValueError, ImportError):  # an unknown dialect, a port that is no number, a missing driver
        fix = "Ghi như postgresql://nguoi-dung@may-chu/dondoc hoặc sqlite:////thu-muc/dondoc.db."
        raise Refused("database-url", "DONDOC_DATABASE_URL không hợp lệ.", fix) from None
    engine._connection_cls = Straight
    if engine.dialect.name == "sqlite":
        _tame_sqlite(engine)
    return engine


def _server(address: URL) -> dict[str, Any]:
    """How to reach a PostgreSQL. What an address says itself (`?options=-csearch_path=so`) holds, too, and last."""
    said = address.query.get("options", ())
    own = (said,) if isinstance(said, str) else said
    return {"pool_pre_ping": True, "connect_args": _PATIENCE | {"options": " ".join((_LIMITS, *own))}}


def trouble(engine: Engine) -> SQLAlchemyError | None:
    """Why the database cannot be reached; None when it answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return error
    return None


def _tame_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE for writers: a deferred transaction that turns writer fails at once."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    # No listener for "begin": where there is one, SQLAlchemy looks for listeners at every statement.
    engine.dialect.do_begin = _begin  # type: ignore[assignment, method-assign]


def _begin(connection: PoolProxiedConnection) -> None:
    cursor = connection.cursor()
    cursor.execute(connection.info.get(_BEGIN, "BEGIN"))
    cursor.close()


class _Session(Session):
    """Statements over tables go straight to the connection: the ORM's way costs as much again and adds nothing."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._straight = connection

    def execute(self, statement: Any, params: Any = None, **more: Any) -> Any:
        if more or statement._propagate_attrs:  # the mark of what names a model
            return super().execute(statement, params, **more)
        return self._straight.execute(statement, params)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that writes nothing. SQLite shows it one state throughout, PostgreSQL each statement the newest."""
    with engine.connect() as connection, _Session(connection) as session:
        yield session


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """`reading` that PostgreSQL, too, shows one state throughout; it keeps nobody from writing."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with reading(engine.execution_options(**options)) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends well, else nothing of it happened.

    One after the other, each sees all that was written before it: who looks and then writes what follows from it (a
    date that counts from the last unit's completion, the day's one row) must not miss what another writes meanwhile.
    SQLite's one writer is alone anyway. A delivery's own commits (`light_commits`) go beside it on PostgreSQL: whoever
    takes back what a message carries locks that message first (`cases.ledger.withdrawing`).
    """
    with _writer(engine) as connection, _Session(connection) as session, session.begin():
        session.connection()  # begins it: what goes straight to the connection belongs to it, too
        stand_in_line(connection)
        yield session


def stand_in_line(connection: Connection) -> None:
    """Until its transaction ends no other writer of a PostgreSQL begins."""
    if connection.dialect.name == "postgresql":
        connection.execute(_IN_LINE)


@contextmanager
def _writer(engine: Engine) -> Iterator[Connection]:
    """A connection whose transactions keep every other writer of a SQLite file out from their beginning."""
    with engine.connect() as connection:
        kept = connection.info  # the driver's connection outlives this block, in the pool
        kept[_BEGIN] = "BEGIN IMMEDIATE"
        try:
            yield connection
        finally:
            kept.pop(_BEGIN, None)  # a connection that broke was emptied


@contextmanager
def light_commits(engine: Engine) -> Iterator[Connection]:
    """A connection whose commits survive the death of the process without a disk sync each.

    A delivery commits for each message; a sync costs ten times the rest. What a power cut may take is at most
    the last moments' results, which then count as unknown. The caller's last commit should come after this block.
    SQLite also syncs at each checkpoint: its log may grow to 16 MB first, and is put away at the end. A log that grows
    longer costs more than it saves: to write over it again is cheaper than to write on.
    """
    with _writer(engine) as connection:
        light, heavy = _COMMITS[engine.dialect.name]
        _command(connection, light)
        try:
            yield connection
        finally:
            connection.rollback()
            _command(connection, heavy)


@contextmanager
def looking(connection: Connection) -> Iterator[Connection]:
    """Reads over a writer's connection between two of its transactions, which keep nobody from writing.

    What would write fails.
    """
    begins = connection.info.pop(_BEGIN)
    try:
        yield cast("Connection", _Look(connection))
    finally:
        try:
            connection.rollback()
        finally:
            connection.info[_BEGIN] = begins


class _Look:
    """A connection for nothing but queries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        if not isinstance(statement, Select):
            raise TypeError("only to look")
        return self._connection.execute(statement, parameters)


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
