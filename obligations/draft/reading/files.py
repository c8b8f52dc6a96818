"""Which reader a file wants, by its name and its first bytes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from obligations.domain.errors import Refused, reason
from obligations.draft.document import Document
from obligations.draft.reading import plain
from obligations.draft.reading.limits import Patience, check_size, check_text
from obligations.draft.reading.secrecy import refuse_secret

_OLE = b"\xd0\xcf\x11\xe0"
FORMATS = ".txt, .docx, .doc, .pdf, .xlsx, .csv"


def opened(path: Path) -> BinaryIO:
    """A file to be read. Refused with one line where there is none, it is empty or too big."""
    try:
        if not path.is_file():
            raise Refused("no-file", f"không có tệp {path}.", "Xem lại đường dẫn.")
        check_size(path.stat().st_size)
        return path.open("rb")
    except OSError as error:
        raise Refused("unreadable", f"không đọc được {path} ({reason(error)}).", "Xem quyền đọc tệp.") from None


def read(name: str, content: bytes, patience: Patience | None = None) -> Document:
    """A file's bytes as a document. Refused with one line where they cannot be read or bear a mark of secrecy."""
    check_size(len(content))
    document, stamps = _read(_kind(name, content), name, content, patience or Patience())
    check_text(document.text)
    refuse_secret(document.text, stamps)
    return document


def _read(kind: str, name: str, content: bytes, patience: Patience) -> tuple[Document, list[str]]:
    """The document, and what its pages are stamped with beside their text."""
    # A reader's library takes longer to load than a short document to read, and a file wants but one of them.
    match kind:
        case "pdf":
            from obligations.draft.reading import pdf  # noqa: PLC0415

            if document := pdf.read(name, content, patience):
                return document, []
            from obligations.draft.reading import outside  # noqa: PLC0415

            return outside.read_scan(name, content, patience), []
        case "docx":
            from obligations.draft.reading import word  # noqa: PLC0415

            return word.read(name, content, patience), word.stamps(content)
        case "doc":
            from obligations.draft.reading import outside  # noqa: PLC0415

            return _read("docx", name, outside.to_docx(content), patience)
        case "xlsx" | "csv":
            from obligations.draft.reading import sheets  # noqa: PLC0415

            if kind == "csv":
                return sheets.read_csv(name, content), []
            return sheets.read_workbook(name, content, patience), []
        case _:
            return plain.read(name, content), []


def _kind(name: str, content: bytes) -> str:
    """By what the file is; by its name where its bytes do not tell."""
    ending = name.lower().rpartition(".")[2]
    if content[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if content.startswith(b"PK"):
        if ending in ("docx", "docm", "xlsx", "xlsm"):
            return ending[:3] + "x"
        raise _unknown(name)
    if content.startswith(_OLE):
        if ending == "doc":
            return "doc"
        raise Refused(
            "broken-file", "tệp có mật khẩu hoặc theo định dạng cũ.", "Lưu lại dạng .docx hoặc .xlsx không mật khẩu."
        )
    if ending in ("pdf", "docx", "doc", "xlsx", "docm", "xlsm"):
        raise Refused(
            "broken-file",
            f"tệp {name} không đúng định dạng {ending}.",
            "Mở bằng phần mềm văn phòng, lưu lại rồi thử lại.",
        )
    if ending in ("txt", "md", "csv", "tsv", "text", ""):
        return "csv" if ending in ("csv", "tsv") else "txt"
    raise _unknown(name)


def _unknown(name: str) -> Refused:
    return Refused("unknown-format", f"không đọc được loại tệp {name}.", f"Đưa tệp {FORMATS}.")
