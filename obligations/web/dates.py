"""Days as they are typed into a form."""

from __future__ import annotations

from datetime import date

from obligations.domain.errors import Refused
from obligations.domain.typed_days import typed_day


def read_day(text: str, today: date, *, ahead: bool = False) -> date | None:
    """The day that somebody typed, None for nothing; Refused, in words for beside the field, for what is no day.

    `20/7/2022`, `20/7/22`, `2022-07-20`, `20/7` (of the nearest year; `ahead`: the next one), `hôm nay`.
    """
    if not text.strip():
        return None
    try:
        return typed_day(text, today, ahead=ahead)
    except Refused as wrong:
        raise Refused(wrong.code, wrong.message, wrong.fix) from None
