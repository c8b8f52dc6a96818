"""English of refusals, and of faults beside a field: Vietnamese sentences, with `{}` for what varies, to English ones.

A use case says its sentence whole; which one it is, and what stands in its holes, is found again here. What fills a
hole may itself be such words (why a disk refused). A test reads every sentence from the source and names what lacks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

WORDS: dict[str, str] = {}
for area in iter_modules(__path__):
    WORDS |= import_module(f"{__name__}.{area.name}").WORDS

HOLE = "{}"
_SEAM = re.compile(r"(?<=[.:;?)]) ")


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, words.split(HOLE))), re.DOTALL)


# What says most comes first: a sentence of few words could take another's for what fills its hole.
_PATTERNS = [
    (_pattern(words), WORDS[words])
    for words in sorted(WORDS, key=lambda one: len(one.replace(HOLE, "")), reverse=True)
    if HOLE in words
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
    """One sentence; a unit's page begins it with a capital."""
    for said in (words, words[:1].lower() + words[1:]):
        if said in WORDS:
            return WORDS[said]
        for pattern, sentence in _PATTERNS:
            if found := pattern.fullmatch(said):
                fillings = [told(one) or one for one in found.groups()]
                parts = sentence.split(HOLE)
                return parts[0] + "".join(filling + part for filling, part in zip(fillings, parts[1:], strict=True))
    return None
