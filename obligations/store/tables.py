"""The ledger's tables. Instants are UTC; everything but event and config_version can be rebuilt from those two.

A class, a state, a forecast is never stored: it is derived from facts and a day.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from obligations.store.types import UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata

EVENT_KINDS = (
    "activated",  # a plan's first apply: payload number
    "due_set",  # an assignment came to be, or an open one got its date
    "due_moved",  # by the plan (correction, amended_by, fixed_by), the calendar, an anchor, a rollback
    "unknown",  # due before the plan was followed: waits for a person to say how it ended
    "submitted",
    "confirmed",
    "returned",
    "extension_asked",
    "extended",
    "extension_refused",
    "waived",
    "stopped",  # by a document, or dropped from its plan
    "reopened",
    "reassigned",
    "renamed",  # its obligation has another id now
    "acknowledged",  # the unit has it, and says when it means to answer
    "urged",  # the letter (công văn đôn đốc) was issued
    "approved",  # an escalation may leave
    "members",  # who owes a followed duty changed: payload obligation, units, was, version
    "anchored",  # an event that deadlines count from got its date
    "checked",  # the incoming register was read
    "paused",
    "resumed",
    "bounced",  # an address refuses mail for good
    "restored",  # and takes it again
    "disowned",  # a unit says that the duty is not its own; the secretariat decides
    "contact_changed",  # a unit names another person to write to; the secretariat enters it
    "user_added",
    "user_changed",  # another role, a new password, closed, opened again
    "link_issued",
    "link_revoked",
    "resent",  # a person sends a message again: payload message
)
PHASES = ("open", "review", "closed")
REMINDER_STATES = ("planned", "held", "superseded", "skipped", "failed")
MESSAGE_STATES = ("queued", "started", "sent", "unknown", "failed", "cancelled")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def instant(**options: Any) -> Any:
    """A field that holds an aware instant."""
    return Field(sa_type=UtcDateTime, **options)  # type: ignore[call-overload, unused-ignore]


class ConfigVersion(SQLModel, table=True):
    """One applied configuration, whole. Append-only; the newest is what the engine reads."""

    __tablename__ = "config_version"
    id: int | None = Field(default=None, primary_key=True)
    hash: str
    texts: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    applied_at: datetime = instant()
    by: str


class Member(SQLModel, table=True):
    """Who a duty's groups meant when it was activated."""

    plan: str = Field(primary_key=True)
    obligation: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    since: datetime = instant()


