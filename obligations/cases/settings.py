"""Where an office's data lives."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from obligations.store.address import sqlite_url


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
