"""Why a recorded deadline may move or end: what the draft states beside it, or what moved it by law."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.cases.ledger.dating import Why
from obligations.cases.ledger.renaming import Followed
from obligations.domain.deadline import Fixed
from obligations.domain.plan import Configuration, Obligation, Plan

RESTORED = "khôi phục bản {}"


@dataclass(frozen=True)
class Reason:
    """What a move is recorded with: its kind, the document that ordered it, the words that somebody wrote."""

    why: Why
    document: str | None = None
    words: str = ""


class Reasons:
    """The reasons that a draft gives against what is followed; a rollback (`restored`: a version) needs no other."""

    def __init__(self, draft: Configuration, followed: Followed, restored: int | None = None) -> None:
        self._draft = draft
        self._followed = followed
        self._rollback = Reason("rollback", words=RESTORED.format(restored)) if restored else None
        before = followed.configuration
        self._is_read_anew = before is not None and before.office.full_day_counts != draft.office.full_day_counts

    @property
    def rollback(self) -> Reason | None:
        return self._rollback

    def stated(self, plan: Plan, obligation: Obligation) -> Reason | None:
        """`moved:`, when it is not the one of an earlier move."""
        if self._rollback:
            return self._rollback
        moved, was = obligation.moved, self._followed.obligation(plan.id, obligation.id)
        if moved is None or (was and was.moved == moved):
            return None
        if moved.correction:
            return Reason("correction", words=moved.correction)
        return Reason("amended_by", moved.amended_by)

    def for_move(self, plan: Plan, obligation: Obligation, period: str) -> Reason | None:
        """What moves one period's date; None for a silent move."""
        if self._rollback:
            return self._rollback
        was = self._followed.obligation(plan.id, obligation.id)
        fixed, before = _fixed(obligation, period), _fixed(was, period) if was else None
        if fixed and fixed != before:
            return Reason("fixed_by", fixed.document)
        if reason := self.stated(plan, obligation):
            return reason
        return Reason("calendar") if fixed == before and self.is_same_rule(plan, obligation) else None

    def is_same_rule(self, plan: Plan, obligation: Obligation) -> bool:
        """Whether words, issue day and reading are those followed until now: then only the calendar differs."""
        was, before = self._followed.obligation(plan.id, obligation.id), self._followed.plan(plan.id)
        if was is None or before is None or self.is_read_otherwise(obligation):
            return False
        return (was.form, before.issued_on) == (obligation.form, plan.issued_on)

    def is_read_otherwise(self, obligation: Obligation) -> bool:
        """Whether the office now reads its *trước ngày* as another day."""
        return self._is_read_anew and getattr(obligation.form, "before", False)


def _fixed(obligation: Obligation, period: str) -> Fixed | None:
    """The last document that fixes a period's day."""
    return next((one for one in reversed(obligation.fixed) if one.period == period), None)
