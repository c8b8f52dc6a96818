"""A plan's file written from what a form says: the same YAML that a person would write, a key a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from obligations.domain.grammar import Value

# What YAML takes for nothing but itself, wherever it stands: no colon, comma, bracket, hash or quote.
_PLAIN = re.compile(r"[^\W_][\w./ ()+–-]*")
_SCHEMA = "# yaml-language-server: $schema=../schemas/plan.schema.json"


@dataclass(frozen=True)
class PlanText:
    """The text, and of each line (from 1) which field of the form it came from."""

    text: str
    fields: tuple[str, ...]

    def field_at(self, line: int) -> str:
        """The field that a problem at this line is about; empty where it is about none."""
        return self.fields[line - 1] if 0 < line <= len(self.fields) else ""


def plan_text(remark: str, plan: Mapping[str, tuple[str, Value]], duty: Mapping[str, tuple[str, Value]]) -> PlanText:
    """A file with one obligation. Each key has its field and its value; what is empty is left out, None stays blank."""
    lines = [(_SCHEMA, ""), (f"# {' '.join(remark.split())}", ""), ("plan:", "")]
    lines += [(f"  {key}: {written}".rstrip(), field) for key, field, written in _written(plan)]
    lines.append(("obligations:", ""))
    for number, (key, field, written) in enumerate(_written(duty)):
        lines.append((f"{'  ' if number else '- '}{key}: {written}", field))
    return PlanText("".join(f"{line}\n" for line, _ in lines), tuple(field for _, field in lines))


def _written(keys: Mapping[str, tuple[str, Value]]) -> Iterator[tuple[str, str, str]]:
    for key, (field, value) in keys.items():
        if value is None or value:
            yield key, field, "" if value is None else _value(value)


def _value(value: Value) -> str:
    match value:
        case str():
            return _scalar(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {_value(inner)}" for key, inner in value.items()) + "}"
        case Sequence():
            return "[" + ", ".join(_value(one) for one in value) + "]"
    return ""


def _scalar(text: str) -> str:
    """Plain where that is safe; else in double quotes, whose escapes JSON and YAML share."""
    words = " ".join(text.split())
    plain = _PLAIN.fullmatch(words) and words.casefold() not in ("null", "true", "false")
    return words if plain else json.dumps(words, ensure_ascii=False)
