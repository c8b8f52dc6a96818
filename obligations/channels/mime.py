"""Messages as bytes (RFC 5322, 2045-2047, 2231), built by joining them.

The standard library's EmailMessage parses every header it is given, which is most of what building a message costs.
These messages are all of one kind, so their few headers are written directly. Everything is ASCII with short
lines: any server takes it as it is, without 8BITMIME or SMTPUTF8.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from binascii import b2a_base64, b2a_qp
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from obligations.channels.message import Outgoing, ascii_address
from obligations.domain.errors import Refused

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
_FILE_NAME = re.compile(r"[ !#-\[\]-~]+")  # what may stand in a quoted string without escapes
_OFFICE = {  # not in every machine's table of types
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PLAIN_LENGTH = 60  # characters of a header value that fit one line whatever its name
_WORD_BYTES = 36  # octets per encoded word: 60 characters, so that a line with its header's name stays within 76


def freeze(out: Outgoing, sender: str) -> bytes:
    """The whole message, CRLF line ends, ready for the wire but for dot stuffing. `sender` is a `mailbox()`.

    Raises Refused for an attachment that cannot be read; ValueError for a malformed message id or a naive date.
    """
    if not _MESSAGE_ID.fullmatch(out.message_id):
        raise ValueError(f"not a message id: {out.message_id!r}")
    if out.date.tzinfo is None:
        raise ValueError("a message's date needs its time zone")
    head = [
        f"Date: {_date(out.date, out.date.utcoffset())}",
        f"From: {sender}",
        f"To: {mailbox(out.to_name, out.to)}",
        f"Subject: {unstructured(out.subject)}",
        f"Message-ID: {out.message_id}",
        "Auto-Submitted: auto-generated",  # RFC 3834: no out-of-office reply comes back
        "MIME-Version: 1.0",
    ]
    if out.reply_to:
        head.insert(3, f"Reply-To: {mailbox('', out.reply_to)}")
    return "\r\n".join(head).encode("ascii") + b"\r\n" + _content(out)


@lru_cache(maxsize=1)  # all letters of a delivery are of one instant
def _date(instant: datetime, _: timedelta | None) -> str:
    """RFC 5322; the same instant of another offset is another text."""
    return format_datetime(instant)


def unstructured(text: str) -> str:
    """A free text as a header value: as it is when short ASCII, else RFC 2047 encoded words, folded.

    Control characters become spaces, so no value can end its header and begin another.
    """
    text = _CONTROL.sub(" ", text)
    if text.isascii() and len(text) <= _PLAIN_LENGTH and "=?" not in text and text == text.strip():
        return text
    return "\r\n ".join(_encoded_words(text.encode("utf-8", "replace")))


def mailbox(name: str, address: str) -> str:
    """`name <address>` for From, To and Reply-To; an unusable address gives the empty group (sending refuses it)."""
    plain = ascii_address(address)
    if plain is None:
        return "undisclosed-recipients:;"
    name = _CONTROL.sub(" ", name).strip()
    if not name:
        return plain
    if name.isascii() and len(name) <= _PLAIN_LENGTH and "=?" not in name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{plain}>'
    return "\r\n ".join([*_encoded_words(name.encode("utf-8", "replace")), f"<{plain}>"])


def _encoded_words(data: bytes) -> list[str]:
    """RFC 2047: every word decodes by itself, so a character is never cut in two."""
    words = []
    start = 0
    while start < len(data):
        end = min(start + _WORD_BYTES, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # within a UTF-8 sequence
            end -= 1
        words.append(f"=?utf-8?b?{b2a_base64(data[start:end], newline=False).decode('ascii')}?=")
        start = end
    return words or [""]


def _content(out: Outgoing) -> bytes:
    """The Content-* headers, the empty line and the body."""
    text = _text("plain", out.text)
    # Encoded bodies never contain "=_", so the boundary cannot occur in them (RFC 2045, 6.7).
    boundary = b"=_" + hashlib.sha256(out.message_id.encode("ascii")).hexdigest()[:24].encode("ascii")
    if out.html is not None:
        text = _multipart(b"alternative", boundary + b"a", [text, _text("html", out.html)])
    if not out.attachments:
        return text
    return _multipart(b"mixed", boundary + b"m", [text, *(_attachment(path) for path in out.attachments)])


def _multipart(kind: bytes, boundary: bytes, parts: list[bytes]) -> bytes:
    head = b"Content-Type: multipart/" + kind + b';\r\n boundary="' + boundary + b'"\r\n\r\n'
    line = b"--" + boundary
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _text(kind: str, text: str) -> bytes:
    """One text part. Vietnamese goes as base64, ASCII as quoted-printable, which spam filters rather see."""
    data = text.encode("utf-8", "replace")  # first: replacing in bytes costs half of what it does in str
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = data.removesuffix(b"\n").replace(b"\n", b"\r\n") + b"\r\n"
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: "
    if data.isascii():
        return head.encode("ascii") + b"quoted-printable\r\n\r\n" + b2a_qp(data)
    return head.encode("ascii") + b"base64\r\n\r\n" + _base64(data)


def _attachment(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"Không đọc được tệp kèm theo “{path.name}” ({error.strerror})"
        raise Refused("attachment", message, "kiểm tra tệp còn ở chỗ cũ và đọc được") from error
    kind = _OFFICE.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {_file_name(path.name)}\r\n\r\n"
    )
    return head.encode("ascii") + _base64(data)


def _file_name(name: str) -> str:
    """RFC 2231. A name has at most 255 octets on any file system, so it fits one line of 998 even encoded."""
    if _FILE_NAME.fullmatch(name):
        return f'filename="{name}"'
    return f"filename*=utf-8''{quote(name.encode('utf-8', 'replace'), safe='')}"


def _base64(data: bytes) -> bytes:
    encoded = b2a_base64(data, newline=False)
    return b"\r\n".join([encoded[start : start + 76] for start in range(0, len(encoded), 76)]) + b"\r\n"
