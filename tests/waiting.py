"""Waiting for what another thread or process does; nobody knows how long that takes on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(true: Callable[[], object], within: float = 120.0, told: Callable[[], object] = str) -> None:
    """Waits so many seconds for something to become true; where it does not, `told` says what is known instead."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"not true within {within:.0f} s {told()}"
        time.sleep(0.2)
