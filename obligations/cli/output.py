"""Printing: Vietnamese tables on a terminal, one JSON document with --json."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from rich.console import Console
from rich.table import Table

from obligations.domain.wording import table_date

people = Console(highlight=False)
aside = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """The one document that a program reads."""
    json.dump(value, sys.stdout, ensure_ascii=False, default=_plain, indent=2)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(type(value).__name__)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str) -> None:
    """A table with its title; one sentence when there is nothing to show."""
    table = Table(title=title, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    if table.row_count:
        people.print(table)
    else:
        people.print(empty)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return table_date(value)
    return str(value).replace("[", "\\[")


@contextmanager
def working(what: str) -> Iterator[None]:
    """A moving sign on standard error while something takes its time."""
    with aside.status(what):
        yield
