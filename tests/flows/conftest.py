"""Real engines for the tests of flows: `python -m flows` and Prefect's server on a free port; one for each database.

The tests on one database share its engine: they run in one process and in order (`tests.conftest.Together`).
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from uuid import UUID

import pytest

from flows.environment import Place, prepare
from obligations.cases.clock import utc_now
from obligations.store.address import sqlite_url
from tests.ledgers import BOTH, Ledgers
from tests.offices import ZONE, Office, new_office, obligation
from tests.ports import free_port
from tests.prefect_data import PrefectData
from tests.waiting import until

# Prefect reads its settings when it is first imported, which is when the test modules beside this file are collected.
ROOT = Path(tempfile.mkdtemp(prefix="dondoc-flows-"))
atexit.register(rmtree, ROOT, ignore_errors=True)
PLACE = Place(ROOT / "home", free_port())
prepare(PLACE)

from prefect.client.orchestration import SyncPrefectClient, get_client  # noqa: E402
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName  # noqa: E402
from prefect.client.schemas.objects import State, StateType  # noqa: E402

from flows.runs import in_states  # noqa: E402


def on(days: int) -> str:
    """The date so many days from today, as written in a plan."""
    return f"{datetime.now(ZONE) + timedelta(days=days):%Y-%m-%d}"


def completed(client: SyncPrefectClient, run: UUID) -> None:
    """Waits for a run to be Completed. One that ends otherwise, or not at all, fails the test with what it says."""

    def state() -> State[object] | None:
        return client.read_flow_run(run).state

    until(lambda: (now := state()) is not None and now.is_final(), told=lambda: repr(state()))
    end = state()
    assert end is not None
    assert end.is_completed(), f"{end!r}: {end.message}"


def until_all(done: Callable[[], int], wanted: int, within: float = 120.0) -> None:
    """Waits for a number to be reached, on however slow a machine: it fails where the number stands still."""
    while (reached := done()) < wanted:
        until(lambda: done() > reached, within)


class Child:
    """`python -m flows` as `dondoc up` starts it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.home / "child.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._spawned: list[subprocess.Popen[bytes]] = []

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Starts it and waits until it says it is ready. Whatever a test has left behind is ended first."""
        self.end_all()
        self.process = self.spawn(self.log)
        until(lambda: "sẵn sàng" in self.log.read_text("utf-8") or not self.alive, within=180)
        assert self.alive, self.log.read_text("utf-8")

    def spawn(self, log: Path, **environment: str) -> subprocess.Popen[bytes]:
        """Starts one without waiting."""
        own = {"DONDOC_PREFECT_PORT": str(self.place.port)}
        with log.open("wb") as out:
            command = [sys.executable, "-m", "flows"]
            process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | own | environment)
        self._spawned.append(process)
        return process

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signals it and returns its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(number)
        return self.process.wait(120)

    def end_all(self) -> None:
        """Kills what still runs of all that was spawned."""
        for process in self._spawned:
            process.kill()
            process.wait()


@pytest.fixture(scope="package", params=BOTH)
def office(request: pytest.FixtureRequest, ledgers: Ledgers) -> Iterator[Office]:
    """An office with one plan, applied twenty days ago: its notice is owed, its other rungs lie ahead."""
    with ledgers.new(request.param) as address, pytest.MonkeyPatch.context() as patch:
        made = new_office(ROOT / request.param, address)
        made.plan(obligation("bao-cao", f"{{by: {on(40)}}}"), issued_on=on(-21), name="kh-mot")
        live_in(made, patch)
        patch.setenv("DONDOC_PREFECT_PORT", str(PLACE.port))
        made.apply(f"{utc_now().astimezone(ZONE) - timedelta(days=20):%Y-%m-%d %H:%M}")
        yield made
        made.close()


def live_in(office: Office, patch: pytest.MonkeyPatch) -> None:
    """Make an office the one that flows and commands find in the environment."""
    patch.setenv("DONDOC_CONFIG", str(office.folder))
    patch.setenv("DONDOC_HOME", str(office.home))
    patch.setenv("DONDOC_DATABASE_URL", office.database_url or sqlite_url(office.home / "dondoc.db"))


@pytest.fixture(scope="package")
def child(office: Office, prefect_data: PrefectData) -> Iterator[Child]:
    """The engine of this office, before its first start."""
    prefect_data.give(office.home)
    made = Child(Place(office.home, PLACE.port))
    yield made
    try:
        made.stop()
    finally:
        made.end_all()


@pytest.fixture
def engine(child: Child) -> Child:
    """The engine of this office, running; started again where a test has ended it."""
    if not child.alive:
        child.start()
        until(_first_reconcile)
    return child


def _first_reconcile() -> bool:
    with get_client(sync_client=True) as client:
        over = FlowRunFilter(
            name=FlowRunFilterName(any_=["Lập lịch · khởi động"]), state=in_states(StateType.COMPLETED)
        )
        return client.count_flow_runs(flow_run_filter=over) > 0


@pytest.fixture
def client(engine: Child) -> Iterator[SyncPrefectClient]:
    """Prefect's API, as an admin's page sees it."""
    with get_client(sync_client=True) as opened:
        yield opened
