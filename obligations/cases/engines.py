"""One embedded engine on one database: a second is refused with the first one's address."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from sqlalchemy import Connection, text
from sqlmodel import col, select

from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.store.database import reading, writing
from obligations.store.tables import Engine

_PG_LOCK = 42_2014  # Decision 42/2014/QĐ-TTg


@dataclass
class Lock:
    """A held lock: a locked file in the home on SQLite, an advisory lock on PostgreSQL. Both end with the process."""

    id: str
    file: IO[str] | None = None
    connection: Connection | None = field(default=None, repr=False)


def acquire(app: App, address: str, now: datetime) -> Lock:
    """Become this database's engine. Refused while another one is alive, with its address."""
    lock = Lock(f"{os.uname().nodename}:{os.getpid()}:{now:%Y%m%d%H%M%S}")
    held = _lock_database(app, lock) if app.engine.dialect.name == "postgresql" else _lock_file(app, lock)
    if not held:
        raise Refused(
            "second-engine", f"đã có một dondoc up đang chạy ở {_first(app)}.", "Dùng máy đó, hoặc dừng nó trước."
        )
    with writing(app.engine) as session:
        session.merge(Engine(id=lock.id, address=address, started_at=now, beat_at=now))
    return lock


def beat(app: App, lock: Lock, now: datetime) -> None:
    """A sign of life."""
    with writing(app.engine) as session:
        engine = session.get(Engine, lock.id)
        if engine:
            engine.beat_at = now


def release(lock: Lock) -> None:
    """Give the place up; the row stays as the record of who ran when."""
    if lock.file:
        lock.file.close()
    if lock.connection:
        lock.connection.close()


def newest(app: App) -> Engine | None:
    """The engine that gave the latest sign of life on this database; None before the first one."""
    with reading(app.engine) as session:
        return session.exec(select(Engine).order_by(col(Engine.beat_at).desc()).limit(1)).first()


def _lock_file(app: App, lock: Lock) -> bool:
    file = (app.settings.home / "engine.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return False
    lock.file = file
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
    first = newest(app)
    return first.address if first else "một nơi không rõ"
