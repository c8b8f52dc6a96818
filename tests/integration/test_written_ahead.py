"""While the server takes a letter the next one is written; it leaves only if it still says what its own turn would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from obligations.cases.access import links
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.authorizing import approve, check_register
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import outbox
from obligations.cases.sending.carried import Carried
from obligations.cases.sending.delivery import deliver
from obligations.cases.sending.writer import Writer
from obligations.cases.writing import letters
from obligations.channels import Outgoing
from tests.life import change, run
from tests.offices import OFFICE, UNITS, Office, at, new_office, obligation
from tests.smtp_servers import ScriptedServer
from tests.waiting import until

NOTICE = "2022-07-11 09:00"
COMMUNES = [f"xa-{number}" for number in range(4)]
_UNIT = """- {{id: {0}, name: Xã {0}, contacts: [
    {{name: Đầu mối, email: {0}@xa.example, channels: [{1}]}},
    {{name: Chủ tịch, role: leader, email: chu-tich@{0}.example}}]}}
"""
SUPERSEDED = """
INSERT INTO reminder (assignment_id, due_on, rung, recipient, cause, audience, rung_on, at, planned_at, state, why)
SELECT assignment_id, due_on, rung, recipient, 'x', audience, rung_on, at, planned_at, 'superseded', ''
FROM reminder WHERE id = 4
"""


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


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """For each message that followed another, whom it is for if it was written while that was taken, else empty."""
    found = []
    write_ahead = Writer.write_ahead

    def watched(self: Writer, row: Any, *given: Any) -> None:
        write_ahead(self, row, *given)
        found.append(row.recipient if self._ahead else "")

    monkeypatch.setattr(Writer, "write_ahead", watched)
    return found


def given(office: Office, server: ScriptedServer, more: str = "", apart: str = "email") -> Office:
    """Four communes owe one report: four messages over one connection; the last two may go over another channel."""
    lines = f"{{}}: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n"
    office.write("channels.yaml", "".join(lines.format(name) for name in dict.fromkeys(["email", apart])))
    office.write("office.yaml", OFFICE.format(sending="live") + more)
    units = [_UNIT.format(one, "email" if one < "xa-2" else f"{{{apart}: {one}@xa.example}}") for one in COMMUNES]
    groups = f"groups:\n  cac-xa: {{name: Các xã, members: {COMMUNES}}}\n"
    office.write("units.yaml", UNITS.replace("groups:\n", "".join(units) + groups))
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
    tmp_path: Path, server: ScriptedServer, ahead: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notices, reminders that say what was said before, what is overdue, and what leaders are told of it, for weeks."""

    def weeks(root: Path) -> list[str]:
        server.messages = messages = list[bytes]()
        office, day = given(new_office(root), server, more="public_url: https://nhac.so-mau.example\n"), at(NOTICE)
        while day < at("2022-09-10 09:00"):
            check_register(office.app, day, by="Mai")
            approve(office.app, None, day, by="Mai")
            deliver(office.app, day, engine_id="test")
            day += timedelta(days=1)
        return [re.sub(r"/d/[\w.-]+", "/d/", words(message)) for message in messages]

    told = weeks(tmp_path / "ahead")
    monkeypatch.setattr(Writer, "write_ahead", lambda *_: None)

    assert {"xa-2.focal", "xa-3.leader"} <= set(ahead)
    assert told == weeks(tmp_path / "in-turn")


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


def test_whether_somebody_has_written_is_asked_where_nobody_can_write_any_more(
    tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a message whose answer is committed alone, too: that of a channel that has to recover first."""
    begun = []
    changes = Carried._changes

    def asked(self: Carried) -> int:
        found = changes(self)
        begun.append(self._connection.in_transaction())
        return found

    monkeypatch.setattr(Carried, "_changes", asked)
    office = given(new_office(tmp_path), server, apart="phu")
    change(office, "INSERT INTO channel_state (channel, failures, reason) VALUES ('phu', 1, '')")

    assert run(office, NOTICE).sent == 4

    assert begun
    assert all(begun)


@pytest.mark.parametrize(
    "links",
    [
        ["INSERT INTO reminder_message (reminder_id, message_id) VALUES (3, 4)"],
        [SUPERSEDED, "INSERT INTO reminder_message (reminder_id, message_id) VALUES (5, 3)"],
    ],
    ids=["it carries the same", "what is under way was to carry it once"],
)
def test_what_may_tell_of_the_message_under_way_waits_for_its_answer(
    tmp_path: Path, server: ScriptedServer, ahead: list[str], links: list[str]
) -> None:
    """Two messages of one duty, one after the other: the last may tell of what the third does."""
    office = given(new_office(tmp_path), server)
    plan_due(office.app, at(NOTICE))
    outbox.queue_waiting(office.app, at(NOTICE))
    for statement in links:
        change(office, statement)

    assert run(office, NOTICE).sent == 4

    assert ahead == ["", "xa-2.focal", ""]


def test_what_would_write_itself_waits_for_its_turn(office: Office, server: ScriptedServer) -> None:
    """A unit's link is made in the transaction that starts its letter: each has its own, which opens."""
    given(office, server, more="public_url: https://nhac.so-mau.example\n")

    assert run(office, NOTICE).sent == 4

    found = [set(re.findall(r"/d/([\w.-]+)", words(message))) for message in server.messages]
    opened = [links.open_link(office.app, token, at(NOTICE)).unit for tokens in found for token in tokens]
    assert sorted(opened) == COMMUNES
