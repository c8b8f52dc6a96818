"""Whom letters go to from now on: the contacts that a draft adds, drops or alters in units that are followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obligations.domain.plan import Configuration, Contact

_FIELDS = ("name", "role", "email", "phone", "channels", "away")


def contact_changes(draft: Configuration, before: Configuration | None) -> Iterator[dict[str, Any]]:
    """In the order of protocol: unit, contact (its id), its names, what differs as `changes` (field, from, to).

    A contact that is new has no `was`, one that is gone no `name`. Units that come or go are told by their duties.
    """
    known = before.units if before else {}
    for unit in sorted(draft.units.values(), key=lambda one: one.position):
        if unit.id not in known or known[unit.id].contacts == unit.contacts:
            continue
        old, new = ({one.id: one for one in found.contacts} for found in (known[unit.id], unit))
        for name in dict.fromkeys([*new, *old]):
            if old.get(name) != new.get(name):
                yield {"unit": unit.id, "contact": name} | _change(old.get(name), new.get(name))


def _change(was: Contact | None, now: Contact | None) -> dict[str, Any]:
    differ = [one for one in _FIELDS if _text(was, one) != _text(now, one)]
    if {"email", "phone"} & {*differ}:  # the channels follow them, told already
        differ = [one for one in differ if one != "channels" or _stated(was) != _stated(now)]
    return {
        "was": was and was.name,
        "name": now and now.name,
        "changes": [{"field": one, "from": _text(was, one), "to": _text(now, one)} for one in differ],
    }


def _stated(contact: Contact | None) -> list[tuple[str, str]]:
    """Channels with an address that is neither the contact's e-mail nor its telephone."""
    return [pair for pair in contact.channels if pair[1] not in (contact.email, contact.phone)] if contact else []


def _text(contact: Contact | None, field: str) -> str | None:
    value = getattr(contact, field, None)
    if field == "channels":
        return ", ".join(f"{channel} {address}" for channel, address in value or ()) or None
    if field == "away":
        return ", ".join(f"{one.first:%d/%m/%Y}–{one.last:%d/%m/%Y}" for one in value or ()) or None
    return value or None
