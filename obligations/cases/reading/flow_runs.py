"""Lịch sử chạy: Prefect's flow runs in the office's words, and what the ledger says came of each check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, and_, func, or_, select
from sqlmodel import Session

from obligations.cases.app import App
from obligations.cases.upkeep.prefect_api import (
    CANCELLED,
    CHECK,
    COMPLETED,
    CRASHED,
    FAILED,
    OLDEST_LAST,
    PENDING,
    RUNNING,
    SCHEDULED,
    SOONEST,
    RunsWanted,
    connect,
    instant,
)
from obligations.cases.upkeep.prefect_pages import run_page, runs_page
from obligations.store.database import reading
from obligations.store.tables import METADATA

ROWS = 50
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
FLOWS = {
    CHECK: "Kiểm tra nhiệm vụ",
    "deliver": "Gửi nhắc việc",
    "audit": "Đối chiếu",
    "reconcile": "Lập lịch",
    "control_sheet": "Phiếu theo dõi",
}
# What may be asked for, in words, and Prefect's states of it.
OUTCOMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "da-den-gio": ("Đã đến giờ, mọi kết quả", ()),
    "xong": ("Xong", (COMPLETED,)),
    "loi": ("Lỗi, dừng giữa chừng, đã hủy", (FAILED, CRASHED, CANCELLED)),
    "dang-chay": ("Đang chạy", (RUNNING, PENDING)),
    "sap-toi": ("Sắp tới", (SCHEDULED,)),
}
AHEAD = "sap-toi"
STATES = {
    SCHEDULED: "Đã xếp lịch",
    PENDING: "Sắp chạy",
    RUNNING: "Đang chạy",
    COMPLETED: "Xong",
    FAILED: "Lỗi",
    CRASHED: "Dừng giữa chừng",
    CANCELLED: "Đã hủy",
}
LATE = "Trễ giờ"
_FATES = {"sent": "đã gửi", "unknown": "chưa rõ đã tới", "failed": "không gửi được", "cancelled": "thôi gửi"}
_ROWS = {"planned": "chờ gửi", "held": "đang giữ", "superseded": "gộp", "skipped": "bỏ qua", "failed": "không gửi được"}
_a: Any = METADATA.tables["assignment"].c
_r: Any = METADATA.tables["reminder"].c
_m: Any = METADATA.tables["message"].c
_carried: Table = METADATA.tables["reminder_message"]


@dataclass(frozen=True)
class Asked:
    """Which runs to show: of a plan, of an obligation in it, with an outcome (key of OUTCOMES), on some days."""

    plan: str = ""
    obligation: str = ""
    outcome: str = "da-den-gio"
    first: date | None = None
    last: date | None = None
    page: int = 1


@dataclass(frozen=True)
class Run:
    """One flow run. `at`: when it was due (a demonstration's: when it pretended to be); `came`: what the ledger tells
    of the reminders that fell on that instant; `words`: Prefect's own, where it did not end well."""

    id: str
    flow: str
    plan: str
    obligation: str
    rungs: tuple[str, ...]
    state: str
    outcome: str
    at: datetime
    seconds: float | None
    words: str
    address: str
    came: str = ""

    @property
    def is_bad(self) -> bool:
        return self.state in (FAILED, CRASHED) or self.outcome == LATE


@dataclass(frozen=True)
class Runs:
    """One page of runs, how many there are, and the same days in Prefect's own pages."""

    rows: list[Run]
    count: int
    first: date
    last: date
    address: str = ""
    page: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


@dataclass
class _Told:
    """What the ledger tells of the instants of one page of runs."""

    counts: dict[tuple[str, str, datetime], Counter[str]] = field(default_factory=dict)

    def of(self, plan: str, obligation: str, at: datetime) -> str:
        found = self.counts.get((plan, obligation, at))
        return ", ".join(f"{number} {words}" for words, number in found.most_common()) if found else ""


def flow_runs(app: App, asked: Asked, now: datetime, zone: ZoneInfo) -> Runs:
    """A page of the runs asked for, newest first (those to come: soonest first).

    Raises PrefectSilent where Prefect does not answer: nothing else of the pages needs it.
    """
    today = now.astimezone(zone).date()
    is_ahead = asked.outcome == AHEAD
    first = asked.first or (today if is_ahead else today - WEEK)
    last = max(first, asked.last or (today + WEEK if is_ahead else today))
    start, end = (datetime.combine(day, time(), zone) for day in (first, last + DAY))
    tags = _tags(asked)
    wanted = RunsWanted(
        CHECK if tags else None,
        tags,
        OUTCOMES[asked.outcome][1],
        max(start, now) if is_ahead else start,
        end if is_ahead else min(end, now),
    )
    with connect(app) as api:
        flows = api.flows()
        found = api.runs(wanted, SOONEST if is_ahead else OLDEST_LAST, limit=ROWS, offset=(asked.page - 1) * ROWS)
        count = api.count(wanted)
        rows = [_run(one, flows, api.url, now) for one in found]
        address = runs_page(api.url, start, end, tags)
    with reading(app.engine) as session:
        told = _told(session, rows)
    rows = [_with(run, told) for run in rows]
    return Runs(rows, count, first, last, address, asked.page)


def _tags(asked: Asked) -> tuple[str, ...]:
    named = (("plan", asked.plan), ("obligation", asked.obligation))
    return tuple(f"{name}:{value}" for name, value in named if value)


def _run(one: Mapping[str, Any], flows: Mapping[str, str], url: str, now: datetime) -> Run:
    tags = [tag.partition(":") for tag in one.get("tags", ())]
    known = {name: value for name, _, value in tags if name != "rung"}
    state = str(one.get("state_type") or SCHEDULED)
    due = instant(one["expected_start_time"])
    pretended = (one.get("parameters") or {}).get("at")
    flow = flows.get(one["flow_id"], "")
    message = (one.get("state") or {}).get("message") or ""
    return Run(
        id=one["id"],
        flow=FLOWS.get(flow, flow),
        plan=known.get("plan", ""),
        obligation=known.get("obligation", ""),
        rungs=tuple(value for name, _, value in tags if name == "rung"),
        state=state,
        outcome=LATE if state == SCHEDULED and due < now else STATES.get(state, state),
        at=instant(pretended) if pretended else due,
        seconds=one.get("total_run_time") if one.get("start_time") else None,
        words=message if state in (FAILED, CRASHED, CANCELLED) else "",
        address=run_page(url, one["id"]),
    )


def _told(session: Session, runs: Iterable[Run]) -> _Told:
    """The reminders that fell on the instants of these checks, by what became of them."""
    instants: dict[tuple[str, str], set[datetime]] = {}
    for run in runs:
        if run.plan and run.obligation:
            instants.setdefault((run.plan, run.obligation), set()).add(run.at)
    told = _Told()
    if not instants:
        return told
    chosen = or_(
        *(and_(_a.plan == plan, _a.obligation == duty, _r.at.in_(list(at))) for (plan, duty), at in instants.items())
    )
    query = (
        select(_a.plan, _a.obligation, _r.at, _r.state, _m.state.label("fate"), func.count())
        .select_from(METADATA.tables["reminder"])
        .join(METADATA.tables["assignment"], _a.id == _r.assignment_id)
        .outerjoin(_carried, _carried.c.reminder_id == _r.id)
        .outerjoin(METADATA.tables["message"], _m.id == _carried.c.message_id)
        .where(chosen)
        .group_by(_a.plan, _a.obligation, _r.at, _r.state, _m.state)
    )
    for plan, duty, at, state, fate, number in session.execute(query):
        words = _FATES.get(fate or "") if state == "planned" else None
        told.counts.setdefault((plan, duty, at), Counter())[words or _ROWS.get(state, state)] += number
    return told


def _with(run: Run, told: _Told) -> Run:
    came = told.of(run.plan, run.obligation, run.at)
    return replace(run, came=came) if came else run
