"""Putting a document's text together piece by piece, each piece a span of it."""

from __future__ import annotations

from obligations.draft.document import Block, Document, Line, Table
from obligations.draft.text import Span


class Builder:
    """Collects lines and tables; the text is theirs in order, a line break after each."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self.blocks: list[Block] = []

    def put(self, text: str) -> Span:
        """Add a piece on a line of its own."""
        span = Span(self._size, self._size + len(text))
        self._parts += (text, "\n")
        self._size += len(text) + 1
        return span

    def line(
        self, text: str, *, room: float | None = None, label: str = "", is_heading: bool = False, gap: bool = False
    ) -> None:
        if text.strip():
            self.blocks.append(Line(self.put(text), room, label, is_heading, gap))

    def table(self, rows: list[list[Span]]) -> None:
        width = max((len(row) for row in rows), default=0)
        full = [row + [Span(row[-1].end, row[-1].end)] * (width - len(row)) for row in rows if row]
        if full:
            self.blocks.append(Table(tuple(tuple(row) for row in full)))

    def document(self, name: str, *, is_sheet: bool = False, pages: int = 1) -> Document:
        return Document(name, "".join(self._parts), tuple(self.blocks), is_sheet, pages)
