"""Delivery when things are taken away under it: channels, contacts, secrets; and what the audit says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import outbox
from obligations.cases.sending.delivery import Delivered
from obligations.cases.sending.postbox import Postbox
from obligations.cases.upkeep.auditing import GRACE, Audited, audit
from obligations.cases.writing import letters
from obligations.channels import Channel, Meanwhile
from obligations.channels.notify_channel import NotifyChannel
from tests.life import change, entries, nowhere, run
from tests.mailbox import Mailbox
from tests.offices import UNITS, Office, at, obligation
from tests.ports import free_port

NOTICE = "2022-07-11 09:00"
FOCAL = "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example"
ANH_TU = "{id: anh-tu, name: Anh Tú, role: focal, email: tu@so-y-te.example"


def given(office: Office, channels: str, *, units: str = UNITS, responsible: str = "so-y-te") -> None:
    """One duty due on 29 July, applied at nine on the 11th."""
    office.sending("live", channels).write("units.yaml", units)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible=responsible))
    office.apply(NOTICE)


def test_a_message_over_a_removed_channel_goes_over_the_contacts_next_one(office: Office, mailbox: Mailbox) -> None:
    """It was waiting for a server that is no longer in channels.yaml: nothing breaks, and it leaves by e-mail."""
    two = UNITS.replace(FOCAL, FOCAL + ", channels: [phu, email]")
    given(office, nowhere() + nowhere("phu"), units=two, responsible="cac-so")
    assert run(office, NOTICE).retry == 2
    office.sending("live", mailbox.channels).write("units.yaml", UNITS)
    office.apply("2022-07-11 10:00")
    assert run(office, "2022-07-11 10:01").sent == 2
    assert {to for to, _ in mailbox.received} == {"dau-moi@so-y-te.example", "dau-moi@so-xay-dung.example"}
    told = entries(office, "attempt", "so-y-te")
    assert [(one.outcome, one.channel) for one in told] == [
        ("channel_down", "phu"),
        ("retry", "phu"),
        ("sent", "email"),
    ], "its first try is not forgotten"
    assert told[1].answer == "route: so-y-te.focal không còn nhận qua phu: chuyển cho so-y-te.focal qua email"


def test_a_message_of_a_contact_without_any_channel_left_fails_and_says_so(office: Office, mailbox: Mailbox) -> None:
    """Its address was struck out: failed, with the reason; the other unit has its mail."""
    given(office, nowhere(), responsible="cac-so")
    run(office, NOTICE)
    office.sending("live", mailbox.channels)
    office.write("units.yaml", UNITS.replace(", email: dau-moi@so-y-te.example", ""))
    office.apply("2022-07-11 10:00")
    assert run(office, "2022-07-11 10:01").sent == 1
    [reminder] = entries(office, "reminder", "so-y-te")
    assert (reminder.state, reminder.answer) == ("failed", outbox.NO_CHANNEL)


def test_a_reminder_of_a_replaced_contact_reaches_the_present_one(office: Office, mailbox: Mailbox) -> None:
    """The contact left while the message waited: its successor gets the letter, and the row says who got it."""
    given(office, nowhere())
    assert run(office, NOTICE).retry == 1
    office.sending("live", mailbox.channels).write("units.yaml", UNITS.replace(FOCAL, ANH_TU))
    office.apply("2022-07-11 10:00")
    assert run(office, "2022-07-11 10:01").sent == 1
    [(to, _)] = mailbox.received
    assert to == "tu@so-y-te.example"
    [reminder] = entries(office, "reminder")
    assert (reminder.recipient, reminder.state) == ("anh-tu", "sent")
    assert run(office, "2022-07-12 10:01") == Delivered()


def test_a_late_notice_of_a_replaced_contact_reaches_the_present_one(office: Office) -> None:
    """Planned at night for the opening of the office, in no message yet: the morning's contact gets it."""
    given(office, "")
    office.sending("box")
    office.apply("2022-07-11 09:30")
    run(office, "2022-07-11 09:30")
    assert plan_due(office.app, at("2022-07-27 06:00")).rows[-1].recipient == "so-y-te.focal"
    office.write(
        "units.yaml", UNITS.replace(FOCAL, "{id: anh-tu, name: Anh Tú, role: focal, email: tu@so-y-te.example")
    )
    office.apply("2022-07-27 06:30")
    assert run(office, "2022-07-27 07:30").sent == 1
    recipients = {one.rung: one.recipient for one in entries(office, "reminder")}
    assert recipients == {"notice": "so-y-te.focal", "before-10": "so-y-te.focal", "before-3": "anh-tu"}


def test_a_reminder_of_a_contact_gone_without_another_fails(office: Office, mailbox: Mailbox) -> None:
    """The unit has nobody left: failed with the reason, and nothing stays planned."""
    given(office, nowhere())
    run(office, NOTICE)
    alone = UNITS.replace("  - " + FOCAL + "}\n", "").replace(
        "Giám đốc Sở Y tế, role: leader", "Giám đốc, role: leader"
    )
    office.sending("live", mailbox.channels).write("units.yaml", alone)
    office.apply("2022-07-11 10:00")
    assert run(office, "2022-07-11 10:01").sent == 0
    [reminder] = entries(office, "reminder")
    assert (reminder.state, reminder.answer) == ("failed", outbox.CONTACT_GONE)
    audited = audit(office.app, at("2022-07-11 16:00"))
    assert (audited.expected, audited.failed, audited.waiting) == (1, 1, 0)


