"""The contacts of one unit in the text of units.yaml: what it says of each, and changing that and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from obligations.config.amending import Unfit, added_to, end_of, line_end, pair, root
from obligations.config.parsing import Unreadable, parse
from obligations.config.yaml_text import scalar

FIELDS = ("name", "role", "email", "phone")
Values = Mapping[str, str]
_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+-]*@[\w.-]+")  # YAML takes it for nothing else, also in braces


@dataclass(frozen=True)
class Written:
    """One contact as the text has it, `line` from 1; only a person should change one that is not `is_plain`."""

    line: int
    values: Values
    is_plain: bool


def contacts(text: str, unit: str) -> list[Written]:
    """Those of a unit, in order. Unfit where the unit or its list is laid out in an unknown way."""
    return [_written(one) for one in _entries(_unit(text, unit))]


def places(text: str, unit: str) -> dict[tuple[int, int], tuple[int, str]]:
    """Line and column (from 1) of each value: which contact's it is, and which field."""
    found = {}
    for number, one in enumerate(_entries(_unit(text, unit))):
        for key, value in one.value if isinstance(one, yaml.MappingNode) else ():
            found[value.start_mark.line + 1, value.start_mark.column + 1] = number, key.value
    return found


def with_contacts(text: str, unit: str, changed: Mapping[int, Values], added: Sequence[Values]) -> str:
    """The text in which contacts (by place) have these values, `""` for none, and with these more.

    Unfit where the outcome would say anything else than that.
    """
    node = _unit(text, unit)
    entries, edits = _entries(node), []
    for number, values in changed.items():
        one = entries[number]
        if not _written(one).is_plain:
            raise Unfit
        edits += [*_edits(text, one, values)]
    if added:
        edits.append(_appended(text, node, [_entry(values) for values in added]))
    fresh = text
    for start, end, new in sorted(edits, reverse=True):
        fresh = fresh[:start] + new + fresh[end:]
    _prove(text, fresh, unit, changed, added)
    return fresh


def _unit(text: str, name: str) -> yaml.MappingNode:
    units = pair(root(text), "units")[1]
    for one in units.value if isinstance(units, yaml.SequenceNode) else ():
        if isinstance(one, yaml.MappingNode) and pair(one, "id")[1].value == name:
            return one
    raise Unfit


def _entries(unit: yaml.MappingNode) -> list[yaml.Node]:
    found = next((value for key, value in unit.value if key.value == "contacts"), None)
    if isinstance(found, yaml.SequenceNode):
        return [*found.value]
    if found is None or (isinstance(found, yaml.ScalarNode) and not found.value):
        return []
    raise Unfit


def _written(node: yaml.Node) -> Written:
    pairs = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    values = {name: pairs[name].value for name in FIELDS if isinstance(pairs.get(name), yaml.ScalarNode)}
    channels = pairs.get("channels")
    own = channels is None or all(isinstance(one, yaml.ScalarNode) for one in channels.value)  # else its own addresses
    lines = [_is_line(pairs[name]) for name in FIELDS if name in pairs]
    return Written(node.start_mark.line + 1, values, bool(pairs) and own and all(lines))


def _is_line(node: yaml.Node) -> bool:
    is_one = node.start_mark.line == node.end_mark.line
    return isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">") and is_one


def _edits(text: str, contact: yaml.Node, values: Values) -> Iterator[tuple[int, int, str]]:
    pairs: list[tuple[yaml.Node, yaml.Node]] = contact.value
    keys = {key.value: place for place, (key, _) in enumerate(pairs)}
    is_flow = bool(getattr(contact, "flow_style", False))
    for name, new in values.items():
        if name in keys:
            yield _edit(pairs, keys[name], new, is_flow=is_flow)
    fresh = [f"{name}: {_said(new)}" for name, new in values.items() if new and name not in keys]
    if fresh:
        key, value = pairs[-1]
        between = ", " if is_flow else "\n" + " " * key.start_mark.column
        place = end_of(value) if is_flow else line_end(text, end_of(value))
        yield place, place, "".join(between + line for line in fresh)


def _edit(pairs: list[tuple[yaml.Node, yaml.Node]], place: int, new: str, *, is_flow: bool) -> tuple[int, int, str]:
    key, value = pairs[place]
    start, end = value.start_mark.index, end_of(value)
    if new:
        return start, end, ("" if end > start else " ") + _said(new)
    if not is_flow:
        return key.end_mark.index, end, ":"
    if place:
        return end_of(pairs[place - 1][1]), end, ""
    return key.start_mark.index, pairs[1][0].start_mark.index, ""


def _appended(text: str, unit: yaml.MappingNode, entries: Sequence[str]) -> tuple[int, int, str]:
    for key, value in unit.value:
        if key.value == "contacts":
            place, new = added_to(text, key, value, entries)
            return place, place, new
    key, last = unit.value[-1]
    if unit.flow_style:
        place = end_of(last)
        return place, place, f", contacts: [{', '.join(entries)}]"
    place, margin = line_end(text, end_of(last)), "\n" + " " * key.start_mark.column
    return place, place, f"{margin}contacts:" + "".join(f"{margin}- {entry}" for entry in entries)


def _entry(values: Values) -> str:
    return "{" + ", ".join(f"{name}: {_said(values[name])}" for name in FIELDS if values.get(name)) + "}"


def _said(value: str) -> str:
    return value if _ADDRESS.fullmatch(value) else scalar(value)


def _prove(text: str, fresh: str, unit: str, changed: Mapping[int, Values], added: Sequence[Values]) -> None:
    """Whatever the layout: the new text says what the old one does, and what was asked for."""
    try:
        wanted, found = parse(text), parse(fresh)
    except (Unreadable, yaml.YAMLError):
        raise Unfit from None
    one = next(one for one in wanted["units"] if one["id"] == unit)
    for number, values in changed.items():
        one["contacts"][number] |= values
    if added:
        one["contacts"] = [*(one.get("contacts") or ()), *added]
    if _bare(wanted) != _bare(found):
        raise Unfit


def _bare(data: object) -> object:
    """Without what is blank: a key without a value says what no key says."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if value not in (None, "")}
    return [_bare(one) for one in data] if isinstance(data, list) else data
