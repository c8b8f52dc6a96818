"""What really happened, as plain records: what people did, when the engine ran, what was configured then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from obligations.domain.plan import Configuration
from tests.oracle.days import Days

Assignment = tuple[str, str, str, str]
FOREVER = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


@dataclass(frozen=True)
class Fact:
    """One thing that somebody did, as it was recorded. `id` is the event's number: reminders name it as their cause.

    `payload` has the words of the event kinds; dates in it may be dates or ISO texts.
    """

    id: int
    kind: str
    recorded_at: datetime
    effective_on: date
    payload: Mapping[str, Any] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """A date of the payload, None where it has none."""
        value = self.payload.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Version:
    """A configuration and the instant from which it was followed."""

    applied_at: datetime
    configuration: Configuration


@dataclass(frozen=True)
class Delivery:
    """A delivery that really ran to its end, or began to.

    `down`: channels over which certainly nothing was accepted. `shaky`: channels over which anything may have happened
    to any message (the process was killed, answers were lost, a refusal for a while). `refused`: contacts whose
    address or message the server refused for good. `died`: it ended before its end, perhaps before anything was
    planned. An engine that was not up has no delivery here.
    """

    at: datetime
    down: frozenset[str] = frozenset()
    shaky: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    died: bool = False


@dataclass(frozen=True)
class Duty:
    """Whose duty, of which period. `opened_on`: last day of the period before; `notice`: owed a first word."""

    plan: str
    obligation: str
    unit: str
    period: str
    opened_on: date | None = None
    notice: bool = False

    @property
    def key(self) -> Assignment:
        return self.plan, self.obligation, self.unit, self.period


@dataclass(frozen=True)
class Story:
    """One assignment's life: its facts in the order of their ids, from the `due_set` of its birth."""

    duty: Duty
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Book:
    """The office's day book. Everything in it is in time order; `office` holds checked, paused, resumed, bounced …

    `patience` is how long a message may wait, after its channel or server refused, before it is tried again.
    """

    versions: tuple[Version, ...]
    deliveries: tuple[Delivery, ...]
    office: tuple[Fact, ...] = ()
    patience: timedelta = timedelta(minutes=70)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.versions[0].configuration.office.time_zone)

    def day(self, instant: datetime) -> date:
        """The local day of an instant."""
        return instant.astimezone(self.zone).date()

    def version_at(self, instant: datetime) -> Version:
        """The configuration in force; the first one before anything was applied."""
        return self.versions[max(0, bisect_right(self._applied, instant) - 1)]

    def spans(self) -> list[tuple[Version, datetime, datetime]]:
        """Each version with the instant it began and the instant the next one took its place."""
        return list(zip(self.versions, self._applied, [*self._applied[1:], FOREVER], strict=True))

    def first_delivery(self, instant: datetime) -> int:
        """The place of the first delivery at that instant or later; past the end when there is none."""
        return bisect_left(self._ran, instant)

    def delivery_of(self, instant: datetime) -> datetime | None:
        """The delivery in which something happened: the last that began at that instant or before."""
        place = bisect_right(self._ran, instant) - 1
        return self._ran[place] if place >= 0 else None

    def whole_from(self, instant: datetime) -> datetime:
        """The first delivery from that instant on that came to its end."""
        place = self.first_delivery(instant)
        return next((one.at for one in self.deliveries[place:] if not one.died), FOREVER)

    @cached_property
    def last_deliveries(self) -> list[datetime]:
        """The last one that came to its end, and the last of all, which may have died before it did anything."""
        whole = [one.at for one in self.deliveries if not one.died]
        return [*whole[-1:], self.deliveries[-1].at]

    def is_checked(self, instant: datetime) -> bool:
        """Whether the register had been read that day, before that instant."""
        return any(at <= instant for at in self._checks.get(self.day(instant), ()))

    def next_check(self, instant: datetime) -> datetime | None:
        """When the register was next read, after that instant."""
        place = bisect_right(self._checked, instant)
        return self._checked[place] if place < len(self._checked) else None

    def is_paused(self, instant: datetime) -> bool:
        said = [one.kind for one in self._pauses if one.recorded_at <= instant]
        return bool(said) and said[-1] == "paused"

    def bad_addresses(self, instant: datetime) -> set[tuple[str, str]]:
        """(contact, address) that bounced and were not restored since."""
        bad: set[tuple[str, str]] = set()
        for one in self._bounces:
            if one.recorded_at <= instant:
                pair = str(one.payload["contact"]), str(one.payload["address"])
                (bad.add if one.kind == "bounced" else bad.discard)(pair)
        return bad

    def last_down(self, channel: str, before: datetime) -> datetime | None:
        """The last delivery before an instant that found the channel closed, or may have."""
        shut = self._shut.get(channel, [])
        place = bisect_left(shut, before) - 1
        return shut[place] if place >= 0 else None

    def days(self, version: Version) -> Days:
        """The working days as reminders count them in that version; versions with the same days share them."""
        if id(version) not in self._days:
            years = [one.applied_at.year for one in self.versions] + [one.at.year for one in self.deliveries]
            made = Days(version.configuration.reminder_calendar, self.zone)
            same = made.pattern(min(years) - 1, max(years) + 3)
            self._days[id(version)] = self._patterns.setdefault(same, made)
        return self._days[id(version)]

    @cached_property
    def _applied(self) -> list[datetime]:
        return [one.applied_at for one in self.versions]

    @cached_property
    def _ran(self) -> list[datetime]:
        return [one.at for one in self.deliveries]

    @cached_property
    def _checked(self) -> list[datetime]:
        return [one.recorded_at for one in self.office if one.kind == "checked"]

    @cached_property
    def _checks(self) -> dict[date, list[datetime]]:
        found: dict[date, list[datetime]] = {}
        for at in self._checked:
            found.setdefault(self.day(at), []).append(at)
        return found

    @cached_property
    def _pauses(self) -> list[Fact]:
        return [one for one in self.office if one.kind in ("paused", "resumed")]

    @cached_property
    def _bounces(self) -> list[Fact]:
        return [one for one in self.office if one.kind in ("bounced", "restored")]

    @cached_property
    def _shut(self) -> dict[str, list[datetime]]:
        found: dict[str, list[datetime]] = {}
        for one in self.deliveries:
            for channel in one.down | one.shaky:
                found.setdefault(channel, []).append(one.at)
        return found

    @cached_property
    def _days(self) -> dict[int, Days]:
        return {}

    @cached_property
    def _patterns(self) -> dict[tuple[bool, ...], Days]:
        return {}


@dataclass(frozen=True)
class Recorded:
    """One reminder as the ledger tells it: plain values, no object of the engine.

    `state`: planned, held, sent, unknown, superseded, skipped or failed. `left_at`: the first time it went out.
    """

    assignment: Assignment
    due_on: date
    rung: str
    recipient: str
    audience: str
    cause: str
    state: str
    why: str = ""
    rung_on: date | None = None
    planned_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True)
class Departure:
    """One time that one reminder went out, as the receiving side saw it; `digest` stands for the message's bytes."""

    assignment: Assignment
    due_on: date
    rung: str
    recipient: str
    audience: str
    cause: str
    at: datetime
    message_id: str
    digest: str = ""
