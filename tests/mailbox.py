"""A real SMTP server on loopback that keeps what it received."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port

MEET_WITHIN_SECONDS = 40


class Pipelining:
    """Takes commands together (RFC 2920), as most servers do; aiosmtpd can and does not say so."""

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


class Mailbox(Pipelining):
    """What a mail server received, with the recipient of each; `channels` is the channels.yaml that leads here.

    Each message takes the server `seconds` to answer; `begun` counts them before that. None is answered before so many
    are under way `together`: that many clients send at once, or fail. `held_from`: the message of that number and all
    after it wait for their answer until it is None again.
    """

    def __init__(self, port: int, seconds: float = 0, together: int = 1) -> None:
        self._seconds = seconds
        self._together = together
        self._met = asyncio.Event()
        self.begun = 0
        self.held_from: int | None = None
        self.received: list[tuple[str, EmailMessage]] = []
        self.channels = f"email: smtp://127.0.0.1:{port}/?from=nhac@so-mau.example\n"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.begun += 1
        number = self.begun
        if self.begun == self._together:  # until then each of them waits
            self._met.set()
        await asyncio.wait_for(self._met.wait(), MEET_WITHIN_SECONDS)
        await asyncio.sleep(self._seconds)
        while self.held_from is not None and number >= self.held_from:
            await asyncio.sleep(0.05)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((envelope.rcpt_tos[0], message))
        return f"250 2.0.0 nhan thu {len(self.received)}"


@contextmanager
def mail_server(seconds: float = 0, port: int | None = None, together: int = 1) -> Iterator[Mailbox]:
    """A running server and its mailbox."""
    port = port or free_port()
    box = Mailbox(port, seconds, together)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
