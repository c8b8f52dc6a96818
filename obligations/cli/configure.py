"""init, check, apply: from an empty folder to a followed plan."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from obligations.cases import applied
from obligations.cases.clock import utc_now
from obligations.cases.configuring import applying, telling
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.drafts import start_draft
from obligations.cli.difference import print_difference
from obligations.cli.opening import opened, settings, tell_draft, today
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import aside, people, print_json, say, working
from obligations.domain.errors import Problem, Refused

Tell = Callable[[Mapping[str, Any]], telling.Told]


def add_to(app: typer.Typer) -> None:
    app.command("init")(init)
    app.command("check")(check)
    app.command("apply")(apply)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới, chưa có tệp nào.")], json: Json = False
) -> None:
    """Tạo một bộ cấu hình mẫu để sửa."""
    written = start_draft(folder, today())
    if json:
        print_json({"created": [str(path) for path in written]})
        return
    for path in written:
        people.print(f"  {path}", markup=False, soft_wrap=True)
    say("Đã tạo cấu hình mẫu. Sửa office.yaml, units.yaml, channels.yaml rồi chạy:")
    people.print(f"  dondoc check --config {folder}", markup=False, soft_wrap=True)


def check(config: Config = None, json: Json = False) -> None:
    """Xem cấu hình có lỗi gì, ở tệp nào, dòng nào, sửa thế nào."""
    loaded = check_folder(settings(config).config_dir, today())
    if json:
        print_json({"errors": loaded.errors, "warnings": loaded.warnings})
    else:
        _print_problems("Lưu ý", loaded.warnings)
        _print_problems("LỖI", loaded.errors)
        say(f"{len(loaded.errors)} lỗi, {len(loaded.warnings)} lưu ý." if loaded.errors else _fine(loaded.warnings))
    if loaded.errors:
        raise typer.Exit(1)


def _fine(warnings: list[Problem]) -> str:
    noted = f", {len(warnings)} lưu ý" if warnings else ""
    return f"Cấu hình không có lỗi{noted}."


def _print_problems(kind: str, problems: list[Problem]) -> None:
    """The place on a line of its own, whole, so that an editor can jump there."""
    for problem in problems:
        place = f"{problem.file}:{problem.line}:{problem.column}"
        people.print(f"{kind}  {place}", markup=False, soft_wrap=True)
        say(problem.message, indent=4)
        if problem.fix:
            say(f"→ {problem.fix}", indent=4)


Members = Annotated[
    list[str] | None,
    typer.Option("--members", help="Kế hoạch lấy theo nhóm đã đổi, cho các kỳ chưa bắt đầu.", metavar="KẾ-HOẠCH"),
]
Rollback = Annotated[bool, typer.Option("--rollback", help="Khôi phục bản trước; tệp trên đĩa giữ nguyên.")]


def apply(
    config: Config = None,
    yes: Annotated[bool, typer.Option("--yes", help="Áp dụng luôn, không hỏi lại.")] = False,
    members: Members = None,
    rollback: Rollback = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Xem thay đổi so với cấu hình đang dùng, rồi đưa vào theo dõi."""
    actor = who(by)
    if rollback and members:
        raise typer.BadParameter("--rollback không đi cùng --members")
    loaded = None if rollback else check_folder(settings(config).config_dir, today())
    draft = loaded and loaded.required()
    with opened(config) as app:
        known = draft or applied.current(app).configuration
        tell = partial(telling.tell, configuration=known, followed=applied.followed(app))
        if loaded:
            texts, taking = loaded.texts, members or ()
            ask = partial(applying.preview, app, texts, members=taking)
            do = partial(applying.apply, app, texts, members=taking, by=actor)
        else:
            ask, do = partial(applying.preview_rollback, app), partial(applying.rollback, app, by=actor)
        if not yes:
            _ask(ask(now=utc_now()), tell, json=json)
        with working("Đang áp dụng…"):
            # The clock is read after the answer, which may have taken its time: ladders start when it is given.
            outcome = do(now=utc_now())
        if yes:
            _show(outcome, tell, json=json)
        else:
            _print_version(outcome)
        if rollback and not json:
            tell_draft(app)


def _ask(preview: applying.Outcome, tell: Tell, *, json: bool) -> None:
    """Show what would change; leave with 1 unless a person at a terminal says yes to it."""
    _show(preview, tell, json=json)
    if (refused := preview.diff["refused"]) and not json:
        raise Refused(**refused)
    if json or not _agreed():
        aside.print("Chưa áp dụng. Thêm --yes để áp dụng không hỏi lại.")
        raise typer.Exit(1)


def _agreed() -> bool:
    """Whether a person at a terminal says yes."""
    if not sys.stdin.isatty():
        return False
    try:
        answer = people.input("Áp dụng cấu hình này? (c/k) ")
    except EOFError:
        return False
    return answer.strip().lower() in ("c", "có", "co", "y", "yes")


def _show(outcome: applying.Outcome, tell: Tell, *, json: bool) -> None:
    if json:
        print_json(outcome)
        return
    print_difference(tell(outcome.diff))
    if outcome.applied:
        _print_version(outcome)


def _print_version(outcome: applying.Outcome) -> None:
    say(f"Đang dùng cấu hình phiên bản {outcome.version}.")
