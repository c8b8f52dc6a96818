"""What commands about an assignment share: naming it, the day, the document; and showing how it stands afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from obligations.cases.answering.addressing import Address
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.reading.status import one
from obligations.cases.reading.words import period_words
from obligations.cli.names import Names
from obligations.cli.options import day
from obligations.cli.output import print_json, say
from obligations.domain.errors import Refused
from obligations.domain.wording import table_date

What = Annotated[str, typer.Argument(metavar="KẾ-HOẠCH/NHIỆM-VỤ|MÃ-VIỆC")]
Whats = Annotated[list[str], typer.Argument(metavar="KẾ-HOẠCH/NHIỆM-VỤ ĐƠN-VỊ [KỲ]|MÃ-VIỆC…")]
Unit = Annotated[str | None, typer.Argument(metavar="ĐƠN-VỊ")]
Period = Annotated[str | None, typer.Argument(metavar="KỲ")]
Document = Annotated[str | None, typer.Option("--document", metavar="SỐ", help="Số, ký hiệu văn bản.")]
Note = Annotated[str | None, typer.Option("--note", metavar="CHỮ", help="Ghi chú, lý do.")]


def day_option(name: str, words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, parser=day, metavar="NGÀY", help=words)
    return option


def addresses(words: Sequence[str]) -> list[Address]:
    """One assignment by plan/obligation, unit and period; or several by their codes."""
    if "/" in words[0]:
        if len(words) > 3:
            fix = "Nhiều việc một lúc thì ghi bằng mã việc."
            raise Refused("address", "chỉ ghi KẾ-HOẠCH/NHIỆM-VỤ ĐƠN-VỊ [KỲ].", fix)
        return [Address.parse(*words)]
    for word in words[1:]:
        if "/" in word:
            raise Refused("address", f"{word} không phải mã việc.", "Nhiều việc một lúc thì ghi bằng mã việc.")
    if len(words) > 1 and not all("-" in word and word[:1] in "Kk" for word in words):
        raise Refused("address", f"{words[0]} là mã việc nên không cần ghi đơn vị.", "Bỏ phần sau mã việc.")
    return [Address.parse(word) for word in words]


def show_all(app: App, assignments: Sequence[int], *, json: bool) -> None:
    """One document for one assignment, a list for several."""
    if not json:
        for assignment in assignments:
            show(app, assignment, json=False)
        return
    rows = [one(app, assignment, utc_now()).as_json() for assignment in assignments]
    print_json(rows[0] if len(rows) == 1 else rows)


def show(app: App, assignment: int, *, json: bool) -> None:
    """How an assignment stands now."""
    row = one(app, assignment, utc_now())
    if json:
        print_json(row.as_json())
        return
    moved = f" (hạn gốc {table_date(row.original_due_on)})" if row.original_due_on != row.due_on else ""
    due = f"hạn {table_date(row.due_on)}{moved}" if row.due_on else "chờ mốc"
    names = Names.applied(app)
    period = f", {words}" if (words := period_words(row.period)) else ""
    say(f"{row.code} {names.unit(row.unit)}: {names.duty(row.plan, row.obligation)}{period}, {due}.")
    sent = f", gửi ngày {table_date(row.submitted_on)}" if row.submitted_on else ""
    done = f", ghi nhận ngày {table_date(row.done_on)}" if row.done_on else ""
    say(f"{row.state}{sent}{done}.")
