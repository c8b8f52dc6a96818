"""What a draft would change: duties gained, moved, stopped, reopened, lost, against what the database follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from obligations.cases.configuring.holders import Holders, Regrouping
from obligations.cases.configuring.reasons import Reason
from obligations.cases.ledger.renaming import Name
from obligations.domain.due import Due
from obligations.domain.duties import Duty, Members, deadline_instant
from obligations.store.tables import Assignment

Key = tuple[str, str, str, str]


class Recorded(NamedTuple):
    """An assignment as the database follows it: the plan's own date, `at` the hour of its deadline as stored."""

    id: int
    plan_due_on: date | None
    at: str | None
    due_on: date | None
    phase: str
    outside: str | None


class Move(NamedTuple):
    """An assignment whose date the draft gives otherwise; without a reason the move is silent, and refused."""

    key: Key
    row: Recorded
    due: Due
    reason: Reason | None


class Loss(NamedTuple):
    """An assignment that the draft gives no more; without a reason the loss is silent, and refused."""

    key: Key
    row: Recorded
    reason: Reason | None


class Stop(NamedTuple):
    """An open assignment that ends: from which day, by which document, why."""

    key: Key
    row: Recorded
    on: date
    document: str | None
    note: str


@dataclass
class Change:
    """The difference that one apply makes.

    `dated` are open duties (chờ mốc) that now have a date. `closed` are followed obligations whose `done:` the draft
    adds, drops or alters: a result is recorded by submit and confirm, not by an edit. `regrouped` are duties whose
    groups changed and that were not asked to take it in. `gone` are rows whose obligation or unit a rollback takes
    away.
    """

    gained: list[Duty] = field(default_factory=list)
    dated: list[Move] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    lost: list[Loss] = field(default_factory=list)
    stopped: list[Stop] = field(default_factory=list)
    reopened: list[tuple[Key, Recorded]] = field(default_factory=list)
    renamed: list[tuple[Key, Recorded, str]] = field(default_factory=list)
    holders: list[Holders] = field(default_factory=list)
    regrouped: list[tuple[Name, Regrouping]] = field(default_factory=list)
    closed: list[Name] = field(default_factory=list)
    gone: list[Recorded] = field(default_factory=list)

    @property
    def silent(self) -> list[Move]:
        return [move for move in self.moved if move.reason is None]

    @property
    def dropped(self) -> list[Loss]:
        return [loss for loss in self.lost if loss.reason is None]

    @property
    def is_refused(self) -> bool:
        """Whether it moves or ends what is recorded without saying why."""
        return bool(self.dropped or self.silent or self.closed)

    @property
    def touches_recorded(self) -> bool:
        """Whether a recorded assignment walks another ladder than before, or under another id."""
        return bool(self.dated or self.moved or self.stopped or self.reopened or self.renamed)

    @property
    def is_nothing(self) -> bool:
        return not any(vars(self).values())

    @property
    def plans(self) -> set[str]:
        """Those in which something began or ended: what counts from a completion may have another date now."""
        keys = [*(stop.key for stop in self.stopped), *(key for key, _ in self.reopened)]
        return {duty.plan.id for duty in self.gained} | {key[0] for key in keys}


def recorded(session: Session) -> dict[Key, Recorded]:
    """Every assignment by its key, oldest first."""
    keys = (col(Assignment.plan), col(Assignment.obligation), col(Assignment.unit), col(Assignment.period))
    columns = (col(Assignment.id), col(Assignment.plan_due_on), col(Assignment.due_at), col(Assignment.due_on))
    query = select(*keys).add_columns(*columns, col(Assignment.phase), col(Assignment.outside))
    query = query.order_by(col(Assignment.id))
    return {tuple(row[:4]): Recorded(*row[4:]) for row in session.execute(query)}


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


def told(change: Change, members: Mapping[Name, tuple[str, ...]]) -> dict[Name, tuple[str, ...]]:
    """`members` without those whose open period of a duty gave way in this change: what they gain is new to them."""
    replaced = {loss.key[:3] for loss in change.lost if loss.row.phase == "open"}
    return {key: tuple(unit for unit in units if (*key, unit) not in replaced) for key, units in members.items()}
