"""A document's draft beside the office's units and plans: what `dondoc draft` and the review page show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from obligations.cases.drafting_plans.successors import Gone, gone, known, line_of
from obligations.config.build import public_holidays
from obligations.config.load import load_folder
from obligations.domain.calendar import Calendar
from obligations.domain.deadline import dues, is_bounded
from obligations.domain.due import Reading
from obligations.domain.errors import GrammarError, Refused
from obligations.domain.grammar import parse
from obligations.domain.plan import Configuration, Plan
from obligations.draft.document import Document
from obligations.draft.drafting import draft
from obligations.draft.model import Draft, Item
from obligations.draft.structure.amends import amends
from obligations.draft.text import lax
from obligations.draft.units.matching import Matcher, key

_OVERSEES = re.compile(lax(r"(?:theo dõi, đôn đốc|đôn đốc|cơ quan thường trực|đầu mối)"))
_NO_OFFICE = Calendar(public_holidays)  # before any configuration: made once, it keeps the days that it has counted
SHOWN = 3  # dates of a duty without an end
_YEARS_AHEAD = 12


@dataclass(frozen=True)
class Proposal:
    """A draft with the ids that its names have in units.yaml, or would get.

    `units`: id by name as written; `proposed`: names that units.yaml lacks, by their new id; `unclear`: names that
    several units bear; `gone`: names of what had ended, or has members that had, by the document's `day`, its day of
    issue or else today. `existing`: the plan of the same number, year and issuer, or the one that its title amends.
    """

    draft: Draft
    configuration: Configuration | None
    plan_id: str
    units: Mapping[str, str]
    proposed: Mapping[str, str]
    unclear: Mapping[str, tuple[str, ...]]
    overseer: str
    day: date
    gone: Mapping[str, Gone] = field(default_factory=dict)
    existing: Plan | None = None
    dues: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def is_amendment(self) -> bool:
        """Whether the document changes the plan that exists and is not that plan: of the rest it says nothing."""
        return self.existing is not None and _plain(self.existing.number) != _plain(self.draft.header.number)

    def ids(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.units[name] for name in names))

    def recipient(self, item: Item) -> str | None:
        """Where its result goes: one unit; several recipients stand in the quote alone."""
        unit = self.units[item.submit_to] if item.submit_to else None
        return None if self.configuration and unit in self.configuration.groups else unit


def propose_document(document: Document, config_dir: Path, today: date) -> Proposal:
    """Draft a document's plan beside the configuration on disk."""
    return propose(draft(document), configuration_of(config_dir, today), today)


def configuration_of(folder: Path, today: date) -> Configuration | None:
    """The configuration on disk; None where there is none yet, or it has errors (`check` tells them)."""
    try:
        return load_folder(folder, today).configuration
    except Refused:
        return None


def propose(found: Draft, configuration: Configuration | None, today: date) -> Proposal:
    """Match a draft's names to units and compute its dates. Reads no file and no clock."""
    day = found.header.issued_on or today
    matcher = Matcher(known(configuration, day))
    units = {name: matcher.find(name, found.header.place) for name in _names(found)}
    return Proposal(
        draft=found,
        configuration=configuration,
        plan_id=plan_id(found),
        units=units,
        proposed={unit: name for unit, name in matcher.proposed.items() if unit in units.values()},
        unclear=matcher.unclear,
        overseer=_overseer(found, units, configuration),
        day=day,
        gone={name: ended for name, unit in units.items() if (ended := gone(configuration, unit, day))},
        existing=_existing(found, units.get(found.header.issuer), configuration),
        dues={item.id: due_dates(item, found, configuration) for item in found.of("obligation")},
    )


def name_of(configuration: Configuration | None, id_: str) -> str:
    """A unit's or a group's name; the id of one that is not there yet."""
    if configuration and id_ in configuration.units:
        return configuration.units[id_].name
    return configuration.groups[id_].name if configuration and id_ in configuration.groups else id_


def _names(found: Draft) -> list[str]:
    names: dict[str, None] = {found.header.issuer: None} if found.header.issuer else {}
    for item in found.items:
        names.update(
            dict.fromkeys((*item.responsible, *item.coordinating, *((item.submit_to,) if item.submit_to else ())))
        )
    return list(names)


def _overseer(found: Draft, units: Mapping[str, str], configuration: Configuration | None) -> str:
    """Who follows the plan: the unit whose standing duty says so, else the office itself, else the issuer."""
    for item in found.of("standing"):
        if _OVERSEES.search(item.title.lower()) and item.responsible:
            return units[item.responsible[0]]
    if configuration and configuration.office.unit:
        return configuration.office.unit
    return units.get(found.header.issuer, "van-phong")


def plan_id(found: Draft) -> str:
    """A file name for the plan: its number, else the first words of its title."""
    words = key((found.header.number or "").replace("/", " ").replace("-", " ")) or key(found.header.title)
    return "-".join(words.split()[:8]) or "ke-hoach"


def _existing(found: Draft, issuer: str | None, configuration: Configuration | None) -> Plan | None:
    """The plan of that number, else the newest of a number that the title amends.

    Numbers begin anew each year, and two offices may have the same.
    """
    if not configuration:
        return None
    day, is_known = found.header.issued_on, issuer in configuration.units
    plans = [
        plan for plan in configuration.plans.values() if not is_known or issuer in line_of(configuration, plan.issuer)
    ]
    same = (one for one in _numbered(plans, found.header.number) if _in_year(one, day))
    amended = (one for number in amends(found.header.title) for one in _numbered(plans, number))
    return next(chain(same, (one for one in amended if not day or (one.issued_on or day) <= day)), None)


def _in_year(plan: Plan, day: date | None) -> bool:
    return not plan.issued_on or not day or plan.issued_on.year == day.year


def _numbered(plans: Iterable[Plan], number: str | None) -> list[Plan]:
    """Those of a number, the newest first."""
    found = [plan for plan in plans if number and _plain(plan.number) == _plain(number)]
    return sorted(found, key=lambda plan: plan.issued_on or date.min, reverse=True)


def _plain(number: str | None) -> str:
    return re.sub(r"\s+", "", number or "").casefold()


def due_dates(item: Item, found: Draft, configuration: Configuration | None) -> tuple[date, ...]:
    """Every date of a duty that has an end, else the first three; none while its event has no date."""
    if item.deadline is None:
        return ()
    calendar = configuration.calendar if configuration else _NO_OFFICE
    counts = configuration.office.full_day_counts if configuration else False
    reading = Reading(calendar, found.header.issued_on, counts)
    try:
        form = parse(item.deadline)
        bounded = is_bounded(form)
        start = found.header.issued_on.year if found.header.issued_on else 2024
        listed = dues(form, reading, None if bounded else date(start + _YEARS_AHEAD, 12, 31))
        return tuple(one.on for one in islice(listed, 400 if bounded else SHOWN) if one.on)
    except GrammarError:
        return ()
