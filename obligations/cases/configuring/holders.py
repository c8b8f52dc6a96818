"""Who owes a followed duty: frozen when it was activated, changed by what a draft names, or by `--members`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table, delete, insert, select, update
from sqlmodel import Session, col
from sqlmodel import select as choose

from obligations.cases.ledger.records import Book
from obligations.cases.ledger.renaming import Followed, Name
from obligations.cases.ledger.withdrawing import under_way
from obligations.domain.deadline import Every, Form
from obligations.domain.due import Due
from obligations.domain.duties import Members
from obligations.domain.plan import Configuration, Obligation
from obligations.store.tables import METADATA, Event

MEMBERS = "members"
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]
_member: Table = METADATA.tables["member"]


@dataclass(frozen=True)
class Regrouping:
    """A followed duty whose groups mean others in the draft than those who owe it.

    `is_taken`: they are to be taken in, for the periods that lie ahead. `told` are the periods of which a reminder has
    left: where no calendar period says when one begins (once, rrule), its first reminder does.
    """

    units: tuple[str, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    is_taken: bool
    told: frozenset[str]
    today: date

    def is_ahead(self, form: Form, due: Due) -> bool:
        """Whether a period has not begun."""
        if isinstance(form, Every):
            return due.after_on is None or due.after_on >= self.today
        return due.period not in self.told and (due.on is None or due.on >= self.today)


@dataclass(frozen=True)
class Holders:
    """Who owes a followed duty from now on, and who did; `renamed` is its id until now, where it has another one."""

    plan: str
    obligation: str
    units: tuple[str, ...]
    was: tuple[str, ...]
    renamed: str | None = None


def owing(draft: Configuration, followed: Followed, frozen: Members) -> dict[Name, tuple[str, ...]]:
    """Who owes each followed obligation under a draft; `frozen` under the draft's ids.

    Who a *group* meant is frozen since activation; a unit named by itself counts as the draft names it, so that adding
    or dropping one shows as a duty gained or lost.
    """
    before = followed.configuration
    if before is None:
        return dict(frozen)
    found: dict[Name, tuple[str, ...]] = {}
    for key, units in frozen.items():
        one = draft.obligation(*key)
        if one is not None:
            found[key] = _owing(draft, before, followed.obligation(*key) or one, one, units)
    return found


def _owing(
    draft: Configuration, before: Configuration, was: Obligation, one: Obligation, frozen: tuple[str, ...]
) -> tuple[str, ...]:
    groups = {name: set(before.groups[name].members) for name in was.responsible if name in before.groups}
    staying = set[str]().union(*(units for name, units in groups.items() if name in one.responsible))
    going = set[str]().union(*(units for name, units in groups.items() if name not in one.responsible)) - staying
    alone = {name for name in was.responsible if name not in groups} - staying - going
    is_grouped = any(name in one.responsible for name in groups)
    kept = [unit for unit in frozen if is_grouped and unit not in alone | going]
    for name in one.responsible:
        if name not in draft.groups:
            kept.append(name)
        elif name not in groups:
            kept += draft.groups[name].members
    return tuple(dict.fromkeys(kept))


def regroupings(
    session: Session, draft: Configuration, followed: Followed, members: Members, taking: Collection[str], today: date
) -> dict[Name, Regrouping]:
    """The followed duties whose groups changed; those of the plans `taking` take them in."""
    found: dict[Name, Regrouping] = {}
    for key, units in members.items():
        one = draft.obligation(*key)
        if one is None or set(one.units) == set(units):
            continue
        joined = tuple(unit for unit in one.units if unit not in units)
        left = tuple(unit for unit in units if unit not in one.units)
        told = frozenset() if isinstance(one.form, Every) else _told(session, key[0], followed.old_id(*key))
        found[key] = Regrouping(one.units, joined, left, key[0] in taking, told, today)
    return found


def _told(session: Session, plan: str, obligation: str) -> frozenset[str]:
    """The periods of a duty of which a unit was reminded."""
    query = (
        select(_assignment.c.period)
        .join(_reminder, _reminder.c.assignment_id == _assignment.c.id)
        .where(_assignment.c.plan == plan, _assignment.c.obligation == obligation)
        .where(_reminder.c.audience == "unit", under_way())
        .distinct()
    )
    return frozenset(session.execute(query).scalars())


def rename(session: Session, renamed: Mapping[Name, str]) -> None:
    """Who owes a duty goes with its new id."""
    for (plan, old), new in renamed.items():
        mine = (_member.c.plan == plan, _member.c.obligation == old)
        session.execute(update(_member).where(*mine).values(obligation=new))


def settle(book: Book, changed: Iterable[Holders], version: int) -> None:
    """Record who owes from now on; `member` holds just them."""
    for one in changed:
        payload = {"obligation": one.obligation, "units": list(one.units), "was": list(one.was), "version": version}
        payload |= {"renamed": one.renamed} if one.renamed else {}
        book.session.add(
            Event(
                plan=one.plan,
                kind=MEMBERS,
                effective_on=book.today,
                recorded_at=book.now,
                by=book.by,
                payload=payload,
            )
        )
        _hold(book, one)


def _hold(book: Book, one: Holders) -> None:
    mine = (_member.c.plan == one.plan, _member.c.obligation == one.obligation)
    known = set(book.session.execute(select(_member.c.unit).where(*mine)).scalars())
    book.session.execute(delete(_member).where(*mine, _member.c.unit.not_in(one.units)))
    new = [unit for unit in one.units if unit not in known]
    shared = {"plan": one.plan, "obligation": one.obligation, "since": book.now}
    if new:
        book.session.execute(insert(_member), [shared | {"unit": unit} for unit in new])


def before_version(session: Session, version: int, current: Members) -> dict[Name, tuple[str, ...]]:
    """Who owed each duty under the ids and groups that were followed up to a version; `current` under those ids."""
    found = dict(current)
    query = choose(Event).where(Event.kind == MEMBERS).order_by(col(Event.id).desc())
    for event in session.exec(query):
        told = event.payload
        if told["version"] >= version:
            found[event.plan, told.get("renamed") or told["obligation"]] = tuple(told["was"])
    return found


def told_again(session: Session) -> dict[Name, dict[str, datetime]]:
    """`member` as its events tell it: by (plan, obligation) each unit, since when."""
    held: dict[Name, dict[str, datetime]] = {}
    for event in session.exec(choose(Event).where(col(Event.kind).in_(("due_set", MEMBERS))).order_by(col(Event.id))):
        told = event.payload
        if event.kind == MEMBERS:
            before = held.pop((event.plan, told.get("renamed") or told["obligation"]), {})
            since = {unit: before.get(unit, event.recorded_at) for unit in told["units"]}
            held[event.plan, told["obligation"]] = since
        elif "code" in told:
            held.setdefault((event.plan, told["obligation"]), {}).setdefault(told["unit"], event.recorded_at)
    return held
