"""A connection that speaks in SMTP's lines and never outlives its deadline."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from obligations.channels.message import one_line

_CHUNK = 4096
_LONGEST_LINE = 8192  # RFC 5321 allows 512; servers write more
_MOST_LINES = 100
_Address = tuple[int, int, int, str, Any]  # as getaddrinfo gives it: family, kind, protocol, name, where
_ACKNOWLEDGE = getattr(socket, "TCP_QUICKACK", None)  # Linux


class NoAnswer(Exception):
    """The other side hung up, kept silent or said what is no SMTP reply; `timed_out` tells the second case."""

    def __init__(self, words: str, *, timed_out: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.timed_out = timed_out


class Deadline:
    """A point in monotonic time that all steps of one send share: a slow drip cannot stretch it."""

    __slots__ = ("_at", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at = monotonic() + seconds

    def put_off(self, seconds: float) -> None:
        """What we did ourselves in between does not count."""
        self._at += seconds

    def left(self) -> float:
        """Seconds left, above zero. Raises NoAnswer once there are none."""
        left = self._at - monotonic()
        if left <= 0:
            raise NoAnswer(f"quá {self.seconds:g} giây chưa xong", timed_out=True)
        return left


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply: its three-digit code and its lines as they came."""

    code: int
    lines: tuple[bytes, ...]

    @property
    def text(self) -> str:
        """All lines in one, word for word."""
        return one_line(b" ".join(self.lines))


class Stream:
    """Writes commands, reads replies. Every fault of the connection is a NoAnswer."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = b""
        self.peer = str(sock.getpeername()[0])  # the IP addresses of the other side and of this one
        self.here = str(sock.getsockname()[0])

    @property
    def encrypted(self) -> bool:
        """Is this TLS?"""
        return isinstance(self._sock, ssl.SSLSocket)

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Hand over all of `data`. A NoAnswer means that its last byte did not leave."""
        try:
            self._sock.settimeout(deadline.left())
            self._sock.sendall(data)
        except OSError as error:
            raise _fault(error, deadline) from None

    def reply(self, deadline: Deadline) -> Reply:
        """Read one reply, of one line or several."""
        lines = [self._line(deadline)]
        while lines[-1][3:4] == b"-":
            if len(lines) == _MOST_LINES:
                raise NoAnswer("câu trả lời dài bất thường")
            lines.append(self._line(deadline))
        code = lines[-1][:3]
        if not (code.isdigit() and b"200" <= code <= b"599" and lines[-1][3:4] in (b" ", b"")):
            raise NoAnswer(f"không phải SMTP: {one_line(lines[-1])}")
        return Reply(int(code), tuple(lines))

    def quiet(self) -> bool:
        """Is the other side still there, with nothing said that was not asked?"""
        if self._buffer:
            return False
        try:
            self._sock.settimeout(0)
            self._buffer = self._sock.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def encrypt(self, context: ssl.SSLContext, host: str, deadline: Deadline) -> None:
        """Go over to TLS. What came before it unasked could be forged: it ends the connection."""
        if self._buffer:
            raise NoAnswer("máy chủ gửi thêm lệnh trước khi mã hoá")
        try:
            self._sock.settimeout(deadline.left())
            self._sock = context.wrap_socket(self._sock, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise NoAnswer(f"chứng thư của máy chủ không được tin: {error.verify_message}") from None
        except ValueError:
            raise NoAnswer(f"tên máy chủ {host} không dùng được cho chứng thư") from None
        except OSError as error:
            raise _fault(error, deadline) from None

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _line(self, deadline: Deadline) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise NoAnswer(f"không phải SMTP: {one_line(self._buffer)}")
            self._buffer += self._more(deadline)
        line, self._buffer = self._buffer[:end], self._buffer[end + 1 :]
        return line.rstrip(b"\r")

    def _more(self, deadline: Deadline) -> bytes:
        try:
            self._sock.settimeout(deadline.left())
            if _ACKNOWLEDGE is not None:  # else a server that writes its replies singly waits 40 ms between them
                self._sock.setsockopt(socket.IPPROTO_TCP, _ACKNOWLEDGE, 1)
            more = self._sock.recv(_CHUNK)
        except OSError as error:
            raise _fault(error, deadline) from None
        if not more:
            raise NoAnswer("máy chủ ngắt kết nối")
        return more


def connect(host: str, port: int, deadline: Deadline) -> Stream:
    """Try the host's addresses in turn, each for its share of the time left. Raises NoAnswer when none accepts."""
    found = _look_up(host, port, deadline)
    fault = NoAnswer("không có địa chỉ IP")
    for number, one in enumerate(found):
        try:
            return _dial(one, deadline.left() / (len(found) - number))
        except OSError as error:
            fault = _fault(error, deadline)
    raise NoAnswer(f"không kết nối được {host}:{port}: {fault.words}", timed_out=fault.timed_out)


def _dial(one: _Address, seconds: float) -> Stream:
    """Connect to one address. Raises OSError, also where this machine does not speak its family (IPv6)."""
    family, kind, protocol, _, where = one
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(seconds)
        sock.connect(where)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Stream(sock)
    except OSError:
        sock.close()
        raise


def _look_up(host: str, port: int, deadline: Deadline) -> list[_Address]:
    """The host's addresses, at least one. getaddrinfo knows no time limit: it runs beside, and is left to itself."""
    found: list[_Address] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    asking = threading.Thread(target=ask, name="dondoc-look-up", daemon=True)
    asking.start()
    asking.join(deadline.left())
    if asking.is_alive():
        raise NoAnswer(f"quá {deadline.seconds:g} giây chưa tìm được máy chủ {host}", timed_out=True)
    if not found:
        raise NoAnswer(f"không tìm thấy máy chủ {host}")
    return found


def _fault(error: OSError, deadline: Deadline) -> NoAnswer:
    if isinstance(error, TimeoutError):
        return NoAnswer(f"quá {deadline.seconds:g} giây không trả lời", timed_out=True)
    return NoAnswer(error.strerror or type(error).__name__)
