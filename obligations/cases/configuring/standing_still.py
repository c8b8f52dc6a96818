"""What can be known without comparing every assignment: that nothing has changed, that no new period has begun.

The same configuration over the same ledger gives the same duties; only time adds to them, and only to those without an
end.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, exists, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.configuring import looking
from obligations.cases.configuring.changes import Change
from obligations.cases.configuring.looking import Draft, Look
from obligations.cases.ledger.renaming import Followed
from obligations.domain.deadline import is_bounded
from obligations.domain.duties import Ladders, dues_of, end_of_next_year
from obligations.domain.ending import Ends, is_over
from obligations.domain.plan import Configuration
from obligations.store.tables import METADATA

_assignment: Table = METADATA.tables["assignment"]
_member: Table = METADATA.tables["member"]
_a, _m = _assignment.c, _member.c
_HOLDERS = select(_m.plan, _m.obligation, func.aggregate_strings(_m.unit, ",").label("units")).group_by(
    _m.plan, _m.obligation
)
_BEGUN = select(_a.plan, _a.obligation, _a.period).distinct()
_WAITING = select(exists().where(_a.plan_due_on.is_(None), _a.phase == "open"))


def unchanged(session: Session, draft: Draft) -> Look | None:
    """The look at a draft that is followed already: nothing changes. None where it must be compared after all.

    It must be for another draft, for a rollback, and where a group is no longer who owes.
    """
    before = applied.find(session)
    if before is None or draft.ladders is not before.ladders or draft.restores is not None:
        return None
    if any(_is_regrouped(draft.configuration, row) for row in session.execute(_HOLDERS)):
        return None
    return Look(before, draft, Followed(before.configuration), Change(), looking.stamp(session))


def may_grow(session: Session, ladders: Ladders, now: datetime) -> bool:
    """Whether a followed configuration may owe more than the ledger has: a period of an unbounded duty that nobody has
    begun, or a date for what waits for one."""
    if session.execute(_WAITING).scalar():
        return True
    begun = {tuple(row) for row in session.execute(_BEGUN)}
    through = end_of_next_year(ladders.clockwork.local(now).date())
    return not _expected(ladders.configuration, through) <= begun


def _is_regrouped(configuration: Configuration, holders: Row[Any]) -> bool:
    """Whether others owe a duty than its groups now name."""
    one = configuration.obligation(holders.plan, holders.obligation)
    return one is not None and set(holders.units.split(",")) != set(one.units)


def _expected(configuration: Configuration, through: date) -> set[tuple[str, str, str]]:
    """Every (plan, obligation, period) of the unbounded duties, due up to a day."""
    ends = Ends(configuration)
    expected: set[tuple[str, str, str]] = set()
    for plan in configuration.plans.values():
        reading = configuration.reading(plan)
        for one in plan.obligations:
            if not is_bounded(one.form) and one.units:
                ended = ends.of(plan, one)
                dues = dues_of(plan, one, reading, through)
                expected |= {(plan.id, one.id, due.period) for due in dues if not is_over(ended, due.on)}
    return expected
