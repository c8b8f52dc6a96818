"""A document that was read becomes a draft: its header, its duties in the order of the text, its questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from obligations.draft.assembling.columns import columns_of
from obligations.draft.assembling.duties import Teller
from obligations.draft.assembling.linking import link
from obligations.draft.assembling.rows import rows_of
from obligations.draft.deadlines.scope import Scope, scope_of
from obligations.draft.document import Document, Line
from obligations.draft.model import Draft, Header, Item
from obligations.draft.structure.header import header
from obligations.draft.structure.outline import Item as Place
from obligations.draft.structure.outline import Outline, outline
from obligations.draft.text import Span, fold
from obligations.draft.units.words import ADDRESSED


def draft(document: Document) -> Draft:
    """What a document asks for. Pure: the same text gives the same draft."""
    found = outline(document)
    head = header(document, found)
    scope = _scope(head)
    told = [*_prose(found, head, scope), *_tables(document, found, head, scope)]
    items = [_with_addressees(item, head.addressees) for item in told]
    return Draft(document, head, link(_ordered(items)))


def draft_passage(document: Document, head: Header, span: Span) -> Item | None:
    """The first thing that one passage asks for, read as a part of its document; None where it asks for nothing."""
    found = outline(replace(document, blocks=(Line(span),)))
    teller = Teller(_scope(head), head.addressees, head.issuer)
    teller.tell([Place(one, (), ()) for one in (*found.head, *(item.passage for item in found.items))])
    return _with_addressees(teller.items[0], head.addressees) if teller.items else None


def _with_addressees(item: Item, addressees: tuple[str, ...]) -> Item:
    """*Các đơn vị tại mục Kính gửi* are the units that stand there; the words stay where nobody does."""
    if not addressees:
        return item
    return replace(
        item,
        responsible=tuple(_meant(item.responsible, addressees)),
        coordinating=tuple(_meant(item.coordinating, addressees)),
    )


def _meant(names: Iterable[str], addressees: tuple[str, ...]) -> dict[str, None]:
    """Each name once, in order."""
    found: dict[str, None] = {}
    for name in names:
        is_addressed = ADDRESSED.fullmatch(fold(name, (Span(0, len(name)),)).text)
        found |= dict.fromkeys(addressees if is_addressed else (name,))
    return found


def _scope(head: Header) -> Scope:
    return scope_of(fold(head.title, (Span(0, len(head.title)),)).text, head.issued_on, head.kind)


def _prose(found: Outline, head: Header, scope: Scope) -> list[Item]:
    teller = Teller(scope, head.addressees, head.issuer)
    teller.tell(found.items)
    return teller.items


def _tables(document: Document, found: Outline, head: Header, scope: Scope) -> Iterable[Item]:
    before = None
    for placed in found.tables:
        columns = columns_of(document.text, placed.table.rows)
        if columns is None and before and len(placed.table.rows[0]) == before[1]:
            columns = replace(before[0], header=-1)  # a table goes on over a page's end without its header
        if columns is None:
            before = None
            continue
        before = columns, len(placed.table.rows[0])
        yield from rows_of(document.text, placed, scope, columns, head.issuer)


def _ordered(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.quote.start, item.stated.start if item.stated else 0))
