"""A message's way through the database: claimed, started, answered, settled; each change holds only with the lease.

The statements are built once: a delivery runs them thousands of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, func, insert, select, update

from obligations.store.clock import DatabaseSeconds
from obligations.store.prepared import Prepared
from obligations.store.tables import METADATA

CLAIM = 50
LEASE_SECONDS = 300
_message: Table = METADATA.tables["message"]
_attempt: Table = METADATA.tables["attempt"]
_channel: Table = METADATA.tables["channel_state"]
_event: Table = METADATA.tables["event"]
_m, _a = _message.c, _attempt.c
_NOW_SECONDS = DatabaseSeconds()
_HELD = (_m.id == bindparam("row"), _m.fence == bindparam("fenced"))
_RESTING = select(_channel.c.channel).where(_channel.c.down_until > bindparam("at"))
_FREE = (
    select(_m.id)
    .where(_m.next_try_at <= bindparam("at"), _m.state == "queued", _m.channel.not_in(_RESTING))
    .where(_m.lease_until.is_(None) | (_m.lease_until < _NOW_SECONDS))
    .order_by(_m.next_try_at, _m.id)
    .limit(CLAIM)
    .with_for_update(skip_locked=True)  # nothing on SQLite, whose one writer is alone anyway
)
_LEASE = {"engine": bindparam("by"), "fence": _m.fence + 1, "lease_until": _NOW_SECONDS + LEASE_SECONDS}
_TAKE = update(_message).where(_m.id.in_(_FREE)).values(_LEASE).returning(_message)
_HOLD = select(_m.id).where(*_HELD).with_for_update()


def _newest(kind: str) -> ColumnElement[int]:
    """One look at the index, however often an office paused; 0 where it never did."""
    newest = select(func.max(_event.c.id)).where(_event.c.plan == "", _event.c.kind == kind)
    return func.coalesce(newest.scalar_subquery(), 0)


_IS_PAUSED = _newest("paused") > _newest("resumed")
_START = (
    update(_message)
    .where(*_HELD, ~_IS_PAUSED)  # read with each send, at no cost of its own
    .values(state="started", subject=bindparam("said"), body=bindparam("bytes"), tries=bindparam("try"))
    .values(address=bindparam("to"), lease_until=_NOW_SECONDS + LEASE_SECONDS)
)
_BEGIN = insert(_attempt).values(
    message_id=bindparam("row"),
    n=bindparam("try"),
    started_at=bindparam("at"),
    flow_run_id=bindparam("run"),
    stage="",
    outcome="",
    answer="",
)
_TRIED = update(_message).where(*_HELD).values(tries=bindparam("try"))
_ANSWER = (
    update(_attempt)
    .where(_a.message_id == bindparam("row"), _a.n == bindparam("try"))
    .where(select(_m.id).where(*_HELD).exists())
    .values({name: bindparam(f"its_{name}") for name in ("finished_at", "stage", "outcome", "answer")})
)
_SETTLE = update(_message).where(*_HELD).values(state=bindparam("to"), next_try_at=bindparam("next"), lease_until=None)
_FORGET = update(_message).where(*_HELD).values(body=None)
_DEAD = select(_message).where(_m.next_try_at <= bindparam("at"), _m.state == "started", _m.lease_until < _NOW_SECONDS)
_UNKNOWNS = select(func.count()).where(_a.message_id == bindparam("row"), _a.outcome == "unknown")
_COMING = (
    select(func.min(_m.next_try_at).label("due"), _m.lease_until, _channel.c.down_until)
    .outerjoin(_channel, _channel.c.channel == _m.channel)
    .where(_m.next_try_at.is_not(None), _m.state.in_(("queued", "started")))
    .group_by(_m.lease_until, _m.channel, _channel.c.down_until)
)


class Claims:
    """One engine's claims over one connection. Each method that changes something commits or rolls back."""

    def __init__(self, connection: Connection, engine_id: str, flow_run_id: str | None) -> None:
        self.connection = connection
        self._engine = engine_id
        self._flow_run = flow_run_id
        self._start, self._begin = Prepared(connection, _START), Prepared(connection, _BEGIN)
        self._answer, self._settle = Prepared(connection, _ANSWER), Prepared(connection, _SETTLE)
        self._accepted: dict[str, Any] | None = None  # an answer that is written and not yet committed

    def commit(self) -> None:
        """What was written holds."""
        self.connection.commit()
        self._accepted = None

    def rollback(self) -> None:
        """Nothing since the last commit happened, but an answer that was to hold with the next one: that holds now."""
        self.connection.rollback()
        if self._accepted:
            self._write(**self._accepted)
            self.commit()

    def take(self, at: datetime) -> Sequence[Row[Any]]:
        """A lease on a few free messages: one conditional UPDATE, so two engines never hold the same one."""
        rows = self.connection.execute(_TAKE, {"at": at, "by": self._engine}).all()
        self.commit()
        return sorted(rows, key=lambda row: (row.next_try_at, row.id))

    def hold(self, row: Row[Any]) -> bool:
        """Lock a claimed message until `start` commits; False when the lease was lost.

        What it carries stays as it is read for the letter: whoever adds to a message or takes back what it carries
        locks it too (`outbox`, `withdraw`). On SQLite this connection's transaction keeps every other writer out.
        """
        if self.connection.dialect.name == "sqlite":
            return True  # `start` looks at the fence within the same transaction
        return self.connection.execute(_HOLD, {"row": row.id, "fenced": row.fence}).first() is not None

    def owns(self, row: Row[Any]) -> bool:
        """Whether nobody claimed a message after this engine did; locked until the commit."""
        return self.connection.execute(_HOLD, {"row": row.id, "fenced": row.fence}).first() is not None

    def is_paused(self) -> bool:
        """Whether a person (or a limit) stopped all sending."""
        return bool(self.connection.execute(select(_IS_PAUSED)).scalar())

    def start(self, row: Row[Any], to: str, subject: str, body: bytes, at: datetime) -> bool:
        """Commit that a send begins; False when the lease was lost meanwhile, or all sending was paused."""
        number = {"row": row.id, "try": row.tries + 1}
        if not self._start(**number, fenced=row.fence, said=subject, bytes=body, to=to):
            self.rollback()
            return False
        self._begin(**number, at=at, run=self._flow_run)
        self.commit()
        return True

    def stumble(self, row: Row[Any], at: datetime, stage: str, words: str) -> bool:
        """Write an attempt that broke before anything left, not yet committed; False when the lease was lost."""
        self.rollback()
        if not self._changed(_TRIED, row, **{"try": row.tries + 1}):
            self.rollback()
            return False
        told = {"message_id": row.id, "n": row.tries + 1, "flow_run_id": self._flow_run, "outcome": "retry"}
        told |= {"started_at": at, "finished_at": at, "stage": stage, "answer": words}
        self.connection.execute(insert(_attempt), told)
        return True

    def answer(self, row: Row[Any], n: int, at: datetime, stage: str, outcome: str, words: str) -> bool:
        """Write an attempt's end, not yet committed; False (and nothing written) when the lease was lost."""
        said = {"its_finished_at": at, "its_stage": stage, "its_outcome": outcome, "its_answer": words}
        if self._answer(row=row.id, fenced=row.fence, **said, **{"try": n}):
            return True
        self.rollback()
        return False

    def accept(self, row: Row[Any], n: int, at: datetime, stage: str, words: str) -> bool:
        """Write that a message was accepted; it holds with the next commit or rollback of these claims.

        So a message costs one commit instead of two: the one that starts its successor. A process that dies before it,
        with the next letter in hand, leaves this message unknown. False when the lease was lost.
        """
        said = {"its_finished_at": at, "its_stage": stage, "its_outcome": "sent", "its_answer": words}
        told = {"row": row.id, "fenced": row.fence, "try": n, **said}
        if not self._write(**told):
            self.rollback()
            return False
        self._accepted = told
        return True

    def settle(self, row: Row[Any], state: str, next_try_at: datetime | None = None, *, anew: bool = False) -> None:
        """Leave the message in a state and commit; `anew` forgets the bytes, so that the next try is written again."""
        if anew:
            self._changed(_FORGET, row)
        self._settle(row=row.id, fenced=row.fence, to=state, next=next_try_at)
        self.commit()

    def dead(self, at: datetime) -> Sequence[Row[Any]]:
        """Started messages whose lease ran out: whoever held them died."""
        return self.connection.execute(_DEAD, {"at": at}).all()

    def unknowns(self, row: Row[Any]) -> int:
        """How many attempts of a message ended unknown."""
        return self.connection.execute(_UNKNOWNS, {"row": row.id}).scalar_one()

    def _write(self, *, row: int, fenced: int, **told: Any) -> bool:
        """Write that a message was accepted and is sent; False when the lease was lost."""
        if not self._answer(row=row, fenced=fenced, **told):
            return False
        self._settle(row=row, fenced=fenced, to="sent", next=None)
        return True

    def _changed(self, statement: Any, row: Row[Any], **values: Any) -> bool:
        held = {"row": row.id, "fenced": row.fence}
        return self.connection.execute(statement, held | values).rowcount == 1


def coming(connection: Connection, at: datetime) -> datetime | None:
    """When a waiting message can really go on, never before `at`: at its time, its channel up, its lease over."""
    rows = connection.execute(_COMING).all()
    return min((max(at, row.due, row.down_until or at, _over(row.lease_until) or at) for row in rows), default=None)


def _over(lease_until: int | None) -> datetime | None:
    """The first instant after a lease."""
    return None if lease_until is None else datetime.fromtimestamp(lease_until + 1, UTC)
