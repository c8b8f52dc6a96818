"""Secrets stand outside the files: `${NAME}` in a URL, and nothing of them in what is shown or logged."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from obligations.domain.errors import Refused

REFERENCE = re.compile(r"\$\{([^}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OURS = ("DONDOC_", "PREFECT_")  # the program's own secrets: no channel carries them out of the house
MASK = "***"


@dataclass(frozen=True)
class Expanded:
    """A URL with its references filled in, and the values that must never be shown."""

    url: str = field(repr=False)
    secrets: frozenset[str] = field(repr=False)


def expand(url: str, environ: Mapping[str, str]) -> Expanded:
    """Fill in every `${NAME}`, percent-encoded. Raises Refused when a secret is missing or its file unreadable."""
    secrets: set[str] = set()

    def value(match: re.Match[str]) -> str:
        secret = _look_up(match.group(1), environ)
        secrets.add(secret)
        return quote(secret, safe="")

    expanded = REFERENCE.sub(value, url)
    if "${" in REFERENCE.sub("", url):
        raise Refused("channel-reference", "Địa chỉ kênh có “${” mà không có “}”", "viết tham chiếu dạng ${TEN_BIEN}")
    return Expanded(expanded, frozenset(secrets))


def _look_up(name: str, environ: Mapping[str, str]) -> str:
    """The environment's NAME, else the stripped content of the file that NAME_FILE names."""
    if not _NAME.fullmatch(name):
        raise Refused("channel-reference", f"“${{{name}}}” không phải tên biến môi trường", "viết dạng ${TEN_BIEN}")
    if name.upper().startswith(_OURS):
        words = f"{name} là biến của chính hệ thống, địa chỉ kênh không được dùng đến"
        raise Refused("channel-reference", words, "đặt bí mật của kênh ở biến mang tên khác")
    if environ.get(name):
        return _utf8(name, environ[name])
    path = environ.get(f"{name}_FILE")
    if not path:
        raise Refused(
            "channel-secret",
            f"Thiếu bí mật {name} mà địa chỉ kênh dùng đến",
            f"đặt biến môi trường {name}, hoặc {name}_FILE trỏ tới tệp chứa giá trị",
        )
    return _read(name, path)


def _read(name: str, path: str) -> str:
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        # The error's own text could hold a piece of the file: from None keeps it out of tracebacks.
        raise Refused(
            "channel-secret",
            f"Không đọc được tệp “{path}” mà {name}_FILE trỏ tới",
            "kiểm tra đường dẫn và quyền đọc tệp",
        ) from None
    if not secret:
        raise Refused("channel-secret", f"Tệp “{path}” mà {name}_FILE trỏ tới là tệp trống", "ghi giá trị vào tệp")
    return secret


def _utf8(name: str, secret: str) -> str:
    try:
        secret.encode("utf-8")
    except UnicodeEncodeError:  # bytes that the environment could not decode
        raise Refused("channel-secret", f"Giá trị của {name} không phải chữ UTF-8", "đặt lại giá trị đó") from None
    return secret


class Redactor:
    """Takes secrets out of a text, in every form in which libraries and servers are known to repeat them."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # The longest first: one secret may stand inside another.
        patterns = [_pattern(secret) for secret in sorted(filter(None, secrets), key=len, reverse=True)]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, text: str) -> str:
        return self._pattern.sub(MASK, text) if self._pattern else text

    def __repr__(self) -> str:
        return "Redactor()"


def _pattern(secret: str) -> str:
    """The secret in base64, or letter by letter plain or escaped: layers quote each a part, so the forms mix."""
    encoded = base64.b64encode(secret.encode("utf-8", "replace")).decode("ascii")
    return f"{re.escape(encoded)}|{''.join(map(_letter, secret))}"


def _letter(letter: str) -> str:
    raw = letter.encode("utf-8", "replace")
    percent = "".join(f"%{byte:02X}" for byte in raw)
    escapes = (json.dumps(letter)[1:-1], repr(letter)[1:-1], repr(raw)[2:-1])
    # Alone a quote needs no escape; beside the other kind of quote Python writes it with one.
    literal = {letter, *escapes, "+" if letter == " " else letter, f"\\{letter}" if letter in "'\"" else letter}
    encoded = (percent, percent.replace("%", "%25"))  # servers and libraries write the hex in either case
    longest_first = sorted(literal, key=len, reverse=True)
    return f"(?:{'|'.join([*(f'(?i:{form})' for form in encoded), *map(re.escape, longest_first)])})"
