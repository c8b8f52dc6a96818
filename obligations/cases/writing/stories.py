"""What the events of one assignment tell a letter: a return, a moved date and why, how its result was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from obligations.cases.writing import gathering
from obligations.domain.classes import OUTSIDE
from obligations.domain.facts import Facts, fold
from obligations.domain.plan import Configuration
from obligations.texts.item import News, Supplement

_MOVES = ("due_moved", "extended")


@dataclass(frozen=True)
class Story:
    """One assignment's events and what they come to."""

    events: Sequence[Row[Any]]
    facts: Facts

    @classmethod
    def of_all(cls, connection: Connection, assignments: Iterable[int]) -> dict[int, Story]:
        """By assignment."""
        found = gathering.events(connection, assignments)
        return {number: cls(events, fold(events)) for number, events in found.items()}

    def last(self, kind: str) -> Row[Any] | None:
        """The newest event of a kind."""
        return next((event for event in reversed(self.events) if event.kind == kind), None)

    @property
    def supplement(self) -> Supplement | None:
        """What a returned result lacks, until it is sent again."""
        facts, back, sent = self.facts, self.last("returned"), self.last("submitted")
        if not facts.is_returned or back is None or sent is None:
            return None
        return Supplement(
            note=facts.reason.rstrip("."),
            sent_on=sent.effective_on,
            document=sent.document or "",
            kept_on=facts.kept_on,
            has_day=facts.resubmit_by is not None,
        )

    def news(self, configuration: Configuration, last_told: date | None) -> News | None:
        """What the event that owes the first word changed; `last_told`: another day that the unit was told before."""
        number = next((n for n, event in enumerate(self.events) if str(event.id) == self.facts.herald_cause), None)
        if number is None:
            return None
        event, before = self._as_corrected(self.events[number]), fold(self.events[:number])
        note = (event.payload.get("note") or event.payload.get("reason") or "").rstrip(".")
        document = event.document or ""
        match event.kind:
            case kind if kind in _MOVES:
                granted = event.payload.get("granted_by") or ""
                why = self._why(event, fold(self.events[: number + 1]))
                return News("moved", why, last_told or before.target_on, document, granted, note)
            case "returned":
                return News("returned")
            case "reopened":
                return News("reopened", document=document, note=note, before=_recorded_as(before))
            case "reassigned":
                unit = configuration.units[before.carrier or before.unit].name
                return News("reassigned", document=document, note=note, before=unit)
        return None

    def _as_corrected(self, event: Row[Any]) -> Row[Any]:
        """An extension as it was recorded last: of the same day, with the right document and whoever granted it."""
        again = self.last("extended") if event.kind == "extended" else None
        return again if again is not None and again.payload["to"] == event.payload["to"] else event

    @staticmethod
    def _why(event: Row[Any], after: Facts) -> str:
        if event.kind == "due_moved":
            return str(event.payload["why"])
        return "extended" if after.due_on != after.plan_due_on else "taken_back"


def _recorded_as(facts: Facts) -> str:
    """How a duty stood before it was opened again."""
    if facts.outside:
        return OUTSIDE[facts.outside].lower()
    return "đã hoàn thành" if facts.done_on else "đã gửi, chờ ghi nhận"
