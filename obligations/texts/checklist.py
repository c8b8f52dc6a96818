"""The overseer's checklist after a review period: the standing duties, which have no date and remind no unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from obligations.domain.wording import two_digits
from obligations.texts.blocks import Block, Heading, Para, Table
from obligations.texts.occasion import Occasion

_HEADS = ("STT", "Nội dung", "Đơn vị", "Căn cứ", "Điều cần quyết định", "Đã rà soát")


@dataclass(frozen=True)
class Duty:
    """One standing duty of a plan (`source`, with its number and date), reviewed for a `period`."""

    source: str
    period: str
    title: str
    units: str
    place: str
    question: str


@dataclass(frozen=True)
class Checklist:
    """What one overseer looks through; the result is his own note, nothing is recorded."""

    at: Occasion
    duties: tuple[Duty, ...]

    title: ClassVar[str] = "Rà soát việc thường xuyên"
    foot: ClassVar[str] = "Danh mục tự động sau mỗi kỳ rà soát; việc thường xuyên không nhắc đơn vị."
    reply: ClassVar[str] = ""

    @property
    def periods(self) -> str:
        return ", ".join(dict.fromkeys(one.period for one in self.duties))

    @property
    def subject(self) -> str:
        return f"[Rà soát việc thường xuyên] {self.brief}"

    @property
    def brief(self) -> str:
        return f"{self.periods[0].upper()}{self.periods[1:]}: {two_digits(len(self.duties))} việc"

    def blocks(self) -> list[Block]:
        return list(self._blocks())

    def lines(self) -> list[str]:
        return [f"☐ {one.title} ({one.units}; {one.source}, mục {one.place})" for one in self.duties]

    def _blocks(self) -> Iterator[Block]:
        yield Para(
            f"Kỳ rà soát đã hết: {self.periods}. Dưới đây là các việc thường xuyên, không nêu thời hạn, "
            f"để {self.at.you} xem từng việc và ghi lại tình hình."
        )
        for source, duties in groupby(self.duties, key=lambda one: one.source):
            yield Heading(source)
            rows = enumerate(duties, 1)
            yield Table(
                _HEADS,
                tuple(
                    (str(n), f"{one.title} ({one.period})", one.units, f"mục {one.place}", one.question or "–", "☐")
                    for n, one in rows
                ),
            )
