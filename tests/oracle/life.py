"""Where an assignment stands after the facts so far: read one after the other, nothing clever."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.oracle.book import Fact


@dataclass
class Life:
    """The facts so far. `approved` holds (rung, target) that the secretariat let go."""

    obligation: str
    plan_due_on: date | None = None
    extended_to: date | None = None
    resubmit_by: date | None = None
    is_unknown: bool = False
    is_backfill: bool = False
    submitted: Fact | None = None
    confirmed: Fact | None = None
    is_outside: bool = False
    carrier: str | None = None
    asked_on: date | None = None
    is_disowned: bool = False
    approved: set[tuple[str, str]] = field(default_factory=set)

    @property
    def due_on(self) -> date | None:
        """The extension where it is later than the plan's own date."""
        if self.plan_due_on and self.extended_to and self.extended_to > self.plan_due_on:
            return self.extended_to
        return self.plan_due_on

    @property
    def target(self) -> date | None:
        """The date that reminders walk to."""
        return self.resubmit_by or self.due_on

    @property
    def is_open(self) -> bool:
        return not (self.is_unknown or self.is_outside or self.submitted or self.confirmed)

    def take(self, fact: Fact) -> None:  # noqa: C901, PLR0912 - a table of what each kind of fact changes
        match fact.kind:
            case "due_set" | "due_moved":
                self.plan_due_on = fact.day("due_on")
            case "unknown":
                self.is_unknown = True
            case "submitted":
                self.is_backfill, self.is_unknown = self.is_unknown, False
                self.submitted = fact
            case "confirmed":
                self.confirmed = fact
            case "returned":
                self.submitted, self.resubmit_by = None, fact.day("resubmit_by")
            case "extension_asked" | "disowned":
                self.asked_on, self.is_disowned = fact.effective_on, fact.kind == "disowned"
            case "extension_refused":
                self.asked_on = None
            case "extended":
                self._extend(fact)
            case "waived" | "stopped":
                self.is_outside = True
            case "reopened":
                self.submitted = self.confirmed = self.resubmit_by = None
                self.is_outside = False
            case "reassigned":
                self.carrier = str(fact.payload["to"])
                self.asked_on = None if self.is_disowned else self.asked_on
            case "renamed":
                self.obligation = str(fact.payload["obligation"])
            case "approved":
                self.approved.add((str(fact.payload["rung"]), str(fact.day("due_on"))))

    def _extend(self, fact: Fact) -> None:
        to = fact.day("to")
        self.asked_on = None
        self.extended_to = to if to and self.plan_due_on and to > self.plan_due_on else None
        if to and self.resubmit_by and to > self.resubmit_by:
            self.resubmit_by = None
