"""To the secretariat: results that were sent and wait to be taken note of, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from obligations.domain.wording import short_date, two_digits
from obligations.texts.blocks import Block, Para, Points
from obligations.texts.duty import Duty
from obligations.texts.occasion import Occasion
from obligations.texts.phrases import phrases


@dataclass(frozen=True)
class Waiting:
    """One result: recorded on `since`, `days` working days ago."""

    code: str
    unit: str
    duty: Duty
    due_on: date | None
    document: str
    signed_on: date | None
    sent_on: date
    since: date
    days: int


@dataclass(frozen=True)
class Review:
    """What waits; `waiting` counts all, the others' turn to be named comes on their own day."""

    at: Occasion
    results: tuple[Waiting, ...]
    waiting: int

    title: ClassVar[str] = "Kết quả chờ ghi nhận"
    foot: ClassVar[str] = "Thư tự động của hệ thống theo dõi, đôn đốc."
    reply: ClassVar[str] = ""

    @property
    def subject(self) -> str:
        oldest = self.ordered[0]
        return f"[Chờ ghi nhận] {self.brief}, lâu nhất từ ngày {short_date(oldest.since)}"

    @property
    def brief(self) -> str:
        return f"{two_digits(len(self.results))} kết quả chờ ghi nhận"

    @cached_property
    def ordered(self) -> tuple[Waiting, ...]:
        return tuple(sorted(self.results, key=lambda one: (one.since, one.sent_on, one.code)))

    def blocks(self) -> list[Block]:
        say = phrases("review")
        said = tuple(say("waiting", one) for one in self.ordered)
        opening = say("opening", self.at, len(said), self.waiting)
        return [Para(opening), Points(said), Para(say("request", self.at))]

    def lines(self) -> list[str]:
        return [
            f"[{one.code}] {one.unit}: {one.duty.name}, {one.document or 'không kèm số văn bản'}, "
            f"chờ ghi nhận từ {short_date(one.since)}."
            for one in self.ordered
        ]
