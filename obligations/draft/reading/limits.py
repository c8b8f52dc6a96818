"""What is too big, broken or hostile is refused before it is opened: size, pages, what a zip would unpack to."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from dataclasses import dataclass, field

from obligations.domain.errors import Refused

MAX_BYTES = 30_000_000
MAX_LETTERS = 3_000_000
MAX_PAGES = 400
MAX_UNPACKED = 200_000_000
MAX_PARTS = 5_000
MAX_SECONDS = 60.0
_RATIO = 200  # times: what XML of an office document shrinks to stays well below
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass
class Patience:
    """How long reading may take; `check` refuses beyond it."""

    seconds: float = MAX_SECONDS
    started: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        if time.monotonic() - self.started > self.seconds:
            raise too_slow(self.seconds)


def check_size(size: int) -> None:
    """Of a file, in bytes."""
    if not size:
        raise Refused("empty-file", "tệp rỗng.", "Xem lại tệp.")
    if size > MAX_BYTES:
        fix = "Bỏ ảnh trong tệp hoặc tách thành nhiều tệp."
        raise Refused("too-big", f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.", fix)


def check_text(text: str) -> None:
    if len(text) > MAX_LETTERS:
        raise Refused("too-big", f"văn bản dài hơn {MAX_LETTERS // 1_000_000} triệu chữ.", "Tách thành nhiều tệp.")


def too_many_pages(pages: int) -> Refused:
    return Refused(
        "too-many-pages",
        f"tệp có {pages} trang, nhiều hơn {MAX_PAGES}.",
        "Tách phần kế hoạch và phụ lục nhiệm vụ ra tệp riêng.",
    )


def too_slow(seconds: float) -> Refused:
    fix = "Tách tệp thành nhiều phần rồi đọc từng phần."
    return Refused("too-slow", f"đọc tệp quá {seconds:.0f} giây.", fix)


def too_much_memory() -> Refused:
    fix = "Bỏ ảnh trong tệp hoặc tách thành nhiều tệp."
    return Refused("too-big", "đọc tệp này cần quá nhiều bộ nhớ.", fix)


def broken(kind: str) -> Refused:
    return Refused(
        "broken-file",
        f"tệp {kind} hỏng hoặc có mật khẩu, không mở được.",
        "Mở bằng phần mềm văn phòng, lưu lại bản mới rồi thử lại.",
    )


def check_zip(content: bytes, kind: str) -> list[str]:
    """The names in an office file's zip. Refused where it is broken, huge once unpacked, or carries XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_xml(archive, part)
            return [part.filename for part in parts]
    except Refused:
        raise
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        zipfile.LargeZipFile,
        zlib.error,
    ):
        raise broken(kind) from None


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bombs = unpacked > MAX_UNPACKED or (unpacked > 10_000_000 and unpacked > packed * _RATIO)
    if bombs or len(parts) > MAX_PARTS:
        raise Refused("zip-bomb", "tệp nén phình ra quá lớn khi mở.", "Không mở tệp này; xin lại tệp gốc từ nơi gửi.")


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        head = stream.read(4096)
    if any(mark in head for mark in _DOCTYPE):
        raise Refused(
            "hostile-file", "tệp có khai báo XML không được phép.", "Không mở tệp này; xin lại tệp gốc từ nơi gửi."
        )
