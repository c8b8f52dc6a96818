"""Changing a few values of a plan's text, every other letter, comment and blank line left as a person wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


def _duties(text: str) -> yaml.SequenceNode:
    root = yaml.compose(text, Loader=LOADER)
    found = _child(root, "obligations")
    if not isinstance(found, yaml.SequenceNode) or found.flow_style or not found.value:
        raise Unfit
    return found


def _find(duties: yaml.SequenceNode, name: str) -> yaml.MappingNode:
    for one in duties.value:
        named = _child(one, "id")
        if isinstance(named, yaml.ScalarNode) and named.value == name and isinstance(one, yaml.MappingNode):
            return one
    raise Unfit


def _edits(duty: yaml.MappingNode, values: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    keys = {key.value: (key, value) for key, value in duty.value}
    fresh = []
    for name, new in values.items():
        if name in keys:
            value = keys[name][1]
            yield value.start_mark.index, _end(value), new
        else:
            fresh.append(f"{name}: {new}")
    if fresh:
        key, value = keys["deadline"]
        between = ", " if duty.flow_style else "\n" + " " * key.start_mark.column
        yield _end(value), _end(value), "".join(between + line for line in fresh)


def _appended(text: str, duties: yaml.SequenceNode, blocks: Iterable[str]) -> tuple[int, int, str]:
    end = text.find("\n", _end(duties))
    place = len(text) if end < 0 else end + 1
    margin = " " * duties.start_mark.column
    lines = [f"{margin}{line}".rstrip() for block in blocks for line in ("", *block.split("\n"))]
    return place, place, ("\n" if end < 0 else "") + "".join(f"{line}\n" for line in lines)


def _child(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _end(node: yaml.Node) -> int:
    """Where a value's own letters end: a block's mark would lie behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
