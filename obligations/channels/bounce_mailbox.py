"""The mailbox that bounces come back to: imaps://, imap:// or a Maildir on this machine. It is only read.

Which mail was looked at is kept by the caller as a mark, not as a flag in the mailbox: people read there too, and
what they have opened must not be lost to us, nor ours to them.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from obligations.channels.bounces import LONGEST, Bounce, read_bounce
from obligations.channels.message import one_line
from obligations.channels.references import REFERENCE, Redactor, expand
from obligations.channels.smtp_url import is_loopback
from obligations.domain.errors import Refused

_STEP_SECONDS: Final = 30.0  # for each answer of an IMAP server
_LATE_SECONDS: Final = 3600  # a Maildir's file may become visible so long after the date it bears
_URL: Final = re.compile(r"(imaps?)://([^/:]+):([^/@]+)@([\w.-]+)(?::(\d{1,5}))?(?:/([\w. /-]*))?", re.ASCII)
_PASSWORD: Final = re.compile(r"[^:]+://[^/:]+:([^/@]+)@")
_EXAMPLE: Final = "imaps://van-thu@co-quan.example:${MAT_KHAU_THU}@thu.co-quan.example/INBOX"


@dataclass(frozen=True)
class Post:
    """The bounces found, and the mark to give as `since` the next time."""

    bounces: tuple[Bounce, ...]
    until: str


@dataclass(frozen=True)
class _Imap:
    """A checked IMAP address."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    encrypted: bool  # from the first byte; else by STARTTLS, but for this very machine


def read_mailbox(url: str, environ: Mapping[str, str], since: str = "") -> Post:
    """All bounces that arrived after the mark `since` (empty: ever); a few may come again, so act on each only once.

    Raises Refused when the address is unusable or the mailbox cannot be read; its text holds no secret.
    """
    expanded = expand(url, environ)
    redact = Redactor(expanded.secrets)
    try:
        if expanded.url.startswith("maildir://"):
            return _read_maildir(Path(unquote(expanded.url.removeprefix("maildir://"))), since)
        return _read_imap(_imap(url, expanded.url), since)
    except (OSError, OverflowError, imaplib.IMAP4.error) as error:
        said = error.args[0] if error.args else ""
        words = redact(one_line(said if isinstance(said, bytes) else str(error)))
        raise Refused("mailbox", f"Không đọc được hộp thư báo lỗi: {words}", "kiểm tra địa chỉ và mật khẩu") from None


def _read_maildir(folder: Path, since: str) -> Post:
    """The mark is the date of the newest file, in whole seconds."""
    if not (folder / "new").is_dir():
        fix = "viết maildir:///đường-dẫn tới thư mục có new, cur và tmp"
        raise Refused("mailbox", f"“{folder}” không phải hộp thư Maildir", fix)
    newest = int(since) if since.isdigit() else 0
    oldest = newest - _LATE_SECONDS
    bounces = []
    for path in sorted([*(folder / "new").iterdir(), *(folder / "cur").iterdir()]):
        with suppress(FileNotFoundError):  # someone moved it meanwhile: the next reading finds it
            arrived = int(path.stat().st_mtime)
            if arrived < oldest:
                continue
            newest = max(newest, arrived)
            with path.open("rb") as file:
                bounces.append(read_bounce(file.read(LONGEST)))
    return Post(tuple(filter(None, bounces)), str(newest))


def _read_imap(address: _Imap, since: str) -> Post:
    """The mark is UIDVALIDITY and the last UID looked at (RFC 3501, 2.3.1.1); a renumbered folder is read anew."""
    server = _log_in(address)
    try:
        _ask(server.select(f'"{address.folder}"', readonly=True))
        validity = (server.response("UIDVALIDITY")[1][0] or b"0").decode("ascii")
        known, _, last = since.partition(".")
        first = int(last) + 1 if known == validity and last.isdigit() else 1
        numbers = _search(server, first)
        bounces = tuple(filter(None, (read_bounce(raw) for raw in _fetch(server, numbers))))
        return Post(bounces, f"{validity}.{max([first - 1, *numbers])}")
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _log_in(address: _Imap) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if address.encrypted:
        server = imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=_STEP_SECONDS)
    else:
        server = imaplib.IMAP4(address.host, address.port, timeout=_STEP_SECONDS)
        if not is_loopback(address.host):
            server.starttls(context)
    if "AUTH=PLAIN" in server.capabilities:
        plain = f"\0{address.user}\0{address.password}".encode()
        server.authenticate("PLAIN", lambda _challenge: plain)
    elif f"{address.user}{address.password}".isascii():
        server.login(address.user, address.password)
    else:
        fix = "đặt tên và mật khẩu không dấu"
        raise Refused("mailbox", "Máy chủ hộp thư báo lỗi không nhận tên, mật khẩu có dấu", fix)
    return server


def _search(server: imaplib.IMAP4, first: int) -> list[int]:
    """The UIDs from `first` on of what calls itself a report. `n:*` also gives the last mail when n lies beyond it."""
    found = _ask(server.uid("SEARCH", f"UID {first}:*", 'HEADER Content-Type "multipart/report"'))
    numbers = (int(number) for line in found if isinstance(line, bytes) for number in line.split())
    return sorted(number for number in numbers if number >= first)


def _fetch(server: imaplib.IMAP4, numbers: list[int]) -> Iterator[bytes]:
    """The beginning of each mail, left unseen."""
    for number in numbers:
        for piece in _ask(server.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LONGEST}>)")):
            if isinstance(piece, tuple):
                yield piece[1]


def _ask(answer: tuple[str, list[Any]]) -> list[Any]:
    """The data of an IMAP answer; a NO is an error like any other."""
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(data[0])
    return data


def _imap(written: str, url: str) -> _Imap:
    match, password = _URL.fullmatch(url), _PASSWORD.match(written)
    if match is None or password is None:
        raise Refused("mailbox", "Địa chỉ hộp thư báo lỗi không đúng dạng", f"viết như {_EXAMPLE}")
    if not REFERENCE.fullmatch(password.group(1)):
        fix = "viết tham chiếu ${TEN_BIEN} thay cho mật khẩu và đặt giá trị trong biến môi trường đó"
        raise Refused("mailbox", "Mật khẩu đang nằm ngay trong địa chỉ hộp thư báo lỗi", fix)
    scheme, user, secret, host, port, folder = match.groups(default="")
    return _Imap(
        host=host,
        port=int(port) if port else (993 if scheme == "imaps" else 143),
        user=unquote(user),
        password=unquote(secret),
        folder=folder or "INBOX",
        encrypted=scheme == "imaps",
    )
