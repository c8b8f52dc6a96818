"""What somebody types into a card: a deadline, names of units, and how either stands there to be changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from obligations.cases.configuring.naming import resolve_name
from obligations.cases.drafting_plans.proposing import name_of
from obligations.cases.drafting_plans.successors import gone, known
from obligations.config.source import Source, read
from obligations.config.yaml_text import flow
from obligations.domain.deadline_words import deadline_words
from obligations.domain.errors import Refused
from obligations.domain.grammar import Deadline, parse
from obligations.domain.plan import Configuration
from obligations.domain.typed_deadlines import typed_deadline
from obligations.draft.units.matching import Matcher

_MAPPING = re.compile(r"\{|(?:by|before|within|start|every|after|rrule)\s*:")


@dataclass(frozen=True)
class Names:
    """Names of units as they are now called; `unknown` are those that units.yaml lacks, `unclear` what may be meant."""

    names: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    unclear: str = ""


def read_deadline(said: str, issued_on: date) -> Deadline:
    """A deadline in an office's words, or as the plan's file has it. Refused, with samples, where it is neither."""
    form = _mapping(said.strip()) if _MAPPING.match(said.strip()) else typed_deadline(said, issued_on)
    parse(form)
    return form


def deadline_said(deadline: Deadline | None, issued_on: date) -> str:
    """How a deadline stands in its field: in words where there are some that mean just that."""
    return (deadline_words(deadline, issued_on) or flow(deadline)) if deadline else ""


def deadline_shown(deadline: Deadline | None, stated: str, issued_on: date) -> str:
    """A deadline for reading: in words, those of the document where the form has none of its own."""
    words = deadline_words(deadline, issued_on) if deadline else ""
    return words or " ".join(stated.split()) or deadline_said(deadline, issued_on)


def read_names(said: str, configuration: Configuration, day: date, place: str = "") -> Names:
    """Typed names between `;`: a unit's name, short name, alias or id, or a part of its name that no other has.

    `day` is the document's: what had ended by then is not meant, and is told with who carries on.
    """
    matcher, names, unknown = Matcher(known(configuration, day)), [], []
    told: list[str] = []
    for name in filter(None, (" ".join(one.split()) for one in said.split(";"))):
        id_ = matcher.find(name, place)
        meant = resolve_name(configuration, name) if id_ in matcher.proposed else id_
        ended = gone(configuration, meant, day) if meant else None
        if ended and not ended.is_group:
            told.append(ended.words(name))
        if meant and (ended is None or ended.is_group):
            names.append(name_of(configuration, meant))
        else:
            names.append(name)
            unknown.append(name)
    told += [_meant(configuration, name, ids) for name, ids in matcher.unclear.items() if name in unknown]
    return Names(tuple(dict.fromkeys(names)), tuple(unknown), "; ".join(told))


def _mapping(said: str) -> Deadline:
    found = read("hạn", said if said.startswith("{") else f"{{{said}}}")
    if not isinstance(found, Source) or not isinstance(found.data, dict):
        raise Refused("deadline-form", "hạn viết theo tệp kế hoạch chưa đúng.", "Ghi như {by: 2022-07-20}.")
    return found.data


def _meant(configuration: Configuration, name: str, ids: tuple[str, ...]) -> str:
    return f"“{name}” là đơn vị nào: {', '.join(name_of(configuration, one) for one in ids)}?"
