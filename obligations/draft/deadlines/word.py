"""A row of the lexicon, and the pieces that its patterns share."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.draft.deadlines.readers import NUMBERS, Read

SPELT = "|".join(NUMBERS[1:])
EVERY = r"(?:hằng|hàng|mỗi|từng)"


@dataclass(frozen=True)
class Word:
    """One row of the lexicon. `strict` patterns want every diacritic (their bare words mean something else)."""

    code: str
    pattern: str
    read: Read = lambda _: {}
    source: str = ""
    strict: bool = False
