"""Word documents: paragraphs with their headings and automatic numbers, tables with merged cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from obligations.draft.document import Document
from obligations.draft.reading.building import Builder
from obligations.draft.reading.limits import Patience, broken, check_zip
from obligations.draft.reading.numbering import Numbering
from obligations.draft.text import Span

_TEXTS = {qn("w:t"): "", qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText")}
_HEADING = ("heading", "title", "tieude", "đềmục")
MAX_NESTED = 4


def read(name: str, content: bytes, patience: Patience) -> Document:
    """A .docx as a document. Refused where it cannot be opened."""
    check_zip(content, "Word")
    try:
        opened = docx.Document(io.BytesIO(content))
        body = opened.element.body
        numbering = Numbering(opened)
    except Exception:  # noqa: BLE001  # the library raises whatever its XML parser meets
        raise broken("Word") from None
    builder = Builder()
    for element in _blocks(body):
        patience.check()
        if element.tag == qn("w:tbl"):
            _table(element, builder)
        else:
            _paragraph(element, builder, numbering)
    return builder.document(name)


def stamps(content: bytes) -> list[str]:
    """Text boxes, headers and footers, where a stamp of secrecy may stand apart from the text."""
    try:
        opened = docx.Document(io.BytesIO(content))
        boxes = [_text(paragraph) for paragraph in opened.element.body.iter(qn("w:p")) if _in_box(paragraph)]
        edges = [
            part for section in opened.sections for part in (section.header, section.first_page_header, section.footer)
        ]
        return boxes + [paragraph.text for edge in edges for paragraph in edge.paragraphs]
    except Exception:  # noqa: BLE001
        return []


def _in_box(paragraph: Any) -> bool:
    return any(parent.tag == qn("w:txbxContent") for parent in paragraph.iterancestors())


def _blocks(body: Any, depth: int = 0) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    for element in body.iterchildren():
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")) and depth < MAX_NESTED:
            yield from _blocks(element, depth + 1)


def _paragraph(element: Any, builder: Builder, numbering: Numbering) -> None:
    style = numbering.style_of(element)
    heading = style.lower().replace(" ", "").startswith(_HEADING)
    label = numbering.label(element)
    text = _text(element)
    parts = text.split("\n") if not label else [text.replace("\n", " ")]
    for place, part in enumerate(parts):
        builder.line(part, label=label if place == 0 else "", is_heading=heading)


def _text(element: Any) -> str:
    """A paragraph's words without what was deleted, notes' marks and boxes that float over it."""
    found: list[str] = []
    _collect(element, found, 0)
    return "".join(found)


def _collect(element: Any, found: list[str], depth: int) -> None:
    for child in element.iterchildren():
        if child.tag in _SKIPPED or child.tag == qn("w:txbxContent") or depth > 30:
            continue
        if child.tag == qn("w:t"):
            found.append(child.text or "")
        elif child.tag in _TEXTS:
            found.append(_TEXTS[child.tag])
        else:
            _collect(child, found, depth + 1)


def _table(element: Any, builder: Builder) -> None:
    """A table's cells; one merged downwards or across stands in each place that it covers."""
    rows: list[list[Span]] = []
    for row in element.iterchildren(qn("w:tr")):
        spans: list[Span] = []
        for cell in row.iterchildren(qn("w:tc")):
            span = _cell(cell, builder, rows, len(spans))
            spans += [span] * _width(cell)
        rows.append(spans)
    builder.table(rows)


def _width(cell: Any) -> int:
    spans = cell.xpath("./w:tcPr/w:gridSpan/@w:val")
    return min(int(spans[0]), 50) if spans and str(spans[0]).isdigit() else 1


def _cell(cell: Any, builder: Builder, rows: list[list[Span]], place: int) -> Span:
    merged = cell.xpath("./w:tcPr/w:vMerge")
    continues = merged and merged[0].get(qn("w:val")) in (None, "continue")
    if continues and rows and place < len(rows[-1]):
        return rows[-1][place]
    words = [_text(paragraph) for paragraph in cell.iter(qn("w:p")) if not _in_box(paragraph)]
    return _trimmed(builder, "\n".join(words))


def _trimmed(builder: Builder, text: str) -> Span:
    span = builder.put(text)
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    return Span(span.start + min(left, right), span.start + right)
