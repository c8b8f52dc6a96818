"""The applied versions: who applied what and when, and which lines of which file each changed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from obligations.cases.app import App
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import ConfigVersion

PAGE = 20
CONTEXT = 2  # unchanged lines shown round a changed one
MAX_LINES = 20_000  # longer files are only said to differ: comparing them line by line takes minutes


@dataclass(frozen=True)
class FileChange:
    """A file that differs: `lines` are (`+`, `-`, ` ` or `@`, text), as `diff -u` has them."""

    name: str
    kind: str  # added, removed, changed
    lines: list[tuple[str, str]]

    @property
    def added(self) -> int:
        return sum(sign == "+" for sign, _ in self.lines)

    @property
    def removed(self) -> int:
        return sum(sign == "-" for sign, _ in self.lines)


@dataclass(frozen=True)
class Version:
    """One applied configuration; `files` are the names of those that it changed."""

    number: int
    applied_at: datetime
    by: str
    files: tuple[str, ...]


def versions(app: App, page: int = 1) -> tuple[list[Version], int]:
    """A page of the versions, newest first, and how many versions there are."""
    query = select(ConfigVersion).order_by(col(ConfigVersion.id).desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    with reading(app.engine) as session:
        rows = [*session.exec(query)]
        count = session.exec(select(func.count(col(ConfigVersion.id)))).one()
    before = [*(row.texts for row in rows[1:]), {}]
    found = [
        Version(row.id or 0, row.applied_at, row.by, _changed(older, row.texts))
        for row, older in zip(rows, before, strict=False)  # a page past the last one has no row
    ]
    return found[:PAGE], count


def version(app: App, number: int) -> tuple[Version, list[FileChange]]:
    """One version and what it changed against the one before. Refused where there is none of that number."""
    number_of = col(ConfigVersion.id)
    query = select(ConfigVersion).where(number_of <= number).order_by(number_of.desc()).limit(2)
    with reading(app.engine) as session:
        rows = [*session.exec(query)]
    if not rows or rows[0].id != number:
        raise Refused("no-version", f"không có phiên bản cấu hình {number}.", "Xem danh sách phiên bản.")
    older = rows[1].texts if len(rows) > 1 else {}
    shown = Version(number, rows[0].applied_at, rows[0].by, _changed(older, rows[0].texts))
    return shown, changes(older, rows[0].texts)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """The files whose texts differ, with their lines."""
    return [_change(name, before.get(name), after.get(name)) for name in _changed(before, after)]


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def _change(name: str, before: str | None, after: str | None) -> FileChange:
    kind = "added" if before is None else "removed" if after is None else "changed"
    return FileChange(name, kind, lines(before or "", after or ""))


def lines(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ, with a few round them."""
    older, newer = before.splitlines(), after.splitlines()
    if max(len(older), len(newer)) > MAX_LINES:
        return []
    found = difflib.unified_diff(older, newer, lineterm="", n=CONTEXT)
    return [(line[:1], line[1:] if line[:1] != "@" else "") for line in [*found][2:]]
