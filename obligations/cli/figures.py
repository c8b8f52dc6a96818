"""statistics: the office's table of a period, for a terminal, a program, a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from obligations.cases.app import utc_now
from obligations.cases.reading.statistics import Line, Statistics
from obligations.cases.reading.statistics import statistics as count
from obligations.cli.options import AsOf, Config, From, Json, KnownAt, To, opened, ordered, tell_draft, today
from obligations.cli.output import Column, print_json, print_table, say
from obligations.domain.classes import DONE_IN_TIME, DONE_LATE, HANDED_OVER, OPEN_IN_TIME, OPEN_OVERDUE, Moment
from obligations.domain.errors import Refused, reason
from obligations.domain.wording import clock, table_date, two_digits

_OUTSIDE = {
    "waived": "không phải thực hiện",
    "stopped": "dừng theo văn bản",
    HANDED_OVER: "chờ bàn giao",
    "unknown": "chưa rõ kết quả",
}
_HEADS = (
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
# What a terminal shows: the note stands below, and a narrow one leaves out what the others add up to.
_COLUMNS = (
    Column("STT", whole=True),
    Column("Đơn vị", whole=True),
    Column("Tổng\nsố", number=True),
    Column("trước\nchuyển\nsang", number=True, wide=True),
    Column("giao\ntrong\nkỳ", number=True, wide=True),
    Column("Hoàn\nthành", number=True, wide=True),
    Column("HT\nđúng\nhạn", number=True),
    Column("HT\nquá\nhạn", number=True),
    Column("Đang\nthực\nhiện", number=True, wide=True),
    Column("ĐTH\ntrong\nhạn", number=True),
    Column("ĐTH\nquá\nhạn", number=True),
    Column("Chờ\nghi\nnhận", number=True),
    Column("% hoàn\nthành", number=True),
    Column("% đúng\nhạn", number=True),
)


def add_to(app: typer.Typer) -> None:
    app.command("statistics")(statistics)


def statistics(
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    original: Annotated[bool, typer.Option("--original", help="Biểu 2: tính theo hạn gốc, không kể gia hạn.")] = False,
    plans: Annotated[bool, typer.Option("--plans", help="Mỗi kế hoạch một dòng, thay cho mỗi đơn vị.")] = False,
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="TỆP", help="Ghi biểu ra tệp CSV mở được bằng Excel.")
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Biểu thống kê của một kỳ (mặc định: từ đầu năm đến nay), theo đơn vị hoặc kế hoạch."""
    with opened(config) as app:
        until = last or today(app)
        since = first or date(until.year, 1, 1)
        ordered(since, until)
        found = count(app, utc_now(), first=since, last=until, as_of=as_of, known_at=known_at)
        tell_draft(app)
    rows = _rows(found, original=original, plans=plans)
    if file:
        _write(file, [_heads(plans=plans), *rows, ["", _foot(found, original=original)]])
    if json:
        print_json(found.as_json())
        return
    _print(found, rows, original=original, plans=plans)
    if file:
        say(f"Đã ghi {file}.")


def _print(found: Statistics, rows: Sequence[Sequence[str]], *, original: bool, plans: bool) -> None:
    columns = [replace(one, title="Kế hoạch") if plans and place == 1 else one for place, one in enumerate(_COLUMNS)]
    title = f"Biểu {2 if original else 1}. Tình hình thực hiện nhiệm vụ từ {table_date(found.first)} đến "
    print_table(f"{title}{table_date(found.last)}", columns, [row[:-1] for row in rows])
    for row in rows[:-1]:
        if row[-1]:
            say(f"{row[1]}: {row[-1][0].lower()}{row[-1][1:]}.")
    say(_foot(found, original=original))


def _heads(*, plans: bool) -> list[str]:
    return [("Kế hoạch" if plans and head == "Đơn vị" else head) for head in _HEADS]


def _rows(found: Statistics, *, original: bool, plans: bool) -> list[list[str]]:
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
        _left_out(line.outside),
    ]


def _rate(rate: float | None) -> str:
    """*66,7*; a dash where there is nothing to divide by."""
    return "–" if rate is None else f"{rate:.1f}".replace(".", ",")


def _left_out(outside: Mapping[str, int]) -> str:
    told = [f"{two_digits(number)} {_OUTSIDE[name]}" for name, number in outside.items()]
    return f"Không tính {', '.join(told)}" if told else ""


def _foot(found: Statistics, *, original: bool) -> str:
    """When the figures were closed, by which deadline, from which book, and what is not counted."""
    by = "hạn gốc (theo hạn hiện tại: biểu 1)" if original else "hạn hiện tại (theo hạn gốc: biểu 2)"
    known = "" if found.known_at == found.moment.day else f", theo sổ đến hết ngày {table_date(found.known_at)}"
    out = found.current.total.outside
    left = f" Không tính {two_digits(sum(out.values()))} việc dừng, miễn, bàn giao, chưa rõ kết quả." if out else ""
    return f"Số liệu chốt {_closed(found.moment)}{known}, tính theo {by}.{left}"


def _closed(moment: Moment) -> str:
    hour = f"lúc {clock(moment.hour)} ngày" if moment.hour else "hết ngày"
    return f"{hour} {table_date(moment.day)}"


def _write(file: Path, rows: Sequence[Sequence[str]]) -> None:
    """With a byte order mark and semicolons: so a Vietnamese Excel opens it as a table, diacritics whole."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target, delimiter=";").writerows([_safe(cell) for cell in row] for row in rows)
    except OSError as error:
        raise Refused("file", f"không ghi được {file} ({reason(error)}).", "Chọn nơi khác cho --csv.") from None


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula stays text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
