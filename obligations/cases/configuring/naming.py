"""Names of units and groups as people type them, and whom they mean."""

from __future__ import annotations

from collections.abc import Mapping

from obligations.domain.plain_letters import unmarked
from obligations.domain.plan import Configuration


def resolve_names(configuration: Configuration, said: str) -> tuple[list[str], list[str]]:
    """Typed names (between `;`, or commas) as ids of units and groups, and those that are none of them.

    A name may have a comma of its own, as "Sở Văn hóa, Thể thao và Du lịch": the longest that is one name is it.
    """
    known = _names(configuration)
    found: list[str] = []
    unknown: list[str] = []
    for listed in said.split(";"):
        parts = [one.strip() for one in listed.split(",") if one.strip()]
        while parts:
            runs = ((end, _meant(known, ", ".join(parts[:end]))) for end in range(len(parts), 0, -1))
            end, meant = next(((end, id_) for end, id_ in runs if id_), (1, None))
            if meant:
                found.append(meant)
            else:
                unknown.append(parts[0])
            del parts[:end]
    return [*dict.fromkeys(found)], unknown


def resolve_name(configuration: Configuration, typed: str) -> str | None:
    """The id of one unit or group by its name, or by a part of it that no other has."""
    return _meant(_names(configuration), typed)


def _meant(known: Mapping[str, str], typed: str) -> str | None:
    words = unmarked(typed)
    near = {known[words]} if words in known else {id_ for name, id_ in known.items() if words in name}
    return near.pop() if len(near) == 1 else None


def _names(configuration: Configuration) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for group in configuration.groups.values():
        known |= {unmarked(name): group.id for name in (group.id, group.name)}
    for unit in configuration.units.values():
        known |= {unmarked(name): unit.id for name in (unit.id, unit.name, unit.short_name, *unit.aliases)}
    return known
