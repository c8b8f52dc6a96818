"""A register of incoming documents as an office exports it: which columns it has, and each of its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from obligations.domain.errors import Refused
from obligations.domain.typed_days import typed_day
from obligations.domain.wording import short_date
from obligations.draft.document import Document, Table
from obligations.draft.units.matching import key

MOST_LINES = 10_000
_LONGEST = 1_000  # letters of a cell: what a title says beyond them is not looked at
Cells = Sequence[str]
# What a column is called in the form of Decree 30/2020/NĐ-CP (Appendix IV) and by document systems, without marks.
_TITLES = {
    "arrived_on": r"ngay(?: thang)?(?: nam)? den|ngay (?:nhan|tiep nhan|vao so)",
    "arrival": r"so (?:den|vao so|thu tu den)",
    "sender": r"tac gia(?: van ban)?|(?:co quan|don vi|noi)(?: (?:ban hanh|gui|phat hanh))+(?: van ban)?",
    "number": r"so(?: va)?(?: ky)? hieu(?: ngay(?: thang)?)?(?:(?: cua)? van ban| vb)?|so (?:ngay )?(?:van ban|vb)",
    "signed_on": r"ngay(?: thang)?(?: nam)?(?: cua)? (?:van ban|vb)|ngay thang(?: nam)?|ngay (?:ban hanh|ky|phat hanh)",
    "sent_on": r"ngay gui(?: van ban| vb| di)?",
    "subject": r"(?:ten loai )?(?:va )?trich yeu(?: noi dung)?(?:(?: cua)? van ban| vb)?",
    "matter": r"noi dung(?: van ban| vb)?",  # the subject, where no column is called so
}
_COLUMNS = {name: re.compile(pattern) for name, pattern in _TITLES.items()}
_DAYS = {"arrived_on": "ngày đến", "signed_on": "ngày văn bản", "sent_on": "ngày gửi"}
_HOUR = re.compile(r"(?:^\d{1,2}[:h]\d{2}(?::\d{2})?[ ,]+)|(?:[ ,T]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.0+)?$)")
_HALF_A_YEAR = timedelta(days=182)  # the day nearest to then lies within the year that ends today
_NOTED = re.compile(r"\s*\([^)]*\)\s*$")
_COUNTED = re.compile(r"\(?\d{1,2}\)?")  # the row under a form's heading that numbers its columns
_REQUIRED = {"sender": "nơi gửi (tác giả)", "number": "số ký hiệu", "subject": "trích yếu"}
_FIX = "Xuất lại sổ văn bản đến có đủ các cột: ngày đến, nơi gửi (tác giả), số ký hiệu, trích yếu."


@dataclass(frozen=True)
class Incoming:
    """One document that came in. `line`: which of the register's lines, from 1; `arrival`: the register's own number.

    `sent_on` is the day it counts as sent: told by the register, else that of its arrival, else of its signature.
    """

    line: int
    sender: str
    number: str
    subject: str
    sent_on: date
    arrived_on: date | None = None
    signed_on: date | None = None
    arrival: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line that can therefore not be taken; `arrival` is the register's own number of it."""

    line: int
    arrival: str
    message: str


@dataclass(frozen=True)
class Register:
    """`rows` in the register's order, and the lines that cannot be taken."""

    rows: Sequence[Incoming]
    faults: Sequence[Fault]


def taken(read: Callable[[], Document], today: date) -> Register:
    """`read_register` of what is read just now; a register that has secret lines is refused with what to do."""
    try:
        return read_register(read(), today)
    except Refused as refused:
        if refused.code != "secret":
            raise
        fix = (
            "Xuất lại sổ không có văn bản mật; kết quả gửi bằng văn bản mật thì ghi tay ở Ghi nhận nhanh, không ghi số."
        )
        raise Refused("secret", "sổ có dòng mang dấu độ mật.", fix) from None


