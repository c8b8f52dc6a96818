"""Whom a register means by a sender's name: the units that bore it on the document's day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from obligations.cases.drafting_plans.successors import has_ended, known
from obligations.domain.plan import Configuration
from obligations.draft.text import Span, fold
from obligations.draft.units.matching import key, loose

# As a register's clerk shortens what stands in full in units.yaml.
_SHORT = (
    (re.compile(r"\bVP\b"), "Văn phòng"),
    (re.compile(r"(?<![&\w])TT(?![&\w])"), "Trung tâm"),
    (re.compile(r"\bVH ?& ?TT\b"), "Văn hóa và Thể thao"),
    (re.compile(r"\bKKT\b"), "Khu kinh tế"),
    (re.compile(r"\bTĐ ?- ?KT\b"), "Thi đua - Khen thưởng"),
)
_BRACKETS = re.compile(r"[()]")
_Index = Mapping[str, tuple[str, ...]]


class Senders:
    """Units by name, short name and alias, however written; several may bear one name."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._by_ended: dict[frozenset[str], tuple[_Index, ...]] = {}

    def units(self, name: str, day: date) -> tuple[str, ...]:
        """The units of that name on a day; none when no unit is called so. Marks tell *Cam Thành* from *Cam Thanh*."""
        for short, long in _SHORT:
            name = short.sub(long, name)
        name = _BRACKETS.sub(" ", name)  # what stands in them is another sender: «Sở Y tế (Chi cục Dân số)»
        marked, exact, near = self._indexes(day)
        loosely = near.get(loose(name), ()) if " " in loose(name) else ()
        return marked.get(_marked(name)) or exact.get(key(name)) or loosely

    def _indexes(self, day: date) -> tuple[_Index, ...]:
        """Names change hands when units end: days on which the same ones had ended share their names."""
        ended = frozenset(unit.id for unit in self._configuration.units.values() if has_ended(unit, day))
        if ended not in self._by_ended:
            names = known(self._configuration, day)
            units = {unit: spellings for unit, spellings in names.names.items() if unit not in names.groups}
            self._by_ended[ended] = tuple(_index(units, form) for form in (_marked, key, loose))
        return self._by_ended[ended]


def _index(units: Mapping[str, Iterable[str]], form: Callable[[str], str]) -> _Index:
    found: dict[str, tuple[str, ...]] = {}
    for unit, spellings in units.items():
        for spelling in dict.fromkeys(form(_BRACKETS.sub(" ", one)) for one in spellings):
            found[spelling] = (*found.get(spelling, ()), unit)
    return found


def _marked(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name, (Span(0, len(name)),)).text))
