"""checked, approve, held, called, bounced: what lets a letter go, and what only people know of those it goes to."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from obligations.cases.answering import authorizing, calling
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.authorizing import Held
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.ledger.bad_addresses import Bounced
from obligations.cases.reading.words import rung_words
from obligations.cases.sending import bounce_reports, bouncing
from obligations.cli.assignment import Note
from obligations.cli.names import Names
from obligations.cli.opening import looking, recording, zone
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import Column, print_json, print_table, say
from obligations.domain.wording import table_date

_COLUMNS = (
    Column("Mã việc", whole=True),
    Column("Đơn vị", share=2),
    Column("Hạn", whole=True),
    Column("Thư", share=2),
    Column("Gửi cho", share=2),
    Column("Đang chờ", share=2),
)
_NEXT_DELIVERY = "đi ở lượt gửi tới"


def add_to(app: typer.Typer) -> None:
    for command in (checked, approve, held, called, bounced):
        app.command()(command)


def checked(by: By = None, config: Config = None, json: Json = False) -> None:
    """Ghi đã rà sổ văn bản đến đến lúc này; thư báo lên trong ngày được đi."""
    with recording(config) as app:
        at = authorizing.check_register(app, utc_now(), by=who(by))
        rows = authorizing.held(app, utc_now())
        if json:
            print_json({"checked_at": at, "held": rows})
            return
        say(f"Đã ghi: rà sổ văn bản đến lúc {at.astimezone(zone(app)):%H:%M %d/%m/%Y}.")
        _print_held(app, rows)


def approve(
    codes: Annotated[list[str] | None, typer.Argument(metavar="MÃ-VIỆC…")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Mọi thư đang chờ duyệt.")] = False,
    no: Annotated[bool, typer.Option("--no", help="Không đồng ý: thư không đi.")] = False,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Duyệt (hoặc không duyệt) thư báo lên đang giữ của các việc này."""
    if bool(codes) == everything:
        raise typer.BadParameter("ghi MÃ-VIỆC, hoặc --all")
    with recording(config) as app:
        addresses = None if everything else [Address.parse(code) for code in codes or ()]
        decided = authorizing.approve(app, addresses, utc_now(), by=who(by), no=no)
        if json:
            print_json(decided)
            return
        names = Names.applied(app)
        for one in decided:
            word = "đồng ý" if one.approved else "không đồng ý"
            say(f"{one.code} {names.unit(one.unit)}, hạn {table_date(one.due_on)}: {word} {rung_words(one.rung)}.")
        if not decided:
            say("Không có thư nào chờ duyệt." if everything else "Đã ghi như vậy từ trước.")


def held(config: Config = None, json: Json = False) -> None:
    """Những thư báo lên đang giữ, và chờ điều gì."""
    with looking(config) as app:
        rows = authorizing.held(app, utc_now())
        if json:
            print_json(rows)
        else:
            _print_held(app, rows)


def called(
    code: Annotated[str, typer.Argument(metavar="MÃ-VIỆC")],
    note: Note = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi đã gọi điện cho đầu mối của việc này (đầu mối không có kênh nào khác)."""
    with recording(config) as app:
        made = calling.called(app, Address.parse(code), utc_now(), by=who(by), note=note or "")
        if json:
            print_json(made)
            return
        names = Names.applied(app)
        for one in made:
            say(f"Đã ghi: gọi {names.contacts([one.recipient])} về {', '.join(one.codes)}.")
        if not made:
            say("Đã ghi như vậy từ trước.")


def bounced(
    contact: Annotated[str | None, typer.Argument(metavar="ĐẦU-MỐI")] = None,
    restore: Annotated[bool, typer.Option("--restore", help="Địa chỉ lại nhận thư.")] = False,
    note: Note = None,
    mailbox: Annotated[
        str | None, typer.Option("--mailbox", metavar="URL", help="Đọc hộp thư báo lỗi: imaps://…, maildir:///….")
    ] = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Ghi thư gửi đầu mối này bị trả lại (thư sau đi đến người thay), hoặc đọc hộp thư báo lỗi."""
    if bool(contact) == bool(mailbox) or (mailbox and restore):
        raise typer.BadParameter("ghi ĐẦU-MỐI (thêm --restore nếu đã nhận lại), hoặc --mailbox URL")
    with recording(config) as app:
        now, actor, words = utc_now(), who(by), note or ""
        if mailbox:
            found = bounce_reports.read_bounces(app, mailbox, os.environ, now, by=actor)
        elif restore:
            found = bouncing.restore(app, contact or "", now, by=actor, note=words)
        else:
            found = [bouncing.bounce(app, contact or "", now, by=actor, note=words)]
        if json:
            print_json(found)
        else:
            _print_bounced(app, found, "lại nhận thư" if restore else "không nhận thư")


def _print_held(app: App, rows: list[Held]) -> None:
    names = Names.applied(app)
    table = [
        (
            row.code,
            names.unit(row.unit),
            table_date(row.due_on),
            rung_words(row.rung),
            names.contacts([row.recipient or None]),
            row.why or _NEXT_DELIVERY,
        )
        for row in rows
    ]
    print_table(f"{len(rows)} thư báo lên đang giữ", _COLUMNS, table, empty="Không giữ thư báo lên nào.")


def _print_bounced(app: App, found: list[Bounced], word: str) -> None:
    names = Names.applied(app)
    for one in found:
        said = f" ({one.answer})" if one.answer else ""
        say(f"{names.contacts([one.contact])}: {one.address} qua {one.channel} {word}{said}.")
    for unit in bouncing.unreached(app, utc_now()):
        say(f"{names.unit(unit.unit)} không còn địa chỉ nào nhận thư; sửa units.yaml rồi chạy dondoc apply.")
    if not found:
        say("Không có địa chỉ nào thay đổi.")
