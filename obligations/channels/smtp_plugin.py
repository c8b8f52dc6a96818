"""Our mail service for Apprise, in place of its own.

Apprise's makes a connection per message, cannot keep a Message-ID, drops links from the text part and breaks the
names of attachments. This one answers to smtp:// and smtps:// and, once registered, to Apprise's mailto:// too.
"""

from __future__ import annotations

from dataclasses import replace
from email.utils import localtime, make_msgid
from typing import Any, ClassVar
from urllib.parse import quote

from obligations.channels import mime
from obligations.channels.apprise_seam import NotifyBase, provider_templates
from obligations.channels.message import Outgoing
from obligations.channels.smtp_client import SmtpClient
from obligations.channels.smtp_url import PORTS, Mode, Provider, SmtpSettings, parse
from obligations.domain.errors import Refused


class NotifySmtp(NotifyBase):
    """A mail server. The office's channels use `freeze` and the `client`; Apprise itself uses `send`."""

    service_name = "SMTP"
    service_url = "https://www.rfc-editor.org/rfc/rfc5321"
    protocol = ("smtp", "mailto")
    secure_protocol = ("smtps", "mailtos")
    request_rate_per_sec = 0  # one connection, one message at a time: the server sets the pace
    body_maxlen = 10_000_000
    title_maxlen = 1000
    notify_format = "text"
    templates = ("{schema}://{host}", "{schema}://{host}:{port}", "{schema}://{user}:{password}@{host}:{port}")
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Host", "type": "string", "required": True},
        "port": {"name": "Port", "type": "int", "min": 1, "max": 65535},
        "user": {"name": "User", "type": "string"},
        "password": {"name": "Password", "type": "string", "private": True},
    }

    def __init__(self, settings: SmtpSettings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.settings = settings
        self.host, self.port = settings.host, settings.port
        self.user, self.password = settings.user, settings.password
        self.client = SmtpClient(settings)
        self._sender = mime.mailbox(settings.sender_name, settings.sender)

    def freeze(self, out: Outgoing) -> bytes:
        """The message as it will leave; the URL's reply= answers for messages that name nobody."""
        if not out.reply_to and self.settings.reply_to:
            out = replace(out, reply_to=self.settings.reply_to)
        return mime.freeze(out, self._sender)

    def send(self, body: str, title: str = "", **_: Any) -> bool:
        """What Apprise itself calls: a plain text to the URL's own targets, else to the sender, dated now."""
        settings = self.settings
        answers = []
        for target in settings.targets or (settings.sender,):
            identity = make_msgid(domain=settings.sender.rpartition("@")[2])
            out = Outgoing(identity, target, "", title, body, None, localtime(), None)
            answers.append(self.client.deliver(target, self.freeze(out)))
        self.client.close()
        for answer in answers:
            self.logger.debug("SMTP %s at %s: %s", answer.outcome, answer.stage, answer.answer)
        return all(answer.outcome == "sent" for answer in answers)

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002 - Apprise's signature
        """The URL again; with `privacy` without the password."""
        settings = self.settings
        login = quote(settings.user, safe="")
        if login and settings.password:
            login += ":" + ("****" if privacy else quote(settings.password, safe=""))
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options = f"from={quote(settings.sender)}&mode={settings.mode}&verify={'yes' if settings.verify else 'no'}"
        targets = "/".join(map(quote, settings.targets))
        return f"smtp://{login}{'@' if login else ''}{host}:{settings.port}/{targets}?{options}"

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Apprise's reading of a URL: the arguments for __init__, None when it is unusable."""
        try:
            settings = parse(url, provider)
        except Refused as refused:
            NotifyBase.logger.warning("%s", refused.message)
            return None
        return {"schema": url.partition("://")[0].lower(), "settings": settings}


def provider(address: str) -> Provider | None:
    """What Apprise knows of the mail provider behind an address (gmail.com, outlook.com, …)."""
    for pattern, known in provider_templates():
        if pattern.match(address) and known.get("smtp_host"):
            mode: Mode = known.get("secure_mode", "starttls")
            by_email = "Email" in known.get("login_type", ("Email",))
            user = address if by_email else address.partition("@")[0]
            return Provider(known["smtp_host"], known.get("port", PORTS[mode]), mode, user)
    return None
