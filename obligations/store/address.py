"""The address of a database that is a file."""

from __future__ import annotations

from pathlib import Path


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"
