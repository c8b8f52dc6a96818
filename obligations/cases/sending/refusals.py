"""Addresses refused for good (RCPT 5xx, no such room): whose fault is it, the address's or the channel's?

One is the address's. Three addresses in a row with one answer (relay denied) are the channel's: it rests, and nobody's
reminder fails for it. So what is refused is only suspected until the channel took another message, gave another
answer, or the delivery is over. An address refused again after the channel took others is to blame by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, bindparam, func, select, update

from obligations.cases.app import App
from obligations.cases.ledger import officebook
from obligations.cases.ledger.bad_addresses import RESTORED, Pair, bounced
from obligations.store.database import writing
from obligations.store.tables import METADATA

IN_A_ROW = 3
_LOOK_BACK = timedelta(days=30)
_LOOKED_AT = 50
_T = METADATA.tables
_message: Table = _T["message"]
_attempt: Table = _T["attempt"]
_reminder: Table = _T["reminder"]
_carried: Table = _T["reminder_message"]
_m, _a, _r = _message.c, _attempt.c, _reminder.c
_FIRST = select(func.min(_a.started_at)).where(_a.message_id == bindparam("row"), _a.outcome == "address_bad")
_TOOK = (
    select(_a.n)
    .join(_message, _m.id == _a.message_id)
    .where(_m.channel == bindparam("over"), _a.outcome == "sent", _a.started_at > bindparam("since"))
    .limit(1)
)
_BEFORE = (
    select(_m.id, _m.address, _m.state, _a.started_at, _a.stage, _a.outcome, _a.answer)
    .join(_message, _m.id == _a.message_id)
    .where(_m.channel == bindparam("over"), _a.started_at > bindparam("since"), _a.outcome != "")
    .order_by(_a.started_at.desc(), _a.message_id.desc(), _a.n.desc())
    .limit(_LOOKED_AT)
)
_CODES = re.compile(r"\d{3}([ -]\d\.\d{1,3}\.\d{1,3})?")
_SPEAKS_OF = re.compile(r"\S*@\S*|\S*\d\S*")


class Suspect(NamedTuple):
    """A message whose address was refused, as it was claimed; the address and the refusal's words."""

    row: Row[Any]
    address: str
    words: str


class Refusals:
    """The suspects of one delivery, by channel."""

    def __init__(self, connection: Connection, now: datetime, midnight: datetime) -> None:
        self._connection = connection
        self._now = now
        self._midnight = midnight
        self._suspects: dict[str, list[Suspect]] = {}

    def is_the_address(self, row: Row[Any]) -> bool:
        """Whether the channel took another message after it first refused this one."""
        first = self._connection.execute(_FIRST, {"row": row.id}).scalar()
        asked = {"over": row.channel, "since": first}
        return first is not None and self._connection.execute(_TOOK, asked).first() is not None

    def add(self, suspect: Suspect) -> list[Suspect]:
        """Suspect a message; those before it are to blame, and no more suspected, when they had another answer."""
        known = self._suspects.setdefault(suspect.row.channel, [])
        blamed = known[:] if known and essence(known[0].words) != essence(suspect.words) else []
        known[:] = [*known[len(blamed) :], suspect]
        return blamed

    def three(self, channel: str) -> list[Suspect]:
        """The suspects, when three different addresses in a row had one answer: nobody of them is to blame."""
        known = self._suspects.get(channel, [])
        return self.clear(channel) if len({one.address for one in known}) >= IN_A_ROW else []

    def clear(self, channel: str) -> list[Suspect]:
        """Those suspected so far, no more from now on: the channel took a message, or the delivery is over."""
        return self._suspects.pop(channel, [])

    def channels(self) -> list[str]:
        """Where somebody is suspected."""
        return [channel for channel, known in self._suspects.items() if known]

    def earlier(self, channel: str) -> list[Row[Any]]:
        """The attempts before this delivery that were refused in the same words, up to the last one that was not.

        Empty unless they and the suspects are three addresses: then it is the channel's fault after all.
        """
        known = self._suspects[channel]
        mine, same = {one.row.id for one in known}, []
        asked = {"over": channel, "since": self._now - _LOOK_BACK}
        for row in self._connection.execute(_BEFORE, asked):
            if row.id in mine or row.stage in ("route", "compose"):
                continue
            if row.outcome != "address_bad" or essence(row.answer) != essence(known[0].words):
                break
            same.append(row)
        addresses = {one.address for one in known} | {row.address for row in same}
        return same if len(addresses) >= IN_A_ROW else []

    def give_back(self, refused: Iterable[Row[Any]], until: datetime) -> None:
        """What failed so earlier today waits again: it was not the address's fault."""
        failed = [row for row in refused if row.state == "failed" and row.started_at >= self._midnight]
        for row in sorted(failed, key=lambda row: row.id):  # in the order in which everybody locks messages
            tried = select(func.max(_a.n)).where(_a.message_id == row.id).scalar_subquery()
            again = {"state": "queued", "next_try_at": until, "body": None, "tries": tried}
            self._connection.execute(update(_message).where(_m.id == row.id, _m.state == "failed").values(**again))
            carried = select(_carried.c.reminder_id).where(_carried.c.message_id == row.id)
            change = update(_reminder).where(_r.id.in_(carried), _r.state == "failed")
            self._connection.execute(change.values(state="planned", why=""))


def exonerate(app: App, cleared: Iterable[Pair], now: datetime) -> None:
    """These addresses take mail as far as anybody knows: what this program held against them is taken back."""
    pairs = set(cleared)
    if not pairs:
        return
    with writing(app.engine) as session:
        for pair, known in bounced(session).items():
            if pair in pairs and known.by == officebook.DONDOC:
                payload = {"contact": known.contact, "channel": known.channel, "address": known.address}
                officebook.record(session, RESTORED, now, by=officebook.DONDOC, payload=payload)


def essence(words: str) -> str:
    """A refusal without what differs from one address to the next: addresses, and words with digits after its codes.

    >>> essence("554 5.7.1 <a@b.example>: Relay access denied; id 4Fz2")
    '554 5.7.1  Relay access denied; id '
    """
    code = _CODES.match(words)
    return (code[0] if code else "") + _SPEAKS_OF.sub("", words[code.end() if code else 0 :])
