"""What a draft would change: duties gained, lost, moved, against what the database already follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from obligations.domain.duties import Duty, Members, deadline_instant, duties, end_of_next_year
from obligations.domain.plan import Configuration
from obligations.store.tables import Assignment

Key = tuple[str, str, str, str]
Recorded = Mapping[Key, tuple[int, date | None]]


@dataclass
class Change:
    """The difference that one apply makes. `dated` are open duties (chờ mốc) that now have a date."""

    gained: list[Duty] = field(default_factory=list)
    dated: list[tuple[int, Duty]] = field(default_factory=list)
    lost: list[Key] = field(default_factory=list)
    moved: list[tuple[Duty, date | None]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether it moves or ends what is recorded, which an apply does not do by itself."""
        return bool(self.lost or self.moved)


def recorded(session: Session) -> dict[Key, tuple[int, date | None]]:
    """Every assignment's id and due date by its key."""
    columns = (Assignment.plan, Assignment.obligation, Assignment.unit, Assignment.period)
    rows = session.execute(select(*columns, col(Assignment.id), Assignment.due_on))  # type: ignore[call-overload]
    return {(plan, obligation, unit, period): (id_, due_on) for plan, obligation, unit, period, id_, due_on in rows}


def compare(draft: Configuration, known: Recorded, members: Members, today: date) -> Change:
    """Walk the draft's duties beside the recorded assignments."""
    change = Change()
    seen: set[Key] = set()
    for duty in duties(draft, end_of_next_year(today), members):
        seen.add(duty.key)
        if duty.key not in known:
            change.gained.append(duty)
            continue
        assignment_id, due_on = known[duty.key]
        if due_on == duty.due.on or duty.due.on is None:
            continue
        if due_on is None:
            change.dated.append((assignment_id, duty))
        else:
            change.moved.append((duty, due_on))
    change.lost = [key for key in known if key not in seen]
    return change


def is_past(duty: Duty, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the deadline ended before `now`: how it went is then unknown to the engine."""
    due = duty.due
    return due.on is not None and deadline_instant(due.on, due.at, zone) <= now


def first_open(gained: Iterable[Duty], members: Members, now: datetime, zone: ZoneInfo) -> set[Key]:
    """The duties that owe the notice: of each newly activated obligation and unit the first that is still open."""
    first: dict[tuple[str, str, str], Duty] = {}
    for duty in gained:
        owner = (duty.plan.id, duty.obligation.id, duty.unit)
        if duty.unit in members.get(owner[:2], ()) or is_past(duty, now, zone) or duty.obligation.done:
            continue
        held = first.get(owner)
        if held is None or (duty.due.on or date.max) < (held.due.on or date.max):
            first[owner] = duty
    return {duty.key for duty in first.values()}
