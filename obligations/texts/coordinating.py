"""To a unit that coordinates (phối hợp): for information; it owes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from obligations.domain.wording import two_digits
from obligations.texts.blocks import Block, Para, Points
from obligations.texts.occasion import Occasion
from obligations.texts.overview import Line
from obligations.texts.phrases import phrases


@dataclass(frozen=True)
class Shared(Line):
    """A line with who answers for the duty (`lead`) and, when it is given, the due dates that follow."""

    lead: str = ""
    is_over: bool = False
    later: tuple[date, ...] = ()


@dataclass(frozen=True)
class Coordination:
    """What a coordinating unit is told."""

    at: Occasion
    shared: tuple[Shared, ...]

    title: ClassVar[str] = "Việc phối hợp"
    foot: ClassVar[str] = "Thư tự động, gửi để biết và phối hợp."
    reply: ClassVar[str] = ""

    @property
    def subject(self) -> str:
        return f"[Phối hợp] {self._what}: thông tin để phối hợp"

    @property
    def brief(self) -> str:
        return f"{two_digits(len(self.shared))} việc phối hợp"

    @property
    def _what(self) -> str:
        return self.shared[0].duty.name if len(self.shared) == 1 else f"{two_digits(len(self.shared))} nhiệm vụ"

    def blocks(self) -> list[Block]:
        say = phrases("overview")
        said = tuple(say("coordinating_line", one) for one in self.shared)
        return [Para(say("coordinating_opening", self.at)), Points(said), Para(say("coordinating_request", self.at))]

    def lines(self) -> list[str]:
        return [
            f"Phối hợp: {one.duty.name}, {one.lead} chủ trì, hạn chung {one.chat_day} ({one.duty.short_source})."
            for one in self.shared
        ]
