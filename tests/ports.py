"""Ports of loopback for the servers of tests, which run in several processes side by side."""

from __future__ import annotations

import socket
from collections import deque

# A port that was only looked up may be given to a server of another process a moment later: a test of a mail server
# that is down then finds one that is up. Bound and not listening, it refuses every connection, the kernel gives it to
# nobody else, and whoever binds it by its number with SO_REUSEADDR (all our servers do) can listen on it.
HELD_AT_A_TIME = 200
_HELD: deque[socket.socket] = deque()


def free_port() -> int:
    """A port on which nobody listens, and on which nobody will who does not get its number from the caller."""
    if len(_HELD) == HELD_AT_A_TIME:
        _HELD.popleft().close()
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _HELD.append(held)
    return int(held.getsockname()[1])
