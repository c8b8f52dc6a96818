"""The draft on disk: an office's files before they are applied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.applied import Applied
from obligations.cases.configuring.applying import digest
from obligations.cases.kept import Kept
from obligations.cases.settings import Settings
from obligations.config.folder import stamp
from obligations.config.json_schema import write_schemas
from obligations.config.load import read_folder
from obligations.config.template import write_template
from obligations.domain.errors import Refused
from obligations.store.database import reading

_digests: Kept[str] = Kept(4)


def read_draft(settings: Settings) -> dict[str, str]:
    """The texts of the configuration folder by relative name; Refused when there is no such folder."""
    return read_folder(settings.config_dir)


def differs(app: App) -> bool:
    """Whether the files on disk are not what the engine follows; a folder that is not there is no draft."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    return in_force is not None and is_other(app.settings, in_force)


def is_other(settings: Settings, in_force: Applied) -> bool:
    """`differs`, for whoever has read already what is in force."""
    try:
        return _digest(settings) != in_force.hash
    except Refused:
        return False


def _digest(settings: Settings) -> str:
    """The draft's fingerprint; its files are read anew when the system says that one was changed."""
    key = (settings.config_dir, stamp(settings.config_dir))
    return _digests.get(key, lambda: digest(read_draft(settings)))


def start_draft(folder: Path, today: date) -> list[Path]:
    """Write the sample configuration into a new folder; its files. Refused when something is there already."""
    return write_template(folder, today)


def describe_files(folder: Path) -> list[Path]:
    """Write the JSON Schemas of the configuration files into a folder, for editors; their paths, or Refused."""
    return write_schemas(folder)
