"""Deadline expressions read by themselves, against a document of 8 July 2022."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from obligations.domain.grammar import Value, parse
from obligations.draft.deadlines.finding import find
from obligations.draft.deadlines.resolving import Resolved, resolve
from obligations.draft.deadlines.scope import Scope
from obligations.draft.text import Span, fold

OPEN = Scope(date(2022, 7, 8))
STAGE = Scope(date(2022, 7, 8), 2021, 2025)
YEAR = Scope(date(2022, 3, 1), 2022, 2022)


def read(words: str, scope: Scope = OPEN) -> list[Resolved]:
    line = fold(words, (Span(0, len(words)),))
    return resolve(find(line.text, line.shown), line.text, scope)


def forms(words: str, scope: Scope = OPEN) -> list[Mapping[str, Value]]:
    found = [one.form for one in read(words, scope) if one.form]
    for form in found:
        parse(form)
    return found


def doubts(words: str, scope: Scope = OPEN) -> list[str]:
    """What is asked, where nothing else is read."""
    found = read(words, scope)
    assert all(one.form is None for one in found)
    return [one.doubt for one in found]
