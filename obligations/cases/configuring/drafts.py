"""The draft on disk: an office's files before they are applied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from obligations.cases import applied
from obligations.cases.app import App, Settings
from obligations.cases.configuring.applying import digest
from obligations.config.json_schema import write_schemas
from obligations.config.load import read_folder
from obligations.config.template import write_template
from obligations.domain.errors import Refused
from obligations.store.database import reading


def read_draft(settings: Settings) -> dict[str, str]:
    """The texts of the configuration folder by relative name; Refused when there is no such folder."""
    return read_folder(settings.config_dir)


def differs(app: App) -> bool:
    """Whether the files on disk are not what the engine follows; a folder that is not there is no draft."""
    try:
        texts = read_draft(app.settings)
    except Refused:
        return False
    with reading(app.engine) as session:
        in_force = applied.find(session)
    return in_force is not None and in_force.hash != digest(texts)


def start_draft(folder: Path, today: date) -> list[Path]:
    """Write the sample configuration into a new folder; its files. Refused when something is there already."""
    return write_template(folder, today)


def describe_files(folder: Path) -> list[Path]:
    """Write the JSON Schemas of the configuration files into a folder, for editors; their paths, or Refused."""
    return write_schemas(folder)
