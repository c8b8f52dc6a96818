"""A short title of a duty: its act, without who acts and by when."""

from __future__ import annotations

import re

from obligations.draft.deadlines.resolving import Resolved
from obligations.draft.text import Folded, lax
from obligations.draft.units.mentions import subject

MOST = 110  # letters
_LEAD = re.compile(
    lax(
        r"[ ,;:.\-]*(?:(?:chủ trì,? ?)?phối hợp (?:chặt chẽ )?(?:với|cùng)[^,;]{3,80}, |có trách nhiệm:? |chịu trách nhiệm |chủ trì,? |và |định kỳ,? ?|để |riêng |là )*"
    )
)
_TAIL = re.compile(
    lax(r"[ ,;:.\-(]*(?:(?<!\w)(?:và|xong|hoàn thành|đến|vào|trong|thời gian|hạn|để|từ) ?)*[ ,;:.\-(]*$")
)


def title_of(part: Folded, line: Folded, one: Resolved | None) -> str:
    """The act of `part` (up to the deadline), or of the whole `line` where that leaves nothing."""
    for piece in (part, line):
        text = _act(piece, one)
        if len(text) > 8:
            return text
    return line.shown[:MOST].strip()


def _act(piece: Folded, one: Resolved | None) -> str:
    shown = piece.shown
    if one is not None:
        stated = _stated(piece, one)
        if stated:
            shown = f"{shown[: stated[0]]} {shown[stated[1] :]}".strip() if stated[0] < 12 else shown[: stated[0]]
    found = subject(piece)
    if found and found.end < len(shown):
        shown = shown[found.end :]
    lead = _LEAD.match(shown.lower())
    shown = shown[lead.end() :] if lead else shown
    tail = _TAIL.search(shown.lower())
    shown = shown[: tail.start()] if tail else shown
    return _short(shown[:1].upper() + shown[1:])


def _stated(piece: Folded, one: Resolved) -> tuple[int, int] | None:
    """Where the deadline stands in the piece: the pieces end with it or hold it at the line's own place."""
    size = one.end - one.start
    if one.end <= len(piece.text):
        return one.start, one.end
    return (len(piece.text) - size, len(piece.text)) if len(piece.text) > size else None


def _short(text: str) -> str:
    if len(text) <= MOST:
        return text
    cut = text[:MOST].rsplit(" ", 1)[0].rstrip(" ,;")
    return f"{cut} …"
