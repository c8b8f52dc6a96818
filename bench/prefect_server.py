"""Prefect's own server on a free port, with an empty home: what the lines about flow runs are measured on.

Prefect reads its settings when it is first imported, so one process of the bench has one place for all its servers.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flows.environment import LOOPBACK, Place, prepare
from flows.server import Server


@contextmanager
def prefect_server() -> Iterator[None]:
    """A running server; import what imports Prefect inside, not before."""
    place = _place()
    prepare(place)
    server = Server(place)
    server.start()
    try:
        server.wait_until_healthy()
        yield
    finally:
        server.stop()
        shutil.rmtree(place.home, ignore_errors=True)


@cache
def _place() -> Place:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    return Place(Path(tempfile.mkdtemp(prefix="dondoc-bench-")), port)
