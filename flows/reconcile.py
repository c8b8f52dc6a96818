"""Flow `reconcile`: Prefect's scheduled runs are made to equal what the applied configuration asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prefect import flow, get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun

from flows.inprocess import current_app, office_zone
from flows.plans import ensure_plans, of_plans
from flows.remembered import fingerprint, recall, remember
from flows.runs import CheckRun, create, number_tries, remove, scheduled_checks
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.configuring.applying import extend
from obligations.cases.reminding.agenda import wanted_runs

HORIZON_DAYS = 100
# A run this near may be in the worker's hands already; it does no harm.
TOO_NEAR = timedelta(minutes=1)


@dataclass(frozen=True)
class Changes:
    """What one reconcile did: counts of check_obligation runs."""

    wanted: int
    kept: int
    created: int
    removed: int


def stale(have: Mapping[str, FlowRun], wanted: Mapping[str, CheckRun], now: datetime) -> list[FlowRun]:
    """Scheduled runs nobody wants any more, or that show another name or other rungs than wanted now.

    Runs whose time has come are left to run: late runs belong into the history.
    """
    return [
        run
        for key, run in have.items()
        if run.expected_start_time is not None
        and run.expected_start_time > now + TOO_NEAR
        and (key not in wanted or (run.name, frozenset(run.tags)) != (wanted[key].name, wanted[key].tags))
    ]


@flow(
    name="reconcile",
    description="So lịch chạy trong Prefect với cấu hình đã áp dụng: thêm lượt còn thiếu, bỏ lượt không còn cần.",
    timeout_seconds=900,
)
def reconcile() -> None:
    """Creates the missing scheduled runs, 100 days ahead and each obligation's next deadline; removes stale ones."""
    log = get_run_logger()
    app, now = current_app(), utc_now()
    if added := extend(app, now):
        log.info("Thêm %d đầu việc của các nhiệm vụ không định ngày kết thúc.", added)
    with get_client(sync_client=True) as client:
        changes = bring_into_line(client, app, now)
    told = (changes.wanted, changes.kept, changes.created, changes.removed)
    log.info("Cần %d lượt kiểm tra: giữ %d, thêm %d, bỏ %d.", *told)


def bring_into_line(client: SyncPrefectClient, app: App, now: datetime) -> Changes:
    """Makes the deployments and the scheduled runs equal to the applied configuration, touching only differences."""
    zone = office_zone(app)
    wanted = {run.key: run for run in (CheckRun.of(one, zone) for one in wanted_runs(app, now, days=HORIZON_DAYS))}
    asked = fingerprint(of_plans(app), wanted.values())
    if last := recall(client, asked):
        return Changes(len(wanted), last.kept, 0, 0)
    changes = _bring_into_line(client, app, now, wanted)
    remember(client, asked, changes.kept + changes.created)
    return changes


def _bring_into_line(client: SyncPrefectClient, app: App, now: datetime, wanted: Mapping[str, CheckRun]) -> Changes:
    deployments = ensure_plans(client, app)
    have = scheduled_checks(client)
    unwanted = stale(have, wanted, now)
    removed = remove(client, unwanted)
    left = have.keys() - {run.idempotency_key.rpartition("|")[0] for run in unwanted if run.idempotency_key}
    missing = [run for key, run in wanted.items() if key not in left and (run.owed or run.at > now)]
    created = create(client, deployments, number_tries(client, missing))
    return Changes(len(wanted), len(wanted.keys() & left), created, removed)
