"""*Gửi lại*: a person sends again what failed or is unknown; nothing goes twice that nobody wanted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.authorizing import approve, check_register
from obligations.cases.reading.audit_trail import audit_trail
from obligations.cases.reading.journal import Wanted, journal, sent
from obligations.cases.sending.delivery import Delivered
from obligations.cases.sending.resending import resend
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.days import day
from tests.integration.channels.listener import Listener
from tests.life import at_once, change, entries, nowhere, run
from tests.mailbox import Mailbox
from tests.offices import UNITS, Office, at, obligation
from tests.smtp_servers import Reply, ScriptedServer, Talk

NOTICE, LATER = "2022-07-11 09:00", "2022-07-11 11:00"
TOO_BIG = "552 5.3.4 too big"
_m = METADATA.tables["message"].c
Serving = Callable[..., ScriptedServer]


@pytest.fixture
def serving(office: Office) -> Iterator[Serving]:
    """A mail server that gives these answers to one message after the other; one duty is applied and noticed."""
    servers: list[ScriptedServer] = []

    def start(*answers: Reply, units: str = UNITS, due: str = "2022-07-29") -> ScriptedServer:
        server = ScriptedServer({".": [*answers, "250 2.0.0 ok"]})
        servers.append(server)
        office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
        office.write("units.yaml", units)
        office.plan(obligation("bao-cao", f"{{by: {due}}}", responsible="so-y-te")).apply(NOTICE)
        run(office, NOTICE)
        return server

    yield start
    for server in servers:
        server.stop()


def message(office: Office, place: int = -1) -> tuple[int, str]:
    """The number and the state of a message, the newest unless said."""
    with reading(office.app.engine) as session:
        row = session.execute(select(_m.id, _m.state).order_by(_m.id)).all()[place]
        return row.id, row.state


def again(office: Office, when: str = LATER, *, number: int | None = None, duplicate: bool = False) -> None:
    chosen = message(office)[0] if number is None else number
    resend(office.app, chosen, at(when), by="chị Mai", duplicate=duplicate)


def refused(office: Office, when: str = LATER, **more: bool) -> str:
    with pytest.raises(Refused) as told:
        again(office, when, **more)
    return f"{told.value.message} {told.value.fix}"


def answers_now(office: Office) -> None:
    submission = Submission(day("11/07/2022"), document="5/BC")
    submit(office.app, Address(code="K1-0001"), submission, at("2022-07-11 10:00"), by="Sở Y tế")


def test_what_failed_is_written_anew_and_arrives(office: Office, serving: Serving, mailbox: Mailbox) -> None:
    """Refused after DATA; the office changes its server and sends again: one mail, and who wanted it is told."""
    serving(TOO_BIG)
    assert message(office)[1] == "failed"
    office.write("channels.yaml", mailbox.channels).apply("2022-07-11 10:00")
    again(office)
    assert "đang chờ gửi rồi" in refused(office), "a second click does no harm"
    assert run(office, LATER).sent == 1
    assert [to for to, _ in mailbox.received] == ["dau-moi@so-y-te.example"]
    assert [(one.rung, one.state) for one in entries(office, "reminder")] == [("notice", "sent")]
    assert "đã gửi được" in refused(office)
    [deed] = audit_trail(office.app, "resent").rows
    assert (deed.by, deed.at, deed.words) == ("chị Mai", at(LATER), ("tin số 1, so-y-te.focal qua email",))
    [told] = [one for one in entries(office, "event") if one.state == "resent"]
    assert (told.by, told.recipient, told.channel) == ("chị Mai", "so-y-te.focal", "email")


def test_an_unknown_mail_is_repeated_byte_for_byte(office: Office, serving: Serving) -> None:
    """The engine repeated it once; a person once more: the same bytes, and no fourth."""
    server = serving(Talk.close, Talk.close)
    run(office, "2022-07-11 10:00")
    assert message(office)[1] == "unknown"
    again(office)
    assert run(office, LATER).sent == 1
    assert run(office, "2022-07-11 14:00") == Delivered()
    assert len(server.messages) == 3
    assert len(set(server.messages)) == 1


def test_an_unknown_repeat_stays_unknown_until_it_is_asked_for_again(office: Office, serving: Serving) -> None:
    """Each word of a person is good for one start."""
    server = serving(*[Talk.close] * 3)
    run(office, "2022-07-11 10:00")
    again(office)
    assert run(office, LATER).unknown == 1
    assert run(office, "2022-07-11 14:00") == Delivered()
    again(office, "2022-07-11 14:10")
    assert run(office, "2022-07-11 14:10").sent == 1
    assert len(server.messages) == 4


def test_a_chat_is_repeated_only_when_somebody_wants_the_duplicate(office: Office) -> None:
    """Once for a word; after the next unknown answer it rests again; a channel that is down costs no word."""
    service = Listener()
    try:
        service.status = 504
        chat = UNITS.replace("email: dau-moi@so-y-te.example", "channels: [{phong: '1'}]")
        office.sending("live", nowhere() + f"phong: json://127.0.0.1:{service.server_port}/{{to}}\n")
        office.write("units.yaml", chat)
        office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te")).apply(NOTICE)
        assert run(office, NOTICE).unknown == 1
        assert "có thể nhận hai lần" in refused(office)
        assert run(office, LATER) == Delivered(), "refused is not recorded"
        again(office, duplicate=True)
        assert run(office, LATER).unknown == 1
        assert len(service.posts) == 2
        assert "có thể nhận hai lần" in refused(office)
        again(office, "2022-07-11 14:00", duplicate=True)
        service.status = 200
        assert run(office, "2022-07-11 14:00").sent == 1
        assert run(office, "2022-07-11 15:00") == Delivered()
        assert len(service.posts) == 3
        assert service.posts[0] == service.posts[2]
    finally:
        service.stop()


def test_what_is_done_or_overtaken_is_not_sent_again(office: Office, serving: Serving) -> None:
    """One clear sentence, and nothing changes: answered meanwhile; a newer rung."""
    serving(TOO_BIG)
    answers_now(office)
    assert refused(office) == "K1-0001 đơn vị đã gửi. Không gửi lại được tin này."
    assert message(office)[1] == "failed"
    assert [one for one in entries(office, "event") if one.state == "resent"] == []
    [line] = [one for one in journal(office.app, Wanted(failed=True)).lines if one.row]
    assert (line.may_go_again, line.moot) == (False, "K1-0001 đơn vị đã gửi")


@pytest.mark.parametrize("answer", [TOO_BIG, Talk.close], ids=["failed", "unknown"])
def test_a_newer_rung_stands_in_its_place(office: Office, serving: Serving, answer: Reply) -> None:
    serving(answer, answer)
    run(office, "2022-07-11 10:00")
    assert message(office, 0)[1] in ("failed", "unknown")
    run(office, "2022-07-19 08:01")
    number, _ = message(office, 0)
    with pytest.raises(Refused, match="mốc nhắc mới hơn"):
        again(office, "2022-07-19 09:00", number=number)
    assert not sent(office.app, number).may_go_again
    assert run(office, "2022-07-19 09:10") == Delivered()


def test_what_is_superseded_or_answered_while_it_waits_does_not_leave(office: Office, serving: Serving) -> None:
    """It waits in the queue like any other: status is read again before its start."""
    server = serving(TOO_BIG)
    again(office)
    answers_now(office)
    assert run(office, LATER).cancelled == 1
    assert len(server.messages) == 1


def test_an_escalation_waits_for_the_register_of_its_day(office: Office) -> None:
    """Read on the day it failed is not read today; no unit's head hears of it before."""
    office.plan(obligation("bao-cao", "{by: 2022-07-13}", responsible="so-y-te")).apply(NOTICE)
    for when in ("11 09:00", "12 08:01", "13 08:01", "14 08:01", "15 08:01", "18 08:01", "19 08:01"):
        run(office, f"2022-07-{when}")
    check_register(office.app, at("2022-07-19 08:10"), by="chị Mai")
    approve(office.app, [Address(code="K1-0001")], at("2022-07-19 08:10"), by="chị Mai")
    run(office, "2022-07-19 08:30")
    number, _ = message(office)
    change(office, "UPDATE message SET state = 'failed' WHERE recipient = 'so-y-te.leader'")
    change(office, "UPDATE reminder SET state = 'failed' WHERE rung = 'leader-4'")
    assert message(office) == (number, "failed")
    assert "hôm nay đã rà sổ" in refused(office, "2022-07-20 09:00")
    check_register(office.app, at("2022-07-20 09:10"), by="chị Mai")
    again(office, "2022-07-20 09:20")
    assert run(office, "2022-07-20 09:20").sent >= 1
    assert message(office, number - 1) == (number, "sent")


def test_two_clicks_at_once_make_one_mail(office: Office, serving: Serving) -> None:
    server = serving(TOO_BIG)
    number, _ = message(office)

    def click() -> str:
        try:
            again(office, number=number)
        except Refused as told:
            return told.code
        return ""

    assert sorted(at_once(click, click)) == ["", "not-again"]
    at_once(partial(run, office, LATER), partial(run, office, LATER))
    assert len(server.messages) == 2
    assert len([one for one in entries(office, "event") if one.state == "resent"]) == 1
