"""What a database that fails says, in words that an office can act on."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from obligations.domain.errors import Refused

_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for what SQLite calls busy (its manual, appendix A)
_Tell = Callable[[], Refused]


def told(error: BaseException) -> Refused | None:
    """What to tell of an error of the database; None for any other, and for one that is the program's own fault."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        tell = _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        return tell() if tell else None
    if getattr(cause, "sqlstate", None) == _LOCK_NOT_AVAILABLE or isinstance(error, PoolTimeout):
        return _busy()
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Refused(
            "database-down", f"mất liên lạc với cơ sở dữ liệu ({said(error)}).", "Chạy lại khi máy chủ trả lời."
        )
    return None


def said(error: BaseException) -> str:
    """A server's own words for why it would not."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    words = re.sub(r"^.*?(?:FATAL|ERROR):\s*", "", lines[0])[:200].rstrip(".") if lines else ""
    return words or "không trả lời"


def _busy() -> Refused:
    fix = "Xem có lệnh dondoc nào đang treo hoặc ai đang mở tệp sổ, rồi thử lại."
    return Refused("database-busy", "sổ bận: chương trình khác giữ quá 30 giây; chưa ghi gì.", fix)


def _full() -> Refused:
    return Refused("disk-full", "đĩa chứa sổ đã đầy; chưa ghi gì.", "Dọn chỗ trống rồi thử lại.")


def _damaged() -> Refused:
    return Refused("database-damaged", "tệp sổ hỏng.", "Khôi phục từ bản sao lưu gần nhất: dondoc restore.")


def _unreadable() -> Refused:
    return Refused("database-disk", "đĩa chứa sổ không đọc, ghi được.", "Xem đĩa và quyền của tệp sổ, rồi thử lại.")


_OF_SQLITE: dict[int, _Tell] = {
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_IOERR: _unreadable,
    sqlite3.SQLITE_CORRUPT: _damaged,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_NOTADB: _damaged,
}
