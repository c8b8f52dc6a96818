"""Under life: returns, extensions, reviews, held escalations; more kinds of events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from obligations.store.migrations.append_only import allow_changes, refuse_changes
from obligations.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"

_KINDS = (
    "activated, due_set, due_moved, unknown, submitted, confirmed, returned, extension_asked, extended, "
    "extension_refused, waived, stopped, reopened, reassigned, renamed, acknowledged, urged, approved, members, "
    "anchored, checked, paused, resumed, bounced, restored"
)


def upgrade() -> None:
    _widen_event_kinds()
    _add_columns()
    op.execute(
        "UPDATE assignment SET plan_due_on = due_on, target_on = due_on, "
        "phase = CASE WHEN done_on IS NOT NULL OR outside IS NOT NULL THEN 'closed' "
        "WHEN submitted_on IS NOT NULL THEN 'review' ELSE 'open' END"
    )
    op.execute(
        "UPDATE assignment SET herald = 'activated', herald_at = due_since WHERE notice AND submitted_on IS NULL"
    )
    op.execute("UPDATE assignment SET opened_on = NULL WHERE notice")
    _results_were_recorded()
    _reviews_begin()
    _look_again()
    op.drop_column("assignment", "notice")
    op.create_index(
        "ix_reminder_held",
        "reminder",
        ["at"],
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )


def _widen_event_kinds() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS.split(", "))
    allow_changes("event")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_kind"), type_="check")
        table.create_check_constraint(op.f("ck_event_kind"), f"kind IN ({kinds})")
    refuse_changes("event")


def _add_columns() -> None:
    """One by one, in place: other tables point at this one, so SQLite must not make it anew."""
    for name in ("plan_due_on", "target_on", "asked_on"):
        op.add_column("assignment", sa.Column(name, sa.Date(), nullable=True))
    for name in ("herald_at", "review_since"):
        op.add_column("assignment", sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("channel_state", sa.Column("down_since", UtcDateTime(), nullable=True))
    op.add_column("assignment", sa.Column("herald", sa.String(), nullable=True))
    for name in ("herald_cause", "review_cause"):
        op.add_column("assignment", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.execute(
        "ALTER TABLE assignment ADD COLUMN phase VARCHAR DEFAULT 'open' NOT NULL "
        "CONSTRAINT ck_assignment_phase CHECK (phase IN ('open', 'review', 'closed'))"
    )


def _results_were_recorded() -> None:
    """The last word about a duty that is done, as its events tell it; its day has passed, so it is not said now."""
    op.execute(
        "UPDATE assignment SET herald = 'recorded', "
        "herald_at = (SELECT max(recorded_at) FROM event e WHERE e.assignment_id = assignment.id "
        "AND e.kind = 'confirmed'), "
        "herald_cause = (SELECT CAST(max(e.id) AS VARCHAR) FROM event e WHERE e.assignment_id = assignment.id "
        "AND e.kind = 'confirmed') "
        "WHERE done_on IS NOT NULL"
    )


def _look_again() -> None:
    """Reviews, letters and overseers are new: every ladder is looked at once more, from what was recorded last on."""
    op.execute(
        "WITH told AS (SELECT max(recorded_at) AS at FROM event UNION ALL SELECT max(started_at) FROM attempt "
        "UNION ALL SELECT max(planned_at) FROM reminder UNION ALL SELECT max(beat_at) FROM engine) "
        "UPDATE assignment SET next_rung_at = (SELECT max(at) FROM told) "
        "WHERE next_rung_at IS NULL OR next_rung_at > (SELECT max(at) FROM told)"
    )


def _reviews_begin() -> None:
    """What waited for the reviewer is reminded of from its submission on."""
    op.execute(
        "UPDATE assignment SET "
        "review_since = (SELECT max(recorded_at) FROM event e WHERE e.assignment_id = assignment.id "
        "AND e.kind = 'submitted'), "
        "review_cause = coalesce((SELECT CAST(max(e.id) AS VARCHAR) FROM event e WHERE e.assignment_id = assignment.id "
        "AND e.kind = 'submitted'), '') "
        "WHERE phase = 'review'"
    )
