"""Pages: people log in, units answer by a link, files come with answers; each step of access is an event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from obligations.store.migrations.append_only import allow_changes, refuse_changes
from obligations.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"

_KINDS = (
    "activated, due_set, due_moved, unknown, submitted, confirmed, returned, extension_asked, extended, "
    "extension_refused, waived, stopped, reopened, reassigned, renamed, acknowledged, urged, approved, members, "
    "anchored, checked, paused, resumed, bounced, restored, disowned, contact_changed, user_added, user_changed, "
    "link_issued, link_revoked"
)


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS.split(", "))
    allow_changes("event")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_kind"), type_="check")
        table.create_check_constraint(op.f("ck_event_kind"), f"kind IN ({kinds})")
    refuse_changes("event")
    op.drop_table("link")  # never written until now
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit", sa.String(), nullable=False, index=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires", UtcDateTime(), nullable=False),
        sa.Column("revoked", UtcDateTime(), nullable=True),
    )
    op.add_column("user", sa.Column("full_name", sa.String(), nullable=False, server_default=""))
    op.add_column("user", sa.Column("closed_at", UtcDateTime(), nullable=True))
    op.add_column("user", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("user", sa.Column("locked_until", UtcDateTime(), nullable=True))
    op.create_table(
        "web_session",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("user", sa.String(), sa.ForeignKey("user.name"), nullable=False, index=True),
        sa.Column("expires", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "respondent",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("link_id", sa.Integer(), sa.ForeignKey("link.id"), nullable=False, index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
