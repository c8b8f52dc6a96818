"""What letters are made of besides a duty's words: how far a period has come, the reader, where an answer goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from obligations.cases.writing import gathering
from obligations.cases.writing.gathering import Writing
from obligations.domain.due import ONCE
from obligations.domain.plan import Configuration, Contact
from obligations.texts.addressee import addressee
from obligations.texts.duty import Duty, Tally
from obligations.texts.occasion import Occasion


def tally(writing: Writing, plan: str, obligation: str, period: str) -> Tally | None:
    """How far one obligation's period has come; None where nobody owes it."""
    rows = gathering.same(writing.connection, plan, obligation, period)
    if not rows:
        return None
    missing = writing.protocol(row.unit for row in rows if row.submitted_on is None)
    found = writing.almanac.obligation(plan, obligation)
    received = sum(row.submitted_on is not None for row in rows)
    return Tally(Duty.named(found.title, period), received, len(rows), tuple(unit.name for unit in missing))


def collected(writing: Writing, row: Any) -> tuple[Tally, ...]:
    """Of what a duty gathers: the same period, else what is owed once."""
    names = writing.almanac.obligation(row.plan, row.obligation).collects
    tallies = (tally(writing, row.plan, name, row.period) or tally(writing, row.plan, name, ONCE) for name in names)
    return tuple(one for one in tallies if one)


def occasion(writing: Writing, plans: Iterable[str], link: str = "", parts: Collection[str] = ()) -> Occasion:
    """To whom and when; whom to ask is the contact of these plans where they agree, else the office's desk.

    `parts`: the audiences that the letter speaks to.
    """
    almanac, unit, office = writing.almanac, writing.unit, writing.configuration.office
    return Occasion(
        to=_to(writing, parts),
        unit=unit.name,
        unit_short=unit.short_name,
        relation=unit.relation,
        office=office.name,
        now=almanac.local,
        closing=office.hours[-1].last,
        next_working_day=almanac.next_working_day,
        foot=almanac.agreed(plans),
        link=link,
    )


def reply_to(writing: Writing, plans: Iterable[str]) -> str | None:
    """Where an answer goes: to the one address of all plans, else to the desk that can read any."""
    emails = {writing.almanac.foot(plan).email for plan in plans}
    return (emails.pop() if len(emails) == 1 else writing.almanac.desk.email) or None


def _to(writing: Writing, parts: Collection[str]) -> str:
    """Somebody by office, through whoever stands in for a head who cannot be reached; else the unit."""
    contact, unit = writing.contact, writing.unit
    if _is_person(writing.configuration, contact):
        return addressee(contact, unit)
    head = _stood_in_for(writing, parts)
    return f"{addressee(head, unit)} (nhờ {contact.name} chuyển)" if head else unit.name


def _stood_in_for(writing: Writing, parts: Collection[str]) -> Contact | None:
    """The head whom a letter is for alone, and who does not get it."""
    configuration, unit = writing.configuration, writing.unit
    if set(parts) == {"leader"}:
        return next((one for one in unit.contacts if one.role == "leader"), None)
    if set(parts) == {"own_leadership"}:
        heads = (configuration.contacts[name] for name in configuration.office.own_leadership)
        return next((one for one in heads if one.unit == unit.id), None)
    return None


def _is_person(configuration: Configuration, contact: Contact) -> bool:
    """Whether a letter is addressed to somebody by office, not to the unit."""
    return contact.role == "leader" or contact.id in configuration.office.own_leadership
