"""Flow runs through our worker, against the same flow called in this process: one server, in turns.

Both do nothing but be runs: created and scheduled before the clock starts for the worker, which finds, claims and runs
each; created by the call itself for the baseline, with the same settings (no heartbeat, one shared connection).

    python -m bench.runs [--rounds 3] [--runs 500]
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.measure import ROUNDS, Line, Pair, arguments, show
from bench.prefect_server import prefect_server
from obligations.cases.clock import utc_now

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.orchestration import SyncPrefectClient

RUNS = 500
TURNS = 5
CHECK = "check_obligation"
STUCK_SECONDS = 10.0
AT_MOST = 1.3


def lines(rounds: int = ROUNDS, runs: int = RUNS) -> list[Line]:
    """One line, in seconds for all runs of a round."""
    with prefect_server(), _ready() as (client, deployment):
        pairs = tuple(_round(client, deployment, runs) for _ in range(rounds))
    return [Line(f"{runs} lượt chạy qua worker", "gọi thẳng luồng ấy trong tiến trình", "s", pairs, ("≤", AT_MOST))]


@contextmanager
def _ready() -> Iterator[tuple[SyncPrefectClient, UUID]]:
    from flows.deployments import Deployment, ensure, ensure_pool  # noqa: PLC0415
    from flows.inprocess import drain_logs, quick_runs  # noqa: PLC0415

    with quick_runs() as client:
        ensure_pool(client)
        deployment = ensure(client, [Deployment(_flow(lambda: None), "bench", "Không làm gì.")])["bench"]
        _turn(client, deployment, 2)  # what is loaded once is loaded now
        yield client, deployment
        drain_logs()


def _flow(body: Callable[[], None]) -> Flow[..., Any]:
    """A run with the parameters of ours."""
    from prefect import flow  # noqa: PLC0415 - reads its settings when imported

    @flow(name=CHECK)
    def check_obligation(plan: str, obligation: str) -> None:
        body()

    return check_obligation


def _round(client: SyncPrefectClient, deployment: UUID, runs: int) -> Pair:
    """Seconds of all runs; in a few turns, so that both sides see the same growing database."""
    turns = [_turn(client, deployment, runs // TURNS) for _ in range(TURNS)]
    ours, bare = zip(*turns, strict=True)
    return sum(ours), sum(bare)


def _turn(client: SyncPrefectClient, deployment: UUID, runs: int) -> Pair:
    from flows.runs import CheckRun, create  # noqa: PLC0415

    now, tags = utc_now(), frozenset({"plan:bench"})
    made = [CheckRun(f"bench/{uuid4()}", "bench", "viec", now, "Nhắc viec", tags, owed=True) for _ in range(runs)]
    create(client, {"bench": deployment}, [(run, 1) for run in made])
    return asyncio.run(_served(runs)), _called(runs)


async def _served(runs: int) -> float:
    """Seconds from the worker's first look until the last of its runs has ended."""
    from flows.worker import InProcessWorker  # noqa: PLC0415

    stop, left = asyncio.Event(), itertools.count(runs - 1, -1)
    loop = asyncio.get_running_loop()

    def begun() -> None:
        if next(left) == 0:
            loop.call_soon_threadsafe(stop.set)

    async with InProcessWorker({CHECK: _flow(begun)}, name="bench") as worker:
        start = time.perf_counter()
        await worker.serve(stop)
        await worker.idle(STUCK_SECONDS)
        return time.perf_counter() - start


def _called(runs: int) -> float:
    flow = _flow(lambda: None)
    start = time.perf_counter()
    for _ in range(runs):
        flow("bench", "viec")
    return time.perf_counter() - start


if __name__ == "__main__":
    chosen = arguments(__doc__, runs=RUNS)
    show(lines(chosen.rounds, chosen.runs))
