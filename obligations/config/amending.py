"""Changing a few values of a plan's text, every other letter, comment and blank line left as a person wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from obligations.config.parsing import LOADER


class Unfit(Exception):
    """The text is laid out in a way that only a person should change."""


@dataclass(frozen=True)
class Amendment:
    """New values of one duty, each as YAML on one line, by key; a key that it lacks is put after its deadline."""

    obligation: str
    values: Mapping[str, str] = field(default_factory=dict)


def amended(text: str, amendments: Iterable[Amendment], added: Iterable[str] = ()) -> str:
    """The text with these values, and with these duties (blocks that begin with `- id:` or a comment) after the last.

    Unfit where a duty is not found or the list of duties is not written one under the other.
    """
    duties = _duties(text)
    edits: list[tuple[int, int, str]] = []
    for amendment in amendments:
        edits += _edits(_find(duties, amendment.obligation), amendment.values)
    if blocks := [*added]:
        edits.append(_appended(text, duties, blocks))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def extended(text: str, name: str, entries: Sequence[str]) -> str:
    """The text with these entries, each YAML on one line, last in the list under this key, as that list is laid out.

    Unfit where no list stands there.
    """
    place, added = added_to(text, *pair(root(text), name), entries)
    return text[:place] + added + text[place:]


def added_to(text: str, key: yaml.Node, value: yaml.Node, entries: Sequence[str]) -> tuple[int, str]:
    """Where in the text, and how, entries come last in the list `value` under this key. Unfit where it is no list."""
    place = key.end_mark.index
    if isinstance(value, yaml.SequenceNode):
        if value.flow_style:
            place, comma = (end_of(value.value[-1]), ", ") if value.value else (value.start_mark.index + 1, "")
            return place, comma + ", ".join(entries)
        place, key = end_of(value), value
    elif end_of(value) > value.start_mark.index:  # neither a list nor blank
        raise Unfit
    margin = " " * key.start_mark.column
    return line_end(text, place), "".join(f"\n{margin}- {entry}" for entry in entries)


def root(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        raise Unfit from None


def _duties(text: str) -> yaml.SequenceNode:
    _, found = pair(root(text), "obligations")
    if not isinstance(found, yaml.SequenceNode) or found.flow_style or not found.value:
        raise Unfit
    return found


def _find(duties: yaml.SequenceNode, name: str) -> yaml.MappingNode:
    for one in duties.value:
        if isinstance(one, yaml.MappingNode) and pair(one, "id")[1].value == name:
            return one
    raise Unfit


def _edits(duty: yaml.MappingNode, values: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    keys = {key.value: (key, value) for key, value in duty.value}
    fresh = []
    for name, new in values.items():
        if name in keys:
            value = keys[name][1]
            yield value.start_mark.index, end_of(value), new
        else:
            fresh.append(f"{name}: {new}")
    if fresh:
        key, value = keys["deadline"]
        between = ", " if duty.flow_style else "\n" + " " * key.start_mark.column
        yield end_of(value), end_of(value), "".join(between + line for line in fresh)


def _appended(text: str, duties: yaml.SequenceNode, blocks: Iterable[str]) -> tuple[int, int, str]:
    place = line_end(text, end_of(duties))
    margin = " " * duties.start_mark.column
    lines = [f"{margin}{line}".rstrip() for block in blocks for line in ("", *block.split("\n"))]
    return place, place, "".join(f"\n{line}" for line in lines)


def line_end(text: str, place: int) -> int:
    """Where the line ends; of a text of several lines the mark lies behind its last one already."""
    end = text.find("\n", place - 1 if text[place - 1 : place] == "\n" else place)
    return len(text) if end < 0 else end


def pair(node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node]:
    """A key and its value."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == name:
            return key, value
    raise Unfit


def end_of(node: yaml.Node) -> int:
    """Where a value's own letters end: a block's mark would lie behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