def read_register(document: Document, today: date) -> Register:
    """The lines of every table that has a register's columns.

    A day without a year is the last that has come by `today`. Refused when no table has the columns, or there are too
    many lines.
    """
    rows: list[Incoming] = []
    faults: list[Fault] = []
    lacking: list[str] = []
    line, tables = 0, _tables(document)
    for cells in tables:
        columns, first = _heading(cells)
        if missing := _missing(columns):
            lacking = min(lacking or missing, missing, key=len)  # of the table that is most like a register
            continue
        for said in _said(cells[first:], columns):
            line += 1
            if line > MOST_LINES:
                fix = "Xuất sổ theo tháng hoặc quý rồi đưa từng tệp."
                raise Refused("too-many-lines", f"sổ có hơn {MOST_LINES} dòng.", fix)
            try:
                rows.append(_incoming(line, said, today))
            except Refused as refused:
                faults.append(Fault(line, said.get("arrival", ""), refused.message))
    if not line:
        raise _nothing(tables, lacking)
    return Register(rows, faults)


def _nothing(tables: Sequence[object], lacking: Sequence[str]) -> Refused:
    """Why a file is no register: what it lacks most of all."""
    if not tables:
        return Refused("no-register", "tệp không có bảng nào.", _FIX)
    if lacking:
        return Refused("no-register", f"tệp không có cột {', '.join(lacking)}.", _FIX)
    return Refused("no-register", "sổ không có dòng nào.", _FIX)


def _tables(document: Document) -> list[list[list[str]]]:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return [[[_plain(cell.of(document.text)) for cell in row] for row in one.rows] for one in tables]


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())[:_LONGEST]


def _heading(rows: Sequence[Cells]) -> tuple[dict[str, int], int]:
    """Which column holds what, and where the lines begin: the first row, or two rows as one, that name most columns."""
    best: dict[str, list[int]] = {}
    first = 0
    for place, row in enumerate(rows[:10]):
        under = rows[place + 1] if place + 1 < len(rows) else row
        both = [below or above for above, below in zip(row, under, strict=True)]
        for titles, begins in ((row, place + 1), (both, place + 2)):
            found = _columns(titles)
            if len(found) > len(best):
                best, first = found, begins
    if "matter" in best:
        best.setdefault("subject", best["matter"])
    return {name: _fullest(rows[first:], places) for name, places in best.items()}, first


def _columns(titles: Cells) -> dict[str, list[int]]:
    """The places of each column that a row of titles names."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        if name := next((name for name, pattern in _COLUMNS.items() if pattern.fullmatch(key(title))), None):
            found.setdefault(name, []).append(place)
    return found


def _fullest(rows: Sequence[Cells], places: Sequence[int]) -> int:
    """Of several columns of one meaning (*đơn vị phát hành*, *nơi gửi*) the one that says most."""
    return max(places, key=lambda place: (sum(bool(row[place]) for row in rows), -place))


def _missing(columns: Mapping[str, int]) -> list[str]:
    """The columns without which no line can be taken."""
    missing = [title for name, title in _REQUIRED.items() if name not in columns]
    return missing if columns.keys() & _DAYS.keys() else [*missing, "ngày đến"]


def _said(rows: Sequence[Cells], columns: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """Each line's cells by what they are; the row of column numbers is none, nor one that fills a single column."""
    for row in rows:
        said = {name: row[place] for name, place in columns.items()}
        filled = [said[name] for name in _REQUIRED if said[name]]
        if len(filled) > 1 and not all(map(_COUNTED.fullmatch, filled)):
            yield said


def _incoming(line: int, said: Mapping[str, str], today: date) -> Incoming:
    for name, title in _REQUIRED.items():
        if not said[name] and name != "number":
            raise Refused("no-cell", f"không ghi {title}.")
    days = {name: _day(said[name], title, today) for name, title in _DAYS.items() if said.get(name)}
    sent_on = days.get("sent_on") or days.get("arrived_on") or days.get("signed_on")
    if sent_on is None:
        raise Refused("no-day", "không ghi ngày đến.")
    return Incoming(
        line,
        said["sender"],
        said["number"],
        said["subject"],
        sent_on,
        days.get("arrived_on"),
        days.get("signed_on"),
        said.get("arrival", ""),
    )


def _day(text: str, title: str, today: date) -> date:
    """A cell's day, whatever stands in brackets after it; without a year the last that has come.

    Refused for none, and for one that is still to come.
    """
    try:
        day = typed_day(_HOUR.sub("", _NOTED.sub("", text)), today - _HALF_A_YEAR)
        if day > today:
            raise Refused("future", f"ngày {short_date(day)} chưa đến.")  # noqa: TRY301
    except Refused as refused:
        raise Refused("day", f"{title}: {refused.message}") from None
    return day
