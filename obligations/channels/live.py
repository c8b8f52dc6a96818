"""Channels that really send: Apprise and our mail service behind it. Imported only when one is opened or checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from obligations.channels import apprise_door, smtp_url
from obligations.channels.apprise_seam import NotifyBase
from obligations.channels.message import Answer, Channel, Meanwhile, Outgoing, nothing
from obligations.channels.notify_channel import RECIPIENT, Limits, NotifyChannel
from obligations.channels.references import REFERENCE, Expanded, Redactor, expand
from obligations.channels.smtp_plugin import NotifySmtp, provider
from obligations.channels.zalo_bot import NotifyZaloBot
from obligations.domain.errors import Refused

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_SOMEONE: Final = "84901234567"  # passes for a chat id, a number and a name where a URL is only looked at


class MailChannel:
    """A mail server under the name that the office gives it."""

    repeats_unknown = True

    def __init__(self, name: str, plugin: NotifySmtp) -> None:
        self.name = name
        self._plugin = plugin

    def __repr__(self) -> str:
        return f"MailChannel({self.name!r})"

    def freeze(self, out: Outgoing) -> bytes:
        """The whole message (RFC 5322)."""
        return self._plugin.freeze(out)

    def announce(self, to: str) -> None:
        """Over the kept connection, ask for the recipient."""
        self._plugin.client.announce(to)

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Deliver over the kept connection."""
        return self._plugin.client.deliver(to, frozen, meanwhile)

    def close(self) -> None:
        """QUIT."""
        self._plugin.client.close()


class Usable(NamedTuple):
    """A URL that can be sent through."""

    expanded: Expanded
    service: NotifyBase


def open_live(name: str, url: str, environ: Mapping[str, str], total_seconds: float) -> Channel:
    """The channel behind a URL. Raises Refused when it is unusable."""
    usable = use(url, environ)
    if isinstance(usable.service, NotifySmtp):
        usable.service.client.total_seconds = total_seconds
        return MailChannel(name, usable.service)
    limits = Limits.of(usable.service)
    return NotifyChannel(name, usable.expanded.url, limits, Redactor(usable.expanded.secrets), total_seconds)


def use(url: str, environ: Mapping[str, str]) -> Usable:
    """Look at a URL without connecting anywhere. Raises Refused; its text holds no secret."""
    scheme = _scheme(url)
    if smtp_url.is_mail(url):
        smtp_url.refuse_written_password(url)
    expanded = expand(url, environ)
    apprise_door.prepare(expanded.secrets)
    try:
        return Usable(expanded, _service(scheme, url, expanded))
    except Refused as refused:  # what it quotes may come out of a secret
        redact = Redactor(expanded.secrets)
        raise Refused(refused.code, redact(refused.message), redact(refused.fix)) from None


def _scheme(url: str) -> str:
    match = _SCHEME.match(url)
    if match is None:
        fix = "viết như smtp://may-chu.example:25/?from=van-thu@co-quan.example"
        raise Refused("channel-url", "Địa chỉ kênh phải bắt đầu bằng loại kênh và “://”", fix)
    return match.group(1).lower()


def _service(scheme: str, written: str, expanded: Expanded) -> NotifyBase:
    if smtp_url.is_mail(written):
        smtp_url.parse(expanded.url, provider)  # says what is wrong, which Apprise would not
    elif not apprise_door.knows(scheme):
        raise _unknown(scheme)
    _refuse_placeholders(written)
    service = apprise_door.load(expanded.url.replace(RECIPIENT, _SOMEONE))
    if service is None:
        example = apprise_door.example(scheme)
        fix = f"viết như {example}" if example else "xem cách viết địa chỉ của dịch vụ này trong tài liệu Apprise"
        raise Refused("channel-url", f"Apprise không đọc được địa chỉ kênh {scheme}://", fix)
    _refuse_written_secret(written, expanded.secrets, service)
    return service


def _unknown(scheme: str) -> Refused:
    fix = "viết smtp://, smtps:// hoặc một loại kênh mà Apprise có"
    if scheme == "zalo":
        fix = f"viết {NotifyZaloBot.example}, hoặc cài Apprise từ 2.2 trở lên"
    return Refused("channel-scheme", f"Apprise {apprise_door.release()} không có loại kênh {scheme}://", fix)


def _refuse_placeholders(written: str) -> None:
    for placeholder in _PLACEHOLDER.findall(REFERENCE.sub("", written)):
        if placeholder != RECIPIENT:
            raise Refused(
                "channel-url",
                f"Địa chỉ kênh có {placeholder}",
                "chỉ dùng {to} cho người nhận và ${TEN_BIEN} cho bí mật",
            )


def _refuse_written_secret(written: str, secrets: frozenset[str], service: NotifyBase) -> None:
    """Tokens and passwords stand in the environment; what the service calls private must not stand in the file."""
    literal = unquote(REFERENCE.sub("\n", written))
    for value in apprise_door.private_values(service):
        if value in literal and not any(value in secret for secret in secrets):
            raise Refused(
                "channel-password",
                "Mật khẩu hoặc mã truy cập đang nằm ngay trong địa chỉ kênh",
                "viết tham chiếu ${TEN_BIEN} thay cho nó và đặt giá trị trong biến môi trường đó",
            )
