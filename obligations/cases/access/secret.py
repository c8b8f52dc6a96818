"""The office's secret, which signs what leaves the house and comes back: links and nothing else.

Whoever has it can make links for any unit; another one makes all links invalid at once.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

from obligations.domain.errors import Refused, reason

NAME = "DONDOC_SECRET"
FILE = "secret"
LEAST_BYTES = 32
_KEPT: dict[Path, bytes] = {}


def key(home: Path, environ: Mapping[str, str] = os.environ) -> bytes:
    """DONDOC_SECRET, or the contents of DONDOC_SECRET_FILE, else a file in the home, made (0600) when first asked for.

    Refused when it is too short to be one or cannot be read.
    """
    if said := environ.get(NAME):
        return _long_enough(said.encode(), NAME)
    path = Path(environ.get(f"{NAME}_FILE") or home / FILE)
    if path not in _KEPT:
        try:
            found = path.read_bytes().strip() if f"{NAME}_FILE" in environ else kept(path)
            _KEPT[path] = _long_enough(found, str(path))
        except OSError as error:
            raise Refused("secret", f"không đọc được {path} ({reason(error)}).", "Xem quyền đọc tệp ấy.") from None
    return _KEPT[path]


def is_there(home: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a secret, so that none will be made."""
    return bool(environ.get(NAME)) or Path(environ.get(f"{NAME}_FILE") or home / FILE).exists()


def signature(secret: bytes, *said: str) -> str:
    """HMAC-SHA-256 (RFC 2104) over the parts, 160 bits of it, fit for an address: 27 characters."""
    digest = hmac.digest(secret, "\n".join(said).encode(), "sha256")
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in the same time whatever they are."""
    return hmac.compare_digest(one.encode(), other.encode())


def digest(cookie: str) -> str:
    """What is kept of a cookie: a random one of 256 bits needs no salt."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def cookie() -> str:
    """A new cookie that nobody can guess."""
    return secrets.token_urlsafe(32)


def kept(path: Path) -> bytes:
    """The secret of a file, made (0600) with a random one where there is none."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(LEAST_BYTES))
        try:
            _place(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return path.read_bytes().strip()


def _place(draft: Path, path: Path) -> None:
    """Whoever comes second takes the first one's."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a disk that knows no second names
        if not path.exists():
            draft.replace(path)


def _long_enough(said: bytes, where: str) -> bytes:
    if len(said) < LEAST_BYTES:
        raise Refused("secret", f"{where} ngắn hơn {LEAST_BYTES} ký tự.", "Đặt một chuỗi ngẫu nhiên dài hơn.")
    return said
