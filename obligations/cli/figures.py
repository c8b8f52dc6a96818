"""statistics: the office's table of a period, for a terminal, a program, a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from obligations.cases.clock import utc_now
from obligations.cases.reading.figures import foot, rows, spreadsheet
from obligations.cases.reading.statistics import Statistics
from obligations.cases.reading.statistics import statistics as count
from obligations.cli.opening import opened, tell_draft, today
from obligations.cli.options import AsOf, Config, From, Json, KnownAt, To, ordered
from obligations.cli.output import Column, print_json, print_table, say
from obligations.domain.errors import Refused, reason
from obligations.domain.wording import table_date

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
    if file:
        _write(file, spreadsheet(found, original=original, plans=plans))
    if json:
        print_json(found.as_json())
        return
    _print(found, rows(found, original=original, plans=plans), original=original, plans=plans)
    if file:
        say(f"Đã ghi {file}.")


def _print(found: Statistics, lines: Sequence[Sequence[str]], *, original: bool, plans: bool) -> None:
    columns = [replace(one, title="Kế hoạch") if plans and place == 1 else one for place, one in enumerate(_COLUMNS)]
    title = f"Biểu {2 if original else 1}. Tình hình thực hiện nhiệm vụ từ {table_date(found.first)} đến "
    print_table(f"{title}{table_date(found.last)}", columns, [line[:-1] for line in lines])
    for line in lines[:-1]:
        if line[-1]:
            say(f"{line[1]}: {line[-1][0].lower()}{line[-1][1:]}.")
    say(foot(found, original=original))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refused("file", f"không ghi được {file} ({reason(error)}).", "Chọn nơi khác cho --csv.") from None
