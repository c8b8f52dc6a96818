"""Is it well? One question after the other, each with its answer in the reader's words: for `doctor` and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.configuring import drafts
from obligations.cases.reminding.timekeeping import clock_trouble
from obligations.cases.sending.pausing import told
from obligations.cases.upkeep import engines
from obligations.cases.upkeep.health import ENGINE_SILENT, last_audit, zone
from obligations.cases.upkeep.prefect_api import (
    CANCELLED,
    CHECK,
    COMPLETED,
    CRASHED,
    FAILED,
    NEWEST_ENDED,
    SCHEDULED,
    SOONEST,
    PrefectApi,
    RunsWanted,
    instant,
)
from obligations.cases.upkeep.rebuilding import verify
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA

WORKER_SILENT = timedelta(minutes=2)
# A busy quarter of an hour at start-up is no fault; what waits longer is.
LATE_AFTER = timedelta(minutes=15)
CALENDAR_AHEAD = timedelta(days=60)
DIFFERENCES_SHOWN = 5
KEEPERS = {
    "reconcile": "Lập lịch",
    "deliver": "Gửi nhắc việc",
    "audit": "Đối chiếu",
    "control_sheet": "Phiếu theo dõi",
}
STATES = {
    "SCHEDULED": "đã xếp lịch",
    "PENDING": "sắp chạy",
    "RUNNING": "đang chạy",
    "PAUSED": "tạm dừng",
    "COMPLETED": "xong",
    "FAILED": "lỗi",
    "CRASHED": "dừng giữa chừng",
    "CANCELLED": "đã hủy",
    "CANCELLING": "đang hủy",
}
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]


@dataclass(frozen=True)
class Check:
    """One question and its answer; `ok` False: an admin should look."""

    id: str
    name: str
    ok: bool
    detail: str


def of_ledger(app: App, now: datetime) -> Iterator[Check]:
    """What the ledger tells without Prefect, fast enough for a page."""
    yield audit(app, now)
    yield standing_still(app)
    yield outbox(app, now)
    yield calendar(app, now)
    yield draft(app)


def engine(app: App, now: datetime) -> Check:
    """Whether some `dondoc up` gives signs of life on this ledger."""
    name, found, local = "dondoc up", engines.newest(app), zone(app)
    if found is None:
        return Check("engine", name, ok=False, detail="sổ này chưa từng có dondoc up chạy")
    told_at = _at(found.beat_at, local)
    return Check("engine", name, now - found.beat_at < ENGINE_SILENT, f"{found.address}, còn chạy lúc {told_at}")


def audit(app: App, now: datetime) -> Check:
    """What was expected left, and somebody looked within the last day."""
    found = last_audit(app, now)
    return Check("audit", "Kiểm tra gần nhất", not found.is_red, found.words(zone(app)))


def ledger(app: App, now: datetime) -> Check:
    """Whether what is derived is what the events tell: it only differs where somebody wrote into the database."""
    name = "Sổ khớp với các sự kiện"
    try:
        found = verify(app, now)
    except Refused as refused:  # nothing applied yet
        return Check("ledger", name, ok=True, detail=refused.message)
    words = ", ".join(f"{one.key} {one.column}" for one in found[:DIFFERENCES_SHOWN])
    return Check("ledger", name, not found, f"{len(found)} giá trị khác: {words}" if found else "khớp")


def clock(app: App, now: datetime) -> Check:
    """Whether the machine's clock is later than all that was recorded."""
    wrong = clock_trouble(app, now)
    return Check("clock", "Đồng hồ máy", wrong is None, str(wrong) if wrong else _at(now, zone(app)))


def standing_still(app: App) -> Check:
    """Whether somebody or a limit stopped sending, or a channel refuses everybody."""
    lines = told(app)
    return Check("sending", "Gửi tin", not lines, " ".join(lines) or "không tạm dừng, các kênh đều thông")


def outbox(app: App, now: datetime) -> Check:
    """How long the oldest reminder or message has been waiting past its time."""
    waiting = select(func.min(_reminder.c.at), func.count()).where(
        _reminder.c.state == "planned", _reminder.c.queued_at.is_(None), _reminder.c.at <= now
    )
    queued = select(func.min(_message.c.next_try_at), func.count()).where(
        _message.c.state == "queued", _message.c.next_try_at <= now
    )
    with reading(app.engine) as session:
        rows = [session.execute(query).one() for query in (waiting, queued)]
    oldest = min((at for at, _ in rows if at), default=None)
    count = sum(number for _, number in rows)
    if oldest is None:
        return Check("outbox", "Hàng chờ gửi", ok=True, detail="không có gì chờ quá giờ")
    detail = f"{count} lượt đã đến giờ chưa đi, lâu nhất từ {_at(oldest, zone(app))}"
    return Check("outbox", "Hàng chờ gửi", now - oldest < LATE_AFTER, detail)


