"""`apply`: a checked draft becomes the configuration that the engine follows. All of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, func, select

from obligations.cases import anchors, applied, changes, differences, enrolling, retiming
from obligations.cases.app import App, local_day
from obligations.cases.changes import Change
from obligations.cases.checking import check
from obligations.cases.planning import plan_due
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.store.database import reading, writing
from obligations.store.tables import Assignment, ConfigVersion


@dataclass(frozen=True)
class Outcome:
    """What an apply did, or (`applied` False) would do; `diff` is plain data for people and programs."""

    applied: bool
    version: int | None
    diff: dict[str, Any]


@dataclass(frozen=True)
class _Comparison:
    """A draft beside what is followed, as of one look at the database."""

    before: applied.Applied | None
    ladders: Ladders
    change: Change
    rows: int

    @property
    def version(self) -> int | None:
        return self.before.version if self.before else None


def preview(app: App, texts: Mapping[str, str], now: datetime) -> Outcome:
    """The diff that applying these texts would make. Refused for a broken draft."""
    found = _compare(app, texts, now)
    diff = differences.diff(app, found.before, found.ladders, found.change, now)
    return Outcome(applied=False, version=found.version, diff=diff)


def apply(app: App, texts: Mapping[str, str], now: datetime, *, by: str) -> Outcome:
    """Store the texts as a new version and enrol what they add. Unchanged texts change nothing.

    Refused for a broken draft, and where it would move or end a recorded deadline: that needs its own decision. What
    is slow (comparing, forecasting) is done before the one write transaction, which only checks that nobody else
    applied meanwhile.
    """
    hashed = digest(texts)
    found = _compare(app, texts, now)
    differences.refuse_moves(found.ladders.configuration, found.change)
    diff = differences.diff(app, found.before, found.ladders, found.change, now)
    if found.before and found.before.hash == hashed:
        return Outcome(applied=True, version=found.version, diff=diff)
    plan_due(app, now)  # what was owed by now was owed under the configuration of until now
    with writing(app.engine) as session:
        _alone(session, found)
        stored = ConfigVersion(hash=hashed, texts=dict(texts), applied_at=now, by=by)
        session.add(stored)
        session.flush()
        _follow(session, found.ladders, found.change, now, by)
        if found.before:
            retiming.retime(session, found.ladders, now)
        return Outcome(applied=True, version=stored.id, diff=diff)


def extend(app: App, now: datetime) -> int:
    """Add the assignments of unbounded duties up to the end of next year; how many were added."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    if in_force is None:
        return 0
    found = _compare(app, in_force.texts, now)
    change = Change(gained=found.change.gained, dated=found.change.dated)
    if change.gained or change.dated:
        with writing(app.engine) as session:
            _alone(session, found)
            _follow(session, found.ladders, change, now, "dondoc")
    return len(change.gained)


def digest(texts: Mapping[str, str]) -> str:
    """The fingerprint of a configuration: the same texts, the same fingerprint."""
    return hashlib.sha256(json.dumps(dict(sorted(texts.items())), ensure_ascii=False).encode()).hexdigest()


def _compare(app: App, texts: Mapping[str, str], now: datetime) -> _Comparison:
    with reading(app.engine) as session:
        before = applied.find(session)
        frozen = applied.members(session)
        known = changes.recorded(session)
    same = before is not None and before.hash == digest(texts)
    ladders = before.ladders if before and same else _draft(texts, now)
    draft, followed = ladders.configuration, before.configuration if before else None
    members = changes.owing(draft, followed, frozen)
    _refuse_missing_units(draft, {unit for _, _, unit, _ in known} | {u for units in members.values() for u in units})
    change = changes.compare(draft, followed, known, members, ladders.clockwork.local(now).date())
    return _Comparison(before, ladders, change, len(known))


def _draft(texts: Mapping[str, str], now: datetime) -> Ladders:
    configuration = check(texts, local_day(now)).required()
    for plan in configuration.plans.values():
        if plan.ended:
            fix = "Bản này chưa kết thúc được kế hoạch bằng tệp; bỏ ended rồi áp dụng lại."
            raise Refused("plan-ended", f"kế hoạch {plan.id} ghi là đã kết thúc.", fix)
    return Ladders(configuration)


def _refuse_missing_units(draft: Configuration, needed: set[str]) -> None:
    missing = sorted(needed - draft.units.keys())
    if missing:
        fix = "Giữ đơn vị trong units.yaml; đơn vị đã kết thúc thì ghi to: ngày kết thúc và successor: đơn vị kế thừa."
        raise Refused("unit-removed", f"{', '.join(missing)} đang có đầu việc nhưng không còn trong units.yaml.", fix)


def _follow(session: Session, ladders: Ladders, change: Change, now: datetime, by: str) -> None:
    enrolling.enrol(session, ladders, change, now, by=by)
    for plan in {duty.plan.id for duty in change.gained}:
        anchors.date_what_waits(session, ladders, plan, now, by=by)


def _alone(session: Session, found: _Comparison) -> None:
    """Refused when another apply came between the look and the write; then looking again shows what it did."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writer is alone anyway
        session.execute(text("SELECT pg_advisory_xact_lock(20220708)"))
    version = session.exec(select(func.max(ConfigVersion.id))).one()
    rows = session.exec(select(func.count()).select_from(Assignment)).one()
    if (version, rows) != (found.version, found.rows):
        raise Refused("changed-meanwhile", "có người vừa áp dụng cấu hình khác.", "Xem lại thay đổi rồi áp dụng lại.")
