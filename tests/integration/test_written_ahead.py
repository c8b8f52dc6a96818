"""While the server takes a letter the next one is written; it leaves only if it still says what its own turn would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.sending.writer import Writer
from obligations.cases.writing import letters
from obligations.channels import Outgoing
from tests.e2e.engine import until
from tests.life import run
from tests.offices import OFFICE, UNITS, Office, at, new_office, obligation
from tests.smtp_servers import ScriptedServer

NOTICE = "2022-07-11 09:00"
COMMUNES = [f"xa-{number}" for number in range(4)]
_UNIT = "- {{id: {0}, name: Xã {0}, contacts: [{{name: A, email: {0}@xa.example}}]}}\n"


class Watched(list[bytes]):
    """Messages; whenever one has come, and before it is answered, somebody looks at how many there are."""

    def __init__(self, look: Callable[[int], None]) -> None:
        super().__init__()
        self._look = look

    def append(self, message: bytes) -> None:
        super().append(message)
        self._look(len(self))


class Desk:
    """Lets letters be written, and counts them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.written = 0
        self._compose = letters.compose
        patch.setattr(letters, "compose", self)

    def __call__(self, *given: Any, **more: Any) -> Outgoing | None:
        letter = self._compose(*given, **more)
        self.written += 1
        return letter


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    server = ScriptedServer({}, ("PIPELINING",))
    yield server
    server.stop()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def given(office: Office, server: ScriptedServer, more: str = "") -> Office:
    """Four communes owe one report: four messages over one connection."""
    office.write("channels.yaml", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
    office.write("office.yaml", OFFICE.format(sending="live") + more)
    groups = f"groups:\n  cac-xa: {{name: Các xã, members: {COMMUNES}}}\n"
    office.write("units.yaml", UNITS.replace("groups:\n", "".join(map(_UNIT.format, COMMUNES)) + groups))
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="cac-xa"))
    office.apply(NOTICE)
    return office


def words(message: bytes) -> str:
    """The plain text of a mail."""
    body = message_from_bytes(message, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_letter_is_written_while_the_one_before_it_is_taken(
    tmp_path: Path, server: ScriptedServer, desk: Desk
) -> None:
    """From the third on: the second tells that the ledger is quiet. On SQLite, which can say so."""
    server.messages = Watched(lambda sent: until(lambda: desk.written > sent, 5) if sent in (2, 3) else None)

    assert run(given(new_office(tmp_path), server), NOTICE).sent == 4

    assert (len(server.messages), desk.written) == (4, 4)


def test_it_says_the_same_as_in_its_own_turn(
    tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(given(new_office(tmp_path / "ahead"), server), NOTICE)
    ahead, server.messages = server.messages, []
    monkeypatch.setattr(Writer, "write_ahead", lambda *_: None)
    run(given(new_office(tmp_path / "in-turn"), server), NOTICE)

    assert len(ahead) == 4
    assert ahead == server.messages


def test_it_is_dropped_once_somebody_has_written(office: Office, server: ScriptedServer, desk: Desk) -> None:
    """The last commune answers when its letter is already written: it gets none."""

    def answered(sent: int) -> None:
        if sent == 3:
            if office.database_url is None:
                until(lambda: desk.written == 4, 5)
            submit(office.app, Address("K1-0004"), Submission(at(NOTICE).date()), at(NOTICE), by="Mai")

    server.messages = Watched(answered)

    found = run(given(office, server), NOTICE)

    assert (found.sent, found.cancelled, len(server.messages)) == (3, 1, 3)


def test_what_needs_the_ledger_waits_for_its_turn(office: Office, server: ScriptedServer) -> None:
    """A unit's link is made in the transaction that starts its letter: each has its own, and each only one."""
    given(office, server, more="public_url: https://nhac.so-mau.example\n")

    assert run(office, NOTICE).sent == 4

    found = [set(re.findall(r"/d/([\w.-]+)", words(message))) for message in server.messages]
    assert [len(tokens) for tokens in found] == [1, 1, 1, 1]
    assert len(set().union(*found)) == 4
