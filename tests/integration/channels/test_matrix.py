"""A real chat server: what the office posts is read by a person, and what cannot be posted is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from obligations.channels import Channel, open_channel
from tests.integration.channels.synapse import ABSENT, PRESENT, REQUIRED, Person, Synapse, synapse
from tests.life import entries, run
from tests.mailbox import Mailbox
from tests.offices import UNITS, Office, obligation

PASSWORD = "mật khẩu/1"
NOWHERE = "!khong-co:localhost"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A Synapse with the office's account; skipped by name where it is not installed, a failure where it must be."""
    if not PRESENT:
        (pytest.fail if REQUIRED else pytest.skip)(ABSENT)
    with synapse(tmp_path_factory.mktemp("synapse")) as running:
        running.add("nhac-viec", PASSWORD)
        yield running


@pytest.fixture(scope="module")
def person(server: Synapse) -> Person:
    """A unit's clerk."""
    return server.person("van-thu", "khac")


@pytest.fixture
def channel(server: Synapse) -> Callable[..., Channel]:
    """The office's channel, as channels.yaml would have it."""

    def build(password: str = PASSWORD) -> Channel:
        url = f"matrix://nhac-viec:${{MK}}@127.0.0.1:{server.port}/{{to}}?hsreq=no"
        return open_channel("matrix", url, environ={"MK": password}, total_seconds=20)

    return build


def test_a_posted_message_is_read_in_the_room(channel, person, outgoing):
    """The clerk reads subject and text, once, from the office's account; the answer is the server's."""
    room, out, office = person.new_room("@nhac-viec:localhost"), outgoing(), channel()

    answer = office.send(room, office.freeze(out))

    ((sender, text),) = person.read(room)
    assert sender == "@nhac-viec:localhost"
    assert out.subject in text
    assert out.text.rstrip() in text
    assert (answer.outcome, answer.stage) == ("sent", "notify")
    assert "event_id" in answer.answer


@pytest.mark.parametrize("room", [NOWHERE, "#khong-co:localhost"])
def test_a_room_that_is_not_there_is_a_bad_address(channel, outgoing, room):
    """It is not made on the way, where nobody would read: the second try fails like the first."""
    office = channel()
    frozen = office.freeze(outgoing())

    answers = [office.send(room, frozen) for _ in range(2)]

    assert {answer.outcome for answer in answers} == {"address_bad"}
    assert "Could not join Matrix room" in answers[0].answer


def test_a_room_that_did_not_let_the_office_in_is_a_bad_address(channel, person, outgoing):
    """Nobody invited it; nothing stands in the room."""
    room, office = person.new_room(), channel()

    answer = office.send(room, office.freeze(outgoing()))

    assert answer.outcome == "address_bad"
    assert person.read(room) == []


def test_a_wrong_password_is_the_channels_fault(channel, person, outgoing):
    """Matrix says 403 to it as to a closed room; no reminder fails for it, and no account is opened with it."""
    room, office = person.new_room("@nhac-viec:localhost"), channel("sai-mat-khau")

    answer = office.send(room, office.freeze(outgoing()))

    assert answer.outcome == "channel_down"
    assert "error=403" in answer.answer
    assert person.read(room) == []


# -- an office's reminders ------------------------------------------------------------------------------------------

Reminding = Callable[..., Office]


@pytest.fixture
def reminding(office: Office, server: Synapse, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Reminding:
    """An office whose unit's contact has these channels, with one duty of that unit due on Friday 29/07/2022."""
    url = f"matrix: matrix://nhac-viec:${{MK}}@127.0.0.1:{server.port}/{{to}}?hsreq=no\n"
    office.sending("live", mailbox.channels + url)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    monkeypatch.setenv("MK", PASSWORD)

    def apply(when: str, *channels: str) -> Office:
        contact = f"email: dau-moi@so-y-te.example, channels: [{', '.join(channels)}]"
        office.write("units.yaml", UNITS.replace("email: dau-moi@so-y-te.example", contact)).apply(when)
        return office

    return apply


def in_room(room: str) -> str:
    return f"{{matrix: '{room}'}}"


def attempts(office: Office) -> list[tuple[str | None, str | None, str | None]]:
    """(rung, channel, outcome) as the history tells them."""
    return [(one.rung, one.channel, one.outcome) for one in entries(office, "attempt")]


def test_a_units_reminder_is_read_in_its_room(reminding: Reminding, person: Person, mailbox: Mailbox) -> None:
    """The notice of Monday 11/07/2022 and before-10 of Tuesday 19/07, each once, with the code for the answer."""
    room = person.new_room("@nhac-viec:localhost")
    office = reminding("2022-07-11 09:00", in_room(room), "email")

    assert [run(office, when).sent for when in ("2022-07-11 09:00", "2022-07-19 08:01")] == [1, 1]

    said = person.read(room)
    assert [sender for sender, _ in said] == ["@nhac-viec:localhost"] * 2
    assert all("[K1-0001] Việc bao-cao: hạn hết T6 29/7/2022" in text for _, text in said)
    assert attempts(office) == [("notice", "matrix", "sent"), ("before-10", "matrix", "sent")]
    assert all("event_id" in (one.answer or "") for one in entries(office, "attempt"))
    assert [(one.channel, one.state) for one in entries(office, "reminder")] == [("matrix", "sent")] * 2
    assert mailbox.received == []


def test_a_reminder_for_a_room_that_is_not_there_goes_by_mail(
    reminding: Reminding, person: Person, mailbox: Mailbox
) -> None:
    """Its attempts say what the server answered and how it went on; the next ones go by mail until the room is mended.

    The notice is of Monday 11/07/2022, before-10 of Tuesday 19/07; the right room stands there on Wednesday 20/07.
    """
    office = reminding("2022-07-11 09:00", in_room(NOWHERE), "email")

    assert [run(office, when).sent for when in ("2022-07-11 09:00", "2022-07-19 08:01")] == [1, 1]

    refused, moved, *_ = entries(office, "attempt")
    assert f"Could not join Matrix room {NOWHERE}" in (refused.answer or "")
    assert moved.answer == "route: so-y-te.focal không còn nhận qua matrix: chuyển cho so-y-te.focal qua email"
    by_mail = [
        ("notice", "matrix", "address_bad"),
        ("notice", "matrix", "retry"),
        ("notice", "email", "sent"),
        ("before-10", "email", "sent"),
    ]
    assert attempts(office) == by_mail
    assert [to for to, _ in mailbox.received] == ["dau-moi@so-y-te.example"] * 2
    room = person.new_room("@nhac-viec:localhost")
    reminding("2022-07-20 09:00", in_room(room), "email")
    assert run(office, "2022-07-26 08:01").sent == 1
    assert attempts(office) == [*by_mail, ("before-3", "matrix", "sent")]
    assert len(person.read(room)) == 1


def test_a_reminder_waits_while_the_offices_account_is_refused(
    reminding: Reminding, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong password at nine: nothing fails, no other way is taken; with the right one it is in the room, once."""
    room = person.new_room("@nhac-viec:localhost")
    office = reminding("2022-07-11 09:00", in_room(room), "email")
    monkeypatch.setenv("MK", "sai-mat-khau")

    assert run(office, "2022-07-11 09:00").retry == 1

    assert [one.state for one in entries(office, "reminder")] == ["planned"]
    assert person.read(room) == []
    monkeypatch.setenv("MK", PASSWORD)
    assert run(office, "2022-07-11 10:30").sent == 1
    assert attempts(office) == [("notice", "matrix", "channel_down"), ("notice", "matrix", "sent")]
    assert len(person.read(room)) == 1
