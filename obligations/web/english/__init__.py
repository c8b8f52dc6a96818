"""English for whoever switches to it: Vietnamese words, as the templates write them, to English ones.

One module an area, each with `WORDS`; what stands in none of them is shown in Vietnamese, and a test names it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

WORDS: dict[str, str] = {}
for area in iter_modules(__path__):
    WORDS |= import_module(f"{__name__}.{area.name}").WORDS


def english(words: str) -> str:
    """The English of these words."""
    return WORDS.get(words, words)
