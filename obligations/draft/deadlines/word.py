"""A row of the lexicon, and the pieces that its patterns share."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.draft.deadlines.readers import NUMBERS, Read

SPELT = "|".join(NUMBERS[1:])
# Months that are a name: *01 lần trong Tháng hành động*.
NO_NAME = r"(?! (?:hành động|công nhân|thanh niên|cao điểm|nhân đạo|khuyến mại|này))"
EVERY = r"(?:hằng|hàng|mỗi|từng)"


@dataclass(frozen=True)
class Word:
    """One row of the lexicon. `strict` patterns want every diacritic (their bare words mean something else)."""

    code: str
    pattern: str
    read: Read = lambda _: {}
    source: str = ""
    strict: bool = False
