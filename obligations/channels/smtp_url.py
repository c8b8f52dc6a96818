"""What a mail server's URL says: smtp://, smtps:// and Apprise's own mailto://, mailtos://.

smtp://host:25/?from=a@b.example&name=…      plain, for a relay in the office
smtp://user:${PASSWORD}@host/?mode=starttls&from=…
smtps://user:${PASSWORD}@host/?from=…        TLS from the first byte
mailtos://user:${PASSWORD}@b.example?smtp=host    as Apprise reads it: from is user@b.example
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal, NamedTuple
from urllib.parse import unquote

from obligations.channels.message import ascii_address
from obligations.channels.references import REFERENCE
from obligations.domain.errors import Refused

Mode = Literal["insecure", "starttls", "ssl"]

PORTS: dict[Mode, int] = {"insecure": 25, "starttls": 587, "ssl": 465}
MODES: dict[str, Mode] = {"smtp": "insecure", "smtps": "ssl", "mailto": "insecure", "mailtos": "starttls"}
_OWN = ("from", "name", "smtp", "mode", "port", "verify", "reply", "user", "password", "pass", "to")
_ANY_SERVICE = frozenset(  # Apprise takes these in every URL; they change nothing for mail
    {
        "format",
        "overflow",
        "emojis",
        "tz",
        "store",
        "retry",
        "wait",
        "optional",
        "redirect",
        "rto",
        "cto",
        "tag",
        "tags",
    }
)
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?]*)(/[^?]*)?(?:\?(.*))?", re.DOTALL)
_HOST = re.compile(r"[\w.-]+")
_EXAMPLE = "smtp://may-chu.example:25/?from=van-thu@co-quan.example"


class Provider(NamedTuple):
    """How a well-known mail provider wants to be spoken to; `user` is the login name it expects."""

    host: str
    port: int
    mode: Mode
    user: str


@dataclass(frozen=True)
class SmtpSettings:
    """A checked mail server. `sender` is the From and the envelope's sender; without a password nobody logs in."""

    host: str
    port: int
    mode: Mode
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    verify: bool = True
    reply_to: str = ""
    targets: tuple[str, ...] = ()


class _Parts(NamedTuple):
    scheme: str
    user: str
    password: str
    host: str
    port: str
    path: str
    query: dict[str, str]


def is_mail(url: str) -> bool:
    """Is this URL ours to serve?"""
    return url.partition("://")[0].lower() in MODES


def refuse_written_password(url: str) -> None:
    """Raises Refused when the URL, as it stands in the file, holds a password instead of a `${NAME}`."""
    password = _split(url).password
    if password and not REFERENCE.fullmatch(password):
        raise Refused(
            "channel-password",
            "Mật khẩu đang nằm ngay trong địa chỉ kênh",
            "viết tham chiếu ${TEN_BIEN} thay cho mật khẩu và đặt giá trị trong biến môi trường đó",
        )


def parse(url: str, provider: Callable[[str], Provider | None] = lambda _address: None) -> SmtpSettings:
    """Read an expanded URL. `provider` knows the servers behind addresses such as gmail.com (mailto only).

    Raises Refused, saying what is wrong and what to write.
    """
    parts = _split(url)
    address = parts.user if "@" in parts.user else f"{parts.user}@{parts.host}"
    known = provider(address) if parts.scheme.startswith("mailto") and not parts.query.get("smtp") else None
    mode = _mode(parts, known)
    host = _host(parts, known)
    sender, name = _sender(parts, address)
    settings = SmtpSettings(
        host=host,
        port=_port(parts, known, mode),
        mode=mode,
        sender=sender,
        sender_name=parts.query.get("name", name),
        user=known.user if known and parts.user else parts.user,
        password=parts.password,
        verify=parts.query.get("verify", "yes").lower() not in ("no", "false", "0", "off"),
        reply_to=parts.query.get("reply", ""),
        targets=_targets(parts),
    )
    if settings.password and mode == "insecure" and not is_loopback(settings.host):
        raise Refused(
            "channel-clear-password",
            "Mật khẩu sẽ đi qua mạng không mã hoá",
            "dùng smtps://… hoặc thêm mode=starttls vào địa chỉ kênh",
        )
    return settings


