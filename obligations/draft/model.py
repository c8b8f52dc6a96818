"""A draft: what a document was understood to say, each piece with its quote as an exact span of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from obligations.domain.grammar import Deadline
from obligations.draft.document import Document
from obligations.draft.text import Span

ItemKind = Literal["obligation", "standing", "question"]


@dataclass(frozen=True)
class Header:
    """The document's own data; None and empty where it leaves them blank. `issuer` is written out."""

    number: str | None = None
    kind: str = "ke-hoach"
    title: str = ""
    issuer: str = ""
    place: str = ""
    issued_on: date | None = None
    basis: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing that the document asks for, or that a person must decide.

    `responsible`, `coordinating` and `submit_to` are names as written; the units' ids are the use case's business.
    `quote` is the whole of it, `stated` the deadline's words. `inferred` names what the text does not state: `year`,
    `from`, `responsible`. `doubts` are questions for a person; an item of kind `question` has nothing else.
    `collects` are ids of items whose results it gathers; `trigger` is when a standing duty falls due. `also` are other
    places that say the same, put to it by a person.
    """

    id: str
    kind: ItemKind
    title: str
    at: str
    quote: Span
    responsible: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    submit_to: str | None = None
    product: str = ""
    deadline: Deadline | None = None
    stated: Span | None = None
    inferred: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    collects: tuple[str, ...] = ()
    trigger: str = ""
    source: str = ""
    also: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A document, its header, and its items in the order of the text."""

    document: Document
    header: Header
    items: tuple[Item, ...] = field(default=())

    def of(self, kind: ItemKind) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == kind)

    def quote(self, item: Item) -> str:
        """The item's words exactly as the document has them."""
        return item.quote.of(self.document.text)

    def stated(self, item: Item) -> str:
        return item.stated.of(self.document.text) if item.stated else ""