def calendar(app: App, now: datetime) -> Check:
    """Whether the days off of this year, and of a year that comes soon, are confirmed."""
    name = "Lịch nghỉ lễ"
    with reading(app.engine) as session:
        in_force = applied.find(session)
    if in_force is None:
        return Check("calendar", name, ok=False, detail="chưa áp dụng cấu hình nào")
    today: date = in_force.ladders.clockwork.local(now).date()
    years = sorted({today.year, (today + CALENDAR_AHEAD).year})
    missing = [year for year in years if not in_force.configuration.calendar.is_confirmed(year)]
    if not missing:
        return Check("calendar", name, ok=True, detail=f"đã xác nhận năm {', '.join(map(str, years))}")
    detail = f"năm {', '.join(map(str, missing))} chưa có quyết định nghỉ lễ xác nhận: lịch dự kiến"
    return Check("calendar", name, ok=False, detail=detail)


def draft(app: App) -> Check:
    """Whether the files on disk are what is followed."""
    differs = drafts.differs(app)
    return Check("draft", "Cấu hình", not differs, "trên đĩa khác bản đang dùng" if differs else "đúng bản đang dùng")


def of_prefect(api: PrefectApi, now: datetime, local: ZoneInfo) -> Iterator[Check]:
    """What Prefect tells of itself and of our worker. Raises PrefectSilent when it stops answering."""
    yield _version(api)
    yield _scheduler(api, now, local)
    yield _worker(api, now)
    late = api.count(RunsWanted(states=(SCHEDULED,), before=now - LATE_AFTER))
    yield Check("prefect-late", "Lượt chạy trễ quá 15 phút", late == 0, str(late))
    ahead = api.count(RunsWanted(CHECK, states=(SCHEDULED,), after=now))
    yield Check("prefect-ahead", "Lượt kiểm tra đã xếp lịch", ok=True, detail=str(ahead))
    yield from (_last(api, flow, name, local) for flow, name in KEEPERS.items())


def _version(api: PrefectApi) -> Check:
    server, ours = api.version(), version("prefect")
    words = server if server == ours else f"máy chủ {server}, thư viện {ours}"
    return Check("prefect-version", "Phiên bản Prefect", server == ours, words)


def _scheduler(api: PrefectApi, now: datetime, local: ZoneInfo) -> Check:
    """Alive when some run that a schedule made lies ahead."""
    runs = api.runs(RunsWanted("reconcile", states=(SCHEDULED,), after=now), SOONEST, limit=20)
    made = [run for run in runs if run["auto_scheduled"]]
    next_one = f"lượt kế tiếp {_at(instant(made[0]['expected_start_time']), local)}" if made else ""
    return Check("prefect-scheduler", "Bộ lập lịch", bool(made), next_one or "lịch không sinh ra lượt chạy nào")


def _worker(api: PrefectApi, now: datetime) -> Check:
    name, beats = "Tiến trình chạy luồng", api.beats()
    if not beats:
        return Check("prefect-worker", name, ok=False, detail="chưa từng kết nối")
    silent = now - max(beats)
    words = f"kết nối gần nhất cách đây {max(0, round(silent.total_seconds()))} giây"
    return Check("prefect-worker", name, silent < WORKER_SILENT, words)


def _last(api: PrefectApi, flow: str, name: str, local: ZoneInfo) -> Check:
    """The newest finished run of a keeper flow must have completed; none yet is no fault."""
    id_, name = f"prefect-last-{flow}", f"{name}, lượt gần nhất"
    runs = api.runs(RunsWanted(flow, states=(COMPLETED, FAILED, CRASHED, CANCELLED)), NEWEST_ENDED, limit=1)
    if not runs or not runs[0].get("state"):
        return Check(id_, name, ok=True, detail="chưa có")
    state = runs[0]["state"]
    ended = _at(instant(runs[0]["end_time"]), local) if runs[0].get("end_time") else "?"
    words = f"{STATES.get(state['type'], state['type'])} {ended}"
    if state.get("message"):
        words += f": {state['message']}"
    return Check(id_, name, state["type"] == COMPLETED, words)


def _at(at: datetime, local: ZoneInfo) -> str:
    return f"{at.astimezone(local):%H:%M %d/%m/%Y}"
