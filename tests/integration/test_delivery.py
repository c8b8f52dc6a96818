"""Delivery under trouble: what is retried, what is told, what is never sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import text

from obligations.cases.reading.history import Entry, Wanted, history
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.delivery import Delivered
from obligations.store.database import writing
from tests.life import entries, run
from tests.offices import ZONE, Office, at, obligation
from tests.smtp_servers import Reply, ScriptedServer, Talk

NOTICE = "2022-07-11 09:00"
Serving = Callable[..., ScriptedServer]


@pytest.fixture
def serving(office: Office) -> Iterator[Serving]:
    """A scripted mail server, and the office writing to it; one duty of one unit is applied."""
    servers: list[ScriptedServer] = []

    def start(answers: Mapping[str, Reply | Sequence[Reply]] | None = None) -> ScriptedServer:
        server = ScriptedServer(answers)
        servers.append(server)
        office.sending("live", f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
        office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
        office.apply(NOTICE)
        return server

    yield start
    for server in servers:
        server.stop()


def attempts(office: Office) -> list[Entry]:
    return entries(office, "attempt")


def test_a_refused_moment_is_retried_with_back_off(office: Office, serving: Serving) -> None:
    """450 at RCPT: nothing fails, the message waits some minutes and leaves at the next try with the same id."""
    server = serving({"RCPT": ["450 4.2.0 busy", "250 ok"]})
    first = run(office, NOTICE)
    assert (first.sent, first.retry) == (0, 1)
    assert first.next_try_at is not None
    assert at(NOTICE) < first.next_try_at <= at(NOTICE) + timedelta(minutes=5)
    assert run(office, "2022-07-11 09:00").retry == 0, "not before its time"
    assert run(office, "2022-07-11 09:30").sent == 1
    tried = attempts(office)
    assert [entry.outcome for entry in tried] == ["retry", "sent"]
    assert tried[0].answer == "rcpt: 450 4.2.0 busy"
    assert len({entry.message_id for entry in tried}) == 1
    assert len(server.messages) == 1


def test_a_channel_that_refuses_everybody_rests_and_fails_nobody(office: Office, serving: Serving) -> None:
    """421 at the greeting: the channel waits, the reminder stays planned, and it leaves when the server is back."""
    serving({"connect": ["421 closed", "220 ready"]})
    assert run(office, NOTICE).sent == 0
    assert run(office, "2022-07-11 09:00").sent == 0, "resting"
    assert run(office, "2022-07-11 09:30").sent == 1
    assert [entry.outcome for entry in attempts(office)] == ["channel_down", "sent"]


def test_a_refused_message_fails_with_the_servers_words(office: Office, serving: Serving) -> None:
    """552 after DATA: that message failed for good, and its reminder says why."""
    serving({".": "552 5.3.4 too big"})
    assert run(office, NOTICE).failed == 1
    assert run(office, "2022-07-12 09:00") == Delivered()
    [reminder] = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "reminder"]
    assert (reminder.state, reminder.answer) == ("failed", "552 5.3.4 too big")


def test_an_unanswered_message_is_repeated_once_byte_for_byte(office: Office, serving: Serving) -> None:
    """The connection drops after the final dot: unknown; one repeat of the same bytes, then never again."""
    server = serving({".": [Talk.close, Talk.close, "250 ok"]})
    assert run(office, NOTICE).unknown == 1
    assert run(office, "2022-07-11 10:00").unknown == 1
    assert run(office, "2022-07-11 11:00") == Delivered()
    assert [entry.outcome for entry in attempts(office)] == ["unknown", "unknown"]
    assert len(server.messages) == 2
    assert server.messages[0] == server.messages[1]


def test_a_message_of_a_dead_process_is_unknown_and_repeated(office: Office, serving: Serving) -> None:
    """A process died between start and answer: its lease runs out, then the stored bytes go once more."""
    server = serving()
    run(office, NOTICE)
    with writing(office.app.engine) as session:  # as the process would have left it
        session.execute(text("UPDATE message SET state='started', next_try_at=created_at, lease_until=1"))
        session.execute(text("UPDATE attempt SET outcome='', answer='', finished_at=NULL"))
    assert run(office, "2022-07-11 09:10").unknown == 1, "found"
    assert run(office, "2022-07-11 09:30").sent == 1, "repeated"
    assert [entry.outcome for entry in attempts(office)] == ["unknown", "sent"]
    assert server.messages[0] == server.messages[1]


def test_a_live_lease_is_never_taken(office: Office, serving: Serving) -> None:
    """What another engine has just claimed stays its own until the lease runs out."""
    serving()
    run(office, NOTICE)
    with writing(office.app.engine) as session:
        session.execute(
            text("UPDATE message SET state='queued', next_try_at=created_at, engine='other', lease_until=99999999999")
        )
    over = datetime.fromtimestamp(99999999999 + 1, UTC)
    assert run(office, "2022-07-11 09:10") == Delivered(next_try_at=over)


def test_after_an_outage_only_the_newest_rung_leaves_and_says_it_is_late(office: Office) -> None:
    """The engine slept over before-10 and before-3: one late notice in office hours, the other superseded."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    run(office, NOTICE)
    rows = plan_due(office.app, at("2022-07-27 06:00")).rows
    assert [(row.rung, row.state) for row in rows] == [("before-10", "superseded"), ("before-3", "planned")]
    assert run(office, "2022-07-27 06:00").sent == 0, "a late notice waits for office hours"
    assert run(office, "2022-07-27 07:30").sent == 1
    [path] = [path for path in (office.home / "box").iterdir() if "20220727" in path.name]
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "[Nhắc muộn K1-0001] Việc bao-cao, hạn hết ngày 29/7/2022 (thứ Sáu)"


