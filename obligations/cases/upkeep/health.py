"""What ails the office's machine, in sentences: for the control sheet, `status`, `doctor` and the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, func, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import VIETNAM
from obligations.cases.configuring import drafts
from obligations.cases.sending import limits, pausing
from obligations.cases.upkeep import auditing
from obligations.domain.plan import Office
from obligations.domain.wording import two_digits
from obligations.store.database import reading
from obligations.store.tables import METADATA

ENGINE_SILENT = timedelta(minutes=10)
ENGINE_GONE = timedelta(days=7)  # an office that went over to `tick` need not hear of it for ever
_channel: Table = METADATA.tables["channel_state"]
_engine: Table = METADATA.tables["engine"]
_version: Table = METADATA.tables["config_version"]
# Built once: every page asks.
_DOWN = select(_channel).where(_channel.c.down_until > bindparam("now")).order_by(_channel.c.channel)
_BEAT = select(func.max(_engine.c.beat_at))
_FIRST = select(func.min(_version.c.applied_at))
_STARTED = select(func.max(_engine.c.started_at))


@dataclass(frozen=True)
class Trouble:
    """What is so; `code` for whoever knows a better remedy than the command that ends it."""

    words: str
    code: str = ""
    command: str = ""

    def __str__(self) -> str:
        return f"{self.words}{f'; {self.command}' if self.command else ''}."


@dataclass(frozen=True)
class LastAudit:
    """*Kiểm tra gần nhất*: computed when it is read. Red when it is old, or found that something is missing."""

    at: datetime | None
    sent: int = 0
    failed: int = 0
    waiting: int = 0
    is_old: bool = False
    hours: int = Office.waits.audit_hours  # how old it may be

    @property
    def is_red(self) -> bool:
        return self.is_old or self.failed > 0 or self.waiting > 0

    def words(self, zone: ZoneInfo) -> str:
        if self.at is None:
            return "chưa kiểm tra lần nào"
        counts = f"{self.sent} đã gửi, {self.failed} lỗi, {self.waiting} đang chờ"
        old = f", đã quá {self.hours} giờ" if self.is_old else ""
        return f"{self.at.astimezone(zone):%H:%M %d/%m/%Y}{old}: {counts}"


def last_audit(app: App, now: datetime) -> LastAudit:
    """The newest audit as it looks at `now`; none is old once an engine runs, or anything is followed, for so long."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        hours = (in_force.configuration.office if in_force else Office).waits.audit_hours
        found = auditing.newest(session)
        if found is None:
            first, started = (session.execute(one).scalar() for one in (_FIRST, _STARTED))
    if found is None:
        is_old = first is not None and now - max(first, started or first) > timedelta(hours=hours)
        return LastAudit(None, hours=hours, is_old=is_old)
    is_old = now - found.finished_at > timedelta(hours=hours)
    return LastAudit(found.finished_at, found.sent, found.failed, found.waiting, is_old, hours)


def zone(app: App) -> ZoneInfo:
    """The office's time zone, Vietnam's before the first apply."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    return in_force.ladders.clockwork.zone if in_force else VIETNAM


def troubles(app: App, now: datetime, audit: LastAudit | None = None) -> Iterator[Trouble]:
    """One sentence for each thing that an admin should look at; `audit`, where the caller has read it already."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None:
            return
        local = in_force.ladders.clockwork.zone
        pause = pausing.standing(session)
        back = limits.held_back(session)
        down = session.execute(_DOWN, {"now": now}).all()
        beat = session.execute(_BEAT).scalar()
    if pause:
        yield Trouble(pausing.words(pause, local), "paused", pausing.RESUME)
    if beat and ENGINE_SILENT < now - beat < ENGINE_GONE:
        yield Trouble(f"Không thấy dondoc up chạy từ {beat.astimezone(local):%H:%M %d/%m/%Y}")
    for row in down:
        until = f"{row.down_until.astimezone(local):%H:%M %d/%m/%Y}"
        yield Trouble(f"Kênh {row.channel} tạm nghỉ đến {until}: {row.reason}")
    if back:
        yield Trouble(f"{two_digits(back)} tin chờ vì người nhận đã đủ số tin trong ngày", "limits")
    audit = audit or last_audit(app, now)
    if audit.is_red:
        yield Trouble(f"Kiểm tra gần nhất: {audit.words(local)}")
    if drafts.is_other(app.settings, in_force):
        yield Trouble("Cấu hình trên đĩa khác bản đang dùng", "draft", "xem thay đổi bằng dondoc apply")
