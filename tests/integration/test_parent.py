"""The parent behind `dondoc up`: what makes it start a child again, and how all end."""

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
pairs = enumerate(zip(sys.argv[1::2], sys.argv[2::2]))
commands = {f"{number} {log}": [sys.executable, "-c", code, log] for number, (code, log) in pairs}
sys.exit(keep_alive(commands, dict(os.environ)))
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
# Is still being loaded when its parent dies.
LOADS = """
import os, signal, sys, time
from pathlib import Path
log, starter = Path(sys.argv[1]), os.getppid()
def end(number, frame):
    log.write_text("ended")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
log.write_text("ready")
while os.getppid() == starter:
    time.sleep(0.05)
from obligations.cases.parent import stop_with_parent
stop_with_parent(5)
time.sleep(30)
"""

WAITS_AND_IS_REFUSED = """
import sys, time
from pathlib import Path
while not Path(sys.argv[1]).exists():
    time.sleep(0.05)
sys.exit(1)
"""


def parent(*children: str | Path) -> subprocess.Popen[str]:
    """Of each child its code and its log, in turn."""
    command = [sys.executable, "-c", PARENT, *map(str, children)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def until_ready(log: Path, word: str = "ready") -> None:
    end = time.monotonic() + 20
    while not (log.exists() and word in log.read_text()):
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
    os.killpg(process.pid, signal.SIGINT)
    until_ready(tmp_path / "log", "SIGTERM")
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert (tmp_path / "log").read_text() == "ready SIGTERM SIGQUIT "


def test_a_child_whose_parent_dies_while_it_is_loaded_ends_with_it(tmp_path: Path) -> None:
    """It would take whoever inherits it for its parent, and hold the ledger's lock for ever."""
    process = parent(LOADS, tmp_path / "log")
    until_ready(tmp_path / "log")
    process.kill()
    process.wait(20)
    until_ready(tmp_path / "log", "ended")


def test_one_child_dies_and_comes_back_while_the_other_goes_on(tmp_path: Path) -> None:
    """The page works while the engine is down, and the other way round; Ctrl-C ends both."""
    dies, lives = tmp_path / "dies", tmp_path / "lives"
    process = parent(ENDS.format(codes=[3, 3, 3, 3]), dies, LISTENS.format(stubborn=False), lives)
    until_ready(lives)
    end = time.monotonic() + 20
    while not (dies.exists() and dies.read_text() == "xx"):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert lives.read_text() == "ready "
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "dừng (mã 3); chạy lại sau 1 giây." in " ".join(out.split())
    assert lives.read_text() == "ready SIGTERM "


def test_a_child_that_is_refused_at_its_first_start_ends_the_other(tmp_path: Path) -> None:
    """A second `up`, a taken port: half of it must not look like the whole."""
    process = parent(LISTENS.format(stubborn=False), tmp_path / "lives", WAITS_AND_IS_REFUSED, tmp_path / "lives")
    assert process.wait(20) == 1
    assert (tmp_path / "lives").read_text() == "ready SIGTERM "


def test_the_other_stays_ended_however_it_ended(tmp_path: Path) -> None:
    """Still being loaded it dies of the signal, which is no death to be started again after."""
    loads = "import sys, time, pathlib; pathlib.Path(sys.argv[1]).write_text('ready'); time.sleep(60)"
    process = parent(loads, tmp_path / "loads", WAITS_AND_IS_REFUSED, tmp_path / "loads")
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
