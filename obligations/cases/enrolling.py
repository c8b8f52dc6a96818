"""Taking duties into the ledger: an assignment for each unit and period, with the events that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, func, select

from obligations.cases import applied
from obligations.cases.changes import Change, Key, first_open, is_past
from obligations.domain.duties import Duty, Ladders, Members, Track
from obligations.store.tables import Assignment, Event, Member

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Enrolment:
    """What all rows of one apply share."""

    ladders: Ladders
    now: datetime
    by: str
    notices: set[Key]

    @property
    def today(self) -> Any:
        return self.ladders.clockwork.local(self.now).date()


def enrol(session: Session, ladders: Ladders, change: Change, now: datetime, *, by: str) -> None:
    """Write what the change gains; nothing else of it (moves and losses were refused before)."""
    known = applied.members(session)
    zone = ladders.clockwork.zone
    enrolment = Enrolment(ladders, now, by, first_open(change.gained, known, now, zone))
    _freeze_members(session, change.gained, known, now)
    _insert(session, enrolment, change.gained, _codes(session, enrolment, change.gained))
    for assignment_id, duty in change.dated:
        set_due(session, ladders, assignment_id, duty, now, by=by)
    session.flush()


def set_due(session: Session, ladders: Ladders, assignment_id: int, duty: Duty, now: datetime, *, by: str) -> None:
    """An assignment that waited for its event gets its date: the ladder starts now, with its notice."""
    due_on = duty.due.on
    if due_on is None:
        return
    track = Track(due_on, now, duty.due.after_on, notice=True)
    values = {"due_on": due_on, "original_due_on": due_on, "due_since": now, "notice": True}
    first = _first_rung(ladders, duty, track)
    session.execute(update(Assignment).where(col(Assignment.id) == assignment_id).values(**values, next_rung_at=first))
    session.add(
        Event(
            assignment_id=assignment_id,
            plan=duty.plan.id,
            kind="due_set",
            effective_on=ladders.clockwork.local(now).date(),
            recorded_at=now,
            by=by,
            payload={"due_on": due_on.isoformat(), "notice": True},
        )
    )


def _freeze_members(session: Session, gained: Iterable[Duty], known: Members, now: datetime) -> None:
    """Who a group meant is settled the day the duty is activated."""
    new = {
        (duty.plan.id, duty.obligation.id, duty.unit): None
        for duty in gained
        if duty.unit not in known.get((duty.plan.id, duty.obligation.id), ())
    }
    rows = [{"plan": plan, "obligation": one, "unit": unit, "since": now} for plan, one, unit in new]
    if rows:
        session.execute(insert(Member), rows)


def _codes(session: Session, enrolment: Enrolment, gained: list[Duty]) -> dict[Key, str]:
    """A short code for the telephone: K, the plan's running number, the number in the plan; never used again."""
    numbers = _plan_numbers(session, enrolment, gained)
    counted = select(Assignment.plan, func.count()).group_by(Assignment.plan)
    used = Counter({plan: int(count) for plan, count in session.exec(counted)})
    codes: dict[Key, str] = {}
    position = {unit.id: unit.position for unit in enrolment.ladders.configuration.units.values()}
    for duty in sorted(gained, key=lambda duty: (duty.due.on is None, duty.due.on, duty.key[:2], position[duty.unit])):
        used[duty.plan.id] += 1
        codes[duty.key] = f"K{numbers[duty.plan.id]}-{used[duty.plan.id]:04}"
    return codes


def _plan_numbers(session: Session, enrolment: Enrolment, gained: Iterable[Duty]) -> dict[str, int]:
    """Each plan's running number, given once by its activation."""
    events = session.exec(select(Event).where(Event.kind == "activated").order_by(col(Event.id)))
    numbers = {event.plan: int(event.payload["number"]) for event in events}
    for plan in enrolment.ladders.configuration.plans:
        if plan not in numbers:
            numbers[plan] = len(numbers) + 1
            payload = {"number": numbers[plan]}
            session.add(_event(enrolment, None, plan, "activated", payload))
    session.flush()
    return numbers


def _insert(session: Session, enrolment: Enrolment, gained: list[Duty], codes: dict[Key, str]) -> None:
    if not gained:
        return
    rows = [_assignment(enrolment, duty, codes[duty.key]) for duty in gained]
    returning = insert(Assignment).returning(col(Assignment.id), sort_by_parameter_order=True)
    ids = session.execute(returning, rows).scalars().all()
    events = [
        values
        for assignment_id, duty, row in zip(ids, gained, rows, strict=True)
        for values in _events(enrolment, assignment_id, duty, row)
    ]
    session.execute(insert(Event), events)


def _assignment(enrolment: Enrolment, duty: Duty, code: str) -> dict[str, Any]:
    plan, obligation, unit, period = duty.key
    due, done = duty.due, duty.obligation.done
    unknown = done is None and is_past(duty, enrolment.now, enrolment.ladders.clockwork.zone)
    notice = duty.key in enrolment.notices
    is_open = due.on is not None and not done and not unknown
    track = Track(due.on, enrolment.now, due.after_on, notice) if due.on and is_open else None
    return {
        "plan": plan,
        "obligation": obligation,
        "unit": unit,
        "period": period,
        "code": code,
        "original_due_on": due.on,
        "due_on": due.on,
        "due_at": f"{due.at:%H:%M}" if due.at else None,
        "due_since": enrolment.now,
        "opened_on": due.after_on,
        "notice": notice,
        "submitted_on": done.on if done else None,
        "done_on": done.on if done else None,
        "outside": UNKNOWN if unknown else None,
        "next_rung_at": _first_rung(enrolment.ladders, duty, track) if track else None,
    }


def _first_rung(ladders: Ladders, duty: Duty, track: Track) -> datetime | None:
    rungs = ladders.ladder(duty.obligation, track)
    return min((rung.at for rung in (*rungs.rungs, *rungs.superseded)), default=None)


def _events(enrolment: Enrolment, assignment_id: int, duty: Duty, row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """An assignment's whole beginning, enough to build its row again."""
    payload = {key: row[key] for key in ("obligation", "unit", "period", "code", "due_at", "notice")}
    payload |= {key: row[key] and row[key].isoformat() for key in ("due_on", "opened_on")}
    yield _values(enrolment, assignment_id, duty.plan.id, "due_set", payload)
    if done := duty.obligation.done:
        day = done.on.isoformat()
        for kind, extra in (("submitted", {"sent": day, "counts_on": day}), ("confirmed", {})):
            event = _values(enrolment, assignment_id, duty.plan.id, kind, extra)
            yield event | {"effective_on": done.on, "document": done.document}
    elif row["outside"] == UNKNOWN:
        yield _values(enrolment, assignment_id, duty.plan.id, "unknown", {})


def _values(
    enrolment: Enrolment, assignment_id: int | None, plan: str, kind: str, payload: dict[str, Any]
) -> dict[str, Any]:
    return {
        "assignment_id": assignment_id,
        "plan": plan,
        "kind": kind,
        "effective_on": enrolment.today,
        "recorded_at": enrolment.now,
        "by": enrolment.by,
        "document": None,
        "payload": payload,
    }


def _event(enrolment: Enrolment, assignment_id: int | None, plan: str, kind: str, payload: dict[str, Any]) -> Event:
    return Event(**_values(enrolment, assignment_id, plan, kind, payload))