def test_one_broken_letter_does_not_keep_the_others(
    office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect while one letter is written: the other leaves, the defect is in the history, and later it leaves too."""
    given(office, mailbox.channels, responsible="cac-so")
    compose = letters.compose

    def broken(connection: Any, ladders: Any, message: Any, *rest: Any, **more: Any) -> Any:
        if message.recipient == "so-y-te.focal":
            raise KeyError("lạ")
        return compose(connection, ladders, message, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(letters, "compose", broken)
        first = run(office, NOTICE)
    assert (first.sent, first.retry) == (1, 1)
    assert first.next_try_at is not None
    assert first.next_try_at > at(NOTICE)
    [told] = entries(office, "attempt", "so-y-te")
    assert told.outcome == "retry"
    assert "KeyError" in (told.answer or "")
    assert "KeyError: 'lạ'" in (office.home / "loi.log").read_text("utf-8")
    assert run(office, "2022-07-11 09:30").sent == 1


def test_a_letter_that_stays_broken_fails_five_working_days_after_the_last_rung(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each newer rung takes the place of the one that cannot be written; of the last one the reason is told."""
    office.sending("live", nowhere())
    office.plan(obligation("bao-cao", "{by: 2022-07-13}", responsible="so-y-te"))
    office.apply(NOTICE)

    def broken(*_: object, **__: object) -> Any:
        raise ValueError

    monkeypatch.setattr(letters, "compose", broken)

    def fates() -> dict[str | None, str | None]:
        mine = [one for one in entries(office, "reminder", "so-y-te") if one.recipient == "so-y-te.focal"]
        return {one.rung: one.state for one in mine}

    for day in (11, 12, 13, 14, 15, 18, 19, 20, 21, 22):
        run(office, f"2022-07-{day} 09:00")
    assert fates() == {
        "notice": "superseded",
        "before-0": "superseded",
        "overdue-1": "superseded",
        "overdue-2": "planned",
    }
    run(office, "2022-07-25 09:00")
    assert fates()["overdue-2"] == "failed"
    assert "ValueError" in (entries(office, "attempt", "so-y-te")[-1].answer or "")


def test_a_dead_message_on_a_channel_without_its_secret_stops_nobody(
    office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process died sending chat, then the secret went missing: it rests as unknown; the others have their mail."""
    chat = UNITS.replace(FOCAL, FOCAL + ", channels: [{chat: '1'}]")
    monkeypatch.setenv("CHAT_TOKEN", "abc")
    lines = f"chat: json://127.0.0.1:{free_port()}/${{CHAT_TOKEN}}/{{to}}\n"
    given(office, mailbox.channels + lines, units=chat, responsible="cac-so")

    def killed(*_: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(NotifyChannel, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            run(office, NOTICE)
    change(office, "UPDATE message SET lease_until = 1")
    monkeypatch.delenv("CHAT_TOKEN")
    found = run(office, "2022-07-11 09:10")
    assert (found.sent, found.unknown) == (1, 1)
    monkeypatch.setenv("CHAT_TOKEN", "abc")
    assert run(office, "2022-07-11 10:30").unknown == 1, "chat is never repeated by itself"
    assert [(one.state, one.outcome) for one in entries(office, "attempt", "so-y-te")] == [("unknown", "unknown")]


def test_a_delivery_that_is_asked_to_stop_sends_no_more_and_holds_nothing(office: Office) -> None:
    """After the first of two messages: the second is free at once for whoever delivers next."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    answers = iter([False, False, True, True])
    stopped = run(office, NOTICE, stop=lambda: next(answers))
    assert stopped.sent == 1
    assert stopped.next_try_at == at(NOTICE)
    assert run(office, NOTICE, stop=lambda: True).sent == 0
    assert run(office, NOTICE).sent == 1


def test_the_audit_remembers_what_could_not_leave_the_day_before(office: Office) -> None:
    """The mail server is dead for three days: each day expects and misses the same two letters."""
    given(office, nowhere(), responsible="cac-so")
    for day in (11, 12, 13):
        run(office, f"2022-07-{day} 09:01")
        found = audit(office.app, at(f"2022-07-{day} 16:00"))
        assert found == Audited(at(f"2022-07-{day} 16:00").date(), expected=2, sent=0, failed=0, waiting=2)


def test_the_audit_waits_a_while_before_it_misses_anything(office: Office) -> None:
    """A rung of this moment is no alarm: deliveries take their minutes."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    assert audit(office.app, at(NOTICE)).expected == 0
    plan_due(office.app, at(NOTICE))
    assert audit(office.app, at(NOTICE) + GRACE - timedelta(seconds=1)).waiting == 0
    assert audit(office.app, at(NOTICE) + GRACE).waiting == 2
    run(office, "2022-07-11 09:10")
    assert audit(office.app, at(NOTICE)).sent == 2, "what has left counts at once"


def test_a_channel_that_raises_leaves_an_unknown_and_stops_nobody(
    office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect inside a channel, after the start: nobody knows how far it came, so it counts as unknown."""
    given(office, mailbox.channels, responsible="cac-so")
    opened = Postbox.channel

    def channel(self: Postbox, name: str) -> Channel:
        found = opened(self, name)
        send = found.send

        def broken(to: str, frozen: bytes, meanwhile: Meanwhile) -> Any:
            if to == "dau-moi@so-y-te.example":
                raise RuntimeError
            return send(to, frozen, meanwhile)

        monkeypatch.setattr(found, "send", broken)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Postbox, "channel", channel)
        found = run(office, NOTICE)
    assert (found.sent, found.unknown) == (1, 1)
