"""What assignments owe at one instant, as the rows that the ledger gets for them.

The units of one obligation and period walk one ladder together: what it owes is decided once, and only whom it goes to
is asked for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from obligations.cases.ledger.records import ESCALATIONS
from obligations.cases.reminding.namesakes import Namesakes
from obligations.domain.duties import Ladders, Track
from obligations.domain.facts import Herald, Phase
from obligations.domain.holding import OUTAGE, REGISTER
from obligations.domain.ladder import FIRST_WORDS, Audience, Owed, Rung
from obligations.domain.plan import Bad, Obligation
from obligations.domain.policy import Policy
from obligations.domain.settling import NEWER, TOLD, Told, comes_again, settle

NO_RECIPIENT = "không có đầu mối nhận"
HANDED_OVER = "đơn vị đã kết thúc, chờ bàn giao"
TOO_LATE = "đã quá ngày nhắc"
_UNSENT = ("planned", "held")
_OF_THE_UNIT: tuple[Audience, ...] = ("unit", "leader")


SHARED = ("plan", "obligation", *Track.NAMES, "herald_cause", "review_cause", "next_rung_at")
OWN = ("id", "unit", "period", "carrier")
ID, UNIT, PERIOD, CARRIER = range(len(SHARED), len(SHARED) + len(OWN))
Due = Sequence[Any]  # one due assignment: its SHARED columns, then its OWN
Known = tuple[tuple[date, str, str], ...]


class Shared(NamedTuple):
    """The columns of an assignment on which it depends what is owed; the units of an obligation share them."""

    plan: str
    obligation: str
    phase: Phase
    target_on: date | None
    due_since: datetime
    opened_on: date | None
    herald: Herald | None
    herald_at: datetime | None
    review_since: datetime | None
    herald_cause: str
    review_cause: str
    next_rung_at: datetime


class PlannedRow(NamedTuple):
    """One reminder that was recorded, as an admin reads it."""

    plan: str
    obligation: str
    unit: str
    period: str
    rung: str
    recipient: str
    state: str
    why: str
    due_on: date


@dataclass
class Batch:
    """What one transaction will write.

    `carriers`: for each reminder the assignment (its row) it speaks of. `overtaken`: assignments of which something
    newer leaves, by audience; `outdated`: those whose policy wants nothing late, so that what still waits of days
    before is too late now. `next_rungs`: assignments by the instant at which they come due again.
    """

    reminders: list[dict[str, Any]] = field(default_factory=list)
    carriers: list[Due] = field(default_factory=list)
    overtaken: dict[Audience, list[int]] = field(default_factory=dict)
    outdated: dict[Audience, list[int]] = field(default_factory=dict)
    next_rungs: dict[datetime | None, list[int]] = field(default_factory=dict)

    def rows(self) -> Iterator[PlannedRow]:
        """The reminders as an admin reads them."""
        for reminder, due in zip(self.reminders, self.carriers, strict=True):
            said = [reminder[name] for name in ("rung", "recipient", "state", "why", "due_on")]
            yield PlannedRow(due[0], due[1], due[UNIT], due[PERIOD], *said)


class Circumstances:
    """What all plannings of one instant share: which namesakes left lately, which addresses refuse; who is told."""

    def __init__(self, ladders: Ladders, now: datetime, lately: Namesakes, bad: Bad) -> None:
        self.ladders = ladders
        self.now = now
        self.lately = lately
        self.today = ladders.clockwork.local(now).date()
        self._bad = bad
        self._told: dict[tuple[str, ...], list[str]] = {}
        self._orphans: dict[str, bool] = {}

    def recipients(self, audience: Audience, duty: tuple[str, str, str]) -> list[str]:
        """The contacts told of (plan, obligation, unit), an empty name for whoever should be and cannot be reached."""
        key = (audience, duty[2]) if audience in _OF_THE_UNIT else (audience, *duty)
        if key not in self._told:
            asked = self.ladders.asked(audience, duty, self.today, self._bad)
            self._told[key] = list(dict.fromkeys(contact.id if contact else "" for contact in asked))
        return self._told[key]

    def is_orphan(self, unit: str) -> bool:
        """Whether nobody carries on what a unit was given."""
        if unit not in self._orphans:
            self._orphans[unit] = self.ladders.carrier(unit, self.today) is None
        return self._orphans[unit]


class _Verdict(NamedTuple):
    """One owed rung: what its reminders say, and what becomes of them."""

    rung: Rung
    shared: dict[str, Any]
    state: str
    why: str
    at: datetime


class Planner:
    """Plans assignments that share a ladder and what the ledger has of it, at one instant.

    `known` is what the ledger has of each; something left lately of `due` alone, where anything did.
    """

    def __init__(self, circumstances: Circumstances, due: Due, obligation: Obligation, known: Known) -> None:
        self._circumstances, self._shared = circumstances, Shared(*due[:ID])
        shared = self._shared
        self._ladders, self._now, self._today = circumstances.ladders, circumstances.now, circumstances.today
        self._lately = circumstances.lately.get(due[ID], frozenset())
        track = Track.of(shared)
        self._policy: Policy = self._ladders.policy(obligation, track)
        self._ladder = self._ladders.ladder(obligation, track)
        self._due_on: date = shared.target_on or self._today  # a result may wait for its reviewer before a date is set
        self._told = self._told_lately(due)
        self._verdicts = list(self._decided(known))
        self._next_at = self._ladder.next_at(self._now)

    def plan(self, batch: Batch, due: Due) -> None:
        """Add what came due for one of them since planning stopped."""
        number, unit = due[ID], due[CARRIER] or due[UNIT]
        for verdict in self._verdicts:
            audience, is_unsent = verdict.rung.audience, False
            for recipient in self._circumstances.recipients(audience, (due[0], due[1], unit)):
                state, why = self._for(recipient, verdict, unit)
                is_unsent = is_unsent or state in _UNSENT
                batch.reminders.append(
                    {**verdict.shared, "assignment_id": number, "recipient": recipient, "state": state, "why": why}
                )
                batch.carriers.append(due)
            if is_unsent:
                self._overtake(batch, audience, number)
        batch.next_rungs.setdefault(self._next_at, []).append(number)

    def _overtake(self, batch: Batch, audience: Audience, number: int) -> None:
        """What waits unsent gives way to what leaves now."""
        if self._policy.late == "newest":
            batch.overtaken.setdefault(audience, []).append(number)
        elif self._policy.late == "none":
            batch.outdated.setdefault(audience, []).append(number)

    def _told_lately(self, due: Due) -> Told:
        """The rungs that everybody they go to has had a moment ago, for another due date."""
        found: set[tuple[Audience, str]] = set()
        named = {rung for rung, _ in self._lately}
        duty = (due[0], due[1], due[CARRIER] or due[UNIT])
        for rung in (rung for rung in self._ladder.rungs if rung.id in named):
            recipients = self._circumstances.recipients(rung.audience, duty)
            if recipients and all((rung.id, one) in self._lately for one in recipients):
                found.add((rung.audience, rung.id))
        return frozenset(found)

    def _seen(self, known: Known) -> set[str]:
        """The rungs of this ladder that stand in the ledger."""
        mine = ((due_on, rung, cause) for due_on, rung, cause in known if cause == self._cause(rung))
        return {rung for due_on, rung, cause in mine if cause or due_on == self._due_on}

    def _cause(self, rung: str) -> str:
        """The event that a rung answers to, empty for the ladder's own."""
        if rung in FIRST_WORDS:
            return str(self._shared.herald_cause)
        return str(self._shared.review_cause) if rung.startswith("review-") else ""

    def _decided(self, known: Known) -> Iterator[_Verdict]:
        first = self._shared.next_rung_at
        for owed in settle(self._ladder, self._now, self._seen(known), self._policy, first=first, told=self._told):
            rung = owed.rung
            state, why, at = self._verdict(owed)
            shared = {
                "due_on": self._due_on,
                "rung": rung.id,
                "cause": self._cause(rung.id),
                "audience": rung.audience,
                "rung_on": rung.day,
                "at": at,
                "planned_at": self._now,
            }
            yield _Verdict(rung, shared, state, why, at)

    def _for(self, recipient: str, verdict: _Verdict, unit: str) -> tuple[str, str]:
        """The verdict on a rung, for one of those it goes to."""
        state, why = verdict.state, verdict.why
        if state not in _UNSENT:
            return state, why
        if self._concerns_the_unit(verdict.rung) and self._circumstances.is_orphan(unit):
            return "skipped", HANDED_OVER
        if not recipient:
            return "failed", NO_RECIPIENT
        return ("skipped", TOLD) if (verdict.rung.id, recipient) in self._lately else (state, why)

    def _concerns_the_unit(self, rung: Rung) -> bool:
        """What nobody carries on needs no word; a result that was sent waits for its reviewer still."""
        return self._shared.phase == "open" or rung.audience == "unit"

    def _verdict(self, owed: Owed) -> tuple[str, str, datetime]:
        rung = owed.rung
        if owed.why:
            return "skipped" if owed.why == TOLD else "superseded", owed.why, rung.at
        if self._is_late(rung) and self._policy.late == "none":
            return "skipped", TOO_LATE, rung.at
        if rung.audience in ESCALATIONS:
            waits = self._ladders.needs_register(rung.audience, self._shared.plan)
            return "held", REGISTER if waits else OUTAGE, rung.at
        return self._late(rung) if self._is_late(rung) else ("planned", "", rung.at)

    def _late(self, rung: Rung) -> tuple[str, str, datetime]:
        """A late notice leaves in office hours; on a day that has a rung of its own that one says all."""
        clockwork = self._ladders.clockwork
        at = clockwork.opening(self._now, self._policy.days)
        day = clockwork.local(at).date()
        if self._policy.late == "newest" and comes_again(self._ladder, rung, day, self._now, self._told):
            return "superseded", NEWER, rung.at
        return "planned", "", at

    def _is_late(self, rung: Rung) -> bool:
        """A rung leaves whatever the hour on its own day; on a later one it is a late notice, within office hours."""
        return rung.day < self._today
