"""Printing: Vietnamese tables on a terminal, one JSON document with --json."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from obligations.domain.wording import table_date

people = Console(highlight=False)
aside = Console(stderr=True, highlight=False)
WIDE = 110  # columns from which a table shows all that it has


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a table. `whole` cells never break; `wide` columns are left out on narrow terminals."""

    title: str
    whole: bool = False
    wide: bool = False
    number: bool = False
    share: int | None = None


def speak_utf8() -> None:
    """Vietnamese and JSON leave as UTF-8 whatever the machine's locale says; odd bytes are shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(value: Any) -> None:
    """The one document that a program reads."""
    document = json.dumps(value, ensure_ascii=False, default=_plain, indent=2)  # whole, before a word of it leaves
    sys.stdout.write(f"{document}\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(type(value).__name__)


def is_wide() -> bool:
    """Whether the terminal has room for every column."""
    return people.width >= WIDE


def print_table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, empty: str = "") -> None:
    """A table with its title; one sentence when there is nothing to show. Rows have a cell for every column."""
    shown = [place for place, column in enumerate(columns) if is_wide() or not column.wide]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=any(one.share for one in columns))
    for column in (columns[place] for place in shown):
        table.add_column(
            column.title,
            justify="right" if column.number else "left",
            no_wrap=column.whole,
            ratio=column.share,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_cell(row[place]) for place in shown))
    if table.row_count:
        people.print(f"[bold]{escape(title)}[/bold]")
        people.print(table)
    elif empty:
        say(empty)


def say(words: str, *, indent: int = 0) -> None:
    """A sentence as it is, broken at words, its later lines as far in as the first."""
    people.print(Padding(escape(words), (0, 0, 0, indent), expand=False))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return table_date(value)
    return escape(str(value))


@contextmanager
def working(what: str) -> Iterator[None]:
    """A moving sign on standard error while something takes its time."""
    with aside.status(what):
        yield
