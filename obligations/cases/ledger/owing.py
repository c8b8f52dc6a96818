"""Whether a recorded reminder is still owed: asked when a fact changes, and once more before its mail is written."""

from __future__ import annotations

from datetime import date
from typing import Any

from obligations.domain.ladder import RECORDED

ALREADY_SENT = "đơn vị đã gửi"
OUTSIDE = "không phải thực hiện nữa"
DUE_MOVED = "hạn đã đổi"
REVIEWED = "kết quả không còn chờ ghi nhận"
NOT_RECORDED = "không còn là kết quả đã ghi nhận"


def not_owed(row: Any, rung: str, cause: str, due_on: date) -> tuple[str, str] | None:
    """The state and the reason in which a reminder ends when its assignment (`row`) no longer owes it."""
    if rung == RECORDED:
        return None if row.done_on and row.herald_cause == cause else ("skipped", NOT_RECORDED)
    if rung.startswith("review-"):
        return None if row.phase == "review" and row.review_cause == cause else ("skipped", REVIEWED)
    if row.outside is not None:
        return "skipped", OUTSIDE
    if row.submitted_on is not None:
        return "skipped", ALREADY_SENT
    return ("superseded", DUE_MOVED) if row.target_on != due_on else None
