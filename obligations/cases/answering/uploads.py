"""Files that come with an answer: what may come, under which name it is kept, who finds it again.

A file is judged by its name and by its first bytes (what they must be: the formats' own signatures), never by what a
browser says of it. It is kept whole and given back as an attachment.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, func, select

from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA, Event, Upload

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 120
_LONGEST_LISTING = 1024**2  # bytes
_FILES_EACH = 5  # of one event: a document, its annexes, a better scan
_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_OFFICE = "application/vnd.openxmlformats-officedocument"
# By the end of the name: the first bytes, the type it is given back as, a member that a packed document has.
_KINDS: dict[str, tuple[bytes, str, str]] = {
    "pdf": (_PDF, "application/pdf", ""),
    "doc": (_OLE, "application/msword", ""),
    "xls": (_OLE, "application/vnd.ms-excel", ""),
    "docx": (_ZIP, f"{_OFFICE}.wordprocessingml.document", "word/document.xml"),
    "xlsx": (_ZIP, f"{_OFFICE}.spreadsheetml.sheet", "xl/workbook.xml"),
    "odt": (_ZIP, "application/vnd.oasis.opendocument.text", "content.xml"),
    "ods": (_ZIP, "application/vnd.oasis.opendocument.spreadsheet", "content.xml"),
    "zip": (_ZIP, "application/zip", ""),
    "png": (_PNG, "image/png", ""),
    "jpg": (_JPEG, "image/jpeg", ""),
    "jpeg": (_JPEG, "image/jpeg", ""),
}
ENDINGS = tuple(f".{ending}" for ending in _KINDS)
_UNSAFE = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True)
class NewFile:
    """A file that was looked at and may be kept."""

    name: str
    type: str
    body: bytes


@dataclass(frozen=True)
class Kept:
    """A file as the pages name it."""

    id: int
    event_id: int
    name: str
    size: int


def looked_at(name: str, body: bytes) -> NewFile:
    """The file under a safe name. Refused when too large, of a kind not taken, or not what its name says."""
    safe = safe_name(name)
    ending = safe.rpartition(".")[2].lower()
    if ending not in _KINDS:
        raise Refused("file-kind", f"không nhận tệp loại này ({safe}).", f"Các loại nhận: {', '.join(ENDINGS)}.")
    if len(body) > LARGEST:
        raise too_large()
    signature, type_, member = _KINDS[ending]
    is_it = signature in body[:1024] if signature == _PDF else body.startswith(signature)
    if not is_it or (member and member not in _members(body)):
        raise Refused("file-content", f"nội dung tệp {safe} không phải .{ending}.", "Chọn đúng tệp, hoặc xuất ra PDF.")
    return NewFile(safe, type_, body)


def too_large() -> Refused:
    return Refused("file-size", f"tệp lớn hơn {LARGEST // 1024**2} MB.", "Nén lại, hoặc gửi qua trục liên thông.")


def safe_name(name: str) -> str:
    """Only the last part of a path, without what could hide its end or mean something to a system."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem, dot, ending = _UNSAFE.sub("_", shown).strip().rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'tep'}{dot}{ending[:10]}"


def keep(session: Session, assignments: Iterable[int], file: NewFile) -> None:
    """Beside the newest result of each assignment, in the caller's transaction; the same file twice is kept once."""
    session.flush()
    for number in assignments:
        newest = select(func.max(col(Event.id))).where(Event.assignment_id == number, Event.kind == "submitted")
        event = session.exec(newest).one()
        there = session.exec(select(Upload.name, Upload.body).where(Upload.event_id == event)).all()
        if event is None or (file.name, file.body) in [tuple(one) for one in there]:
            continue
        if len(there) >= _FILES_EACH:
            raise Refused("file-count", f"mỗi lần gửi nhận tối đa {_FILES_EACH} tệp.", "Gộp các tệp vào một tệp .zip.")
        session.add(Upload(event_id=event, name=file.name, type=file.type, body=file.body))


def of_events(session: Session, events: Iterable[int]) -> dict[int, list[Kept]]:
    """The files of these events, by event."""
    table = METADATA.tables["upload"].c
    query = select_rows(table.id, table.event_id, table.name, func.length(table.body).label("size"))
    found: dict[int, list[Kept]] = {}
    for row in session.execute(query.where(table.event_id.in_(list(events))).order_by(table.id)):
        found.setdefault(row.event_id, []).append(Kept(row.id, row.event_id, row.name, row.size))
    return found


def open_file(app: App, number: int, assignments: Iterable[int] | None = None) -> NewFile:
    """A kept file, whole; of these assignments where named. Refused when there is none such."""
    with reading(app.engine) as session:
        query = select(Upload).join(Event, col(Event.id) == Upload.event_id).where(Upload.id == number)
        if assignments is not None:
            query = query.where(col(Event.assignment_id).in_(list(assignments)))
        found = session.exec(query).first()
        if found is None:
            raise Refused("no-file", "không có tệp này.", "Mở lại từ trang của việc.")
        return NewFile(found.name, found.type, found.body)


class _Brief(io.BytesIO):
    """A packed file whose list of members is no longer than any document's: reading a long one takes many seconds."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LONGEST_LISTING:
            raise zipfile.BadZipFile
        return super().read(size)


def _members(body: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(_Brief(body)) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return []
