"""The office's table of a period as it is printed: heads, rows, the foot, and the file that a spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

from obligations.cases.reading.statistics import Line, Statistics
from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, HANDED_OVER, OPEN_IN_TIME, OPEN_OVERDUE, Moment
from obligations.domain.wording import clock, table_date, tenths, two_digits

_OUTSIDE = {
    "waived": "không phải thực hiện",
    "stopped": "dừng theo văn bản",
    HANDED_OVER: "chờ bàn giao",
    "unknown": "chưa rõ kết quả",
}
HEADS = (
    "STT",
    "Đơn vị",
    "Tổng số",
    "Kỳ trước chuyển sang",
    "Giao trong kỳ",
    "Đã hoàn thành",
    "Hoàn thành đúng hạn",
    "Hoàn thành quá hạn",
    "Đang thực hiện",
    "Đang thực hiện trong hạn",
    "Đang thực hiện quá hạn",
    "Đã gửi, chờ ghi nhận",
    "Tỷ lệ hoàn thành (%)",
    "Tỷ lệ đúng hạn trên số đã hoàn thành (%)",
    "Ghi chú",
)


def heads(*, plans: bool) -> list[str]:
    return [("Kế hoạch" if plans and head == "Đơn vị" else head) for head in HEADS]


def rows(found: Statistics, *, original: bool, plans: bool) -> list[list[str]]:
    table = found.original if original else found.current
    lines = table.plans if plans else table.units
    return [_row(str(number), line) for number, line in enumerate(lines, 1)] + [_row("", table.total)]


def _row(number: str, line: Line) -> list[str]:
    of = line.classes
    counts = (
        line.total,
        line.carried_over,
        line.given,
        line.done,
        of.get(DONE_IN_TIME, 0),
        of.get(DONE_LATE, 0),
        line.open,
        of.get(OPEN_IN_TIME, 0),
        of.get(OPEN_OVERDUE, 0),
        line.submitted,
    )
    return [
        number,
        line.name,
        *map(str, counts),
        _rate(line.done_rate),
        _rate(line.in_time_rate),
        left_out(line.outside),
    ]


def _rate(rate: float | None) -> str:
    """*66,7*; a dash where there is nothing to divide by."""
    return "–" if rate is None else tenths(rate)


def left_out(outside: Mapping[str, int]) -> str:
    told = [f"{two_digits(number)} {_OUTSIDE[name]}" for name, number in outside.items()]
    return f"Không tính {', '.join(told)}" if told else ""


def foot(found: Statistics, *, original: bool) -> str:
    """When the figures were closed, by which deadline, from which book, and what is not counted."""
    by = "hạn gốc (theo hạn hiện tại: biểu 1)" if original else "hạn hiện tại (theo hạn gốc: biểu 2)"
    known = "" if found.known_at == found.moment.day else f", theo sổ đến hết ngày {table_date(found.known_at)}"
    out = found.current.total.outside
    left = f" Không tính {two_digits(sum(out.values()))} việc dừng, miễn, bàn giao, chưa rõ kết quả." if out else ""
    return f"Số liệu chốt {_closed(found.moment)}{known}, tính theo {by}.{left}"


def _closed(moment: Moment) -> str:
    hour = f"lúc {clock(moment.hour)} ngày" if moment.hour else "hết ngày"
    return f"{hour} {table_date(moment.day)}"


def spreadsheet(found: Statistics, *, original: bool, plans: bool) -> bytes:
    """The table as CSV with a byte order mark and semicolons: so a Vietnamese Excel opens it, diacritics whole."""
    target = StringIO(newline="")
    lines = [heads(plans=plans), *rows(found, original=original, plans=plans), ["", foot(found, original=original)]]
    csv.writer(target, delimiter=";").writerows([_safe(cell) for cell in line] for line in lines)
    return target.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula stays text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
