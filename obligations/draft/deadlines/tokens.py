"""Cutting a folded sentence into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from obligations.draft.deadlines.lexicon import WORDS
from obligations.draft.deadlines.readers import PUNCTUATION, WORD, Token
from obligations.draft.deadlines.word import Word
from obligations.draft.text import lax

_NUMBER = next(row for row, word in enumerate(WORDS) if word.code == "v")  # of a document: read by its capitals
_TOGETHER = 10  # more groups are more searches of a sentence, larger ones more rows to try where one fits
_EXTRA = re.compile(r"[^\W\d_]+|\d+|\S")


# trongnăm 2022, trướcngày 5/3: the space between these two is the one that is lost most (B9.4).
_START = r"(?<![\w])"
_GLUED_HEAD = rf"(?:{_START}|(?<=trong)|(?<=trước)|(?<=vào)|(?<=đến)|(?<=nhất)|(?<=hết))"
_GLUED_TAIL = r"(?=ngày|ngay|tháng|thang|quý|năm|(?![^\W\d_]))"


def _head(word: Word) -> str:
    return "" if word.code in "&-():;" else _GLUED_HEAD if word.code in "DMQYN" else _START


def _body(word: Word) -> str:
    """A row's pattern with what must stand after it; a document's number is read by its capitals."""
    pattern = word.pattern if word.strict or word.code == "v" else lax(word.pattern)
    tail = "" if word.code in "DMQHY&-():;vLc" else _GLUED_TAIL if word.code in "bti" else r"(?![^\W\d_])"
    return f"(?:{pattern}){tail}"


@cache
def _pattern(row: int) -> re.Pattern[str]:
    """A row's pattern at the start of a word; few of them are ever wanted for one document."""
    return re.compile(_head(WORDS[row]) + _body(WORDS[row]))


def _grouped() -> tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]:
    """Rows of one head by tens, each ten after a pattern that fits where one of them does."""
    by_head: dict[str, list[int]] = {}
    for row, word in enumerate(WORDS):
        if row != _NUMBER:
            by_head.setdefault(_head(word), []).append(row)
    tens = [
        (head, tuple(rows[at : at + _TOGETHER]))
        for head, rows in by_head.items()
        for at in range(0, len(rows), _TOGETHER)
    ]
    return tuple(
        (re.compile(f"{head}(?:{'|'.join(_unnamed(_body(WORDS[row])) for row in ten)})"), ten) for head, ten in tens
    )


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_GROUPS = _grouped()


def tokens(text: str, shown: str) -> list[Token]:
    """Cut a folded sentence into tokens; words that mean nothing here are `x`, other signs `.`."""
    return list(_cut(text, shown))


def _cut(text: str, shown: str) -> Iterator[Token]:
    """Each ten goes through the text by itself; a token begins where the first of them, or a number, has come to."""
    ahead = [_Ahead(pattern, rows, text) for pattern, rows in _GROUPS]
    number = _Ahead(_pattern(_NUMBER), (_NUMBER,), shown)
    place = 0
    while place < len(text):
        start = min(one.next(place) for one in (*ahead, number))
        yield from _others(text, place, start)
        if start == len(text):
            return
        best = Token(WORDS[_NUMBER].code, start, number.end) if number.start == start else None
        token = _longest(text, start, sorted(chain(*(one.rows for one in ahead if one.start == start))), best)
        yield token
        place = token.end


@dataclass(slots=True)
class _Ahead:
    """A pattern on its way through a text: where it fits next, the text's end where it no longer does."""

    pattern: re.Pattern[str]
    rows: tuple[int, ...]
    text: str
    start: int = -1
    end: int = -1

    def next(self, place: int) -> int:
        if self.start < place:
            found = self.pattern.search(self.text, place)
            self.start, self.end = found.span() if found else (len(self.text), len(self.text))
        return self.start


def _others(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _EXTRA.finditer(text, start, end):
        yield Token(WORD if found[0].isalnum() else PUNCTUATION, found.start(), found.end())


def _longest(text: str, place: int, rows: Iterable[int], best: Token | None) -> Token:
    """The longest that begins here, the first of those; a mere word where no row can read what fits it."""
    for row in rows:
        found = _pattern(row).match(text, place)
        if found and (best is None or found.end() > best.end) and (read := WORDS[row].read(found)) is not None:
            best = Token(WORDS[row].code, place, found.end(), **read)  # type: ignore[arg-type]
    return best or Token(WORD, place, place + 1)
