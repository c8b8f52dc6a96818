"""A text as it is being typed: its faults at their lines, and the due dates that it gives. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.files import PLANS
from obligations.cases.reading.deadlines import Deadline, deadlines
from obligations.config.load import Loaded
from obligations.domain.errors import Problem

SHOWN = 60  # due dates below an editor; the whole list is `dondoc deadlines`


@dataclass(frozen=True)
class DueDay:
    """One day on which a duty falls due, with every unit that owes it then."""

    title: str
    due_on: date | None
    at: str | None
    period: str
    units: tuple[str, ...]
    assumed: bool
    day_off: str | None
    how: str


@dataclass(frozen=True)
class Findings:
    """What can be said of a text. `others` counts errors in other files, which keep a draft from being applied, too."""

    errors: list[Problem]
    warnings: list[Problem]
    others: int = 0
    days: list[DueDay] = field(default_factory=list)
    more: int = 0


def look_over(app: App, name: str, text: str, now: datetime) -> Findings:
    """The draft with this text in the place of its file. Refused without a configuration folder."""
    today = local_day(now)
    loaded = check_folder(app.settings.config_dir, today, {name: text})
    errors = [one for one in loaded.errors if one.file == name]
    warnings = [one for one in loaded.warnings if one.file == name]
    days = due_days(loaded, name, today)
    return Findings(errors, warnings, len(loaded.errors) - len(errors), days[:SHOWN], max(0, len(days) - SHOWN))


def due_days(loaded: Loaded, name: str, today: date) -> list[DueDay]:
    """The due dates of a plan's file; none for other files, or while something is wrong."""
    configuration, plan = loaded.configuration, name.removeprefix(PLANS).removesuffix(".yaml")
    if configuration is None or not name.startswith(PLANS):
        return []
    titles = {one.id: one.title for one in configuration.plans[plan].obligations}
    return [_day(titles, same) for same in _together(deadlines(configuration, today, plans=[plan]))]


def _together(rows: Iterable[Deadline]) -> list[list[Deadline]]:
    """Rows of one duty and period: only their units differ."""
    found: dict[tuple[str, str, date | None], list[Deadline]] = {}
    for row in rows:
        found.setdefault((row.obligation, row.period, row.due_on), []).append(row)
    return list(found.values())


def _day(titles: dict[str, str], same: list[Deadline]) -> DueDay:
    one = same[0]
    units = tuple(row.unit for row in same)
    return DueDay(titles[one.obligation], one.due_on, one.at, one.period, units, one.assumed, one.day_off, one.how)
