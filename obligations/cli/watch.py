"""status, history: how things stand, and what was decided and sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape

from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.reading.history import Entry, Wanted
from obligations.cases.reading.history import history as read_history
from obligations.cases.reading.status import Standing, Status
from obligations.cases.reading.status import Wanted as Which
from obligations.cases.reading.status import status as read_status
from obligations.cases.reading.words import EVENTS, STATES, period_words, rung_words
from obligations.cases.sending import pausing
from obligations.cases.upkeep.health import last_audit
from obligations.cli.names import Names, telephone_lines, unreached_lines
from obligations.cli.opening import looking, tell_draft, zone
from obligations.cli.options import AsOf, Config, From, Json, KnownAt, To, day, ordered
from obligations.cli.output import Column, people, print_json, print_table, say
from obligations.domain.classes import CLASS_WORDS, OUTSIDE
from obligations.domain.wording import table_date


def add_to(app: typer.Typer) -> None:
    app.command("status")(status)
    app.command("history")(history)


def status(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    first: From = None,
    last: To = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="ĐƠN-VỊ", help="Chỉ một đơn vị.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc đang quá hạn.")] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """Tình hình thực hiện: bốn loại, chờ ghi nhận, ngoài số liệu, và từng đầu việc (--from, --to: hạn hiện tại)."""
    ordered(first, last)
    with looking(config) as app:
        wanted = Which(first, last, unit, overdue)
        found = read_status(app, utc_now(), as_of=as_of, known_at=known_at, wanted=wanted)
        tell_draft(app)
        names = Names.applied(app)
        telephone = [*pausing.told(app), *_silence(app), *unreached_lines(app), *telephone_lines(app)]
    if json:
        print_json(found.as_json())
        return
    _print_assignments(found.assignments, names)
    _print_counts(found)
    for line in telephone:
        say(line)


def _silence(app: App) -> list[str]:
    """A line when nobody compared for a day, or what was compared is not even."""
    audit = last_audit(app, utc_now())
    return [f"Kiểm tra gần nhất: {audit.words(zone(app))}."] if audit.is_red else []


def _print_assignments(rows: list[Standing], names: Names) -> None:
    """Under each duty, period and deadline the units that owe it, with the code to say on the telephone."""
    if not rows:
        say("Không có đầu việc nào.")
    for _, group in groupby(rows, lambda row: (row.plan, row.obligation, row.period, row.due_on, row.original_due_on)):
        same = list(group)
        people.print(f"[bold]{escape(_heading(same[0], names))}[/bold]")
        width = max(len(names.unit(row.unit)) for row in same)
        for row in same:
            say(f"{row.code}  {names.unit(row.unit):<{width}}  {_state(row)}", indent=2)
        people.print()


def _heading(row: Standing, names: Names) -> str:
    due = f"hạn {row.at + ' ' if row.at else ''}{table_date(row.due_on)}" if row.due_on else "chờ mốc"
    moved = f" (hạn gốc {table_date(row.original_due_on)})" if row.original_due_on != row.due_on else ""
    period = f", {words}" if (words := period_words(row.period)) else ""
    return f"{names.duty(row.plan, row.obligation)}{period}, {due}{moved}"


def _state(row: Standing) -> str:
    sent = f", gửi ngày {table_date(row.submitted_on)}" if row.submitted_on else ""
    done = f", ghi nhận ngày {table_date(row.done_on)}" if row.done_on else ""
    return f"{row.state}{sent}{done}"


def _print_counts(found: Status) -> None:
    rows = [(CLASS_WORDS[name], count, found.original[name]) for name, count in found.current.items()]
    rows.append((CLASS_WORDS["submitted"], found.waiting, found.waiting))
    known = "" if found.known_at == found.as_of else f", theo sổ đến hết ngày {table_date(found.known_at)}"
    title = f"{len(found.assignments)} đầu việc đến hết ngày {table_date(found.as_of)}{known}"
    columns = (Column("Loại"), Column("Theo hạn hiện tại", number=True), Column("Theo hạn gốc", number=True))
    print_table(title, columns, rows)
    for name, count in found.outside.items():
        say(f"Không tính trong số liệu: {OUTSIDE[name]}: {count} việc.")


def history(
    unit: Annotated[str | None, typer.Option("--unit", metavar="ĐƠN-VỊ", help="Chỉ một đơn vị.")] = None,
    obligation: Annotated[
        str | None, typer.Option("--obligation", metavar="[KẾ-HOẠCH/]NHIỆM-VỤ", help="Chỉ một nhiệm vụ.")
    ] = None,
    since: Annotated[date | None, typer.Option("--since", parser=day, metavar="NGÀY", help="Từ ngày này.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Chỉ những gì không tới, hoặc chưa rõ đã tới.")] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """Nhật ký: quyết định, lượt nhắc, lần gửi và câu trả lời của máy chủ."""
    with looking(config) as app:
        local = zone(app)
        entries = read_history(app, Wanted(unit, obligation, since, failed), local)
        names = Names.applied(app)
    if json:
        print_json(entries)
        return
    _print_history(entries, names, local)
    if not entries:
        narrowed = unit or obligation or since or failed
        say("Không có dòng nhật ký nào như vậy." if narrowed else "Nhật ký chưa có gì.")


def _print_history(entries: list[Entry], names: Names, local: ZoneInfo) -> None:
    """One line for what happened in one minute to many units alike; times in this zone."""
    columns = (
        Column("Lúc"),
        Column("Việc gì", share=2),
        Column("Nhiệm vụ", share=3),
        Column("Đơn vị", share=2),
        Column("Kết quả, lý do, văn bản", share=3),
    )
    lines: dict[tuple[datetime, str, str, str, str, str], list[Entry]] = {}
    for entry in entries:
        lines.setdefault(_line(entry, local), []).append(entry)
    shown = []
    for (at, what, plan, obligation, period, outcome), same in lines.items():
        duty = names.titled(plan, obligation) if obligation else names.plan(plan)
        kept = f"{duty}, {words}" if (words := period_words(period)) else duty
        shown.append((at, what, kept, _who(same, names), outcome))
    title = f"{len(entries)} dòng nhật ký" + (f", gộp còn {len(shown)}" if len(shown) < len(entries) else "")
    print_table(title, columns, shown)


def _line(entry: Entry, local: ZoneInfo) -> tuple[datetime, str, str, str, str, str]:
    """What two entries share that are shown as one."""
    kinds = {"reminder": "Lượt nhắc", "attempt": "Lần gửi"}
    what = kinds.get(entry.kind) or EVENTS.get(entry.state or "", entry.state or "")
    what = f"{what}: {rung_words(entry.rung)}" if entry.rung else what
    outcome = _joined([_fate(entry), entry.answer, entry.document, f"({entry.by})" if entry.by else None])
    at = entry.at.astimezone(local).replace(second=0, microsecond=0)
    return at, what, entry.plan or "", entry.obligation or "", entry.period or "", outcome


def _fate(entry: Entry) -> str | None:
    code = entry.outcome or (entry.state if entry.kind == "reminder" else None)
    return STATES.get(code, code) if code else None


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def _who(same: list[Entry], names: Names) -> str:
    units = [entry.unit for entry in same if entry.unit]
    contacts = list(dict.fromkeys(entry.recipient for entry in same if entry.recipient))
    to = f" → {names.contacts(contacts)}" if len(contacts) == 1 else ""
    return f"{names.units(units)}{to}" if units else ""
