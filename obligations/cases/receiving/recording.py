"""Documents of a register recorded as the results that a person said they are: all, or none with each fault told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from obligations.cases.answering.answers import Submission
from obligations.cases.answering.batches import LinesRefused, submit_each
from obligations.cases.app import App
from obligations.cases.receiving.register import Incoming
from obligations.domain.errors import Refused

_LONGEST = 200  # letters of a title that stands for a number


def record(app: App, answers: Sequence[tuple[str, Incoming]], now: datetime, *, by: str) -> None:
    """Record each document as the result of the duty with that code. LinesRefused names every duty that takes none."""
    lines: dict[str, set[int]] = {}
    for code, incoming in answers:
        lines.setdefault(code, set()).add(incoming.line)
    if twice := [code for code, its in lines.items() if len(its) > 1]:
        fix = "Chọn một văn bản; văn bản kia ghi ở trang của việc nếu cần."
        raise LinesRefused({code: Refused("two-documents", f"hai văn bản cùng ghi cho {code}.", fix) for code in twice})
    submit_each(app, {code: _submission(incoming) for code, incoming in answers}, now, by=by)


def document_of(incoming: Incoming) -> str:
    """What is noted of a document, by which it is known again: its number, or its title where it has none."""
    has_number = any(map(str.isdigit, incoming.number))  # «không số» has none
    return incoming.number if has_number else incoming.subject[:_LONGEST]


def _submission(incoming: Incoming) -> Submission:
    return Submission(incoming.sent_on, incoming.arrived_on, incoming.signed_on, document_of(incoming))
