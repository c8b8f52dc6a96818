"""Many lines recorded as one: all or none, each fault told by its line; and one such save taken back, exactly it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Row, Table, select
from sqlmodel import Session

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit_at
from obligations.cases.answering.desk import Desk, Holding, at_the_desk
from obligations.cases.app import App
from obligations.cases.ledger.records import events_of
from obligations.domain.errors import Refused
from obligations.domain.facts import fold
from obligations.domain.wording import some
from obligations.store.database import reading
from obligations.store.tables import METADATA

TAKEN_BACK = "ghi nhầm, hoàn tác"
UNDONE = ("submitted", "confirmed", "returned", "extended", "waived")
SAME = (
    *("phase", "due_on", "resubmit_by", "is_returned", "kept_on", "submitted_on", "done_on", "document", "outside"),
    *("asked_on", "asked_to", "disowned_on", "reason"),
)
_REQUESTS = ("extension_asked", "disowned")
_TOLD_AGAIN = ("unknown", "submitted", "returned", "confirmed")
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_a, _e = _assignment.c, _event.c
Act = Callable[[Desk, Holding], int]
Turn = tuple[str, str]  # a plan and its obligation


class LinesRefused(Refused):
    """Some lines of many cannot be recorded, so none was; `lines` says which and why, by code."""

    def __init__(self, lines: Mapping[str, Refused]) -> None:
        super().__init__(
            "lines", f"{len(lines)} dòng chưa ghi được nên chưa ghi dòng nào.", "Sửa các dòng được đánh dấu."
        )
        self.lines = lines


@dataclass(frozen=True)
class Save:
    """What one person recorded at one instant: which kind of event, for which codes."""

    kind: str
    codes: Sequence[str]


def record_each(app: App, acts: Mapping[str, Act], now: datetime, *, by: str) -> None:
    """Do each code's act at one desk, all or none. LinesRefused names every line that is wrong."""
    wrong: dict[str, Refused] = {}
    with at_the_desk(app, now, by) as desk:
        for code, act in acts.items():
            try:
                act(desk, desk.hold(Address(code=code)))
            except Refused as refused:
                wrong[code] = refused
        if wrong:
            raise LinesRefused(wrong)


def submit_each(app: App, results: Mapping[str, Submission], now: datetime, *, by: str) -> None:
    """Record a result of its own for each code."""
    record_each(app, {code: partial(submit_at, submission=one) for code, one in results.items()}, now, by=by)


def saved(app: App, at: datetime, *, by: str, of: Turn | None = None) -> Save | None:
    """What this person recorded at an instant, for one obligation or all; None when nothing."""
    with reading(app.engine) as session:
        rows = _recorded(session, at, by, of)
    return Save(rows[0].kind, [row.code for row in rows]) if rows else None


def take_back(app: App, at: datetime, now: datetime, *, by: str, of: Turn | None = None) -> list[str]:
    """Undo just what this person recorded at that instant, for one obligation or all, by later events; the codes.

    Refused, and nothing undone, when any of them has had something recorded since.
    """
    with at_the_desk(app, now, by) as desk:
        rows = _recorded(desk.book.session, at, by, of)
        if not rows:
            raise Refused("no-save", "không có lượt ghi nào của bạn vào lúc ấy.", "Mở lại trang này.")
        held = [(row, desk.hold(Address(code=row.code))) for row in rows]
        if later := [row.code for row, holding in held if holding.events[-1].id != row.id]:
            words = f"sau lượt ghi này đã có ghi khác cho {some(later)}, nên chưa hoàn tác dòng nào."
            raise Refused("recorded-since", words, "Sửa ở trang của từng việc.")
        for _, holding in held:
            _undo(desk, holding)
            _refuse_otherwise(desk, holding)
        return [row.code for row in rows]


def _recorded(session: Session, at: datetime, by: str, of: Turn | None) -> Sequence[Row[Any]]:
    query = (
        select(_e.id, _e.kind, _a.code)
        .join(_assignment, _a.id == _e.assignment_id)
        .where(_e.kind.in_(UNDONE), _e.recorded_at == at, _e.by == by)
        .order_by(_e.id)
    )
    if of:
        query = query.where(_a.plan == of[0], _a.obligation == of[1])
    return session.execute(query).all()


def _undo(desk: Desk, holding: Holding) -> None:
    """What brings back what was so before the newest event: what it answered or closed is recorded once more."""
    *earlier, newest = holding.events
    before, note = fold(earlier), {"note": TAKEN_BACK}
    standing = [one for one in earlier if one.kind in _REQUESTS][-1:] if before.asked_on else []
    if newest.kind == "extended":
        to = before.due_on.isoformat() if before.due_on else None
        desk.record(holding, "extended", desk.today, payload={**note, "to": to, "granted_by": desk.book.by})
        again = standing
    else:
        desk.record(holding, "reopened", desk.today, payload=note)
        opened = max((place for place, one in enumerate(earlier) if one.kind == "reopened"), default=-1)
        again = [one for one in earlier[opened + 1 :] if one.kind in _TOLD_AGAIN] + standing
    for one in again:
        desk.record(holding, one.kind, one.effective_on, document=one.document, payload=dict(one.payload))


def _refuse_otherwise(desk: Desk, holding: Holding) -> None:
    """An undo that does not bring back just what was so is none: of an extension past the day to send again, say."""
    desk.book.session.flush()
    before, after = fold(holding.events[:-1]), fold(events_of(desk.book.session, holding.id))
    if any(getattr(after, name) != getattr(before, name) for name in SAME):
        words = f"không hoàn tác được {holding.code} về đúng như trước, nên chưa hoàn tác dòng nào."
        raise Refused("not-undone", words, "Sửa ở trang của từng việc.")
