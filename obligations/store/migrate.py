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


def migrate(engine: Engine, to: str = "head") -> None:
    """Create or upgrade all tables in one transaction; does nothing when they are current.

    Refused when the database was written by a newer version, which this one would misread.
    """
    with engine.begin() as connection:
        upgrade(connection, to)


def upgrade(connection: Connection, to: str = "head") -> None:
    """`migrate` within the caller's transaction, up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    scripts = ScriptDirectory.from_config(config)
    at = revision_of(connection)
    if at == scripts.get_current_head():
        return
    if at is not None and not knows(at):
        raise Refused("newer-database", "dữ liệu do phiên bản dondoc mới hơn tạo ra.", "Nâng cấp dondoc trước.")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def knows(revision: str) -> bool:
    """Whether this version can bring tables of a revision forward."""
    scripts = ScriptDirectory(str(_FOLDER))
    return revision in {script.revision for script in scripts.walk_revisions()}


def revision_of(connection: Connection) -> str | None:
    """The revision that a database's tables are of, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()
