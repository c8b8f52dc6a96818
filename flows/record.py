"""Real flow runs of pretended days: a demonstration lives years on a fake clock and leaves its runs in Prefect.

    with recorder() as record:
        record.check_obligation("kh-123", "bao-cao-nam", ["before-3", "before-0"], at)

Each run belongs to its deployment, carries the tags and the name it would have had, is executed here and now with `at`
as its clock, and takes 0.2 s. Prefect's server must be running, and the process prepared (`flows.environment`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.states import Pending

from flows.check_obligation import check_obligation
from flows.deployments import ensure_pool
from flows.inprocess import current_app, execute, office_zone, quick_runs
from flows.plans import ensure_plans
from flows.runs import run_name, run_tags
from obligations.cases.app import App


class Recorder:
    """Executes check_obligation at pretended instants, as runs that an admin can read later."""

    def __init__(self, client: SyncPrefectClient, app: App) -> None:
        self._client = client
        self._app = app
        self._zone = office_zone(app)
        self._deployments: dict[str, UUID] = {}

    def check_obligation(self, plan: str, obligation: str, rungs: Sequence[str], at: datetime) -> State[Any]:
        """Runs check_obligation for one obligation as of `at` (aware, past) and returns the run's final state."""
        if plan not in self._deployments:
            self._deployments = ensure_plans(self._client, self._app)
        flow_run = self._client.create_flow_run_from_deployment(
            self._deployments[plan],
            name=run_name(obligation, rungs, at.astimezone(self._zone)),
            tags=run_tags(plan, obligation, rungs),
            parameters={"plan": plan, "obligation": obligation, "at": at.isoformat()},
            state=Pending(),  # not Scheduled: the worker of a running engine would take it
        )
        return execute(check_obligation, flow_run)


@contextmanager
def recorder(app: App | None = None) -> Iterator[Recorder]:
    """A recorder on the Prefect that PREFECT_API_URL names, for `app` or the office of the environment.

    The flows themselves always open the office of the environment, so `app` must be the same one.
    """
    with quick_runs() as client:
        ensure_pool(client)
        yield Recorder(client, app or current_app())
