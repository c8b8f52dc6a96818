"""Finding the deadline expressions of a folded sentence, from left to right, none inside another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from obligations.draft.deadlines.meanings import Doubt, Meaning, Stated
from obligations.draft.deadlines.readers import Token
from obligations.draft.deadlines.rules import Row
from obligations.draft.deadlines.table import ROWS
from obligations.draft.deadlines.tokens import tokens

_WORTH = re.compile(
    r"\d|h[ằăaà]ng|m[ỗôo]i|t[ừư]ng|k[ỳy]|n[ăa]m|qu[ýy]|th[áa]ng|ng[àa]y|tu[ầâa]n|t[ếêe]t|m[ùu]a|phi[êe]n|gi[ảa]ng|đ[ạa]i h[ộo]i|b[ầa]u c[ửu]"
)
_COUNTED = frozenset({"count", "count-from-day", "count-after"})
_ANY_ROW = re.compile("|".join(row.pattern.pattern for row in ROWS))
_ANCHOR_END = re.compile(r"[,;:.)]|\s(?:báo cáo|trình|gửi|phải|để|tổng hợp)\s")


@lru_cache(maxsize=1024)  # who owes, what the brackets say, by when ask for one sentence; cells of a table repeat
def find(text: str, shown: str) -> tuple[Stated, ...]:
    """The expressions of a sentence (folded, lower case; as written). Pure; linear in the sentence's length."""
    return tuple(_find(text, shown)) if _WORTH.search(text) else ()


def _find(text: str, shown: str) -> Iterator[Stated]:
    words = tokens(text, shown)
    codes = "".join(token.code for token in words)
    place = 0
    while place < len(words):
        if codes[place] == "x" or not (matched := _match(codes, place)):
            place += 1
            continue
        row, end = matched
        found = words[place:end]
        place = end
        if stated := _stated(row, found, text):
            yield stated


def _match(codes: str, place: int) -> tuple[Row, int] | None:
    for row in ROWS if _ANY_ROW.match(codes, place) else ():
        found = row.pattern.match(codes, place)
        if found and found.end() > place:
            return row, found.end()
    return None


def _stated(row: Row, found: list[Token], text: str) -> Stated:
    end = found[-1].end
    if row.name in _COUNTED:
        end = anchor_end(text, end)
    return Stated(found[0].start, end, row.name, row.source, _meanings(row, found))


def _meanings(row: Row, found: list[Token]) -> tuple[Meaning, ...]:
    if any(token.code == "H" and token.broken for token in found):
        return (Doubt("giờ này không rõ là lúc nào trong ngày"),)
    return tuple(row.read(found))


def anchor_end(text: str, start: int) -> int:
    """Where the words of an event end: at a sign, or where the duty goes on."""
    found = _ANCHOR_END.search(text, start)
    end = found.start() if found else len(text)
    return end if end > start else min(len(text), start)
