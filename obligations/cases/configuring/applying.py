"""`apply`: a checked draft becomes the configuration that the engine follows. All of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import differences, following, looking, retiming, standing_still
from obligations.cases.configuring.changes import Change
from obligations.cases.configuring.checking import check
from obligations.cases.configuring.looking import Draft, Look
from obligations.cases.reminding.planning import plan_due
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.domain.wording import some
from obligations.store.database import reading, writing
from obligations.store.tables import ConfigVersion


@dataclass(frozen=True)
class Outcome:
    """What an apply did, or (`applied` False) would do; `diff` is plain data for people and programs."""

    applied: bool
    version: int | None
    diff: dict[str, Any]


def preview(app: App, texts: Mapping[str, str], now: datetime, *, members: Iterable[str] = ()) -> Outcome:
    """The diff that applying these texts would make, `refused` included. Refused for a broken draft."""
    return _shown(app, _draft(app, texts, now, members), now)


def apply(
    app: App,
    texts: Mapping[str, str],
    now: datetime,
    *,
    by: str,
    members: Iterable[str] = (),
    over: int | None = None,
) -> Outcome:
    """Store the texts as a new version and record what they change. Unchanged texts change nothing.

    `members` are plans that take in their changed groups. Refused for a broken draft, and where it would move or end a
    recorded deadline without saying why, or another version is in force than the one looked at (`over`; 0: none yet).
    What is slow (comparing, forecasting) is done before the one write transaction, which looks again only when
    something was recorded meanwhile.
    """
    return _apply(app, texts, _draft(app, texts, now, members), now, by, over)


def preview_rollback(app: App, now: datetime) -> Outcome:
    """The diff that rolling back would make. Refused before the second version, and where it cannot be restored."""
    return _shown(app, _restored(app, now)[1], now)


def rollback(app: App, now: datetime, *, by: str, over: int | None = None) -> Outcome:
    """The texts of the version before the newest become a new version, and everything is as they say again.

    What the newest version moved, stopped or gained is taken back; twice leads to where one was. Refused where the
    newest is another than the one looked at (`over`), and where the one before cannot be restored: its texts may
    meanwhile be wrong on this machine, its ids belong to others.
    """
    texts, draft = _restored(app, now)
    return _apply(app, texts, draft, now, by, over)


def extend(app: App, now: datetime) -> int:
    """Add the assignments of unbounded duties up to the end of next year; how many were added."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None or not standing_still.may_grow(session, in_force.ladders, now):
            return 0
        found = looking.look(session, Draft(in_force.ladders), now)
    dated = [move for move in found.change.dated if move.reason is None]
    change = Change(gained=found.change.gained, dated=dated)
    if not change.is_nothing:
        with writing(app.engine) as session:
            if looking.stamp(session) != found.stamp:  # somebody recorded something: the next reconcile looks anew
                return 0
            following.follow(session, in_force.ladders, change, now, by="dondoc", version=in_force.version)
    return len(change.gained)


def digest(texts: Mapping[str, str]) -> str:
    """The fingerprint of a configuration: the same texts, the same fingerprint."""
    return hashlib.sha256(json.dumps(dict(sorted(texts.items())), ensure_ascii=False).encode()).hexdigest()


def _shown(app: App, draft: Draft, now: datetime) -> Outcome:
    with reading(app.engine) as session:
        found = _look(session, draft, now)
    return Outcome(applied=False, version=found.version, diff=differences.diff(app, found, now))


def _apply(app: App, texts: Mapping[str, str], draft: Draft, now: datetime, by: str, over: int | None) -> Outcome:
    hashed = digest(texts)
    with reading(app.engine) as session:
        found = _look(session, draft, now)
    if over is not None and over != (found.version or 0):
        raise _applied_meanwhile(found.version)
    differences.refuse_silent(found)
    diff = differences.diff(app, found, now)
    same = found.before is not None and found.before.hash == hashed
    if same and not ((draft.taking or draft.restores) and found.change.holders):
        return Outcome(applied=True, version=found.version, diff=diff)
    plan_due(app, now)  # what was owed by now was owed under the configuration of until now
    with writing(app.engine) as session:
        found = _fresh(session, found, now)
        stored = ConfigVersion(hash=hashed, texts=dict(texts), applied_at=now, by=by)
        session.add(stored)
        session.flush()
        following.follow(session, draft.ladders, found.change, now, by=by, version=stored.id or 0)
        if found.before:
            retiming.retime(session, draft.ladders, now)
        version = stored.id
    applied.remember(hashed, draft.ladders)
    return Outcome(applied=True, version=version, diff=diff)


def _look(session: Session, draft: Draft, now: datetime) -> Look:
    try:
        return standing_still.unchanged(session, draft) or looking.look(session, draft, now)
    except Refused as refused:
        raise _no_way_back(draft.restores, refused) if draft.restores else refused from None


def _draft(app: App, texts: Mapping[str, str], now: datetime, members: Iterable[str] = ()) -> Draft:
    with reading(app.engine) as session:
        before = applied.find(session)
    same = before is not None and before.hash == digest(texts)
    ladders = before.ladders if before and same else Ladders(check(texts, local_day(now)).required())
    plans = ladders.configuration.plans
    if unknown := sorted(set(members) - plans.keys()):
        raise Refused("unknown-plan", f"không có kế hoạch {', '.join(unknown)}.", f"Có: {some(list(plans))}.")
    return Draft(ladders, frozenset(members))


def _restored(app: App, now: datetime) -> tuple[Mapping[str, str], Draft]:
    with reading(app.engine) as session:
        newest = select(ConfigVersion).order_by(col(ConfigVersion.id).desc()).limit(2)
        versions = session.exec(newest).all()
        if len(versions) < 2:
            raise Refused("no-version-before", "chưa có bản nào trước bản đang dùng.", "Sửa tệp rồi chạy dondoc apply.")
        texts, number = versions[1].texts, versions[1].id or 0
    try:
        return texts, Draft(Ladders(check(texts, local_day(now)).required()), restores=number)
    except Refused as refused:
        raise _no_way_back(number, refused) from None


def _fresh(session: Session, found: Look, now: datetime) -> Look:
    """The look that still holds. Refused when another apply came between; then looking again shows what it did."""
    present = looking.stamp(session)
    if present == found.stamp:
        return found
    if present[0] != found.stamp[0]:
        raise _applied_meanwhile(present[0])
    again = looking.look(session, found.draft, now)
    differences.refuse_silent(again)
    return again


def _applied_meanwhile(version: int | None) -> Refused:
    return Refused("changed-meanwhile", f"có người vừa áp dụng bản {version}.", "Xem lại thay đổi rồi làm lại.")


def _no_way_back(version: int, refused: Refused) -> Refused:
    fix = "Bản đang dùng giữ nguyên. Cần lại nội dung cũ thì sửa tệp theo bản ấy rồi áp dụng."
    return Refused("no-way-back", f"không khôi phục được bản {version}: {refused.message}", fix)
