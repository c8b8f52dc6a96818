"""deadlines, forecast: what the draft gives, looked at without changing anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from obligations.cases.clock import utc_now
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.forecasting import Forecast
from obligations.cases.reading.deadlines import Deadline
from obligations.cases.reading.deadlines import deadlines as list_deadlines
from obligations.cases.reading.words import period_words, rung_words
from obligations.cli.names import Names
from obligations.cli.opening import opened, settings, today
from obligations.cli.options import Config, From, Json, To, ordered
from obligations.cli.output import Column, is_wide, print_json, print_table, say


def add_to(app: typer.Typer) -> None:
    app.command("deadlines")(deadlines)
    app.command("forecast")(forecast)


def deadlines(
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="KẾ-HOẠCH", help="Mã kế hoạch; bỏ trống: tất cả.")
    ] = None,
    first: From = None,
    last: To = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Mọi hạn mà cấu hình đưa ra, mỗi hạn kèm cách tính."""
    ordered(first, last)
    configuration = check_folder(settings(config).config_dir, today()).required()
    rows = list_deadlines(configuration, today(), plans=plans or (), first=first, last=last)
    if json:
        print_json(rows)
    else:
        _print_deadlines(rows, Names(configuration))


def _print_deadlines(rows: list[Deadline], names: Names) -> None:
    """One line for each duty and period, whatever the number of units that owe it."""
    lines: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        key = (row.due_on, row.at, row.plan, row.obligation, row.period, row.how)
        lines.setdefault(key, []).append(row.unit)
    columns = (
        Column("Hạn", whole=True),
        Column("Nhiệm vụ", share=2),
        Column("Kỳ", whole=True),
        Column("Đơn vị", share=1),
        Column("Cách tính", wide=True, share=3),
    )
    shown = []
    for (due_on, at, plan, obligation, period, how), units in lines.items():
        day = f"{due_on:%d/%m/%Y}{f' {at}' if at else ''}" if due_on else "chờ mốc"
        duty = names.titled(plan, obligation) if is_wide() else f"{names.titled(plan, obligation)}\n{how}\n"
        shown.append((day, duty, period_words(period), names.units(units), how))
    print_table(f"{len(rows)} hạn của {len(lines)} nhiệm vụ theo kỳ", columns, shown, empty="Không có hạn nào.")


def forecast(first: From = None, last: To = None, config: Config = None, json: Json = False) -> None:
    """Lượt nhắc sẽ gửi nếu từ nay không ai gửi thêm gì (mặc định: 12 tháng tới)."""
    ordered(first, last)
    configuration = check_folder(settings(config).config_dir, today()).required()
    with opened(config) as app:
        start = first or today(app)
        end = last or start + timedelta(days=366)
        rows = forecasting.ahead(app, configuration, start, end, utc_now())
    if json:
        print_json(rows)
        return
    _print_forecast(rows, Names(configuration))
    if not rows:
        say(f"Không có lượt nhắc nào từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}.")


def _print_forecast(rows: list[Forecast], names: Names) -> None:
    """One line for each duty, period and rung, whatever the number of recipients."""
    lines: dict[tuple[Any, ...], list[Forecast]] = {}
    for row in rows:
        lines.setdefault((row.on, row.at, row.plan, row.obligation, row.period, row.rung, row.due_on), []).append(row)
    columns = (
        Column("Ngày", whole=True),
        Column("Giờ", whole=True, wide=True),
        Column("Nhiệm vụ", share=3),
        Column("Kỳ", whole=True),
        Column("Mốc nhắc", share=2),
        Column("Gửi cho", share=2),
        Column("Kênh", wide=True),
        Column("Hạn", whole=True, wide=True),
    )
    shown = []
    for (on, at, plan, obligation, period, rung, due_on), same in lines.items():
        contacts = names.contacts(row.recipient for row in same)
        channels = ", ".join(sorted({row.channel or "không có" for row in same}))
        duty = names.titled(plan, obligation)
        shown.append((on, at, duty, period_words(period), rung_words(rung), contacts, channels, due_on))
    title = f"{len(rows)} lượt nhắc, khoảng {forecasting.messages(rows)} tin nhắn"
    print_table(title, columns, shown)
