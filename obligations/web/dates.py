"""Days as they are typed into a form."""

from __future__ import annotations

from collections.abc import Mapping
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


def misread(said: Mapping[str, str], fields: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """What was typed for a day and is none: the field's label and what is wrong. `fields`: the label of each key."""
    wrong = []
    for key, label in fields.items():
        try:
            read_day(said.get(key, ""), today)
        except Refused as refused:
            wrong.append((label, f"{refused.message} {refused.fix}".strip()))
    return wrong
