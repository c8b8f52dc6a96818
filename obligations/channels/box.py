"""The box: nothing leaves, each message becomes a file that a mail program opens. For trials and for looking first."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from obligations.channels import mime
from obligations.channels.message import Answer, Meanwhile, Outgoing, ascii_address, nothing, one_line

_SENDER: Final = mime.mailbox("Đôn Đốc (hộp thử)", "dondoc@box.invalid")  # RFC 2606: no such address can ever exist
_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")
_HEADER = re.compile(rb"^(Date|Message-ID): ([^\r\n]+)", re.MULTILINE)


class BoxChannel:
    """Writes e-mail as .eml and chat as .txt into a folder, `<date>_<recipient>_<hash>`."""

    repeats_unknown = True

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder

    def freeze(self, out: Outgoing) -> bytes:
        """An e-mail as it would leave, or a chat message as a readable text under the same few headers."""
        mail = mime.freeze(out, _SENDER)
        if ascii_address(out.to):
            return mail
        kept = dict(_HEADER.findall(mail))
        head = f"Message-ID: {kept[b'Message-ID'].decode()}\nDate: {kept[b'Date'].decode()}\n"
        return f"{head}To: {one_line(out.to)}\nSubject: {one_line(out.subject)}\n\n{out.text}\n".encode(
            "utf-8", "replace"
        )

    def announce(self, to: str) -> None:
        """Nobody is asked."""

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Write the file, whole or not at all; the same message again replaces its own file."""
        path = self._folder / _file_name(to, frozen)
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            scratch.write_bytes(frozen)
            scratch.replace(path)
        except OSError as error:
            with suppress(OSError):
                scratch.unlink()
            return Answer("channel_down", "box", one_line(f"không ghi được vào {self._folder}: {error.strerror}"))
        return Answer("sent", "box", path.name)

    def close(self) -> None:
        """Nothing is kept open."""


def _file_name(to: str, frozen: bytes) -> str:
    """Sorts by date; the message id and the recipient make it one message's own."""
    kept = dict(reversed(_HEADER.findall(frozen)))  # the first of a name counts: the rest is the message's text
    identity = kept.get(b"Message-ID", frozen)
    digest = hashlib.sha256(identity + b"\0" + to.encode("utf-8", "replace")).hexdigest()[:10]
    recipient = _UNSAFE.sub("_", to).lstrip(".")[:80] or "_"
    return f"{_date(kept.get(b'Date', b''))}_{recipient}_{digest}.{'eml' if ascii_address(to) else 'txt'}"


def _date(header: bytes) -> str:
    try:
        return parsedate_to_datetime(header.decode("ascii", "replace")).strftime("%Y%m%dT%H%M%S")
    except ValueError:
        return "00000000T000000"
