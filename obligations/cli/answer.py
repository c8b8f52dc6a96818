"""submit, confirm, acknowledge: what units answered, and that the secretariat took note of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from obligations.cases.answering import answers
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.clock import utc_now
from obligations.cli.assignment import (
    Document,
    Note,
    Period,
    Unit,
    What,
    Whats,
    addresses,
    day_option,
    show,
    show_all,
)
from obligations.cli.opening import recording, today
from obligations.cli.options import By, Config, Json, who


def add_to(app: typer.Typer) -> None:
    app.command("submit")(submit)
    app.command("confirm")(confirm)
    app.command("acknowledge")(acknowledge)


def submit(
    what: Whats,
    on: Annotated[date | None, day_option("--on", "Ngày gửi (mặc định: ngày đến, không có thì hôm nay).")] = None,
    received: Annotated[date | None, day_option("--received", "Ngày đến.")] = None,
    signed: Annotated[date | None, day_option("--signed", "Ngày ký.")] = None,
    document: Document = None,
    note: Note = None,
    nil: Annotated[bool, typer.Option("--nil", help="Trả lời là không phát sinh.")] = False,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi kết quả đơn vị đã gửi (một văn bản cho một hay nhiều mã việc); việc này thôi được nhắc."""
    stated = any((on, received, signed))
    meant = addresses(what)
    with recording(config) as app:
        submission = Submission(on or received or today(app), received, signed, document, note, nil)
        done = answers.submit_all(app, meant, submission, utc_now(), by=who(by), day_stated=stated)
        show_all(app, done, json=json)


def confirm(
    what: Whats,
    on: Annotated[date | None, day_option("--on", "Ngày ghi nhận (mặc định hôm nay).")] = None,
    document: Document = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi nhận hoàn thành kết quả đã gửi; đơn vị được thư báo đã ghi nhận."""
    meant = addresses(what)
    with recording(config) as app:
        noted, stated = on or today(app), on is not None
        done = answers.confirm_all(app, meant, noted, utc_now(), by=who(by), document=document, day_stated=stated)
        show_all(app, done, json=json)


def acknowledge(
    what: What,
    unit: Unit = None,
    period: Period = None,
    to: Annotated[date | None, day_option("--to", "Ngày đơn vị dự kiến gửi.")] = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi đơn vị đã tiếp nhận, dự kiến gửi ngày nào."""
    with recording(config) as app:
        done = answers.acknowledge(app, Address.parse(what, unit, period), to, utc_now(), by=who(by))
        show(app, done, json=json)
