"""To the unit that owes: reminders, the giving of a duty, news of it, one duty or a digest of several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from obligations.domain.wording import SHORT_WEEKDAYS, clock, long_date, short_date, two_digits, weekday
from obligations.texts.blocks import Block, Card, Link, Para
from obligations.texts.item import Item, NewsKind
from obligations.texts.occasion import Occasion
from obligations.texts.phrases import phrases

Kind = Literal["notice", "news", "before", "last-day", "overdue"]
_NEWS_HEADS: dict[NewsKind, str] = {
    "moved": "Đổi hạn",
    "returned": "Đề nghị bổ sung",
    "reopened": "Mở lại việc",
    "reassigned": "Nhận bàn giao",
}
FOOT = (
    "Thư nhắc tự động, không thay văn bản đôn đốc. "
    "Nếu đã gửi qua trục liên thông, xin cho biết số, ngày văn bản để ghi nhận."
)
_BY_LINK = "Hoặc trả lời ngay tại đây, không cần tài khoản (đã tiếp nhận, đã gửi, xin gia hạn, không thuộc đơn vị)"


@dataclass(frozen=True)
class Duties:
    """What a unit owes. Overdue stands first, then by deadline."""

    at: Occasion
    items: tuple[Item, ...]

    title: ClassVar[str] = "Việc do đơn vị chủ trì"
    foot: ClassVar[str] = FOOT

    @property
    def subject(self) -> str:
        """What, which code, by when, with the weekday."""
        return _digest_subject(self) if len(self.items) > 1 else _subject(self, self.items[0])

    @property
    def reply(self) -> str:
        again = "Đã gửi xin nhắn lại: mã việc, số, ngày văn bản"
        return f"{again}; hoặc trả lời tại {self.link}." if self.at.link else f"{again}."

    @property
    def link(self) -> str:
        """The unit's page, at the one duty where the letter has one; empty for none."""
        return f"{self.at.link}?viec={self.items[0].code}" if self.at.link and len(self.items) == 1 else self.at.link

    @property
    def brief(self) -> str:
        return f"{two_digits(len(self.items))} việc được nhắc"

    def blocks(self) -> list[Block]:
        return list(_digest(self) if len(self.items) > 1 else _single(self, self.items[0]))

    def lines(self) -> list[str]:
        return [_line(self, item) for item in self.ordered]

    def kind(self, item: Item) -> Kind:
        """What an item has become by now: a rung that leaves after the due date is worded as overdue."""
        if self.is_over(item):
            return "overdue"
        if item.due_on == self.at.today:
            return "last-day"
        if item.is_new:
            return "notice"
        return "news" if item.news else "before"

    def is_over(self, item: Item) -> bool:
        today = self.at.today
        if today != item.due_on:
            return today > item.due_on
        return item.due_at is not None and self.at.now.time() > item.due_at

    def is_last_working_day(self, item: Item) -> bool:
        """Whether the deadline is a day off and today the working day before it."""
        return item.day_off is not None and item.last_working_day == self.at.today and not self.is_over(item)

    @cached_property
    def ordered(self) -> tuple[Item, ...]:
        return tuple(sorted(self.items, key=lambda item: (not self.is_over(item), item.due_on, item.code)))

    @property
    def overdue(self) -> int:
        """How many duties are overdue."""
        return sum(self.is_over(item) for item in self.items)

    @property
    def together(self) -> list[list[str]]:
        """Codes of duties that one document can answer: the same receiver, the same day."""
        groups: dict[tuple[str, date], list[str]] = {}
        for item in self.ordered:
            groups.setdefault((item.duty.submit_to or item.duty.overseer, item.due_on), []).append(item.code)
        return [codes for codes in groups.values() if len(codes) > 1]

    @property
    def is_all_new(self) -> bool:
        """Whether every duty is just being given or changed: nothing can be missing of it yet."""
        return all((item.is_new or item.news) and not self.is_over(item) for item in self.items)

    def left(self, item: Item) -> str:
        """*còn 06 ngày làm việc* or *quá 02 ngày làm việc*: past its hour too, a duty has no day left."""
        return f"quá {item.late_by}" if self.is_over(item) else item.left

    def state(self, item: Item) -> str:
        """*quá hạn 02 ngày làm việc*, *mới giao*, *đổi hạn*, *đến hạn hôm nay*, *còn 05 ngày làm việc*."""
        words = [_NEWS_HEADS[item.news.kind].lower()] if item.news else []
        if self.is_over(item):
            return ", ".join([f"quá hạn {item.late_by}", *words])
        words += ["mới giao"] if item.is_new else []
        words += ["đến hạn hôm nay"] if item.due_on == self.at.today else []
        return ", ".join(words) or item.left


def _subject(part: Duties, item: Item) -> str:
    again = "gửi lại " if item.supplement and item.supplement.has_day else ""
    match part.kind(item):
        case "overdue":
            what = "Quá hạn bổ sung" if again else "Quá hạn"
            return f"[{what} {item.late_by} {item.code}] {item.name} (hạn {again}{item.short_day})"
        case "last-day":
            hour = f"trước {clock(item.due_at)} " if item.due_at else "hết "
            day = f"{weekday(item.due_on)} {item.short_day}"
            return f"[Đến hạn {item.code}] {item.name}, hạn {again}{hour}hôm nay, {day}"
        case _:
            new = "mới " if item.news and item.news.kind == "moved" else again
            return f"[{_head(part, item)} {item.code}] {item.name}, hạn {new}{item.deadline}"