def is_loopback(host: str) -> bool:
    """Does this host, a name or an IP address, stand for this very machine?"""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _split(url: str) -> _Parts:
    """The URL's parts, percent-decoded; "+" stays, for it is common in addresses."""
    match = _URL.fullmatch(url.strip())
    if match is None:
        raise Refused("channel-url", "Địa chỉ kênh không đúng dạng", f"viết như {_EXAMPLE}")
    scheme, authority, path, query = match.groups(default="")
    options = _query(query)
    login, _, server = authority.rpartition("@")
    user, colon, password = login.partition(":")
    if "user" in options and not colon:  # Apprise: mailtos://PASSWORD@host?user=…
        user, password = options["user"], user
    host, port = _host_and_port(server)
    return _Parts(
        scheme=scheme.lower(),
        user=unquote(options.get("user", user)),
        password=unquote(options.get("password", options.get("pass", password))),
        host=unquote(host),
        port=unquote(options.get("port", port)),
        path=path,
        query={key: unquote(value) for key, value in options.items()},
    )


def _query(query: str) -> dict[str, str]:
    options = {}
    for pair in filter(None, query.split("&")):
        key, _, value = pair.partition("=")
        key = unquote(key).lower()
        if key not in _OWN and key not in _ANY_SERVICE:
            raise Refused("channel-option", f"Kênh thư không có tham số “{key}”", f"chỉ dùng {', '.join(_OWN)}")
        options[key] = value
    return options


def _host_and_port(server: str) -> tuple[str, str]:
    if server.startswith("["):  # IPv6
        host, _, rest = server[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, port = server.partition(":")
    return host, port


def _host(parts: _Parts, known: Provider | None) -> str:
    host = parts.query.get("smtp") or (known.host if known else parts.host)
    if not host:
        raise Refused("channel-host", "Thiếu tên máy chủ thư trong địa chỉ kênh", f"viết như {_EXAMPLE}")
    if not _HOST.fullmatch(host) and not _is_ip(host):
        raise Refused("channel-host", f"“{host}” không phải tên máy chủ thư", f"viết như {_EXAMPLE}")
    return host


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _mode(parts: _Parts, known: Provider | None) -> Mode:
    written = parts.query.get("mode", "").lower()
    if not written:
        return known.mode if known else MODES[parts.scheme]
    if written not in PORTS:
        raise Refused(
            "channel-mode", f"Không có chế độ mode={written}", "chọn mode=insecure, mode=starttls hoặc mode=ssl"
        )
    return written


def _port(parts: _Parts, known: Provider | None, mode: Mode) -> int:
    if not parts.port:
        return known.port if known and known.mode == mode else PORTS[mode]
    if not (parts.port.isascii() and parts.port.isdigit() and 0 < int(parts.port) < 65536):
        raise Refused(
            "channel-port", f"Cổng “{parts.port}” không hợp lệ", "viết một số từ 1 đến 65535, như :25 hay :587"
        )
    return int(parts.port)


def _sender(parts: _Parts, address: str) -> tuple[str, str]:
    """(address, name). As in Apprise, a from= without @ is only a name; mailto's user@host is its sender."""
    name, written = "", parts.query.get("from", "")
    if "@" in written:
        name, address = parseaddr(written)
    elif written and not parts.user:
        address = written  # not an address; said so below
    elif not parts.user or not (parts.scheme.startswith("mailto") or "@" in parts.user):
        fix = "thêm from=, như ?from=van-thu@co-quan.example"
        raise Refused("channel-from", "Thiếu địa chỉ người gửi trong địa chỉ kênh", fix)
    else:
        name = written
    plain = ascii_address(address)
    if plain is None:
        raise Refused(
            "channel-from",
            f"“{address or written}” không phải địa chỉ thư để gửi đi",
            "sửa from= thành dạng ten@co-quan.example",
        )
    return plain, name


def _targets(parts: _Parts) -> tuple[str, ...]:
    """Whom Apprise itself would write to; the office's channels name the recipient with each message."""
    found = [unquote(piece) for piece in parts.path.split("/")] + parts.query.get("to", "").split(",")
    return tuple(target.strip() for target in found if ascii_address(target.strip()))
