"""Reading an office's box: who got what, in which words."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from obligations.cases.sending.delivery import deliver
from tests.offices import Office, at


class Read(NamedTuple):
    """One mail of the box; an alert has no HTML."""

    to: str
    subject: str
    text: str
    html: str
    mail: EmailMessage


def mails(office: Office) -> list[Read]:
    """Every mail of the box, oldest first."""
    return [_read(path.read_bytes()) for path in sorted((office.home / "box").glob("*.eml"))]


def on(office: Office, moment: str, *, to: str = "") -> list[Read]:
    """Deliver at a local moment; the mails that it puts into the box, for one address when named."""
    before = {one.mail["Message-ID"] for one in mails(office)} if (office.home / "box").exists() else set()
    deliver(office.app, at(moment), engine_id="test")
    new = [one for one in mails(office) if one.mail["Message-ID"] not in before]
    return [one for one in new if not to or one.to == to]


def one(office: Office, moment: str, *, to: str) -> Read:
    """Deliver at a local moment; the one mail that this address gets."""
    got = on(office, moment, to=to)
    assert len(got) == 1, [read.subject for read in got]
    return got[0]


def _read(data: bytes) -> Read:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    to = mail["To"].addresses[0].addr_spec
    return Read(to, mail["Subject"], text.get_content().replace("\r\n", "\n"), html.get_content() if html else "", mail)
