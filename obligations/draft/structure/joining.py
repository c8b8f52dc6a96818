"""Lines become passages: a sentence cut by a line's or page's end is one again, noise is passed over (B9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from obligations.draft.document import Block, Document, Line, Table
from obligations.draft.structure.markers import Marker, marker_of
from obligations.draft.text import Folded, Span, fold, lax

_PAGE = re.compile(r"\W*(?:(?:trang|page) )?\d{1,4}(?: ?/ ?\d{1,4})?\W*|\W*\d{1,3} ?\| ?trang\W*")
_ENDS = re.compile(r"[.;:!?…](?:[\"')/]|\./)*$|\./\.?$")
_GOES_ON = re.compile(
    lax(
        r"(?:,|-|(?<!\w)(?:và|của|về|với|cho|tại|trong|các|những|trước|ngày|tháng|năm|quý|từ|đến|(?<!tiếp\s)theo|do|là|hoặc|để|được|ủy ban nhân dân|ubnd|sở|phòng|ban|trung tâm|số))$"
    )
)
# Nothing but a day can follow: 30 - 9 - 2025 on the next line is no item.
_BREAKS_OFF = re.compile(lax(r"(?<!\w)(?:ngày|tháng|quý)$"))
_FIGURE = re.compile(r"[\dIVX]")
_OPENS = re.compile(lax(r"(?:căn cứ|kính gửi|nơi nhận)(?!\w)"))
_SHORT = 45  # letters: a line below it that ends without a sign is a heading, a name, a cell


@dataclass(frozen=True)
class Passage:
    """A paragraph: its pieces of the text, folded into one line, and the marker that it begins with."""

    pieces: tuple[Span, ...]
    folded: Folded
    marker: Marker
    is_heading: bool = False

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def body(self) -> Folded:
        """Without its marker."""
        return self.folded.cut(self.marker.length, len(self.folded.text))


@dataclass
class _Open:
    pieces: list[Span] = field(default_factory=list)
    folded: Folded | None = None
    last: Line | None = None


def passages(document: Document) -> list[Passage | Table]:
    """The document's passages and tables, in order."""
    return list(_join(document.text, document.blocks))


def _join(text: str, blocks: Iterable[Block]) -> Iterator[Passage | Table]:
    opened = _Open()
    gap = False
    for block in blocks:
        if isinstance(block, Table):
            yield from _close(text, opened)
            yield block
            continue
        folded = fold(text, (block.span,))
        if not folded.text or _PAGE.fullmatch(folded.text):
            gap = gap or not folded.text or bool(opened.pieces)
            continue
        line = Line(block.span, block.room, block.label, block.is_heading, block.gap or gap)
        gap = False
        if opened.last and opened.folded and _continues(opened.folded, opened.last, folded, line):
            opened.pieces.append(block.span)
            opened.last = line
            opened.folded = folded
            continue
        yield from _close(text, opened)
        opened.pieces, opened.folded, opened.last = [block.span], folded, line
        opened_label = block.label
        if opened_label or block.is_heading:
            yield from _close(text, opened, label=opened_label, is_heading=block.is_heading)
    yield from _close(text, opened)


def _close(text: str, opened: _Open, *, label: str = "", is_heading: bool = False) -> Iterator[Passage]:
    if opened.pieces:
        pieces = tuple(opened.pieces)
        folded = opened.folded if opened.folded and len(pieces) == 1 else fold(text, pieces)
        yield Passage(pieces, folded, marker_of(folded.shown, label), is_heading)
    opened.pieces, opened.folded, opened.last = [], None, None


def _continues(before: Folded, last: Line, after: Folded, line: Line) -> bool:
    """Whether a line goes on with the passage before it."""
    ended = bool(_ENDS.search(before.text))
    first = after.shown[0]
    marker = marker_of(after.shown, "")
    is_full = last.room is not None and last.room < _first_word(after.shown)
    if not ended and len(before.text) > _SHORT and _BREAKS_OFF.search(before.text) and _FIGURE.match(first):
        return True
    if marker.kind:
        dashed = marker.kind == "dash" and after.shown[marker.length : marker.length + 1].islower()
        return dashed and is_full and not ended
    if (_OPENS.match(after.text) and first.isupper()) or (before.shown.isupper() and len(before.text) < _SHORT):
        return False
    if is_full and not line.gap:
        return True
    if ended or line.is_heading:
        return False
    if first.islower():
        return True
    cut = bool(_GOES_ON.search(before.text)) and len(before.text) > _SHORT
    return cut and not after.shown[:30].isupper() and (is_full or line.gap or last.room is None)


def _first_word(text: str) -> int:
    return len(text.split(" ", 1)[0]) + 1
