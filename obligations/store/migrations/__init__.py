"""Alembic's revisions: each takes an office's data one step forward, on SQLite and PostgreSQL alike."""
