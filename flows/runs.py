"""Flow runs of check_obligation through Prefect's API: read, created and removed in batches.

A run's idempotency key is `<plan>/<obligation>|<local date>T<HH:MM>|<n>`. Prefect holds keys unique per flow and gives
back an existing run in whatever state it is, so n rises only past runs that ended other than Completed.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterIdempotencyKey,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Scheduled, to_state_create

from obligations.cases.reminding.agenda import WantedRun
from obligations.cases.upkeep.prefect_api import CHECK

PAGE = 200
# One request is one transaction on Prefect's database: 50 runs hold its write lock for about 1.3 s.
BATCH = 50
RETRY_SECONDS = (0.1, 0.3, 1.0, 2.0, 4.0)

T = TypeVar("T")


@dataclass(frozen=True)
class CheckRun:
    """One run of check_obligation as Prefect should show it; `owed`: a rung of this instant still waits for its row."""

    key: str
    plan: str
    obligation: str
    at: datetime
    name: str
    tags: frozenset[str]
    owed: bool

    @classmethod
    def of(cls, wanted: WantedRun, zone: ZoneInfo) -> "CheckRun":
        """The run for one obligation and instant; names and tags are in the office's words and local time."""
        local = wanted.at.astimezone(zone)
        return cls(
            key=f"{wanted.plan}/{wanted.obligation}|{local:%Y-%m-%dT%H:%M}",
            plan=wanted.plan,
            obligation=wanted.obligation,
            at=wanted.at,
            name=run_name(wanted.obligation, wanted.rungs, local),
            tags=run_tags(wanted.plan, wanted.obligation, wanted.rungs),
            owed=wanted.owed,
        )

    def nth_key(self, n: int) -> str:
        """The idempotency key of the n-th try."""
        return f"{self.key}|{n}"


def run_name(obligation: str, rungs: Sequence[str], local: datetime) -> str:
    """`Nhắc bao-cao-nam · before-3, before-0 · 22/11/2022`."""
    return " · ".join(part for part in (f"Nhắc {obligation}", ", ".join(rungs), f"{local:%d/%m/%Y}") if part)


def run_tags(plan: str, obligation: str, rungs: Sequence[str]) -> frozenset[str]:
    """What an admin filters by: `plan:…`, `obligation:…`, `rung:before-3`, …"""
    return frozenset({f"plan:{plan}", f"obligation:{obligation}", *(f"rung:{rung}" for rung in rungs)})


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in slices of `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))


def of_flow(name: str) -> FlowFilter:
    """Filter: runs of the flow with this name."""
    return FlowFilter(name=FlowFilterName(any_=[name]))


def in_states(*types: StateType) -> FlowRunFilterState:
    """Filter: runs in one of these state types."""
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))


def read_all(client: SyncPrefectClient, chosen: FlowRunFilter, flow: FlowFilter | None = None) -> list[FlowRun]:
    """Every run the filter lets through, page by page in a stable order."""
    found: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            flow_filter=flow, flow_run_filter=chosen, sort=FlowRunSort.ID_DESC, limit=PAGE, offset=len(found)
        )
        found += page
        if len(page) < PAGE:
            return found


def scheduled_checks(client: SyncPrefectClient) -> dict[str, FlowRun]:
    """The scheduled runs that reconcile created, by key without n (runs an admin started by hand have no key)."""
    runs = read_all(client, FlowRunFilter(state=in_states(StateType.SCHEDULED)), of_flow(CHECK))
    return {run.idempotency_key.rpartition("|")[0]: run for run in runs if run.idempotency_key}


def number_tries(client: SyncPrefectClient, missing: Sequence[CheckRun]) -> list[tuple[CheckRun, int]]:
    """Which of the runs without a scheduled one to create, and as which try.

    A run that is under way or completed is left alone; one that failed, crashed or was cancelled gets another try
    while one of its rungs is still owed.
    """
    fresh: list[tuple[CheckRun, int]] = []
    n = 1
    while missing:
        existing = _by_key(client, [run.nth_key(n) for run in missing])
        fresh += [(run, n) for run in missing if run.nth_key(n) not in existing]
        missing = [run for run in missing if run.owed and _ended_badly(existing.get(run.nth_key(n)))]
        n += 1
    return fresh


def _ended_badly(run: FlowRun | None) -> bool:
    return run is not None and run.state is not None and run.state.is_final() and not run.state.is_completed()


def _by_key(client: SyncPrefectClient, keys: Sequence[str]) -> dict[str, FlowRun]:
    return {
        run.idempotency_key: run
        for batch in batches(keys, PAGE)
        for run in read_all(
            client, FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=list(batch))), of_flow(CHECK)
        )
        if run.idempotency_key
    }


def create(client: SyncPrefectClient, deployments: Mapping[str, UUID], runs: Sequence[tuple[CheckRun, int]]) -> int:
    """Creates the runs, each on its plan's deployment at its exact time, and returns how many.

    Raises:
        RuntimeError: Prefect refused some of them again and again; the others exist.
    """
    refused: list[str] = []
    for plan in dict.fromkeys(run.plan for run, _ in runs):
        for batch in batches([_body(run, n) for run, n in runs if run.plan == plan], BATCH):
            refused += _create_batch(client, deployments[plan], batch)
    if refused:
        raise RuntimeError(f"Prefect không nhận {len(refused)} lượt chạy; lượt đầu: {refused[0]:.200}")
    return len(runs)


def _create_batch(client: SyncPrefectClient, deployment: UUID, batch: Sequence[dict[str, Any]]) -> list[str]:
    """Sends one batch and returns what was refused in the end.

    The bulk route costs 26 ms a run (a request for each run 60–130 ms); the client has no method for it. It answers
    "database is locked" run by run, with status 200, so the client's own retries never see it. A whole batch is sent
    again: keys make that harmless, and one failure may have undone what the same transaction did before.
    """
    refused: list[str] = []
    for wait in (*RETRY_SECONDS, 0.0):
        reply = client.request("POST", f"/deployments/{deployment}/create_flow_run/bulk", json=batch)  # type: ignore[arg-type]
        refused = [str(result["error"]) for result in reply.json()["results"] if result["status"] != "CREATED"]
        if not refused:
            break
        time.sleep(wait)
    return refused


def _body(run: CheckRun, n: int) -> dict[str, Any]:
    return {
        "name": run.name,
        "parameters": {"plan": run.plan, "obligation": run.obligation},
        "tags": sorted(run.tags),
        "idempotency_key": run.nth_key(n),
        "state": to_state_create(Scheduled(scheduled_time=run.at)).model_dump(mode="json", exclude_unset=True),
    }


def remove(client: SyncPrefectClient, runs: Sequence[FlowRun]) -> int:
    """Deletes runs that are still scheduled (they never ran: no history is lost) and returns how many it deleted."""
    deleted = 0
    for batch in batches(runs, BATCH):
        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[run.id for run in batch]), state=in_states(StateType.SCHEDULED))
        body = {"flow_runs": chosen.model_dump(mode="json", exclude_unset=True), "limit": BATCH}
        reply = client.request("POST", "/flow_runs/bulk_delete", json=body)  # type: ignore[arg-type]
        deleted += len(reply.json()["deleted"])
    return deleted
