"""A clause as an item of the draft: owed on a day, without one, or asked about."""

from __future__ import annotations

from dataclasses import replace

from obligations.draft.assembling.titles import title_of
from obligations.draft.assembling.words import TRIGGER
from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.model import Item, ItemKind
from obligations.draft.structure.outline import Item as Place
from obligations.draft.text import Folded
from obligations.draft.units.roles import roles


def dated_item(place: Place, line: Folded, one: Resolved, owner: tuple[str, ...], piece: Folded, part: Folded) -> Item:
    """What is owed on the day `one`: `piece` of the line says whom else it concerns, `part` what is done."""
    said = roles(piece)
    return Item(
        id="",
        kind="obligation",
        title=title_of(part, line, one),
        at=place.at,
        quote=line.span(0, len(line.text)),
        responsible=owner,
        coordinating=tuple(name for name in said.coordinating if name not in owner),
        submit_to=said.submit_to if said.submit_to not in owner else None,
        deadline=one.form,
        stated=line.span(one.start, one.end),
        inferred=one.inferred,
        doubts=one.noted,
        source=one.source,
    )


def timed(task: Item, value: Folded, one: Resolved) -> Item:
    """A task with the day that its label or its cell, `value`, says."""
    return replace(
        task,
        id="",
        kind="obligation",
        deadline=one.form,
        stated=value.span(one.start, one.end),
        inferred=(*task.inferred, *one.inferred),
        doubts=(*task.doubts, *one.noted),
        source=one.source,
        trigger="",
    )


def standing(place: Place, line: Folded, who: tuple[str, ...]) -> Item:
    """What a clause asks for without a day, and when it falls due where that is said."""
    trigger = TRIGGER.search(line.text)
    said = line.shown[trigger.start() : trigger.end()].strip() if trigger else ""
    return replace(_undated("standing", place, line, who, None), trigger=said)


def question(place: Place, line: Folded, why: str, who: tuple[str, ...], one: Resolved | None) -> Item:
    """What a person has to decide; `one` is the deadline that is not clear."""
    stated = line.span(one.start, one.end) if one else None
    return replace(_undated("question", place, line, who, one), stated=stated, doubts=(why,))


def _undated(kind: ItemKind, place: Place, line: Folded, who: tuple[str, ...], one: Resolved | None) -> Item:
    said, quote = roles(line), line.span(0, len(line.text))
    return Item("", kind, title_of(line, line, one), place.at, quote, who, said.coordinating, said.submit_to)
