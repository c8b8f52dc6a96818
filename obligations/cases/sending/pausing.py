"""`pause` and `resume`: while the office is paused nothing leaves; planning goes on, and what is late then says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM
from obligations.cases.ledger import officebook
from obligations.cases.reminding import timekeeping
from obligations.cases.sending import limits, resting
from obligations.cases.sending.outbox import usable
from obligations.store.database import reading, writing
from obligations.store.tables import Event


@dataclass(frozen=True)
class Pause:
    """Since when nothing leaves, by whom, and why; `limit`: how many messages were about to leave, when too many."""

    since: datetime
    by: str
    note: str | None = None
    limit: int | None = None

    @classmethod
    def of(cls, event: Event | Row[Any]) -> Pause:
        return cls(event.recorded_at, event.by, event.payload.get("note"), event.payload.get("count"))


@dataclass(frozen=True)
class Resumed:
    """What `resume` changed: the pause that ended, the messages that limits held back, a wrong clock forgiven."""

    pause: Pause | None = None
    let_go: int = 0
    clock: datetime | None = None

    @property
    def anything(self) -> bool:
        return bool(self.pause or self.let_go or self.clock)


def standing(session: Session) -> Pause | None:
    """The pause that is on, None while all goes its way."""
    last = officebook.newest(session, "paused", "resumed")
    return Pause.of(last) if last and last.kind == "paused" else None


def current(app: App) -> Pause | None:
    """`standing`, in a session of its own."""
    with reading(app.engine) as session:
        return standing(session)


def held(app: App) -> int:
    """How many messages a limit holds back."""
    with reading(app.engine) as session:
        return limits.held_back(session)


def pause(app: App, now: datetime, *, by: str, note: str | None = None) -> Pause:
    """Nothing leaves from now on; pausing what is paused changes nothing."""
    with writing(app.engine) as session:
        if found := standing(session):
            return found
        payload = {"note": note} if note else {}
        return Pause.of(officebook.record(session, "paused", now, by=by, payload=payload))


def stop_and_ask(app: App, now: datetime, count: int) -> Pause:
    """More messages are about to leave than one delivery may send: a person looks first."""
    with writing(app.engine) as session:
        payload = {"limit": limits.PER_RUN, "count": count}
        event = officebook.record(session, "paused", now, by=officebook.DONDOC, payload=payload)
        return Pause.of(event)


def resume(app: App, now: datetime, *, by: str) -> Resumed:
    """What was paused, or held back by a limit, leaves again, and that limit is not asked about again today.

    Nothing to resume changes nothing. A clock that lies behind the ledger is taken as right from now on.
    """
    with writing(app.engine) as session:
        clock = timekeeping.lies_ahead(session, now)
        found = Resumed(standing(session), limits.let_go(session, now), clock)
        if found.anything:
            officebook.record(session, "resumed", now, by=by, payload=_payload(found))
        return found


def _payload(found: Resumed) -> dict[str, Any]:
    lifted = [limits.PER_RUN] if found.pause and found.pause.limit else []
    lifted += [limits.PER_DAY] if found.let_go else []
    payload: dict[str, Any] = {limits.LIMITS: lifted} if lifted else {}
    return payload | ({timekeeping.CLOCK: found.clock.isoformat()} if found.clock else {})


RESUME = "gửi tiếp bằng dondoc resume"


def words(pause: Pause, zone: ZoneInfo) -> str:
    """A pause as people say it."""
    why = f" ({pause.note})" if pause.note else ""
    if pause.limit:
        why = f" vì {pause.limit} tin sắp gửi trong một lượt, quá mức limits.per_run"
    since = f"{pause.since.astimezone(zone):%H:%M %d/%m/%Y}"
    return f"Đang tạm dừng gửi từ {since}, do {pause.by}{why}"


def sentence(pause: Pause, zone: ZoneInfo) -> str:
    """The same with the command that ends it."""
    return f"{words(pause, zone)}; {RESUME}."


def told(app: App) -> list[str]:
    """What stands still and why, in sentences: a pause, messages that a limit holds back, channels that are down."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        zone = in_force.ladders.clockwork.zone if in_force else VIETNAM
        pause, held = standing(session), limits.held_back(session)
        down = [state for state in resting.down(session) if in_force and usable(in_force.configuration, state.channel)]
    lines = [sentence(pause, zone)] if pause else []
    if held:
        lines.append(f"{held} tin chờ vì người nhận đã đủ số tin trong ngày; gửi luôn bằng dondoc resume.")
    for state in down:
        since = f"{state.down_since.astimezone(zone):%H:%M %d/%m/%Y}" if state.down_since else "trước đây"
        lines.append(f"Kênh {state.channel} không thông từ {since}: {state.reason}")
    return lines
