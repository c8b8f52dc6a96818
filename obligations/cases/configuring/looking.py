"""One look at the database with a draft in hand: what the draft would change, and whether the look still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Table, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.applied import Applied
from obligations.cases.configuring import holders
from obligations.cases.configuring.changes import Change, Key, Recorded, recorded
from obligations.cases.configuring.comparing import STOPPED, Ledger, compare, is_anchored
from obligations.cases.configuring.reasons import Reasons
from obligations.cases.ledger import anchors, renaming
from obligations.cases.ledger.renaming import Followed
from obligations.domain.due import Due
from obligations.domain.duties import Ladders, Members
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_version: Table = METADATA.tables["config_version"]
Stamp = tuple[int | None, int | None]


@dataclass(frozen=True)
class Draft:
    """What is to be applied. `taking`: plans that take in changed groups; `restores`: the version rolled back to."""

    ladders: Ladders
    taking: frozenset[str] = frozenset()
    restores: int | None = None

    @property
    def configuration(self) -> Configuration:
        return self.ladders.configuration


@dataclass(frozen=True)
class Look:
    """A draft beside what is followed; `frozen` owe until now, under the draft's ids.

    `stamp` says what the ledger held: whatever is recorded later makes the look stale.
    """

    before: Applied | None
    draft: Draft
    followed: Followed
    change: Change
    stamp: Stamp
    frozen: Members = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        return self.before.version if self.before else None


def stamp(session: Session) -> Stamp:
    """The newest version and the newest fact. A delivery makes a unit's link beside whoever writes: its number could
    hide a fact of a lower one that is committed after it."""
    facts = select(_event.c.id).where(_event.c.kind != "link_issued").order_by(_event.c.id.desc()).limit(1)
    return session.execute(select(func.max(_version.c.id))).scalar(), session.execute(facts).scalar()


def look(session: Session, draft: Draft, now: datetime, through: date | None = None) -> Look:
    """Compare, unbounded duties up to `through` (the end of next year).

    Refused where units that owe are gone from the draft, or an id belongs to other duties.
    """
    stamped, before = stamp(session), applied.find(session)
    configuration, today = draft.configuration, draft.ladders.clockwork.local(now).date()
    known, frozen = recorded(session), applied.members(session)
    names = {(plan, one) for plan, one, *_ in known} | frozen.keys()
    in_force = before.configuration if before else None
    followed = renaming.followed(configuration, in_force, names, is_rollback=draft.restores is not None)
    if draft.restores is None:
        _refuse_missing_units(configuration, in_force, known)
    rows, held = followed.rekeyed(known), followed.rekeyed(frozen)
    if draft.restores is not None and before:
        members = holders.before_version(session, before.version, held)
    else:
        members = holders.owing(configuration, followed, held)
    ledger = Ledger(
        rows,
        held,
        members,
        _counted(session, configuration, followed),
        _stopped_by_apply(session, known),
        _stood(session, before.version) if draft.restores is not None and before else None,
        holders.regroupings(session, configuration, followed, members, draft.taking, today),
    )
    reasons = Reasons(configuration, followed, draft.restores)
    change = compare(configuration, followed, ledger, reasons, today, through)
    for key, row in known.items():
        if new := followed.renamed.get(key[:2]):
            change.renamed.append((key, row, new))
    return Look(before, draft, followed, change, stamped, held)


def _counted(session: Session, configuration: Configuration, followed: Followed) -> dict[int, Due]:
    """What every duty that counts from a completion or an event is due now, by assignment."""
    found: dict[int, Due] = {}
    if followed.configuration is None:
        return found
    for plan in configuration.plans.values():
        for one in plan.obligations:
            if is_anchored(one):
                found |= anchors.counted(session, configuration, plan, one, followed)
    return found


def _stopped_by_apply(session: Session, known: Mapping[Key, Recorded]) -> frozenset[int]:
    """Assignments that are stopped because an apply said so, not a person."""
    if not any(row.outside == STOPPED for row in known.values()):
        return frozenset()
    query = (
        select(_event.c.assignment_id, _event.c.payload)
        .join(_assignment, _assignment.c.id == _event.c.assignment_id)
        .where(_event.c.kind == "stopped", _assignment.c.outside == STOPPED)
        .order_by(_event.c.id)
    )
    last = {row.assignment_id: row.payload for row in session.execute(query)}
    return frozenset(number for number, payload in last.items() if payload.get("apply"))


def _stood(session: Session, version: int) -> frozenset[int]:
    """The assignments that there were before a version was applied, and that no apply had stopped."""
    columns = (_event.c.assignment_id, _event.c.kind, _event.c.payload)
    applied_at = select(_version.c.applied_at).where(_version.c.id == version).scalar_subquery()
    told = select(*columns).where(_event.c.kind.in_(("due_set", "stopped", "reopened")))
    told = told.where(_event.c.recorded_at < applied_at)
    stood: dict[int, bool] = {}
    for row in session.execute(told.order_by(_event.c.id)):
        stood[row.assignment_id] = not (row.kind == "stopped" and row.payload.get("apply"))
    return frozenset(number for number, stands in stood.items() if stands)


def _refuse_missing_units(draft: Configuration, before: Configuration | None, known: Mapping[Key, Recorded]) -> None:
    owing = {key[2] for key in known}
    missing = sorted((owing & before.units.keys()) - draft.units.keys()) if before else []
    if missing:
        fix = "Giữ đơn vị trong units.yaml; đơn vị đã kết thúc thì ghi to: ngày kết thúc và successor: đơn vị kế thừa."
        raise Refused("unit-removed", f"{', '.join(missing)} đang có đầu việc nhưng không còn trong units.yaml.", fix)
