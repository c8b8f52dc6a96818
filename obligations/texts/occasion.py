"""To whom, from whom and when a letter is written; and what every part of a letter can say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Protocol

from obligations.domain.plan import Relation
from obligations.domain.wording import clock, long_date
from obligations.texts.blocks import Block

_VERBS: dict[Relation, str] = {
    "internal": "Yêu cầu",
    "subordinate": "Đề nghị",
    "peer": "Đề nghị",
    "independent": "Trân trọng đề nghị",
    "superior": "Kính đề nghị",
}


@dataclass(frozen=True)
class Foot:
    """Whom the reader may ask."""

    name: str
    phone: str
    email: str

    @property
    def words(self) -> str:
        """*đ/c Mai, ĐT 0232 000 000, mai@so-noi-vu.example*; it stands after *Đầu mối*, which is not said twice."""
        name = self.name.removeprefix("Đầu mối ")
        return ", ".join(part for part in (name, self.phone and f"ĐT {self.phone}", self.email) if part)


@dataclass(frozen=True)
class Occasion:
    """`to` stands after *Kính gửi*, `unit` is the reader's, `relation` how it stands to the office.

    `now` is local time; `closing` the hour at which an office day ends. `link` opens the unit's
    own page, empty for none.
    """

    to: str
    unit: str
    unit_short: str
    relation: Relation
    office: str
    now: datetime
    closing: time
    next_working_day: date
    foot: Foot
    link: str = ""

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def verb(self) -> str:
        return _VERBS[self.relation]

    @property
    def you(self) -> str:
        return "đơn vị" if self.relation == "internal" else "quý cơ quan"

    @property
    def is_urged(self) -> bool:
        """Whether haste may be asked for: not of superiors, nor of the Front, unions and Party bodies."""
        return self.relation not in ("superior", "independent")

    @cached_property
    def as_of(self) -> str:
        """*08 giờ 00 ngày 28/11/2022 (thứ Hai)*: what a machine knows, it knows as of a moment."""
        return f"{clock(self.now.time())} ngày {long_date(self.today)}"

    @property
    def soon(self) -> str:
        """*16 giờ 30 ngày 29/11/2022 (thứ Ba)*: by when what is late is asked for."""
        return f"{clock(self.closing)} ngày {long_date(self.next_working_day)}"


class Part(Protocol):
    """What a letter says to one reader in one role."""

    @property
    def title(self) -> str:
        """Its heading, where a letter has several parts."""

    @property
    def subject(self) -> str:
        """The subject line of a letter that is only this."""

    @property
    def brief(self) -> str:
        """What it adds to another part's subject line."""

    @property
    def foot(self) -> str:
        """What stands under *Đầu mối*: the nature of the letter."""

    def blocks(self) -> Sequence[Block]:
        """What it says."""

    def lines(self) -> Sequence[str]:
        """What it says in a chat: one line for each duty."""

    @property
    def reply(self) -> str:
        """What a chat asks to be answered, empty for nothing."""
