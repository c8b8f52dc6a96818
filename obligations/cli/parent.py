"""A parent of children: each kept alive and restarted alone when it dies, all ended together with us.

Asked to end (Ctrl-C, SIGTERM), the children are asked in turn and given their time: one may be in the middle of a
send. Asked again, they are told to drop what they do (SIGQUIT).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from types import FrameType

from obligations.cases.parent import PARENT
from obligations.cli.output import aside

REFUSED = 1
STEADY_SECONDS = 60
LONGEST_WAIT_SECONDS = 60
# Longer than a child takes that ends by itself: a send may last a minute.
ENDING_SECONDS = 100
AT_ONCE_SECONDS = 5
LOOK_SECONDS = 0.1


def keep_alive(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> int:
    """Run the commands, each under its name for people, until we are told to stop; 1 when one was refused, else 0.

    A child that dies is started again, while the others go on: after a second when it ran steadily for a minute, else
    after doubling waits. One that was refused at its first start ends all: an office must not take half for the whole.
    A refusal after the first start was none before (a server that is slow to go): it passes, so it is waited out.
    """
    family = Family([Child(name, command, environment) for name, command in commands.items()])
    return REFUSED if family.live(again=True) == REFUSED else 0


def run(command: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """Run `command` once, to its own end or ours; its exit code, None when we were told to stop."""
    family = Family([Child("", command, environment)])
    code = family.live(again=False)
    return None if family.was_asked else code


class Child:
    """One command and the process that runs it, one after the other."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.starts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._command = command
        self._environment = environment
        self._began = 0.0
        self._wait = 0
        self._start_at: float | None = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it neither runs nor waits to be started."""
        return self.process is None and self._start_at is None

    def start_when_time(self) -> bool:
        """Start it if it waits and its time has come; whether it was started."""
        if self._start_at is None or time.monotonic() < self._start_at:
            return False
        self._start_at, self._began = None, time.monotonic()
        self.starts += 1
        # A session of its own: Ctrl-C reaches us alone, and once. It ends when we are gone (`cases.parent`).
        environment = {**self._environment, PARENT: str(os.getpid())}
        self.process = subprocess.Popen(self._command, env=environment, start_new_session=True)  # noqa: S603
        return True

    def ended(self) -> int | None:
        """The exit code of a process that has just ended, else None."""
        code = self.process.poll() if self.process else None
        if code is not None:
            self.process = None
        return code

    def start_again(self, code: int) -> None:
        """Wait for another start, the longer the oftener it died."""
        steady = time.monotonic() - self._began > STEADY_SECONDS
        self._wait = 1 if steady else min(max(1, self._wait * 2), LONGEST_WAIT_SECONDS)
        aside.print(f"{self.name} dừng (mã {code}); chạy lại sau {self._wait} giây.")
        self._start_at = time.monotonic() + self._wait

    def give_up(self) -> None:
        """Wait for no start any more."""
        self._start_at = None

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)


class Family:
    """The children, looked at ten times a second; from here on signals to us go to them."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._asked = 0  # by a signal
        self._told = 0  # how much of that the children know
        self._kill_at: float | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    @property
    def was_asked(self) -> bool:
        """Whether we were told to stop."""
        return self._asked > 0

    @property
    def _is_ending(self) -> bool:
        """Whether the children were told to end, or are about to be: however one ends now, it is not started again."""
        return self.was_asked or self._kill_at is not None

    def live(self, *, again: bool) -> int:
        """Until all have ended: 0 when we were told to stop, else the first exit code that was not 0.

        With `again` what dies is started again, and only a refusal at a first start is an end.
        """
        worst = 0
        while True:
            self._pass_on()
            for child in self._children:
                child.start_when_time()
                code = child.ended()
                if not code or self._is_ending:
                    continue
                if again and not (code == REFUSED and child.starts == 1):
                    child.start_again(code)
                    continue
                worst = worst or code
                self._stop_all(signal.SIGTERM, ENDING_SECONDS)
            if all(child.is_over for child in self._children):
                return 0 if self._asked else worst
            time.sleep(LOOK_SECONDS)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """A signal came. Nothing is raised: whatever runs goes on to its end, which comes soon."""
        self._asked += 1

    def _pass_on(self) -> None:
        """Tell the children what we were told, and end those that did not end in their time."""
        if self._asked > self._told:
            self._told = self._asked
            again = self._asked > 1
            self._stop_all(signal.SIGQUIT if again else signal.SIGTERM, AT_ONCE_SECONDS if again else ENDING_SECONDS)
        if self._kill_at is not None and time.monotonic() > self._kill_at:
            self._stop_all(signal.SIGKILL, AT_ONCE_SECONDS)

    def _stop_all(self, number: signal.Signals, within: float) -> None:
        self._kill_at = time.monotonic() + within
        for child in self._children:
            child.give_up()
            child.signal(number)
