"""`forecast`: what would leave, to whom, when — the draft over the database's decisions, if nobody submits any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.changes import Key, first_open, is_past
from obligations.domain.duties import Duty, Ladders, Members, Track, duties, end_of_next_year
from obligations.domain.ladder import Rung
from obligations.domain.plan import Configuration, Contact, Obligation
from obligations.store.database import reading
from obligations.store.tables import Assignment


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


def forecast(
    configuration: Configuration,
    followed: Sequence[Assignment],
    members: Members,
    first: date,
    last: date,
    now: datetime,
) -> list[Forecast]:
    """Every reminder from `first` to `last`, both counted, sorted by time, plan, obligation, unit.

    `followed` are the recorded assignments. A plan not yet applied counts as applied now; or, when the question is
    about days gone by, on its issue day (the day in hand, `first` where that is later).
    """
    ladders = Ladders(configuration)
    walks = [*_followed(configuration, followed), *_drafted(ladders, followed, members, first, last, now)]
    rows = [row for walk in walks for row in _rows(ladders, walk, first, last)]
    position = {unit.id: unit.position for unit in configuration.units.values()}
    rows.sort(key=lambda row: (row.on, row.at, row.plan, row.obligation, position[row.unit], row.period))
    return rows


def ahead(app: App, configuration: Configuration, first: date, last: date, now: datetime) -> list[Forecast]:
    """`forecast` of a draft over what the database has decided."""
    with reading(app.engine) as session:
        followed, frozen = open_assignments(session), applied.members(session)
    return forecast(configuration, followed, frozen, first, last, now)


def messages(rows: Iterable[Forecast]) -> int:
    """How many messages the reminders make: one a recipient, channel, day and hour."""
    return len({(row.recipient, row.channel, row.on, row.at[:2]) for row in rows if row.channel})


def open_assignments(session: Session) -> list[Assignment]:
    """All recorded assignments; an empty list where the tables do not exist yet."""
    try:
        return list(session.exec(select(Assignment).order_by(col(Assignment.id))))
    except SQLAlchemyError:
        return []


def _followed(configuration: Configuration, followed: Iterable[Assignment]) -> Iterator[Walk]:
    for row in followed:
        obligation = configuration.obligation(row.plan, row.obligation)
        if obligation is None or row.due_on is None or row.submitted_on or row.outside:
            continue
        track = Track(row.due_on, row.due_since, row.opened_on, row.notice)
        yield Walk(row.plan, obligation, row.unit, row.period, track)


def _drafted(
    ladders: Ladders, followed: Iterable[Assignment], members: Members, first: date, last: date, now: datetime
) -> Iterator[Walk]:
    configuration, zone = ladders.configuration, ladders.clockwork.zone
    today = now.astimezone(zone).date()
    known = {(row.plan, row.obligation, row.unit, row.period) for row in followed}
    through = max(end_of_next_year(today), last)
    new = [duty for duty in duties(configuration, through, members) if duty.key not in known]
    starts = {duty.plan.id: _start(duty, first, now, ladders) for duty in new}
    for plan, since in starts.items():
        mine = [duty for duty in new if duty.plan.id == plan]
        yield from _walks(mine, first_open(mine, members, since, zone), since, ladders)


def _start(duty: Duty, first: date, now: datetime, ladders: Ladders) -> datetime:
    plan, zone = duty.plan, ladders.clockwork.zone
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
