"""A child that does not outlive its parent, on any system: it looks who its parent is, once a second."""

import os
import signal
import threading
import time
from collections.abc import Callable

EVERY_SECONDS = 1.0
GRACE_SECONDS = 15.0


def stop_with_parent() -> None:
    """Sends this process SIGTERM when the one that started it is gone, and ends it if that does not suffice."""
    threading.Thread(target=_watch, args=(os.getppid(), _end), name="parent", daemon=True).start()


def _watch(parent: int, end: Callable[[], None]) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
