"""Bringing a database to the tables this version knows.

Alembic is imported only where something is brought forward: every command opens a database, and needs to know no more
than that its tables are current.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from obligations.domain.errors import Refused

_FOLDER = Path(__file__).parent / "migrations"
_REVISIONS = frozenset(path.name[:4] for path in _FOLDER.glob("versions/[0-9]*.py"))
NEWEST = max(_REVISIONS)


def migrate(engine: Engine, to: str = "head") -> None:
    """Create or upgrade all tables in one transaction; does nothing when they are current.

    Refused when the database was written by a newer version, which this one would misread.
    """
    with engine.begin() as connection:
        upgrade(connection, to)


def upgrade(connection: Connection, to: str = "head") -> None:
    """`migrate` within the caller's transaction, up to a revision."""
    at = revision_of(connection)
    if at == NEWEST:
        return
    if at is not None and not knows(at):
        raise Refused("newer-database", "dữ liệu do phiên bản dondoc mới hơn tạo ra.", "Nâng cấp dondoc trước.")
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def knows(revision: str) -> bool:
    """Whether this version can bring tables of a revision forward; its number begins the name of its file."""
    return revision in _REVISIONS


def revision_of(connection: Connection) -> str | None:
    """The revision that a database's tables are of, None for an empty one."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
