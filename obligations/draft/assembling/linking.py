"""Ids for the items, and what refers to what: an event that is another duty's completion, reports that one gathers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from obligations.draft.deadlines.anchors import slug
from obligations.draft.model import Item
from obligations.draft.text import bare

_WORDS = 8
_SAME = 0.8  # share of an event's words that a duty's title must have
_FEWEST = 3  # syllables: two are often one word that several duties share (thi đua)
_EMPTY = frozenset(
    [
        "hoan",
        "thanh",
        "ket",
        "thuc",
        "co",
        "khi",
        "ngay",
        "duoc",
        "cac",
        "cua",
        "va",
        "viec",
        "nhan",
        "du",
        "ban",
        "hanh",
        "ke",
        "hoach",
        "moi",
        "dot",
    ]
)


def link(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items under ids of their titles; collects and after: point at those."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    named = []
    for number, item in enumerate(items):
        fresh = _free(slug(item.title, _WORDS), taken)
        names[f"{item.id or number}"] = fresh
        named.append(replace(item, id=fresh))
    linked = [replace(item, collects=tuple(names[one] for one in item.collects if one in names)) for item in named]
    return tuple(_anchored(item, linked) for item in linked)


def _free(name: str, taken: set[str]) -> str:
    fresh, number = name, 2
    while fresh in taken:
        fresh, number = f"{name}-{number}", number + 1
    taken.add(fresh)
    return fresh


def _anchored(item: Item, items: Iterable[Item]) -> Item:
    """*30 ngày sau khi hoàn thành bộ câu hỏi*: counted from the duty that makes it, where just one does."""
    anchor = str((item.deadline or {}).get("after") or "")
    if not anchor.startswith("event:"):
        return item
    words = {word for word in anchor.removeprefix("event:").split("-") if word not in _EMPTY and len(word) > 1}
    if len(words) < _FEWEST:
        return item
    near = [
        one
        for one in items
        if one.kind == "obligation"
        and one.id != item.id
        and "after" not in (one.deadline or {})
        and len(words & set(bare(one.title).split())) >= _SAME * len(words)
    ]
    if len(near) != 1 or item.deadline is None:
        return item
    return replace(item, deadline={**item.deadline, "after": near[0].id})
