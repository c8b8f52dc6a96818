"""What opens Prefect's API and pages: known to the engine, and to an admin who is logged in; to no other local user."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from obligations.cases.access.secret import kept
from obligations.domain.errors import Refused, reason

NAME = "PREFECT_SERVER_API_AUTH_STRING"
FILE = "khoa-prefect"


def prefect_key(home: Path, environ: Mapping[str, str] = os.environ) -> str:
    """PREFECT_SERVER_API_AUTH_STRING, else a file in the home, made (0600) when first asked for.

    Refused when the file cannot be read or made.
    """
    if said := environ.get(NAME):
        return said
    path = home / FILE
    try:
        return kept(path).decode()
    except (OSError, UnicodeDecodeError) as error:
        said = reason(error) if isinstance(error, OSError) else "không phải chữ"
        raise Refused("prefect-key", f"không đọc được {path} ({said}).", "Xem quyền đọc, hoặc xóa tệp ấy.") from None
