"""Scans by Tesseract and .doc by LibreOffice, where they are installed; else a clear word of what to install."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from obligations.domain.errors import Refused
from obligations.draft.document import Document
from obligations.draft.reading import plain
from obligations.draft.reading.limits import MAX_PAGES, Patience, broken, too_many_pages

_SCALE = 300 / 72  # dots a point: what Tesseract reads best
_SECONDS = 60
MAX_SIDE = 6_000  # dots


def read_scan(name: str, content: bytes, patience: Patience) -> Document:
    """The pages of a scanned PDF through Tesseract's Vietnamese model."""
    tool = shutil.which("tesseract")
    if tool is None:
        fix = "Cài Tesseract (gói tesseract-ocr và tesseract-ocr-vie) rồi thử lại, hoặc xin bản có lớp chữ."
        raise Refused("needs-tesseract", "tệp là ảnh quét, không có lớp chữ.", fix)
    opened = pypdfium2.PdfDocument(content)
    try:
        if len(opened) > MAX_PAGES:
            raise too_many_pages(len(opened))
        with tempfile.TemporaryDirectory() as folder:
            read = [_recognise(tool, opened, number, Path(folder), patience) for number in range(len(opened))]
    finally:
        opened.close()
    if all(page is None for page in read):
        raise broken("PDF")
    pages = [page or "" for page in read]
    text = "\n".join(pages)
    return Document(name, text, tuple(plain.blocks(text)), pages=len(pages))


def _recognise(tool: str, opened: pypdfium2.PdfDocument, number: int, folder: Path, patience: Patience) -> str | None:
    """The words of a page; None where the file is damaged there."""
    patience.check()
    picture = folder / f"{number}.png"
    try:
        page = opened[number]
        scale = min(_SCALE, MAX_SIDE / max(*page.get_size(), 1.0))
        page.render(scale=scale).to_pil().save(picture)
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError):
        return None
    return _run(
        [tool, str(picture), "-", "-l", "vie"],
        "needs-tesseract",
        "Cài gói tesseract-ocr-vie (tiếng Việt) cho Tesseract.",
    )


def to_docx(content: bytes) -> bytes:
    """An old .doc as .docx through LibreOffice."""
    tool = shutil.which("soffice") or shutil.which("libreoffice")
    if tool is None:
        fix = "Cài LibreOffice (gói libreoffice-writer) rồi thử lại, hoặc mở tệp và lưu lại dạng .docx."
        raise Refused("needs-libreoffice", "tệp .doc kiểu cũ chưa đọc được.", fix)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "van-ban.doc")
        source.write_bytes(content)
        home = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        _run(
            [tool, home, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)],
            "broken-file",
            "Mở tệp và lưu lại dạng .docx.",
        )
        made = Path(folder, "van-ban.docx")
        if not made.exists():
            raise broken(".doc")
        return made.read_bytes()


def _run(command: list[str], code: str, fix: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  # our own words
    except (OSError, subprocess.TimeoutExpired):
        raise Refused(code, "chương trình đọc tệp không chạy xong.", fix) from None
    if done.returncode:
        raise Refused(code, "chương trình đọc tệp báo lỗi.", fix)
    return done.stdout.decode("utf-8", "replace")
