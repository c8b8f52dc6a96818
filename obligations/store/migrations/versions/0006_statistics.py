"""Statistics count rows: when each duty was given and when it ended; which events came after a day has an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from obligations.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("assignment", sa.Column("born_at", UtcDateTime(), nullable=True))
    op.add_column("assignment", sa.Column("outside_on", sa.Date(), nullable=True))
    op.create_index("ix_event_effective_on", "event", ["effective_on"])
    op.create_index("ix_event_recorded_at", "event", ["recorded_at"])
    op.execute(
        "UPDATE assignment SET born_at = (SELECT recorded_at FROM event "
        "WHERE assignment_id = assignment.id AND kind = 'due_set' ORDER BY id LIMIT 1)"
    )
    op.execute(
        "UPDATE assignment SET outside_on = (SELECT CASE WHEN kind <> 'reopened' THEN effective_on END FROM event "
        "WHERE assignment_id = assignment.id AND kind IN ('unknown', 'waived', 'stopped', 'reopened') "
        "ORDER BY id DESC LIMIT 1)"
    )
