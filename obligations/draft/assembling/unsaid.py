"""*Định kỳ* and no more: that something recurs is said, how often is not."""

from __future__ import annotations

import re

from obligations.draft.assembling.words import PERIODIC_UNSAID, REPORTS
from obligations.draft.units.words import VERB

_BEGINS = re.compile(r"(?:^|[,;:] |và )$")


def recurs_unsaid(text: str, *, alone: bool) -> bool:
    """Whether a clause's act is owed from time to time. `alone`: nothing else tells that it is owed, so *định kỳ* leads it."""
    periodic = PERIODIC_UNSAID.search(text)
    if not periodic:
        return False
    leads = bool(VERB.match(text, periodic.end() + 1))
    return leads and bool(_BEGINS.search(text[: periodic.start()])) if alone else leads or bool(REPORTS.search(text))
