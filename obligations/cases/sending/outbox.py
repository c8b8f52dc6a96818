"""The outbox: reminders whose time has come become messages, one for each recipient, channel and slot."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Table, and_, bindparam, func, or_, select, update
from sqlmodel import Session

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.ledger.bad_addresses import bad_addresses
from obligations.domain.duties import Ladders
from obligations.domain.plan import NONE_BAD, Bad, Configuration, Contact
from obligations.store.bulk import Bulk, reserve
from obligations.store.clock import DatabaseSeconds
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

BATCH = 2000
IN_A_LIST = 500
MANUAL = "manual"
CONTACT_GONE = "đầu mối không còn trong cấu hình"
NO_CHANNEL = "đầu mối không có kênh nào dùng được"
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_r, _m = _reminder.c, _message.c
Slot = tuple[str, str, str]
_WAITING = (
    select(_r.id, _r.recipient, _r.at)
    .where(_r.state == "planned", _r.queued_at.is_(None), _r.at <= bindparam("now"))
    .order_by(_r.at, _r.id)
    .limit(bindparam("most", type_=Integer))
)
_KEY = (_m.recipient, _m.channel, _m.slot)
_HIGHEST = (
    select(*_KEY, func.max(_m.n).label("n"))
    .where(*(column.in_(bindparam(f"its_{column.name}", expanding=True)) for column in _KEY))
    .group_by(*_KEY)
    .subquery()
)
_LATEST = select(_m.id, *_KEY, _m.n, _m.state, _m.tries).join(
    _HIGHEST, and_(*(_m[name] == column for name, column in _HIGHEST.c.items()))
)


def queue_waiting(app: App, now: datetime) -> int:
    """Put every planned reminder whose time has come into its message; how many messages are new."""
    with reading(app.engine) as session:
        in_force = applied.find(session)
    created = 0
    while in_force is not None:
        with reading(app.engine) as session:
            if not _waiting(session, now, limit=1):
                break
        with writing(app.engine) as session:
            created += _queue(session, in_force.ladders, _waiting(session, now, limit=BATCH), now)
    return created


def _waiting(session: Session, now: datetime, *, limit: int) -> Sequence[Row[Any]]:
    return session.execute(_WAITING, {"now": now, "most": limit}).all()


def _queue(session: Session, ladders: Ladders, waiting: Sequence[Row[Any]], now: datetime) -> int:
    if not waiting:  # another engine queued them meanwhile
        return 0
    configuration, bad = ladders.configuration, bad_addresses(session)
    slots: dict[Slot, list[int]] = {}
    lost: list[dict[str, Any]] = []
    hours: dict[datetime, str] = {}
    for row in waiting:
        contact = configuration.contacts.get(row.recipient)
        channel = accepting(configuration, contact, bad) if contact else None
        if channel is None:
            lost.append({"row": row.id, "reason": NO_CHANNEL if contact else CONTACT_GONE})
            continue
        if row.at not in hours:
            hours[row.at] = f"{ladders.clockwork.local(row.at):%Y-%m-%dT%H}"
        slot = hours[row.at]
        slots.setdefault((row.recipient, channel[0], slot), []).append(row.id)
    created, messages = _open(session, configuration, slots, now)
    links = [{"reminder_id": one, "message_id": messages[slot]} for slot, ids in slots.items() for one in ids]
    Bulk(session.connection(), _carried, ["reminder_id", "message_id"]).insert(links)
    _mark(session, waiting, lost, now)
    return created


def _mark(session: Session, waiting: Iterable[Row[Any]], lost: list[dict[str, Any]], now: datetime) -> None:
    connection, table = session.connection(), _reminder.c
    queued = [row.id for row in waiting]
    for start in range(0, len(queued), IN_A_LIST):
        chosen = table.id.in_(queued[start : start + IN_A_LIST])
        connection.execute(update(_reminder).where(chosen).values(queued_at=now))
    if lost:
        failed = update(_reminder).where(table.id == bindparam("row"))
        connection.execute(failed.values(state="failed", why=bindparam("reason")), lost)


def accepting(configuration: Configuration, contact: Contact, bad: Bad = NONE_BAD) -> tuple[str, str] | None:
    """The first (channel, address) of a contact that the office has and that takes what is sent there.

    In the box every channel is as good.
    """
    return next((one for one in contact.channels if usable(configuration, one[0]) and one not in bad), None)


def usable(configuration: Configuration, channel: str) -> bool:
    """Whether the office has a channel."""
    return configuration.office.sending == "box" or channel == MANUAL or channel in configuration.channels


def _open(
    session: Session, configuration: Configuration, slots: Collection[Slot], now: datetime
) -> tuple[int, dict[Slot, int]]:
    """The message of each slot that is still open, or the next one."""
    latest = _latest(session, slots)
    untouched = [row.id for slot in slots if (row := latest.get(slot)) and row.state == "queued" and row.tries == 0]
    lockable = _lockable(session, untouched)
    open_: dict[Slot, int] = {}
    new: list[tuple[Slot, dict[str, Any]]] = []
    for slot in slots:
        last = latest.get(slot)
        if last and last.id in lockable:
            open_[slot] = last.id
        else:
            new.append((slot, _new(configuration, slot, last.n + 1 if last else 1, now)))
    if new:
        open_ |= _insert(session, new)
    return len(new), open_


def _insert(session: Session, new: Sequence[tuple[Slot, dict[str, Any]]]) -> dict[Slot, int]:
    """New messages; the number of each."""
    connection = session.connection()
    numbers = reserve(connection, _message, len(new))
    bulk = Bulk(connection, _message, ["id", *new[0][1]])
    bulk.insert(bulk.bound({"id": one, **values}) for one, (_, values) in zip(numbers, new, strict=True))
    return {slot: one for one, (slot, _) in zip(numbers, new, strict=True)}


def _lockable(session: Session, ids: list[int]) -> set[int]:
    """Those of these messages that nobody holds, locked: what is claimed is perhaps being written this moment."""
    if not ids:
        return set()
    table = _message.c
    free = or_(table.lease_until.is_(None), table.lease_until < DatabaseSeconds())
    query = select(table.id).where(table.id.in_(ids), table.state == "queued", table.tries == 0, free)
    return set(session.execute(query.with_for_update(skip_locked=True)).scalars())


def _latest(session: Session, slots: Collection[Slot]) -> dict[Slot, Row[Any]]:
    """The newest message of each of these slots (and of a few others, that share their words)."""
    words = {f"its_{column.name}": sorted({slot[place] for slot in slots}) for place, column in enumerate(_KEY)}
    rows = session.execute(_LATEST, words)
    return {(row.recipient, row.channel, row.slot): row for row in rows}


def _new(configuration: Configuration, slot: Slot, n: int, now: datetime) -> dict[str, Any]:
    recipient, channel, hour = slot
    address = dict(configuration.contacts[recipient].channels)[channel]
    digest = hashlib.sha256("\n".join((*slot, str(n), now.isoformat())).encode()).hexdigest()[:24]
    return {
        "recipient": recipient,
        "channel": channel,
        "slot": hour,
        "n": n,
        "message_id": f"<{digest}.{hour.replace('-', '')}@{domain(configuration)}>",
        "address": address,
        "state": "queued",
        "created_at": now,
        "subject": "",
        "next_try_at": None if channel == MANUAL else now,
        "tries": 0,
        "fence": 0,
    }


def domain(configuration: Configuration) -> str:
    """The right side of our Message-IDs: the secretariat's own mail domain."""
    for name in configuration.office.secretariat:
        email = configuration.contacts[name].email
        if email and email.isascii():
            return email.rpartition("@")[2]
    return "dondoc.invalid"
