"""The lines of the control sheet: each says itself in words, and is plain data for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.domain.wording import long_date, some, table_date, two_digits

NAMED = 12  # codes or units in one line


@dataclass(frozen=True)
class Result:
    """A result that waits for ghi nhận since `days` working days."""

    code: str
    unit: str
    name: str
    document: str
    sent_on: date
    days: int

    @property
    def words(self) -> str:
        paper = self.document or "không kèm số văn bản"
        waits = f"đã chờ {two_digits(self.days)} ngày làm việc" if self.days else "mới ghi hôm nay"
        return f"{self.code} {self.unit}: {self.name} ({paper}, gửi ngày {table_date(self.sent_on)}, {waits})"


@dataclass(frozen=True)
class Extension:
    """An extension asked for and not decided, since `days` working days."""

    code: str
    unit: str
    name: str
    due_on: date | None
    to: date | None
    asked_on: date
    days: int

    @property
    def words(self) -> str:
        due = f"hạn {table_date(self.due_on)}" if self.due_on else "chưa có hạn"
        to = f" đề nghị đến {table_date(self.to)}" if self.to else ""
        return f"{self.code} {self.unit}: {self.name} ({due},{to}; đã chờ {two_digits(self.days)} ngày làm việc)"


@dataclass(frozen=True)
class Disowned:
    """A duty that its unit says is not its own, not decided since `days` working days."""

    code: str
    unit: str
    name: str
    due_on: date | None
    reason: str
    asked_on: date
    days: int

    @property
    def words(self) -> str:
        due = f"hạn {table_date(self.due_on)}" if self.due_on else "chưa có hạn"
        reason = f"; lý do: {self.reason.rstrip('.')}" if self.reason else ""
        return f"{self.code} {self.unit}: {self.name} ({due}{reason}; đã chờ {two_digits(self.days)} ngày làm việc)"


@dataclass(frozen=True)
class NewContact:
    """Another person whom a unit wants to be written to."""

    unit: str
    person: str
    asked_on: date
    by: str

    @property
    def words(self) -> str:
        return f"{self.unit}: {self.person} (ngày {table_date(self.asked_on)}, {self.by})"


@dataclass(frozen=True)
class Telephone:
    """Somebody to ring up: nothing else reaches this unit."""

    code: str
    unit: str
    name: str
    due_on: date
    person: str
    number: str

    @property
    def words(self) -> str:
        return f"☐ {self.code} {self.unit}, {self.person} {self.number}: {self.name}, hạn {table_date(self.due_on)}"


@dataclass(frozen=True)
class Held:
    """Escalations that are held for one reason."""

    why: str
    codes: tuple[str, ...]

    @property
    def words(self) -> str:
        return (
            f"{two_digits(len(self.codes))} thư báo lên {self.why or 'sẽ đi ở lượt gửi tới'} ({some(self.codes, 12)})"
        )


@dataclass(frozen=True)
class Late:
    """One overdue duty: working days over, when the unit was last reminded, what it answered."""

    code: str
    unit: str
    name: str
    due_on: date
    days: int
    reminded_on: date | None
    answer: str

    @property
    def row(self) -> tuple[str, ...]:
        reminded = table_date(self.reminded_on) or "chưa nhắc"
        return self.unit, f"{self.code} {self.name}", table_date(self.due_on), str(self.days), reminded, self.answer


@dataclass(frozen=True)
class Coming:
    """One duty, period and deadline of the next days, with the units that have not sent."""

    name: str
    due_on: date
    units: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def row(self) -> tuple[str, ...]:
        return long_date(self.due_on), self.name, f"{two_digits(len(self.units))}: {some(self.units, NAMED)}"


@dataclass(frozen=True)
class Failure:
    """What did not arrive: where to, in the other side's words, how many."""

    to: str
    reason: str
    count: int

    @property
    def words(self) -> str:
        return f"{self.to}: {self.reason or 'không rõ lý do'}" + (f" ({self.count} tin)" if self.count > 1 else "")


@dataclass(frozen=True)
class Left:
    """Messages of the days from the last working day to yesterday: expected = sent + failed + waiting."""

    since: date
    sent: int
    waiting: int
    failures: tuple[Failure, ...]

    @property
    def failed(self) -> int:
        return sum(one.count for one in self.failures)

    @property
    def expected(self) -> int:
        return self.sent + self.waiting + self.failed

    @property
    def words(self) -> str:
        parts = [f"{two_digits(self.sent)} thành công"]
        parts += [f"{two_digits(self.failed)} lỗi"] if self.failed else []
        parts += [f"{two_digits(self.waiting)} còn chờ"] if self.waiting else []
        return f"{two_digits(self.expected)} tin dự kiến = {' + '.join(parts)}"
