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
from obligations.cases.receiving.matching import Match, Owed, match
from obligations.cases.receiving.owing import Owing, owing
from obligations.cases.receiving.register import Incoming
from obligations.cases.receiving.senders import Senders
from obligations.cases.receiving.wording import Rarity, numbers_in
from obligations.domain.duties import Ladders
from obligations.domain.periods import Period
from obligations.domain.plan import Configuration
from obligations.store.database import reading

OF_RECORDED = "nhắc đến văn bản đã ghi: bản sửa, bản bổ sung?"
SAME_DUTY = "sổ còn văn bản khác cũng trả lời việc này"


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

    Refused before the first apply.
    """
    found: list[Proposal] = []
    recorded = unlike = 0
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        senders = Senders(ladders.configuration)
        known, unknown = _by_sender(rows, senders)
        units = {unit for _, theirs in known for unit in theirs}
        owed = owing(session, ladders, units, ladders.clockwork.local(now).date())
    desk = _Desk(ladders, owed)
    for incoming, theirs in known:
        if owed.is_recorded(theirs, incoming.number):
            recorded += 1
        elif (proposal := desk.proposal(incoming, theirs)).duties:
            corrects = owed.is_recorded(theirs, incoming.subject)
            found.append(replace(proposal, doubts=[*proposal.doubts, OF_RECORDED]) if corrects else proposal)
        else:
            unlike += 1
    return Proposals(_apart(found), recorded, unlike, dict(unknown.most_common()))


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

    def __init__(self, ladders: Ladders, owed: Owing) -> None:
        self._configuration: Configuration = ladders.configuration
        self._duties = owed.duties
        rows = {row.code: row for theirs in owed.duties.values() for row in theirs}
        self._owed = {code: self._told(row) for code, row in rows.items()}
        self._rarity = Rarity(
            {(row.plan, row.obligation): self._owed[code].title for code, row in rows.items()}.values()
        )

    def proposal(self, incoming: Incoming, units: Collection[str]) -> Proposal:
        rows = {row.code: row for unit in units for row in self._duties.get(unit, ())}
        found: Match = match(incoming, [self._owed[code] for code in rows], self._rarity)
        return Proposal(incoming, [self._duty(rows[one.code]) for one in found.choices], found.doubts)

    def _title(self, plan: str, obligation: str) -> str:
        duty = self._configuration.obligation(plan, obligation)
        return duty.title if duty else obligation

    def _told(self, row: Row[Any]) -> Owed:
        plan = self._configuration.plans.get(row.plan)
        duty = self._configuration.obligation(row.plan, row.obligation)
        said = " ".join((plan.number or "", plan.source or "", *plan.basis)) if plan else ""
        return Owed(
            row.code,
            (row.plan, row.obligation),
            self._title(row.plan, row.obligation),
            duty.product if duty else "",
            _period(row.period),
            row.due_on,
            plan.title if plan else "",
            numbers_in(said),
        )

    def _duty(self, row: Row[Any]) -> Duty:
        plan = self._configuration.plans.get(row.plan)
        unit = self._configuration.units.get(row.carrier or row.unit)
        return Duty(
            row.code,
            self._title(row.plan, row.obligation),
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
    """Where two documents plainly answer one duty, a person says which does."""
    answered = Counter(one.duties[0].code for one in found if one.is_sure)
    return [
        replace(one, doubts=[SAME_DUTY]) if one.is_sure and answered[one.duties[0].code] > 1 else one for one in found
    ]
