"""Rows of a board: assignments told from their events, with the plan's words and the last word sent about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table
from sqlmodel import Session

from obligations.cases.ledger.records import told
from obligations.cases.reading import postmortem
from obligations.cases.reading.words import Ours, noted
from obligations.domain.classes import Moment, class_of, state_of, working_days_over
from obligations.domain.duties import Ladders
from obligations.domain.facts import Facts
from obligations.domain.plan import Obligation, Plan
from obligations.domain.wording import short_date
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]


@dataclass(frozen=True)
class Row:
    """One assignment as the board shows it.

    `left`: working days until the deadline, today and the last day counted; negative: working days past it; None: no
    date, or nothing to wait for. `source` is the plan's number and day, `place` where in it.
    """

    facts: Facts
    title: str
    source: str
    place: str
    stated: str
    unit: str
    coordinating: tuple[str, ...]
    product: str
    submit_to: str
    left: int | None
    class_: str
    state: str
    told_on: date | None
    notes: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.facts.code


def rows_of(session: Session, ladders: Ladders, ids: Sequence[int], moment: Moment) -> list[Row]:
    """These assignments, in this order."""
    facts = dict(told(session, ids)) if ids else {}
    reminded = last_told(session, ladders, ids)
    return [_row(facts[one], ladders, moment, reminded.get(one)) for one in ids]


def last_told(session: Session, ladders: Ladders, ids: Sequence[int]) -> dict[int, date]:
    """The day on which each of these assignments' units was last reached, of those that were."""
    reminded = postmortem.reminded(session, ladders, ids) if ids else {}
    return {one: found.on for one, found in reminded.items()}


def _row(facts: Facts, ladders: Ladders, moment: Moment, told_on: date | None) -> Row:
    configuration = ladders.configuration
    plan = configuration.plans.get(facts.plan)
    duty = configuration.obligation(facts.plan, facts.obligation)
    is_orphan = facts.phase == "open" and facts.unit in configuration.units and ladders.is_orphan(facts, moment.day)
    recipient = duty.submit_to if duty else None
    return Row(
        facts=facts,
        title=duty.title if duty else facts.obligation,
        source=source(plan) if plan else facts.plan,
        place=duty.cite.at if duty else "",
        stated=duty.cite.stated if duty else "",
        unit=_name(ladders, facts.unit),
        coordinating=tuple(_name(ladders, one) for one in duty.coordinating_units) if duty else (),
        product=duty.product if duty else "",
        submit_to=_name(ladders, recipient) if recipient else "",
        left=_left(facts, moment, ladders),
        class_=class_of(facts, moment, is_orphan=is_orphan),
        state=state_of(facts, moment, configuration.calendar, is_orphan=is_orphan),
        told_on=told_on,
        notes=tuple(_notes(facts, duty, ladders)),
    )


def source(plan: Plan) -> str:
    """`123/KH-UBND ngày 08/7/2022`; what has no number is called by its source or title, what has no day by none."""
    named = plan.number or plan.source or plan.title
    return f"{named} ngày {short_date(plan.issued_on)}" if plan.issued_on else named


def _left(facts: Facts, moment: Moment, ladders: Ladders) -> int | None:
    if facts.phase != "open" or facts.target_on is None:
        return None
    calendar = ladders.configuration.calendar
    if facts.target_on < moment.day:
        return -working_days_over(facts.target_on, moment.day, calendar)
    return calendar.count(moment.day, facts.target_on)


def _name(ladders: Ladders, unit: str) -> str:
    known = ladders.configuration.units.get(unit)
    return known.short_name if known else unit


def _notes(facts: Facts, duty: Obligation | None, ladders: Ladders) -> list[str]:
    """What else an office would write in the last column."""
    notes: list[str] = []
    if facts.carrier:
        notes.append(Ours(f"{_name(ladders, facts.carrier)} làm tiếp"))
    if facts.asked_to:
        notes.append(Ours(f"xin gia hạn đến {short_date(facts.asked_to)}"))
    if facts.due_on != facts.original_due_on and facts.extended_to == facts.due_on and facts.due_on:
        notes.append(Ours("đã gia hạn"))
    if facts.expected_on and facts.phase == "open":
        notes.append(Ours(f"dự kiến gửi ngày {short_date(facts.expected_on)}"))
    if facts.reason:
        notes.append(noted(facts.reason))
    if duty is None:
        notes.append(Ours("không còn trong kế hoạch"))
    return notes
