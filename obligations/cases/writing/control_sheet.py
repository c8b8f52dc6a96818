"""The control sheet (phiếu theo dõi): what waits for the secretariat this morning, read from the ledger as it stands.

Nothing of it is stored; whoever asks again a minute later may read something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy import Table as Stored
from sqlmodel import Session

from obligations.cases.answering import authorizing, contacts
from obligations.cases.app import App
from obligations.cases.applied import current
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.changes import Change
from obligations.cases.ledger.bad_addresses import bounced
from obligations.cases.reading import postmortem, tallies
from obligations.cases.upkeep import health
from obligations.cases.writing.almanac import Almanac, almanac
from obligations.cases.writing.stories import Story
from obligations.domain.classes import OPEN_OVERDUE, Moment, class_of, working_days_over
from obligations.domain.facts import UNKNOWN, Facts
from obligations.domain.holding import APPROVAL
from obligations.domain.wording import short_date
from obligations.store.database import reading
from obligations.store.tables import METADATA
from obligations.texts.blocks import Heading, Table
from obligations.texts.duty import Duty
from obligations.texts.sheet import Sheet, blocks
from obligations.texts.sheet_lines import Coming, Disowned, Extension, Held, Late, NewContact, Result, Telephone

SOON_WORKING_DAYS = 5
CALENDAR_DAYS = 60  # how early an unconfirmed year is worth saying
_assignment: Stored = METADATA.tables["assignment"]
_a = _assignment.c


def control_sheet(app: App, now: datetime) -> Sheet:
    """As of `now`. Refused before the first apply."""
    ladders = current(app).ladders
    book = almanac(ladders, now)
    with reading(app.engine) as session:
        near = or_(_a.target_on <= _horizon(book), _to_decide(book))  # few of many: what lies further ahead is not read
        desk = _Desk(session, book, or_(_a.phase == "review", _open_and(near)))
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
        results=tuple(desk.results()),
        calls=tuple(_calls(app, book)),
        extensions=tuple(desk.extensions()),
        approvals=sum(len(one.codes) for one in held if one.why == APPROVAL),
        orphans=tuple(desk.orphan_words()),
        unknown=unknown,
        late=tuple(desk.late()),
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
        desk = _Desk(session, book, or_(_a.id.in_(longest), _open_and(_to_decide(book))))
        sent = session.execute(select(func.count()).where(_a.phase == "review")).scalar_one()
        checked = authorizing.last_checked(session)
        proposed = contacts.waiting(session, ladders.configuration)
    checked_at = ladders.clockwork.local(checked) if checked else None
    return Waiting(
        checked_at=checked_at,
        is_checked=checked_at is not None and checked_at.date() == book.today,
        sent=sent,
        results=tuple(desk.results()),
        extensions=tuple(desk.extensions()),
        disowned=tuple(desk.disowned()),
        orphans=tuple(desk.orphan_words()),
        new_contacts=tuple(proposed),
    )


def _to_decide(book: Almanac) -> ColumnElement[bool]:
    """What a unit asked for, and what nobody may carry on."""
    ended = [unit.id for unit in book.configuration.units.values() if unit.until]
    return or_(_a.asked_on.is_not(None), _a.unit.in_(ended), _a.carrier.in_(ended))


def _open_and(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_a.phase == "open", condition)


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The whole sheet as plain data, with its counts."""
    left = {"expected": sheet.left.expected, "failed": sheet.left.failed}
    counts = {"due_today": sheet.due_today, "decisions": sheet.decisions, "worth_reading": sheet.is_worth_reading}
    found = asdict(sheet)
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


class _Case:
    """One assignment on the desk: its row, what its events tell, how the sheet names it."""

    def __init__(self, book: Almanac, row: Row[Any], story: Story) -> None:
        known = book.configuration.units.get(row.unit)
        found = book.configuration.obligation(row.plan, row.obligation)
        self.row = row
        self.story = story
        self.facts: Facts = story.facts
        self.code: str = row.code
        self.unit: str = known.short_name if known else row.unit
        self.place = known.position if known else len(book.configuration.units)
        self.name = Duty.named(found.title if found else row.obligation, row.period)
        self.is_orphan = row.phase == "open" and known is not None and book.ladders.is_orphan(row, book.today)
        moment = Moment(book.today, book.local.time())
        self.is_late = class_of(self.facts, moment, is_orphan=self.is_orphan) == OPEN_OVERDUE


