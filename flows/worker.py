"""The worker that executes due flow runs in threads of this process.

A `BaseWorker` is Prefect's documented extension point, and `start` would serve here too. `serve` is the same with fewer
requests: it claims only as many runs as it has room for, and goes on as soon as one ends with what it found before.
"""

import asyncio
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid4

import anyio
import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus, WorkerFlowRunResponse
from prefect.exceptions import Abort, ObjectNotFound, Pause
from prefect.states import Crashed, Pending
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from flows.alarm import tell_of
from flows.inprocess import execute
from flows.say import log
from obligations.cases.clock import utc_now
from obligations.cases.upkeep.prefect_api import POOL

# One at a time is the fastest on Prefect's SQLite: two make "database is locked", which the client answers with seconds
# of waiting (223 ms a run alone, 382 ms by twos). What waits behind a long `deliver` is planned by that `deliver`.
AT_ONCE = 1
POLL_SECONDS = 3.0
# A look costs as much as a third of a run, so a busy hour's runs are found some at a time.
FOUND_AT_ONCE = 20
HEARTBEAT_SECONDS = 30


class InProcessWorker(BaseWorker[BaseJobConfiguration, BaseVariables, BaseWorkerResult]):
    """Runs what is due in the pool `dondoc`, one run at a time."""

    type = "dondoc"
    _description = "Chạy các luồng của Đôn Đốc ngay trong tiến trình của nó."

    def __init__(self, flows: Mapping[str, Flow[..., Any]], *, name: str, pool: str = POOL) -> None:
        # Prefetching would start a run early and let it wait inside a thread.
        super().__init__(pool, name=name, prefetch_seconds=0, heartbeat_interval_seconds=HEARTBEAT_SECONDS)
        self.pool = pool
        self._flows = flows
        self._busy: set[asyncio.Task[None]] = set()
        self._found: list[FlowRun] = []
        self._looked = -POLL_SECONDS
        self._newest: UUID | None = None  # found a moment ago
        self._unsure: FlowRun | None = None  # claimed, and no answer has come
        self._mark = f"{name} nhận chạy · {uuid4().hex[:8]}"
        self._names: dict[UUID, str] = {}

    async def serve(self, stop: asyncio.Event) -> None:
        """Polls until `stop` is set; a poll that fails (the server restarts, its database is busy) is tried again."""
        last_beat = time.monotonic()
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            try:
                await self._take(AT_ONCE - len(self._busy))
                if time.monotonic() - last_beat > HEARTBEAT_SECONDS:
                    last_beat = time.monotonic()
                    await self.sync_with_backend()
            except httpx.HTTPError as problem:
                log.warning("Chưa hỏi được máy chủ Prefect (%s); sẽ hỏi lại.", problem)
            waiting = {stopping, *self._busy}
            _, still = await asyncio.wait(waiting, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            self._busy &= still

    async def idle(self, within: float) -> bool:
        """Waits for running flows to end, at most `within` seconds; says whether none is left."""
        if self._busy:
            _, self._busy = await asyncio.wait(self._busy, timeout=within)
        return not self._busy

    async def _take(self, room: int) -> None:
        """Claims up to `room` due runs and starts them. A run whose claim is refused was cancelled or taken."""
        while room > 0 and (flow_run := self._unsure or await self._next_due()):
            self._unsure = flow_run  # a poll that fails from here on is taken up where it was
            with suppress(ObjectNotFound):
                if await self._claim(flow_run):
                    self._busy.add(asyncio.create_task(self._finish(flow_run)))
                    room -= 1
            self._unsure = None

    async def _claim(self, flow_run: FlowRun) -> bool:
        """Makes a run Pending for this worker; says whether it is.

        Whoever had the run since the look keeps it: Prefect lets go a second time what a second machine completed. An
        answer can be lost when the claim was made, and asked again the server refuses it as taken, to our own client's
        retries, too. So the state bears our mark: without it such a run would stay Pending for ever.
        """
        if flow_run.id == self._newest:
            self._newest = None
        elif not (state := await self._state(flow_run)) or not state.is_scheduled():
            return self._is_ours(state)
        claim: OrchestrationResult[Any] = await self.client.set_flow_run_state(flow_run.id, Pending(message=self._mark))
        return claim.status is SetStateStatus.ACCEPT or self._is_ours(await self._state(flow_run))

    async def _state(self, flow_run: FlowRun) -> State[Any] | None:
        return (await self.client.read_flow_run(flow_run.id)).state

    def _is_ours(self, state: State[Any] | None) -> bool:
        return state is not None and state.is_pending() and state.message == self._mark

    async def _next_due(self) -> FlowRun | None:
        """What has waited longest. A look is believed for a few seconds, and for runs of one flow in a row: another
        (reconcile) may just have made runs that should have come first."""
        if not self._found or time.monotonic() - self._looked > POLL_SECONDS:
            due = await self._due()
            self._found = [*takewhile(lambda run: run.flow_id == due[0].flow_id, due)]
            self._looked = time.monotonic()
            self._newest = self._found[0].id if self._found else None
        return self._found.pop(0) if self._found else None

    async def _due(self) -> list[FlowRun]:
        # The client's own method can't limit: a backlog of hundreds would be read whole.
        reply = await self.client.request(
            "POST",
            "/work_pools/{name}/get_scheduled_flow_runs",
            path_params={"name": self.pool},
            json={"scheduled_before": utc_now().isoformat(), "limit": FOUND_AT_ONCE},
        )
        return [found.flow_run for found in WorkerFlowRunResponse.model_validate_list(reply.json())]

    async def _finish(self, flow_run: FlowRun) -> None:
        """Runs it. What breaks outside the flow (an unknown flow, a lost server) is told, and the run is Crashed."""
        try:
            await self.run(flow_run)
        except Exception as broken:  # noqa: BLE001 (one run must not end the worker)
            log.error("Lượt chạy %s hỏng ngoài luồng: %r", flow_run.name, broken)
            with suppress(httpx.HTTPError):
                await self.client.set_flow_run_state(flow_run.id, Crashed(message=repr(broken)), force=True)
            flow = self._names.get(flow_run.flow_id, "?")
            # In a thread that nothing waits for: a mail server may take a minute.
            threading.Thread(target=tell_of, args=(flow, flow_run.name, repr(broken)), daemon=True).start()

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration | None = None,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> BaseWorkerResult:
        """Executes one claimed run in a thread. A flow that fails is Failed in Prefect and status 0 here."""
        if task_status is not None:
            task_status.started(threading.get_ident())
        flow = self._flows[await self._name(flow_run.flow_id)]
        with suppress(Abort, Pause):  # cancelled or deleted meanwhile: the server knows its state
            state = await anyio.to_thread.run_sync(partial(execute, flow, flow_run), abandon_on_cancel=True)
            if not state.is_completed():
                log.warning("%s: %s (lượt chạy %s)", flow_run.name, state.message or state.name, flow_run.id)
        return BaseWorkerResult(identifier=flow_run.name, status_code=0)

    async def _name(self, flow_id: UUID) -> str:
        """A flow's name, asked once: it never changes."""
        if flow_id not in self._names:
            self._names[flow_id] = (await self.client.read_flow(flow_id)).name
        return self._names[flow_id]