class Assignment(SQLModel, table=True):
    """One unit's duty for one period. All columns but the key are projections of its events (`domain.facts`)."""

    __table_args__ = (
        UniqueConstraint("plan", "obligation", "unit", "period"),
        _one_of("phase", PHASES),
        Index(
            "ix_assignment_unfinished",
            "due_on",
            "id",
            sqlite_where=text("phase != 'closed'"),
            postgresql_where=text("phase != 'closed'"),
        ),
        Index("ix_assignment_due_on", "due_on", "id"),
        Index("ix_assignment_unit", "unit", "due_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan: str
    obligation: str
    unit: str
    period: str
    code: str = Field(unique=True)
    original_due_on: date | None = None
    plan_due_on: date | None = None
    due_on: date | None = None
    due_at: str | None = None
    phase: str = "open"
    target_on: date | None = None
    resubmit_by: date | None = None
    due_since: datetime = instant()
    opened_on: date | None = None
    herald: str | None = None
    herald_at: datetime | None = instant(default=None, nullable=True)
    herald_cause: str = ""
    review_since: datetime | None = instant(default=None, nullable=True)
    review_cause: str = ""
    carrier: str | None = None
    submitted_on: date | None = None
    done_on: date | None = None
    outside: str | None = None
    outside_on: date | None = None
    asked_on: date | None = None
    next_rung_at: datetime | None = instant(default=None, nullable=True, index=True)
    born_at: datetime | None = instant(default=None, nullable=True)


class Event(SQLModel, table=True):
    """A fact. Append-only: the database refuses UPDATE and DELETE; a mistake is corrected by a later event."""

    __table_args__ = (_one_of("kind", EVENT_KINDS), Index(None, "plan", "kind"))
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    plan: str = ""
    kind: str
    effective_on: date = Field(index=True)
    recorded_at: datetime = instant(index=True)
    by: str
    document: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Reminder(SQLModel, table=True):
    """One rung of one assignment for one recipient. `rung_on`: the ladder's day; `at`: when it may leave."""

    __table_args__ = (
        UniqueConstraint("assignment_id", "due_on", "rung", "recipient", "cause"),
        _one_of("state", REMINDER_STATES),
        Index(
            "ix_reminder_waiting",
            "at",
            sqlite_where=text("state = 'planned' AND queued_at IS NULL"),
            postgresql_where=text("state = 'planned' AND queued_at IS NULL"),
        ),
        Index(
            "ix_reminder_held",
            "at",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    due_on: date
    rung: str
    recipient: str
    cause: str = ""
    audience: str
    rung_on: date
    at: datetime = instant()
    planned_at: datetime = instant()
    queued_at: datetime | None = instant(default=None, nullable=True)
    state: str
    why: str = ""


class Message(SQLModel, table=True):
    """What one recipient gets over one channel in one slot. `body` holds the exact bytes of the last start.

    `lease_until` is in seconds since 1970 by the database's clock; `fence` counts the claims, so that whoever lost the
    lease cannot write a result.
    """

    __table_args__ = (
        UniqueConstraint("recipient", "channel", "slot", "n"),
        _one_of("state", MESSAGE_STATES),
        Index(  # of the few that will be tried: the planner must see that they are few
            "ix_message_waiting",
            "next_try_at",
            sqlite_where=text("next_try_at IS NOT NULL"),
            postgresql_where=text("next_try_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    recipient: str
    channel: str
    slot: str
    n: int
    message_id: str = Field(unique=True)
    address: str
    state: str
    created_at: datetime = instant()
    subject: str = ""
    body: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    next_try_at: datetime | None = instant(default=None, nullable=True)
    tries: int = 0
    engine: str | None = None
    fence: int = 0
    lease_until: int | None = Field(default=None, sa_type=BigInteger)


class ReminderMessage(SQLModel, table=True):
    """Which reminders a message carries."""

    __tablename__ = "reminder_message"
    reminder_id: int = Field(primary_key=True, foreign_key="reminder.id")
    message_id: int = Field(primary_key=True, foreign_key="message.id", index=True)


class Attempt(SQLModel, table=True):
    """One try at sending a message: `started_at` is committed before, the server's words after."""

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    n: int = Field(primary_key=True)
    started_at: datetime = instant(index=True)
    finished_at: datetime | None = instant(default=None, nullable=True)
    stage: str = ""
    outcome: str = ""
    answer: str = ""
    flow_run_id: str | None = None


class ChannelState(SQLModel, table=True):
    """A channel that refuses everybody rests until `down_until`; no reminder fails for it."""

    __tablename__ = "channel_state"
    channel: str = Field(primary_key=True)
    down_since: datetime | None = instant(default=None, nullable=True)
    down_until: datetime | None = instant(default=None, nullable=True)
    failures: int = 0
    reason: str = ""


class Link(SQLModel, table=True):
    """A unit's link. What opens it is a signature over this row (`cases.access.links`), kept nowhere."""

    id: int | None = Field(default=None, primary_key=True)
    unit: str = Field(index=True)
    issued_at: datetime = instant()
    expires: datetime = instant()
    revoked: datetime | None = instant(default=None, nullable=True)


class Respondent(SQLModel, table=True):
    """Who answers for a unit in one browser; `digest` is that of the browser's cookie."""

    digest: str = Field(primary_key=True)
    link_id: int = Field(foreign_key="link.id", index=True)
    name: str
    post: str
    phone: str
    since: datetime = instant()


class Upload(SQLModel, table=True):
    """A file that came with an answer: the event's, whole."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str
    type: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AuditDay(SQLModel, table=True):
    """One day's proof: what should have left by the audit's hour, and what did."""

    __tablename__ = "audit_day"
    day: date = Field(primary_key=True)
    expected: int
    sent: int
    failed: int
    waiting: int
    finished_at: datetime = instant()


class Engine(SQLModel, table=True):
    """A running engine and its last sign of life."""

    id: str = Field(primary_key=True)
    address: str
    started_at: datetime = instant()
    beat_at: datetime = instant()


class User(SQLModel, table=True):
    """Who may log in to the pages; `hash` is argon2's. Closed, not deleted: their name stands in the history."""

    name: str = Field(primary_key=True)
    full_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    role: str
    hash: str
    closed_at: datetime | None = instant(default=None, nullable=True)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    locked_until: datetime | None = instant(default=None, nullable=True)


class WebSession(SQLModel, table=True):
    """A login: only the digest of its cookie is kept."""

    __tablename__ = "web_session"
    digest: str = Field(primary_key=True)
    user: str = Field(foreign_key="user.name", index=True)
    expires: datetime = instant()


APPEND_ONLY = ("event", "config_version")
