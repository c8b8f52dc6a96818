"""To the head of a late unit: what is overdue, how often the unit was reminded, what it said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from obligations.domain.plan import Relation
from obligations.domain.wording import clock, short_date, two_digits
from obligations.texts.blocks import Block, Card, Para
from obligations.texts.item import Item
from obligations.texts.occasion import Occasion
from obligations.texts.phrases import phrases
from obligations.texts.unit import FOOT

_HEADS: dict[Relation, str] = {
    "internal": "Đề nghị chỉ đạo",
    "subordinate": "Đề nghị chỉ đạo",
    "peer": "Đề nghị chỉ đạo",
    "independent": "Trân trọng đề nghị",
    "superior": "Kính trình",
}


@dataclass(frozen=True)
class Urged:
    """One overdue duty: the days on which the unit was reminded, and what the unit said.

    `calls`: when it was rung up (local), and what it answered. `acknowledged_on`: it has the duty in hand;
    `expected_on`: it means to send then; `asked_to`: the day it asks for.
    """

    item: Item
    reminded: tuple[date, ...] = ()
    calls: tuple[tuple[datetime, str], ...] = ()
    acknowledged_on: date | None = None
    expected_on: date | None = None
    asked_to: date | None = None


@dataclass(frozen=True)
class Escalation:
    """What a unit's leader is told. `checked_at` (local): when the incoming register was last read."""

    at: Occasion
    urged: tuple[Urged, ...]
    checked_at: datetime | None = None

    title: ClassVar[str] = "Việc quá hạn, đề nghị chỉ đạo"
    foot: ClassVar[str] = FOOT
    reply: ClassVar[str] = "Đã gửi xin nhắn lại: mã việc, số, ngày văn bản."

    @property
    def subject(self) -> str:
        head = _HEADS[self.at.relation]
        longest = max((one.item for one in self.urged), key=lambda item: -item.working_days)
        if not self.at.is_urged:
            what = longest.name if len(self.urged) == 1 else f"{two_digits(len(self.urged))} việc"
            return f"[{head}] Quan tâm gửi kết quả: {what} (hạn {longest.short_day})"
        if len(self.urged) > 1:
            return f"[{head}] {two_digits(len(self.urged))} việc quá hạn, lâu nhất {longest.late_by}"
        return f"[{head}] 01 việc quá hạn {longest.late_by}: {longest.name} (hạn {longest.short_day})"

    @property
    def brief(self) -> str:
        return f"{two_digits(len(self.urged))} việc quá hạn, đề nghị chỉ đạo"

    def blocks(self) -> list[Block]:
        say, is_one = phrases("leader"), len(self.urged) == 1
        tally = self.urged[0].item.tally if is_one else None
        opening = Para(say("opening", self.at, self.checked_at, is_one, tally.share if tally else ""))
        cards = (Card(tuple(_rows(self, one)), None if is_one else n) for n, one in enumerate(self._ordered, 1))
        return [opening, *cards, Para(say("request", self.at, self._told_to))]

    def lines(self) -> list[str]:
        return [
            f"[{one.item.code}] {one.item.name}: quá hạn {one.item.late_by} (hạn {one.item.chat_day}; "
            f"{one.item.duty.short_source})."
            for one in self._ordered
        ]

    @property
    def _ordered(self) -> list[Urged]:
        return sorted(self.urged, key=lambda one: (one.item.due_on, one.item.code))

    @property
    def _told_to(self) -> str:
        """Whom the results are reported to, where that is one and neither the reader nor the office itself."""
        issuers = {one.item.duty.plan_issuer for one in self.urged}
        return issuers.pop() if len(issuers) == 1 and not issuers & {self.at.unit, self.at.office} else ""


def _rows(part: Escalation, urged: Urged) -> Iterator[tuple[str, str]]:
    item = urged.item
    yield "Mã việc", item.code
    yield "Nội dung", item.name
    yield "Căn cứ", item.duty.citation
    if item.given_to:
        yield "Đơn vị được giao", f"{item.given_to}; {part.at.you} tiếp tục thực hiện"
    yield "Thời hạn", f"{item.deadline}; quá {item.late_by}"
    if item.supplement:
        yield "Nội dung bổ sung", phrases("unit")("supplement", item)
    yield "Sản phẩm, nơi nhận", f"{item.duty.product or 'văn bản kết quả'}; {item.duty.where}"
    if len(part.urged) > 1 and item.tally:
        yield "Tình hình chung", f"đã nhận {item.tally.share} cơ quan, đơn vị"
    if urged.reminded:
        yield "Đã nhắc", f"ngày {', '.join(map(short_date, urged.reminded))}"
    if urged.calls:
        yield "Trao đổi điện thoại", "; ".join(_call(moment, note) for moment, note in urged.calls)
    if urged.acknowledged_on or urged.asked_to:
        yield "Đơn vị cho biết", phrases("leader")("answered", urged)
    if item.ask and item.ask != part.at.foot:
        yield "Đầu mối của việc này", item.ask.words


def _call(moment: datetime, note: str) -> str:
    """*29/11/2022 lúc 09 giờ 20: “đang trình ký”*."""
    said = f": “{note}”" if note else ""
    return f"{short_date(moment.date())} lúc {clock(moment.time())}{said}"
