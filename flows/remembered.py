"""What Prefect held when its runs were last in line, kept as a variable in Prefect itself: lost with its data, never
longer.

While the wanted runs and the number of scheduled ones are what they were, nothing needs to be read: five thousand runs
are twenty-five pages.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import VariableCreate, VariableUpdate
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import StateType

from flows.deployments import Deployment
from flows.runs import CheckRun, in_states, of_flow
from obligations.cases.upkeep.prefect_api import CHECK

NAME = "dondoc_lich_kiem_tra"


@dataclass(frozen=True)
class Remembered:
    """`wanted` is a fingerprint of the deployments and runs asked for; counts of runs: `kept`, all `scheduled`."""

    wanted: str
    kept: int
    scheduled: int


def fingerprint(deployments: Iterable[Deployment], runs: Iterable[CheckRun]) -> str:
    """The same wishes, the same fingerprint."""
    told = [(one.name, one.version) for one in deployments]
    asked = [(run.key, run.name, sorted(run.tags), run.owed) for run in runs]
    return hashlib.sha256(json.dumps([told, asked]).encode()).hexdigest()


def recall(client: SyncPrefectClient, wanted: str) -> Remembered | None:
    """The last time, if it was asked for the same and Prefect still holds as many scheduled runs."""
    variable = client.read_variable_by_name(NAME)
    if variable is None or not isinstance(variable.value, dict) or variable.value.get("wanted") != wanted:
        return None
    last = Remembered(**variable.value)
    return last if last.scheduled == _scheduled(client) else None


def remember(client: SyncPrefectClient, wanted: str, kept: int) -> None:
    """Keep what is asked for now, and how many runs are scheduled now."""
    value = asdict(Remembered(wanted, kept, _scheduled(client)))
    if client.read_variable_by_name(NAME) is None:
        client.create_variable(VariableCreate(name=NAME, value=value))
    else:
        client.update_variable(VariableUpdate(name=NAME, value=value))


def _scheduled(client: SyncPrefectClient) -> int:
    scheduled = FlowRunFilter(state=in_states(StateType.SCHEDULED))
    return client.count_flow_runs(flow_filter=of_flow(CHECK), flow_run_filter=scheduled)
