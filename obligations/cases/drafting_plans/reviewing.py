"""A draft under review beside the office's units: what each card says, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from obligations.cases.drafting_plans.differing import Difference, difference
from obligations.cases.drafting_plans.proposing import Proposal, name_of, propose
from obligations.cases.drafting_plans.successors import known
from obligations.cases.drafting_plans.work import KEPT, Card, Work
from obligations.domain.plan import Configuration
from obligations.draft.model import Item
from obligations.draft.units.matching import Matcher

Field = Literal["", "responsible", "coordinating", "submit_to", "deadline"]


_DIFFERENT = {
    "deadline": "hạn khác",
    "responsible": "chủ trì khác",
    "title": "tên việc khác",
    "coordinating": "phối hợp khác",
    "submit_to": "nơi gửi khác",
    "product": "sản phẩm khác",
}


@dataclass(frozen=True)
class Question:
    """What a person must decide. `blocks`: not by a nod, the field must be filled or changed.

    `name` is one that units.yaml lacks, or that several units bear.
    """

    words: str
    field: Field = ""
    blocks: bool = False
    name: str = ""


@dataclass(frozen=True)
class Review:
    """The draft, its proposal of what is kept, the questions by card, what the plan that exists says otherwise."""

    work: Work
    proposal: Proposal
    questions: Mapping[int, tuple[Question, ...]]
    header: tuple[Question, ...]
    difference: Difference | None

    @property
    def overseer(self) -> str:
        """The name of who follows the plan."""
        return self.work.overseer or name_of(self.proposal.configuration, self.proposal.overseer)

    @cached_property
    def undecided(self) -> list[Card]:
        """Open cards with a question."""
        return [card for card in self.to_decide if self.questions[card.number]]

    @cached_property
    def clear(self) -> list[Card]:
        """Open cards without one."""
        return [card for card in self.to_decide if not self.questions[card.number]]

    @cached_property
    def to_decide(self) -> list[Card]:
        """Open cards; beside a plan that exists only what is said otherwise there."""
        return [card for card in self.work.of("open") if self.difference is None or self.differs(card)]

    @cached_property
    def known(self) -> list[Card]:
        """Open cards that the plan that exists has already, or that are no duty with a deadline."""
        return [card for card in self.work.of("open") if self.difference is not None and not self.differs(card)]

    @cached_property
    def unsettled(self) -> list[Card]:
        """Accepted cards that a nod does not settle any more: a unit is gone from units.yaml since."""
        return [card for card in self.work.of("accepted") if any(one.blocks for one in self.questions[card.number])]

    @cached_property
    def unknown(self) -> dict[str, str]:
        """Names that units.yaml lacks, or that several bear, and nobody has decided on; the question about each."""
        asked = [one for card in (*self.to_decide, *self.unsettled) for one in self.questions[card.number]]
        return {one.name: one.words for one in (*asked, *self.header) if one.name}

    def differs(self, card: Card) -> bool:
        """Whether the plan that exists lacks it, or says something else."""
        return bool(self.marks(card))

    def marks(self, card: Card) -> list[str]:
        """What is different about a card, in a word or two each."""
        if self.difference is None:
            return []
        changed = [name for one in self.difference.changed if one.item == card.item.id for name, _, _ in one.fields]
        fresh = ["chưa có trong kế hoạch"] if card.item.id in self.difference.added else []
        return [*fresh, *(_DIFFERENT[name] for name in changed)]

    def in_order(self) -> list[Card]:
        """What is undecided first, then what waits for a nod, what is accepted, what the plan has already.

        Of each, standing duties come last.
        """
        parts = (self.undecided, self.clear, self.work.of("accepted"), self.known)
        return [card for part in parts for card in sorted(part, key=lambda one: one.item.kind == "standing")]

    def names(self, names: Iterable[str]) -> list[str]:
        """Names as the office has them; as the document has them where they are unknown."""
        return list(dict.fromkeys(shown(self.proposal, name) for name in names))


def review(work: Work, configuration: Configuration) -> Review:
    """Everything that a page shows of a draft. Reads no file and no clock."""
    proposal = propose(work.drafted(), configuration, work.started_at.date())
    if work.overseer:
        matcher = Matcher(known(configuration, proposal.day))
        overseer = matcher.find(work.overseer, work.header.place)
        proposal = replace(proposal, overseer=overseer, proposed={**proposal.proposed, **matcher.proposed})
    asked = {card.number: tuple(_questions(work, card.item, proposal)) for card in work.of(*KEPT)}
    edited = {card.item.id: card.edited for card in work.of(*KEPT)}
    differs = difference(proposal, proposal.existing, edited) if proposal.existing else None
    header = () if differs else tuple(_of_header(work, proposal))  # the plan that exists has its own
    return Review(work, proposal, asked, header, differs)


def names_of(item: Item) -> tuple[str, ...]:
    """Every unit that an item names."""
    return (*item.responsible, *item.coordinating, *((item.submit_to,) if item.submit_to else ()))


def shown(proposal: Proposal, name: str) -> str:
    """The unit's own name, or the group's."""
    id_ = proposal.units.get(name, "")
    return name if id_ in proposal.proposed or not id_ else name_of(proposal.configuration, id_)


def _questions(work: Work, item: Item, proposal: Proposal) -> Iterable[Question]:
    for doubt in item.doubts:
        yield Question(f"{doubt}.", blocks=item.kind == "question", field="deadline" if item.kind == "question" else "")
    if item.kind == "question" and not item.doubts:
        yield Question("chưa có hạn.", "deadline", blocks=True)
    named: tuple[tuple[Field, tuple[str, ...]], ...] = (
        ("responsible", item.responsible),
        ("coordinating", item.coordinating),
        ("submit_to", (item.submit_to,) if item.submit_to else ()),
    )
    for field, names in named:
        for name in names:
            if question := _of_group(item, field, name, proposal) or _of_name(work, field, name, proposal):
                yield question
    if not item.responsible:
        yield Question("chưa rõ đơn vị thực hiện.", "responsible", blocks=True)
    elif item.kind == "obligation" and "responsible" in item.inferred and not item.doubts:
        yield Question("đơn vị thực hiện suy ra từ câu bên cạnh, đúng không?", "responsible")


def _of_group(item: Item, field: Field, name: str, proposal: Proposal) -> Question | None:
    """Of a group that owes something dated: a unit of it that had ended would owe it, too."""
    ended = proposal.gone.get(name)
    if ended and ended.is_group and field == "responsible" and item.kind == "obligation":
        return Question(ended.words(name), field, blocks=True, name=name)
    return None


def _of_name(work: Work, field: Field, name: str, proposal: Proposal) -> Question | None:
    ended = proposal.gone.get(name)
    if ended and not ended.is_group:
        return Question(ended.words(name), field, blocks=True, name=name)
    if proposal.units[name] not in proposal.proposed or name in work.new_units:
        return None
    if name in proposal.unclear:
        among = "; ".join(name_of(proposal.configuration, one) for one in proposal.unclear[name])
        return Question(f"“{name}” là đơn vị nào: {among}?", field, blocks=True, name=name)
    return Question(f"“{name}” chưa có trong danh sách đơn vị.", field, blocks=True, name=name)


def _of_header(work: Work, proposal: Proposal) -> Iterable[Question]:
    header = work.header
    if header.issued_on is None:
        yield Question("văn bản chưa có ngày ban hành, hoặc chưa đọc được.")
    if not header.number:
        yield Question("văn bản chưa có số, hoặc chưa đọc được.")
    if not header.issuer:
        yield Question("chưa rõ cơ quan ban hành.", blocks=True)
    elif question := _of_name(work, "", header.issuer, proposal):
        yield question
    if work.overseer and proposal.overseer in proposal.proposed and work.overseer not in work.new_units:
        yield Question(f"“{work.overseer}” chưa có trong danh sách đơn vị.", blocks=True, name=work.overseer)
