"""A card's form and the plan's: what was typed, kept as it was typed, and what it means or why it means nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from fastapi import Depends

from obligations.cases.drafting_plans.deciding import Edit
from obligations.cases.drafting_plans.reviewing import Review
from obligations.cases.drafting_plans.typed import Names, deadline_said, read_deadline, read_names
from obligations.cases.drafting_plans.work import Card, Header, Work
from obligations.domain.errors import Refused
from obligations.domain.grammar import Deadline
from obligations.domain.plain_letters import one_line
from obligations.domain.plan import Configuration
from obligations.domain.wording import table_date
from obligations.web.dates import read_day
from obligations.web.forms import FormDep
from obligations.web.giving.form import KINDS, Fault

LONGEST = {"title": 500, "stated": 1_000, "passage": 10_000}
_USUAL = 2_000  # letters: a list of forty offices


@dataclass(frozen=True)
class Typed:
    """A form as it came: its fields, the names ticked to be added to units.yaml, what to do."""

    values: Mapping[str, str] = field(default_factory=dict)
    add: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str) -> int:
        """A count in a hidden field; 0 where it is none."""
        return _count(self.text(name))

    def seen(self, name: str) -> tuple[int, int]:
        """A card's number and the version that was shown: `5:2`."""
        number, _, version = self.text(name).partition(":")
        return _count(number), _count(version)


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _typed(form: FormDep) -> Typed:
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    values = {name: value if name == "passage" else one_line(value) for name, value in texts.items()}
    return Typed(values, tuple(one_line(one) for one in form.getlist("add") if isinstance(one, str)))


TypedDep = Annotated[Typed, Depends(_typed)]


def of_card(card: Card, found: Review, day: date) -> Typed:
    """A card's fields to be changed."""
    item, text = card.item, found.work.document.text
    return Typed(
        {
            "title": item.title,
            "responsible": "; ".join(found.names(item.responsible)),
            "coordinating": "; ".join(found.names(item.coordinating)),
            "submit_to": "; ".join(found.names([item.submit_to] if item.submit_to else [])),
            "product": item.product,
            "deadline": deadline_said(item.deadline, day),
            "at": item.at,
            "stated": one_line(item.stated.of(text)) if item.stated else "",
            "standing": "1" if item.kind == "standing" else "",
        }
    )


def of_header(found: Review) -> Typed:
    """The plan's fields to be changed."""
    header = found.work.header
    return Typed(
        {
            "number": header.number or "",
            "kind": header.kind,
            "title": header.title,
            "issuer": "; ".join(found.names([header.issuer] if header.issuer else [])),
            "issued_on": table_date(header.issued_on),
            "overseer": found.overseer,
        }
    )


@dataclass
class Read:
    """What a form means so far: `faults` by field, `unknown` the names that may be added to units.yaml."""

    configuration: Configuration
    work: Work
    day: date
    faults: dict[str, Fault] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)

    def length(self, typed: Typed) -> None:
        for name, value in typed.values.items():
            most = LONGEST.get(name, _USUAL)
            if len(value) > most:
                self.faults[name] = Fault(f"dài {len(value)} chữ, quá {most}.", "Rút gọn.")

    def names(self, name: str, typed: Typed, *, at_most: int = 0, needed: str = "") -> tuple[str, ...]:
        """The names in a field; a fault where one is unknown and nobody said that it shall be added."""
        found: Names = read_names(typed.text(name), self.configuration, self.day, self.work.header.place)
        fresh = [one for one in found.unknown if one not in self.work.new_units]
        missing = [one for one in fresh if one not in typed.add]
        self.unknown |= dict.fromkeys(fresh)
        if missing:
            words = found.unclear or f"chưa có trong danh sách đơn vị: {', '.join(missing)[:200]}."
            self.faults[name] = Fault(words, "Gõ tên khác, hoặc đánh dấu thêm đơn vị; cách nhau bằng dấu chấm phẩy.")
        elif at_most and len(found.names) > at_most:
            self.faults[name] = Fault("chỉ ghi một đơn vị.", "Ghi các đơn vị còn lại ở phối hợp.")
        elif needed and not found.names:
            self.faults[name] = Fault(needed, "Gõ tên; cách nhau bằng dấu chấm phẩy.")
        return found.names


