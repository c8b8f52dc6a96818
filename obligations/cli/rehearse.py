"""replay: the years of a configuration on a fake clock, in a scratch database; nothing leaves the machine."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.drafts import read_draft
from obligations.cli.opening import settings, today
from obligations.cli.options import Config, Json, day, ordered
from obligations.cli.output import aside, print_json, say
from obligations.domain.wording import table_date
from obligations.replay.rehearsing import Replayed
from obligations.replay.rehearsing import replay as live_through


def add_to(app: typer.Typer) -> None:
    app.command("replay")(replay)


def replay(
    first: Annotated[date, typer.Option("--from", parser=day, metavar="NGÀY", help="Từ ngày, kể cả ngày ấy.")],
    last: Annotated[date, typer.Option("--to", parser=day, metavar="NGÀY", help="Đến ngày, kể cả ngày ấy.")],
    faults: Annotated[
        int | None,
        typer.Option(
            "--faults", metavar="SỐ", help="Hạt giống của người trả lời và sự cố; bỏ trống: mọi việc êm xuôi."
        ),
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Sống thử cấu hình từ ngày này đến ngày kia với đồng hồ giả; không gửi gì ra ngoài, không chạm dữ liệu thật."""
    ordered(first, last)
    folder = settings(config)
    configuration = check_folder(folder.config_dir, today()).required()
    lived: Replayed | None = None
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=aside) as progress:
        years = progress.add_task("Sống thử", total=(last - first).days + 1)
        for step in live_through(read_draft(folder), configuration, first, last, faults):
            if isinstance(step, Replayed):
                lived = step
            else:
                progress.update(years, completed=(step - first).days, description=table_date(step))
        progress.update(years, completed=(last - first).days + 1)
    if lived is None:
        return
    if json:
        print_json(lived.as_json())
    else:
        _tell(lived)
    raise typer.Exit(1 if lived.violations else 0)


def _tell(lived: Replayed) -> None:
    days = f"Từ {table_date(lived.first)} đến {table_date(lived.last)}"
    gone = f"{lived.sent} lượt nhắc đã đi, {lived.superseded} được gộp, {lived.skipped} thôi nhắc"
    say(f"{days}: {gone}, {lived.failed} lỗi, {lived.unknown} không rõ đã tới.")
    for violation in lived.violations:
        for line in violation.splitlines():
            say(line, indent=2)
    say("Không có sai lệch nào." if not lived.violations else f"{len(lived.violations)} sai lệch.")
