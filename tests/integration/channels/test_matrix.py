"""A real chat server: what the office posts is read by a person, and what cannot be posted is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from obligations.channels import Channel, open_channel
from tests.integration.channels.synapse import ABSENT, PRESENT, REQUIRED, Person, Synapse, synapse

PASSWORD = "mật khẩu/1"


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


@pytest.mark.parametrize("room", ["!khong-co:localhost", "#khong-co:localhost"])
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
