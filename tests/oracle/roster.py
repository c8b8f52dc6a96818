"""Who owes what when a plan is taken in: every unit's duty for every period, with the day it is due."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from obligations.domain.deadline import dues
from obligations.domain.due import Due
from obligations.domain.plan import Configuration
from tests.oracle.book import Duty


def roster(configuration: Configuration, plan: str, applied_at: datetime, through: date) -> list[tuple[Duty, Due]]:
    """In the plan's order. The first period whose day has not passed brings the unit's notice; later ones do not."""
    local = applied_at.astimezone(ZoneInfo(configuration.office.time_zone))
    described = configuration.plans[plan]
    found: list[tuple[Duty, Due]] = []
    for obligation in described.obligations:
        all_dues = list(dues(obligation.form, configuration.reading(described), through, obligation.fixed))
        first = next((due.period for due in all_dues if not _has_passed(due, local)), None)
        for due in all_dues:
            told = due.period == first and obligation.done is None
            duties = [Duty(plan, obligation.id, unit, due.period, due.after_on, told) for unit in obligation.units]
            found += [(duty, due) for duty in duties]
    return found


def _has_passed(due: Due, now: datetime) -> bool:
    if due.on is None:
        return False
    return due.on < now.date() or (due.on == now.date() and due.at is not None and due.at < now.time())
