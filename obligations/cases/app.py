"""Opening an office's data."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError

from obligations.cases.settings import Settings
from obligations.domain.errors import Refused, reason
from obligations.store.database import open_database, trouble
from obligations.store.failing import said, told
from obligations.store.migrate import migrate

# What the database cannot keep: PostgreSQL no NUL in a text, no number beyond its column.
UNSTORABLE = DataError


@dataclass(frozen=True)
class App:
    """An opened office: what every use case takes first."""

    settings: Settings
    engine: Engine

    def close(self) -> None:
        self.engine.dispose()


def open_app(settings: Settings) -> App:
    """Make the home (0700), open the database (a file of it: 0600) and bring its tables up to date."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fix = "Đặt DONDOC_HOME là một thư mục mà tài khoản này ghi được."
        message = f"không tạo được thư mục dữ liệu {settings.home} ({reason(error)})."
        raise Refused("home", message, fix) from None
    engine = open_database(settings.database_url)
    _keep_private(engine)
    if silent := trouble(engine):
        raise _closed(engine, silent)
    try:
        migrate(engine)
    except OperationalError as error:  # a file or a disk that cannot be written
        raise _closed(engine, error) from None
    return App(settings, engine)


def _keep_private(engine: Engine) -> None:
    """Nobody else reads the ledger's file, whoever made the home; what SQLite keeps beside it takes its rights."""
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return
    with suppress(OSError):  # what cannot be written is told by the first question
        file = Path(engine.url.database)
        if not file.exists():
            file.touch(mode=0o600)
        elif file.stat().st_mode & 0o077:
            file.chmod(0o600)


def _closed(engine: Engine, error: SQLAlchemyError) -> Refused:
    if (known := told(error)) and known.code == "database-busy":
        return known
    if engine.dialect.name == "sqlite":
        message = f"không mở hoặc không ghi được tệp cơ sở dữ liệu {engine.url.database}."
        fix = "Xem quyền ghi và chỗ trống trên đĩa; nếu tệp hỏng thì khôi phục từ bản sao lưu."
    else:
        message = f"không vào được cơ sở dữ liệu {engine.url.render_as_string(hide_password=True)} ({said(error)})."
        fix = "Xem DONDOC_DATABASE_URL, và máy chủ cơ sở dữ liệu đã chạy chưa."
    return Refused("database-down", message, fix)
