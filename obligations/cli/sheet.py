"""sheet: the secretariat's control sheet, read from the ledger as it stands."""

from __future__ import annotations

import typer

from obligations.cases.clock import utc_now
from obligations.cases.writing import control_sheet
from obligations.cli.opening import looking
from obligations.cli.options import Config, Json
from obligations.cli.output import Column, people, print_json, print_table, say

_WHOLE = ("Hạn", "Lần nhắc cuối")
_NUMBERS = ("Số ngày làm việc",)
_SHARES = {"Đơn vị": 2, "Việc": 4, "Đơn vị trả lời": 3, "Đơn vị chưa gửi": 3}


def add_to(app: typer.Typer) -> None:
    app.command("sheet")(sheet)


def sheet(config: Config = None, json: Json = False) -> None:
    """Phiếu theo dõi lúc này: cần làm gì, việc quá hạn, sắp đến hạn, thư đi và thư lỗi."""
    with looking(config) as app:
        if json:
            print_json(control_sheet.as_json(control_sheet.control_sheet(app, utc_now(), most=None)))
            return
        found = control_sheet.control_sheet(app, utc_now())
    title = ""
    for part in control_sheet.printed(found):
        if part.rows:
            print_table(title, [_column(head) for head in part.heads], part.rows)
        elif title:
            people.print(f"\n[bold]{title}[/bold]")
        title = part.title
        if part.line:
            say(part.line)


def _column(head: str) -> Column:
    if head in _NUMBERS:
        return Column(head.replace(" ", "\n"), number=True)
    return Column(head, whole=head in _WHOLE, share=_SHARES.get(head))
