"""The words that explain a due date: the window, the anchor, the rule and the days that mattered."""

from __future__ import annotations

from datetime import date, timedelta

from obligations.domain.calendar import SATURDAY, Calendar
from obligations.domain.wording import short_date


def window(start: date | None) -> str:
    """Where a window opens: shown, never counted from."""
    return f"từ ngày {short_date(start)}; " if start else ""


def anchor_words(anchor: str) -> str:
    """What a period counts from: `event:ten` or the completion of an obligation."""
    kind, _, name = anchor.partition(":")
    return f"sự kiện {name}" if kind == "event" and name else f"khi hoàn thành {anchor}"


def days_skipped(first: date, last: date, calendar: Calendar) -> str:
    """The holidays left out and the Saturdays worked between the day counted from and the last day."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    named = [
        f"{short_date(day)} ({name})" for day in days if (name := calendar.day_off(day)) and day.weekday() < SATURDAY
    ]
    worked = [short_date(day) for day in days if day.weekday() >= SATURDAY and calendar.is_working(day)]
    skipped = f"không tính ngày nghỉ lễ {', '.join(named)}" if named else "không tính thứ Bảy, Chủ nhật"
    return skipped + (f", có tính ngày làm bù {', '.join(worked)}: " if worked else ": ")


def clamped(day: int | None) -> str:
    """Why a month without that day ends on its last one."""
    return f"tháng không có ngày {day} nên lấy ngày cuối tháng (Điều 148.3 BLDS)"
