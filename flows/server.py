"""Prefect's server (API, pages, scheduler) as a process of its own: `python -m flows.server`."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from flows.environment import LOOPBACK, Place, prepare
from obligations.cases.parent import PARENT, stop_with_parent

# The first start builds the database (14 s measured); later ones take 4 s.
HEALTHY_WITHIN_SECONDS = 180.0
STOP_WITHIN_SECONDS = 4.0
# A server whose parent was killed takes up to 16 s to end by itself.
PORT_FREE_WITHIN_SECONDS = 20.0
LOG_BYTES = 2_000_000


class ServerError(Exception):
    """Prefect's server can't run, or ended; the message says why and what to do. Starting again may help."""


class PortTaken(ServerError):
    """Another program has the port: starting again does not help."""


class Server:
    """Prefect's server, seen from the process that started it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and returns at once.

        Raises:
            PortTaken: another program has the port.
        """
        refuse_taken_port(self.place.port)
        _keep_short(self.log)
        with self.log.open("ab") as out:
            # A session of its own: Ctrl-C reaches us alone, and we end the server after the running flows.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.server"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=os.environ | self._environment(),
            )

    def _environment(self) -> dict[str, str]:
        place = {"DONDOC_HOME": str(self.place.home), "DONDOC_PREFECT_PORT": str(self.place.port)}
        return place | {"PREFECT__SERVER_FINAL": "1", PARENT: str(os.getpid())}

    @property
    def alive(self) -> bool:
        """Whether the process runs (it may not answer yet)."""
        return self._process is not None and self._process.poll() is None

    def healthy(self) -> bool:
        """Whether the API answers. Raises ServerError when the process has ended."""
        if not self.alive:
            raise ServerError(f"Máy chủ Prefect đã dừng ngay khi khởi động; xem {self.log}:\n{self._last_lines()}")
        return answers(self.place)

    def wait_until_healthy(self, within: float = HEALTHY_WITHIN_SECONDS) -> float:
        """Waits for the API and returns the seconds it took. Raises ServerError when it ends or stays silent."""
        began = time.monotonic()
        while not self.healthy():
            if time.monotonic() - began > within:
                raise ServerError(f"Sau {within:.0f} giây máy chủ Prefect vẫn chưa trả lời; xem {self.log}")
            time.sleep(0.2)
        return time.monotonic() - began

    def stop(self, within: float = STOP_WITHIN_SECONDS) -> None:
        """Ends the server: politely, then by force."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_lines(self) -> str:
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-8:])


def answers(place: Place, timeout: float = 2.0) -> bool:
    """Whether a Prefect API answers at this place."""
    try:
        with urllib.request.urlopen(f"{place.api_url}/health", timeout=timeout) as reply:  # noqa: S310 (our own http address)
            return bool(reply.status == 200)
    except urllib.error.HTTPError as refused:
        return refused.code in {401, 403}  # guarded by PREFECT_SERVER_API_AUTH_STRING, but there
    except OSError:
        return False


def refuse_taken_port(port: int) -> None:
    """Raises PortTaken when another program listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as reason:
            raise PortTaken(
                f"Cổng {port} đang có chương trình khác dùng ({reason.strerror}). "
                "Hãy dừng chương trình đó, hoặc đặt DONDOC_PREFECT_PORT sang cổng khác."
            ) from reason


def _keep_short(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _stay_inside() -> None:
    """The server's catalogue of integrations comes from the wheel: some pages would else ask GitHub for it."""
    from prefect.server.api import collections  # noqa: PLC0415 (after prepare)

    for view in collections.KNOWN_VIEWS:
        collections.KNOWN_VIEWS[view] = f"http://{LOOPBACK}:9/{view}"


def main() -> None:
    """Serves until SIGTERM, or until the process that started it is gone."""
    stop_with_parent()
    place = Place.from_environment()
    prepare(place)
    import uvicorn  # noqa: PLC0415 (comes with Prefect)

    _stay_inside()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=LOOPBACK,
        port=place.port,
        log_level="warning",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
