"""End to end: `dondoc up` with a real Prefect, a real mail server and real minutes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.mailbox import Mailbox, free_port, mail_server
from tests.offices import Office, new_office, obligation

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DONDOC = Path(sys.executable).parent / "dondoc"
READY = "Prefect sẵn sàng"


class Engine:
    """An office under `dondoc up`, seen from outside: commands, Prefect's API, the mailbox."""

    def __init__(self, office: Office, box: Mailbox) -> None:
        self.office = office
        self.box = box
        self.port = free_port()
        self.environment = os.environ | {
            "DONDOC_CONFIG": str(office.folder),
            "DONDOC_HOME": str(office.home),
            "DONDOC_PREFECT_PORT": str(self.port),
        }

    def call(self, *arguments: str) -> Any:
        done = subprocess.run(
            [DONDOC, *arguments, "--json"], env=self.environment, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)

    def completed_runs(self) -> list[dict[str, Any]]:
        """The completed runs of check_obligation, as Prefect's API tells them."""
        asked = {
            "flows": {"name": {"any_": ["check_obligation"]}},
            "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
        }
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/flow_runs/filter",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found: list[dict[str, Any]] = json.load(answer)
        return found

    @contextmanager
    def running(self) -> Iterator[None]:
        """`dondoc up` from ready to stopped."""
        log = self.office.home.parent / "up.log"
        with log.open("wb") as out:
            process = subprocess.Popen([DONDOC, "up"], env=self.environment, stdout=out, stderr=out)
        try:
            until(lambda: READY in log.read_text("utf-8") or process.poll() is not None, 120)
            assert process.poll() is None, log.read_text("utf-8")
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def until(true: Callable[[], Any], seconds: float) -> None:
    """Wait for something, and fail when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds:.0f} s"
        time.sleep(0.5)


def an_office_with_a_rung_a_minute_ahead(root: Path, box: Mailbox) -> Office:
    """A duty due in exactly three days, on a policy that writes on every day, a minute from now."""
    now = datetime.now(ZONE)
    send_at = now + timedelta(seconds=60 + (60 - now.second if now.second > 40 else 0))
    office = new_office(root).sending("live", box.channels)
    office.write("policies.yaml", f"gap: {{send_at: '{send_at:%H:%M}', days: all}}\n")
    due = (send_at + timedelta(days=3)).date()
    duty = obligation("bao-cao", f"{{by: {due}}}", responsible="so-y-te", more="policy: gap")
    return office.plan(duty, issued_on=f"{now:%Y-%m-%d}")


def test_a_rung_a_minute_ahead_reaches_the_mailbox_once_whatever_happens_to_prefect(tmp_path: Path) -> None:
    """The mail arrives, the flow run is Completed with its tags, history has the answer; a restart and the loss of
    Prefect's data send nothing more."""
    with mail_server() as box:
        engine = Engine(an_office_with_a_rung_a_minute_ahead(tmp_path, box), box)
        with engine.running():
            assert engine.call("apply", "--yes")["applied"] is True
            until(lambda: any("before-3" in row["rung"] for row in sent(engine)), 200)
            mails = len(box.received)
            until(engine.completed_runs, 30)
            tags = [set(run["tags"]) for run in engine.completed_runs()]
            assert {"plan:ke-hoach", "obligation:bao-cao", "rung:before-3"} in tags
            [before] = [row for row in sent(engine) if row["rung"] == "before-3"]
            assert before["answer"].startswith("250 2.0.0 nhan thu")
        with engine.running():
            time.sleep(10)
        assert len(box.received) == mails, "a restart sends nothing"
        shutil.rmtree(engine.office.home / "prefect")
        with engine.running():
            time.sleep(10)
        assert len(box.received) == mails, "Prefect's data are not the truth"


def sent(engine: Engine) -> list[dict[str, Any]]:
    return [row for row in engine.call("history") if row["kind"] == "attempt" and row["outcome"] == "sent"]