class _Desk:
    """What is overdue, due soon, waits for ghi nhận or for a decision; all read at once."""

    def __init__(self, session: Session, book: Almanac, chosen: ColumnElement[bool]) -> None:
        self._book = book
        self._calendar = book.configuration.calendar
        rows = session.execute(select(_assignment).where(chosen)).all()
        stories = Story.of_all(session.connection(), [row.id for row in rows])
        self._cases = [_Case(book, row, stories[row.id]) for row in rows]
        self._cases.sort(key=lambda case: (case.row.target_on or date.max, case.place, case.code))
        late = [case.row.id for case in self._cases if case.is_late]
        self._reminded = postmortem.reminded(session, book.ladders, late)

    def orphan_words(self) -> Iterator[str]:
        return (f"{case.code} {case.unit}: {case.name}" for case in self._cases if case.is_orphan)

    def results(self) -> Iterator[Result]:
        """The longest waiting first."""
        waiting = [case for case in self._cases if case.row.phase == "review"]
        for case in sorted(waiting, key=lambda case: (case.facts.submitted_at or self._book.local, case.code)):
            sent = case.story.last("submitted")
            since = self._book.ladders.clockwork.local(case.row.review_since).date()
            on = sent.effective_on if sent else since
            yield Result(case.code, case.unit, case.name, case.facts.document or "", on, self._days(since))

    def extensions(self) -> Iterator[Extension]:
        for case in self._cases:
            facts = case.facts
            if facts.asked_on and not facts.disowned_on and case.row.phase == "open":
                days = self._days(facts.asked_on)
                yield Extension(case.code, case.unit, case.name, facts.due_on, facts.asked_to, facts.asked_on, days)

    def disowned(self) -> Iterator[Disowned]:
        for case in self._cases:
            facts = case.facts
            if facts.disowned_on and case.row.phase == "open":
                said = case.story.last("disowned")
                reason, days = (said.payload.get("note") or "" if said else ""), self._days(facts.disowned_on)
                yield Disowned(case.code, case.unit, case.name, facts.due_on, reason, facts.disowned_on, days)

    def late(self) -> Iterator[Late]:
        for case in self._cases:
            target = case.row.target_on
            if case.is_late and target:
                told = self._reminded.get(case.row.id)
                said = _answer(case.facts) or (told.said if told else "") or "chưa trả lời"
                on = told.on if told else None
                yield Late(case.code, case.unit, case.name, target, self._days(target), on, said)

    def coming(self) -> Iterator[Coming]:
        together: dict[tuple[date, str, str], list[_Case]] = {}
        for case in self._cases:
            target = case.row.target_on
            is_waiting = case.row.phase == "open" and not case.is_late and not case.is_orphan
            if is_waiting and target and target <= _horizon(self._book):
                together.setdefault((target, case.row.plan, case.name), []).append(case)
        for (due_on, _, name), cases in together.items():
            yield Coming(name, due_on, tuple(case.unit for case in cases), tuple(case.code for case in cases))

    def _days(self, since: date) -> int:
        return working_days_over(since, self._book.today, self._calendar)


def _horizon(book: Almanac) -> date:
    """The last day that is near."""
    return book.configuration.calendar.add(book.today, SOON_WORKING_DAYS - 1)


def _answer(facts: Facts) -> str:
    """What the unit let the office know, in a few words."""
    if facts.disowned_on:
        return "báo không thuộc đơn vị"
    if facts.asked_on:
        return f"đề nghị gia hạn{f' đến {short_date(facts.asked_to)}' if facts.asked_to else ''}"
    if facts.is_returned:
        return "đã gửi, được đề nghị bổ sung"
    if facts.expected_on:
        return f"dự kiến gửi ngày {short_date(facts.expected_on)}"
    return f"đã tiếp nhận ngày {short_date(facts.acknowledged_on)}" if facts.acknowledged_on else ""


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
