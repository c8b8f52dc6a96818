"""Text files: UTF-8 with or without its mark, UTF-16 with its mark; tables drawn with pipes or tabs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from obligations.domain.errors import Refused
from obligations.draft.document import Block, Document, Line, Table
from obligations.draft.text import Span

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\f\v\u2028\u2029]|$)")
_RULE = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
_WRAPPED = range(40, 131)  # letters of a line, where lines are cut by width


def decode(content: bytes) -> str:
    """The text of a file. Refused where it is no text."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decode(content, name)
    return _decode(content, "utf-8")


def _decode(content: bytes, name: str) -> str:
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        fix = "Mở bằng trình soạn thảo rồi lưu lại dạng UTF-8 (phông TCVN3, VNI thì chuyển mã sang Unicode trước)."
        raise Refused("encoding", "tệp không phải chữ UTF-8.", fix) from None
    if text.count("\x00") > len(text) // 100:
        raise Refused("encoding", "tệp không phải văn bản chữ.", "Đưa tệp .docx, .pdf, .xlsx hoặc .txt.")
    return text


def read(name: str, content: bytes) -> Document:
    """A text file as a document."""
    text = decode(content)
    return Document(name, text, tuple(blocks(text)))


def blocks(text: str) -> Iterator[Block]:
    """Lines and drawn tables, blank lines as gaps."""
    spans = [
        Span(found.start(), _stripped_end(text, found)) for found in _LINE.finditer(text) if found.end() > found.start()
    ]
    width = _width([_letters(span.of(text)) for span in spans if len(span)])
    gap = True
    for is_row, group in groupby(spans, key=lambda span: _is_row(span.of(text))):
        listed = list(group)
        if is_row and (table := _table(text, listed)):
            yield table
            gap = True
            continue
        for span in listed:
            if not span.of(text).strip():
                gap = True
                continue
            room = None if width is None else max(0.0, float(width - _letters(span.of(text).rstrip())))
            yield Line(span, room, gap=gap)
            gap = False


def _letters(line: str) -> int:
    """How wide a line is: marks that stand apart from their letters take no room."""
    return len(line) if line.isascii() else sum(1 for one in line if not unicodedata.combining(one))


def _stripped_end(text: str, found: re.Match[str]) -> int:
    return found.start() + len(found[0].rstrip("\r\n\f\v\u2028\u2029"))


def _width(lengths: list[int]) -> int | None:
    """The width at which lines are cut; None where each line is a paragraph."""
    long = sorted(length for length in lengths if length > 30)
    if len(long) < 8:
        return None
    width = long[int(len(long) * 0.97)]
    near = sum(1 for length in long if width - 15 <= length <= width + 2)
    return width if width in _WRAPPED and long[-1] <= width + 8 and near * 3 >= len(long) else None


def _is_row(line: str) -> bool:
    bare = line.strip()
    return (bare.startswith("|") and bare.count("|") > 1) or (line.count("\t") >= 2 and bool(bare))


def _table(text: str, spans: list[Span]) -> Table | None:
    rows = [row for span in spans if not _RULE.fullmatch(span.of(text)) and (row := tuple(_cells(text, span)))]
    if not rows:
        return None
    width = max(len(row) for row in rows)
    return Table(tuple((*row, *(Span(row[-1].end, row[-1].end),) * (width - len(row))) for row in rows))


def _cells(text: str, span: Span) -> Iterator[Span]:
    line = span.of(text)
    mark = "|" if line.strip().startswith("|") else "\t"
    start = span.start
    if mark == "|":
        start += line.index("|") + 1
    end = span.start + len(line.rstrip())
    if mark == "|" and text[end - 1 : end] == "|" and end - 1 > start:
        end -= 1
    for part in text[start:end].split(mark):
        left, right = len(part) - len(part.lstrip()), len(part.rstrip())
        yield Span(start + min(left, right), start + max(left, right)) if part.strip() else Span(start, start)
        start += len(part) + 1
