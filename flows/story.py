"""What the demonstration tells at its end: who was reminded of what, how it went, one whole message."""

from __future__ import annotations

import email
from email import policy
from email.header import decode_header, make_header
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from flows.inprocess import current_app
from flows.years import Lived
from obligations.cases import applied
from obligations.cases.clock import utc_now
from obligations.cases.reading.status import Status, status
from obligations.cases.reading.tallies import messages_sent, tallies
from obligations.domain.classes import CLASS_WORDS, OUTSIDE


def tell(screen: Console, lived: Lived, seed: int) -> None:
    """Print it all."""
    box = current_app().settings.home / "box"
    _reminders(screen)
    _totals(screen, status(current_app(), utc_now()))
    _one_message(screen, box)
    screen.print(f"Hạt giống {seed}: {lived.submitted} kết quả được gửi, {lived.confirmed} được ghi nhận.")
    screen.print(f"{messages_sent(current_app())} thư trong hộp thử: {box}", markup=False)
    if lived.late_audits:
        screen.print(f"Có {len(lived.late_audits)} ngày kiểm tra thấy lượt nhắc chưa gửi.")
    screen.print(f"{lived.runs} lượt kiểm tra đã chạy thật trên Prefect, mỗi lượt có tên và nhãn.")


def _reminders(screen: Console) -> None:
    """By the configuration in force: it has plans that were applied after the years were lived."""
    configuration = applied.current(current_app()).configuration
    table = Table(title="Ai được nhắc việc gì", title_justify="left")
    table.add_column("Nhiệm vụ", overflow="fold")
    for column in ("Đơn vị", "Đã gửi", "Gộp, bỏ qua", "Chờ duyệt", "Lỗi"):
        table.add_column(column, justify="right")
    shown = None
    for row in tallies(current_app()):
        plan = configuration.plans[row.plan]
        if plan != shown:
            shown = plan
            table.add_section()
            table.add_row(f"[bold]{escape(plan.number or plan.title)}[/bold]")
        counts = (row.units, row.sent, row.merged, row.held, row.failed)
        table.add_row(f"  {escape(plan.by_id[row.obligation].title)}", *map(str, counts))
    screen.print(table, soft_wrap=False)


def _totals(screen: Console, found: Status) -> None:
    table = Table(title=f"Số liệu đến {found.as_of:%d/%m/%Y}, theo hạn hiện tại", title_justify="left")
    table.add_column("Loại")
    table.add_column("Số việc", justify="right")
    for name, count in found.current.items():
        table.add_row(CLASS_WORDS[name], str(count))
    table.add_row(CLASS_WORDS["submitted"], str(found.waiting))
    for name, count in found.outside.items():
        table.add_row(f"Ngoài số liệu: {OUTSIDE[name]}", str(count))
    screen.print(table)


def _one_message(screen: Console, box: Path) -> None:
    """The first overdue letter of a single duty; any letter where there is none."""
    letters = sorted(box.glob("*.eml"))
    messages = (email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in letters)
    chosen = next((one for one in messages if str(one["Subject"]).startswith("[Quá hạn")), None)
    if chosen is None and letters:
        chosen = email.message_from_bytes(letters[0].read_bytes(), policy=policy.default)
    if chosen is None:
        return
    body = chosen.get_body(("plain",))
    text = body.get_content() if body else ""
    # The library's own reading of an address adds spaces between encoded words.
    to = make_header(decode_header(email.message_from_bytes(bytes(chosen))["To"]))
    letter = Text(f"Đến: {to}\nChủ đề: {chosen['Subject']}\n\n{text.strip()}")
    screen.print(Panel(letter, title="Một thư trong hộp thử"), soft_wrap=False)
