"""A child that does not outlive its parent, on any system: it looks who its parent is, once a second.

Shared by the doors that `dondoc up` starts, which know nothing of each other.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

PARENT = "DONDOC_PARENT"
EVERY_SECONDS = 1.0
GRACE_SECONDS = 15.0


def stop_with_parent(grace: float = GRACE_SECONDS) -> None:
    """Sends this process SIGTERM when the one that started it is gone, and ends it where `grace` seconds later it is
    still there.

    Who started it says so in DONDOC_PARENT: killed while this process was being loaded, it would leave an engine behind
    that took its heir for its parent, held the ledger's lock and refused every later `up`.
    """
    parent = int(os.environ.get(PARENT) or os.getppid())
    threading.Thread(target=_watch, args=(parent, partial(_end, grace)), name="parent", daemon=True).start()


def _watch(parent: int, end: Callable[[], None]) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    end()


def _end(grace: float) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os._exit(1)
