"""A real PostgreSQL for tests, started from this machine's own binaries on a free loopback port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.ports import free_port

ABSENT = "PostgreSQL is not on this machine"
REQUIRED = "postgresql" in os.environ.get("DONDOC_TESTS_REQUIRE", "")
# Nothing here outlives the tests, so no disk is waited for; in memory a new database takes 20 ms, on a disk 100.
HASTY = ("fsync=off", "full_page_writes=off", "max_wal_size=64MB")
MEMORY, DISK = "/dev/shm", "/tmp"  # noqa: S108 (mkdtemp makes a folder of its own there)
ENOUGH_BYTES = 2**31
# Waits for the end of its input, which comes with the end of these tests however they end, and puts all away.
UNDERTAKER = 'read _; "$0" -D "$1" -m immediate stop; rm -rf "$1"'


def binaries() -> Path | None:
    """The folder that holds initdb, None where PostgreSQL is absent."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), _on_path())


def _on_path() -> Path | None:
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Server:
    """A running server, by its address without a database name."""

    def __init__(self, address: str) -> None:
        self.address = address

    def create(self, template: str = "template1") -> str:
        """A new database, empty or like `template` (its name); its address."""
        name = f"t{uuid4().hex}"
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{self.address}/{name}"

    def drop(self, address: str) -> None:
        """Away with a database, whoever is still connected."""
        self._command(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The address of a new database that lives as long as the block; `template` is the address of its model."""
        made = self.create(_name(template)) if template else self.create()
        try:
            yield made
        finally:
            self.drop(made)

    def _command(self, statement: str) -> None:
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload, unused-ignore]


def _name(address: str) -> str:
    return address.rpartition("/")[2]


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server with its data in a new folder, until the end of the block or of this process."""
    port = free_port()
    # The server's own user must reach it.
    data = Path(tempfile.mkdtemp(prefix="pg-", dir=MEMORY if _has_memory_for_files() else DISK))
    as_user = _unprivileged(data)
    _call(as_user, folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", *HASTY)
    options = " ".join([f"-p {port}", *(f"-c {one}" for one in settings)])
    _call(as_user, folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", data / "log", "start")
    undertaker = [*as_user, "sh", "-c", UNDERTAKER, str(folder / "pg_ctl"), str(data)]
    pipe = subprocess.Popen(undertaker, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd="/", process_group=0)
    try:
        yield Server(f"postgresql://postgres@127.0.0.1:{port}")
    finally:
        pipe.communicate()


def _has_memory_for_files() -> bool:
    """Whether a folder in memory is there and large, which in containers it often is not."""
    try:
        return shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    except OSError:
        return False


def _unprivileged(data: Path) -> list[str]:
    """PostgreSQL refuses root: hand the folder to its own user and run as that."""
    if os.geteuid() != 0:
        return []
    shutil.chown(data, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _call(as_user: list[str], *command: object) -> None:
    subprocess.run(
        [*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/"
    )
