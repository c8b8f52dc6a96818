"""What is known of one assignment: the fold of its events. Its row, its class, its statistics all come from here.

An event is read in the order it was recorded; a mistake is corrected by a later one, so whatever comes last holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal, Protocol

Phase = Literal["open", "review", "closed"]
Herald = Literal["activated", "moved", "reopened", "reassigned", "returned", "recorded"]
UNKNOWN, WAIVED, STOPPED = "unknown", "waived", "stopped"


class Told(Protocol):
    """An event as the fold reads it."""

    @property
    def id(self) -> int | None: ...
    @property
    def plan(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def effective_on(self) -> date: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def document(self) -> str | None: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass
class Facts:
    """One assignment's facts.

    `due_on` is the current deadline; `target_on` the day that reminders walk to (a resubmit day, else the deadline);
    `herald` the first word that an event owes (the duty given, a moved date, a return), with its instant and cause.
    `asked_on`: the unit's last request waits for an answer since then, for an extension to `asked_to`, or (then it is
    `disowned_on` too) because the duty is not its own.
    """

    plan: str = ""
    obligation: str = ""
    unit: str = ""
    period: str = ""
    code: str = ""
    original_due_on: date | None = None
    plan_due_on: date | None = None
    extended_to: date | None = None
    at: time | None = None
    opened_on: date | None = None
    submitted_on: date | None = None
    submitted_at: datetime | None = None
    submission: str = ""
    document: str | None = None
    is_backfill: bool = False
    kept_on: date | None = None
    done_on: date | None = None
    resubmit_by: date | None = None
    is_returned: bool = False
    outside: str | None = None
    outside_on: date | None = None
    reason: str = ""
    carrier: str | None = None
    asked_on: date | None = None
    asked_to: date | None = None
    disowned_on: date | None = None
    acknowledged_on: date | None = None
    expected_on: date | None = None
    urged_on: date | None = None
    herald: Herald | None = None
    herald_at: datetime | None = None
    herald_cause: str = ""
    born_at: datetime | None = None
    _since: dict[date, datetime] = field(default_factory=dict)

    @property
    def due_on(self) -> date | None:
        if self.extended_to and self.plan_due_on and self.extended_to > self.plan_due_on:
            return self.extended_to
        return self.plan_due_on

    @property
    def target_on(self) -> date | None:
        return self.resubmit_by or self.due_on

    @property
    def since(self) -> datetime | None:
        """When the target first became current: going back to an old date resumes its ladder."""
        return self._since.get(self.target_on, self.born_at) if self.target_on else self.born_at

    @property
    def phase(self) -> Phase:
        if self.outside or self.done_on:
            return "closed"
        return "review" if self.submitted_on else "open"

    def tell(self, event: Told) -> None:
        """Take in one more event."""
        before, hour = self.target_on, self.at
        _TELL[event.kind](self, event, event.payload)
        target = self.target_on
        if target is None or (target, self.at) == (before, hour):
            return
        if target != before:
            self._since.setdefault(target, event.recorded_at)
        if before is not None and self.phase == "open" and event.kind in ("due_moved", "extended"):
            self._announce("moved", event)

    def _announce(self, herald: Herald, event: Told) -> None:
        self.herald, self.herald_at, self.herald_cause = herald, event.recorded_at, str(event.id)

    def _hush(self) -> None:
        self.herald, self.herald_at, self.herald_cause = None, None, ""

    def _due_set(self, event: Told, payload: Mapping[str, Any]) -> None:
        if "code" in payload:
            self.plan, self.obligation, self.unit = event.plan, payload["obligation"], payload["unit"]
            self.period, self.code = payload["period"], payload["code"]
            self.born_at = event.recorded_at
        if "due_at" in payload:
            self.at = _hour(payload["due_at"])
        if not payload.get("notice"):  # a first period's ladder counts from the day the duty was given
            self.opened_on = _day(payload.get("opened_on")) or self.opened_on
        self.plan_due_on = _day(payload["due_on"])
        self.original_due_on = self.original_due_on or self.plan_due_on
        if payload.get("notice"):
            self.herald, self.herald_at, self.herald_cause = "activated", event.recorded_at, ""

    def _due_moved(self, _: Told, payload: Mapping[str, Any]) -> None:
        self.plan_due_on = _day(payload["due_on"])
        if "due_at" in payload:
            self.at = _hour(payload["due_at"])
        if payload.get("restate"):
            self.original_due_on = _day(payload.get("original")) or self.plan_due_on
        self.original_due_on = self.original_due_on or self.plan_due_on

    def _unknown(self, event: Told, _: Mapping[str, Any]) -> None:
        self.outside, self.outside_on = UNKNOWN, event.effective_on

    def _submitted(self, event: Told, payload: Mapping[str, Any]) -> None:
        self.submitted_on = self.kept_on or date.fromisoformat(payload["counts_on"])
        self.submitted_at, self.submission = event.recorded_at, str(event.id)
        self.is_backfill = self.outside == UNKNOWN or bool(payload.get("in_plan"))
        self.document = event.document
        self.outside, self.is_returned = None, False
        self._answer_request()
        self._hush()

    def _confirmed(self, event: Told, _: Mapping[str, Any]) -> None:
        self.done_on = event.effective_on
        if not self.is_backfill:
            self._announce("recorded", event)

    def _returned(self, event: Told, payload: Mapping[str, Any]) -> None:
        self.kept_on = (self.kept_on or self.submitted_on) if payload.get("keep") else None
        self.resubmit_by, self.is_returned = _day(payload.get("resubmit_by")), True
        self._take_back()
        self.reason = payload.get("note") or ""
        self._announce("returned", event)

    def _asked(self, event: Told, payload: Mapping[str, Any]) -> None:
        self._answer_request()
        self.asked_on, self.asked_to = event.effective_on, _day(payload.get("to"))

    def _disowned(self, event: Told, _: Mapping[str, Any]) -> None:
        self._answer_request()
        self.asked_on = self.disowned_on = event.effective_on

    def _refused(self, *_: Any) -> None:
        self._answer_request()

    def _extended(self, _: Told, payload: Mapping[str, Any]) -> None:
        to = date.fromisoformat(payload["to"])
        # What brings the plan's own day back is no extension: it must not outlive a plan that later moves earlier.
        self.extended_to = to if self.plan_due_on and to > self.plan_due_on else None
        self._answer_request()
        if self.resubmit_by and to > self.resubmit_by:
            self.resubmit_by = None

    def _closed(self, event: Told, payload: Mapping[str, Any]) -> None:
        self.outside, self.outside_on = event.kind, event.effective_on
        self.reason = payload.get("note") or ""
        self._answer_request()
        self._hush()

    def _reopened(self, event: Told, _: Mapping[str, Any]) -> None:
        self._take_back()
        self.outside, self.resubmit_by, self.kept_on, self.is_returned = None, None, None, False
        self.outside_on, self.reason = None, ""
        self._announce("reopened", event)

    def _reassigned(self, event: Told, payload: Mapping[str, Any]) -> None:
        self.carrier = payload["to"]
        if self.disowned_on:
            self._answer_request()
        self._announce("reassigned", event)

    def _renamed(self, _: Told, payload: Mapping[str, Any]) -> None:
        self.obligation = payload["obligation"]

    def _urged(self, event: Told, _: Mapping[str, Any]) -> None:
        self.urged_on = event.effective_on

    def _acknowledged(self, event: Told, payload: Mapping[str, Any]) -> None:
        self.acknowledged_on, self.expected_on = event.effective_on, _day(payload.get("expected_on"))

    def _approved(self, *_: Any) -> None:
        """What leaves is the ledger's business; how the assignment stands is not changed."""

    def _answer_request(self) -> None:
        self.asked_on = self.asked_to = self.disowned_on = None

    def _take_back(self) -> None:
        self.submitted_on, self.submitted_at, self.submission = None, None, ""
        self.done_on, self.document = None, None


_TELL: dict[str, Callable[[Facts, Told, Mapping[str, Any]], None]] = {
    "due_set": Facts._due_set,
    "due_moved": Facts._due_moved,
    "unknown": Facts._unknown,
    "submitted": Facts._submitted,
    "confirmed": Facts._confirmed,
    "returned": Facts._returned,
    "extension_asked": Facts._asked,
    "extension_refused": Facts._refused,
    "disowned": Facts._disowned,
    "extended": Facts._extended,
    "waived": Facts._closed,
    "stopped": Facts._closed,
    "reopened": Facts._reopened,
    "reassigned": Facts._reassigned,
    "renamed": Facts._renamed,
    "urged": Facts._urged,
    "acknowledged": Facts._acknowledged,
    "approved": Facts._approved,
}


def fold(events: Iterable[Told]) -> Facts:
    """The facts that these events of one assignment tell, in the order they were recorded."""
    facts = Facts()
    for event in events:
        facts.tell(event)
    return facts


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
