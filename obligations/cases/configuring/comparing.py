"""A draft's duties beside the recorded ones: what each recorded assignment becomes, and which are new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from obligations.cases.configuring.changes import Change, Key, Loss, Move, Recorded, Stop
from obligations.cases.configuring.holders import Holders, Regrouping
from obligations.cases.configuring.reasons import Reason, Reasons
from obligations.cases.ledger.renaming import Followed, Name
from obligations.domain.deadline import After, is_bounded
from obligations.domain.due import Due
from obligations.domain.duties import Duty, Members, dues_of, end_of_next_year
from obligations.domain.ending import Ends, is_over
from obligations.domain.plan import Configuration, Ended, Obligation, Plan

STOPPED = "stopped"
NOT_IN_GROUP = "không còn trong nhóm theo bản đang áp dụng"
_MOVED_FURTHER = timedelta(days=2 * 366)  # how far a changed rule may carry a recorded period beyond the horizon


@dataclass(frozen=True)
class Ledger:
    """What the database says, under the draft's ids.

    `frozen` owe until now, `members` by the draft; `counted` are the dates of `after:` duties as their anchors give
    them now, by assignment; `by_apply` are the assignments that an apply stopped, not a person; `stood` are, for a
    rollback, those that stood before the version it takes back.
    """

    known: Mapping[Key, Recorded]
    frozen: Members = field(default_factory=dict)
    members: Members = field(default_factory=dict)
    counted: Mapping[int, Due] = field(default_factory=dict)
    by_apply: frozenset[int] = frozenset()
    stood: frozenset[int] | None = None
    regroupings: Mapping[Name, Regrouping] = field(default_factory=dict)


def compare(
    draft: Configuration, followed: Followed, ledger: Ledger, reasons: Reasons, today: date, through: date | None = None
) -> Change:
    """Walk the draft's duties beside the recorded assignments; unbounded ones due up to `through` (next year's end)."""
    return _Comparer(draft, followed, ledger, reasons, today, through or end_of_next_year(today)).change()


@dataclass(frozen=True)
class _Duty:
    """One obligation of the draft, with what each of its assignments is held against."""

    plan: Plan
    obligation: Obligation
    was: Obligation | None
    dues: Mapping[str, Due]
    units: tuple[str, ...]
    owing: frozenset[str]
    ended: Ended | None
    regrouping: Regrouping | None

    @property
    def name(self) -> Name:
        return self.plan.id, self.obligation.id

    @property
    def is_anchored(self) -> bool:
        """Whether its date comes from a completion or an event, not from the file."""
        return is_anchored(self.obligation)

    @property
    def is_same_form(self) -> bool:
        return self.was is not None and self.was.form == self.obligation.form


def is_anchored(obligation: Obligation) -> bool:
    """Whether a deadline counts from another duty's completion or an event."""
    return isinstance(obligation.form, After) and obligation.form.anchor != "issued"


