"""`apply`: a checked draft becomes the configuration that the engine follows. All of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from obligations.cases import applied, changes, enrolling, forecasting
from obligations.cases.app import App
from obligations.cases.changes import Change
from obligations.cases.checking import check
from obligations.domain.duties import Duty, Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.wording import short_date
from obligations.store.database import reading, writing
from obligations.store.tables import ConfigVersion

YEAR = timedelta(days=366)
SHORT_NOTICE_WORKING_DAYS = 5
_SHOWN = 5


@dataclass(frozen=True)
class Outcome:
    """What an apply did, or (`applied` False) would do; `diff` is plain data for people and programs."""

    applied: bool
    version: int | None
    diff: dict[str, Any]


def preview(app: App, texts: Mapping[str, str], now: datetime) -> Outcome:
    """The diff that applying these texts would make. Refused for a broken draft."""
    ladders = _draft(texts, now)
    with reading(app.engine) as session:
        before = applied.find(session)
        if before and before.hash == digest(texts):
            return Outcome(applied=False, version=before.version, diff=_diff(session, before, ladders, Change(), now))
        change = _change(session, ladders, now)
        number = before.version if before else None
        return Outcome(applied=False, version=number, diff=_diff(session, before, ladders, change, now))


def apply(app: App, texts: Mapping[str, str], now: datetime, *, by: str) -> Outcome:
    """Store the texts as a new version and enrol what they add. Unchanged texts change nothing.

    Refused for a broken draft, and where it would move or end a recorded deadline: that needs its own decision.
    """
    hashed = digest(texts)
    with reading(app.engine) as session:
        before = applied.find(session)
        if before and before.hash == hashed:
            diff = _diff(session, before, before.ladders, Change(), now)
            return Outcome(applied=True, version=before.version, diff=diff)
    ladders = _draft(texts, now)
    with writing(app.engine) as session:
        _one_at_a_time(session)
        before = applied.find(session)
        change = _change(session, ladders, now)
        _refuse_moves(change)
        diff = _diff(session, before, ladders, change, now)
        stored = ConfigVersion(hash=hashed, texts=dict(texts), applied_at=now, by=by)
        session.add(stored)
        session.flush()
        enrolling.enrol(session, ladders, change, now, by=by)
        return Outcome(applied=True, version=stored.id, diff=diff)


def extend(app: App, now: datetime) -> int:
    """Add the assignments of unbounded duties up to the end of next year; how many were added."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None or not _change(session, in_force.ladders, now).gained:
            return 0
    with writing(app.engine) as session:
        _one_at_a_time(session)
        in_force = applied.required(session)
        found = _change(session, in_force.ladders, now)
        change = Change(gained=found.gained, dated=found.dated)
        enrolling.enrol(session, in_force.ladders, change, now, by="dondoc")
        return len(change.gained)


def digest(texts: Mapping[str, str]) -> str:
    """The fingerprint of a configuration: the same texts, the same fingerprint."""
    return hashlib.sha256(json.dumps(dict(sorted(texts.items())), ensure_ascii=False).encode()).hexdigest()


def _draft(texts: Mapping[str, str], now: datetime) -> Ladders:
    configuration = check(texts, now.date()).required()
    for plan in configuration.plans.values():
        if plan.ended:
            fix = "Bỏ ended; kế hoạch đã kết thúc thì không cần đưa vào theo dõi."
            raise Refused("plan-ended", f"kế hoạch {plan.id} ghi là đã kết thúc.", fix)
    return Ladders(configuration)


def _change(session: Session, ladders: Ladders, now: datetime) -> Change:
    today = ladders.clockwork.local(now).date()
    members = applied.members(session)
    return changes.compare(ladders.configuration, changes.recorded(session), members, today)


def _one_at_a_time(session: Session) -> None:
    """SQLite's writer is alone anyway; on PostgreSQL two applies must not number codes side by side."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(20220708)"))


def _refuse_moves(change: Change) -> None:
    if not change.is_refused:
        return
    moved = [f"{duty.plan.id}/{duty.obligation.id} kỳ {duty.due.period}" for duty, _ in change.moved]
    lost = [f"{plan}/{obligation} kỳ {period}" for plan, obligation, _, period in change.lost]
    parts = []
    if moved:
        first, was = change.moved[0]
        days = f"{short_date(was) if was else 'chưa có'} → {short_date(first.due.on) if first.due.on else 'chưa có'}"
        parts.append(f"dời hạn đã ghi sổ: {_some(moved)} ({days})")
    if lost:
        parts.append(f"bỏ việc đang theo dõi: {_some(lost)}")
    fix = "Hạn đã ghi sổ chỉ đổi khi có căn cứ; hãy khôi phục nội dung cũ rồi áp dụng lại."
    raise Refused("moves-deadline", f"bản nháp {'; '.join(parts)}.", fix)


def _some(names: list[str]) -> str:
    unique = list(dict.fromkeys(names))
    more = f" và {len(unique) - _SHOWN} việc khác" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + more


def _nothing() -> dict[str, Any]:
    return {
        "plans": {"added": [], "removed": []},
        "gained": [],
        "lost": [],
        "moved": [],
        "unknown": 0,
        "messages_next_12_months": 0,
        "no_channel": [],
        "short_notice": [],
    }


def _diff(
    session: Session, before: applied.Applied | None, ladders: Ladders, change: Change, now: datetime
) -> dict[str, Any]:
    """Who gains, loses, moves; what leaves in a year; whom nothing reaches; what is due very soon."""
    configuration = ladders.configuration
    zone = ladders.clockwork.zone
    today = ladders.clockwork.local(now).date()
    plans, old = set(configuration.plans), set(before.configuration.plans) if before else set()
    live = [duty for duty in change.gained if not changes.is_past(duty, now, zone) and not duty.obligation.done]
    rows = forecasting.forecast(
        configuration, forecasting.open_assignments(session), applied.members(session), today, today + YEAR, now
    )
    return _nothing() | {
        "plans": {"added": sorted(plans - old), "removed": sorted(old - plans)},
        "gained": [_duty(duty) for duty in change.gained],
        "lost": [dict(zip(("plan", "obligation", "unit", "period"), key, strict=True)) for key in change.lost],
        "moved": [_duty(duty) | {"from": was} for duty, was in change.moved],
        "unknown": sum(changes.is_past(duty, now, zone) and not duty.obligation.done for duty in change.gained),
        "messages_next_12_months": forecasting.messages(rows),
        "no_channel": _unreachable(configuration, {duty.unit for duty in live}),
        "short_notice": [
            _duty(duty) | {"working_days": left}
            for duty in live
            if (left := _working_days_left(configuration, today, duty.due.on)) is not None
        ],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    plan, obligation, unit, period = duty.key
    return {"plan": plan, "obligation": obligation, "unit": unit, "period": period, "due_on": duty.due.on}


def _unreachable(configuration: Configuration, units: set[str]) -> list[str]:
    silent = [unit for unit in units if not any(contact.channels for contact in configuration.units[unit].contacts)]
    return sorted(silent, key=lambda unit: configuration.units[unit].position)


def _working_days_left(configuration: Configuration, today: date, due_on: date | None) -> int | None:
    if due_on is None:
        return None
    left = configuration.calendar.count(today, due_on)
    return left if left < SHORT_NOTICE_WORKING_DAYS else None
