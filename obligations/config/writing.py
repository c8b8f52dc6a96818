"""Writing a configuration folder: one file at a time, whole or not at all, and only the office's own files.

Two people may write at once. Whoever writes says what they had read; a file that says something else by now is left as
it is (`Conflict`). A lock on the folder makes the looking and the writing one step, for threads and for processes.
"""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from obligations.config.folder import PLANS
from obligations.config.references import is_id
from obligations.config.source import MAX_BYTES, too_big
from obligations.domain.errors import Refused, reason

NEW = ""  # the fingerprint of a file that is not there


class Conflict(Refused):
    """The file on disk is not what the writer had read. `text` is what it says now, None where it is gone."""

    def __init__(self, name: str, text: str | None) -> None:
        message = f"{name} đã đổi từ khi mở." if text is not None else f"{name} không còn trên đĩa."
        super().__init__("conflict", message, "Xem hai bản, giữ những gì cần rồi lưu lại.")
        self.text = text


def fingerprint(text: str | None) -> str:
    """What tells one text of a file from another; NEW for no file. Kinds of line ends do not count."""
    return NEW if text is None else sha256(_unified(text).encode()).hexdigest()


def write_file(folder: Path, name: str, text: str, read: str, known: frozenset[str]) -> str:
    """Put a file's text in the place of the one whose fingerprint is `read`; the new fingerprint.

    `known` are the names that an office has beside its plans. A new plan's file is made where `read` is NEW; it never
    takes another's place. Refused for any other name, a text that is too long, a disk that cannot be written.
    """
    _refuse_huge(name, text)
    with _alone(folder, name, known) as path:
        present = _present(path)
        if fingerprint(present) != read:
            raise Conflict(name, present)
        lines = _unified(text)
        crlf = present is not None and "\r\n" in present
        replace_file(path, (lines.replace("\n", "\r\n") if crlf else lines).encode())
    return fingerprint(text)


def delete_file(folder: Path, name: str, read: str, known: frozenset[str]) -> None:
    """Take a file away whose fingerprint is `read`; Conflict when it says something else, or is gone already."""
    with _alone(folder, name, known) as path:
        present = _present(path)
        if present is None or fingerprint(present) != read:
            raise Conflict(name, present)
        path.unlink()
        _settle(path.parent)


def refuse_strange(name: str, known: frozenset[str]) -> None:
    """Refused for whatever is no file of an office's configuration: `../secret`, `/etc/passwd`, `plans/A b.yaml`."""
    plan = name.removeprefix(PLANS).removesuffix(".yaml")
    if name not in known and not (name == f"{PLANS}{plan}.yaml" and is_id(plan)):
        fix = f"Tệp sửa được: {', '.join(sorted(known))}, {PLANS}<mã kế hoạch>.yaml."
        raise Refused("no-file", f"không có tệp cấu hình {name[:80]}.", fix)


@contextmanager
def _alone(folder: Path, name: str, known: frozenset[str]) -> Iterator[Path]:
    """The file's own place (a link inside the folder is followed, one that leads out is refused), nobody else there."""
    refuse_strange(name, known)
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        fix = "Chạy dondoc init để tạo, hoặc chỉ thư mục khác bằng --config."
        raise Refused("no-config", f"không mở được thư mục cấu hình {folder} ({reason(error)}).", fix) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise Refused("outside", f"{name} là liên kết ra ngoài thư mục cấu hình.", "Sửa tệp ấy ở nơi của nó.")
        yield path
    except OSError as error:
        fix = "Xem quyền ghi và chỗ trống trên đĩa; tệp cũ còn nguyên."
        raise Refused("unwritable", f"không ghi được {name} ({reason(error)}).", fix) from None
    finally:
        os.close(held)


def _present(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        fix = "Lưu lại tệp dạng UTF-8 bằng trình soạn thảo trên máy chủ."
        raise Refused("encoding", f"{path.name} không phải UTF-8.", fix) from None


def replace_file(path: Path, content: bytes) -> None:
    """A new file beside the old one, on the disk before it takes its name: a crash leaves the one or the other."""
    path.parent.mkdir(exist_ok=True)
    handle, made = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".dang-ghi", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _mode(path))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(made).unlink()
        raise
    _settle(path.parent)


def _mode(path: Path) -> int:
    """The old file's rights; a new one may be read by whoever may read its folder."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    return stat.S_IMODE(path.parent.stat().st_mode) & 0o666


def _settle(folder: Path) -> None:
    """The folder's own entry onto the disk, so that the new name outlives a loss of power."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _unified(text: str) -> str:
    """Line ends as one sort, and one at the end: browsers send CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") or not lines else f"{lines}\n"


def _refuse_huge(name: str, text: str) -> None:
    if len(text.encode()) > MAX_BYTES:
        problem = too_big(name)
        raise Refused(problem.code, f"{name}: {problem.message}", problem.fix)
