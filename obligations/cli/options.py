"""The options that many commands share, and opening what they name."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from obligations.cases import applied
from obligations.cases.app import App, Settings, open_app, utc_now
from obligations.cases.configuring.drafts import differs
from obligations.cli.output import aside
from obligations.domain.errors import GrammarError, Refused
from obligations.domain.grammar import read_date
from obligations.domain.wording import table_date

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def day(text: str) -> date:
    """A day on the command line: 2022-07-20 or 20/07/2022."""
    try:
        if "/" in text:
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  # a date has no zone
        return read_date(text)
    except (ValueError, GrammarError):
        raise typer.BadParameter(f"{text} không phải ngày; ghi 2022-07-20 hoặc 20/07/2022") from None


Config = Annotated[Path | None, typer.Option("--config", help="Thư mục cấu hình (mặc định ./config).", metavar="DIR")]
Json = Annotated[bool, typer.Option("--json", help="In một tài liệu JSON cho chương trình khác đọc.")]
From = Annotated[date | None, typer.Option("--from", parser=day, metavar="NGÀY", help="Từ ngày, kể cả ngày ấy.")]
To = Annotated[date | None, typer.Option("--to", parser=day, metavar="NGÀY", help="Đến ngày, kể cả ngày ấy.")]
AsOf = Annotated[date | None, typer.Option("--as-of", parser=day, metavar="NGÀY", help="Tình hình đến hết ngày này.")]
KnownAt = Annotated[
    date | None, typer.Option("--known-at", parser=day, metavar="NGÀY", help="Theo sổ đến hết ngày này.")
]
By = Annotated[str | None, typer.Option("--by", help="Ai ghi (mặc định: tên đăng nhập máy).", metavar="TÊN")]


def ordered(first: date | None, last: date | None) -> None:
    """Refuse a range that ends before it begins: it would show nothing and say so as if all were well."""
    if first and last and last < first:
        raise typer.BadParameter(f"--to {table_date(last)} sớm hơn --from {table_date(first)}")


def zone(app: App | None = None) -> ZoneInfo:
    """The time zone of the configuration that is followed; Vietnam's before the first apply."""
    try:
        return applied.current(app).ladders.clockwork.zone if app else VIETNAM
    except Refused:
        return VIETNAM


def today(app: App | None = None) -> date:
    """What day it is in the office's time zone."""
    return utc_now().astimezone(zone(app)).date()


def who(by: str | None) -> str:
    """Who acts: named, else the machine's account (a container may have none)."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        raise typer.BadParameter("máy không cho biết ai đang dùng; ghi --by TÊN") from None


def settings(config: Path | None) -> Settings:
    return Settings.from_environment(config)


def tell_draft(app: App) -> None:
    """Say when the files on disk are not what is followed: nobody should wonder why an edit does nothing."""
    if differs(app):
        aside.print("Lưu ý: cấu hình trên đĩa khác bản đang dùng; xem thay đổi bằng dondoc apply.")


@contextmanager
def opened(config: Path | None) -> Iterator[App]:
    """The office's database, closed at the end."""
    app = open_app(settings(config))
    try:
        yield app
    finally:
        app.close()
