"""The last door of every process: what broke inside goes into a log that an admin finds, never before a user."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from obligations.cases.clock import utc_now
from obligations.cases.settings import Settings
from obligations.domain.errors import Refused

LOG = "loi.log"
BROKEN = "broken"  # the code of what is the program's own fault


def refusal(error: BaseException, home: Path | None = None) -> Refused:
    """What to tell of an error: a ledger that is locked, full or damaged in words, any other as `keep` says it."""
    from obligations.store.failing import told  # noqa: PLC0415  # many commands never open a database

    return told(error) or Refused(BROKEN, keep(error, home))


def keep(error: BaseException, home: Path | None = None) -> str:
    """Write the traceback to loi.log in `home` (DONDOC_HOME); one sentence: what kind of error, where it is kept."""
    return f"Lỗi bên trong chương trình: {type(error).__name__}. Chi tiết: {_written(error, home)}"


def note(words: str, home: Path | None = None) -> None:
    """Write a sentence to loi.log: what should have been told and reached nobody."""
    _append([f"{words}\n"], home)


def _written(error: BaseException, home: Path | None) -> str:
    return _append(traceback.format_exception(error), home)


def _append(lines: Iterable[str], home: Path | None) -> str:
    """The file that now holds these lines, under the hour and the command."""
    file = (home or Settings.from_environment().home) / LOG
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(private, "a", encoding="utf-8") as log:
            log.write(f"--- {utc_now().isoformat()} {Path(sys.argv[0]).name} {sys.argv[1:2]}\n")
            log.writelines(lines)
    except OSError:
        return "không ghi được nhật ký lỗi"
    return str(file)
