"""PDF with a text layer: pdfium gives letters and rules, pdfplumber's geometry the cells of ruled tables.

pdfminer, which pdfplumber reads with, takes 125 ms a page; pdfium takes 15 (docs/soan-tu-van-ban.md).
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from obligations.draft.document import Document, Line
from obligations.draft.reading.building import Builder
from obligations.draft.reading.limits import MAX_PAGES, Patience, broken, check_text, too_many_pages
from obligations.draft.reading.ruled import Box, Grid, grids
from obligations.draft.text import Span

_COLUMN_GAP = 2.2  # letters' heights: wider white space parts two columns
_SPACE = 0.18  # of a letter's height: a space that the file does not write
_WORD = re.compile(r"[^\s\x00-\x1f\ud800-\udfff]+")
_HIDDEN = re.compile("[\x02\ufffe]")  # a hyphen at the end of a line, or a letter that has no code
_LAST_CODE = 0x10FFFF
MAX_PAGE_LETTERS = 60_000


class Piece(NamedTuple):
    """A word, or one letter, at its place on the page: points from its left lower corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


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
        text = page.get_textpage()
        ruled = grids(page) if text.count_chars() else []
        pieces = _pieces(text, letters_apart=bool(ruled))
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError):
        return 0
    left = pieces
    for grid in ruled:
        left = [one for one in left if not grid.holds(_middle(one))]
    _put(left, pieces, ruled, builder)
    text.close()
    page.close()
    return sum(len(piece.text) for piece in pieces)


def _middle(piece: Piece) -> tuple[float, float]:
    left, bottom, right, top, _ = piece
    return (left + right) / 2, (bottom + top) / 2


def _pieces(text: pypdfium2.PdfTextPage, *, letters_apart: bool) -> list[Piece]:
    """The words of a page as pdfium parts them, in the file's order; letters where a word is no row of them.

    `letters_apart`: what pdfium takes for a word may stand in two cells of a table, and each letter finds its own.
    """
    raw = text.raw
    letters = _letters(raw, min(text.count_chars(), MAX_PAGE_LETTERS))
    found: list[Piece] = []
    for word in _WORD.finditer(letters):
        start, end = word.span()
        first, last = _box(raw, start), _box(raw, end - 1)
        if not letters_apart and _is_row(first, last):
            low, high = min(first.bottom, last.bottom), max(first.top, last.top)
            found.append(Piece(first.left, low, last.right, high, word[0]))
        else:
            for place in range(start, end):
                box = _box(raw, place)
                found.append(Piece(box.left, box.bottom, box.right, box.top, letters[place]))
    return found


def _letters(text: object, count: int) -> str:
    """What stands at each place; in one call, unless pdfium leaves out what it has no code for, or puts in more."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    pdfium.FPDFText_GetText(text, 0, count, buffer)
    letters = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
    is_one_each = len(letters) == count and pdfium.FPDFText_GetTextIndexFromCharIndex(text, count - 1) == count - 1
    if not is_one_each:
        codes = (pdfium.FPDFText_GetUnicode(text, place) for place in range(count))
        letters = "".join(chr(code) if code <= _LAST_CODE else " " for code in codes)
    return _HIDDEN.sub(lambda one: "-" if pdfium.FPDFText_IsHyphen(text, one.start()) == 1 else " ", letters)


def _box(text: object, place: int) -> pdfium.FS_RECTF:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, place, box)
    return box


def _is_row(first: pdfium.FS_RECTF, last: pdfium.FS_RECTF) -> bool:
    """Whether two letters are the ends of a word on one base line: a slanted one is none, nor one over two lines."""
    return bool(abs(first.bottom - last.bottom) * 4 < first.top - first.bottom and first.left < last.right)


def _put(left: list[Piece], pieces: list[Piece], ruled: list[Grid], builder: Builder) -> None:
    lines = _lines(left)
    margin = max((line[-1].right for line in lines), default=0.0)
    waiting = sorted(ruled, key=lambda grid: -grid.box.top)
    gap = True
    for line in lines:
        while waiting and waiting[0].box.top > line[0].top:
            _table(waiting.pop(0), pieces, builder)
        for part in _columns(line):
            size = sum(one.right - one.left for one in part) / sum(len(one.text) for one in part) or 1.0
            builder.line(_words(part), room=max(0.0, (margin - part[-1].right) / size), gap=gap)
            gap = False
    for grid in waiting:
        _table(grid, pieces, builder)


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one base line, lines from the top of the page."""
    level: defaultdict[tuple[float, float], list[Piece]] = defaultdict(list)
    for piece in pieces:
        level[piece.bottom, piece.top].append(piece)
    rows: list[list[Piece]] = []
    for bottom, top in sorted(level, key=lambda one: -sum(one)):
        near = next((row for row in rows[-3:] if _on_one_line(row[0], bottom, top)), None)
        if near is None:
            rows.append(level[bottom, top])
        else:
            near += level[bottom, top]
    rows.sort(key=lambda row: -max(piece.bottom for piece in row))
    for row in rows:
        row.sort(key=attrgetter("left"))
    return rows


def _on_one_line(piece: Piece, bottom: float, top: float) -> bool:
    """Whether the middle of one lies within the other."""
    middle = (piece.bottom + piece.top) / 2
    return piece.bottom - 1 <= (bottom + top) / 2 <= piece.top + 1 or bottom - 1 <= middle <= top + 1


def _columns(line: list[Piece]) -> Iterator[list[Piece]]:
    heights = sorted(top - bottom for _, bottom, _, top, _ in line)
    wide = (heights[len(line) // 2] or 1.0) * _COLUMN_GAP * 2
    start = 0
    for place, (one, other) in enumerate(pairwise(line), start=1):
        if other.left - one.right > wide:
            yield line[start:place]
            start = place
    yield line[start:]


def _words(line: list[Piece]) -> str:
    """The pieces of a line, a space wherever there is room for one."""
    heights = sorted(top - bottom for _, bottom, _, top, _ in line)
    wide = heights[len(heights) * 3 // 4] * _SPACE or 0.5
    parts = []
    end = line[0].left
    for left, _, right, _, text in line:
        if left - end > wide:
            parts.append(" ")
        parts.append(text)
        end = right
    return "".join(parts)


def _table(grid: Grid, pieces: list[Piece], builder: Builder) -> None:
    inside = [one for one in pieces if grid.holds(_middle(one))]
    spans: dict[Box, Span] = {}
    rows = [[_cell(box, inside, spans, builder) for box in row] for row in grid.rows]
    if sum(1 for span in spans.values() if len(span)) > 1:
        builder.table(rows)
        return
    for span in spans.values():
        if len(span):
            builder.blocks.append(Line(span))


def _cell(box: Box, inside: list[Piece], spans: dict[Box, Span], builder: Builder) -> Span:
    if box not in spans:
        own = [one for one in inside if box.holds(_middle(one))]
        spans[box] = builder.put("\n".join(_words(line) for line in _lines(own)))
    return spans[box]
