"""submit, confirm: what a unit sent, and that the secretariat took note of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from obligations.cases import answers
from obligations.cases.answers import Address, Submission
from obligations.cases.app import App, utc_now
from obligations.cases.status import one
from obligations.cli.names import Names, period_words
from obligations.cli.options import By, Config, Json, day, opened, today, who
from obligations.cli.output import print_json, say
from obligations.domain.wording import table_date

What = Annotated[str, typer.Argument(metavar="KẾ-HOẠCH/NHIỆM-VỤ|MÃ-VIỆC")]
Unit = Annotated[str | None, typer.Argument(metavar="ĐƠN-VỊ")]
Period = Annotated[str | None, typer.Argument(metavar="KỲ")]
Document = Annotated[str | None, typer.Option("--document", metavar="SỐ", help="Số, ký hiệu văn bản.")]


def _day_option(name: str, words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, parser=day, metavar="NGÀY", help=words)
    return option


def add_to(app: typer.Typer) -> None:
    app.command("submit")(submit)
    app.command("confirm")(confirm)


def submit(
    what: What,
    unit: Unit = None,
    period: Period = None,
    on: Annotated[date | None, _day_option("--on", "Ngày gửi (mặc định: ngày đến, không có thì hôm nay).")] = None,
    received: Annotated[date | None, _day_option("--received", "Ngày đến.")] = None,
    signed: Annotated[date | None, _day_option("--signed", "Ngày ký.")] = None,
    document: Document = None,
    note: Annotated[str | None, typer.Option("--note", metavar="CHỮ", help="Ghi chú.")] = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi kết quả đơn vị đã gửi; việc này thôi được nhắc."""
    stated = any((on, received, signed))
    with opened(config) as app:
        submission = Submission(on or received or today(app), received, signed, document, note)
        address = Address.parse(what, unit, period)
        done = answers.submit(app, address, submission, utc_now(), by=who(by), day_stated=stated)
        _show(app, done, json=json)


def confirm(
    what: What,
    unit: Unit = None,
    period: Period = None,
    on: Annotated[date | None, _day_option("--on", "Ngày ghi nhận (mặc định hôm nay).")] = None,
    document: Document = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi nhận hoàn thành kết quả đã gửi."""
    with opened(config) as app:
        address = Address.parse(what, unit, period)
        noted, stated = on or today(app), on is not None
        done = answers.confirm(app, address, noted, utc_now(), by=who(by), document=document, day_stated=stated)
        _show(app, done, json=json)


def _show(app: App, assignment: int, *, json: bool) -> None:
    row = one(app, assignment, utc_now())
    if json:
        print_json(row.as_json())
        return
    due = f"hạn {table_date(row.due_on)}" if row.due_on else "chờ mốc"
    names = Names.applied(app)
    period = f", kỳ {row.period}" if period_words(row.period) else ""
    say(f"{row.code} {names.unit(row.unit)}: {names.duty(row.plan, row.obligation)}{period}, {due}.")
    sent = f", gửi ngày {table_date(row.submitted_on)}" if row.submitted_on else ""
    done = f", ghi nhận ngày {table_date(row.done_on)}" if row.done_on else ""
    say(f"{row.state}{sent}{done}.")
