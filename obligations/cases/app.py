"""Where an office's data lives, and opening it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from obligations.domain.errors import Refused
from obligations.store.database import answers, open_database, sqlite_url
from obligations.store.migrate import migrate


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


@dataclass(frozen=True)
class App:
    """An opened office: what every use case takes first."""

    settings: Settings
    engine: Engine

    def close(self) -> None:
        self.engine.dispose()


def open_app(settings: Settings) -> App:
    """Make the home (0700), open the database and bring its tables up to date."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_database(settings.database_url)
    if not answers(engine):
        fix = "Xem DONDOC_DATABASE_URL, và máy chủ cơ sở dữ liệu đã chạy chưa."
        raise Refused("database-down", "không mở được cơ sở dữ liệu.", fix)
    migrate(engine)
    return App(settings, engine)


def utc_now() -> datetime:
    """The clock, for the doors (command line, flows, pages). Use cases are given their instant."""
    return datetime.now(UTC)
