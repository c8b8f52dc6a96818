"""A document as it was read: one text, its lines in order, its tables as spans of the same text."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.draft.text import Span


@dataclass(frozen=True)
class Line:
    """A line or paragraph of the text.

    `room`: how many letters more would have fitted (None: unknown, the paragraph is whole); a line with less room than
    the next line's first word goes on there. `label`: the number that the word processor gives it. `gap`: white space or
    a page's end before it.
    """

    span: Span
    room: float | None = None
    label: str = ""
    is_heading: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; a merged cell stands in each place that it covers; an empty one has an empty span."""

    rows: tuple[tuple[Span, ...], ...]

    @property
    def span(self) -> Span:
        spans = [cell for row in self.rows for cell in row]
        return Span(min(one.start for one in spans), max(one.end for one in spans))


Block = Line | Table


@dataclass(frozen=True)
class Document:
    """`name` is the file's; `blocks` in the order of reading. `is_sheet`: an office's own tracking table."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    is_sheet: bool = False
    pages: int = 1
