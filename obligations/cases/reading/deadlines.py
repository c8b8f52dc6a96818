"""`deadlines`: every due date that the configuration gives, each with its explanation. No database is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from obligations.domain.due import is_due_between
from obligations.domain.duties import Duty, duties, end_of_next_year
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.wording import weekday


@dataclass(frozen=True)
class Deadline:
    """One row of the list; `how` explains the date, `day_off` names the day when it is not worked."""

    plan: str
    number: str | None
    obligation: str
    unit: str
    period: str
    due_on: date | None
    at: str | None
    assumed: bool
    day_off: str | None
    stated: str
    how: str


def deadlines(
    configuration: Configuration,
    today: date,
    *,
    plans: Iterable[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> list[Deadline]:
    """All bounded duties, unbounded ones to the end of next year (or `last`), sorted by date, plan, obligation, unit.

    With `first` or `last` only those due between, both days counted. Refused for an unknown plan.
    """
    wanted = tuple(plans)
    for plan in wanted:
        if plan not in configuration.plans:
            raise Refused("unknown-plan", f"không có kế hoạch {plan}.", f"Có: {', '.join(configuration.plans)}.")
    through = max(end_of_next_year(today), last or date.min)
    found = (duty for duty in duties(configuration, through) if not wanted or duty.plan.id in wanted)
    rows = [duty for duty in found if is_due_between(duty.due.on, first, last)]
    rows.sort(key=lambda duty: _order(configuration, duty))
    return [_row(configuration, duty) for duty in rows]


def _order(configuration: Configuration, duty: Duty) -> tuple[bool, date, str, str, int]:
    due_on = duty.due.on
    return due_on is None, due_on or date.max, duty.plan.id, duty.obligation.id, configuration.units[duty.unit].position


def _row(configuration: Configuration, duty: Duty) -> Deadline:
    due = duty.due
    day_off = configuration.calendar.day_off(due.on) if due.on else None
    return Deadline(
        plan=duty.plan.id,
        number=duty.plan.number,
        obligation=duty.obligation.id,
        unit=duty.unit,
        period=due.period,
        due_on=due.on,
        at=f"{due.at:%H:%M}" if due.at else None,
        assumed=due.assumed,
        day_off=day_off,
        stated=duty.obligation.cite.stated,
        how=explain(configuration, duty),
    )


def explain(configuration: Configuration, duty: Duty) -> str:
    """The plan's words, the rule, and the calendar days that mattered."""
    due, stated = duty.due, duty.obligation.cite.stated
    parts = [f"Mục {duty.obligation.cite.at} ghi “{stated}”" if stated else f"Mục {duty.obligation.cite.at}", due.how]
    if due.on:
        off = configuration.calendar.day_off(due.on)
        if off:
            named = "" if off == weekday(due.on) else f" ({off})"
            parts.append(f"{weekday(due.on)}{named} là ngày nghỉ, hạn giữ nguyên, nhắc vào ngày làm việc trước đó")
        if not configuration.calendar.is_confirmed(due.on.year):
            parts.append(f"năm {due.on.year} theo lịch dự kiến")
    return "; ".join(parts) + "."