def _head(part: Duties, item: Item) -> str:
    if part.is_last_working_day(item):
        return "Ngày làm việc cuối trước hạn"
    if item.news:
        return _NEWS_HEADS[item.news.kind]
    return "Nhắc muộn" if item.is_late else "Nhắc việc"


def _digest_subject(part: Duties) -> str:
    """What is most pressing stands in front: overdue, then what ends today, then what was to be told earlier."""
    coming = [item for item in part.items if not part.is_over(item)]
    today = sum(item.due_on == part.at.today for item in coming)
    words = [f"{len(part.items)} việc"]
    words += [f"{two_digits(part.overdue)} việc quá hạn"] if part.overdue else []
    if today:
        words.append(f"{two_digits(today)} việc hết hôm nay, {weekday(part.at.today)} {short_date(part.at.today)}")
    elif coming:
        words.append(f"gần nhất hết ngày {long_date(min(item.due_on for item in coming))}")
    head = "Quá hạn" if part.overdue else "Đến hạn" if today else "Nhắc việc"
    if head == "Nhắc việc":
        head = _shared_head(part)
    return f"[{head}] {part.at.unit_short}: {', '.join(words)}"


def _shared_head(part: Duties) -> str:
    """The same news of all duties (a plan was amended), or all late."""
    news = {item.news.kind if item.news else None for item in part.items}
    told = news.pop() if len(news) == 1 else None
    if told:
        return _NEWS_HEADS[told]
    return "Nhắc muộn" if all(item.is_late for item in part.items) else "Nhắc việc"


def _single(part: Duties, item: Item) -> Iterator[Block]:
    say, at, kind = phrases("unit"), part.at, part.kind(item)
    if item.is_late:
        yield Para(say("late", at, item))
    if item.news:
        yield Para(say("news", at, item))
    if kind != "news":
        yield Para(say("opening", at, item, kind, part.is_last_working_day(item)))
    yield Card(tuple(_rows(part, item, kind)))
    yield Para(say("request", at, item, kind))
    if at.link:
        yield Link(_BY_LINK, part.link)


def _digest(part: Duties) -> Iterator[Block]:
    say, at = phrases("unit"), part.at
    yield Para(say("digest_opening", at, part.is_all_new))
    for number, item in enumerate(part.ordered, 1):
        yield Card(tuple(_rows(part, item, part.kind(item))), number)
    for codes in part.together:
        yield Para(say("together", codes))
    if part.overdue:
        yield Para(say("digest_overdue", at))
    yield Para(say("digest_request", at))
    if at.link:
        yield Link(f"{_BY_LINK}; một liên kết cho tất cả", part.link)


def _rows(part: Duties, item: Item, kind: Kind) -> Iterator[tuple[str, str]]:
    """A duty's card."""
    say, at, duty = phrases("unit"), part.at, item.duty
    several = len(part.items) > 1
    yield "Mã việc", item.code
    yield "Nội dung", item.name
    yield "Căn cứ", duty.citation
    if item.given_to:
        yield "Đơn vị được giao", f"{item.given_to}; {at.you} tiếp tục thực hiện"
    yield "Thời hạn", say("term", at, item, kind, part.left(item))
    if item.original_due_on:
        yield "Hạn gốc", f"hết ngày {long_date(item.original_due_on)}"
    if several:
        yield "Tình trạng", part.state(item)
    yield from _more(part, item) if several else ()
    if item.supplement and not (item.news and item.news.kind == "returned"):
        yield "Nội dung bổ sung", say("supplement", item)
    yield "Sản phẩm, nơi nhận", f"{duty.product or 'văn bản kết quả'}; {duty.where}"
    for tally in item.collected:
        yield "Kết quả cần tổng hợp", say("collected", tally)
    if duty.form_name:
        yield "Mẫu kèm theo kế hoạch", duty.form_name
    if item.later:
        yield "Các kỳ sau, cùng nhiệm vụ này", ", ".join(map(short_date, item.later))
    if item.ask and item.ask != at.foot:
        yield "Đầu mối của việc này", item.ask.words


def _more(part: Duties, item: Item) -> Iterator[tuple[str, str]]:
    """What a letter of one duty says in its sentences."""
    say, at = phrases("unit"), part.at
    if item.news:
        yield "Thay đổi", say("news", at, item)
    if item.is_late:
        yield "Nhắc muộn", say("late", at, item)
    if item.tally and part.is_over(item):
        yield "Tình hình chung", f"đã nhận {item.tally.share} cơ quan, đơn vị"


def _line(part: Duties, item: Item) -> str:
    """*[K7-0871] Báo cáo năm, năm 2022: hạn hết T6 25/11/2022, còn 09 ngày làm việc (KH 123/KH-UBND, mục VI.3).*"""
    again = "gửi lại " if item.supplement and item.supplement.has_day else ""
    term = f"trước {clock(item.due_at)} " if item.due_at else "hết "
    term = f"hạn {again}{term}{item.chat_day}"
    match part.kind(item):
        case "overdue":
            moment = f"{part.at.now:%H:%M} {SHORT_WEEKDAYS[part.at.today.weekday()]} {short_date(part.at.today)}"
            what = f"quá hạn {item.late_by} ({term}); tính đến {moment} chưa ghi nhận được {item.result}"
        case "last-day":
            what = f"{term}, hôm nay"
        case _:
            what = f"{term}, {item.left}"
    news = f"{_NEWS_HEADS[item.news.kind].lower()}, " if item.news else ""
    lack = f"; bổ sung: {item.supplement.note}" if item.supplement and item.supplement.note else ""
    return f"[{item.code}] {item.name}: {news}{what}{lack} ({item.duty.short_source})."
