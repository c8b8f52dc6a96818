"""Running a flow run inside this process: 0.1 s each, where a process of its own takes 3–5 s of CPU."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import SyncClientContext
from prefect.flow_engine import run_flow
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, PREFECT_LOCAL_STORAGE_PATH, temporary_settings

from obligations.cases.app import App, open_app
from obligations.cases.clock import utc_now
from obligations.cases.reminding.agenda import delivery_times
from obligations.cases.settings import Settings

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"
DRAIN_SECONDS = 10.0
# The engine was asked to end: a delivery begins nothing new. It is in the middle of one: the engine waits for it.
STOPPING, SENDING = threading.Event(), threading.Event()


@contextmanager
def quick_runs() -> Iterator[SyncPrefectClient]:
    """Settings and one shared connection for many runs in this process; gives the client.

    Without heartbeats a run does not wait for the end of a 1 s thread (their absence is made good at start-up, see
    `settle`), and with a shared client it does not build a TLS context of its own: 99 ms a run instead of 1,250 ms.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), SyncClientContext.get_or_create() as context:
        yield context.client


def execute(flow: Flow[..., Any], flow_run: FlowRun) -> State[Any]:
    """Runs `flow` as the existing `flow_run` to its end and returns the final state; a failed flow does not raise.

    For a run that names its deployment Prefect opens an event stream in a thread, to hear whether somebody suspends
    it: 0.2 s of waiting and half of the CPU of a run. Ours end in seconds, so the engine is not told the deployment
    (it reads the run again, whole, before the flow starts).
    """
    state = run_flow(
        _without_result(flow), flow_run=flow_run.model_copy(update={"deployment_id": None}), return_type="state"
    )
    assert isinstance(state, State)  # noqa: S101 (a sync flow with return_type="state")
    return state


@cache
def _without_result(flow: Flow[..., Any]) -> Flow[..., Any]:
    """Our flows give nothing back: Prefect need not ask twice a run where the office would keep it."""
    return flow.with_options(persist_result=False, result_storage=PREFECT_LOCAL_STORAGE_PATH.value())


@contextmanager
def sending() -> Iterator[None]:
    """What must not be cut off: a message whose answer is not written yet may be sent a second time."""
    SENDING.set()
    try:
        yield
    finally:
        SENDING.clear()


def current_app() -> App:
    """The engine's database and settings, opened once per process from DONDOC_CONFIG, _HOME and _DATABASE_URL."""
    return _open(Settings.from_environment())


@lru_cache(maxsize=4)
def _open(settings: Settings) -> App:
    return open_app(settings)


def office_zone(app: App) -> ZoneInfo:
    """The office's time zone, Vietnam's before the first apply."""
    times = delivery_times(app)
    return ZoneInfo(times.time_zone if times else DEFAULT_ZONE)


def instant(at: str | None) -> datetime:
    """The instant a flow lives in: the clock, read here and nowhere deeper, or the pretended one of a demonstration.

    Raises:
        ValueError: `at` names no time zone, or lies in the future (reminders would leave before their time).
    """
    now = utc_now()
    if at is None:
        return now
    pretended = datetime.fromisoformat(at)
    if pretended.tzinfo is None or pretended > now:
        raise ValueError(f"at={at!r}: cần một thời điểm đã qua, có múi giờ, ví dụ 2022-11-22T08:00:00+07:00.")
    return pretended.astimezone(UTC)


def drain_logs(within: float = DRAIN_SECONDS) -> None:
    """Waits until the run logs have reached Prefect: before its server is stopped by us."""
    APILogWorker.drain_all(timeout=within)
