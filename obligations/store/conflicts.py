"""An INSERT that can pass over, or replace, a row that is there already: each database has a form of its own."""

from __future__ import annotations

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(dialect: Dialect, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The statement, for its `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)
