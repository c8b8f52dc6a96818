"""The draft công văn đôn đốc: full text for each plan, and the cover with which it reaches the secretariat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Literal

from obligations.domain.wording import short_date, two_digits
from obligations.texts.blocks import Block, Heading, Para, Points, Sheet, Table
from obligations.texts.occasion import Foot, Occasion
from obligations.texts.overview import Line
from obligations.texts.phrases import phrases

Tone = Literal["common", "independent", "superior"]
_TONES: dict[Tone, tuple[str, str]] = {
    "common": ("gửi các cơ quan, đơn vị", "đề nghị"),
    "independent": ("gửi riêng Mặt trận, đoàn thể, cơ quan Đảng", "trân trọng đề nghị"),
    "superior": ("gửi riêng cơ quan cấp trên", "kính đề nghị"),
}
_HEADS = ("STT", "Cơ quan, đơn vị", "Nhiệm vụ", "Thời hạn", "Quá hạn (ngày làm việc)")


@dataclass(frozen=True)
class Late:
    """One unit's overdue duty; `days_over` in working days."""

    unit: str
    duty: str
    due_on: date
    days_over: int


@dataclass(frozen=True)
class Draft:
    """One letter of one plan, to all its late units of one tone. `late` stands in the order of protocol.

    `term`: the new hour and day proposed; `told_to`: whom the office reports to, empty for nobody.
    """

    tone: Tone
    office: str
    year: int
    as_of: str
    lines: tuple[Line, ...]
    late: tuple[Late, ...]
    term: str
    told_to: str
    foot: Foot

    @property
    def title(self) -> str:
        return f"Dự thảo công văn {_TONES[self.tone][0]}"

    @property
    def verb(self) -> str:
        return _TONES[self.tone][1]

    @property
    def source(self) -> str:
        return self.lines[0].duty.source

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.unit for one in self.late))

    @property
    def matter(self) -> str:
        """*V/v đôn đốc …*: the one duty, or the plan."""
        if len(self.lines) == 1:
            return _inside(self.lines[0].duty.name)
        return f"thực hiện nhiệm vụ tại {self.source}"

    def sheet(self) -> Sheet:
        return Sheet(self.title, tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        say = phrases("draft")
        yield Heading(self.office)
        yield Para("Số: ……/……")
        yield Para(say("about", self))
        yield Para(f"……, ngày …… tháng …… năm {self.year}")
        yield Para(say("salute", self))
        if len(self.lines) == 1:
            yield Para(say("one", self))
        else:
            yield Para(say("many", self))
            yield Points(tuple(say("point", self, line) for line in self.lines))
        yield Para(say("demand", self))
        yield Para(say("closing", self))
        yield Heading("Danh sách")
        yield Table(_HEADS, tuple(_row(number, one) for number, one in enumerate(self.late, 1)))
        yield Para(say("copies", self))


@dataclass(frozen=True)
class Drafts:
    """What the secretariat gets: what is late, what is proposed, the drafts, a text to paste into the group chat."""

    at: Occasion
    drafts: tuple[Draft, ...]
    overdue: tuple[Line, ...]
    pastes: tuple[str, ...]
    checked_at: datetime | None = None

    title: ClassVar[str] = "Đề xuất công văn đôn đốc"
    foot: ClassVar[str] = "Thư tự động của hệ thống theo dõi, đôn đốc."
    reply: ClassVar[str] = ""

    @property
    def subject(self) -> str:
        plans = {one.duty.short_plan for one in self.overdue}
        what = plans.pop() if len(plans) == 1 else f"{two_digits(len(plans))} văn bản"
        return f"[Đề xuất công văn đôn đốc] {what}: {self._late} quá hạn"

    @property
    def brief(self) -> str:
        return f"dự thảo {two_digits(len(self.drafts))} công văn đôn đốc"

    @property
    def _late(self) -> str:
        return f"{two_digits(len({name for draft in self.drafts for name in draft.names}))} đơn vị"

    def blocks(self) -> list[Block]:
        say, line = phrases("draft"), phrases("overview")
        told = Points(tuple(line("short_line", one) for one in self.overdue))
        proposal = Para(say("proposal", self.drafts, self.checked_at))
        paste = [Para(say("paste")), *(Para(text) for text in self.pastes)] if self.pastes else []
        return [Para(say("cover", self.at)), told, proposal, *(draft.sheet() for draft in self.drafts), *paste]

    def lines(self) -> list[str]:
        line = phrases("overview")
        return [f"Cần công văn đôn đốc: {line('short_line', one)}" for one in self.overdue]


def _row(number: int, one: Late) -> tuple[str, ...]:
    return str(number), one.unit, one.duty, f"hết ngày {short_date(one.due_on)}", two_digits(one.days_over)


def _inside(name: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
