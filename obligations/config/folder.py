"""Reading a configuration folder: which files are the office's, and their texts, whatever else lies there."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from obligations.config.source import MAX_BYTES, too_big
from obligations.domain.errors import Problem, Refused, reason

PLANS = "plans/"
MAX_ENTRIES = 20_000  # files and folders; more means that --config points at something else
_DEEPEST = 4  # folders below, looked into only to tell of files that nobody reads; ends circles of links, too


def read_texts(folder: Path, known: Collection[str]) -> tuple[dict[str, str], list[Problem], list[Problem]]:
    """Texts by relative name, unreadable files (errors), files nobody reads (warnings).

    `known` are the files read beside the plans. Refused when it is no such folder, or far too full for one.
    """
    _refuse_none(folder)
    texts: dict[str, str] = {}
    errors: list[Problem] = []
    unused: list[Problem] = []
    for path in sorted(map(Path, _yaml_files(folder))):
        name = path.relative_to(folder).as_posix()
        if name not in known and Path(name).parent.as_posix() != PLANS.rstrip("/"):
            fix = f"tệp đọc được: {', '.join(known)}, {PLANS}<mã kế hoạch>.yaml"
            unused.append(Problem(name, 1, 1, "unknown-file", "tệp này không được dùng.", fix))
            continue
        text = _read(path, name)
        if isinstance(text, Problem):
            errors.append(text)
        else:
            texts[name] = text
    return texts, errors, unused


def read_text(folder: Path, name: str) -> str | Problem | None:
    """One file's text, or why it cannot be read; None where it is not there. Refused when it is no such folder."""
    _refuse_none(folder)
    path = folder / name
    return _read(path, name) if path.exists() or path.is_symlink() else None


def _refuse_none(folder: Path) -> None:
    if not folder.is_dir():
        fix = "Chạy dondoc init để tạo, hoặc chỉ thư mục khác bằng --config."
        raise Refused("no-config", f"không có thư mục cấu hình {folder}.", fix)


def stamp(folder: Path) -> tuple[tuple[str, int, int, int, int], ...]:
    """What the system says of every YAML file, without reading one: another stamp, perhaps other texts.

    The change time cannot be set back, as the modification time can by whoever copies files.
    """
    found = []
    for path in _yaml_files(folder):
        try:
            state = os.stat(path)  # noqa: PTH116  # making a Path of it costs as much again
        except OSError:
            found.append((path, 0, 0, 0, 0))
        else:
            found.append((path, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns))
    return tuple(sorted(found))


def _yaml_files(folder: Path) -> Iterator[str]:
    """Every file or folder that bears a YAML file's name; editors' and systems' hidden ones are passed over."""
    seen = 0
    for root, folders, files in os.walk(folder, followlinks=True):
        depth = len(Path(root).relative_to(folder).parts)
        seen += len(folders) + len(files)
        if seen > MAX_ENTRIES:
            fix = "Chỉ đúng thư mục cấu hình bằng --config."
            raise Refused("too-many-files", f"{folder} có quá {MAX_ENTRIES} tệp, không phải thư mục cấu hình.", fix)
        shown = [name for name in (*folders, *files) if not name.startswith(".")]
        folders[:] = [name for name in folders if name in shown and depth < _DEEPEST]
        yield from (f"{root}{os.sep}{name}" for name in shown if name.endswith((".yaml", ".yml")))


def _read(path: Path, name: str) -> str | Problem:
    """A regular file's text. Its size is looked at first: nothing huge is read, and a pipe would never end."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            fix = "thay bằng một tệp YAML"
            return Problem(name, 1, 1, "unreadable", "đây không phải tệp thường.", fix)
        if state.st_size > MAX_BYTES:
            return too_big(name)
        return _decoded(path.read_bytes(), name)
    except OSError as error:
        message = f"không đọc được tệp ({reason(error)})."
        return Problem(name, 1, 1, "unreadable", message, "xem tên tệp và quyền đọc tệp")


def _decoded(content: bytes, name: str) -> str | Problem:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig")) + 1
        return Problem(name, line, column, "encoding", "tệp không phải UTF-8.", "lưu lại tệp dạng UTF-8")
