"""One deployment of check_obligation per applied plan."""

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient

from flows.check_obligation import check_obligation
from flows.deployments import Deployment, drop_others, ensure
from obligations.cases.app import App
from obligations.cases.reminding.agenda import wanted_plans


def of_plans(app: App) -> list[Deployment]:
    """The deployments that the applied configuration asks for."""
    return [
        Deployment(
            flow=check_obligation,
            name=plan.id,
            description=" · ".join(part for part in (plan.number, plan.title) if part),
            tags=(f"plan:{plan.id}",),
        )
        for plan in wanted_plans(app)
    ]


def ensure_plans(client: SyncPrefectClient, app: App) -> dict[str, UUID]:
    """Creates, updates and drops plan deployments; returns the id of each by plan."""
    wanted = of_plans(app)
    drop_others(client, check_obligation.name, [one.name for one in wanted])
    return ensure(client, wanted)
