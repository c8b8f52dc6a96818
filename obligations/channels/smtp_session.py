"""One SMTP connection (RFC 5321), every refusal and every silence marked with the stage it came at.

MAIL, RCPT and DATA leave together when the server offers PIPELINING (RFC 2920), perhaps before it is known whether
the message itself does; their answers are still read one by one, each for its own stage. Messages are ASCII with short
lines, so no 8BITMIME; SIZE is only compared with, so that a message that is too large is never taken for a fault of
the sender's address.
"""

from __future__ import annotations

import base64
import socket
import ssl
from contextlib import suppress
from time import monotonic
from typing import Final

from obligations.channels.message import Meanwhile, Stage, nothing
from obligations.channels.smtp_stream import Deadline, NoAnswer, Reply, Stream, connect
from obligations.channels.smtp_url import SmtpSettings, is_loopback

_SETTLE_SECONDS: Final = 5.0
_QUIT_SECONDS: Final = 1.0
_AHEAD_SECONDS: Final = 1.0  # three short lines on a connection that has nothing else to carry
_ENVELOPE: Final[tuple[tuple[Stage, int], ...]] = (("mail", 2), ("rcpt", 2), ("data", 3))


class Trouble(Exception):
    """A step that did not go through: refused with `code`, or without a valid answer (`code` None).

    `gone` says that the server had given up the connection, not that it was silent.
    """

    def __init__(self, stage: Stage, words: str, *, code: int | None = None, gone: bool = False) -> None:
        super().__init__(words)
        self.stage = stage
        self.words = words
        self.code = code
        self.gone = gone


