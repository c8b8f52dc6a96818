"""Deployments as data, and bringing Prefect's into line with them without touching what is already right."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectAlreadyExists
from prefect.utilities.callables import parameter_schema

from flows.runs import PAGE, of_flow
from flows.worker import InProcessWorker
from obligations.cases.upkeep.prefect_api import POOL


@dataclass(frozen=True)
class Deployment:
    """One deployment as wanted: `crons` are five-field cron lines in the office's time zone."""

    flow: Flow[..., Any]
    name: str
    description: str
    tags: tuple[str, ...] = ()
    crons: tuple[str, ...] = ()
    zone: str = "Asia/Ho_Chi_Minh"

    @cached_property
    def version(self) -> str:
        """A digest of all of it: an equal version needs no update."""
        told = [self.flow.name, self.name, self.description, self.tags, self.crons, self.zone, self.schema]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]

    @cached_property
    def schema(self) -> dict[str, Any]:
        """What the flow's parameters are, for the form behind Prefect's Run button."""
        return parameter_schema(self.flow).model_dump()

    @property
    def schedules(self) -> list[DeploymentScheduleCreate]:
        """The cron lines as Prefect takes them."""
        return [DeploymentScheduleCreate(schedule=CronSchedule(cron=line, timezone=self.zone)) for line in self.crons]


def ensure_pool(client: SyncPrefectClient) -> None:
    """Creates the pool that the in-process worker polls, unless it is there."""
    pool = WorkPoolCreate(
        name=POOL,
        type=InProcessWorker.type,
        description="Các luồng của Đôn Đốc, chạy ngay trong tiến trình của nó.",
        base_job_template=InProcessWorker.get_default_base_job_template(),
    )
    try:
        client.create_work_pool(pool)
    except ObjectAlreadyExists:
        return


def ensure(client: SyncPrefectClient, wanted: Sequence[Deployment]) -> dict[str, UUID]:
    """Creates and updates deployments; returns the id of each by name.

    An update makes Prefect throw away the future runs its schedules made, so what is unchanged is not sent again.
    """
    flow_ids = {name: client.create_flow_from_name(name) for name in {one.flow.name for one in wanted}}
    have = {(one.flow_id, one.name): one for one in existing(client)}
    ids: dict[str, UUID] = {}
    for one in wanted:
        known = have.get((flow_ids[one.flow.name], one.name))
        same = known is not None and known.version == one.version
        ids[one.name] = known.id if known and same else _send(client, flow_ids[one.flow.name], one)
    return ids


def _send(client: SyncPrefectClient, flow_id: UUID, one: Deployment) -> UUID:
    return client.create_deployment(
        flow_id=flow_id,
        name=one.name,
        version=one.version,
        description=one.description,
        tags=list(one.tags),
        schedules=one.schedules,
        work_pool_name=POOL,
        parameter_openapi_schema=one.schema,
        enforce_parameter_schema=True,
        entrypoint=f"{one.flow.fn.__module__}:{one.flow.fn.__name__}",
    )


def existing(client: SyncPrefectClient, flow: str | None = None) -> list[DeploymentResponse]:
    """Every deployment in our pool, or those of one flow."""
    found: list[DeploymentResponse] = []
    while True:
        page = client.read_deployments(flow_filter=of_flow(flow) if flow else None, limit=PAGE, offset=len(found))
        found += page
        if len(page) < PAGE:
            return [one for one in found if one.work_pool_name == POOL]


def drop_others(client: SyncPrefectClient, flow: str, names: Sequence[str]) -> list[str]:
    """Deletes the flow's deployments that are not in `names`, with their scheduled runs; past runs stay."""
    gone = [one for one in existing(client, flow) if one.name not in names]
    for one in gone:
        client.delete_deployment(one.id)
    return [one.name for one in gone]
