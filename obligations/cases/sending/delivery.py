"""`deliver`: plan everything due, make the messages, send them, and keep the server's answer to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, or_, select

from obligations.cases import applied
from obligations.cases.access import links
from obligations.cases.app import App
from obligations.cases.reminding import lateness, releasing
from obligations.cases.reminding.planning import plan_due
from obligations.cases.reminding.timekeeping import ClockWentBack
from obligations.cases.sending import bouncing, limits, outbox, pausing, refusals, rerouting
from obligations.cases.sending.claims import Claims, coming
from obligations.cases.sending.courier import Courier, Stop, never
from obligations.cases.sending.postbox import Post, Postbox
from obligations.cases.sending.verdicts import Verdicts
from obligations.cases.sending.writer import Pens
from obligations.cases.upkeep import alarms
from obligations.cases.writing import office_mail
from obligations.channels import Outgoing
from obligations.domain.duties import Ladders
from obligations.store.database import light_commits, reading, writing
from obligations.store.tables import METADATA

Clock = Callable[[], datetime]
_ROUNDS = 4  # the contact's address, its next channel, the deputy, văn thư
_r, _m = METADATA.tables["reminder"].c, METADATA.tables["message"].c
_NOW: BindParameter[Any] = bindparam("now")
# Whether there is anything to let go, to queue or to send, or a message whose sender died.
_WAITS = select(
    or_(
        select(_r.id).where(_r.state == "held", _r.at <= _NOW).exists(),
        select(_r.id).where(_r.state == "planned", _r.queued_at.is_(None), _r.at <= _NOW).exists(),
        select(_m.id).where(_m.state.in_(("queued", "started")), _m.next_try_at <= _NOW).exists(),
    )
)


@dataclass(frozen=True)
class Delivered:
    """What one delivery did, in messages; `next_try_at`, not in the past, is when one that waits can go on.

    `throttled`: messages that wait for a minute in which their channel takes more.
    """

    sent: int = 0
    retry: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0
    throttled: int = 0
    next_try_at: datetime | None = None


def deliver(
    app: App,
    now: datetime,
    *,
    engine_id: str,
    flow_run_id: str | None = None,
    clock: Clock | None = None,
    stop: Stop = never,
    post: Post | None = None,
) -> Delivered:
    """Everything that should have left by `now`. Safe to run twice, late, or beside another.

    `clock` stamps each attempt; without it they all bear `now` (a fake clock stands still during a delivery). `stop`
    is asked before each send: once it says so nothing more leaves, and what was claimed is free again at once. `post`
    stands in for the office's own channels where years are lived on a fake clock. ClockWentBack (refused) when `now`
    is earlier than what was recorded last. While the office is paused only planning goes on.
    """
    try:
        plan_due(app, now)
    except ClockWentBack as refused:
        alarms.clock_went_back(app, refused, now, post)
        raise
    with reading(app.engine) as session:
        in_force = applied.find(session)
        if in_force is None:
            return Delivered()
        waits = session.execute(_WAITS, {"now": now}).scalar()
        if not waits and not pausing.standing(session):  # as most of the time: the engine looks every ten minutes
            return Delivered(next_try_at=coming(session.connection(), now))
    releasing.release(app, now)
    if not _may_send(app, in_force.ladders, now, post):
        return Delivered()
    delivery = _Delivery(app, in_force.ladders, now, post or Postbox(in_force.configuration, app.settings.home))
    return delivery.run(engine_id, flow_run_id, clock or (lambda: now), stop)


def _may_send(app: App, ladders: Ladders, now: datetime, post: Post | None) -> bool:
    """Fill the outbox; False while the office is paused, or when this delivery would send so many that a person looks
    first."""
    if pausing.current(app):
        return False
    limits.forget(app, now)
    rerouting.reroute(app, ladders, now)
    lateness.keep_hours(app, ladders, now)
    outbox.queue_waiting(app, now)
    with reading(app.engine) as session:
        held = limits.too_many(session, ladders, now)
        count = None if held else limits.excess(session, ladders, now)
    if held:
        with writing(app.engine) as session:
            limits.hold_back(session, ladders, held, now)
            count = limits.excess(session, ladders, now)
        alarms.held_back(app, len(held), now, post)
    if count:
        pausing.stop_and_ask(app, now, count)
        alarms.too_many(app, count, now, post)
    return not count


class _Delivery:
    """The rounds of one delivery: what is refused for its address goes another way at once."""

    def __init__(self, app: App, ladders: Ladders, now: datetime, post: Post) -> None:
        self._app = app
        self._ladders = ladders
        self._now = now
        self._post = post

    def run(self, engine_id: str, flow_run_id: str | None, clock: Clock, stop: Stop) -> Delivered:
        counts: Counter[str] = Counter()
        down: set[str] = set()
        next_try_at = None
        try:
            for _ in range(_ROUNDS):
                with light_commits(self._app.engine) as connection:
                    claims = Claims(connection, engine_id, flow_run_id)
                    home = self._app.settings.home
                    known = (claims, self._ladders, self._post, self._now, clock)
                    followed = self._ladders.configuration
                    link = partial(links.address_in, self._app, followed, now=self._now)
                    courier = Courier(*known, home=home, pens=Pens(self._office, link))
                    courier.run(stop)
                    next_try_at = coming(connection, self._now)
                counts.update(courier.verdicts.counts)
                down |= courier.verdicts.resting.channels
                moved = self._another_way(courier.verdicts)
                counts["failed"] -= moved
                if not (self._follow() or moved) or stop():
                    break
        finally:
            self._post.close()
        alarms.channels(self._app, down, self._now, self._post)
        return Delivered(**counts, next_try_at=next_try_at)

    def _office(self, message: Row[Any], address: str) -> Outgoing | None:
        return office_mail.compose(self._app, self._ladders, message, address, self._now)

    def _follow(self) -> bool:
        """Whether something may leave now that waited for the unit's own word to leave first."""
        released = releasing.release(self._app, self._now)
        return bool(released) and _may_send(self._app, self._ladders, self._now, self._post)

    def _another_way(self, verdicts: Verdicts) -> int:
        """Mark the addresses that are to blame; how many of their messages go to somebody else now."""
        refusals.exonerate(self._app, verdicts.cleared, self._now)
        return bouncing.refused(self._app, self._ladders, verdicts.bad, self._now).moved
