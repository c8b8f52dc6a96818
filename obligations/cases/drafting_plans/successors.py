"""What the units answer to on a document's day: a name passes to whoever carries on under it, else the end is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from obligations.domain.plan import Configuration, Unit
from obligations.domain.wording import short_date
from obligations.draft.units.matching import Known, key

_LEVEL = r"(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)"
_PLACE = re.compile(rf"{_LEVEL} .+")
_AT_A_LEVEL = re.compile(rf".* {_LEVEL}")


@dataclass(frozen=True)
class Gone:
    """Units that had ended by a document's day: one, or those of a group; `heirs` are those that carry on for them."""

    units: tuple[Unit, ...]
    heirs: tuple[Unit, ...]
    is_group: bool = False

    def words(self, name: str) -> str:
        """What is asked about the name that a document has for it."""
        ended = "; ".join(f"{unit.name} ({short_date(unit.until)})" for unit in self.units if unit.until)
        if self.is_group:
            return f"nhóm “{name}” có đơn vị đã kết thúc trước ngày của văn bản: {ended}. Ghi nhóm, đơn vị khác."
        if not self.heirs:
            return f"“{name}” đã kết thúc trước ngày của văn bản: {ended}. Ghi đơn vị khác."
        heirs = "; ".join(unit.name for unit in self.heirs)
        return f"“{name}” đã kết thúc trước ngày của văn bản: {ended}. Có phải đơn vị kế thừa: {heirs}?"


def known(configuration: Configuration | None, day: date) -> Known:
    """Names by id on a document's day, groups with them; a unit's parent tells which province it belongs to.

    What an ended unit was called is the name of who carries on under it: of two provinces made one, *Sở Tài chính*.
    """
    if configuration is None:
        return Known()
    names = {unit.id: _spellings(unit) for unit in configuration.units.values()}
    own = dict(names)
    for unit in configuration.units.values():
        names[unit.id] += _with_parent(configuration, unit)
    for unit in configuration.units.values():
        if has_ended(unit, day):
            _pass_on(configuration, unit, day, own, names)
    groups = {group.id: (group.name,) for group in configuration.groups.values()}
    return Known({**names, **groups}, frozenset(groups))


def has_ended(unit: Unit, day: date) -> bool:
    """Whether its last day is past by then."""
    return unit.until is not None and unit.until < day


def gone(configuration: Configuration | None, id_: str, day: date) -> Gone | None:
    """The unit, or those of the group, that had ended by a day; None where none had."""
    if configuration is None:
        return None
    group = configuration.groups.get(id_)
    units = [configuration.units[one] for one in (group.members if group else (id_,)) if one in configuration.units]
    ended = tuple(unit for unit in units if has_ended(unit, day))
    heirs = dict.fromkeys(heir for unit in ended for heir in carrying_on(configuration, unit.id, day))
    return Gone(ended, tuple(configuration.units[one] for one in heirs), group is not None) if ended else None


def carrying_on(configuration: Configuration, id_: str, day: date) -> list[str]:
    """Who carries on for a unit on a day: successors that have ended by then pass it on to theirs."""
    return [one for one in line_of(configuration, id_)[1:] if not has_ended(configuration.units[one], day)]


def line_of(configuration: Configuration, id_: str) -> list[str]:
    """A unit, its successors, theirs."""
    line = {id_: None}
    waiting = [id_]
    for one in waiting:
        unit = configuration.units.get(one)
        fresh = [name for name in (unit.successors if unit else ()) if name not in line]
        line |= dict.fromkeys(fresh)
        waiting += fresh
    return [*line]


def _spellings(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys((unit.name, unit.short_name, *unit.aliases)))


def _with_parent(configuration: Configuration, unit: Unit) -> tuple[str, ...]:
    parent = configuration.units.get(unit.parent or "")
    return (f"{unit.name} {parent.name}",) if parent else ()


def _pass_on(
    configuration: Configuration,
    unit: Unit,
    day: date,
    own: Mapping[str, tuple[str, ...]],
    names: dict[str, tuple[str, ...]],
) -> None:
    for spelling in own[unit.id]:
        bearers = [*_bearers(configuration, unit, day, spelling, own)]
        passed = (spelling, *(_with_parent(configuration, unit) if bearers and spelling == unit.name else ()))
        for bearer in bearers:
            names[bearer] += passed
        if bearers:
            names[unit.id] = tuple(one for one in names[unit.id] if one not in passed)


def _bearers(
    configuration: Configuration, unit: Unit, day: date, spelling: str, own: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Units alive that are called so: those that carry on, with a place after the name; others of its parent."""
    heirs = carrying_on(configuration, unit.id, day)
    for other in configuration.units.values():
        if has_ended(other, day) or (other.id not in heirs and other.parent != unit.parent):
            continue
        parent = configuration.units.get(other.parent or "")
        place = key(parent.name) if parent and other.id in heirs else ""
        if any(_answers(key(spelling), key(one), place, is_heir=other.id in heirs) for one in own[other.id]):
            yield other.id


def _answers(name: str, called: str, place: str, *, is_heir: bool) -> bool:
    """Whether a unit that is called so is meant by a name: just so, or with only the name of its place beside it."""
    if name == called:
        return True
    if not is_heir or not called.startswith(f"{name} "):
        return False
    rest = called.removeprefix(f"{name} ")
    return bool(_AT_A_LEVEL.fullmatch(name) or _PLACE.fullmatch(rest) or (place and f" {rest} " in f" {place} "))
