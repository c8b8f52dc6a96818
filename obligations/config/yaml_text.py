"""Values as YAML on one line: what a person would write, and what any reader reads as just that."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from obligations.domain.grammar import Value
from obligations.domain.plain_letters import one_line

# What YAML takes for nothing but itself, wherever it stands: no colon, comma, bracket, hash or quote.
_PLAIN = re.compile(r"[^\W_][\w./ ()+–-]*")
_MEANT_OTHERWISE = {"null", "true", "false", "yes", "no", "on", "off"}


def scalar(text: object) -> str:
    """A text on one line. Plain where that is safe; else in double quotes, whose escapes JSON and YAML share."""
    words = one_line(str(text))
    is_plain = _PLAIN.fullmatch(words) and words.casefold() not in _MEANT_OTHERWISE
    return words if is_plain else json.dumps(words, ensure_ascii=False)


def flow(value: Value) -> str:
    """A text, or a mapping or a list of the grammar; nothing for None."""
    match value:
        case None:
            return ""
        case str():
            return scalar(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"
