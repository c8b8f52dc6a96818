"""`python -m obligations.web`: the pages, a child of `dondoc up`.

It reads what every command reads, and DONDOC_WEB_PORT (default 8000) and DONDOC_WEB_HOST (default loopback: others
reach it through a proxy that speaks TLS). It ends with the process that started it. Exit status 0: asked to end;
1: refused, starting again does not help.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from itertools import count

import uvicorn

from obligations.cases import mishaps
from obligations.cases.app import open_app
from obligations.cases.parent import stop_with_parent
from obligations.cases.settings import Settings
from obligations.domain.errors import Refused
from obligations.web.app import create_app

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
REFUSED, BROKE = 1, 3
# A page whose parent was killed takes a moment to end by itself.
PORT_FREE_WITHIN_SECONDS = 10
# Requests under way when we are asked to end have this long.
FINISH_WITHIN_SECONDS = 5


def address() -> tuple[str, int]:
    """Host and port from the environment. Refused when the port is no number between 1 and 65535."""
    said = os.environ.get("DONDOC_WEB_PORT") or str(DEFAULT_PORT)
    if not (said.isdigit() and 0 < int(said) < 65_536):
        raise Refused("bad-port", f"DONDOC_WEB_PORT={said!r} không phải là số cổng.", "Ghi một số 1–65535.")
    return os.environ.get("DONDOC_WEB_HOST") or LOOPBACK, int(said)


def main() -> int:
    stop_with_parent()
    try:
        host, port = address()
        _wait_for(host, port)
        app = open_app(Settings.from_environment())
    except Refused as refused:
        _say(f"{refused}")
        return REFUSED
    try:
        _say(f"Trang theo dõi: http://{host}:{port}")
        uvicorn.run(
            create_app(app),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,  # it would hold the units' links
            server_header=False,
            timeout_graceful_shutdown=FINISH_WITHIN_SECONDS,
        )
    finally:
        app.close()
    return 0


def _wait_for(host: str, port: int) -> None:
    """Until the port is free. Refused when it is not within its time."""
    end = time.monotonic() + PORT_FREE_WITHIN_SECONDS
    for look in count():
        taken = _taken(host, port)
        if not taken:
            return
        if time.monotonic() > end:
            fix = "Có thể dondoc up đang chạy rồi; nếu là chương trình khác thì đặt DONDOC_WEB_PORT sang cổng khác."
            raise Refused("port-taken", f"cổng {port} không dùng được ({taken}).", fix)
        if look == 0:
            _say(f"Cổng {port} chưa trống ({taken}). Chờ tối đa {PORT_FREE_WITHIN_SECONDS} giây.")
        time.sleep(0.5)


def _taken(host: str, port: int) -> str:
    """Why nobody can listen here, empty where one can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or type(error).__name__
    return ""


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        status = main()
    except Exception as error:  # noqa: BLE001  # the last door: told, and `up` starts us again
        _say(mishaps.keep(error))
        status = BROKE
    sys.exit(status)
