"""Which documents a document amends: its title begins with that word and names their numbers."""

from __future__ import annotations

import re

from obligations.draft.text import lax

_AMENDS = re.compile(
    lax(
        r"\W*(?:(?:v/v|về việc|về)\W*)?(?:việc )?"
        r"(?:sửa đổi|bổ sung|điều chỉnh|đính chính|gia hạn|kéo dài|lùi|thay đổi)(?!\w)"
    ),
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,6}[a-zđ]?(?:/\d{4})? ?[/-] ?[A-ZĐ][\wĐ&]*(?:[-/][A-ZĐ][\wĐ&]*)*")


def amends(title: str) -> tuple[str, ...]:
    """The numbers, in the title's order; none where it amends nothing.

    >>> amends("Điều chỉnh, bổ sung Kế hoạch số 45/KH-UBND ngày 03/02/2024")
    ('45/KH-UBND',)
    """
    found = _AMENDS.match(title)
    return tuple(one[0].replace(" ", "") for one in _NUMBER.finditer(title, found.end())) if found else ()
