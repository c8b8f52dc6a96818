"""A flow run executed twice, two workers on one run, an engine and others beside it: nothing happens twice."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Pending, Scheduled

from flows.check_obligation import check_obligation
from flows.deliver import deliver
from flows.inprocess import execute, quick_runs
from flows.worker import InProcessWorker
from obligations.cases.clock import utc_now
from obligations.cases.upkeep.prefect_api import CHECK
from tests.flows.conftest import Child, completed, live_in, until_all
from tests.ledgers import Ledgers
from tests.life import at_once, entries, owing_at_any_hour
from tests.mailbox import mail_server
from tests.offices import ZONE, Office, new_office
from tests.ports import free_port
from tests.waiting import until

UNITS = 6
ALL_PLANNED = [(f"xa-{number}", "notice", "planned") for number in range(UNITS)]
MANY = 120  # more than one delivery claims at a time
DUTY = {"plan": "ke-hoach", "obligation": "bao-cao"}
DONDOC = Path(sys.executable).with_name("dondoc")
EXECUTE = """
import sys
from uuid import UUID
from flows.environment import Place, prepare
prepare(Place.from_environment())
from prefect.client.orchestration import get_client
from flows.check_obligation import check_obligation
from flows.inprocess import execute
with get_client(sync_client=True) as client:
    flow_run = client.read_flow_run(UUID(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print(execute(check_obligation, flow_run).type.value)
"""


@pytest.fixture
def aside(office: Office, ledgers: Ledgers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Another office on a ledger of the same kind, in the environment; its notices are owed, and no engine knows it."""
    with ledgers.new("postgresql" if office.database_url else "sqlite") as address, mail_server() as box:
        made = owing_at_any_hour(new_office(tmp_path, address), box.channels, UNITS)
        apply_now(made)
        live_in(made, monkeypatch)
        yield made
        made.close()


def apply_now(office: Office) -> None:
    office.apply(f"{utc_now().astimezone(ZONE):%Y-%m-%d %H:%M}")


def a_check(client: SyncPrefectClient) -> FlowRun:
    """A run that no worker takes: it belongs to no deployment."""
    return client.create_flow_run(check_obligation, parameters=DUTY, state=Pending())


def executed(of: Any, flow_run: FlowRun) -> StateType:
    with quick_runs():
        return execute(of, flow_run).type


def tables(client: SyncPrefectClient, *runs: UUID) -> int:
    """How many tables these runs made; one that plans nothing makes none."""
    chosen = {"artifacts": {"flow_run_id": {"any_": [str(run) for run in runs]}}}
    return len(client.request("POST", "/artifacts/filter", json=chosen).json())


def reminders(office: Office) -> list[tuple[str | None, str | None, str | None]]:
    return sorted((entry.unit, entry.rung, entry.state) for entry in entries(office, "reminder"))


def test_a_check_that_is_executed_again_does_nothing_more(client: SyncPrefectClient, aside: Office) -> None:
    """The same run twice, then another run of the same duty: each reminder has its row once, shown in one table."""
    run, again = a_check(client), a_check(client)
    assert [executed(check_obligation, one) for one in (run, run, again)] == [StateType.COMPLETED] * 3
    assert reminders(aside) == ALL_PLANNED
    assert tables(client, run.id, again.id) == 1


def test_a_check_that_several_execute_at_the_same_moment_plans_once(client: SyncPrefectClient, aside: Office) -> None:
    """One run in three threads beside a second run of the same duty: all complete, one of them planned."""
    run, beside = a_check(client), a_check(client)
    ends = at_once(*(partial(executed, check_obligation, one) for one in (run, run, run, beside)))
    assert ends == [StateType.COMPLETED] * 4
    assert reminders(aside) == ALL_PLANNED
    assert tables(client, run.id, beside.id) == 1


def test_a_check_that_two_processes_execute_plans_once(client: SyncPrefectClient, aside: Office) -> None:
    """As when a machine that was taken for dead comes back."""
    run = a_check(client)
    command, pipe = [sys.executable, "-c", EXECUTE, str(run.id)], subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    told = at_once(*(partial(process.communicate, "\n", 60) for process in processes))
    assert [out for out, _ in told] == ["COMPLETED\n"] * 2
    assert reminders(aside) == ALL_PLANNED
    assert tables(client, run.id) == 1


def test_a_delivery_that_two_execute_at_the_same_moment_sends_once(client: SyncPrefectClient, aside: Office) -> None:
    """One run of `deliver` in two threads: each unit has one mail."""
    run = client.create_flow_run(deliver, state=Pending())
    assert at_once(*(partial(executed, deliver, run) for _ in range(2))) == [StateType.COMPLETED] * 2
    assert {state for _, _, state in reminders(aside)} == {"sent"}
    assert Counter(entry.unit for entry in entries(aside, "attempt")) == {f"xa-{n}": 1 for n in range(UNITS)}


@pytest.fixture
def pool(client: SyncPrefectClient) -> Iterator[str]:
    """A work pool that the engine's own worker does not look into."""
    made = client.create_work_pool(WorkPoolCreate(name=f"hai-may-{uuid4().hex[:6]}", type=InProcessWorker.type))
    yield made.name
    client.delete_work_pool(made.name)


def due(client: SyncPrefectClient, pool: str, count: int) -> list[UUID]:
    """So many runs of one check, due at once in a pool."""
    deployment = client.create_deployment(client.create_flow(check_obligation), pool, work_pool_name=pool)
    now: State[Any] = Scheduled()
    return [client.create_flow_run_from_deployment(deployment, parameters=DUTY, state=now).id for _ in range(count)]


@contextmanager
def workers_of(pool: str, *names: str, change: Callable[[InProcessWorker], None] = lambda _: None) -> Iterator[None]:
    """Workers of one pool, each in a thread and a loop of its own, as on as many machines; stopped at the end."""
    over = threading.Event()
    workers = [InProcessWorker({CHECK: check_obligation}, name=name, pool=pool) for name in names]
    for worker in workers:
        change(worker)
    threads = [threading.Thread(target=lambda one=worker: asyncio.run(live(one, over))) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


async def live(worker: InProcessWorker, over: threading.Event) -> None:
    stop = asyncio.Event()
    with quick_runs():
        async with worker:
            serving = asyncio.create_task(worker.serve(stop))
            await asyncio.to_thread(over.wait)
            stop.set()
            await serving
            await worker.idle(within=30)


class Meeting:
    """Makes two workers find a run in the same moment: neither claims before both have looked, neither executes before
    both have tried to claim. `executed` are the runs that they then execute."""

    def __init__(self) -> None:
        self.executed: list[UUID] = []
        self._looked = threading.Barrier(2)
        self._tried = threading.Event()
        self._claimed = threading.Barrier(2, action=self._tried.set)

    def __call__(self, worker: InProcessWorker) -> None:
        look, take, run = worker._due, worker._take, worker.run
        looks, takes = iter([self._looked]), iter([self._claimed])

        async def looked() -> list[FlowRun]:
            found = await look()
            if barrier := next(looks, None):
                await asyncio.to_thread(barrier.wait, 60)
            return found

        async def took(room: int) -> None:
            await take(room)
            if barrier := next(takes, None):
                await asyncio.to_thread(barrier.wait, 60)

        async def ran(flow_run: FlowRun, *more: Any) -> Any:
            self.executed.append(flow_run.id)
            await asyncio.to_thread(self._tried.wait, 60)
            return await run(flow_run, *more)

        worker._due, worker._take, worker.run = looked, took, ran  # type: ignore[method-assign, assignment]


def test_of_two_workers_that_find_the_same_run_one_executes_it(
    client: SyncPrefectClient, aside: Office, pool: str
) -> None:
    """Both see it as due and try to claim it: Prefect gives it to one."""
    [run] = due(client, pool, 1)
    meeting = Meeting()
    with workers_of(pool, "mot", "hai", change=meeting):
        completed(client, run)
    assert meeting.executed == [run]
    assert client.read_flow_run(run).run_count == 1
    assert reminders(aside) == ALL_PLANNED


def test_two_workers_of_one_pool_do_nothing_twice(client: SyncPrefectClient, aside: Office, pool: str) -> None:
    """A worker on a second machine, and many runs of one duty: one of them plans, and all are Completed.

    Between a look and the claim another machine may complete a run; Prefect lets it go once more, the ledger does not.
    """
    runs = due(client, pool, 8)

    def over() -> list[FlowRun]:
        return [one for run in runs if (one := client.read_flow_run(run)).state and one.state.is_final()]

    with workers_of(pool, "mot", "hai"):
        until_all(lambda: len(over()), len(runs))
    told = [(one.state_type, one.state and one.state.message) for one in over()]
    assert told == [(StateType.COMPLETED, None)] * len(runs)
    assert reminders(aside) == ALL_PLANNED
    assert tables(client, *runs) == 1


class LostAnswer(httpx.AsyncBaseTransport):
    """A network that carries a worker's first claim to the server, and loses the answer."""

    def __init__(self, worker: InProcessWorker, error: type[httpx.TransportError]) -> None:
        self.lost: list[str] = []
        self._error = error
        self._carries: httpx.AsyncBaseTransport | None = None
        take = worker._take

        async def took(room: int) -> None:
            http = worker.client._client
            if self._carries is None:
                self._carries, http._transport = http._transport, self
            await take(room)

        worker._take = took  # type: ignore[method-assign]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self._carries is not None
        reply = await self._carries.handle_async_request(request)
        if request.url.path.endswith("/set_state") and not self.lost:
            self.lost.append(json.loads(await reply.aread())["status"])
            raise self._error("lost", request=request)
        return reply


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.NetworkError], ids=["asked-again", "given-up"])
def test_a_claim_whose_answer_was_lost_is_executed_all_the_same(
    client: SyncPrefectClient, aside: Office, pool: str, error: type[httpx.TransportError]
) -> None:
    """Prefect's client asks again by itself after some errors, and the server refuses it; after others the poll fails.

    Either way the run is the worker's: it would stay Pending until the next start.
    """
    [run] = due(client, pool, 1)
    networks: list[LostAnswer] = []
    with workers_of(pool, "mot", change=lambda worker: networks.append(LostAnswer(worker, error))):
        completed(client, run)
    assert [network.lost for network in networks] == [["ACCEPT"]]
    assert client.read_flow_run(run).run_count == 1
    assert reminders(aside) == ALL_PLANNED


def test_an_engine_of_another_home_on_the_same_ledger_is_refused(engine: Child, tmp_path: Path) -> None:
    """Started on a second machine by mistake: status 1, and the address of the first."""
    log = tmp_path / "second.log"
    second = engine.spawn(log, DONDOC_HOME=str(tmp_path), DONDOC_PREFECT_PORT=str(free_port()))
    assert second.wait(120) == 1
    assert engine.place.url in log.read_text("utf-8")
    assert engine.alive


def test_ticks_beside_an_engine_that_delivers_send_nothing_twice(engine: Child, office: Office) -> None:
    """`dondoc tick` from cron, two at once, in the middle of the engine's own delivery: they help it."""
    with mail_server(seconds=0.02, together=2) as box:
        owing_at_any_hour(office, box.channels, MANY)
        apply_now(office)
        until(lambda: box.begun)
        ticks = [subprocess.Popen([DONDOC, "tick", "--json"], stdout=subprocess.PIPE) for _ in range(2)]
        helped = [json.loads(tick.communicate(timeout=120)[0])["delivered"]["sent"] for tick in ticks]
        until_all(lambda: len(box.received), MANY)
        office.sending("box")
        apply_now(office)
    assert sum(helped) > 0
    assert Counter(address for address, _ in box.received) == {f"xa-{n}@xa.example": 1 for n in range(MANY)}
    attempts = [entry for entry in entries(office, "attempt") if (entry.unit or "").startswith("xa-")]
    assert Counter((entry.unit, entry.outcome) for entry in attempts) == {(f"xa-{n}", "sent"): 1 for n in range(MANY)}
