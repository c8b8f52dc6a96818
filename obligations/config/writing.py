"""Writing a configuration folder: a file, or several that belong together, whole or not at all; no other files.

Two people may write at once. Whoever writes says what they had read; a file that says something else by now is left as
it is (`Conflict`). A lock on the folder makes the looking and the writing one step, for threads and for processes.
"""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
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
    write_files(folder, {name: (text, read)}, known)
    return fingerprint(text)


def write_files(folder: Path, texts: Mapping[str, tuple[str, str]], known: frozenset[str]) -> None:
    """The same for files that belong together, each text with its `read`: all are written, in this order, or none."""
    for name, (text, _) in texts.items():
        _refuse_huge(name, text)
    with _alone(folder, texts, known) as paths:
        contents = {}
        for name, (text, read) in texts.items():
            present = _present(paths[name])
            if fingerprint(present) != read:
                raise Conflict(name, present)
            contents[paths[name]] = _as_lines_of(present, text).encode()
        replace_files(contents)


def delete_file(folder: Path, name: str, read: str, known: frozenset[str]) -> None:
    """Take a file away whose fingerprint is `read`; Conflict when it says something else, or is gone already."""
    with _alone(folder, [name], known) as paths:
        present = _present(paths[name])
        if present is None or fingerprint(present) != read:
            raise Conflict(name, present)
        paths[name].unlink()
        _settle(paths[name].parent)


def refuse_strange(name: str, known: frozenset[str]) -> None:
    """Refused for whatever is no file of an office's configuration: `../secret`, `/etc/passwd`, `plans/A b.yaml`."""
    plan = name.removeprefix(PLANS).removesuffix(".yaml")
    if name not in known and not (name == f"{PLANS}{plan}.yaml" and is_id(plan)):
        fix = f"Tệp sửa được: {', '.join(sorted(known))}, {PLANS}<mã kế hoạch>.yaml."
        raise Refused("no-file", f"không có tệp cấu hình {name[:80]}.", fix)


@contextmanager
def _alone(folder: Path, names: Collection[str], known: frozenset[str]) -> Iterator[dict[str, Path]]:
    """The files' own places (a link inside is followed, one that leads out is refused), nobody else there."""
    for name in names:
        refuse_strange(name, known)
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        fix = "Chạy dondoc init để tạo, hoặc chỉ thư mục khác bằng --config."
        raise Refused("no-config", f"không mở được thư mục cấu hình {folder} ({reason(error)}).", fix) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield {name: _place(folder, name) for name in names}
    except OSError as error:
        fix = "Xem quyền ghi và chỗ trống trên đĩa; tệp cũ còn nguyên."
        raise Refused("unwritable", f"không ghi được {', '.join(names)} ({reason(error)}).", fix) from None
    finally:
        os.close(held)


def _place(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Refused("outside", f"{name} là liên kết ra ngoài thư mục cấu hình.", "Sửa tệp ấy ở nơi của nó.")
    return path


def _present(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        fix = "Lưu lại tệp dạng UTF-8 bằng trình soạn thảo trên máy chủ."
        raise Refused("encoding", f"{path.name} không phải UTF-8.", fix) from None


def replace_file(path: Path, content: bytes) -> None:
    """A new file in the old one's place: a crash leaves the one or the other."""
    replace_files({path: content})


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """New files beside the old ones, all on the disk before the first takes its name: a full disk changes none."""
    made: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            made[path] = _beside(path, content)
        for path, fresh in made.items():
            fresh.replace(path)
    except BaseException:
        for fresh in made.values():
            with suppress(OSError):
                fresh.unlink()
        raise
    for folder in {path.parent for path in contents}:
        _settle(folder)


def _beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    handle, made = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".dang-ghi", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _mode(path))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(made).unlink()
        raise
    return Path(made)


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


def _as_lines_of(present: str | None, text: str) -> str:
    lines = _unified(text)
    return lines.replace("\n", "\r\n") if present is not None and "\r\n" in present else lines


def _unified(text: str) -> str:
    """Line ends as one sort, and one at the end: browsers send CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") or not lines else f"{lines}\n"


def _refuse_huge(name: str, text: str) -> None:
    if len(text.encode()) > MAX_BYTES:
        problem = too_big(name)
        raise Refused(problem.code, f"{name}: {problem.message}", problem.fix)
