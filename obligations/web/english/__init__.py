"""English for whoever switches to it: Vietnamese words, as the templates write them, to English ones.

One module an area, each with `WORDS`; what stands in none of them is shown in Vietnamese, and a test names it.
"""

from __future__ import annotations

from obligations.web.english import common, configuring

WORDS: dict[str, str] = {**common.WORDS, **configuring.WORDS}


def english(words: str) -> str:
    """The English of these words."""
    return WORDS.get(words, words)
