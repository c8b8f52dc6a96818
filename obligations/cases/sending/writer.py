"""The letters of one delivery, each written in the transaction that starts its message, or ahead of it.

While a server takes a message there is time for the next letter. It is used only where nobody else has written to the
ledger since, and where it tells of other duties than the message under way: then its own turn would give the same.
A letter that would change something itself (a duty that is owed no more, a new link) waits for its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from obligations.cases.sending.carried import Carried
from obligations.cases.sending.outbox import CONTACT_GONE
from obligations.cases.writing import letters, office_mail
from obligations.channels import Channel, Outgoing
from obligations.domain.duties import Ladders
from obligations.domain.errors import Refused
from obligations.store.database import looking

Write = Callable[[Row[Any], str], Outgoing | None]


class Pens(NamedTuple):
    """`office` writes the office's own mail, which carries no reminders; `link` the address of a unit's own page."""

    office: Write | None = None
    link: letters.LinkOf = letters.no_link


class Ready(NamedTuple):
    """What leaves, and where to."""

    address: str
    subject: str
    frozen: bytes


class Writer:
    """Writes as of `now`; `pens` write what needs more than the ledger."""

    def __init__(self, connection: Connection, ladders: Ladders, now: datetime, pens: Pens | None = None) -> None:
        self._connection = connection
        self._ladders = ladders
        self._now = now
        self._pens = pens or Pens()
        self._carried = Carried(connection)
        self._ahead: tuple[int, Ready] | None = None

    def expect(self, rows: Iterable[Row[Any]]) -> None:
        """These messages are written next."""
        self._carried.expect(row.id for row in rows)

    def forget(self) -> None:
        """The delivery itself changed what letters may say."""
        self._carried.forget()

    def write(self, row: Row[Any], channel: Channel) -> Ready | None:
        """What a message says, inside its start's transaction; None when it has nothing to say any more.

        Raises Refused where the configuration does not know whom or what it is for.
        """
        ahead, self._ahead = self._ahead, None
        if ahead and ahead[0] == row.id and self._carried.still_true():
            return ahead[1]
        if self._pens.office and office_mail.is_office_mail(row.slot):
            address = self._address(row)
            return _ready(channel, address, self._pens.office(row, address))
        return self._letter(row, channel, self._connection, self._carried.of(row.id))

    def write_ahead(self, row: Row[Any], channel: Channel, taken: Row[Any]) -> None:
        """Write what comes next while `taken` is being taken, whose answer the ledger does not know. Never raises."""
        self._ahead = None
        if row.body is not None or not self._carried.are_apart(row.id, taken.id):
            return
        with suppress(Exception), looking(self._connection) as ledger:  # what is wrong with it is told in its turn
            ready = self._letter(row, channel, ledger, self._carried.known(row.id))
            self._ahead = (row.id, ready) if ready else None

    def _letter(self, row: Row[Any], channel: Channel, ledger: Connection, carried: Sequence[Row[Any]]) -> Ready | None:
        address = self._address(row)
        written = (ledger, self._ladders, row, address, self._now, carried)
        return _ready(channel, address, letters.compose(*written, link=self._pens.link))

    def _address(self, row: Row[Any]) -> str:
        """The contact's address of today."""
        contact = self._ladders.configuration.contacts.get(row.recipient)
        if contact is None:  # another engine follows a newer configuration; the next delivery reroutes
            raise Refused("contact-gone", f"{CONTACT_GONE}: {row.recipient}.")
        return dict(contact.channels).get(row.channel, str(row.address))


def _ready(channel: Channel, address: str, letter: Outgoing | None) -> Ready | None:
    return Ready(address, letter.subject, channel.freeze(letter)) if letter else None
