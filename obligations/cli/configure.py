"""init, check, apply: from an empty folder to a followed plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from obligations.cases import applying
from obligations.cases.app import utc_now
from obligations.cases.checking import check_folder
from obligations.cli.options import By, Config, Json, opened, settings, today, who
from obligations.cli.output import aside, people, print_json, print_table, working
from obligations.config.load import read_folder
from obligations.config.template import write_template
from obligations.domain.errors import Refused

_SHOWN = 12


def add_to(app: typer.Typer) -> None:
    app.command("init")(init)
    app.command("check")(check)
    app.command("apply")(apply)


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới, chưa có tệp nào.")]) -> None:
    """Tạo một bộ cấu hình mẫu để sửa."""
    for path in write_template(folder, today()):
        people.print(f"  {path}", markup=False)
    people.print("Đã tạo cấu hình mẫu. Sửa office.yaml, units.yaml, channels.yaml rồi chạy:")
    people.print(f"  dondoc check --config {folder}", markup=False, soft_wrap=True)


def check(config: Config = None, json: Json = False) -> None:
    """Xem cấu hình có lỗi gì, ở tệp nào, dòng nào, sửa thế nào."""
    loaded = check_folder(settings(config).config_dir, today())
    if json:
        print_json({"errors": loaded.errors, "warnings": loaded.warnings})
    else:
        for problem in loaded.errors:
            people.print(f"LỖI  {problem}", markup=False)
        for problem in loaded.warnings:
            people.print(f"Lưu ý  {problem}", markup=False)
        words = f"{len(loaded.errors)} lỗi, {len(loaded.warnings)} lưu ý."
        people.print(words if loaded.errors or loaded.warnings else "Cấu hình không có lỗi.")
    if loaded.errors:
        raise typer.Exit(1)


def apply(
    config: Config = None,
    yes: Annotated[bool, typer.Option("--yes", help="Áp dụng luôn, không hỏi lại.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Xem thay đổi so với cấu hình đang dùng, rồi đưa vào theo dõi."""
    now = utc_now()
    texts = read_folder(settings(config).config_dir)
    with opened(config) as app:
        if not yes:
            outcome = applying.preview(app, texts, now)
            _show(outcome, json=json)
            if json or not sys.stdin.isatty() or not typer.confirm("Áp dụng cấu hình này?"):
                aside.print("Chưa áp dụng. Thêm --yes để áp dụng không hỏi lại.")
                raise typer.Exit(1)
        with working("Đang áp dụng…"):
            outcome = applying.apply(app, texts, now, by=who(by))
        if yes or not json:
            _show(outcome, json=json)


def _show(outcome: applying.Outcome, *, json: bool) -> None:
    if json:
        print_json(outcome)
        return
    diff = outcome.diff
    _list("Kế hoạch thêm", diff["plans"]["added"])
    _list("Kế hoạch bớt", diff["plans"]["removed"])
    _gained(diff["gained"])
    for title, rows in (("Dời hạn", diff["moved"]), ("Bỏ theo dõi", diff["lost"])):
        _list(title, [f"{row['plan']}/{row['obligation']} {row['unit']} {row['period']}" for row in rows])
    _list("Không có kênh liên hệ", diff["no_channel"])
    short = [
        f"{row['unit']}: {row['obligation']} còn {row['working_days']} ngày làm việc" for row in diff["short_notice"]
    ]
    _list("Hạn rất gần", short)
    if diff["unknown"]:
        people.print(f"Đã quá hạn trước khi theo dõi (chưa rõ kết quả, không gửi nhắc): {diff['unknown']} việc.")
    if not outcome.applied and any((diff["moved"], diff["lost"])):
        raise Refused("moves-deadline", "bản nháp dời hoặc bỏ hạn đã ghi sổ.", "Khôi phục nội dung cũ.")
    people.print(f"Tin nhắn dự kiến trong 12 tháng tới: {diff['messages_next_12_months']}.")
    if outcome.applied:
        people.print(f"Đang dùng cấu hình phiên bản {outcome.version}.")


def _gained(rows: list[dict[str, Any]]) -> None:
    counted: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = (row["plan"], row["obligation"], row["period"], row["due_on"])
        counted[key] = counted.get(key, 0) + 1
    columns = ("Kế hoạch", "Nhiệm vụ", "Kỳ", "Hạn", "Số đơn vị")
    shown = [(*key, units) for key, units in counted.items()]
    print_table(f"Việc thêm: {len(rows)} đầu việc", columns, shown, empty="Không thêm đầu việc nào.")


def _list(title: str, names: list[str]) -> None:
    if names:
        more = f" … và {len(names) - _SHOWN} mục khác" if len(names) > _SHOWN else ""
        people.print(f"{title}: {', '.join(names[:_SHOWN])}{more}", markup=False)