class _Comparer:
    def __init__(
        self,
        draft: Configuration,
        followed: Followed,
        ledger: Ledger,
        reasons: Reasons,
        today: date,
        through: date,
    ) -> None:
        self._draft = draft
        self._followed = followed
        self._ledger = ledger
        self._reasons = reasons
        self._today = today
        self._through = through
        self._ends = Ends(draft)
        self._ends_before = Ends(followed.configuration) if followed.configuration else None
        self._before: dict[Name, frozenset[str]] = {}
        self._change = Change()

    def change(self) -> Change:
        rows: dict[Name, dict[tuple[str, str], Recorded]] = {}
        for (plan, one, unit, period), row in self._ledger.known.items():
            rows.setdefault((plan, one), {})[unit, period] = row
        for described in self._draft.plans.values():
            for obligation in described.obligations:
                self._obligation(described, obligation, rows.pop((described.id, obligation.id), {}))
        for (plan, one), mine in rows.items():
            for (unit, period), row in mine.items():
                self._vanish((plan, one, unit, period), row)
        return self._change

    def _obligation(self, plan: Plan, one: Obligation, mine: Mapping[tuple[str, str], Recorded]) -> None:
        duty = self._duty(plan, one)
        for (unit, period), row in mine.items():
            self._row(duty, (*duty.name, unit, period), row)
        self._gain(duty, mine)
        if duty.was and duty.was.done != one.done and not self._reasons.rollback:
            self._change.closed.append(duty.name)
        self._hold(duty)

    def _duty(self, plan: Plan, one: Obligation) -> _Duty:
        name, was = (plan.id, one.id), self._followed.obligation(plan.id, one.id)
        reach = self._through + (_MOVED_FURTHER if was and was.form != one.form else timedelta(0))
        dues = {due.period: due for due in dues_of(plan, one, self._draft.reading(plan), reach)}
        ended = self._ends.of(plan, one)
        regrouping = self._regrouping(name, one, dues.values(), ended)
        units = regrouping.units if regrouping else tuple(self._ledger.members.get(name, one.units))
        return _Duty(plan, one, was, dues, units, frozenset(units), ended, regrouping)

    def _regrouping(self, name: Name, one: Obligation, dues: Iterable[Due], ended: Ended | None) -> Regrouping | None:
        """The changed group that is taken in; one that was not asked for, and would change something, is mentioned."""
        found = self._ledger.regroupings.get(name)
        if found is None:
            return None
        is_endless = not is_bounded(one.form) and ended is None
        if not is_endless and not any(found.is_ahead(one.form, due) and not is_over(ended, due.on) for due in dues):
            return None
        if not found.is_taken:
            self._change.regrouped.append((name, found))
        return found if found.is_taken else None

    def _row(self, duty: _Duty, key: Key, row: Recorded) -> None:
        due = duty.dues.get(key[3])
        if due is not None:
            due = self._ledger.counted.get(row.id, due)
            self._date(duty, key, row, due)
        is_given = due is not None and key[2] in duty.owing
        if not is_given and self._lose(duty, key, row, due):
            return
        if is_over(duty.ended, due.on if due else row.plan_due_on):
            self._end(duty, key, row)
        elif due and is_given and row.outside == STOPPED:
            self._bring_back(duty, key, row, due)

    def _date(self, duty: _Duty, key: Key, row: Recorded, due: Due) -> None:
        """Whether the recorded date stands; a counted one has its date from elsewhere: its rule must be the same."""
        counts_on = duty.is_anchored and duty.is_same_form
        at = f"{due.at:%H:%M}" if due.at else None
        is_same = (row.plan_due_on, row.at) == (due.on, at)
        if is_same and (counts_on or not duty.is_anchored):
            return
        reason = self._reasons.for_move(duty.plan, duty.obligation, key[3])
        reason = reason or (Reason("calendar") if counts_on else None)
        if row.plan_due_on is None and due.on is not None and (duty.is_same_form or reason):
            if row.phase == "open" or not counts_on:
                self._change.dated.append(Move(key, row, due, None if duty.is_same_form else reason))
        elif not (is_same and reason) and not (reason and reason.why == "calendar" and not self._is_running(row)):
            self._change.moved.append(Move(key, row, due, reason))

    def _is_running(self, row: Recorded) -> bool:
        """The calendar moves only what is open and not yet past due."""
        return row.phase == "open" and row.due_on is not None and self._today <= row.due_on

    def _lose(self, duty: _Duty, key: Key, row: Recorded, due: Due | None) -> bool:
        """Whether this apply takes it from its unit; what an earlier one left owed stays so."""
        regrouping = duty.regrouping
        if regrouping and key[2] in regrouping.left:
            is_lost = row.phase == "open" and due is not None and regrouping.is_ahead(duty.obligation.form, due)
            if is_lost:
                self._change.stopped.append(Stop(key, row, self._today, None, NOT_IN_GROUP))
            return is_lost
        if not self._was_given(key, row) or self._stood(row):
            return False
        reason = self._reasons.stated(duty.plan, duty.obligation)
        self._change.lost.append(Loss(key, row, reason))
        if reason and row.phase in self._ending_phases:
            self._stop(key, row, reason)
        if reason and key[2] not in self._draft.units:
            self._change.gone.append(row)
        return True

    def _end(self, duty: _Duty, key: Key, row: Recorded) -> None:
        ended = duty.ended
        if ended is None or row.phase != "open" or self._was_over(duty.name, row) or self._stood(row):
            return
        if self._reasons.rollback:
            self._stop(key, row, self._reasons.rollback)
        else:
            on = min(ended.on, self._today)
            self._change.stopped.append(Stop(key, row, on, ended.by, ended.reason))

    def _bring_back(self, duty: _Duty, key: Key, row: Recorded, due: Due) -> None:
        """What an apply stopped and the draft gives anew is open again; never what a person closed or reopened."""
        regrouping = duty.regrouping
        begun = regrouping and key[2] in regrouping.joined and not regrouping.is_ahead(duty.obligation.form, due)
        fell = self._ledger.stood is not None and not self._stood(row)
        if row.id in self._ledger.by_apply and not (begun or fell or self._was_given(key, row)):
            self._change.reopened.append((key, row))

    def _vanish(self, key: Key, row: Recorded) -> None:
        """Its obligation stands in the draft no more: only a rollback takes it away."""
        if self._followed.obligation(*key[:2]) is None:
            return
        reason = self._reasons.rollback
        if reason is None:
            self._change.lost.append(Loss(key, row, None))
            return
        self._change.gone.append(row)
        if self._was_given(key, row):
            self._change.lost.append(Loss(key, row, reason))
            if row.phase in self._ending_phases:
                self._stop(key, row, reason)

    @property
    def _ending_phases(self) -> tuple[str, ...]:
        """What a lost assignment may still be in to be stopped: a result that was sent is judged, unless the version
        that asked for it is taken back."""
        return ("open", "review") if self._reasons.rollback else ("open",)

    def _stop(self, key: Key, row: Recorded, reason: Reason) -> None:
        self._change.stopped.append(Stop(key, row, self._today, reason.document, reason.words))

    def _gain(self, duty: _Duty, mine: Mapping[tuple[str, str], Recorded]) -> None:
        begun = {period for _, period in mine}
        for due in duty.dues.values():
            is_later = due.on is not None and due.on > self._through and not is_bounded(duty.obligation.form)
            if is_later or is_over(duty.ended, due.on):
                continue
            for unit in duty.units:
                if (unit, due.period) not in mine and self._is_owed(duty, unit, due, begun):
                    self._change.gained.append(Duty(duty.plan, duty.obligation, unit, due))

    def _is_owed(self, duty: _Duty, unit: str, due: Due, begun: set[str]) -> bool:
        """Whoever joined a group owes what lies ahead; of what the others have since long nobody owes it later."""
        if duty.regrouping and unit in duty.regrouping.joined:
            return duty.regrouping.is_ahead(duty.obligation.form, due)
        is_new = unit not in self._ledger.frozen.get(duty.name, ()) and not self._reasons.rollback
        return is_new or due.period not in begun

    def _hold(self, duty: _Duty) -> None:
        frozen = self._ledger.frozen.get(duty.name)
        if frozen is None:
            return
        old = self._followed.old_id(*duty.name)
        renamed = old if old != duty.name[1] else None
        if renamed or set(frozen) != set(duty.units):
            self._change.holders.append(Holders(*duty.name, duty.units, tuple(frozen), renamed))

    def _stood(self, row: Recorded) -> bool:
        """Whether a rollback leads back to where it was owed."""
        return self._ledger.stood is not None and row.id in self._ledger.stood

    def _was_given(self, key: Key, row: Recorded) -> bool:
        """Whether what is followed until now gave this assignment: else it was settled by an earlier apply."""
        name = (key[0], key[1])
        return (
            key[2] in self._ledger.frozen.get(name, ())
            and key[3] in self._periods_before(name)
            and not self._was_over(name, row)
        )

    def _periods_before(self, name: Name) -> frozenset[str]:
        if name not in self._before:
            plan, was, before = self._followed.plan(name[0]), self._followed.obligation(*name), self._followed
            found: frozenset[str] = frozenset()
            if plan and was and before.configuration:
                reach = self._through + _MOVED_FURTHER
                dues = dues_of(plan, was, before.configuration.reading(plan), reach)
                found = frozenset(due.period for due in dues)
            self._before[name] = found
        return self._before[name]

    def _was_over(self, name: Name, row: Recorded) -> bool:
        plan, was = self._followed.plan(name[0]), self._followed.obligation(*name)
        ended = self._ends_before.of(plan, was) if self._ends_before and plan and was else None
        return is_over(ended, row.plan_due_on)
