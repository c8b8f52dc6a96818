"""Deliveries to one mail server over one kept connection."""

from __future__ import annotations

import base64
import ssl
import threading
from time import monotonic

from obligations.channels.message import Answer, Meanwhile, ascii_address, nothing, one_line, verdict
from obligations.channels.references import Redactor
from obligations.channels.smtp_session import Session, Trouble
from obligations.channels.smtp_stream import Deadline, Reply
from obligations.channels.smtp_url import SmtpSettings

IDLE_SECONDS = 60.0  # older connections are reopened: servers and firewalls between forget them


class SmtpClient:
    """Sends messages one after another; reconnects after a drop or a pause. Threads wait for one another."""

    def __init__(self, settings: SmtpSettings, *, total_seconds: float = 60.0) -> None:
        self._settings = settings
        self.total_seconds = total_seconds
        self._redact = Redactor(_spoken(settings))
        self._context: ssl.SSLContext | None = None
        self._session: Session | None = None
        self._used_at = 0.0
        self._lock = threading.Lock()

    def announce(self, to: str) -> None:
        """A message to this address comes next: over a kept connection its envelope goes ahead of it."""
        address = ascii_address(to)
        with self._lock:
            session = self._kept()
            if address is not None and session is not None:
                session.announce(address)

    def deliver(self, to: str, message: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Send these bytes (but for dot stuffing) to one address; `meanwhile` runs while the server takes them."""
        address = ascii_address(to)
        if address is None:
            return Answer("address_bad", "rcpt", one_line(f"“{to}” không phải địa chỉ thư"))
        wire = stuffed(message)
        with self._lock:
            try:
                reply = self._through(address, wire, Deadline(self.total_seconds), meanwhile)
            except Trouble as trouble:
                return Answer(
                    verdict(trouble.stage, trouble.code), trouble.stage, one_line(self._redact(trouble.words))
                )
            finally:
                self._used_at = monotonic()
                self._give_up_broken()
        return Answer("sent", "answer", self._redact(reply.text))

    def close(self) -> None:
        """Say QUIT and hang up."""
        with self._lock:
            self._hang_up()

    def _through(self, address: str, wire: bytes, deadline: Deadline, meanwhile: Meanwhile) -> Reply:
        session = self._kept(address)
        if session is not None:
            try:
                session.refuse_oversize(len(wire))
                session.envelope(address, deadline)
            except Trouble as trouble:
                # A kept connection that the server gives up at MAIL has begun nothing: once more on a new one.
                if not (trouble.gone and trouble.stage == "mail"):
                    raise
                session = None
        if session is None:
            session = self._reopen(deadline)
            session.refuse_oversize(len(wire))
            session.envelope(address, deadline)
        return session.message(wire, deadline, meanwhile)

    def _kept(self, to: str | None = None) -> Session | None:
        """The connection, if the next message, to `to`, can go over it."""
        if self._session is None or monotonic() - self._used_at > IDLE_SECONDS or not self._session.alive(to):
            return None
        return self._session

    def _give_up_broken(self) -> None:
        """At once: a server that waits for a message we will not send must see that we are gone."""
        if self._session is not None and not self._session.usable:
            self._hang_up()

    def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _reopen(self, deadline: Deadline) -> Session:
        self._hang_up()
        if self._context is None and self._settings.mode != "insecure":
            self._context = _tls(verify=self._settings.verify)
        self._session = Session.open(self._settings, self._context, deadline)
        return self._session


def stuffed(message: bytes) -> bytes:
    """The message as it goes over the wire (RFC 5321, 4.5.2): lines that begin with a dot get another, then the end."""
    if b"\r\n." in message:
        message = message.replace(b"\r\n.", b"\r\n..")
    if message.startswith(b"."):
        message = b"." + message
    return message + (b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n")


def _tls(*, verify: bool) -> ssl.SSLContext:
    """The machine's own certificate authorities; SSL_CERT_FILE names an office's own (OpenSSL reads it)."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _spoken(settings: SmtpSettings) -> list[str]:
    """What a server could repeat of a log-in."""
    if not settings.password:
        return []
    plain = f"\0{settings.user}\0{settings.password}".encode()
    return [settings.password, base64.b64encode(plain).decode("ascii")]