def test_a_newer_rung_overtakes_one_that_could_not_leave(office: Office, serving: Serving) -> None:
    """The channel was down from before-10 to before-3: one mail leaves, for the newer rung."""
    server = serving({"connect": ["421 closed"] * 2 + ["220 ready"]})
    run(office, NOTICE)
    run(office, "2022-07-19 08:01")
    assert run(office, "2022-07-26 08:01").sent == 1
    assert len(server.messages) == 1
    states = {entry.rung: entry.state for entry in history(office.app, Wanted(), ZONE) if entry.kind == "reminder"}
    assert states == {"notice": "superseded", "before-10": "superseded", "before-3": "sent"}


def test_escalations_are_planned_and_stay_held(office: Office) -> None:
    """leader-4 and own_leadership-8 have their rows, wait for the register, and nothing of them leaves.

    What the office tells itself needs no register: it follows the unit's own first overdue reminder.
    """
    office.plan(obligation("bao-cao", "{by: 2022-07-20}", responsible="so-y-te"))
    office.apply(NOTICE)
    for day in range(11, 32):
        run(office, f"2022-07-{day} 09:00")
    held = {entry.rung: entry for entry in history(office.app, Wanted(), ZONE) if entry.state == "held"}
    assert {rung: (one.recipient, one.answer) for rung, one in held.items()} == {
        "leader-4": ("so-y-te.leader", "chờ rà sổ")
    }
    run(office, "2022-08-01 09:00")
    assert [entry.rung for entry in attempts(office)] == [
        "notice",
        "before-3",
        "before-0",
        "overdue-1",
        "overseer-1",
        "overdue-2",
        "letter-3",
    ]


def test_no_recipient_is_a_failure_that_shows(office: Office) -> None:
    """A unit without any contact: the rung's row says failed and why; nothing is lost silently."""
    office.write("units.yaml", "units:\n- {id: van-phong, name: Văn phòng}\n")
    office.write("office.yaml", "name: Văn phòng\n").plan(
        obligation("bao-cao", "{by: 2022-07-29}", responsible="van-phong")
    )
    office.apply(NOTICE)
    run(office, NOTICE)
    [reminder] = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "reminder"]
    assert (reminder.rung, reminder.state, reminder.answer) == ("notice", "failed", "không có đầu mối nhận")
