"""What a register proposes: for each document of a unit that owes something, which of its duties it may answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.reading.rows import source
from obligations.cases.receiving.matching import ASKS_TIME, NO_RESULT, Owed, match
from obligations.cases.receiving.owing import Owing, duties_of, owing
from obligations.cases.receiving.register import Incoming
from obligations.cases.receiving.senders import Senders
from obligations.cases.receiving.wording import Rarity, numbers_in
from obligations.domain.periods import Period
from obligations.domain.plan import Configuration
from obligations.store.database import reading

CORRECTS = "nhắc đến văn bản đã ghi: bản sửa, bản bổ sung?"
SAME_DUTY = "sổ còn văn bản khác cũng có thể là kết quả việc này"
SAME_DOCUMENT = "văn bản đã ghi cho việc khác"
UNDONE = "đã ghi rồi hoàn tác, mở lại"
SEVERAL_UNITS = "nhiều đơn vị cùng tên"


@dataclass(frozen=True)
class Duty:
    """A duty as it is offered for a document: the unit's short name, the period's label, the plan in words."""

    code: str
    title: str
    unit: str
    period: str
    source: str
    due_on: date | None


@dataclass(frozen=True)
class Proposal:
    """A document and the duties that it may answer, the likeliest first; `doubts`: why a person must look."""

    incoming: Incoming
    duties: Sequence[Duty]
    doubts: Sequence[str]

    @property
    def is_sure(self) -> bool:
        """Whether it plainly answers the first of them."""
        return not self.doubts


@dataclass(frozen=True)
class Proposals:
    """All that a register proposes.

    `recorded`: documents that stand as their sender's result already; `unlike`: documents of units that are like
    nothing they owe; `unknown`: how many came from each sender that no unit is called, the most first.
    """

    rows: Sequence[Proposal]
    recorded: int
    unlike: int
    unknown: Mapping[str, int]


def propose(app: App, rows: Iterable[Incoming], now: datetime) -> Proposals:
    """Hold documents against what their senders owe at this instant; nothing is recorded.

    Plain matches come first. Refused before the first apply.
    """
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        known, unknown = _by_sender(rows, Senders(ladders.configuration))
        units = {unit for _, theirs in known for unit in theirs}
        owed = owing(session, ladders, units, ladders.clockwork.local(now).date())
    desk = _Desk(ladders.configuration, owed)
    found: list[Proposal] = []
    recorded = unlike = 0
    for incoming, theirs in known:
        proposal = desk.proposal(incoming, theirs)
        if proposal.duties:
            found.append(proposal)
        elif desk.is_recorded(incoming, theirs):
            recorded += 1
        else:
            unlike += 1
    apart = sorted(_apart(found), key=lambda one: (not one.is_sure, one.incoming.line))
    return Proposals(apart, recorded, unlike, dict(unknown.most_common()))


def offered(app: App, codes: Iterable[str]) -> dict[str, Duty]:
    """Duties as they are offered, by their codes; unknown codes are left out."""
    with reading(app.engine) as session:
        configuration = applied.required(session).configuration
        return {row.code: _duty(configuration, row) for row in duties_of(session, [*codes])}


def _by_sender(
    rows: Iterable[Incoming], senders: Senders
) -> tuple[list[tuple[Incoming, tuple[str, ...]]], Counter[str]]:
    """Each document with the units that its sender may be; how many came from nobody known."""
    known: list[tuple[Incoming, tuple[str, ...]]] = []
    unknown: Counter[str] = Counter()
    for incoming in rows:
        if units := senders.units(incoming.sender, incoming.sent_on):
            known.append((incoming, units))
        else:
            unknown[incoming.sender] += 1
    return known, unknown


class _Desk:
    """What is owed, in the words that a document may use of it."""

    def __init__(self, configuration: Configuration, owed: Owing) -> None:
        self._configuration = configuration
        self._owing = owed
        rows = {row.code: row for theirs in owed.duties.values() for row in theirs}
        self._owed = {code: _owed(configuration, row) for code, row in rows.items()}
        titles = (duty.title for plan in configuration.plans.values() for duty in plan.obligations)
        self._rarity = Rarity(titles)  # of all plans, so that no document's neighbours change what it answers

    def is_recorded(self, incoming: Incoming, units: Collection[str]) -> bool:
        return any(not one.is_undone for one in self._owing.results(units, incoming))

    def proposal(self, incoming: Incoming, units: Collection[str]) -> Proposal:
        """What it may answer; of what stands as a result already only another duty that its title names as plainly."""
        rows = {row.code: row for unit in units for row in self._owing.duties.get(unit, ())}
        results = self._owing.results(units, incoming)
        standing = {one.code for one in results if not one.is_undone}
        found = match(incoming, [self._owed[code] for code in rows if code not in standing], self._rarity)
        if not found.choices or (standing and not found.is_sure):
            return Proposal(incoming, [], [])
        doubts = [*found.doubts]
        doubts += [SAME_DOCUMENT] if standing else []
        doubts += [UNDONE] if any(one.is_undone for one in results) else []
        doubts += [CORRECTS] if self._owing.corrected(units, incoming) else []
        doubts += [SEVERAL_UNITS] if len(units) > 1 else []
        return Proposal(incoming, [_duty(self._configuration, rows[one.code]) for one in found.choices], doubts)


def _owed(configuration: Configuration, row: Row[Any]) -> Owed:
    plan, duty = configuration.plans.get(row.plan), configuration.obligation(row.plan, row.obligation)
    said = " ".join((plan.number or "", plan.source or "", *plan.basis)) if plan else ""
    return Owed(
        row.code,
        (row.plan, row.obligation, row.unit),
        duty.title if duty else row.obligation,
        duty.product if duty else "",
        _period(row.period),
        row.due_on,
        plan.title if plan else "",
        numbers_in(said),
        plan.issued_on if plan else None,
    )


def _duty(configuration: Configuration, row: Row[Any]) -> Duty:
    plan, duty = configuration.plans.get(row.plan), configuration.obligation(row.plan, row.obligation)
    unit = configuration.units.get(row.carrier or row.unit)
    return Duty(
        row.code,
        duty.title if duty else row.obligation,
        unit.short_name if unit else row.unit,
        row.period,
        source(plan) if plan else row.plan,
        row.due_on,
    )


def _period(label: str) -> Period | None:
    """None for what is owed once, or on days of its own."""
    try:
        return Period.parse(label)
    except ValueError:
        return None


def _apart(found: Sequence[Proposal]) -> list[Proposal]:
    """Where another document may be the result of the same duty, a person says which is."""
    meant = Counter(one.duties[0].code for one in found if not {ASKS_TIME, NO_RESULT} & {*one.doubts})
    return [replace(one, doubts=[SAME_DUTY]) if one.is_sure and meant[one.duties[0].code] > 1 else one for one in found]
