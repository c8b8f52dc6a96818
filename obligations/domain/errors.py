"""What can be refused, said once and usefully."""

from __future__ import annotations

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
