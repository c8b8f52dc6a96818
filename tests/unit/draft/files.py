"""Files in every format, made by hand: Word with automatic numbers, PDF with and without rules, workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl

PAGE = (595, 842)


def word(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), *, numbered: Sequence[str] = ()) -> bytes:
    """A .docx: paragraphs, then paragraphs that Word numbers, then a table."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    for text in numbered:
        made.add_paragraph(text, style="List Number")
    if table:
        grid = made.add_table(rows=0, cols=len(table[0]))
        for row in table:
            cells = grid.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]], rules: Sequence[tuple[float, float, float, float]] = ()
) -> bytes:
    """A PDF of text at places (from the left, from the bottom); `rules` are lines on the first page."""
    objects: list[bytes] = []

    def put(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    unicode = put(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap))
    descriptor = put(
        b"<< /Type /FontDescriptor /FontName /Thu /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 "
        b"/CapHeight 700 /StemV 80 >>"
    )
    inner = put(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Thu /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor %d 0 R /DW 500 >>" % descriptor
    )
    font = put(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Thu /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (inner, unicode)
    )
    kids = []
    tree = len(objects) + 2 * len(pages) + 1
    for number, lines in enumerate(pages):
        drawn = [
            b"BT /F 12 Tf %d %d Td <%s> Tj ET" % (x, y, text.encode("utf-16-be", "surrogatepass").hex().encode())
            for x, y, text in lines
        ]
        drawn += [b"%d %d m %d %d l S" % rule for rule in rules if number == 0]
        body = b"\n".join(drawn)
        content = put(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        kids.append(
            put(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> >> >>"
                % (tree, *PAGE, content, font)
            )
        )
    put(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = put(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    return _file(objects, root)


def _file(objects: Sequence[bytes], root: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)
    return bytes(out)


def page(text: str, *, width: int = 78) -> list[tuple[float, float, str]]:
    """A text as the lines of a page, cut by width."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for one in paragraph.split():
            if line and len(line) + 1 + len(one) > width:
                lines.append(line)
                line = one
            else:
                line = f"{line} {one}".strip()
        lines.append(line)
    return [(60, 800 - 14 * place, line) for place, line in enumerate(lines) if line]
