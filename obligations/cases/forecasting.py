"""`forecast`: what would leave, to whom, when — the draft over the database's decisions, if nobody submits any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Row, Table, select
from sqlmodel import Session

from obligations.cases import applied, changes
from obligations.cases.app import App
from obligations.cases.changes import Key, first_open, is_past
from obligations.domain.duties import Duty, Ladders, Members, Track, duties, end_of_next_year
from obligations.domain.ladder import Rung
from obligations.domain.plan import Configuration, Contact, Obligation
from obligations.store.database import reading
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_c = _assignment.c
_OPEN = (
    select(_c.plan, _c.obligation, _c.unit, _c.period, _c.due_on, _c.due_since, _c.opened_on, _c.notice)
    .where(_c.due_on.is_not(None), _c.submitted_on.is_(None), _c.outside.is_(None))
    .order_by(_c.id)
)


@dataclass(frozen=True)
class Forecast:
    """One reminder that would leave: the day and hour it leaves, to which contact over which channel."""

    on: date
    at: str
    plan: str
    obligation: str
    unit: str
    period: str
    rung: str
    audience: str
    recipient: str | None
    channel: str | None
    due_on: date


@dataclass(frozen=True)
class Walk:
    """One ladder to walk: a recorded assignment that is still open, or a duty of the draft."""

    plan: str
    obligation: Obligation
    unit: str
    period: str
    track: Track


def ahead(app: App, configuration: Configuration, first: date, last: date, now: datetime) -> list[Forecast]:
    """Every reminder from `first` to `last`, both counted, sorted by time, plan, obligation, unit.

    A draft over what the database has decided. A plan not yet applied counts as applied now; or, when the question
    begins in days gone by, on its issue day (the day in hand, `first` where that is later).
    """
    ladders = Ladders(configuration)
    with reading(app.engine) as session:
        in_force = applied.find(session)
        before = in_force.configuration if in_force else None
        members = changes.owing(configuration, before, applied.members(session))
        known, open_ = changes.recorded(session).keys(), _open(session)
    through = max(end_of_next_year(ladders.clockwork.local(now).date()), last)
    new = [duty for duty in duties(configuration, through, members) if duty.key not in known]
    walks = [*_followed(configuration, open_), *_drafted(ladders, new, members, first, now)]
    rows = [row for walk in walks for row in _rows(ladders, walk, first, last)]
    position = {unit.id: unit.position for unit in configuration.units.values()}
    rows.sort(key=lambda row: (row.on, row.at, row.plan, row.obligation, position[row.unit], row.period))
    return rows


def messages(rows: Iterable[Forecast]) -> int:
    """How many messages the reminders make: one a recipient, channel, day and hour."""
    return len({(row.recipient, row.channel, row.on, row.at[:2]) for row in rows if row.channel})


def messages_ahead(app: App, ladders: Ladders, gained: Sequence[Duty], first: date, last: date, now: datetime) -> int:
    """How many messages leave to units between two days: what is followed and what an apply now would gain."""
    with reading(app.engine) as session:
        open_, members = _open(session), applied.members(session)
    notices = first_open(gained, members, now, ladders.clockwork.zone)
    walks = [*_followed(ladders.configuration, open_), *_walks(gained, notices, now, ladders)]
    leaving: set[tuple[str, str, datetime]] = set()
    for walk in walks:
        for rung in ladders.ladder(walk.obligation, walk.track).rungs:
            if rung.audience == "unit" and first <= rung.day <= last:
                for contact in ladders.recipients(rung.audience, walk.unit, rung.day):
                    leaving.add((contact.id, contact.channels[0][0], rung.at.replace(minute=0, second=0)))
    return len(leaving)


def _open(session: Session) -> Sequence[Row[Any]]:
    """The assignments that still walk a ladder."""
    return session.execute(_OPEN).all()


def _followed(configuration: Configuration, followed: Iterable[Row[Any]]) -> Iterator[Walk]:
    for row in followed:
        obligation = configuration.obligation(row.plan, row.obligation)
        if obligation is not None:
            track = Track(row.due_on, row.due_since, row.opened_on, row.notice)
            yield Walk(row.plan, obligation, row.unit, row.period, track)


def _drafted(ladders: Ladders, new: Sequence[Duty], members: Members, first: date, now: datetime) -> Iterator[Walk]:
    starts = {duty.plan.id: _start(duty, first, now, ladders) for duty in new}
    for plan, since in starts.items():
        mine = [duty for duty in new if duty.plan.id == plan]
        yield from _walks(mine, first_open(mine, members, since, ladders.clockwork.zone), since, ladders)


def _start(duty: Duty, first: date, now: datetime, ladders: Ladders) -> datetime:
    plan, zone = duty.plan, ladders.clockwork.zone
    if first >= now.astimezone(zone).date():
        return now
    issued = plan.issued_on or plan.in_hand_on or first
    supposed = datetime.combine(max(first, issued), time(), zone).astimezone(UTC)
    return min(supposed, now)


def _walks(new: Iterable[Duty], notices: set[Key], since: datetime, ladders: Ladders) -> Iterator[Walk]:
    for duty in new:
        if duty.due.on is None or duty.obligation.done or is_past(duty, since, ladders.clockwork.zone):
            continue
        track = Track(duty.due.on, since, duty.due.after_on, duty.key in notices)
        yield Walk(duty.plan.id, duty.obligation, duty.unit, duty.due.period, track)


def _rows(ladders: Ladders, walk: Walk, first: date, last: date) -> Iterator[Forecast]:
    for rung in ladders.ladder(walk.obligation, walk.track).rungs:
        if first <= rung.day <= last:
            recipients: tuple[Contact | None, ...] = ladders.recipients(rung.audience, walk.unit, rung.day)
            for contact in recipients or (None,):
                yield _row(ladders, walk, rung, contact)


def _row(ladders: Ladders, walk: Walk, rung: Rung, contact: Contact | None) -> Forecast:
    local = ladders.clockwork.local(rung.at)
    return Forecast(
        on=local.date(),
        at=f"{local:%H:%M}",
        plan=walk.plan,
        obligation=walk.obligation.id,
        unit=walk.unit,
        period=walk.period,
        rung=rung.id,
        audience=rung.audience,
        recipient=contact.id if contact else None,
        channel=contact.channels[0][0] if contact and contact.channels else None,
        due_on=walk.track.due_on,
    )
