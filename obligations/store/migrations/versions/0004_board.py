"""The board reads assignments page by page: a resubmit day of its own, and indexes in the order it shows."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("assignment", sa.Column("resubmit_by", sa.Date(), nullable=True))
    _resubmit_days()
    unfinished = sa.text("phase != 'closed'")
    op.create_index(
        "ix_assignment_unfinished",
        "assignment",
        ["due_on", "id"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.create_index("ix_assignment_due_on", "assignment", ["due_on", "id"])
    op.create_index("ix_assignment_unit", "assignment", ["unit", "due_on"])


def _resubmit_days() -> None:
    """Where reminders walk to another day than the deadline, or to the same one by a return: the resubmit day."""
    op.execute("UPDATE assignment SET resubmit_by = target_on WHERE target_on <> due_on")
    told = sa.text(
        "SELECT a.id, a.due_on, e.payload FROM assignment a JOIN event e ON e.id = (SELECT max(id) FROM event "
        "WHERE assignment_id = a.id AND kind IN ('returned', 'reopened', 'extended')) "
        "WHERE e.kind = 'returned' AND a.target_on = a.due_on"
    )
    connection = op.get_bind()
    for row in connection.execute(told).all():
        payload = row.payload if isinstance(row.payload, dict) else json.loads(row.payload)
        due_on = row.due_on if isinstance(row.due_on, date) else date.fromisoformat(row.due_on)
        if payload.get("resubmit_by") == due_on.isoformat():
            change = sa.text("UPDATE assignment SET resubmit_by = due_on WHERE id = :id")
            connection.execute(change, {"id": row.id})