class Session:
    """A connection ready for messages. After a Trouble, `usable` says whether it may carry the next one."""

    def __init__(self, stream: Stream, settings: SmtpSettings) -> None:
        self._stream = stream
        self._settings = settings
        self._features: dict[str, str] = {}
        self._mail_from = f"MAIL FROM:<{settings.sender}>\r\n".encode("ascii")
        self._pipelining = False
        self._announced: str | None = None  # whom an envelope is for that left ahead of its message
        self.usable = True

    @classmethod
    def open(cls, settings: SmtpSettings, context: ssl.SSLContext | None, deadline: Deadline) -> Session:
        """Connect, greet, encrypt, log in. Raises Trouble at the stage that fails; never falls back to plain text."""
        try:
            stream = connect(settings.host, settings.port, deadline)
        except NoAnswer as silence:
            raise Trouble("connect", silence.words) from None
        session = cls(stream, settings)
        try:
            session._start(context, deadline)
        except BaseException:
            stream.close()
            raise
        return session

    def alive(self, to: str | None = None) -> bool:
        """Can the next message, to `to`, go over this connection, as far as can be known without a word?"""
        if self._announced is not None:
            return self.usable and self._announced == to  # the server waits for that message, or will
        return self.usable and self._stream.quiet()

    def announce(self, to: str) -> None:
        """Send the envelope of a message that comes next, where the server takes it in one go; nobody waits for it.

        Should the message not come, we hang up, which cancels the transaction (RFC 5321, 4.1.1.10).
        """
        if not self._pipelining:
            return
        with suppress(Trouble):  # which makes the connection unusable: `envelope` is then tried on another
            self._write("mail", b"".join(self._envelope(to)), Deadline(_AHEAD_SECONDS))
            self._announced = to

    def envelope(self, to: str, deadline: Deadline) -> None:
        """MAIL, RCPT, DATA. Afterwards the server waits for the message; a Trouble leaves nothing begun."""
        announced, self._announced = self._announced, None
        commands = self._envelope(to)
        if self._pipelining and announced is None:
            self._write("mail", b"".join(commands), deadline)
        for number, (stage, wanted) in enumerate(_ENVELOPE):
            if not self._pipelining:
                self._write(stage, commands[number], deadline)
            try:
                self._expect(stage, wanted, deadline)
            except Trouble:
                self._settle(2 - number if self._pipelining else 0, deadline)
                raise

    def message(self, wire: bytes, deadline: Deadline, meanwhile: Meanwhile = nothing) -> Reply:
        """Send the message with its final dot; the server's acceptance. A Trouble at `answer`: the dot had left.

        `meanwhile` runs while the server takes it; the clock stands still.
        """
        if not self._stream.quiet():  # hung up while granting DATA: not a byte of the message has left yet
            self.usable = False
            raise Trouble("body", "máy chủ ngắt kết nối trước khi nhận thư", gone=True)
        self._write("body", wire, deadline)
        begun = monotonic()
        meanwhile()
        deadline.put_off(monotonic() - begun)
        return self._expect("answer", 2, deadline)

    def refuse_oversize(self, size: int) -> None:
        """Raises Trouble when the server has said that it takes no message of so many bytes."""
        limit = self._features.get("SIZE", "")
        if limit.isdigit() and 0 < int(limit) < size:
            raise Trouble("data", f"thư dài {size} byte, máy chủ chỉ nhận đến {limit} byte (SIZE {limit})", code=552)

    def close(self) -> None:
        """Take leave if the server still listens; hang up in any case."""
        try:
            if self.usable and self._announced is None:
                deadline = Deadline(_QUIT_SECONDS)
                self._stream.write(b"QUIT\r\n", deadline)
                self._stream.reply(deadline)
        except NoAnswer:
            pass
        finally:
            self.usable = False
            self._stream.close()

    # ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────
    def _start(self, context: ssl.SSLContext | None, deadline: Deadline) -> None:
        if self._settings.mode == "ssl":
            self._encrypt("connect", context, deadline)
        self._expect("connect", 2, deadline)
        self._ehlo(deadline)
        if self._settings.mode == "starttls":
            if "STARTTLS" not in self._features:
                raise Trouble("starttls", "máy chủ không có STARTTLS; không gửi qua kết nối không mã hoá")
            self._command("starttls", b"STARTTLS\r\n", 2, deadline)
            self._encrypt("starttls", context, deadline)
            self._ehlo(deadline)  # what was said before encryption counts for nothing
        if self._settings.password:
            self._log_in(deadline)
        self._pipelining = "PIPELINING" in self._features

    def _encrypt(self, stage: Stage, context: ssl.SSLContext | None, deadline: Deadline) -> None:
        if context is None:
            raise Trouble(stage, "chưa chuẩn bị mã hoá")
        try:
            self._stream.encrypt(context, self._settings.host, deadline)
        except NoAnswer as silence:
            raise Trouble(stage, silence.words) from None

    def _ehlo(self, deadline: Deadline) -> None:
        reply = self._command("ehlo", f"EHLO {self._own_name()}\r\n".encode("ascii"), 2, deadline)
        self._features = {}
        for line in reply.lines[1:]:
            word, _, rest = line[4:].decode("ascii", "replace").upper().replace("AUTH=", "AUTH ").partition(" ")
            self._features[word] = f"{self._features.get(word, '')} {rest}".strip()

    def _own_name(self) -> str:
        """This machine's full name if it knows one, else its address (RFC 5321, 4.1.3). Asks no name server."""
        name = socket.gethostname()
        if "." in name and name.isascii():
            return name
        here = self._stream.here
        return f"[IPv6:{here}]" if ":" in here else f"[{here}]"

    def _log_in(self, deadline: Deadline) -> None:
        if not self._stream.encrypted and not is_loopback(self._stream.peer):
            raise Trouble("auth", "không gửi mật khẩu qua kết nối không mã hoá")
        user, password = self._settings.user, self._settings.password
        offered = self._features.get("AUTH", "").split()
        if "PLAIN" in offered:
            self._command("auth", b"AUTH PLAIN " + _base64(f"\0{user}\0{password}") + b"\r\n", 2, deadline)
        elif "LOGIN" in offered:
            self._command("auth", b"AUTH LOGIN\r\n", 3, deadline)
            self._command("auth", _base64(user) + b"\r\n", 3, deadline)
            self._command("auth", _base64(password) + b"\r\n", 2, deadline)
        else:
            raise Trouble("auth", "máy chủ không nhận đăng nhập kiểu PLAIN hay LOGIN")

    # ── a command and its answer ─────────────────────────────────────────────────────────────────────────────────
    def _envelope(self, to: str) -> tuple[bytes, bytes, bytes]:
        return self._mail_from, f"RCPT TO:<{to}>\r\n".encode("ascii"), b"DATA\r\n"

    def _command(self, stage: Stage, line: bytes, wanted: int, deadline: Deadline) -> Reply:
        self._write(stage, line, deadline)
        return self._expect(stage, wanted, deadline)

    def _write(self, stage: Stage, data: bytes, deadline: Deadline) -> None:
        try:
            self._stream.write(data, deadline)
        except NoAnswer as silence:
            self.usable = False
            raise Trouble(stage, silence.words, gone=not silence.timed_out) from None

    def _expect(self, stage: Stage, wanted: int, deadline: Deadline) -> Reply:
        """The next reply, if its first digit is `wanted`; else Trouble."""
        try:
            reply = self._stream.reply(deadline)
        except NoAnswer as silence:
            self.usable = False
            raise Trouble(stage, silence.words, gone=not silence.timed_out) from None
        if reply.code // 100 == wanted:
            return reply
        if reply.code < 400:  # an answer to something else: nothing more can be told from this connection
            self.usable = False
            raise Trouble(stage, reply.text)
        if reply.code == 421:  # "closing the channel", whatever was asked
            self.usable = False
        raise Trouble(stage, reply.text, code=reply.code, gone=reply.code == 421)

    def _settle(self, outstanding: int, deadline: Deadline) -> None:
        """After a refusal: read what was already asked, then clear the transaction, or give up the connection.

        A server that grants DATA although it refused the recipient would wait for a message: hang up instead.
        """
        try:
            deadline = Deadline(min(_SETTLE_SECONDS, deadline.left()))
            for _ in range(outstanding if self.usable else 0):
                self.usable = self.usable and self._stream.reply(deadline).code >= 400
            if self.usable:
                self._stream.write(b"RSET\r\n", deadline)
                self.usable = self._stream.reply(deadline).code == 250
        except NoAnswer:
            self.usable = False


def _base64(text: str) -> bytes:
    return base64.b64encode(text.encode("utf-8"))
