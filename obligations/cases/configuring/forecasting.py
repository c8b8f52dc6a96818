"""`forecast`: what would leave, to whom, when — the draft over the database's decisions, if nobody submits any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Table, func, or_, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import changes, looking, supposing
from obligations.cases.configuring.changes import Change, Key, first_open, is_past
from obligations.cases.configuring.looking import Draft
from obligations.cases.configuring.supposing import Standing
from obligations.cases.ledger.bad_addresses import bad_addresses
from obligations.cases.sending.outbox import accepting
from obligations.domain.duties import Duty, Ladders, Members, Track, end_of_next_year
from obligations.domain.facts import Herald
from obligations.domain.ladder import Audience, Rung, reach
from obligations.domain.plan import Bad, Configuration, Contact, Obligation
from obligations.store.database import reading
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_c = _assignment.c
_TRACK = [_c.plan, _c.obligation, *(_c[name] for name in Track.NAMES)]
_SHARED = (
    select(*_TRACK, func.aggregate_strings(func.coalesce(_c.carrier, _c.unit), ",").label("units"))
    .where(_c.phase.in_(("open", "review")))
    .group_by(*_TRACK)
)


_Together = tuple[str, Obligation, Track, str]  # `units` with commas: many obligations are owed by the same ones


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
    carrier: str | None = None

    @property
    def duty(self) -> tuple[str, str, str]:
        """Who is written to about it (`Ladders.recipients`)."""
        return self.plan, self.obligation.id, self.carrier or self.unit


def ahead(app: App, configuration: Configuration, first: date, last: date, now: datetime) -> list[Forecast]:
    """Every reminder from `first` to `last`, both counted, sorted by time, plan, obligation, unit.

    A draft over what the database has decided. A plan not yet applied counts as applied now; or, when the question
    begins in days gone by, on its issue day (the day in hand, `first` where that is later).
    """
    ladders = Ladders(configuration)
    through = max(end_of_next_year(ladders.clockwork.local(now).date()), last)
    with reading(app.engine) as session:
        found = looking.look(session, Draft(ladders), now, through)
        standing = list(supposing.standing(session, found.change, now))
        bad = bad_addresses(session)
    members = changes.told(found.change, found.frozen)
    walks = [*_followed(configuration, standing), *_drafted(ladders, found.change.gained, members, first, now)]
    return _sorted(configuration, (row for walk in walks for row in _rows(ladders, walk, first, last, bad)))


def of_plan(app: App, configuration: Configuration, plan: str, now: datetime) -> list[Forecast]:
    """Every reminder that a plan of a draft, not applied yet, adds from today to the end of next year."""
    ladders = Ladders(configuration)
    today = ladders.clockwork.local(now).date()
    with reading(app.engine) as session:
        found = looking.look(session, Draft(ladders), now)
        bad = bad_addresses(session)
    mine = [duty for duty in found.change.gained if duty.plan.id == plan]
    walks = _drafted(ladders, mine, changes.told(found.change, found.frozen), today, now)
    through = end_of_next_year(today)
    return _sorted(configuration, (row for walk in walks for row in _rows(ladders, walk, today, through, bad)))


def _sorted(configuration: Configuration, found: Iterable[Forecast]) -> list[Forecast]:
    rows = [*found]
    position = {unit.id: unit.position for unit in configuration.units.values()}
    rows.sort(key=lambda row: (row.on, row.at, row.plan, row.obligation, position.get(row.unit, 0), row.period))
    return rows


def messages(rows: Iterable[Forecast]) -> int:
    """How many messages the reminders make: one a recipient, channel, day and hour."""
    return len({(row.recipient, row.channel, row.on, row.at[:2]) for row in rows if row.channel})


def messages_ahead(app: App, ladders: Ladders, change: Change, first: date, last: date, now: datetime) -> int:
    """How many messages leave between two days, to whomever: of what is followed and of what an apply now would gain.

    Accusations count as if each were let go.
    """
    gained = change.gained
    with reading(app.engine) as session:
        bad, members = bad_addresses(session), applied.members(session) if gained else {}
        if change.touches_recorded:
            followed = [*_supposed(session, ladders, change, now)]
        else:
            followed = [*_shared(session, ladders, first, last)]
    notices = first_open(gained, members, now, ladders.clockwork.zone)
    hours: dict[tuple[Audience, str, str, date, datetime], set[str]] = {}
    for plan, obligation, track, units in (*followed, *_gained(ladders, gained, notices, now)):
        for rung in ladders.ladder(obligation, track).rungs:
            if first <= rung.day <= last:
                of_unit = rung.audience in ("unit", "leader")  # whoever the duty is, they are the same people
                told = ("", "") if of_unit else (plan, obligation.id)
                hour = rung.at.replace(minute=0, second=0)
                hours.setdefault((rung.audience, *told, rung.day, hour), set()).add(units if of_unit else "")
    return len(
        {
            (contact.id, channel[0], hour)
            for (audience, plan, obligation_id, day, hour), units in hours.items()
            for unit in {unit for together in units for unit in together.split(",")}
            for contact in ladders.recipients(audience, (plan, obligation_id, unit), day, bad)
            if (channel := accepting(ladders.configuration, contact, bad))
        }
    )


def _supposed(session: Session, ladders: Ladders, change: Change, now: datetime) -> Iterator[_Together]:
    """The same once recorded assignments were moved, stopped or reopened."""
    for walk in _followed(ladders.configuration, supposing.standing(session, change, now)):
        yield walk.plan, walk.obligation, walk.track, walk.carrier or walk.unit


def _shared(session: Session, ladders: Ladders, first: date, last: date) -> Iterator[_Together]:
    """The ladders that the followed assignments walk, each with the units that walk it together; of those without a
    rung between the two days only some."""
    for plan, name, *track, units in session.execute(_SHARED.where(_near(ladders, first, last))):
        obligation = ladders.configuration.obligation(plan, name)
        if obligation is not None:
            yield plan, obligation, Track(*track), units


def _near(ladders: Ladders, first: date, last: date) -> ColumnElement[bool]:
    """Of assignments that may have a rung between two days."""
    clockwork, policies = ladders.clockwork, ladders.configuration.policies.values()
    earliest, latest = reach(policies, first, last, clockwork.calendar)
    since = clockwork.instant(earliest, time())
    return or_(_c.target_on.between(earliest, latest), _c.herald_at >= since, _c.review_since >= since)


def _gained(ladders: Ladders, gained: Iterable[Duty], notices: set[Key], now: datetime) -> Iterator[_Together]:
    together: dict[tuple[str, str, str, bool], list[Duty]] = {}
    for duty in gained:
        key = (duty.plan.id, duty.obligation.id, duty.due.period, duty.key in notices)
        together.setdefault(key, []).append(duty)
    for duties_ in together.values():
        for walk in _walks(duties_[:1], notices, now, ladders):
            yield walk.plan, walk.obligation, walk.track, ",".join(duty.unit for duty in duties_)


def _followed(configuration: Configuration, followed: Iterable[Standing]) -> Iterator[Walk]:
    for row in followed:
        obligation = configuration.obligation(row.plan, row.obligation)
        if obligation is not None:
            yield Walk(row.plan, obligation, row.unit, row.period, row.track, row.carrier)


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
        herald: tuple[Herald, datetime] | tuple[()] = ("activated", since) if duty.key in notices else ()
        opened_on = None if herald else duty.due.after_on  # a first period's ladder counts from the day it was given
        track = Track("open", duty.due.on, since, opened_on, *herald)
        yield Walk(duty.plan.id, duty.obligation, duty.unit, duty.due.period, track)


def _rows(ladders: Ladders, walk: Walk, first: date, last: date, bad: Bad) -> Iterator[Forecast]:
    """What leaves to whom; None where nobody can be reached. What nobody carries on waits to be handed over."""
    for rung in ladders.ladder(walk.obligation, walk.track).rungs:
        waits = walk.track.phase == "open" or rung.audience == "unit"
        if first <= rung.day <= last and not (waits and ladders.is_orphan(walk, rung.day)):
            for contact in dict.fromkeys(ladders.asked(rung.audience, walk.duty, rung.day, bad)):
                yield _row(ladders, walk, rung, contact, bad)


def _row(ladders: Ladders, walk: Walk, rung: Rung, contact: Contact | None, bad: Bad) -> Forecast:
    local = ladders.clockwork.local(rung.at)
    channel = accepting(ladders.configuration, contact, bad) if contact else None
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
        channel=channel[0] if channel else None,
        due_on=walk.track.target_on or rung.day,
    )
