"""An office's own tracking table: .xlsx and .csv, values as they are shown."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl

from obligations.domain.errors import Refused
from obligations.domain.wording import short_date
from obligations.draft.document import Document
from obligations.draft.reading.building import Builder
from obligations.draft.reading.limits import Patience, broken, check_zip
from obligations.draft.reading.plain import decode
from obligations.draft.text import Span

MAX_ROWS = 20_000
MAX_COLUMNS = 60
_MIDNIGHT = time()


def read_workbook(name: str, content: bytes, patience: Patience) -> Document:
    """Every sheet of a workbook. Refused where it cannot be opened."""
    check_zip(content, "Excel")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        sheets = [
            (sheet.title, _values(sheet, patience)) for sheet in book.worksheets if sheet.sheet_state == "visible"
        ]
        book.close()
    except Exception as error:  # the library raises whatever it meets
        if isinstance(error, Refused):
            raise
        raise broken("Excel") from None
    builder = Builder()
    for _, rows in sheets:
        _put(rows, builder)
    return builder.document(name, is_sheet=True)


def read_csv(name: str, content: bytes) -> Document:
    """A table of text: comma, semicolon or tab between its cells."""
    text = decode(content)
    try:
        rows = max((_split(text, mark) for mark in ";\t,"), key=_evenness)
    except csv.Error:
        raise broken("CSV") from None
    builder = Builder()
    _put(rows, builder)
    return builder.document(name, is_sheet=True)


def _split(text: str, mark: str) -> list[list[str]]:
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=mark), MAX_ROWS + 1))
    _refuse_longer(rows)
    return [row[:MAX_COLUMNS] for row in rows]


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    """How many cells stand in rows of one width: what parts the cells does so alike in every row, a comma within a
    sentence does not."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _values(sheet: Any, patience: Patience) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True):
        patience.check()
        rows.append([shown(value) for value in row])
    _refuse_longer(rows)
    return rows


def _refuse_longer(rows: Sequence[Sequence[str]]) -> None:
    """Nothing is cut off without a word; what is only formatted below the last row is nothing."""
    if len(rows) > MAX_ROWS and any(rows[MAX_ROWS]):
        raise Refused("too-big", f"bảng có hơn {MAX_ROWS} dòng.", "Tách thành nhiều tệp.")


def shown(value: Any) -> str:
    """A cell's value as a person reads it: `25/11/2022`, `3`."""
    match value:
        case None:
            return ""
        case datetime():
            return short_date(value.date()) + (f" {value:%H:%M}" if value.time() != _MIDNIGHT else "")
        case date():
            return short_date(value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _put(rows: Iterable[Sequence[str]], builder: Builder) -> None:
    """Rows with one cell are lines (number, title); from the first row with more on they are a table."""
    table: list[list[Span]] = []
    for row in rows:
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            continue
        if len(filled) < 3 and not table:
            for cell in filled:
                for line in cell.splitlines():
                    builder.line(line)
            continue
        table.append([builder.put(cell.strip()) for cell in row])
    if table:
        builder.table(table)
