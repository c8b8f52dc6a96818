"""What a killed process leaves behind in Prefect, put right at start-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.runs import in_states, read_all, remove
from obligations.cases.upkeep.prefect_api import CHECK

CUT_OFF = "Tiến trình chạy lượt này đã dừng giữa chừng; lượt này không chạy tiếp. Lượt nhắc nào còn thiếu được xếp lại."


@dataclass(frozen=True)
class Settled:
    """(flow, run) of what was left running; how many schedule ticks were missed."""

    crashed: tuple[tuple[str, str], ...]
    missed: int


def settle(client: SyncPrefectClient, flows: Sequence[str], now: datetime) -> Settled:
    """Marks runs left Running or Pending as Crashed and drops missed ticks of the system flows.

    Called while no worker runs: the server was started by this process a moment ago, so whoever was executing these
    runs is gone. Missed ticks would all run at once; start-up asks for one run of each instead. Missed runs of
    check_obligation stay and run late: they are history an admin looks for.
    """
    ours = FlowFilter(name=FlowFilterName(any_=list(flows)))
    left = in_states(StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
    cut_off = read_all(client, FlowRunFilter(state=left), ours)
    for run in cut_off:
        client.set_flow_run_state(run.id, Crashed(message=CUT_OFF), force=True)
    crashed = tuple((client.read_flow(run.flow_id).name, run.name) for run in cut_off)
    return Settled(crashed, _drop_missed(client, [name for name in flows if name != CHECK], now))


def _drop_missed(client: SyncPrefectClient, flows: Sequence[str], now: datetime) -> int:
    overdue = FlowRunFilter(
        state=in_states(StateType.SCHEDULED), expected_start_time=FlowRunFilterExpectedStartTime(before_=now)
    )
    return remove(client, read_all(client, overdue, FlowFilter(name=FlowFilterName(any_=list(flows)))))
