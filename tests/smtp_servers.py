"""Mail servers on loopback: one that follows a script of misbehaviour, and certificates for real ones."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Talk:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._file = sock.makefile("rb")

    def line(self) -> bytes:
        return self._file.readline()

    def say(self, text: str) -> None:
        self.sock.sendall(text.encode() + b"\r\n")

    def reset(self) -> None:
        """Drop the connection with a RST instead of a FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self._file.close()
        self.sock.close()

    def keep_silent(self) -> None:
        """Say nothing for as long as the client waits."""
        while self.sock.recv(4096):
            pass

    def drip(self, text: str, *, every: float) -> None:
        """One byte at a time, each in time for a per-read limit."""
        for byte in text.encode():
            self.sock.sendall(bytes([byte]))
            time.sleep(every)


Reply = str | Callable[[Talk], None]
USUAL: dict[str, Reply] = {
    "connect": "220 ready",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go ahead",
    ".": "250 2.0.0 queued as 42",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


class ScriptedServer:
    """Answers as usual but where `answers` says otherwise: a reply, a deed (which ends the talk), or several in turn.

    `commands` and `messages` (dots unstuffed) are what it got, over `connections` connections.
    """

    def __init__(
        self, answers: Mapping[str, Reply | Sequence[Reply]] | None = None, features: Sequence[str] = ()
    ) -> None:
        self._answers = {**USUAL, "EHLO": "\r\n".join(_multiline(["scripted", *features])), **(answers or {})}
        self._counts: dict[str, int] = {}
        self.commands: list[str] = []
        self.messages: list[bytes] = []
        self.connections = 0
        self._open: list[Talk] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept, which would take one more
        self._listener.close()
        for talk in self._open:
            talk.close()

    def verbs(self) -> list[str]:
        return [command.partition(" ")[0] for command in self.commands]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                self._open.append(Talk(sock))
                threading.Thread(target=self._serve, args=(self._open[-1],), daemon=True).start()

    def _serve(self, talk: Talk) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._answer("connect", talk):
                while (line := talk.line()) and self._command(line.decode().strip(), talk):
                    pass
            talk.close()

    def _command(self, line: str, talk: Talk) -> bool:
        self.commands.append(line)
        verb = line.partition(" ")[0]
        going = self._answer(verb, talk)
        if verb == "DATA" and going and self._last_reply.startswith("354"):
            return self._message(talk) and self._answer(".", talk)
        return going and verb != "QUIT"

    def _message(self, talk: Talk) -> bool:
        lines = []
        while (line := talk.line()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if line:  # whole, not cut off
            self.messages.append(b"".join(lines))
        return bool(line)

    def _answer(self, key: str, talk: Talk) -> bool:
        reply = self._answers.get(key, "502 not known here")
        if not isinstance(reply, str) and isinstance(reply, Sequence):
            number = self._counts.get(key, 0)
            self._counts[key] = number + 1
            reply = reply[min(number, len(reply) - 1)]
        if not isinstance(reply, str):
            reply(talk)
            return False
        self._last_reply = reply
        talk.say(reply)
        return not reply.startswith("421")


def _multiline(words: Sequence[str]) -> list[str]:
    return [f"250{' ' if number == len(words) else '-'}{word}" for number, word in enumerate(words, 1)]


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """(certificate, key) as PEM files: self-made, for the host `name`, good for an hour either way."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    try:
        alternative: x509.GeneralName = x509.IPAddress(ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, key_pem = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key_pem.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return pem, key_pem
