"""What a draft would change, told to people: who gains, what leaves in a year, whom nothing reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from obligations.cases import applied, changes, forecasting
from obligations.cases.app import App
from obligations.cases.changes import Change
from obligations.cases.outbox import MANUAL
from obligations.domain.duties import Duty, Ladders
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.wording import short_date, some

YEAR = timedelta(days=366)
SHORT_NOTICE_WORKING_DAYS = 5
SHOWN = 5


def diff(app: App, before: applied.Applied | None, ladders: Ladders, change: Change, now: datetime) -> dict[str, Any]:
    """Plain data: plans, duties gained, lost, moved; messages of twelve months; silent units; near deadlines."""
    configuration, zone = ladders.configuration, ladders.clockwork.zone
    today = ladders.clockwork.local(now).date()
    plans, old = set(configuration.plans), set(before.configuration.plans) if before else set()
    live = [duty for duty in change.gained if not changes.is_past(duty, now, zone) and not duty.obligation.done]
    past = sum(changes.is_past(duty, now, zone) and not duty.obligation.done for duty in change.gained)
    return {
        "plans": {"added": sorted(plans - old), "removed": sorted(old - plans)},
        "gained": [_duty(duty) for duty in change.gained],
        "lost": [dict(zip(("plan", "obligation", "unit", "period"), key, strict=True)) for key in change.lost],
        "moved": [_duty(duty) | {"from": was.due_on} for duty, was in change.moved],
        "closed": [{"plan": plan, "obligation": obligation} for plan, obligation in change.closed],
        "unknown": past,
        "messages_next_12_months": forecasting.messages_ahead(app, ladders, change.gained, today, today + YEAR, now),
        "no_channel": _silent(configuration, {duty.unit for duty in live}),
        "by_telephone": _by_telephone(configuration, {duty.unit for duty in live}, today),
        "short_notice": list(_short_notice(configuration, live, today)),
    }


def refuse_moves(configuration: Configuration, change: Change) -> None:
    """Refused, in an office's words, where a draft moves, drops or closes what is already followed."""
    if not change.is_refused:
        return
    parts = []
    if change.moved:
        first, was = change.moved[0]
        days = f"{_day(was.due_on, was.at)} → {_day(first.due.on, f'{first.due.at:%H:%M}' if first.due.at else None)}"
        named = _some(_named(configuration, *duty.key) for duty, _ in change.moved)
        parts.append(f"dời hạn đã ghi sổ: {named} ({days})")
    if change.lost:
        parts.append(f"bỏ việc đang theo dõi: {_some(_named(configuration, *key) for key in change.lost)}")
    if change.closed:
        named = _some(_named(configuration, plan, obligation) for plan, obligation in change.closed)
        parts.append(f"đổi done của việc đang theo dõi: {named}")
    fix = "Bản này chưa ghi được việc đó bằng tệp: khôi phục nội dung cũ; kết quả thì ghi bằng dondoc submit."
    raise Refused("moves-deadline", f"bản nháp {'; '.join(parts)}.", fix)


def _some(names: Iterable[str]) -> str:
    return some(list(dict.fromkeys(names)), SHOWN)


def _named(configuration: Configuration, plan: str, obligation: str, unit: str = "", period: str = "") -> str:
    one = configuration.obligation(plan, obligation)
    known = configuration.units.get(unit)
    name = f"“{one.title}”" if one else f"{plan}/{obligation}"
    owner = f", {known.short_name}" if known else ""
    return name + owner + (f", kỳ {period}" if period not in ("", "once") else "")


def _day(day: date | None, at: str | None) -> str:
    if day is None:
        return "chờ mốc"
    return f"{at} {short_date(day)}" if at else short_date(day)


def _duty(duty: Duty) -> dict[str, Any]:
    plan, obligation, unit, period = duty.key
    return {"plan": plan, "obligation": obligation, "unit": unit, "period": period, "due_on": duty.due.on}


def _silent(configuration: Configuration, units: set[str]) -> list[str]:
    """Units that nothing reaches."""
    silent = [unit for unit in units if not any(contact.channels for contact in configuration.units[unit].contacts)]
    return sorted(silent, key=lambda unit: configuration.units[unit].position)


def _by_telephone(configuration: Configuration, units: set[str], today: date) -> list[str]:
    """Units whose reminders a clerk has to ring up: the first channel of their contact is manual."""
    found = {unit: configuration.units[unit].contact(("focal", "deputy", "van-thu"), today) for unit in units}
    rung = [unit for unit, contact in found.items() if contact and contact.channels[0][0] == MANUAL]
    return sorted(rung, key=lambda unit: configuration.units[unit].position)


def _short_notice(configuration: Configuration, live: Iterable[Duty], today: date) -> Iterable[dict[str, Any]]:
    for duty in live:
        if duty.due.on is not None:
            left = configuration.calendar.count(today, duty.due.on)
            if left < SHORT_NOTICE_WORKING_DAYS:
                yield _duty(duty) | {"working_days": left}
