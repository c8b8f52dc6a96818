"""Who hears a rung: contacts as they were on the day it was planned."""

from __future__ import annotations

from datetime import date

from obligations.domain.plan import Configuration, Contact, Obligation, Plan

BadAddresses = set[tuple[str, str]]
NOBODY = ""
MANUAL = "manual"
STAND_INS = ("deputy", "van-thu")
FOCAL = ("focal", *STAND_INS)
LEADER = ("leader", *STAND_INS)


def holder(configuration: Configuration, unit: str, day: date) -> str | None:
    """The unit that carries a duty on that day: itself, or its only successor; None waits for a hand-over."""
    known = configuration.units.get(unit)
    while known and known.until and known.until < day:
        known = configuration.units.get(known.successors[0]) if len(known.successors) == 1 else None
    return known.id if known else None


def contact_of(
    configuration: Configuration, unit: str | None, roles: tuple[str, ...], day: date, bad: BadAddresses
) -> str:
    """The first contact present whose address is good, in the order of the roles; NOBODY when there is none."""
    known = configuration.units.get(unit or "")
    for role in roles:
        for contact in known.contacts if known else ():
            here = contact.channels and not contact.is_away(day)
            if contact.role == role and here and not _bounces(contact, bad):
                return contact.id
    return NOBODY


def recipients(
    configuration: Configuration,
    described: tuple[Plan, Obligation],
    audience: str,
    unit: str,
    day: date,
    bad: BadAddresses,
) -> list[str]:
    """Contact ids; [NOBODY] where somebody should hear it and nobody can; [] where nobody has to.

    `unit` is the one that owes; coordinating units that are gone are not told, the owing unit not twice.
    """
    plan, obligation = described
    match audience:
        case "unit":
            return [contact_of(configuration, holder(configuration, unit, day), FOCAL, day, bad)]
        case "leader":
            theirs = holder(configuration, unit, day)
            known = configuration.units.get(theirs or "")
            has_head = known is not None and any(one.role == "leader" for one in known.contacts)
            return [contact_of(configuration, theirs if has_head else None, LEADER, day, bad)]
        case "overseer":
            return [contact_of(configuration, holder(configuration, plan.overseer, day), FOCAL, day, bad)]
        case "coordinating":
            there = [holder(configuration, one, day) for one in obligation.coordinating_units if one != unit]
            mine = holder(configuration, unit, day)
            return [contact_of(configuration, one, FOCAL, day, bad) for one in there if one and one != mine]
        case "own_leadership":
            return own(configuration, configuration.office.own_leadership, day, bad)
        case _:
            return own(configuration, configuration.office.secretariat, day, bad)


def own(configuration: Configuration, listed: tuple[str, ...], day: date, bad: BadAddresses) -> list[str]:
    """Everybody listed; a deputy or the văn thư of the same unit for whoever is away or bounces.

    Without one who is away keeps it, and who bounces is not told.
    """
    found: list[str] = []
    for name in listed:
        contact = configuration.contacts[name]
        bounces = _bounces(contact, bad)
        stands_in = NOBODY
        if bounces or contact.is_away(day):
            stands_in = contact_of(configuration, contact.unit, STAND_INS, day, bad)
        if stands_in != NOBODY or not bounces:
            found.append(stands_in if stands_in != NOBODY else name)
    return list(dict.fromkeys(found)) or [NOBODY]


def channel_of(configuration: Configuration, contact: str) -> str | None:
    """The first channel of a contact that the office has; None when it has none of them."""
    known = configuration.contacts.get(contact)
    for channel, _ in known.channels if known else ():
        if configuration.office.sending == "box" or channel == MANUAL or channel in configuration.channels:
            return channel
    return None


def bounces(configuration: Configuration, recipient: str, bad: BadAddresses) -> bool:
    """Whether a contact's addresses are all bad."""
    return _bounces(configuration.contacts[recipient], bad)


def _bounces(contact: Contact, bad: BadAddresses) -> bool:
    addresses = {address for channel, address in contact.channels if channel != MANUAL}
    return bool(addresses) and all((contact.id, address) in bad for address in addresses)
