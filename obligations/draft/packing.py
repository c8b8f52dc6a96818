"""A draft as plain data and back: what a process that read a document hands to the one that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from obligations.draft.document import Block, Document, Line, Table
from obligations.draft.model import Draft, Header, Item
from obligations.draft.text import Span

Data = dict[str, Any]


def pack(draft: Draft) -> Data:
    """Lists, mappings and texts alone."""
    return {
        "document": pack_document(draft.document),
        "header": pack_header(draft.header),
        "items": [pack_item(item) for item in draft.items],
    }


def unpack(data: Mapping[str, Any]) -> Draft:
    """The draft that `pack` was given."""
    items = tuple(unpack_item(item) for item in data["items"])
    return Draft(unpack_document(data["document"]), unpack_header(data["header"]), items)


def pack_document(document: Document) -> Data:
    return {
        "name": document.name,
        "text": document.text,
        "is_sheet": document.is_sheet,
        "pages": document.pages,
        "blocks": [_pack_block(block) for block in document.blocks],
    }


def unpack_document(data: Mapping[str, Any]) -> Document:
    blocks = tuple(map(_unpack_block, data["blocks"]))
    return Document(data["name"], data["text"], blocks, data["is_sheet"], data["pages"])


def pack_header(header: Header) -> Data:
    return {**vars(header), "issued_on": header.issued_on.isoformat() if header.issued_on else None}


def unpack_header(data: Mapping[str, Any]) -> Header:
    issued_on = date.fromisoformat(data["issued_on"]) if data["issued_on"] else None
    return Header(**{**_tuples(data), "issued_on": issued_on})


def pack_item(item: Item) -> Data:
    return {one.name: _plain(getattr(item, one.name)) for one in fields(item)}


def unpack_item(data: Mapping[str, Any]) -> Item:
    deadline = data["deadline"]
    spans = {"quote": Span(*data["quote"]), "also": tuple(Span(*one) for one in data["also"])}
    stated = Span(*data["stated"]) if data["stated"] else None
    return Item(**{**_tuples(data), **spans, "stated": stated, "deadline": deadline})


def _plain(value: Any) -> Any:
    match value:
        case Span():
            return [value.start, value.end]
        case tuple():
            return [_plain(one) for one in value]
    return value


def _tuples(data: Mapping[str, Any]) -> Data:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _pack_block(block: Block) -> list[Any]:
    if isinstance(block, Line):
        return [_plain(block.span), block.room, block.label, block.is_heading, block.gap]
    return [[[_plain(cell) for cell in row] for row in block.rows]]


def _unpack_block(data: Sequence[Any]) -> Block:
    if len(data) == 1:
        return Table(tuple(tuple(Span(*cell) for cell in row) for row in data[0]))
    span, *rest = data
    return Line(Span(*span), *rest)
