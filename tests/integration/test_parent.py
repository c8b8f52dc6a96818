"""The parent behind `dondoc up`: what makes it start its child again, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PARENT = """
import os, sys
from obligations.cli.parent import keep_alive
sys.exit(keep_alive([sys.executable, "-c", sys.argv[1], sys.argv[2]], dict(os.environ)))
"""
# Ends with the codes given, one a start, and writes each start down.
ENDS = """
import sys
from pathlib import Path
log = Path(sys.argv[1])
starts = len(log.read_text()) if log.exists() else 0
log.write_text("x" * (starts + 1))
sys.exit({codes}[starts])
"""
# Writes down its signals; takes a second to end after SIGTERM, or for ever.
LISTENS = """
import signal, sys, time
from pathlib import Path
log = Path(sys.argv[1])
def note(number, frame):
    log.write_text(log.read_text() + signal.Signals(number).name + " ")
    if number == signal.SIGQUIT or not {stubborn}:
        time.sleep(1)
        sys.exit(0)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
    signal.signal(number, note)
log.write_text("ready ")
while True:
    time.sleep(0.1)
"""


def parent(child: str, log: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PARENT, child, str(log)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def until_ready(log: Path) -> None:
    end = time.monotonic() + 20
    while not (log.exists() and "ready" in log.read_text()):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_refusal_at_the_first_start_is_the_end(tmp_path: Path) -> None:
    """Starting again would not help."""
    process = parent(ENDS.format(codes=[1, 0]), tmp_path / "log")
    assert process.wait(20) == 1
    assert (tmp_path / "log").read_text() == "x"


def test_a_refusal_after_the_first_start_passes(tmp_path: Path) -> None:
    """A server that is slow to go holds the port for a while: the child is started until it holds no more."""
    process = parent(ENDS.format(codes=[3, 1, 0]), tmp_path / "log")
    assert process.wait(30) == 0
    assert (tmp_path / "log").read_text() == "xxx"


def test_ctrl_c_asks_the_child_once_and_waits_for_it(tmp_path: Path) -> None:
    """The terminal signals the whole group; the child hears of it from its parent alone, and has its time."""
    process = parent(LISTENS.format(stubborn=False), tmp_path / "log")
    until_ready(tmp_path / "log")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 0
    assert (tmp_path / "log").read_text() == "ready SIGTERM "


def test_ctrl_c_twice_ends_a_child_that_takes_its_time(tmp_path: Path) -> None:
    """The second one is passed on as SIGQUIT; nothing is printed, and it is still an ordinary end."""
    process = parent(LISTENS.format(stubborn=True), tmp_path / "log")
    until_ready(tmp_path / "log")
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
    out, _ = process.communicate(timeout=10)
    assert (process.returncode, out) == (0, "")
    assert (tmp_path / "log").read_text() == "ready SIGTERM SIGQUIT "
