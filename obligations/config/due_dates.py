"""The dates that the duties of a plan come to: whether they can be computed, and fit the plan's days and its units'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from obligations.config.source import Path, Source
from obligations.domain.deadline import dues
from obligations.domain.due import Due
from obligations.domain.errors import GrammarError, Problem
from obligations.domain.plan import Configuration, Ended, Obligation, Plan, Unit
from obligations.domain.wording import short_date, some

MAX_PERIODS = 4_000  # of one duty; every day of ten years is 3,653
_SHOWN = 6


class DueDates:
    """Checks of dates; unbounded duties are looked at up to `through`. Names must have been checked before."""

    def __init__(self, configuration: Configuration, sources: Mapping[str, Source], through: date) -> None:
        self._all = configuration
        self._sources = sources
        self._through = through
        self._found: dict[tuple[str, str], list[Due]] = {}
        self._groups: dict[str, set[str]] = {}
        for group in configuration.groups.values():
            for member in group.members:
                self._groups.setdefault(member, set()).add(group.id)

    def errors(self, plan: Plan) -> Iterator[Problem]:
        source = self._sources[f"plans/{plan.id}.yaml"]
        for index, one in enumerate(plan.obligations):
            path: Path = ("obligations", index, "deadline")
            try:
                found = self._dues(plan, one)
            except GrammarError as error:
                yield source.problem((*path, *error.path), error.code, error.message, error.fix)
                continue
            yield from self._fixed_periods(source, index, plan, one)
            first = next((due.on for due in _owed(found, plan, one) if due.on), None)
            given = plan.issued_on or plan.in_hand_on or first
            yield from self._outlasted(source, index, one, first, "unit-ended", gone_by=given)

    def warnings(self, plan: Plan) -> Iterator[Problem]:
        source = self._sources[f"plans/{plan.id}.yaml"]
        yield from _ended_early(source, ("plan",), plan, plan.ended)
        for index, one in enumerate(plan.obligations):
            yield from _ended_early(source, ("obligations", index), plan, one.ended)
            found = self._dues(plan, one)
            days = [due.on for due in found if due.on]
            yield from _before_issued(source, index, plan, days)
            if not found:
                message = "nhiệm vụ không có kỳ nào đến hạn."
                path = ("obligations", index, "deadline")
                yield source.problem(path, "no-period", message, "xem lại from, to và ngày ban hành")
            last = max((due.on for due in _owed(found, plan, one) if due.on), default=None)
            yield from self._outlasted(source, index, one, last, "unit-ends")

    def _dues(self, plan: Plan, one: Obligation) -> list[Due]:
        """Every period of a duty, computed once. GrammarError where that cannot be, or never ends."""
        key = plan.id, one.id
        if key not in self._found:
            stated = dues(one.form, self._all.reading(plan), self._through, one.fixed)
            self._found[key] = list(islice(stated, MAX_PERIODS + 1))
        if len(self._found[key]) > MAX_PERIODS:
            message = f"nhiệm vụ này có hơn {MAX_PERIODS} kỳ."
            raise GrammarError("too-many-dates", message, "ghi from, to gần hơn, hoặc chu kỳ thưa hơn")
        return self._found[key]

    def _fixed_periods(self, source: Source, index: int, plan: Plan, one: Obligation) -> Iterator[Problem]:
        if not one.fixed:
            return
        known = [due.period for due in dues(one.form, self._all.reading(plan), self._through)]
        for fixed in one.fixed:
            if fixed.period not in known:
                message = f"nhiệm vụ này không có kỳ {fixed.period}."
                fix = f"ghi period: một trong {', '.join(known[:_SHOWN])}{', …' if len(known) > _SHOWN else ''}"
                yield source.problem(("obligations", index, "fixed_by"), "unknown-period", message, fix)

    def _outlasted(
        self,
        source: Source,
        index: int,
        one: Obligation,
        day: date | None,
        code: str,
        *,
        gone_by: date | None = None,
    ) -> Iterator[Problem]:
        """Units that ended before a day of the duty: one problem for each place that names them, a group being one.

        `gone_by`: only those that had ended by then. A duty given to a unit that ends later passes to whoever follows.
        """
        places: dict[int, list[Unit]] = {}
        for name in one.units:
            unit = self._all.units[name]
            if day and unit.until and min(day, gone_by or day) > unit.until:
                places.setdefault(self._place(one, name), []).append(unit)
        for place, units in places.items():
            assert day  # noqa: S101
            message, fix = _outlasted_words(units, self._heirs(units, day), day, code)
            yield source.problem(("obligations", index, "responsible", place), code, message, fix)

    def _heirs(self, units: Iterable[Unit], day: date) -> list[str]:
        """Who carries on for these units on a day: successors that have ended by then pass it on to theirs."""
        found: dict[str, bool] = {}
        waiting = [name for unit in units for name in unit.successors]
        for name in waiting:
            if name not in found:
                heir = self._all.units[name]
                found[name] = heir.until is None or day <= heir.until
                waiting += [] if found[name] else heir.successors
        return [name for name, carries_on in found.items() if carries_on]

    def _place(self, one: Obligation, unit: str) -> int:
        """Which entry names a unit, or a group that holds it."""
        named = {unit, *self._groups.get(unit, ())}
        return next((place for place, name in enumerate(one.responsible) if name in named), 0)


def _owed(found: Sequence[Due], plan: Plan, one: Obligation) -> Iterator[Due]:
    """Without what falls due after the duty or its plan ended."""
    ends = [ended.on for ended in (plan.ended, one.ended) if ended]
    return (due for due in found if not ends or due.on is None or due.on <= min(ends))


def _outlasted_words(units: Sequence[Unit], heirs: Sequence[str], day: date, code: str) -> tuple[str, str]:
    """Message and fix for units that end before the first (`unit-ended`) or the last due date."""
    first = code == "unit-ended"
    due, pass_to = ("hạn đầu tiên", "giao cho") if first else ("kỳ cuối", "kế thừa:")
    unknown = "đơn vị kế thừa" if first else "chưa ghi successor"
    fix = f"{pass_to} {some(heirs, _SHOWN) or unknown}"
    if len(units) == 1 and units[0].until:
        return f"{units[0].name} kết thúc ngày {short_date(units[0].until)}, trước {due} {short_date(day)}.", fix
    ended = [f"{unit.name} ({short_date(unit.until)})" for unit in units if unit.until]
    return f"{len(ended)} đơn vị kết thúc trước {due} {short_date(day)}: {some(ended, _SHOWN)}.", fix


def _ended_early(source: Source, path: Path, plan: Plan, ended: Ended | None) -> Iterator[Problem]:
    if ended and plan.issued_on and ended.on < plan.issued_on:
        message = f"kết thúc ngày {short_date(ended.on)}, sớm hơn ngày ban hành {short_date(plan.issued_on)}."
        yield source.problem((*path, "ended", "on"), "ended-before-issued", message, "xem lại on hoặc issued_on")


def _before_issued(source: Source, index: int, plan: Plan, days: Sequence[date]) -> Iterator[Problem]:
    early = [day for day in days if plan.issued_on and day < plan.issued_on]
    if early and plan.issued_on:
        more = f" (và {len(early) - 1} kỳ khác)" if len(early) > 1 else ""
        message = f"hạn {short_date(early[0])}{more} sớm hơn ngày ban hành {short_date(plan.issued_on)}."
        path = ("obligations", index, "deadline")
        yield source.problem(path, "before-issued", message, "xem lại hạn hoặc issued_on")
