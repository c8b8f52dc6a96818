"""The document again, or amended: what it says differently from the plan that exists. Never a second plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from obligations.cases.drafting_plans.proposing import Proposal
from obligations.cases.drafting_plans.typed import deadline_said
from obligations.domain.errors import GrammarError
from obligations.domain.grammar import parse
from obligations.domain.plain_letters import one_line
from obligations.domain.plan import Obligation, Plan
from obligations.draft.model import Item
from obligations.draft.units.matching import key

_ENOUGH = 4.0  # points from which two duties are one
_ANY_DAY = date(2000, 1, 1)  # from which a deadline would count that has no year; these have one


@dataclass(frozen=True)
class Changed:
    """A duty of the plan that the draft has otherwise: the field, what the plan says, what the draft says."""

    obligation: str
    item: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def moves(self) -> bool:
        """Whether its deadline is another."""
        return any(name == "deadline" for name, _, _ in self.fields)


@dataclass(frozen=True)
class Difference:
    """`added`: ids of drafted items that the plan lacks; `gone`: ids of the plan that the document has no words for;
    none beside a document that only amends it."""

    plan: str
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed)


def difference(
    proposal: Proposal, plan: Plan, edited: Mapping[str, Collection[str]] = MappingProxyType({})
) -> Difference:
    """Pair the drafted duties with the plan's, nearest first, and tell what is left over or says something else.

    `edited` are the fields that a person changed, by item.
    """
    drafted = proposal.draft.of("obligation")
    pairs = _pairs(proposal, plan.obligations, drafted)
    paired = {id(item) for _, item in pairs}
    known = {obligation.id for obligation, _ in pairs}
    told = (_changed(proposal, obligation, item, edited.get(item.id, ())) for obligation, item in pairs)
    return Difference(
        plan.id,
        tuple(item.id for item in drafted if id(item) not in paired),
        () if proposal.is_amendment else tuple(one.id for one in plan.obligations if one.id not in known),
        tuple(one for one in told if one.fields),
    )


def _pairs(proposal: Proposal, known: Sequence[Obligation], drafted: Sequence[Item]) -> list[tuple[Obligation, Item]]:
    scored = [
        (_likeness(proposal, obligation, item), o, i)
        for o, obligation in enumerate(known)
        for i, item in enumerate(drafted)
    ]
    pairs: list[tuple[int, int]] = []
    for points, o, i in sorted(scored, key=lambda one: -one[0]):
        if points >= _ENOUGH and all(o != left and i != right for left, right in pairs):
            pairs.append((o, i))
    return [(known[o], drafted[i]) for o, i in sorted(pairs)]


def _likeness(proposal: Proposal, obligation: Obligation, item: Item) -> float:
    stated = key(proposal.draft.stated(item))
    points = 4 * _shared(key(obligation.title).split(), key(proposal.draft.quote(item)).split())
    points += 2 * (key(obligation.cite.stated) == stated)
    points += 2 * _same_form(obligation, item)
    points += obligation.cite.at.split(" ")[0] == item.at
    return points + 2 * _shared(obligation.responsible, proposal.ids(item.responsible))


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / len(first) if first else 0.0


def _same_form(obligation: Obligation, item: Item) -> bool:
    try:
        return item.deadline is not None and parse(item.deadline) == obligation.form
    except GrammarError:
        return False


def _changed(proposal: Proposal, obligation: Obligation, item: Item, edited: Collection[str]) -> Changed:
    """What the document says otherwise of when and who; of the rest what a person put into the card."""
    fields: list[tuple[str, str, str]] = []
    stated, is_edited = proposal.draft.stated(item), "deadline" in edited
    if not _same_form(obligation, item) and (is_edited or key(obligation.cite.stated) != key(stated)):
        now = deadline_said(item.deadline, proposal.draft.header.issued_on or _ANY_DAY) if is_edited else stated
        fields.append(("deadline", obligation.cite.stated, now))
    had = in_terms(obligation)
    for name, value in in_plan(proposal, item).items():
        before = had[name]
        is_same = sorted(value) == sorted(before) if isinstance(value, tuple) and before else value == before
        if not is_same and (name in edited or (name == "responsible" and value)):
            fields.append((name, _shown(before), _shown(value)))
    return Changed(obligation.id, item.id, tuple(fields))


def in_plan(proposal: Proposal, item: Item) -> Mapping[str, str | tuple[str, ...] | None]:
    """What an item says as a plan's duty has it: texts on one line, units by id; its deadline aside."""
    return {
        "title": one_line(item.title),
        "responsible": tuple(proposal.ids(item.responsible)),
        "coordinating": tuple(proposal.ids(item.coordinating)),
        "submit_to": proposal.recipient(item),
        "product": one_line(item.product),
    }


def in_terms(duty: Obligation) -> Mapping[str, str | tuple[str, ...] | None]:
    """The same of a plan's duty."""
    return {name: getattr(duty, name) for name in ("title", "responsible", "coordinating", "submit_to", "product")}


def _shown(value: str | tuple[str, ...] | None) -> str:
    return ", ".join(value) if isinstance(value, tuple) else value or ""
