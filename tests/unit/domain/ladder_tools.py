"""Ladders as tests write them: local times, ids with their days, an office with the shipped hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from obligations.domain.ladder import NOTICE, Clockwork, First, Ladder, Owed, Rung, build
from obligations.domain.plan import Office, OfficeHours
from obligations.domain.policy import STANDARD, Policy
from tests.unit.domain.domain_tools import office_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
UNIT_ONLY = replace(STANDARD, escalate=())


def local(text: str) -> datetime:
    """An instant written in local time, `2022-07-11 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def clockwork(quiet: Mapping[date, str] | None = None, hours: tuple[OfficeHours, ...] | None = None) -> Clockwork:
    """An office with the shipped hours, 07:30–11:30 and 13:00–16:30, unless told otherwise."""
    return Clockwork(office_calendar().with_quiet(quiet or {}), hours or Office("Văn phòng").hours, VIETNAM)


def ladder(
    due_on: str,
    since: str = "2020-01-01 00:00",
    policy: Policy = STANDARD,
    *,
    notice: bool = False,
    quiet: Mapping[date, str] | None = None,
) -> Ladder:
    """The ladder of one due date that became current at a local time."""
    first = First(NOTICE, local(since)) if notice else None
    return build(policy, date.fromisoformat(due_on), local(since), clockwork(quiet), first=first)


def days(rungs: Iterable[Rung], *audiences: str) -> list[tuple[str, str]]:
    """(id, day) of the rungs of these audiences (the unit's alone when none is named), in the order they leave."""
    return [(rung.id, rung.day.isoformat()) for rung in rungs if rung.audience in (audiences or ("unit",))]


def quiet_days(first: date, last: date) -> dict[date, str]:
    """A quiet range of the office, both ends counted."""
    return {date.fromordinal(number): "nghỉ" for number in range(first.toordinal(), last.toordinal() + 1)}


def leaving(owed: Iterable[Owed]) -> list[str]:
    """The ids of the rungs that leave."""
    return [one.rung.id for one in owed if one.why is None]


def superseded(owed: Iterable[Owed]) -> list[str]:
    """The ids of the rungs that do not leave, each with its reason."""
    return [one.rung.id for one in owed if one.why is not None and one.why.strip()]
