"""The ports of tests: nobody but who asked gets one."""

from __future__ import annotations

import socket

import pytest

from tests.ports import HELD_AT_A_TIME, free_port


def test_a_port_refuses_until_its_own_server_listens():
    """Down, it is refused and no other server can be given it by chance; up, it takes connections; down again."""
    port = free_port()
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)
        with pytest.raises(OSError, match="in use"), socket.socket() as by_chance:
            by_chance.bind(("127.0.0.1", port))
        with socket.create_server(("127.0.0.1", port)):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_ports_that_are_held_are_all_different():
    """Also once the oldest are let go."""
    for _ in range(2):
        assert len({free_port() for _ in range(HELD_AT_A_TIME)}) == HELD_AT_A_TIME
