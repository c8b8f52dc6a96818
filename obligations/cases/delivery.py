"""`deliver`: plan everything due, make the messages, send them, and keep the server's answer to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from obligations.cases import applied, outbox, rerouting
from obligations.cases.app import App
from obligations.cases.claims import Claims
from obligations.cases.courier import Courier, Stop, never
from obligations.cases.planning import plan_due
from obligations.cases.postbox import Postbox
from obligations.store.database import light_commits, reading

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Delivered:
    """What one delivery did, in messages; `next_try_at`, not in the past, is when one that waits can go on."""

    sent: int = 0
    retry: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0
    next_try_at: datetime | None = None


def deliver(
    app: App,
    now: datetime,
    *,
    engine_id: str,
    flow_run_id: str | None = None,
    clock: Clock | None = None,
    stop: Stop = never,
) -> Delivered:
    """Everything that should have left by `now`. Safe to run twice, late, or beside another.

    `clock` stamps each attempt; without it they all bear `now` (a fake clock stands still during a delivery). `stop`
    is asked before each send: once it says so nothing more leaves, and what was claimed is free again at once.
    """
    plan_due(app, now)
    with reading(app.engine) as session:
        in_force = applied.find(session)
    if in_force is None:
        return Delivered()
    rerouting.reroute(app, in_force.ladders, now)
    outbox.queue_waiting(app, now)
    postbox = Postbox(in_force.configuration, app.settings.home)
    try:
        with light_commits(app.engine) as connection:
            claims = Claims(connection, engine_id, flow_run_id)
            courier = Courier(claims, in_force.ladders, postbox, now, clock or (lambda: now))
            courier.run(stop)
            return Delivered(**courier.counts, next_try_at=claims.next_try_at(now))
    finally:
        postbox.close()
