"""What a failed run of a flow tells the admin, past Prefect's own page: nobody looks there every day."""

from typing import Any

from prefect.client.schemas.objects import FlowRun, State

from flows.inprocess import current_app
from obligations.cases.clock import utc_now
from obligations.cases.upkeep import alarms

# Their own alert says more, and was given before the run failed.
TOLD = ("Silence", "ClockWentBack")


def tell(flow: Any, flow_run: FlowRun, state: State[Any]) -> None:
    """Hook for runs that failed or crashed. It must not fail itself: the run has its state already."""
    tell_of(flow.name, flow_run.name, state.message or state.name or "?")


def tell_of(flow: str, run: str, words: str, *, is_cut_off: bool = False) -> None:
    """The same for a run whose end is set past its flow, where Prefect calls no hook."""
    if not any(name in words for name in TOLD):
        alarms.flow_failed(current_app(), flow, f"{run}: {words}", utc_now(), is_cut_off=is_cut_off)
