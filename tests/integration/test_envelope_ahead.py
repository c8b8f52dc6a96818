"""Where the server takes commands together, a message's envelope may leave before its start is committed, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from obligations.cases.sending import pausing
from obligations.cases.sending.claims import Claims
from tests.life import entries, run
from tests.offices import Office, at, obligation
from tests.smtp_servers import ScriptedServer
from tests.waiting import until

NOTICE = "2022-07-11 09:00"


class Heard(list[bytes]):
    """Messages, and what somebody saw at the moment when each had come."""

    def __init__(self, look: Callable[[], list[str]]) -> None:
        super().__init__()
        self.seen: list[list[str]] = []
        self._look = look

    def append(self, message: bytes) -> None:
        self.seen.append(self._look())
        super().append(message)


@pytest.fixture
def server(office: Office) -> Iterator[ScriptedServer]:
    """It pipelines; two units owe one report: two messages over one connection."""
    server = ScriptedServer({}, ("PIPELINING",))
    office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    yield server
    server.stop()


def outcomes(office: Office) -> list[str]:
    return sorted(one.outcome or "started" for one in entries(office, "attempt"))


def test_no_byte_of_a_message_leaves_before_its_start_is_committed(office: Office, server: ScriptedServer) -> None:
    """What anybody reads over a connection of its own, when the server has all of a message."""
    server.messages = heard = Heard(lambda: outcomes(office))

    assert run(office, NOTICE).sent == 2

    assert heard.seen == [["started"], ["sent", "started"]]
    assert server.connections == 1


def test_a_message_that_may_not_start_after_all_has_never_been(
    office: Office, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody pauses before the second is started: its envelope is abandoned, and goes anew after the pause."""
    asked = iter(range(100))
    start = Claims.start

    def stop() -> bool:
        if next(asked) == 2:  # the first message has its answer, the second is about to leave
            pausing.pause(office.app, at(NOTICE), by="Mai")
        return False

    def start_after_the_envelope(claims: Claims, *values: Any) -> bool:
        if server.messages:
            until(lambda: server.verbs().count("DATA") == 2, 30)  # what a hang-up overtakes, no server ever reads
        return start(claims, *values)

    with monkeypatch.context() as patched:
        patched.setattr(Claims, "start", start_after_the_envelope)
        assert run(office, NOTICE, stop=stop).sent == 1
    assert (len(server.messages), outcomes(office)) == (1, ["sent"])
    assert "QUIT" not in server.verbs()

    pausing.resume(office.app, at(NOTICE) + timedelta(minutes=1), by="Mai")
    assert run(office, "2022-07-11 09:01").sent == 1
    assert (len(server.messages), server.connections) == (2, 2)
    assert len({message.partition(b"\r\n\r\n")[0] for message in server.messages}) == 2
