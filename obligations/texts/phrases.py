"""Sentences: each family of letters has a template whose macros are its sentences, in one language."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from obligations.domain.wording import clock, long_date, short_date, two_digits
from obligations.texts.duty import numbered


class Phrases:
    """`phrases(macro, facts…)`: a sentence on one line. An unknown name is an error, never an empty place.

    It is text, not HTML: `blocks` escapes whatever is made of it.
    """

    def __init__(self, template: str) -> None:
        self._macros = _environment().get_template(f"{template}.txt").module
        self._known: dict[str, Any] = {}

    def __call__(self, macro: str, *facts: object) -> str:
        say = self._known.get(macro)
        if say is None:
            say = self._known[macro] = getattr(self._macros, macro)
        return " ".join(say(*facts).split())


@cache
def phrases(template: str) -> Phrases:
    """The sentences of one template, compiled once."""
    return Phrases(template)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("obligations.texts"),
        autoescape=False,  # noqa: S701 - sentences become HTML in `blocks`, which escapes
        undefined=StrictUndefined,
        auto_reload=False,  # shipped with the program, never edited beside it
    )
    environment.filters |= {
        "day": short_date,
        "long_day": long_date,
        "clock": clock,
        "two": two_digits,
        "numbered": numbered,
    }
    return environment
