"""PDF with a text layer: pdfium gives letters and rules, pdfplumber's geometry the cells of ruled tables.

pdfminer, which pdfplumber reads with, takes 125 ms a page; pdfium takes 15 (docs/soan-tu-van-ban.md).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from obligations.draft.document import Document, Line
from obligations.draft.reading.building import Builder
from obligations.draft.reading.limits import MAX_PAGES, Patience, broken, check_text, too_many_pages
from obligations.draft.reading.ruled import Box, Grid, grids
from obligations.draft.text import Span

_COLUMN_GAP = 2.2  # letters' heights: wider white space parts two columns
_SPACE = 0.18  # of a letter's height: a space that the file does not write
MAX_PAGE_LETTERS = 60_000


@dataclass(slots=True)
class Letter:
    text: str
    left: float
    bottom: float
    right: float
    top: float


def read(name: str, content: bytes, patience: Patience) -> Document | None:
    """A PDF as a document; None where its pages are pictures. Refused where it cannot be opened."""
    try:
        opened = pypdfium2.PdfDocument(content)
        pages = len(opened)
    except (pypdfium2.PdfiumError, ValueError):
        raise broken("PDF") from None
    try:
        if pages > MAX_PAGES:
            raise too_many_pages(pages)
        builder = Builder()
        letters = 0
        for number in range(pages):
            patience.check()
            letters += _page(opened, number, builder)
        document = builder.document(name, pages=pages)
    finally:
        opened.close()
    check_text(document.text)
    return document if letters > 20 * min(pages, 3) else None


def _page(opened: pypdfium2.PdfDocument, number: int, builder: Builder) -> int:
    """Put a page's lines and tables; how many letters it has. A page that cannot be read has none."""
    try:
        page = opened[number]
        letters = _letters(page)
        ruled = grids(page) if letters else []
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError):
        return 0
    left = letters
    for grid in ruled:
        left = [one for one in left if not grid.holds(_middle(one))]
    _put(left, letters, ruled, builder)
    page.close()
    return len(letters)


def _middle(letter: Letter) -> tuple[float, float]:
    return (letter.left + letter.right) / 2, (letter.bottom + letter.top) / 2


def _letters(page: pypdfium2.PdfPage) -> list[Letter]:
    text = page.get_textpage()
    found: list[Letter] = []
    box = pdfium.FS_RECTF()
    where = ctypes.byref(box)
    raw = text.raw
    for place in range(min(text.count_chars(), MAX_PAGE_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(raw, place)
        if code <= 32 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, place, where)
        found.append(Letter(chr(code), box.left, box.bottom, box.right, box.top))
    text.close()
    return found


def _put(left: list[Letter], letters: list[Letter], ruled: list[Grid], builder: Builder) -> None:
    lines = list(_lines(left))
    margin = max((line[-1].right for line in lines), default=0.0)
    waiting = sorted(ruled, key=lambda grid: -grid.box.top)
    gap = True
    for line in lines:
        while waiting and waiting[0].box.top > line[0].top:
            _table(waiting.pop(0), letters, builder)
        for part in _columns(line):
            size = sum(one.right - one.left for one in part) / len(part) or 1.0
            builder.line(_words(part), room=max(0.0, (margin - part[-1].right) / size), gap=gap)
            gap = False
    for grid in waiting:
        _table(grid, letters, builder)


def _lines(letters: list[Letter]) -> Iterator[list[Letter]]:
    """Letters on one base line, lines from the top of the page."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: -(one.bottom + one.top)):
        middle = (letter.bottom + letter.top) / 2
        for row in rows[-3:]:
            if (
                row[0].bottom - 1 <= middle <= row[0].top + 1
                or letter.bottom - 1 <= (row[0].bottom + row[0].top) / 2 <= letter.top + 1
            ):
                row.append(letter)
                break
        else:
            rows.append([letter])
    rows.sort(key=lambda row: -max(one.bottom for one in row))
    for row in rows:
        row.sort(key=lambda one: one.left)
        yield row


def _columns(line: list[Letter]) -> Iterator[list[Letter]]:
    height = sorted(one.top - one.bottom for one in line)[len(line) // 2] or 1.0
    start = 0
    for place, (one, other) in enumerate(pairwise(line), start=1):
        if other.left - one.right > height * _COLUMN_GAP * 2:
            yield line[start:place]
            start = place
    yield line[start:]


def _words(line: list[Letter]) -> str:
    """The letters of a line, a space wherever there is room for one."""
    heights = sorted(one.top - one.bottom for one in line)
    wide = heights[len(heights) * 3 // 4] * _SPACE or 0.5
    parts = [line[0].text]
    for one, other in pairwise(line):
        if other.left - one.right > wide:
            parts.append(" ")
        parts.append(other.text)
    return "".join(parts)


def _table(grid: Grid, letters: list[Letter], builder: Builder) -> None:
    inside = [one for one in letters if grid.holds(_middle(one))]
    spans: dict[Box, Span] = {}
    rows = [[_cell(box, inside, spans, builder) for box in row] for row in grid.rows]
    if sum(1 for span in spans.values() if len(span)) > 1:
        builder.table(rows)
        return
    for span in spans.values():
        if len(span):
            builder.blocks.append(Line(span))


def _cell(box: Box, inside: list[Letter], spans: dict[Box, Span], builder: Builder) -> Span:
    if box not in spans:
        own = [one for one in inside if box.holds(_middle(one))]
        spans[box] = builder.put("\n".join(_words(line) for line in _lines(own)))
    return spans[box]
