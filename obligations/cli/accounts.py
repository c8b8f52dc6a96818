"""user add, list, change: who may log in to the pages. There is no account until somebody makes the first one here."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from obligations.cases.access import users
from obligations.cases.access.users import ROLE_WORDS, Change, Person
from obligations.cases.clock import utc_now
from obligations.cli.misuse import Commands, Group
from obligations.cli.opening import opened
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import Column, print_json, print_table, say
from obligations.domain.errors import Refused

user = Commands(name="user", cls=Group, help="Tài khoản của các trang.", rich_markup_mode=None, add_completion=False)
Name = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đăng nhập: chữ thường không dấu, số, dấu chấm, gạch.")]
_ROLES = ", ".join(f"{role} ({words})" for role, words in ROLE_WORDS.items())
FullName = Annotated[str | None, typer.Option("--full-name", metavar="HỌ-TÊN", help="Tên hiện trên trang và trong sổ.")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Đọc mật khẩu từ dòng đầu của đầu vào chuẩn.")]
_COLUMNS = (
    Column("Tên đăng nhập", whole=True),
    Column("Họ tên", share=2),
    Column("Vai trò", whole=True),
    Column("Tình trạng", whole=True),
)


def add_to(app: typer.Typer) -> None:
    for command in (add, change):
        user.command()(command)
    user.command("list")(list_all)
    app.add_typer(user)


def add(
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="VAI-TRÒ", help=f"{_ROLES}.")],
    full_name: FullName = None,
    password_stdin: Stdin = False,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Thêm một tài khoản; mật khẩu được hỏi hai lần, không hiện lên màn hình."""
    password = _password(from_stdin=password_stdin)
    with opened(config) as app:
        made = users.add(app, name, role, password, utc_now(), by=who(by), full_name=full_name or "")
    _tell(made, f"Đã thêm tài khoản {made.name}: {ROLE_WORDS[made.role]}.", json=json)


def list_all(config: Config = None, json: Json = False) -> None:
    """Mọi tài khoản, tài khoản đã khóa ở cuối."""
    with opened(config) as app:
        found = users.everybody(app)
    if json:
        print_json([asdict(one) for one in found])
        return
    rows = ((one.name, one.full_name, ROLE_WORDS[one.role], "đã đóng" if one.closed_at else "") for one in found)
    print_table("Tài khoản", _COLUMNS, rows, empty="Chưa có tài khoản nào; thêm bằng dondoc user add.")


def change(
    name: Name,
    role: Annotated[str | None, typer.Option("--role", metavar="VAI-TRÒ", help=f"{_ROLES}.")] = None,
    full_name: FullName = None,
    password: Annotated[bool, typer.Option("--password", help="Đặt mật khẩu mới, hỏi hai lần.")] = False,
    password_stdin: Stdin = False,
    close: Annotated[bool | None, typer.Option("--close/--open", help="Đóng tài khoản, hoặc mở lại.")] = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Đổi vai trò, tên, mật khẩu; đóng, mở một tài khoản. Người ấy phải đăng nhập lại."""
    wants_password = password or password_stdin
    if not wants_password and (role, full_name, close) == (None, None, None):
        raise typer.BadParameter("chưa ghi đổi gì: --role, --full-name, --password, --close hoặc --open")
    new = _password(from_stdin=password_stdin) if wants_password else None
    with opened(config) as app:
        wanted = Change(role=role, password=new, closed=close, full_name=full_name)
        changed = users.change(app, name, wanted, utc_now(), by=who(by))
    _tell(changed, f"Tài khoản {changed.name}: {ROLE_WORDS[changed.role]}{_closed(changed)}.", json=json)


def _password(*, from_stdin: bool) -> str:
    """Typed twice without being shown, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        fix = "Gõ lệnh ở một cửa sổ dòng lệnh, hoặc đưa mật khẩu vào bằng --password-stdin."
        raise Refused("no-terminal", "không có màn hình để hỏi mật khẩu.", fix)
    first: str = typer.prompt("Mật khẩu", hide_input=True, err=True)
    if typer.prompt("Nhập lại mật khẩu", hide_input=True, err=True) != first:
        raise Refused("password", "hai lần nhập không giống nhau.", "Gõ lại lệnh.")
    return first


def _closed(person: Person) -> str:
    return ", đã đóng" if person.closed_at else ""


def _tell(person: Person, words: str, *, json: bool) -> None:
    if json:
        print_json(asdict(person))
    else:
        say(words)
