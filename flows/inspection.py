"""What `doctor` asks Prefect's API."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterExpectedStartTime
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound

from flows.inprocess import office_zone
from flows.runs import CHECK, in_states, of_flow
from flows.worker import POOL
from obligations.cases.app import App

WORKER_SILENT = timedelta(minutes=2)
# A busy quarter of an hour at start-up is no fault; runs that wait longer are.
LATE_AFTER = timedelta(minutes=15)
KEEPERS = {
    "reconcile": "Lập lịch",
    "deliver": "Gửi nhắc việc",
    "audit": "Đối chiếu",
    "control_sheet": "Phiếu theo dõi",
}

Answer = tuple[str, str, bool, str]  # id, name, ok, detail


def inspect(app: App, now: datetime) -> Iterator[Answer]:
    """Asks one thing after the other; the server is known to answer. Times are told in the office's zone."""
    zone = office_zone(app)
    with get_client(sync_client=True) as client:
        yield _version(client)
        yield _scheduler(client, now, zone)
        yield _worker(client, now)
        yield _late(client, now)
        yield _ahead(client, now)
        yield from (_last(client, flow, name, zone) for flow, name in KEEPERS.items())


def _version(client: SyncPrefectClient) -> Answer:
    server, ours = client.api_version(), client.client_version()
    told = server if server == ours else f"máy chủ {server}, thư viện {ours}"
    return "prefect-version", "Phiên bản Prefect", server == ours, told


def _scheduler(client: SyncPrefectClient, now: datetime, zone: ZoneInfo) -> Answer:
    """Alive when some run that a schedule made lies ahead."""
    ahead = FlowRunFilter(
        state=in_states(StateType.SCHEDULED), expected_start_time=FlowRunFilterExpectedStartTime(after_=now)
    )
    runs = client.read_flow_runs(
        flow_filter=of_flow("reconcile"), flow_run_filter=ahead, sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=20
    )
    made = [run for run in runs if run.auto_scheduled]
    told = f"lượt kế tiếp {_told(made[0].expected_start_time, zone)}" if made else "lịch không sinh ra lượt chạy nào"
    return "prefect-scheduler", "Bộ lập lịch", bool(made), told


def _worker(client: SyncPrefectClient, now: datetime) -> Answer:
    name = "Tiến trình chạy luồng"
    try:
        workers = client.read_workers_for_work_pool(POOL)
    except ObjectNotFound:
        workers = []
    beats = [worker.last_heartbeat_time for worker in workers if worker.last_heartbeat_time]
    if not beats:
        return "prefect-worker", name, False, "chưa từng kết nối"
    silent = now - max(beats)
    told = f"kết nối gần nhất cách đây {max(0, round(silent.total_seconds()))} giây"
    return "prefect-worker", name, silent < WORKER_SILENT, told


def _late(client: SyncPrefectClient, now: datetime) -> Answer:
    late = FlowRunFilter(
        state=in_states(StateType.SCHEDULED),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=now - LATE_AFTER),
    )
    count = client.count_flow_runs(flow_run_filter=late)
    return "prefect-late", "Lượt chạy trễ quá 15 phút", count == 0, str(count)


def _ahead(client: SyncPrefectClient, now: datetime) -> Answer:
    ahead = FlowRunFilter(
        state=in_states(StateType.SCHEDULED), expected_start_time=FlowRunFilterExpectedStartTime(after_=now)
    )
    count = client.count_flow_runs(flow_filter=of_flow(CHECK), flow_run_filter=ahead)
    return "prefect-ahead", "Lượt kiểm tra đã xếp lịch", True, str(count)


def _last(client: SyncPrefectClient, flow: str, name: str, zone: ZoneInfo) -> Answer:
    """The newest finished run of a keeper flow must have completed; none yet is no fault."""
    over = FlowRunFilter(state=in_states(StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED))
    runs: list[FlowRun] = client.read_flow_runs(
        flow_filter=of_flow(flow), flow_run_filter=over, sort=FlowRunSort.END_TIME_DESC, limit=1
    )
    if not runs or runs[0].state is None:
        return f"prefect-last-{flow}", f"{name}, lượt gần nhất", True, "chưa có"
    state = runs[0].state
    told = f"{state.name} {_told(runs[0].end_time, zone)}" + (f": {state.message}" if state.message else "")
    return f"prefect-last-{flow}", f"{name}, lượt gần nhất", state.is_completed(), told


def _told(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M %d/%m/%Y}" if at else "?"
