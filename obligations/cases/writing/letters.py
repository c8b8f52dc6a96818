"""What a message says: its reminders, read again at the moment of sending, become one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, update

from obligations.cases.ledger.owing import not_owed
from obligations.cases.writing import gathering, telling
from obligations.cases.writing.almanac import almanac
from obligations.cases.writing.drafting import drafts
from obligations.cases.writing.gathering import Writing
from obligations.cases.writing.items import items
from obligations.cases.writing.reports import coordination, escalation, overview
from obligations.cases.writing.results import recorded, review
from obligations.channels import Outgoing, carries_mail
from obligations.domain.duties import Ladders
from obligations.domain.ladder import RECORDED
from obligations.domain.plan import Configuration
from obligations.store.tables import METADATA
from obligations.texts.letter import Letter
from obligations.texts.occasion import Occasion, Part
from obligations.texts.unit import Duties

_reminder: Table = METADATA.tables["reminder"]
_Rows = Sequence[Row[Any]]
LinkOf = Callable[[Connection, str], str]
# What each reminder becomes a part of, in the order in which parts press.
_PARTS: dict[str, Callable[[Writing, Occasion, _Rows], Part]] = {
    "unit": lambda writing, at, rows: Duties(at, items(writing, rows)),
    "leader": escalation,
    "letter": drafts,
    "review": review,
    "overseer": lambda writing, at, rows: overview(writing, at, rows, for_leadership=False),
    "own_leadership": lambda writing, at, rows: overview(writing, at, rows, for_leadership=True),
    "coordinating": coordination,
    "recorded": recorded,
}


def no_link(_: Connection, __: str) -> str:
    """No unit has a page of its own: the office has no address for pages."""
    return ""


def compose(
    connection: Connection,
    ladders: Ladders,
    message: Row[Any],
    address: str,
    now: datetime,
    carried: _Rows,
    *,
    link: LinkOf = no_link,
) -> Outgoing | None:
    """The letter of a message, which carries these reminders as they stand now.

    None when nothing of it is owed any more; what is not, is skipped with its reason. `link` gives the address of a
    unit's own page, for what asks the unit to answer.

    Raises Refused where the applied configuration does not know what the ledger owes (it is being replaced).
    """
    live = _live(connection, carried)
    if not live:
        return None
    configuration = ladders.configuration
    contact = configuration.contacts[message.recipient]
    letter = _letter(Writing(connection, almanac(ladders, now), contact), live, link)
    said = letter.render() if _is_mail(configuration, message.channel, address) else letter.short()
    return Outgoing(message.message_id, address, contact.name, *said, now, letter.reply_to)


def fail(connection: Connection, message_id: int, why: str) -> None:
    """A message that was refused for good takes its reminders with it."""
    carried = gathering.carried(connection, [message_id]).get(message_id, ())
    mark(connection, [row.reminder_id for row in carried], "failed", why)


def mark(connection: Connection, reminders: Iterable[int], state: str, why: str) -> None:
    change = update(_reminder).where(_reminder.c.id.in_(list(reminders)))
    connection.execute(change.values(state=state, why=why))


def _live(connection: Connection, carried: _Rows) -> list[Row[Any]]:
    """What of a message is still owed; the rest ends here with its reason."""
    live = []
    for row in carried:
        if verdict := not_owed(row, row.rung, row.cause, row.for_due_on):
            mark(connection, [row.reminder_id], *verdict)
        else:
            live.append(row)
    return live


def _letter(writing: Writing, rows: _Rows, link: LinkOf) -> Letter:
    plans = dict.fromkeys(row.plan for row in rows)
    by_part: dict[str, list[Row[Any]]] = {}
    for row in rows:
        by_part.setdefault(_part(row), []).append(row)
    page = link(writing.connection, writing.contact.unit) if "unit" in by_part else ""
    at = telling.occasion(writing, plans, page, by_part)
    parts = tuple(build(writing, at, by_part[name]) for name, build in _PARTS.items() if name in by_part)
    return Letter(at, parts, telling.reply_to(writing, plans))


def _part(row: Row[Any]) -> str:
    """Which part of a letter a reminder belongs to."""
    if row.rung == RECORDED:
        return "recorded"
    if row.audience == "reviewer":
        return "letter" if row.rung.startswith("letter-") else "review"
    return str(row.audience)


def _is_mail(configuration: Configuration, channel: str, address: str) -> bool:
    """Whether it goes as a mail; a channel that only the box knows is one where its address is."""
    known = configuration.channels.get(channel)
    return carries_mail(known.url if known else "", address)
