"""deadlines, forecast, status, history: looking without changing anything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from obligations.cases import applied, forecasting
from obligations.cases.app import utc_now
from obligations.cases.checking import check_folder
from obligations.cases.deadlines import deadlines as list_deadlines
from obligations.cases.history import Wanted
from obligations.cases.history import history as read_history
from obligations.cases.status import Status
from obligations.cases.status import status as read_status
from obligations.cli.options import ZONE, Config, From, Json, To, day, opened, settings, today
from obligations.cli.output import people, print_json, print_table
from obligations.domain.classes import CLASS_WORDS, OUTSIDE
from obligations.domain.wording import table_date
from obligations.store.database import reading

_EVENTS = {
    "activated": "Đưa vào theo dõi",
    "due_set": "Ghi hạn",
    "unknown": "Chưa rõ kết quả",
    "submitted": "Đơn vị gửi",
    "confirmed": "Ghi nhận",
}
_STATES = {
    "planned": "đã lên lịch",
    "held": "chờ duyệt",
    "superseded": "gộp",
    "skipped": "bỏ qua",
    "failed": "lỗi",
    "sent": "đã gửi",
    "unknown": "chưa rõ",
    "queued": "chờ gửi",
    "started": "đang gửi",
    "cancelled": "thôi gửi",
}


def add_to(app: typer.Typer) -> None:
    app.command("deadlines")(deadlines)
    app.command("forecast")(forecast)
    app.command("status")(status)
    app.command("history")(history)


def deadlines(
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="[KẾ-HOẠCH]…", help="Mã kế hoạch; bỏ trống: tất cả.")
    ] = None,
    first: From = None,
    last: To = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Mọi hạn mà cấu hình đưa ra, mỗi hạn kèm cách tính."""
    configuration = check_folder(settings(config).config_dir, today()).required()
    rows = list_deadlines(configuration, today(), plans=plans or (), first=first, last=last)
    if json:
        print_json(rows)
        return
    columns = ("Hạn", "Kế hoạch", "Nhiệm vụ", "Đơn vị", "Kỳ", "Cách tính")
    shown = [(row.due_on or "chờ mốc", row.plan, row.obligation, row.unit, row.period, row.how) for row in rows]
    print_table(f"{len(rows)} hạn", columns, shown, empty="Không có hạn nào.")


def forecast(first: From = None, last: To = None, config: Config = None, json: Json = False) -> None:
    """Những lượt nhắc sẽ gửi, cho ai, khi nào, nếu từ nay không ai gửi thêm gì (mặc định: 12 tháng tới)."""
    configuration = check_folder(settings(config).config_dir, today()).required()
    start = first or today()
    end = last or start + timedelta(days=366)
    with opened(config) as app, reading(app.engine) as session:
        followed, members = forecasting.open_assignments(session), applied.members(session)
    rows = forecasting.forecast(configuration, followed, members, start, end, utc_now())
    if json:
        print_json(rows)
        return
    columns = ("Ngày", "Giờ", "Kế hoạch", "Nhiệm vụ", "Đơn vị", "Kỳ", "Mốc nhắc", "Đầu mối", "Kênh", "Hạn")
    shown = [
        (
            row.on,
            row.at,
            row.plan,
            row.obligation,
            row.unit,
            row.period,
            row.rung,
            row.recipient,
            row.channel,
            row.due_on,
        )
        for row in rows
    ]
    title = f"{len(rows)} lượt nhắc, khoảng {forecasting.messages(rows)} tin nhắn"
    print_table(title, columns, shown, empty="Không có lượt nhắc nào trong khoảng này.")


_AsOf = Annotated[date | None, typer.Option("--as-of", parser=day, metavar="NGÀY", help="Tình hình đến hết ngày này.")]
_KnownAt = Annotated[
    date | None,
    typer.Option("--known-at", parser=day, metavar="NGÀY", help="Theo sổ đến hết ngày này."),
]


def status(
    as_of: _AsOf = None,
    known_at: _KnownAt = None,
    first: From = None,
    last: To = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Tình hình thực hiện: bốn loại, chờ ghi nhận, ngoài số liệu, và từng đầu việc."""
    with opened(config) as app:
        found = read_status(app, utc_now(), as_of=as_of, known_at=known_at, first=first, last=last)
    if json:
        print_json(found.as_json())
        return
    columns = ("Mã việc", "Kế hoạch", "Nhiệm vụ", "Đơn vị", "Kỳ", "Hạn gốc", "Hạn hiện tại", "Tình trạng")
    shown = [
        (row.code, row.plan, row.obligation, row.unit, row.period, row.original_due_on, row.due_on, row.state)
        for row in found.assignments
    ]
    print_table(f"{len(shown)} đầu việc", columns, shown, empty="Chưa theo dõi đầu việc nào.")
    _print_counts(found)


def _print_counts(found: Status) -> None:
    rows = [(CLASS_WORDS[name], count, found.original[name]) for name, count in found.current.items()]
    rows.append((CLASS_WORDS["submitted"], found.waiting, found.waiting))
    title = f"Số liệu đến hết ngày {table_date(found.as_of)}"
    print_table(title, ("Loại", "Theo hạn hiện tại", "Theo hạn gốc"), rows, empty="")
    for name, count in found.outside.items():
        people.print(f"Không tính trong số liệu: {OUTSIDE[name]}: {count} việc.")


def history(
    unit: Annotated[str | None, typer.Option("--unit", metavar="ĐƠN-VỊ", help="Chỉ một đơn vị.")] = None,
    obligation: Annotated[
        str | None, typer.Option("--obligation", metavar="[KẾ-HOẠCH/]NHIỆM-VỤ", help="Chỉ một nhiệm vụ.")
    ] = None,
    since: Annotated[date | None, typer.Option("--since", parser=day, metavar="NGÀY", help="Từ ngày này.")] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Nhật ký: quyết định, lượt nhắc, lần gửi và câu trả lời của máy chủ."""
    with opened(config) as app:
        entries = read_history(app, Wanted(unit, obligation, since), ZONE)
    if json:
        print_json(entries)
        return
    columns = ("Lúc", "Việc gì", "Nhiệm vụ", "Đơn vị", "Kỳ", "Mốc nhắc", "Đầu mối", "Kết quả", "Trả lời, lý do")
    kinds = {"reminder": "Lượt nhắc", "attempt": "Lần gửi"}
    shown = [
        (
            entry.at.astimezone(ZONE),
            kinds.get(entry.kind) or _EVENTS.get(entry.state or "", entry.state),
            entry.obligation,
            entry.unit,
            entry.period,
            entry.rung,
            entry.recipient,
            entry.outcome or (_STATES.get(entry.state or "") if entry.kind == "reminder" else entry.document),
            entry.answer,
        )
        for entry in entries
    ]
    print_table(f"{len(entries)} dòng", columns, shown, empty="Nhật ký chưa có gì.")
