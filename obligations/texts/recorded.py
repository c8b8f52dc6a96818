"""To the unit whose result was taken note of: its number, its day, on time or late, and thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from obligations.domain.due import ONCE
from obligations.domain.wording import two_digits
from obligations.texts.blocks import Block, Para, Points
from obligations.texts.duty import Duty
from obligations.texts.occasion import Occasion
from obligations.texts.phrases import phrases


@dataclass(frozen=True)
class Record:
    """One result taken note of. `late_days` in working days; `kept_on`: the first day, kept after a return."""

    code: str
    duty: Duty
    due_on: date | None
    sent_on: date
    document: str = ""
    signed_on: date | None = None
    kept_on: date | None = None
    is_nil: bool = False
    is_late: bool = False
    late_days: int = 0


@dataclass(frozen=True)
class Recorded:
    """What was taken note of."""

    at: Occasion
    records: tuple[Record, ...]

    title: ClassVar[str] = "Kết quả đã ghi nhận"
    foot: ClassVar[str] = "Thư tự động, không cần trả lời; thấy chưa đúng, xin báo đầu mối trên."
    reply: ClassVar[str] = ""

    @property
    def subject(self) -> str:
        if len(self.records) > 1:
            return f"[Đã ghi nhận] {self.at.unit_short}: {self.brief}"
        one = self.records[0]
        return f"[Đã ghi nhận {one.code}] {one.duty.name}"

    @property
    def brief(self) -> str:
        return f"{two_digits(len(self.records))} kết quả đã ghi nhận"

    def blocks(self) -> list[Block]:
        say = phrases("recorded")
        said = tuple(say("recorded", self.at, one) for one in self.records)
        regular = self.at.is_urged and any(one.is_late and one.duty.period != ONCE for one in self.records)
        first: Block = Points(said) if len(said) > 1 else Para(said[0])
        return [first, Para(say("thanks", self.at, regular))]

    def lines(self) -> list[str]:
        return [f"[{one.code}] {one.duty.name}: {phrases('recorded')('short', one)}" for one in self.records]
