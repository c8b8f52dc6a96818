"""What a draft would change, told to people: who gains, what leaves in a year, whom nothing reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from obligations.cases.app import App
from obligations.cases.configuring import changes, forecasting
from obligations.cases.configuring.changes import Change, Key, Loss, Move
from obligations.cases.configuring.contact_changes import contact_changes
from obligations.cases.configuring.looking import Look
from obligations.cases.configuring.reasons import Reason, Reasons
from obligations.cases.sending.outbox import MANUAL
from obligations.domain.due import Due
from obligations.domain.duties import Duty
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.domain.wording import short_date, some

YEAR = timedelta(days=366)
SHOWN = 5
SAY_WHY = (
    "Ghi lý do của lần này cạnh deadline: moved: {correction: lý do} nếu là sửa lỗi, "
    "moved: {amended_by: số văn bản} nếu có văn bản điều chỉnh."
)
READ_ANEW = "Khôi phục before_reading trong office.yaml: đổi cách hiểu “trước ngày” là dời mọi hạn như vậy."
KEEP_PLAN = "Giữ tệp của kế hoạch; hết hiệu lực thì ghi plan.ended: {on, by, reason}, hoặc replaces ở kế hoạch thay nó."
KEEP_DUTY = "Giữ nhiệm vụ và ghi ended: {on, by, reason}; nếu chỉ đổi mã thì ghi was: mã cũ ở nhiệm vụ mang mã mới."


def diff(app: App, found: Look, now: datetime) -> dict[str, Any]:
    """Plain data: plans; duties gained, lost, moved, stopped, reopened, renamed; who owes; contacts; messages of twelve
    months; silent units; near deadlines; `refused`, None or why it cannot be applied."""
    ladders, change = found.draft.ladders, found.change
    configuration, zone = ladders.configuration, ladders.clockwork.zone
    today = ladders.clockwork.local(now).date()
    plans, old = set(configuration.plans), set(found.before.configuration.plans) if found.before else set()
    live = [duty for duty in change.gained if not changes.is_past(duty, now, zone) and not duty.obligation.done]
    past = sum(changes.is_past(duty, now, zone) and not duty.obligation.done for duty in change.gained)
    refused = refusal(found)
    return {
        "plans": {"added": sorted(plans - old), "removed": sorted(old - plans)},
        "gained": [_duty(duty) for duty in change.gained],
        **_of_what_is_followed(change),
        "closed": [{"plan": plan, "obligation": obligation} for plan, obligation in change.closed],
        "members": [*_members(configuration, change)],
        "contacts": [*contact_changes(configuration, found.before.configuration if found.before else None)],
        "unknown": past,
        "messages_next_12_months": forecasting.messages_ahead(app, ladders, change, today, today + YEAR, now),
        "no_channel": _silent(configuration, {duty.unit for duty in live}),
        "by_telephone": _by_telephone(configuration, {duty.unit for duty in live}, today),
        "short_notice": list(_short_notice(configuration, live, today)),
        "refused": refused and {"code": refused.code, "message": refused.message, "fix": refused.fix},
    }


def _of_what_is_followed(change: Change) -> dict[str, list[dict[str, Any]]]:
    moves = [*change.moved, *(move for move in change.dated if move.reason)]
    return {
        "lost": [_row(loss.key) | _why(loss.reason) for loss in change.lost],
        "moved": [
            _row(move.key)
            | {"due_on": move.due.on, "from": move.row.plan_due_on, "to": move.due.on}
            | _why(move.reason)
            for move in moves
        ],
        "dated": [_row(move.key) | {"due_on": move.due.on} for move in change.dated if move.reason is None],
        "stopped": [
            _row(stop.key)
            | {"due_on": stop.row.plan_due_on, "on": stop.on, "document": stop.document, "reason": stop.note}
            for stop in change.stopped
        ],
        "reopened": [_row(key) | {"due_on": row.plan_due_on} for key, row in change.reopened],
        "renamed": [_row((key[0], new, *key[2:])) | {"was": key[1]} for key, _, new in change.renamed],
    }


def _members(draft: Configuration, change: Change) -> Iterable[dict[str, Any]]:
    """Who owes from now on; groups that changed and were not asked for (`taken` false) change nothing."""
    for one in change.holders:
        joined, left = _parted(one.units, one.was), _parted(one.was, one.units)
        if joined or left:
            yield _regrouped(draft, one.plan, one.obligation, joined, left) | {"taken": True}
    for (plan, obligation), regrouping in change.regrouped:
        yield _regrouped(draft, plan, obligation, [*regrouping.joined], [*regrouping.left]) | {"taken": False}


def _parted(units: Iterable[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [unit for unit in units if unit not in known]


def _regrouped(draft: Configuration, plan: str, obligation: str, joined: list[str], left: list[str]) -> dict[str, Any]:
    one = draft.obligation(plan, obligation)
    groups = [name for name in one.responsible if name in draft.groups] if one else []
    return {"plan": plan, "obligation": obligation, "groups": groups, "joined": joined, "left": left}


def _why(reason: Reason | None) -> dict[str, Any]:
    if reason is None:
        return {"why": None, "document": None, "reason": None}
    return {"why": reason.why, "document": reason.document, "reason": reason.words or None}


def refuse_silent(found: Look) -> None:
    """Refused, in an office's words, where a draft moves, drops or closes what is followed without saying why."""
    if refused := refusal(found):
        raise refused


