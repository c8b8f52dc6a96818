"""The control sheet (phiếu theo dõi): what waits for the secretariat this morning, read from the ledger as it stands.

Nothing of it is stored; whoever asks again a minute later may read something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy import Table as Stored

from obligations.cases.answering import authorizing, contacts
from obligations.cases.app import App
from obligations.cases.applied import current
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.changes import Change
from obligations.cases.ledger.bad_addresses import bounced
from obligations.cases.reading import postmortem, tallies
from obligations.cases.reading.classing import class_column
from obligations.cases.upkeep import health
from obligations.cases.writing.almanac import Almanac, almanac
from obligations.cases.writing.sheet_desk import Desk, Overdue, horizon
from obligations.domain.classes import OPEN_OVERDUE
from obligations.domain.facts import UNKNOWN
from obligations.domain.holding import APPROVAL
from obligations.store.database import reading, snapshot
from obligations.store.tables import METADATA
from obligations.texts.blocks import Heading, Table
from obligations.texts.duty import Duty
from obligations.texts.sheet import ROWS, Sheet, blocks
from obligations.texts.sheet_lines import Disowned, Extension, Held, NewContact, Result, Telephone

CALENDAR_DAYS = 60  # how early an unconfirmed year is worth saying
_assignment: Stored = METADATA.tables["assignment"]
_a = _assignment.c


def control_sheet(app: App, now: datetime, most: int | None = ROWS) -> Sheet:
    """As of `now`, with at most so many of what is overdue. Refused before the first apply."""
    ladders = current(app).ladders
    book = almanac(ladders, now)
    with snapshot(app.engine) as session:
        overdue = Overdue.of(session, book, most)
        desk = Desk(session, book, or_(_a.phase == "review", _open_and(or_(_near(book, overdue), _to_decide(book)))))
        results, late = tuple(desk.results()), tuple(desk.late(most))
        checked = authorizing.last_checked(session)
        left = postmortem.left(session, ladders, now)
        again = postmortem.waiting(session, now)
        bad = bounced(session).values()
        proposed = contacts.waiting(session, ladders.configuration)
        unknown = session.execute(select(func.count()).where(_a.outside == UNKNOWN)).scalar_one()
    checked_at = ladders.clockwork.local(checked) if checked else None
    held = _held(authorizing.held(app, now))
    return Sheet(
        now=book.local,
        checked_at=checked_at,
        is_checked=checked_at is not None and checked_at.date() == book.today,
        held=held,
        results=results,
        calls=tuple(_calls(app, book)),
        extensions=tuple(desk.extensions()),
        approvals=sum(len(one.codes) for one in held if one.why == APPROVAL),
        orphans=tuple(desk.orphan_words()),
        unknown=unknown,
        late=late,
        more_late=overdue.count - len(late),
        coming=tuple(desk.coming()),
        leaving=forecasting.messages_ahead(app, ladders, Change(), book.today, book.today, now),
        again=again,
        left=left,
        refused=tuple(f"{one.address} ({one.contact}): {one.answer or 'thư bị trả lại'}" for one in bad),
        unconfirmed=tuple(_unconfirmed(book)),
        troubles=tuple(map(str, health.troubles(app, now))),
        disowned=tuple(desk.disowned()),
        new_contacts=tuple(_new_contact(book, one) for one in proposed),
    )


@dataclass(frozen=True)
class Waiting:
    """What waits for a person's decision, of the sheet only that: `results` the longest waiting, of `sent` in all."""

    checked_at: datetime | None
    is_checked: bool
    sent: int
    results: tuple[Result, ...]
    extensions: tuple[Extension, ...]
    disowned: tuple[Disowned, ...]
    orphans: tuple[str, ...]
    new_contacts: tuple[contacts.Request, ...]


