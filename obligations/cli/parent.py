"""A parent that keeps one child alive: restarted when it dies, ended together with us."""

from __future__ import annotations

import signal
import subprocess
import time
from types import FrameType

from obligations.cli.output import aside

REFUSED = 1
STEADY_SECONDS = 60
LONGEST_WAIT_SECONDS = 60
ENDING_SECONDS = 30


class _Stopped(Exception):
    """Somebody asked us to end."""


def keep_alive(command: list[str], environment: dict[str, str]) -> int:
    """Run `command` until we are told to stop; its exit code when it was refused, else 0.

    A child that dies is started again, at once the first time, then after doubling waits; one that ran steadily for a
    minute starts anew with no wait.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    wait = 0
    child: subprocess.Popen[bytes] | None = None
    try:
        while True:
            started = time.monotonic()
            child = subprocess.Popen(command, env=environment)  # noqa: S603
            code = child.wait()
            if code in (0, REFUSED):
                return code
            wait = 1 if time.monotonic() - started > STEADY_SECONDS else min(max(1, wait * 2), LONGEST_WAIT_SECONDS)
            aside.print(f"Tiến trình lịch nhắc dừng (mã {code}); chạy lại sau {wait} giây.")
            time.sleep(wait)
    except _Stopped:
        return _end(child)


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _end(child: subprocess.Popen[bytes] | None) -> int:
    """Ask the child to end, and make it when it does not."""
    if child is None or child.poll() is not None:
        return 0
    child.terminate()
    try:
        child.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
    return 0
