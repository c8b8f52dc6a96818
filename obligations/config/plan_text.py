"""A plan's file written from what a form says: the same YAML that a person would write, a key a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from obligations.config.yaml_text import flow
from obligations.domain.grammar import Value

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
            yield key, field, flow(value)
