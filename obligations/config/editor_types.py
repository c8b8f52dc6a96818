"""What an editor may take each kind of value for. A schema must let in whatever the loader reads as text:

quotes never matter to it, while an editor sees 25 as a number, 11-25 and 2022-07-20 as texts or dates, true as a
boolean and (by YAML 1.1) 13:00 as a number. So each kind names several JSON types; a pattern binds texts only.
"""

from __future__ import annotations

from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

Schema = dict[str, Any]
TEXT: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
SOME_TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
ID: Schema = {"type": ["string", "number", "boolean"], "pattern": r"^\s*[a-z0-9][a-z0-9-]*\s*$"}
EMAIL: Schema = {"type": "string", "pattern": r"^\s*[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+\s*$"}
DAY: Schema = {"type": "string", "pattern": r"^\s*(19|20|21)\d\d-\d\d-\d\d\s*$"}
CLOCK: Schema = {"type": ["string", "integer"], "pattern": r"^\s*([01]?\d|2[0-3]):[0-5]\d\s*$"}
HOURS: Schema = {"type": "string", "pattern": r"\d:\d\d\s*[-–]\s*\d?\d:\d\d"}
FLAG: Schema = {"type": ["boolean", "string"], "pattern": r"^\s*(true|false)\s*$"}


def whole(lowest: int, highest: int = 999_999) -> Schema:
    """A whole number, bare or in quotes."""
    return {"type": ["integer", "string"], "minimum": lowest, "maximum": highest, "pattern": r"^\s*\d{1,6}\s*$"}


class OrText:
    """A value that may also be written short, as one text."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        return {"anyOf": [TEXT, handler(core)]}


class OrOne:
    """A list that may also be written as its one entry."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        many = handler(core)
        return {"anyOf": [many["items"], many]}
