"""End to end: how `dondoc up` ends, and that it goes on when its parts die."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter

from tests.e2e.engine import Engine, child_of, until
from tests.life import owing_at_any_hour
from tests.mailbox import mail_server
from tests.offices import Office

MANY = 6


def test_a_stop_lets_the_message_under_way_be_sent_and_begins_no_other(office: Office) -> None:
    """SIGTERM in the middle of a slow delivery: every message started has its answer, none goes out twice later."""
    with mail_server(seconds=4) as box:
        engine = Engine(owing_at_any_hour(office, box.channels, MANY), box)
        engine.call("apply", "--yes")
        with engine.running() as up:
            until(lambda: box.begun > 1, 60)
            arrived, began = len(box.received), time.monotonic()
            up.send_signal(signal.SIGTERM)
            assert up.wait(60) == 0
            assert time.monotonic() - began < 25
        assert arrived < MANY
        assert len(box.received) == arrived + 1, "the one under way, and no other"
        assert len(engine.sent()) == len(box.received)
        until(lambda: engine.call("tick") and len(box.received) == MANY, 60)
        assert set(Counter(address for address, _ in box.received).values()) == {1}


def test_up_goes_on_though_its_child_dies_and_the_old_server_is_slow_to_go(office: Office) -> None:
    """The new child waits for the port of the old one's server."""
    with mail_server() as box:
        engine = Engine(owing_at_any_hour(office, box.channels, MANY), box)
        with engine.running() as up:
            child = child_of(up.pid, "flows")
            server = child_of(child, "flows.server")
            os.kill(server, signal.SIGSTOP)
            os.kill(child, signal.SIGKILL)
            time.sleep(6)
            os.kill(server, signal.SIGCONT)
            until(lambda: engine.ready() == 2 or up.poll() is not None, 60)
            assert up.poll() is None, engine.log.read_text("utf-8")
            up.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            up.send_signal(signal.SIGTERM)
            assert up.wait(10) == 0
        assert "Traceback" not in engine.log.read_text("utf-8")


def test_up_goes_on_though_prefects_server_dies_in_the_middle_of_a_delivery(office: Office) -> None:
    """The run under way cannot tell its end any more; that is no ordinary end of the engine, which starts again."""
    with mail_server(seconds=4) as box:
        engine = Engine(owing_at_any_hour(office, box.channels, MANY), box)
        engine.call("apply", "--yes")
        with engine.running() as up:
            until(lambda: box.begun > 1, 60)
            os.kill(child_of(child_of(up.pid, "flows"), "flows.server"), signal.SIGKILL)
            until(lambda: engine.ready() == 2 or up.poll() is not None, 90)
            assert up.poll() is None, engine.log.read_text("utf-8")
            until(lambda: len(box.received) == MANY, 60)
        assert set(Counter(address for address, _ in box.received).values()) == {1}
