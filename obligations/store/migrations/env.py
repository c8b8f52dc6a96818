"""Run by Alembic inside a migration; the connection comes from obligations.store.migrate."""

from __future__ import annotations

from alembic import context

from obligations.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
