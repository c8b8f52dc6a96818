"""Bringing a database to the tables this version knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from obligations.domain.errors import Refused

_FOLDER = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Create or upgrade all tables in one transaction; does nothing when they are current.

    Refused when the database was written by a newer version, which this one would misread.
    """
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        at = _revision(connection)
        if at == scripts.get_current_head():
            return
        if at is not None and at not in {script.revision for script in scripts.walk_revisions()}:
            raise Refused("newer-database", "dữ liệu do phiên bản dondoc mới hơn tạo ra.", "Nâng cấp dondoc trước.")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
