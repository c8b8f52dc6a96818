"""Cutting a folded sentence into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from obligations.draft.deadlines.lexicon import WORDS
from obligations.draft.deadlines.readers import PUNCTUATION, WORD, Token
from obligations.draft.deadlines.word import Word
from obligations.draft.text import lax

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
def _compiled() -> tuple[tuple[Word, re.Pattern[str]], ...]:
    """Each row's pattern at the start of a word."""
    return tuple((word, re.compile(_head(word) + _body(word))) for word in WORDS)


@cache
def _groups() -> tuple[tuple[re.Pattern[str], tuple[tuple[Word, re.Pattern[str]], ...]], ...]:
    """The rows by tens, each ten after a pattern that fits where one of them does: most tens cost one try."""
    rows = [one for one in _compiled() if one[0].code != "v"]
    tens = [tuple(rows[start : start + 10]) for start in range(0, len(rows), 10)]
    return tuple((re.compile("|".join(_unnamed(pattern.pattern) for _, pattern in ten)), ten) for ten in tens)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


@cache
def _beginning() -> re.Pattern[str]:
    """Where any word of the lexicon can begin: the rest of a text is passed over at once.

    The rows of one head stand together: most places have none of the heads and cost three tries, not one a row.
    """
    by_head: dict[str, list[str]] = {}
    for word in WORDS:
        if word.code != "v":
            by_head.setdefault(_head(word), []).append(_unnamed(_body(word)))
    return re.compile("|".join(f"{head}(?:{'|'.join(bodies)})" for head, bodies in by_head.items()))


@cache
def _number() -> re.Pattern[str]:
    return next(pattern for word, pattern in _compiled() if word.code == "v")


def tokens(text: str, shown: str) -> list[Token]:
    """Cut a folded sentence into tokens; words that mean nothing here are `x`, other signs `.`."""
    return list(_cut(text, shown))


def _cut(text: str, shown: str) -> Iterator[Token]:
    place = 0
    numbered = _number().search(shown)
    while place < len(text):
        found = _beginning().search(text, place)
        if numbered and numbered.start() < place:
            numbered = _number().search(shown, place)
        start = min(found.start() if found else len(text), numbered.start() if numbered else len(text))
        yield from _others(text, place, start)
        if start == len(text):
            return
        token = _at(text, shown, start) or Token(WORD, start, start + 1)
        yield token
        place = token.end


def _others(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _EXTRA.finditer(text, start, end):
        yield Token(WORD if found[0].isalnum() else PUNCTUATION, found.start(), found.end())


def _at(text: str, shown: str, place: int) -> Token | None:
    """The longest that begins here, the first of those."""
    best = Token("v", place, numbered.end()) if (numbered := _number().match(shown, place)) else None
    for any_of, rows in _groups():
        for word, pattern in rows if any_of.match(text, place) else ():
            found = pattern.match(text, place)
            if found and (best is None or found.end() > best.end) and (read := word.read(found)) is not None:
                best = Token(word.code, place, found.end(), **read)  # type: ignore[arg-type]
    return best
