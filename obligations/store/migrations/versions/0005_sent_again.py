"""A person sends a message again: who and when is an event."""

from __future__ import annotations

from alembic import op

from obligations.store.migrations.append_only import allow_changes, refuse_changes

revision = "0005"
down_revision = "0004"

_KINDS = (
    "activated, due_set, due_moved, unknown, submitted, confirmed, returned, extension_asked, extended, "
    "extension_refused, waived, stopped, reopened, reassigned, renamed, acknowledged, urged, approved, members, "
    "anchored, checked, paused, resumed, bounced, restored, disowned, contact_changed, user_added, user_changed, "
    "link_issued, link_revoked, resent"
)


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS.split(", "))
    allow_changes("event")
    with op.batch_alter_table("event") as table:
        table.drop_constraint(op.f("ck_event_kind"), type_="check")
        table.create_check_constraint(op.f("ck_event_kind"), f"kind IN ({kinds})")
    refuse_changes("event")