def refusal(found: Look) -> Refused | None:
    """What an apply would be refused with, None where it would not."""
    change, draft = found.change, found.draft.configuration
    if not change.is_refused:
        return None
    parts, fixes = [], []
    if change.silent:
        parts.append(_silent_moves(draft, change.silent))
        fixes.append(_how_to_move(found))
    if change.dropped:
        named = _some(_named(draft, *loss.key) for loss in change.dropped)
        parts.append(f"bỏ việc đang theo dõi: {named}")
        fixes.append(_how_to_drop(draft, change.dropped))
    if change.closed:
        named = _some(_named(draft, plan, obligation) for plan, obligation in change.closed)
        parts.append(f"đổi done của việc đang theo dõi: {named}")
        fixes.append("Bỏ done; kết quả thì ghi ở đầu việc ấy.")
    return Refused("moves-deadline", f"bản nháp {'; '.join(parts)}.", " ".join(dict.fromkeys(fixes)))


def _silent_moves(draft: Configuration, silent: Sequence[Move]) -> str:
    first = silent[0]
    days = f"{_day(first.row.plan_due_on, first.row.at)} → {_day(first.due.on, _hour(first.due))}"
    return f"dời hạn đã ghi sổ: {_some(_named(draft, *move.key) for move in silent)} ({days})"


def _how_to_move(found: Look) -> str:
    """Where *trước ngày* is read otherwise nothing was amended: the reading itself has to go back."""
    draft = found.draft.configuration
    obligations = [draft.obligation(*move.key[:2]) for move in found.change.silent]
    reasons = Reasons(draft, found.followed)
    if all(one and reasons.is_read_otherwise(one) for one in obligations):
        return READ_ANEW
    if any(one and one.moved for one in obligations):
        return f"moved đang ghi là của lần dời trước. {SAY_WHY}"
    return SAY_WHY


def _how_to_drop(draft: Configuration, dropped: Sequence[Loss]) -> str:
    ways = []
    for loss in dropped:
        plan, obligation = loss.key[:2]
        if plan not in draft.plans:
            ways.append(KEEP_PLAN)
        else:
            ways.append(SAY_WHY if draft.obligation(plan, obligation) else KEEP_DUTY)
    return " ".join(dict.fromkeys(ways))


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


def _hour(due: Due) -> str | None:
    return f"{due.at:%H:%M}" if due.at else None


def _duty(duty: Duty) -> dict[str, Any]:
    return _row(duty.key) | {"due_on": duty.due.on}


def _row(key: Key) -> dict[str, Any]:
    return dict(zip(("plan", "obligation", "unit", "period"), key, strict=True))


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
            if left < configuration.office.waits.short_notice:
                yield _duty(duty) | {"working_days": left}
