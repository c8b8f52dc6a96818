"""A real Matrix server on loopback, from its own virtual environment (`make matrix`), and a person who uses it."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote

from tests.ports import free_port

BIN = Path(__file__).parents[3] / ".venv-matrix" / "bin"
PRESENT = (BIN / "register_new_matrix_user").exists()
REQUIRED = "matrix" in os.environ.get("DONDOC_TESTS_REQUIRE", "")
ABSENT = "matrix-synapse is not installed (make matrix)"
START_SECONDS = 180


class Person:
    """Someone logged in, through the client API (spec.matrix.org, client-server)."""

    def __init__(self, base: str, name: str, password: str) -> None:
        self._base = f"{base}/_matrix/client/v3"
        self._token = ""
        identifier = {"type": "m.id.user", "user": name}
        login = self._ask("POST", "login", type="m.login.password", identifier=identifier, password=password)
        self._token = login["access_token"]
        self.id = str(login["user_id"])

    def new_room(self, *invited: str) -> str:
        """A room's id."""
        return str(self._ask("POST", "createRoom", preset="private_chat", invite=invited)["room_id"])

    def read(self, room: str) -> list[tuple[str, str]]:
        """(sender, text) of what was said there, in order."""
        events = self._ask("GET", f"rooms/{quote(room)}/messages?dir=f&limit=50")["chunk"]
        return [(one["sender"], one["content"]["body"]) for one in events if one["type"] == "m.room.message"]

    def _ask(self, method: str, path: str, **said: object) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        data = json.dumps(said).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self._base}/{path}", data, headers, method=method)  # noqa: S310 - loopback
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
            return answer


class Synapse:
    """A running server."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"
        self._config = folder / "homeserver.json"

    def add(self, name: str, password: str) -> None:
        """A new user."""
        words = ["-u", name, "-p", password, "--no-admin", "-c", str(self._config), self.base]
        subprocess.run([BIN / "register_new_matrix_user", *words], check=True, stdout=subprocess.DEVNULL)

    def person(self, name: str, password: str) -> Person:
        """A new user, logged in."""
        self.add(name, password)
        return Person(self.base, name, password)


@contextmanager
def synapse(folder: Path) -> Iterator[Synapse]:
    """Start a server with its data in `folder`; it talks to nobody but its clients."""
    server = Synapse(folder, free_port())
    _configure(folder, server.port)
    with (folder / "log").open("wb") as log:
        command = [str(BIN / "python"), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.json")]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait(process, server.base, folder / "log")
            yield server
        finally:
            process.terminate()
            process.wait(60)


def _configure(folder: Path, port: int) -> None:
    """JSON is YAML, too."""
    key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (folder / "signing.key").write_text(f"ed25519 a_test {key}\n", "utf-8")
    often = {"per_second": 100, "burst_count": 100}
    listener = {"port": port, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": [{"names": ["client"]}]}
    settings = {
        "server_name": "localhost",
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "synapse.db")}},
        "signing_key_path": str(folder / "signing.key"),
        "media_store_path": str(folder / "media"),
        "pid_file": str(folder / "pid"),
        "registration_shared_secret": secrets.token_hex(),
        "macaroon_secret_key": secrets.token_hex(),
        "form_secret": secrets.token_hex(),
        "trusted_key_servers": [],
        "report_stats": False,
        "default_room_version": "11",
        "bcrypt_rounds": 4,
        "rc_message": often,
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), often),
    }
    (folder / "homeserver.json").write_text(json.dumps(settings), "utf-8")


def _wait(process: subprocess.Popen[bytes], base: str, log: Path) -> None:
    """Until it answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/_matrix/client/versions", timeout=5).close()  # noqa: S310 - loopback
        except (URLError, TimeoutError):  # not there yet, or there and busy
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
