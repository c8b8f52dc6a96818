"""Messages that wait have an index of their own: beside years of sent ones SQLite read them all to find the few."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_WAITS = sa.text("next_try_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_message_next_try_at", "message")
    op.create_index("ix_message_waiting", "message", ["next_try_at"], sqlite_where=_WAITS, postgresql_where=_WAITS)
