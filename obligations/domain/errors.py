"""What can be refused, said once and usefully."""

from __future__ import annotations

import errno
from dataclasses import dataclass


class Refused(Exception):
    """Something a person asked for cannot be done as asked.

    `message` says what is wrong, `fix` what to do about it (both Vietnamese, for the person at the keyboard),
    `code` is stable and meant for programs. Trying again unchanged never helps.
    """

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message} {self.fix}".strip()


def reason(error: OSError) -> str:
    """Why the machine would not, in words: files and folders fail in few ways that an office can mend."""
    return _REASONS.get(error.errno or 0, f"lỗi {error.errno}")


_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có nơi đó",
    errno.ENOTDIR: "một phần đường dẫn không phải thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.EEXIST: "đã có một tệp cùng tên",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đầy",
    errno.ENAMETOOLONG: "tên quá dài",
}


class GrammarError(Refused):
    """A deadline or policy that the grammar does not allow; `path` leads to the offending key below the mapping."""

    def __init__(self, code: str, message: str, fix: str = "", *, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(code, message, fix)
        self.path = path


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a configuration file: where, what, and what to write instead. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}" + (f" → {self.fix}" if self.fix else "")
