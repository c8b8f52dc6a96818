"""The document again, or amended: what it says differently from the plan that exists. Never a second plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from obligations.cases.drafting_plans.proposing import Proposal
from obligations.domain.errors import GrammarError
from obligations.domain.grammar import parse
from obligations.domain.plan import Obligation, Plan
from obligations.draft.model import Item
from obligations.draft.units.matching import key

_ENOUGH = 4.0  # points from which two duties are one


@dataclass(frozen=True)
class Changed:
    """A duty of the plan whose words differ: the field, what the plan has, what the document says."""

    obligation: str
    item: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Difference:
    """`added`: ids of drafted items that the plan lacks; `gone`: ids of the plan that the document has no words for."""

    plan: str
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed)


def difference(proposal: Proposal, plan: Plan) -> Difference:
    """Pair the drafted duties with the plan's, nearest first, and tell what is left over or says something else."""
    drafted = proposal.draft.of("obligation")
    pairs = _pairs(proposal, plan.obligations, drafted)
    paired = {id(item) for _, item in pairs}
    known = {obligation.id for obligation, _ in pairs}
    changed = [one for obligation, item in pairs if (one := _changed(proposal, obligation, item)).fields]
    return Difference(
        plan.id,
        tuple(item.id for item in drafted if id(item) not in paired),
        tuple(obligation.id for obligation in plan.obligations if obligation.id not in known),
        tuple(changed),
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


def _changed(proposal: Proposal, obligation: Obligation, item: Item) -> Changed:
    fields: list[tuple[str, str, str]] = []
    stated = proposal.draft.stated(item)
    if not _same_form(obligation, item) and key(obligation.cite.stated) != key(stated):
        fields.append(("deadline", obligation.cite.stated, stated))
    drafted = proposal.ids(item.responsible)
    if drafted and set(drafted) != set(obligation.responsible) and not set(drafted) & set(proposal.proposed):
        fields.append(("responsible", ", ".join(obligation.responsible), ", ".join(drafted)))
    return Changed(obligation.id, item.id, tuple(fields))
