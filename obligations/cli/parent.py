"""A parent of one child: kept alive, restarted when it dies, ended together with us.

Asked to end (Ctrl-C, SIGTERM), the child is asked in turn and given its time: it may be in the middle of a send. Asked
again, it is told to drop what it does (SIGQUIT).
"""

from __future__ import annotations

import signal
import subprocess
import time
from types import FrameType

from obligations.cli.output import aside

REFUSED = 1
STEADY_SECONDS = 60
LONGEST_WAIT_SECONDS = 60
# Longer than a child takes that ends by itself: a send may last a minute.
ENDING_SECONDS = 100
AT_ONCE_SECONDS = 5


def keep_alive(command: list[str], environment: dict[str, str]) -> int:
    """Run `command` until we are told to stop; its exit code when it was refused at its first start, else 0.

    A child that dies is started again: after a second when it ran steadily for a minute, else after doubling waits. A
    refusal after the first start was none before (a server that is slow to go): it passes, so it is waited out.
    """
    child = Child(command, environment)
    code, steady = child.live()
    if child.asked or code in (0, REFUSED):
        return 0 if child.asked else code
    wait = 0
    while True:
        wait = 1 if steady else min(max(1, wait * 2), LONGEST_WAIT_SECONDS)
        aside.print(f"Tiến trình lịch nhắc dừng (mã {code}); chạy lại sau {wait} giây.")
        child.rest(wait)
        code, steady = child.live()
        if child.asked or code == 0:
            return 0


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run `command` once, to its own end or ours; its exit code, 0 when we were told to stop."""
    child = Child(command, environment)
    code, _ = child.live()
    return 0 if child.asked else code


class Child:
    """The process of `command`, one after the other; from here on signals to us go to it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.asked = 0
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        signal.signal(signal.SIGALRM, self._kill)

    def live(self) -> tuple[int, bool]:
        """Start it (unless we were told to stop) and wait for its end: its exit code, and whether it ran steadily."""
        if self.asked:
            return 0, False
        began = time.monotonic()
        # A session of its own: Ctrl-C reaches us alone, and once.
        self._process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)  # noqa: S603
        if self.asked:  # between the two lines above
            self._pass_on()
        code = self._process.wait()
        signal.alarm(0)
        return code, time.monotonic() - began > STEADY_SECONDS

    def rest(self, seconds: float) -> None:
        """Wait, or less when we are told to stop."""
        end = time.monotonic() + seconds
        while not self.asked and time.monotonic() < end:
            time.sleep(0.1)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """A signal came. Nothing is raised: whatever runs goes on to its end, which comes soon."""
        self.asked += 1
        self._pass_on()

    def _pass_on(self) -> None:
        if self._process is not None:
            again = self.asked > 1
            self._process.send_signal(signal.SIGQUIT if again else signal.SIGTERM)
            signal.alarm(AT_ONCE_SECONDS if again else ENDING_SECONDS)

    def _kill(self, number: int, frame: FrameType | None) -> None:
        """It did not end in its time."""
        if self._process is not None:
            self._process.kill()
