"""A real PostgreSQL for tests, started from this machine's own binaries on a free loopback port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

ABSENT = "PostgreSQL is not on this machine"
REQUIRED = "postgresql" in os.environ.get("DONDOC_TESTS_REQUIRE", "")


def binaries() -> Path | None:
    """The folder that holds initdb, None where PostgreSQL is absent."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), _on_path())


def _on_path() -> Path | None:
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server with its data in a new folder; gives its address without a database name."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # the server's own user must reach it
    as_user = _unprivileged(data)
    _call(as_user, folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    _call(as_user, folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", data / "log", "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        _call(as_user, folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(data, ignore_errors=True)


def new_database(address: str) -> str:
    """An empty database of its own; its address."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload, unused-ignore]
    return f"{address}/{name}"


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
