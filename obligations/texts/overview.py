"""To whoever oversees: one line for each obligation, period and rung, with the units that are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_OVERDUE, SUBMITTED
from obligations.domain.wording import SHORT_WEEKDAYS, clock, long_date, short_date, two_digits
from obligations.texts.blocks import Block, Heading, Para, Points, Table
from obligations.texts.duty import Duty, Tally
from obligations.texts.occasion import Occasion
from obligations.texts.phrases import phrases

_HEADS = (
    "Nhiệm vụ, thời hạn",
    "Tổng số",
    "Hoàn thành (đúng hạn; quá hạn)",
    "Chờ ghi nhận",
    "Đang thực hiện (trong hạn; quá hạn)",
)


@dataclass(frozen=True)
class Line:
    """One obligation and period. `named`: the units this letter is about, by full name in the order of protocol.

    `days_over`: working days since the deadline.
    """

    duty: Duty
    due_on: date
    due_at: time | None
    days_over: int
    tally: Tally
    named: tuple[str, ...]

    @property
    def deadline(self) -> str:
        day = long_date(self.due_on)
        return f"trước {clock(self.due_at)} ngày {day}" if self.due_at else f"hết ngày {day}"

    @property
    def chat_day(self) -> str:
        """*T6 25/11/2022*."""
        return f"{SHORT_WEEKDAYS[self.due_on.weekday()]} {short_date(self.due_on)}"

    @property
    def late_by(self) -> str:
        return f"{two_digits(max(1, self.days_over))} ngày làm việc"


@dataclass(frozen=True)
class Progress:
    """How one obligation and period of a plan stands: how many units in each class."""

    name: str
    due_on: date
    classes: Mapping[str, int]

    @property
    def row(self) -> tuple[str, ...]:
        counts = Counter(self.classes)
        return (
            f"{self.name}; hết ngày {short_date(self.due_on)}",
            str(counts.total()),
            _both(counts[DONE_IN_TIME], counts[DONE_LATE]),
            str(counts[SUBMITTED]),
            _both(counts[OPEN_IN_TIME], counts[OPEN_OVERDUE]),
        )


def _both(in_time: int, late: int) -> str:
    """*32 (28; 4)*."""
    return f"{in_time + late} ({in_time}; {late})"


@dataclass(frozen=True)
class Overview:
    """What an overseer, or the office's own leadership, is told. `checked_at`: the register was last read (local).

    `progress`: by plan, in its own leadership's letter.
    """

    at: Occasion
    shown: tuple[Line, ...]
    checked_at: datetime | None = None
    is_own: bool = False
    for_leadership: bool = False
    progress: Mapping[str, tuple[Progress, ...]] | None = None

    reply = ""

    @property
    def title(self) -> str:
        return "Báo cáo lãnh đạo" if self.for_leadership else "Tình hình theo dõi, đôn đốc"

    @property
    def foot(self) -> str:
        return "Thư tự động của hệ thống theo dõi, đôn đốc."

    @property
    def subject(self) -> str:
        head = "Báo cáo lãnh đạo" if self.for_leadership else "Theo dõi, đôn đốc"
        if len(self.shown) > 1:
            return f"[{head}] {self.brief}"
        one = self.shown[0]
        due = f"hạn {short_date(one.due_on)}, quá {one.late_by}"
        return f"[{head}] {one.duty.name}: {one.tally.lacking} đơn vị chưa gửi ({due})"

    @property
    def brief(self) -> str:
        units = {name for one in self.shown for name in one.named}
        return f"{two_digits(len(self.shown))} nhiệm vụ quá hạn, {two_digits(len(units))} đơn vị chưa gửi"

    def blocks(self) -> list[Block]:
        return list(self._blocks())

    def lines(self) -> list[str]:
        return [phrases("overview")("short_line", one) for one in self.shown]

    def _blocks(self) -> Iterator[Block]:
        say = phrases("overview")
        yield Para(say("leadership_opening" if self.for_leadership else "overseer_opening", self.at, self.checked_at))
        for source, lines in groupby(self.shown, key=lambda one: one.duty.source):
            yield Heading(source)
            yield Points(tuple(say("line", one) for one in lines))
            if rows := (self.progress or {}).get(source):
                yield Para("Tình hình chung các nhiệm vụ đã đến hạn của văn bản này (số đơn vị):")
                yield Table(_HEADS, tuple(one.row for one in rows))
        if self.for_leadership:
            yield Para(say("leadership_request"))
        else:
            yield Para(say("overseer_request", self.at, self.is_own))
