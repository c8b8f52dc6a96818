"""A draft under review: what the document said, and what a person has decided about each piece of it so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from obligations.domain.errors import Refused
from obligations.domain.plain_letters import one_line
from obligations.draft.document import Document
from obligations.draft.model import Draft, Header, Item
from obligations.draft.packing import pack_header, pack_item, unpack_header, unpack_item

__all__ = ["KEPT", "Card", "Deed", "Header", "State", "Work", "begun", "pack", "tidy", "unpack"]
State = Literal["open", "accepted", "dropped", "merged"]
KEPT: tuple[State, ...] = ("open", "accepted")
EDITABLE = ("title", "responsible", "coordinating", "submit_to", "product", "deadline")


@dataclass(frozen=True)
class Card:
    """One piece of the draft. `number` is its name for good; `version` counts what people did to it.

    `into` is the card that it was merged into, `before` what the cards changed by that were, by number. `edited` are
    the fields of the item that a person changed.
    """

    number: int
    item: Item
    state: State = "open"
    version: int = 1
    into: int = 0
    before: tuple[tuple[int, Item], ...] = ()
    edited: tuple[str, ...] = ()

    def with_item(self, item: Item) -> Card:
        """With what a person made of it."""
        fresh = {name for name in EDITABLE if getattr(self.item, name) != getattr(item, name)}
        return replace(self, item=item, edited=tuple(sorted({*self.edited, *fresh})))


@dataclass(frozen=True)
class Work:
    """A document, its cards and its header. `edition` counts every change, `header_version` those of the header.

    `overseer` is a name, empty for the one proposed; `new_units` are names that may be added to units.yaml.
    """

    id: str
    document: Document
    header: Header
    cards: tuple[Card, ...]
    by: str
    started_at: datetime
    changed_at: datetime
    edition: int = 1
    header_version: int = 1
    overseer: str = ""
    new_units: tuple[str, ...] = ()

    def card(self, number: int) -> Card:
        """Refused where there is none such."""
        for one in self.cards:
            if one.number == number:
                return one
        raise Refused("no-card", "không có việc này trong bản soạn.", "Tải lại trang.")

    def of(self, *states: State) -> list[Card]:
        """The cards in these states, in the order of the document."""
        found = [card for card in self.cards if card.state in states]
        return sorted(found, key=lambda card: (card.item.quote.start, card.number))

    def drafted(self) -> Draft:
        """What is kept, as a draft again; what was dropped is gathered no more."""
        items = [card.item for card in self.of(*KEPT)]
        dated = {item.id for item in items if item.kind == "obligation"}
        kept = (replace(item, collects=tuple(one for one in item.collects if one in dated)) for item in items)
        return Draft(self.document, self.header, tuple(kept))

    def with_cards(self, changed: Iterable[Card]) -> Work:
        """Cards in the place of those of their numbers, each a version further."""
        fresh = {card.number: replace(card, version=card.version + 1) for card in changed}
        return replace(self, cards=tuple(fresh.get(card.number, card) for card in self.cards))


Deed = Callable[[Work], Work]


def begun(id_: str, draft: Draft, by: str, now: datetime) -> Work:
    """Every item a card, none decided; its words as a form would send them back."""
    cards = tuple(Card(number, tidy(item)) for number, item in enumerate(draft.items, 1))
    header = replace(draft.header, title=one_line(draft.header.title), issuer=one_line(draft.header.issuer))
    return Work(id_, draft.document, header, cards, by, now, now)


def tidy(item: Item) -> Item:
    """Its words as a form would send them back."""
    return replace(
        item,
        title=one_line(item.title),
        responsible=tuple(map(one_line, item.responsible)),
        coordinating=tuple(map(one_line, item.coordinating)),
        submit_to=one_line(item.submit_to) if item.submit_to else None,
        product=one_line(item.product),
    )


def pack(work: Work) -> dict[str, Any]:
    """All but the document, which never changes."""
    return {
        "name": work.document.name,
        "by": work.by,
        "started_at": work.started_at.isoformat(),
        "changed_at": work.changed_at.isoformat(),
        "edition": work.edition,
        "header": pack_header(work.header),
        "header_version": work.header_version,
        "overseer": work.overseer,
        "new_units": list(work.new_units),
        "cards": [_pack_card(card) for card in work.cards],
    }


def unpack(id_: str, data: Mapping[str, Any], document: Document) -> Work:
    """The work that `pack` was given."""
    return Work(
        id_,
        document,
        unpack_header(data["header"]),
        tuple(map(_unpack_card, data["cards"])),
        data["by"],
        datetime.fromisoformat(data["started_at"]),
        datetime.fromisoformat(data["changed_at"]),
        data["edition"],
        data["header_version"],
        data["overseer"],
        tuple(data["new_units"]),
    )


def _pack_card(card: Card) -> dict[str, Any]:
    before = [[number, pack_item(item)] for number, item in card.before]
    return {**vars(card), "item": pack_item(card.item), "before": before}


def _unpack_card(data: Mapping[str, Any]) -> Card:
    before = tuple((number, unpack_item(item)) for number, item in data.get("before", ()))
    edited = tuple(data.get("edited", ()))
    return Card(**{**data, "item": unpack_item(data["item"]), "before": before, "edited": edited})
