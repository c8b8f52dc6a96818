"""What is under way: two engines, a unit's answer or a newer rung never make the ledger say other than the mail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import text

from obligations.cases import applied
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import outbox
from obligations.cases.sending.claims import Claims
from obligations.cases.sending.courier import Courier
from obligations.cases.sending.delivery import Delivered
from obligations.cases.sending.postbox import Postbox
from obligations.store.database import light_commits, reading
from tests.life import change, entries, nowhere, run
from tests.mailbox import Mailbox
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"


def given(office: Office, channels: str) -> None:
    """One duty due on 29 July, applied at nine on the 11th."""
    office.sending("live", channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)


def took(office: Office, connection: Any) -> tuple[Claims, Courier]:
    """An engine about to deliver at nine."""
    in_force = applied.current(office.app)
    claims = Claims(connection, "A", None)
    postbox = Postbox(in_force.configuration, office.home)
    return claims, Courier(claims, in_force.ladders, postbox, at(NOTICE), lambda: at(NOTICE))


def two_duties(office: Office) -> None:
    """One unit's two duties; the first alone is planned and in a message."""
    office.plan(
        obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"),
        obligation("hai", "{by: 2022-09-30}", responsible="so-y-te"),
    )
    office.apply(NOTICE)
    plan_due(office.app, at(NOTICE), plan="ke-hoach", obligation="mot")
    outbox.queue_waiting(office.app, at(NOTICE))
    plan_due(office.app, at(NOTICE), plan="ke-hoach", obligation="hai")


def letters_of(office: Office) -> list[str]:
    """Which duties each mail in the box speaks of."""
    found = [path.read_bytes() for path in (office.home / "box").iterdir()]
    return sorted("+".join(name for name in ("mot", "hai") if f"bao-{name}" in bodies(mail)) for mail in found)