def waiting(app: App, now: datetime, most: int) -> Waiting:
    """As of `now`, with at most so many results; what is merely late or due is not read. Refused before the first
    apply."""
    ladders = current(app).ladders
    book = almanac(ladders, now)
    with reading(app.engine) as session:
        longest = select(_a.id).where(_a.phase == "review").order_by(_a.review_since, _a.code).limit(most)
        desk = Desk(session, book, or_(_a.id.in_(longest), _open_and(_to_decide(book))))
        results = tuple(desk.results())
        sent = session.execute(select(func.count()).where(_a.phase == "review")).scalar_one()
        checked = authorizing.last_checked(session)
        proposed = contacts.waiting(session, ladders.configuration)
    checked_at = ladders.clockwork.local(checked) if checked else None
    return Waiting(
        checked_at=checked_at,
        is_checked=checked_at is not None and checked_at.date() == book.today,
        sent=sent,
        results=results,
        extensions=tuple(desk.extensions()),
        disowned=tuple(desk.disowned()),
        orphans=tuple(desk.orphan_words()),
        new_contacts=tuple(proposed),
    )


def _near(book: Almanac, overdue: Overdue) -> ColumnElement[bool]:
    """Due in the next days, or the longest overdue: few of many, the others are not read."""
    soon = horizon(book)
    is_late = class_column(book.ladders, book.moment) == OPEN_OVERDUE
    return and_(_a.target_on <= soon, _a.target_on <= case((is_late, overdue.until), else_=soon))


def _to_decide(book: Almanac) -> ColumnElement[bool]:
    """What a unit asked for, and what nobody may carry on."""
    ended = [unit.id for unit in book.configuration.units.values() if unit.until]
    return or_(_a.asked_on.is_not(None), _a.unit.in_(ended), _a.carrier.in_(ended))


def _open_and(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_a.phase == "open", condition)


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The whole sheet, of everything overdue, as plain data with its counts."""
    left = {"expected": sheet.left.expected, "failed": sheet.left.failed}
    counts = {"due_today": sheet.due_today, "decisions": sheet.decisions, "worth_reading": sheet.is_worth_reading}
    found = asdict(sheet)
    del found["more_late"]
    return found | counts | {"left": found["left"] | left}


class Printed(NamedTuple):
    """A piece of the sheet for a terminal: a section's title, a line, or a table with its heads."""

    title: str = ""
    line: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def printed(sheet: Sheet) -> Iterator[Printed]:
    """The sheet piece by piece."""
    for block in blocks(sheet):
        if isinstance(block, Table):
            yield Printed(heads=block.heads, rows=block.rows)
        elif isinstance(block, Heading):
            yield Printed(title=block.as_text())
        else:
            yield Printed(line=block.as_text())


def _held(waiting: Iterable[authorizing.Held]) -> tuple[Held, ...]:
    """By what they wait for."""
    codes: dict[str, dict[str, None]] = {}
    for one in waiting:
        codes.setdefault(one.why, {})[one.code] = None
    return tuple(Held(why, tuple(some)) for why, some in codes.items())


def _calls(app: App, book: Almanac) -> Iterator[Telephone]:
    configuration = book.configuration
    for one in tallies.calls(app):
        unit, contact = configuration.units.get(one.unit), configuration.contacts.get(one.recipient)
        found = configuration.obligation(one.plan, one.obligation)
        name = Duty.named(found.title if found else one.obligation, one.period)
        who = contact.name if contact else one.recipient
        yield Telephone(one.code, unit.short_name if unit else one.unit, name, one.due_on, who, one.telephone)


def _new_contact(book: Almanac, one: contacts.Request) -> NewContact:
    return NewContact(book.configuration.units[one.unit].short_name, one.proposal.words, one.asked_on, one.by)


def _unconfirmed(book: Almanac) -> Iterable[int]:
    """The years, this one and one that begins soon, whose days off nobody has announced."""
    years = {book.today.year, (book.today + timedelta(days=CALENDAR_DAYS)).year}
    return (year for year in sorted(years) if not book.configuration.calendar.is_confirmed(year))
