"""Where an office's data lives, and opening it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, OperationalError

from obligations.domain.errors import Refused, reason
from obligations.store.database import answers, open_database, sqlite_url
from obligations.store.migrate import migrate

# What the database cannot keep: PostgreSQL no NUL in a text, no number beyond its column.
UNSTORABLE = DataError
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Settings:
    """The three places an office can move: its configuration, its data, its database."""

    config_dir: Path
    home: Path
    database_url: str

    @classmethod
    def from_environment(cls, config: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
        """`config` or DONDOC_CONFIG (./config); DONDOC_HOME (./.dondoc); DONDOC_DATABASE_URL (a file in the home)."""
        home = Path(environ.get("DONDOC_HOME") or ".dondoc").absolute()
        folder = (config or Path(environ.get("DONDOC_CONFIG") or "config")).absolute()
        return cls(folder, home, environ.get("DONDOC_DATABASE_URL") or sqlite_url(home / "dondoc.db"))

    def of_the_demonstration(self) -> Settings:
        """The demonstration's own place below this one, its configuration too: nothing of the office's is touched."""
        home = self.home / "demo"
        return Settings(home / "config", home, sqlite_url(home / "dondoc.db"))

    def to_environment(self) -> dict[str, str]:
        """What a child needs to find the same office."""
        names = ("DONDOC_CONFIG", "DONDOC_HOME", "DONDOC_DATABASE_URL")
        return dict(zip(names, (str(self.config_dir), str(self.home), self.database_url), strict=True))


@dataclass(frozen=True)
class App:
    """An opened office: what every use case takes first."""

    settings: Settings
    engine: Engine

    def close(self) -> None:
        self.engine.dispose()


def open_app(settings: Settings) -> App:
    """Make the home (0700), open the database and bring its tables up to date."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fix = "Đặt DONDOC_HOME là một thư mục mà tài khoản này ghi được."
        message = f"không tạo được thư mục dữ liệu {settings.home} ({reason(error)})."
        raise Refused("home", message, fix) from None
    engine = open_database(settings.database_url)
    if not answers(engine):
        raise _closed(engine)
    try:
        migrate(engine)
    except OperationalError:  # a file or a disk that cannot be written
        raise _closed(engine) from None
    return App(settings, engine)


def _closed(engine: Engine) -> Refused:
    if engine.dialect.name == "sqlite":
        message = f"không mở hoặc không ghi được tệp cơ sở dữ liệu {engine.url.database}."
        fix = "Xem quyền ghi và chỗ trống trên đĩa; nếu tệp hỏng thì khôi phục từ bản sao lưu."
    else:
        message = f"không vào được cơ sở dữ liệu {engine.url.render_as_string(hide_password=True)}."
        fix = "Xem DONDOC_DATABASE_URL, và máy chủ cơ sở dữ liệu đã chạy chưa."
    return Refused("database-down", message, fix)


def local_day(now: datetime) -> date:
    """The day in Vietnam at an instant, for what is asked before any configuration says otherwise."""
    return now.astimezone(VIETNAM).date()


def utc_now() -> datetime:
    """The clock, for the doors (command line, flows, pages). Use cases are given their instant."""
    return datetime.now(UTC)