def bodies(mail: bytes) -> str:
    part = message_from_bytes(mail, policy=policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("Việc mot", "bao-mot").replace("Việc hai", "bao-hai")


def test_a_round_in_which_nobody_is_there_any_more_makes_no_message(office: Office) -> None:
    """All that comes due is for a contact who left the configuration between planning and queueing: it is written
    down as failed, and the round goes on."""
    given(office, nowhere())
    plan_due(office.app, at(NOTICE))
    change(office, "UPDATE reminder SET recipient = 'so-y-te.ai-do'")
    assert outbox.queue_waiting(office.app, at(NOTICE)) == 0
    with reading(office.app.engine) as session:
        found = session.execute(text("SELECT state, why FROM reminder WHERE queued_at IS NOT NULL OR state = 'failed'"))
        assert {tuple(row) for row in found} == {("failed", outbox.CONTACT_GONE)}


def test_a_claimed_message_takes_nothing_more(office: Office) -> None:
    """Another engine holds it: what comes due now makes the next message of that hour."""
    two_duties(office)
    with light_commits(office.app.engine) as connection:
        claims, _ = took(office, connection)
        assert len(claims.take(at(NOTICE))) == 1
        assert outbox.queue_waiting(office.app, at(NOTICE)) == 1
    change(office, "UPDATE message SET lease_until = 1")
    assert run(office, "2022-07-11 09:05").sent == 2
    assert letters_of(office) == ["hai", "mot"]


@contextmanager
def between_writing_and_starting(deed: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another engine does `deed` after a letter was written and before it is committed as started."""
    start, threads = Claims.start, []

    def started(self: Claims, *values: Any) -> bool:
        threads.append(threading.Thread(target=deed))
        threads[-1].start()
        threads[-1].join(0.5)  # where it must wait for this engine, it does
        return start(self, *values)

    with monkeypatch.context() as patched:
        patched.setattr(Claims, "start", started)
        yield
    for thread in threads:
        thread.join()


def test_what_is_recorded_as_sent_was_in_the_mail(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second engine queues the other duty just when the first has written its letter: each is in one mail."""
    two_duties(office)
    again = between_writing_and_starting(lambda: outbox.queue_waiting(office.app, at(NOTICE)), monkeypatch)
    with again, light_commits(office.app.engine) as connection:
        took(office, connection)[1].run()
    run(office, "2022-07-11 09:05")
    assert letters_of(office) == ["hai", "mot"]
    assert [entry.state for entry in entries(office, "reminder")] == ["sent", "sent"]
    assert len({entry.message_id for entry in entries(office, "attempt")}) == 2


def test_a_result_recorded_while_its_letter_leaves_keeps_the_letter_in_the_ledger(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The submission comes between writing and starting: the mail left, so the ledger says sent and not skipped."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    plan_due(office.app, at(NOTICE))
    outbox.queue_waiting(office.app, at(NOTICE))

    def answered() -> None:
        submit(office.app, Address("K1-0001"), Submission(at(NOTICE).date()), at(NOTICE), by="Mai")

    with between_writing_and_starting(answered, monkeypatch), light_commits(office.app.engine) as connection:
        took(office, connection)[1].run()
    assert len(list((office.home / "box").iterdir())) == 1
    [reminder] = entries(office, "reminder")
    assert reminder.state == "sent"


def unknown_mail(office: Office, mailbox: Mailbox) -> None:
    """A process died after the server took the notice; found so by the next delivery, its repeat waits."""
    given(office, mailbox.channels)
    run(office, NOTICE)
    change(office, "UPDATE message SET state='started', next_try_at=created_at, lease_until=1")
    change(office, "UPDATE attempt SET outcome='', answer='', finished_at=NULL")
    assert run(office, "2022-07-11 09:10").unknown == 1


def test_a_submission_does_not_unsay_a_mail_that_may_have_arrived(office: Office, mailbox: Mailbox) -> None:
    """The unit answers the letter whose answer was lost: it stays a letter sent, never a reminder skipped."""
    unknown_mail(office, mailbox)
    submit(office.app, Address("K1-0001"), Submission(at(NOTICE).date()), at("2022-07-11 09:11"), by="Mai")
    assert run(office, "2022-07-11 09:30").sent == 1
    [reminder] = entries(office, "reminder")
    assert reminder.state == "sent"
    bodies_ = [message.as_bytes() for _, message in mailbox.received]
    assert bodies_[0] == bodies_[1]


def test_a_newer_rung_does_not_unsay_a_mail_that_may_have_arrived(office: Office, mailbox: Mailbox) -> None:
    """before-10 comes while the repeat of the notice waits: both leave, neither is superseded."""
    unknown_mail(office, mailbox)
    run(office, "2022-07-19 08:01")
    assert [(one.rung, one.state) for one in entries(office, "reminder")] == [("notice", "sent"), ("before-10", "sent")]


def test_a_repeat_that_meets_a_closed_door_keeps_its_bytes(office: Office, mailbox: Mailbox) -> None:
    """Unknown stays unknown until the repeat was answered: later the same bytes go, not a letter written anew."""
    unknown_mail(office, mailbox)
    office.sending("live", nowhere())
    office.apply("2022-07-11 09:20")
    assert run(office, "2022-07-11 09:30").retry == 1
    office.sending("live", mailbox.channels)
    office.apply("2022-07-11 09:40")
    assert run(office, "2022-07-11 10:30").sent == 1
    assert mailbox.received[0][1].as_bytes() == mailbox.received[1][1].as_bytes()


def test_the_next_try_is_when_the_channel_is_up_again(office: Office) -> None:
    """A channel that rests holds its messages: coming back before is in vain."""
    given(office, nowhere())
    found = run(office, NOTICE)
    assert found.next_try_at == at(NOTICE) + timedelta(minutes=1)
    assert run(office, "2022-07-11 14:00").next_try_at == at("2022-07-11 14:02"), "and never in the past"


def test_the_next_try_is_when_a_dead_lease_is_over(office: Office, mailbox: Mailbox) -> None:
    """Another engine is sending: if it died, that shows when its lease runs out."""
    given(office, mailbox.channels)
    run(office, NOTICE)
    change(office, "UPDATE message SET state='started', next_try_at=created_at, lease_until=4000000000")
    assert run(office, "2022-07-11 09:10") == Delivered(next_try_at=datetime.fromtimestamp(4000000001, UTC))
