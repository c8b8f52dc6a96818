"""English of whole sentences, `{}` for what varies: refusals, faults of fields and files, how a date came about.

A use case says its sentence whole; which one it is, and what stands in its holes, is found again here. What fills a
hole may itself be such words (why a disk refused); `{=}` is carried over as it stands, as a name or what a person
wrote; `{#}` is a number, a date or an hour and nothing else. A test reads every sentence from the source and names
what lacks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

WORDS: dict[str, str] = {}
for area in iter_modules(__path__):
    WORDS |= import_module(f"{__name__}.{area.name}").WORDS

HOLES = re.compile(r"\{[=#]?\}")
_AS_IT_IS = ("{=}", "{#}")
_SEAM = re.compile(r"(?<=[.:;?)]) ")
_CLOSING = (".", ":")
_RING = re.compile(r"[a-z0-9…-]+(?: (?P<leads>[^\W\d_][\w ]*?) [a-z0-9…-]+)(?: (?P=leads) [a-z0-9…-]+)*")


class _Sentence(NamedTuple):
    """A Vietnamese sentence with holes; `landmark` is the longest of its own words, looked for first: that is quick."""

    landmark: str
    pattern: re.Pattern[str]
    english: str

    @classmethod
    def of(cls, words: str) -> _Sentence:
        own = HOLES.split(words)
        holes = [r"(\d[\d/:.]*)" if hole == "{#}" else "(.*?)" for hole in HOLES.findall(words)]
        pattern = "".join(re.escape(part) + hole for part, hole in zip(own, [*holes, ""], strict=True))
        return cls(max(own, key=len), re.compile(pattern, re.DOTALL), WORDS[words])

    def told(self, words: str) -> str | None:
        found = self.pattern.fullmatch(words) if self.landmark in words else None
        if not found:
            return None
        holes = zip(HOLES.findall(self.english), found.groups(), strict=True)
        fillings = [one if hole in _AS_IT_IS else told(one) or _ring(one) for hole, one in holes]
        return "".join(part + one for part, one in zip(HOLES.split(self.english), [*fillings, ""], strict=True))


# What says most comes first: a sentence of few words could take another's for what fills its hole.
_SENTENCES = [
    _Sentence.of(words)
    for words in sorted(WORDS, key=lambda one: len(HOLES.sub("", one)), reverse=True)
    if HOLES.search(words)
]


@lru_cache(2000)
def told(words: str) -> str | None:
    """The English of one sentence, or of what is wrong and what to do about it in a row; None where it is not known.

    >>> told("Ngày 31/12/2029 chưa đến. Hôm nay là 28/11/2022.")
    '31/12/2029 is still to come. Today is 28/11/2022.'
    """
    if said := WORDS.get(words):
        return said
    for seam in _SEAM.finditer(words):
        first, rest = _one(words[: seam.start()]), told(words[seam.end() :])
        if first and rest:
            return f"{first} {rest}"
    return _one(words)


def _one(words: str) -> str | None:
    """One sentence; a unit's page begins it with a capital, `;` or `:` leads on to another, a stop may close it."""
    if words.endswith(";") and (led := _one(words[:-1])):
        return f"{led};"
    for said in (words, words[:1].lower() + words[1:]):
        if said in WORDS:
            return WORDS[said]
        for sentence in _SENTENCES:
            if found := sentence.told(said):
                return found
    closed = _one(words[:-1]) if words.endswith(_CLOSING) else None
    return closed and closed + words[-1]


def _ring(words: str) -> str:
    """Ids that lead to one another, `a chờ b chờ a`; anything else as it stands."""
    found = _RING.fullmatch(words)
    leads = found["leads"] if found else ""
    return words.replace(f" {leads} ", f" {WORDS[leads]} ") if leads in WORDS else words