def read_card(typed: Typed, work: Work, configuration: Configuration, day: date) -> tuple[Edit, Read]:
    """The card's fields, of use where there are no faults; a deadline without a year counts from `day`."""
    read = Read(configuration, work, day)
    read.length(typed)
    if not typed.text("title"):
        read.faults["title"] = Fault("chưa ghi việc gì.", "Ghi ngắn, như: Báo cáo kết quả rà soát.")
    responsible = read.names("responsible", typed, needed="chưa ghi đơn vị nào.")
    coordinating = read.names("coordinating", typed)
    submit_to = read.names("submit_to", typed, at_most=1)
    edit = Edit(
        title=typed.text("title"),
        responsible=responsible,
        coordinating=tuple(one for one in coordinating if one not in responsible),
        submit_to=submit_to[0] if submit_to else None,
        product=typed.text("product"),
        at=typed.text("at"),
        stated=typed.text("stated"),
    )
    if typed.text("standing"):
        return edit, read
    try:
        return replace(edit, deadline=_deadline(typed, day)), read
    except Refused as refused:
        read.faults["deadline"] = Fault(refused.message, refused.fix)
        return edit, read


def _deadline(typed: Typed, day: date) -> Deadline:
    if not typed.text("deadline"):
        raise Refused("no-deadline", "chưa ghi hạn.", "Ghi hạn, hoặc đánh dấu việc thường xuyên.")
    return read_deadline(typed.text("deadline"), day)


def read_names_meant(typed: Typed, work: Work, configuration: Configuration, day: date) -> tuple[dict[str, str], Read]:
    """Which unit each unknown name means, by name (`ten-0` is `la-0`); a fault where that is unknown, too."""
    read = Read(configuration, work, day)
    meant: dict[str, str] = {}
    for field_name, name in typed.values.items():
        place = field_name.removeprefix("ten-")
        said = typed.text(f"la-{place}")
        if place == field_name or not said or name in typed.add:
            continue
        found = read.names(f"la-{place}", Typed(typed.values), at_most=1)
        meant |= {name: found[0]} if found and f"la-{place}" not in read.faults else {}
    return meant, read


def read_header(typed: Typed, work: Work, configuration: Configuration, today: date) -> tuple[Header, str, Read]:
    """The plan's header and its overseer's name; of use where there are no faults."""
    issued_on, wrong = _issued_on(typed, today)
    read = Read(configuration, work, issued_on or today, wrong)
    read.length(typed)
    if not typed.text("title"):
        read.faults["title"] = Fault("chưa ghi tên kế hoạch.", "Ghi trích yếu của văn bản.")
    if typed.text("kind") not in KINDS:
        read.faults["kind"] = Fault("chưa chọn loại.", "Chọn trong danh sách.")
    issuer = read.names("issuer", typed, at_most=1, needed="chưa ghi cơ quan ban hành.")
    overseer = read.names("overseer", typed, at_most=1, needed="chưa ghi đầu mối theo dõi.")
    header = replace(
        work.header,
        number=typed.text("number") or None,
        kind=typed.text("kind"),
        title=typed.text("title"),
        issuer=issuer[0] if issuer else "",
        issued_on=issued_on,
    )
    return header, overseer[0] if overseer else "", read


def _issued_on(typed: Typed, today: date) -> tuple[date | None, dict[str, Fault]]:
    try:
        return read_day(typed.text("issued_on"), today), {}
    except Refused as refused:
        return None, {"issued_on": Fault(refused.message, refused.fix)}
