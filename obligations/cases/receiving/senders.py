"""Whom a register means by a sender's name: the units that bore it on the document's day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from obligations.cases.drafting_plans.successors import has_ended, known
from obligations.domain.plan import Configuration
from obligations.draft.units.matching import key, loose

# As a register's clerk shortens what stands in full in units.yaml.
_SHORT = (
    (re.compile(r"\bVP\b"), "Văn phòng"),
    (re.compile(r"(?<![&\w])TT(?![&\w])"), "Trung tâm"),
    (re.compile(r"\bVH ?& ?TT\b"), "Văn hóa và Thể thao"),
    (re.compile(r"\bKKT\b"), "Khu kinh tế"),
    (re.compile(r"\bTĐ ?- ?KT\b"), "Thi đua - Khen thưởng"),
)
_Index = Mapping[str, tuple[str, ...]]


class Senders:
    """Units by name, short name and alias, however written; several may bear one name."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._by_ended: dict[frozenset[str], tuple[_Index, _Index]] = {}

    def units(self, name: str, day: date) -> tuple[str, ...]:
        """The units of that name on a day; none when no unit is called so."""
        exact, near = self._indexes(day)
        for short, long in _SHORT:
            name = short.sub(long, name)
        return exact.get(key(name)) or (near.get(loose(name), ()) if " " in loose(name) else ())

    def _indexes(self, day: date) -> tuple[_Index, _Index]:
        """Names change hands when units end: days on which the same ones had ended share their names."""
        ended = frozenset(unit.id for unit in self._configuration.units.values() if has_ended(unit, day))
        if ended not in self._by_ended:
            names = known(self._configuration, day)
            exact: dict[str, tuple[str, ...]] = {}
            near: dict[str, tuple[str, ...]] = {}
            for unit, spellings in names.names.items():
                for index, form in ((exact, key), (near, loose)):
                    if unit not in names.groups:
                        for spelling in dict.fromkeys(map(form, spellings)):
                            index[spelling] = (*index.get(spelling, ()), unit)
            self._by_ended[ended] = exact, near
        return self._by_ended[ended]
