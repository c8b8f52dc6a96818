"""Documents of a register recorded as the results that a person said they are: all, or none with each fault told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from obligations.cases.answering.answers import Submission
from obligations.cases.answering.batches import LinesRefused, submit_each
from obligations.cases.app import App
from obligations.cases.receiving.register import Incoming
from obligations.domain.errors import Refused


def record(app: App, answers: Sequence[tuple[str, Incoming]], now: datetime, *, by: str) -> None:
    """Record each document as the result of the duty with that code. LinesRefused names every duty that takes none."""
    codes = Counter(code for code, _ in answers)
    if twice := [code for code, count in codes.items() if count > 1]:
        fix = "Chọn một văn bản; văn bản kia ghi ở trang của việc nếu cần."
        raise LinesRefused({code: Refused("two-documents", f"hai văn bản cùng ghi cho {code}.", fix) for code in twice})
    submit_each(app, {code: _submission(incoming) for code, incoming in answers}, now, by=by)


def _submission(incoming: Incoming) -> Submission:
    return Submission(incoming.sent_on, incoming.arrived_on, incoming.signed_on, incoming.number or None)
