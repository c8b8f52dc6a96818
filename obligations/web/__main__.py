"""`python -m obligations.web`: the pages, a child of `dondoc up`.

It reads what every command reads, and DONDOC_WEB_PORT (default 8000) and DONDOC_WEB_HOST (default loopback: others
reach it through a proxy that speaks TLS). Exit status 0: asked to end; 1: refused, starting again does not help.
"""

from __future__ import annotations

import os
import socket
import sys

import uvicorn

from obligations.cases import mishaps
from obligations.cases.app import Settings, open_app
from obligations.domain.errors import Refused
from obligations.web.app import create_app

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
REFUSED, BROKE = 1, 3


def address() -> tuple[str, int]:
    """Host and port from the environment. Refused when the port is no number between 1 and 65535."""
    said = os.environ.get("DONDOC_WEB_PORT") or str(DEFAULT_PORT)
    if not (said.isdigit() and 0 < int(said) < 65_536):
        raise Refused("bad-port", f"DONDOC_WEB_PORT={said!r} không phải là số cổng.", "Ghi một số 1–65535.")
    return os.environ.get("DONDOC_WEB_HOST") or LOOPBACK, int(said)


def main() -> int:
    try:
        host, port = address()
        _refuse_taken(host, port)
        app = open_app(Settings.from_environment())
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return REFUSED
    try:
        # The access log would hold the units' links.
        uvicorn.run(create_app(app), host=host, port=port, log_level="warning", access_log=False, server_header=False)
    finally:
        app.close()
    return 0


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fix = "Dừng chương trình đó, hoặc đặt DONDOC_WEB_PORT sang cổng khác."
            raise Refused("port-taken", f"cổng {port} không dùng được ({error.strerror}).", fix) from None


if __name__ == "__main__":
    try:
        status = main()
    except Exception as error:  # noqa: BLE001  # the last door: told, and `up` starts us again
        sys.stderr.write(f"{mishaps.keep(error)}\n")
        status = BROKE
    sys.exit(status)
