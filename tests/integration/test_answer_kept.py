"""A server's yes is written at once and holds before the next message leaves, whatever comes between the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from obligations.cases.sending import pausing
from obligations.cases.writing import letters
from tests.life import change, entries, run
from tests.mailbox import Mailbox
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def two_letters(office: Office, mailbox: Mailbox) -> Office:
    """Two units owe one report: two messages over one channel."""
    office.sending("live", mailbox.channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    return office


def at_the_second(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Something happens once, just before the second letter is written."""
    compose, written = letters.compose, []

    def composing(*given: Any, **more: Any) -> Any:
        written.append(1)
        if len(written) == 2:
            happens()
        return compose(*given, **more)

    monkeypatch.setattr(letters, "compose", composing)


def outcomes(office: Office) -> list[str]:
    return sorted(one.outcome or "started" for one in entries(office, "attempt"))


def test_it_holds_before_the_next_message_leaves(two_letters: Office, mailbox: Mailbox) -> None:
    """What anybody else reads while the server has the second letter in hand."""
    seen: list[list[str]] = []
    answer = mailbox.handle_DATA

    async def looking(*given: Any) -> str:
        if mailbox.received:
            seen.append(outcomes(two_letters))  # over a connection of its own, which sees what is committed
        return await answer(*given)

    mailbox.handle_DATA = looking  # type: ignore[assignment, method-assign]
    assert run(two_letters, NOTICE).sent == 2
    assert seen == [["sent", "started"]]
    assert outcomes(two_letters) == ["sent", "sent"]


def test_it_holds_where_the_next_letter_cannot_be_written(
    two_letters: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> None:
        raise KeyError("lạ")

    at_the_second(monkeypatch, breaks)
    found = run(two_letters, NOTICE)
    assert (found.sent, found.retry) == (1, 1)
    assert outcomes(two_letters) == ["retry", "sent"]
    assert run(two_letters, "2022-07-11 09:30").sent == 1
    assert len(mailbox.received) == 2


def test_it_holds_where_the_delivery_is_interrupted(
    two_letters: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        at_the_second(patched, pressed)
        with pytest.raises(KeyboardInterrupt):
            run(two_letters, NOTICE)
    assert outcomes(two_letters) == ["sent"]
    change(two_letters, "UPDATE message SET lease_until = 1 WHERE state = 'queued'")
    assert run(two_letters, NOTICE).sent == 1
    assert len(mailbox.received) == 2


def test_it_holds_where_sending_is_paused_meanwhile(two_letters: Office, mailbox: Mailbox) -> None:
    """The pause comes before the second letter: it is not started, and the first one's answer stays."""

    def stop() -> bool:
        if mailbox.received:
            pausing.pause(two_letters.app, at(NOTICE), by="Mai")
        return False

    assert run(two_letters, NOTICE, stop=stop).sent == 1
    assert outcomes(two_letters) == ["sent"]
    assert len(mailbox.received) == 1


def test_who_dies_with_the_next_letter_in_hand_leaves_an_unknown_that_is_repeated_once(
    two_letters: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies() -> None:
        raise Killed

    with monkeypatch.context() as patched:
        at_the_second(patched, dies)
        with pytest.raises(Killed):
            run(two_letters, NOTICE)
    assert outcomes(two_letters) == ["started"]
    change(two_letters, "UPDATE message SET lease_until = 1 WHERE lease_until IS NOT NULL")
    run(two_letters, "2022-07-11 09:10")
    run(two_letters, "2022-07-11 11:30")
    [first, again] = [mail for to, mail in mailbox.received if to == mailbox.received[0][0]]
    assert bytes(first) == bytes(again)
    assert len(mailbox.received) == 3
    assert run(two_letters, "2022-07-11 13:30").sent == 0
