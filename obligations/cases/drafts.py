"""The draft on disk: an office's files before they are applied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from obligations.cases.app import Settings
from obligations.config.load import read_folder
from obligations.config.template import write_template


def read_draft(settings: Settings) -> dict[str, str]:
    """The texts of the configuration folder by relative name; Refused when there is no such folder."""
    return read_folder(settings.config_dir)


def start_draft(folder: Path, today: date) -> list[Path]:
    """Write the sample configuration into a new folder; its files. Refused when something is there already."""
    return write_template(folder, today)
