"""Addresses that refuse what is sent to them: skipped until the configuration names another, or somebody says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, select
from sqlmodel import Session

from obligations.cases.ledger.officebook import OFFICE
from obligations.domain.plan import Bad
from obligations.store.tables import METADATA

BOUNCED, RESTORED = "bounced", "restored"
Pair = tuple[str, str]  # channel, address
_event: Table = METADATA.tables["event"]
_e = _event.c
_TOLD = (
    select(_e.id, _e.kind, _e.recorded_at, _e.by, _e.payload)
    .where(_e.plan == OFFICE, _e.kind.in_((BOUNCED, RESTORED)))
    .order_by(_e.id)
)


@dataclass(frozen=True)
class Bounced:
    """One address that refuses mail: for which contact it was found so, in which words, since when, by whom."""

    contact: str
    channel: str
    address: str
    answer: str
    since: datetime
    by: str


def bad_addresses(session: Session | Connection) -> Bad:
    """Every (channel, address) that refuses now. One look-up by index; there are a few bounces a year."""
    return frozenset(bounced(session))


def bounced(session: Session | Connection) -> dict[Pair, Bounced]:
    """What is known of each address that refuses now, in the order in which that was found."""
    found: dict[Pair, Bounced] = {}
    for event in session.execute(_TOLD):
        said = event.payload
        pair = said["channel"], said["address"]
        if event.kind == BOUNCED:
            found[pair] = Bounced(said["contact"], *pair, said.get("answer", ""), event.recorded_at, event.by)
        else:
            found.pop(pair, None)
    return found


def restored_at(session: Session | Connection, pair: Pair) -> datetime | None:
    """When somebody last said that an address takes mail again."""
    said = (event for event in session.execute(_TOLD) if event.kind == RESTORED)
    times = [event.recorded_at for event in said if (event.payload["channel"], event.payload["address"]) == pair]
    return times[-1] if times else None
