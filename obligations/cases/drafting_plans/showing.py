"""The document as a page shows it: its blocks, cut where a quote begins or ends, each piece with whose words it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from obligations.cases.drafting_plans.work import KEPT, Work
from obligations.draft.document import Block, Line
from obligations.draft.text import Span


@dataclass(frozen=True)
class Piece:
    """Words that lie in the same quotes. `at` is their place in the text, `of` the cards quoted, `starts` those whose
    quote begins here; `is_deadline`: the words of a deadline.
    """

    at: int
    text: str
    of: tuple[int, ...]
    starts: tuple[int, ...]
    is_deadline: bool


@dataclass(frozen=True)
class Shown:
    """A paragraph (`rows` empty), or a table."""

    pieces: list[Piece] = field(default_factory=list)
    label: str = ""
    is_heading: bool = False
    gap: bool = False
    rows: list[list[list[Piece]]] = field(default_factory=list)


def shown(work: Work) -> list[Shown]:
    """Every block with the quotes of the cards that are kept."""
    cutter = _Cutter(work)
    return [_block(cutter, block) for block in work.document.blocks]


def _block(cutter: _Cutter, block: Block) -> Shown:
    if isinstance(block, Line):
        return Shown([*cutter.cut(block.span)], block.label, block.is_heading, block.gap)
    seen: set[Span] = set()
    rows = []
    for row in block.rows:
        rows.append([[] if cell in seen else [*cutter.cut(cell)] for cell in dict.fromkeys(row)])
        seen |= {cell for cell in row if len(cell)}
    return Shown(rows=rows)


class _Cutter:
    """Knows at each place of the text which quotes cover it."""

    def __init__(self, work: Work) -> None:
        self._text = work.document.text
        quotes = [(span, card.number) for card in work.of(*KEPT) for span in (card.item.quote, *card.item.also)]
        stated = [(card.item.stated, 0) for card in work.of(*KEPT) if card.item.stated]
        self._edges, self._covering = _swept([*quotes, *stated])
        self._begun: set[int] = set()

    def cut(self, span: Span) -> Iterator[Piece]:
        """The pieces of a part of the text."""
        first, last = bisect_right(self._edges, span.start), bisect_left(self._edges, span.end)
        places = [span.start, *self._edges[first:last], span.end]
        for start, end in pairwise(places):
            if start < end:
                yield self._piece(start, end)

    def _piece(self, start: int, end: int) -> Piece:
        place = bisect_right(self._edges, start) - 1
        covering = self._covering[place] if place >= 0 else ()
        of = tuple(number for number in covering if number)
        starts = tuple(number for number in of if number not in self._begun)
        self._begun.update(starts)
        return Piece(start, self._text[start:end], of, starts, 0 in covering)


def _swept(spans: Iterable[tuple[Span, int]]) -> tuple[list[int], list[tuple[int, ...]]]:
    """The places where something begins or ends, and what covers the text from each of them on."""
    events: dict[int, list[tuple[int, int]]] = {}
    for span, number in spans:
        if len(span):
            events.setdefault(span.start, []).append((number, 1))
            events.setdefault(span.end, []).append((number, -1))
    edges, covering, open_ = sorted(events), [], dict[int, int]()
    for edge in edges:
        for number, step in events[edge]:
            open_[number] = open_.get(number, 0) + step
        covering.append(tuple(sorted(number for number, count in open_.items() if count)))
    return edges, covering
