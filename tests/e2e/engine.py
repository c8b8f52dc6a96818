"""An office under `dondoc up`, seen from outside: commands, Prefect's API, the mailbox, the processes."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from obligations.cases.access.prefect_key import prefect_key
from tests.mailbox import Mailbox
from tests.offices import Office
from tests.ports import free_port
from tests.waiting import until

DONDOC = Path(sys.executable).parent / "dondoc"
READY = "Prefect sẵn sàng"


class Engine:
    """`up` is the running process, `log` what it says."""

    def __init__(self, office: Office, box: Mailbox) -> None:
        self.office = office
        self.box = box
        self.port, self.web_port = free_port(), free_port()
        self.log = office.home.parent / "up.log"
        self.up: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "DONDOC_CONFIG": str(office.folder),
            "DONDOC_HOME": str(office.home),
            "DONDOC_DATABASE_URL": office.database_url or "",
            "DONDOC_PREFECT_PORT": str(self.port),
            "DONDOC_WEB_PORT": str(self.web_port),
        }

    def call(self, *arguments: str) -> Any:
        done = subprocess.run(
            [DONDOC, *arguments, "--json"], env=self.environment, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)

    def runs(self, flow: str, state: str) -> list[dict[str, Any]]:
        """The runs of a flow in a state, as Prefect's API tells them."""
        asked = {"flows": {"name": {"any_": [flow]}}, "flow_runs": {"state": {"type": {"any_": [state]}}}}
        key = base64.b64encode(prefect_key(self.office.home).encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/flow_runs/filter",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json", "Authorization": f"Basic {key}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def sent(self) -> list[dict[str, Any]]:
        """The attempts that history tells of as sent."""
        return [row for row in self.call("history") if row["kind"] == "attempt" and row["outcome"] == "sent"]

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """`dondoc up` from ready to stopped."""
        with self.log.open("wb") as out:
            process = subprocess.Popen([DONDOC, "up"], env=self.environment, stdout=out, stderr=out)
        try:
            until(lambda: self.ready() or process.poll() is not None, 300)
            assert process.poll() is None, self.log.read_text("utf-8")
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(100)

    def page(self) -> int | None:
        """The status of the login page; None while nobody answers there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/dang-nhap", timeout=5) as answer:
                return int(answer.status)
        except OSError:
            return None

    def ready(self) -> int:
        """How many times the engine got ready since `up` started."""
        return self.log.read_text("utf-8").count(READY)


def child_of(parent: int, of_module: str) -> int:
    """The process that a process started as `python -m …`; Linux only."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text("utf-8", "replace").split("\0")
            its_parent = int((folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if its_parent == parent and "-m" in words and words[words.index("-m") + 1] == of_module:
            return int(folder.name)
    raise AssertionError(f"{parent} has no child {of_module}")
