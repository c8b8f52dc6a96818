"""The secretariat's control sheet (phiếu theo dõi): what to do now, what is late, what comes, what left, what ails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from obligations.domain.wording import SHORT_WEEKDAYS, clock, short_date, two_digits
from obligations.texts.blocks import Block, Heading, Para, Points, Table
from obligations.texts.occasion import Occasion
from obligations.texts.sheet_lines import Coming, Disowned, Extension, Held, Late, Left, NewContact, Result, Telephone

READ_BEFORE = time(9)
ROWS = 60  # more than fit a page an office reads: the rest is counted
_LATE = ("Đơn vị", "Việc", "Hạn", "Số ngày làm việc", "Lần nhắc cuối", "Đơn vị trả lời")
_COMING = ("Hạn", "Việc", "Đơn vị chưa gửi")


@dataclass(frozen=True)
class Sheet:
    """One day's sheet. `now` and `checked_at` (the register was last read) are local time.

    `late` are the longest overdue, beside `more_late` others; `refused` are addresses that take no mail, `leaving` the
    messages that are to leave today, `again` those that wait for another try, `troubles` whatever ails the machine,
    each one sentence.
    """

    now: datetime
    checked_at: datetime | None
    is_checked: bool
    held: tuple[Held, ...]
    results: tuple[Result, ...]
    calls: tuple[Telephone, ...]
    extensions: tuple[Extension, ...]
    approvals: int
    orphans: tuple[str, ...]
    unknown: int
    late: tuple[Late, ...]
    coming: tuple[Coming, ...]
    leaving: int
    again: int
    left: Left
    refused: tuple[str, ...]
    unconfirmed: tuple[int, ...]
    troubles: tuple[str, ...]
    disowned: tuple[Disowned, ...] = ()
    new_contacts: tuple[NewContact, ...] = ()
    more_late: int = 0

    @property
    def overdue(self) -> int:
        return len(self.late) + self.more_late

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def due_today(self) -> int:
        return sum(len(one.units) for one in self.coming if one.due_on == self.today)

    @property
    def decisions(self) -> int:
        """What only a person can decide: extensions, whose a duty is, approvals, who carries on."""
        return len(self.extensions) + len(self.disowned) + self.approvals + len(self.orphans)

    @property
    def is_worth_reading(self) -> bool:
        """Whether something on it asks for somebody: else it is sent once a week only."""
        waits = self.held or self.results or self.calls or self.late or self.decisions or self.new_contacts
        return bool(waits or self.due_today or self.left.failed or self.refused or self.troubles)


@dataclass(frozen=True)
class ControlSheet:
    """The sheet as a letter to the secretariat."""

    at: Occasion
    sheet: Sheet

    title: ClassVar[str] = "Phiếu theo dõi"
    foot: ClassVar[str] = "Phiếu tự động hằng ngày; xem lại bất cứ lúc nào ở trang Chờ duyệt (hoặc dondoc sheet)."
    reply: ClassVar[str] = ""

    @property
    def subject(self) -> str:
        day = self.sheet.today
        return f"[Phiếu theo dõi {SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}] {self.brief}"

    @property
    def brief(self) -> str:
        sheet = self.sheet
        counts = (
            (sheet.overdue, "quá hạn"),
            (sheet.due_today, "đến hạn hôm nay"),
            (len(sheet.results), "chờ ghi nhận"),
            (sheet.left.failed, "gửi lỗi"),
            (sheet.decisions, "chờ quyết định"),
        )
        return " · ".join(f"{count} {words}" for count, words in counts)

    def blocks(self) -> list[Block]:
        return list(blocks(self.sheet))

    def lines(self) -> Sequence[str]:
        """For a chat: the counts, then what to do now."""
        return [self.subject, *(point for _, points in _to_do(self.sheet) for point in points)]


def blocks(sheet: Sheet) -> Iterator[Block]:
    """Sections 0 to 5, in the order in which a clerk goes through them."""
    yield Heading("0. Rà sổ văn bản đến")
    yield Points(tuple(_register(sheet)))
    yield Heading("1. Cần làm ngay")
    to_do = list(_to_do(sheet))
    for title, points in to_do:
        yield Para(title)
        yield Points(tuple(points))
    if not to_do:
        yield Para("Không có việc nào chờ văn phòng.")
    yield Heading(f"2. Quá hạn ({sheet.overdue} việc)")
    yield from _table(_LATE, sheet.late, sheet.overdue, "Không có việc nào quá hạn.")
    yield Heading("3. Đến hạn trong 5 ngày làm việc tới")
    yield from _table(_COMING, sheet.coming, len(sheet.coming), "Không có việc nào đến hạn.")
    yield Heading("4. Thư nhắc")
    yield Points(tuple(_mail(sheet)))
    yield Heading("5. Lịch và hệ thống")
    yield Points(tuple(_system(sheet)))


def _table(heads: tuple[str, ...], lines: Sequence[Late | Coming], count: int, nothing: str) -> Iterator[Block]:
    """The first of `count` lines in all."""
    if not lines:
        yield Para(nothing)
        return
    yield Table(heads, tuple(one.row for one in lines[:ROWS]))
    if count > ROWS:
        yield Para(f"… và {count - ROWS} dòng khác; xem đủ ở Bảng theo dõi (hoặc dondoc status --overdue).")


def _register(sheet: Sheet) -> Iterator[str]:
    last = "chưa lần nào"
    if at := sheet.checked_at:
        last = f"{at:%H:%M} {SHORT_WEEKDAYS[at.weekday()]} {short_date(at.date())}"
    done = "xong bấm Đã rà sổ văn bản đến ở trang Chờ duyệt (hoặc dondoc checked)"
    need = "" if sheet.is_checked else f"; hôm nay cần rà trước {clock(READ_BEFORE)}, {done}"
    yield f"Lần gần nhất: {last}{need}."
    for one in sheet.held:
        yield f"Đang giữ {one.words}."


def _to_do(sheet: Sheet) -> Iterator[tuple[str, list[str]]]:
    """What waits for a person, each kind with its lines."""
    kinds: tuple[tuple[str, list[str]], ...] = (
        ("Ghi nhận, hoặc đề nghị bổ sung, {} kết quả:", [f"{one.words}." for one in sheet.results]),
        (
            "Gọi điện {} việc (không có kênh nào khác; gọi xong ghi ở trang của việc, hoặc dondoc called):",
            [one.words for one in sheet.calls],
        ),
        ("Quyết định {} đề nghị gia hạn:", [f"{one.words}." for one in sheet.extensions]),
        (
            "Trả lời {} việc mà đơn vị báo không thuộc nhiệm vụ (giao đơn vị khác, ghi miễn, hoặc không đồng ý):",
            [f"{one.words}." for one in sheet.disowned],
        ),
        ("Ghi vào units.yaml {} đầu mối mới do đơn vị báo:", [f"{one.words}." for one in sheet.new_contacts]),
        ("Giao lại {} việc của đơn vị đã kết thúc:", [f"{one}." for one in sheet.orphans]),
    )
    for title, points in kinds:
        if points:
            yield title.format(two_digits(len(points))), points


def _mail(sheet: Sheet) -> Iterator[str]:
    again = f", {two_digits(sheet.again)} tin chờ gửi lại" if sheet.again else ""
    yield f"Hôm nay theo lịch: {two_digits(sheet.leaving)} tin{again} (xem trước: dondoc forecast)."
    left = sheet.left
    since = f"{SHORT_WEEKDAYS[left.since.weekday()]} {short_date(left.since)}"
    yield f"Từ ngày làm việc trước ({since}): {left.words}."
    yield from (f"Gửi lỗi: {one.words}." for one in left.failures)


def _system(sheet: Sheet) -> Iterator[str]:
    if sheet.unconfirmed:
        years = ", ".join(map(str, sheet.unconfirmed))
        yield f"Năm {years} chưa có quyết định nghỉ lễ xác nhận: ngày làm việc tính theo lịch dự kiến."
    yield from (f"Địa chỉ bị từ chối: {one}." for one in sheet.refused)
    if sheet.unknown:
        yield f"{two_digits(sheet.unknown)} việc có hạn trước khi theo dõi còn chưa rõ kết quả."
    yield from sheet.troubles
    if not (sheet.unconfirmed or sheet.refused or sheet.unknown or sheet.troubles):
        yield "Bình thường."
