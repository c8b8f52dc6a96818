"""One embedded engine on one database: a second is refused with the first one's address."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.store.database import reading, writing
from obligations.store.tables import Engine

_PG_LOCK = 42_2014  # Decision 42/2014/QĐ-TTg


@dataclass
class Lock:
    """A held lock: on SQLite a locked file in the home, and beside a database that lies elsewhere; on PostgreSQL an
    advisory lock. All end with the process."""

    id: str
    files: list[IO[str]] = field(default_factory=list, repr=False)
    connection: Connection | None = field(default=None, repr=False)


def acquire(app: App, address: str, now: datetime) -> Lock:
    """Become this database's engine. Refused while another one is alive, with its address."""
    lock = Lock(f"{os.uname().nodename}:{os.getpid()}:{now:%Y%m%d%H%M%S}")
    if not _take(app, lock):
        raise Refused(
            "second-engine", f"đã có một dondoc up đang chạy ở {_first(app)}.", "Dùng máy đó, hoặc dừng nó trước."
        )
    with writing(app.engine) as session:
        session.merge(Engine(id=lock.id, address=address, started_at=now, beat_at=now))
    return lock


def keep_out(app: App) -> Lock:
    """Hold the place without becoming the engine: none starts meanwhile. Refused while one is alive."""
    lock = Lock("")
    if not _take(app, lock):
        raise Refused("engine-running", f"dondoc up đang chạy ở {_first(app)}.", "Dừng nó trước.")
    return lock


def beat(app: App, lock: Lock, now: datetime) -> None:
    """A sign of life."""
    with writing(app.engine) as session:
        engine = session.get(Engine, lock.id)
        if engine:
            engine.beat_at = now


def release(lock: Lock) -> None:
    """Give the place up; the row stays as the record of who ran when."""
    for file in lock.files:
        file.close()
    if lock.connection:
        with suppress(SQLAlchemyError):  # the database is gone, and the lock with it
            lock.connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _PG_LOCK})  # closing takes a while
        lock.connection.close()


def newest(app: App) -> Engine | None:
    """The engine that gave the latest sign of life on this database; None before the first one."""
    with reading(app.engine) as session:
        return session.exec(select(Engine).order_by(col(Engine.beat_at).desc()).limit(1)).first()


def _take(app: App, lock: Lock) -> bool:
    held = _lock_database(app, lock) if app.engine.dialect.name == "postgresql" else _lock_files(app, lock)
    if not held:
        release(lock)
    return held


def _lock_files(app: App, lock: Lock) -> bool:
    for folder in {app.settings.home.resolve(), Path(str(app.engine.url.database)).resolve().parent}:
        lock.files.append((folder / "engine.lock").open("a"))
        try:
            fcntl.flock(lock.files[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _lock_database(app: App, lock: Lock) -> bool:
    connection = app.engine.connect()
    if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _PG_LOCK}).scalar():
        connection.close()
        return False
    connection.commit()
    connection.detach()  # closing it must end the lock, not hand the locked session back to the pool
    lock.connection = connection
    return True


def _first(app: App) -> str:
    try:
        first = newest(app)
    except SQLAlchemyError:  # it may be the ledger that is to be restored
        first = None
    return first.address if first else "một nơi không rõ"
