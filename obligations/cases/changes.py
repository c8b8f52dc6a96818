"""What a draft would change: duties gained, lost, moved, against what the database already follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from obligations.domain.deadline import After
from obligations.domain.duties import Duty, Members, deadline_instant, duties, end_of_next_year
from obligations.domain.plan import Configuration, Obligation
from obligations.store.tables import Assignment

Key = tuple[str, str, str, str]


class Recorded(NamedTuple):
    """An assignment as the database follows it; `at` is the hour of its deadline, as stored."""

    id: int
    due_on: date | None
    at: str | None


@dataclass
class Change:
    """The difference that one apply makes. `dated` are open duties (chờ mốc) that now have a date.

    `closed` are followed obligations whose `done:` the draft adds, drops or alters: a result is recorded by submit and
    confirm, not by an edit.
    """

    gained: list[Duty] = field(default_factory=list)
    dated: list[tuple[int, Duty]] = field(default_factory=list)
    lost: list[Key] = field(default_factory=list)
    moved: list[tuple[Duty, Recorded]] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether it moves or ends what is recorded, which an apply does not do by itself."""
        return bool(self.lost or self.moved or self.closed)


def recorded(session: Session) -> dict[Key, Recorded]:
    """Every assignment by its key."""
    keys = (col(Assignment.plan), col(Assignment.obligation), col(Assignment.unit), col(Assignment.period))
    query = select(*keys).add_columns(col(Assignment.id), col(Assignment.due_on), col(Assignment.due_at))
    return {tuple(row[:4]): Recorded(*row[4:]) for row in session.execute(query)}


def owing(draft: Configuration, before: Configuration | None, frozen: Members) -> Members:
    """Who owes each followed obligation under a draft.

    Who a *group* meant is frozen since activation; a unit named by itself counts as the draft names it, so that adding
    or dropping one shows as a duty gained or lost.
    """
    if before is None:
        return frozen
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, units in frozen.items():
        was, one = before.obligation(*key), draft.obligation(*key)
        if one is not None:
            found[key] = _owing(draft, before, was or one, one, units)
    return found


def _owing(
    draft: Configuration, before: Configuration, was: Obligation, one: Obligation, frozen: tuple[str, ...]
) -> tuple[str, ...]:
    named_before = {name for name in was.responsible if name not in before.groups}
    groups_before = [name for name in was.responsible if name in before.groups]
    grouped_before = {unit for name in groups_before for unit in before.groups[name].members}
    dropped = {unit for name in groups_before if name not in one.responsible for unit in before.groups[name].members}
    kept = [unit for unit in frozen if unit not in named_before or unit in grouped_before]
    kept = [unit for unit in kept if unit not in dropped]
    for name in one.responsible:
        if name not in draft.groups:
            kept.append(name)
        elif name not in groups_before:
            kept += draft.groups[name].members
    return tuple(dict.fromkeys(kept))


def compare(
    draft: Configuration, before: Configuration | None, known: Mapping[Key, Recorded], members: Members, today: date
) -> Change:
    """Walk the draft's duties beside the recorded assignments; `members` as `owing` gives them."""
    change = Change(closed=_closed(draft, before))
    seen: set[Key] = set()
    for duty in duties(draft, end_of_next_year(today), members):
        seen.add(duty.key)
        if duty.key not in known:
            change.gained.append(duty)
            continue
        row = known[duty.key]
        if row.due_on is None and duty.due.on is not None:
            change.dated.append((row.id, duty))
        elif not _same(duty, row, before):
            change.moved.append((duty, row))
    change.lost = [key for key in known if key not in seen]
    return change


def _same(duty: Duty, row: Recorded, before: Configuration | None) -> bool:
    """Whether a recorded deadline still stands. A counted one has its date from an event: its rule must be the same."""
    if isinstance(duty.obligation.form, After) and duty.due.on is None and row.due_on is not None:
        was = before.obligation(duty.plan.id, duty.obligation.id) if before else None
        return was is not None and was.form == duty.obligation.form
    at = f"{duty.due.at:%H:%M}" if duty.due.at else None
    return (row.due_on, row.at) == (duty.due.on, at)


def _closed(draft: Configuration, before: Configuration | None) -> list[tuple[str, str]]:
    followed = [(plan.id, one) for plan in before.plans.values() for one in plan.obligations] if before else []
    found = ((plan, one, draft.obligation(plan, one.id)) for plan, one in followed)
    return [(plan, one.id) for plan, one, now in found if now is not None and now.done != one.done]


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
