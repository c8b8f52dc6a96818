"""The mailbox that bounces come back to: what a report says of a message of ours marks the address it went to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Table, func, select
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.bad_addresses import BOUNCED, Bounced, bounced, restored_at
from obligations.cases.sending.bouncing import record
from obligations.channels.bounce_mailbox import read_mailbox
from obligations.channels.bounces import Bounce
from obligations.domain.errors import Refused
from obligations.store.database import writing
from obligations.store.tables import METADATA

MARK = "hop-thu-bao-loi"  # in DONDOC_HOME: how far which mailbox was read; without it reading begins anew, and no harm
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_m = _message.c


def read_bounces(app: App, url: str, environ: Mapping[str, str], now: datetime, *, by: str) -> list[Bounced]:
    """Mark what a mailbox of bounces says of our own messages; the addresses that are bad since.

    `url` as `channels.bounce_mailbox` takes it, secrets as references. What was sent is not sent again. Refused as
    that mailbox refuses, and while everything is sent to one address, whose bounces say nothing of the units.
    """
    _refuse_redirected(app)
    mark = app.settings.home / MARK
    post = read_mailbox(url, environ, _marked(mark.read_text("utf-8") if mark.exists() else "", url))
    with writing(app.engine) as session:
        told = [_take_in(session, one, now, by) for one in post.bounces]
    mark.write_text(f"{post.until}\n{url}", "utf-8")
    return [one for one in told if one]


def _refuse_redirected(app: App) -> None:
    sending = applied.current(app).configuration.office.sending
    if sending.startswith("redirect:"):
        fix = "Đọc hộp thư báo lỗi khi sending là live."
        raise Refused("redirected", "mọi thư đang gửi về một địa chỉ thử.", fix)


def _take_in(session: Session, bounce: Bounce, now: datetime, by: str) -> Bounced | None:
    """Mark the address of our message that a report speaks of, unless it left before the address was healed."""
    if not bounce.permanent or not bounce.message_id:
        return None
    left = select(_m.recipient, _m.channel, _m.address, func.max(_attempt.c.started_at).label("at"))
    mine = left.join(_attempt, _attempt.c.message_id == _m.id).where(_m.message_id == bounce.message_id)
    row = session.execute(mine.group_by(_m.id)).first()
    if row is None:
        return None
    pair = row.channel, row.address
    healed_at = restored_at(session, pair)
    if pair in bounced(session) or (healed_at and healed_at >= row.at):
        return None
    record(session, BOUNCED, row.recipient, pair, now, by, f"{bounce.status} {bounce.diagnostic}".strip())
    return bounced(session)[pair]


def _marked(mark: str, url: str) -> str:
    """How far this very mailbox was read; anew for another."""
    until, _, of = mark.partition("\n")
    return until if of == url else ""
