"""An office's configuration as the engine sees it: plans, obligations, units, policies, the office itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Literal

from obligations.domain.calendar import Calendar
from obligations.domain.deadline import Fixed, Form
from obligations.domain.due import Reading
from obligations.domain.periods import Kind
from obligations.domain.policy import Policy

Relation = Literal["internal", "subordinate", "peer", "independent", "superior"]
Role = Literal["focal", "deputy", "van-thu", "leader"]
OnTimeBy = Literal["sent", "received", "signed"]
Bad = frozenset[tuple[str, str]]  # (channel, address) pairs that refuse what is sent to them
NONE_BAD: Bad = frozenset()


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both counted, with the reason (Tết, leave)."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Contact:
    """A person or a desk of a unit. `channels` are (channel name, address) in order of preference."""

    id: str
    unit: str
    name: str
    role: Role
    email: str | None = None
    phone: str | None = None
    away: tuple[Span, ...] = ()
    channels: tuple[tuple[str, str], ...] = ()

    def is_away(self, day: date) -> bool:
        return any(day in span for span in self.away)

    def is_reachable(self, bad: Bad = NONE_BAD) -> bool:
        """Whether some channel leads to an address that is not known to refuse."""
        return any(one not in bad for one in self.channels)


@dataclass(frozen=True)
class Unit:
    """Who owes. `position` is the place in units.yaml: the order of protocol in every table."""

    id: str
    name: str
    short_name: str
    relation: Relation
    position: int
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    decision: str | None = None
    contacts: tuple[Contact, ...] = ()

    def contact(self, roles: Iterable[Role], day: date, bad: Bad = NONE_BAD) -> Contact | None:
        """The first contact present on that day who can be reached, by the order of roles given."""
        for role in roles:
            for contact in self.contacts:
                if contact.role == role and contact.is_reachable(bad) and not contact.is_away(day):
                    return contact
        return None


@dataclass(frozen=True)
class Group:
    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Cite:
    """Where the plan says it: the place (`VI.3`) and the few words of the deadline."""

    at: str
    stated: str = ""


@dataclass(frozen=True)
class Done:
    """Closed from the start: the day and the document that prove it."""

    on: date
    document: str


@dataclass(frozen=True)
class Moved:
    """Why a deadline differs from the one recorded: a typing error, or an amending document."""

    correction: str | None = None
    amended_by: str | None = None


@dataclass(frozen=True)
class Ended:
    """From when, by which document and why a plan or one duty of it is owed no more."""

    on: date
    by: str
    reason: str


@dataclass(frozen=True)
class Obligation:
    """One duty of a plan. `responsible` is as written; `units` are the units that owe it, groups opened."""

    id: str
    title: str
    responsible: tuple[str, ...]
    units: tuple[str, ...]
    form: Form
    cite: Cite
    coordinating: tuple[str, ...] = ()
    coordinating_units: tuple[str, ...] = ()
    submit_to: str | None = None
    collects: tuple[str, ...] = ()
    product: str = ""
    form_file: str | None = None
    policy: str | None = None
    done: Done | None = None
    moved: Moved | None = None
    fixed: tuple[Fixed, ...] = ()
    was: str | None = None
    ended: Ended | None = None


@dataclass(frozen=True)
class Standing:
    """A duty with no date: reviewed each period, never written to units."""

    id: str
    title: str
    responsible: tuple[str, ...]
    review: Kind
    cite: Cite
    question: str = ""


@dataclass(frozen=True)
class PlanContact:
    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Plan:
    id: str
    title: str
    kind: str
    issuer: str
    overseer: str
    number: str | None = None
    source: str | None = None
    issued_on: date | None = None
    in_hand_on: date | None = None
    basis: tuple[str, ...] = ()
    contact: PlanContact | None = None
    replaces: str | None = None
    ended: Ended | None = None
    obligations: tuple[Obligation, ...] = ()
    standing: tuple[Standing, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Obligation]:
        return {obligation.id: obligation for obligation in self.obligations}


@dataclass(frozen=True)
class OfficeHours:
    first: time
    last: time


@dataclass(frozen=True)
class Limits:
    per_recipient_day: int = 5
    per_run: int = 500


@dataclass(frozen=True)
class Waits:
    """How long the office waits, where neither law nor plan says it.

    Working days: `request`, as long as an open request holds escalations; `give_up`, after which a message that is
    turned away again and again has failed; `short_notice`, a new deadline with fewer left is pointed out. After
    `audit_hours` the last audit is old; one try at sending may take `send_seconds`.
    """

    request: int = 3
    give_up: int = 5
    short_notice: int = 5
    audit_hours: int = 26
    send_seconds: int = 60


@dataclass(frozen=True)
class Heartbeat:
    """Where a sign of life goes after each finished audit: a channel, and an address on it where it needs one."""

    channel: str
    to: str = ""


@dataclass(frozen=True)
class Office:
    name: str
    unit: str | None = None
    language: Literal["vi", "en"] = "vi"
    time_zone: str = "Asia/Ho_Chi_Minh"
    public_url: str | None = None
    sending: str = "box"
    full_day_counts: bool = False
    on_time_by: OnTimeBy = "sent"
    hours: tuple[OfficeHours, ...] = (
        OfficeHours(time(7, 30), time(11, 30)),
        OfficeHours(time(13), time(16, 30)),
    )
    quiet: tuple[Span, ...] = ()
    name_late_in_group: bool = False
    secretariat: tuple[str, ...] = ()
    own_leadership: tuple[str, ...] = ()
    admin: tuple[str, ...] = ()
    limits: Limits = Limits()
    waits: Waits = Waits()
    heartbeat: Heartbeat | None = None


@dataclass(frozen=True)
class ChannelAddress:
    """A channel's Apprise URL, secrets still as references, and its throttle in messages a minute."""

    name: str
    url: str
    max_per_minute: int | None = None


@dataclass(frozen=True)
class Configuration:
    """Everything an office configured, checked and cross-referenced. Built by the loader, never by hand."""

    office: Office
    calendar: Calendar
    units: Mapping[str, Unit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    channels: Mapping[str, ChannelAddress] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)

    def reading(self, plan: Plan) -> Reading:
        """What the plan's deadlines are read against."""
        return Reading(self.calendar, plan.issued_on, self.office.full_day_counts)

    def obligation(self, plan: str, obligation: str) -> Obligation | None:
        found = self.plans.get(plan)
        return found.by_id.get(obligation) if found else None

    @cached_property
    def contacts(self) -> Mapping[str, Contact]:
        return {contact.id: contact for unit in self.units.values() for contact in unit.contacts}

    @cached_property
    def reminder_calendar(self) -> Calendar:
        """The calendar that reminders walk: quiet days count as days off."""
        days = {
            date.fromordinal(number): span.name or "ngày không nhắc việc"
            for span in self.office.quiet
            for number in range(span.first.toordinal(), span.last.toordinal() + 1)
        }
        return self.calendar.with_quiet(days)
