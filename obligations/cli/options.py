"""The options that many commands share. Nothing here needs the office's data."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from obligations.domain.errors import GrammarError
from obligations.domain.grammar import read_date
from obligations.domain.wording import table_date


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


def who(by: str | None) -> str:
    """Who acts: named, else the machine's account (a container may have none)."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        raise typer.BadParameter("máy không cho biết ai đang dùng; ghi --by TÊN") from None
