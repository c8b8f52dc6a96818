"""Every way a server can turn a reminder away: what the history says of it, and when it is tried again.

The channel's own side of it (which refusal belongs to which stage) is in channels/test_channels_refusal_table.py; here
it is what becomes of the message, of its reminder and of the channel.
"""

from __future__ import annotations

import contextlib
import ssl
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from obligations import channels
from obligations.cases.reading.history import Entry
from obligations.cli import watch
from tests.integration.channels.listener import Listener
from tests.life import entries, nowhere, run
from tests.offices import UNITS, ZONE, Office, at, obligation
from tests.smtp_servers import Reply, ScriptedServer, Talk, make_certificate

NOTICE = "2022-07-11 09:00"
SHORT = 2  # seconds that one send may take where the server keeps it waiting
PLANNED, SENT = "đã lên lịch", "đã gửi"
SOON = (1.5, 2.5)  # minutes until a first retry: two, spread by a quarter
REST = (1.0, 1.0)  # and until a channel that rests is tried again
AUTH, STARTTLS = ("AUTH PLAIN",), ("STARTTLS",)


def silent(talk: Talk) -> None:
    talk.keep_silent()


def drip(talk: Talk) -> None:
    """Bytes keep coming until a little before the time is up, the end of the line never."""
    talk.drip("250-cham", every=SHORT / 12)
    talk.keep_silent()


def start_tls(talk: Talk) -> None:
    """A certificate that nobody vouches for."""
    talk.say("220 go ahead")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.TemporaryDirectory() as folder:
        context.load_cert_chain(*make_certificate(Path(folder), "127.0.0.1"))
    with contextlib.suppress(OSError):
        context.wrap_socket(talk.sock, server_side=True)


@dataclass(frozen=True)
class Case:
    """What a server does (None: there is none), and the history's line of that attempt.

    `reminder` is the reminder's line then, `again` between how many minutes the next try lies (None: never), `then` the
    reminder's line five minutes later.
    """

    situation: str
    script: Mapping[str, Reply | Sequence[Reply]] | None
    line: str
    reminder: str = PLANNED
    again: tuple[float, float] | None = SOON
    then: str = SENT
    features: tuple[str, ...] = ()
    mode: str = "insecure"
    seconds: float = 5


def once(step: str, reply: Reply) -> dict[str, Sequence[Reply]]:
    """So the first time, and afterwards as servers usually do."""
    usual = {"connect": "220 ok", "AUTH": "235 ok", "DATA": "354 ok"}
    return {step: [reply, usual.get(step, "250 ok")]}


def rests(situation: str, step: str, reply: Reply, words: str, **more: Any) -> Case:
    return Case(situation, once(step, reply), f"kênh không thông {words}", again=REST, **more)


def later(situation: str, step: str, reply: Reply, words: str, **more: Any) -> Case:
    return Case(situation, once(step, reply), f"sẽ gửi lại {words}", **more)


def fails(situation: str, step: str, reply: str, stage: str) -> Case:
    lost = f"không gửi được {reply}"
    return Case(situation, once(step, reply), f"không gửi được {stage}: {reply}", lost, again=None, then=lost)


def bad(situation: str, reply: str) -> Case:
    lost = f"không gửi được địa chỉ không nhận: {reply}"
    return Case(situation, {"RCPT": reply}, f"địa chỉ không nhận rcpt: {reply}", lost, again=None, then=lost)


def unknown(situation: str, reply: Reply, words: str, **more: Any) -> Case:
    return Case(situation, once(".", reply), f"chưa rõ đã đi chưa {words}", **more)


REFUSED = "kênh không thông connect: không kết nối được 127.0.0.1:PORT: Connection refused"
NO_TLS = "kênh không thông starttls: máy chủ không có STARTTLS; không gửi qua kết nối không mã hoá"
NOT_TRUSTED = "kênh không thông starttls: chứng thư của máy chủ không được tin: self-signed certificate"
MUTE, GONE = "quá 2 giây không trả lời", "máy chủ ngắt kết nối"
CASES = [
    Case("refused", None, REFUSED, again=REST, then=PLANNED),
    Case("no STARTTLS", {}, NO_TLS, again=REST, then=PLANNED, mode="starttls"),
    Case("certificate", {"STARTTLS": start_tls}, NOT_TRUSTED, PLANNED, REST, PLANNED, STARTTLS, "starttls"),
    rests("421 at the door", "connect", "421 4.3.2 ban", "connect: 421 4.3.2 ban"),
    rests("time-out at the door", "connect", silent, f"connect: {MUTE}", seconds=SHORT),
    rests("garbage", "connect", "HTTP/1.1 400 Bad", "connect: không phải SMTP: HTTP/1.1 400 Bad"),
    rests("535", "AUTH", "535 5.7.8 sai mat khau", "auth: 535 5.7.8 sai mat khau", features=AUTH),
    rests("452 at MAIL", "MAIL", "452 4.3.1 day", "mail: 452 4.3.1 day"),
    rests("drop at MAIL", "MAIL", Talk.close, f"mail: {GONE}"),
    rests("time-out at MAIL", "MAIL", silent, f"mail: {MUTE}", seconds=SHORT),
    later("450", "RCPT", "450 4.2.1 cho", "rcpt: 450 4.2.1 cho"),
    later("452 at RCPT", "RCPT", "452 4.5.3 nhieu qua", "rcpt: 452 4.5.3 nhieu qua"),
    later("421 at RCPT", "RCPT", "421 4.7.0 dong", "rcpt: 421 4.7.0 dong"),
    later("slow drip", "RCPT", drip, f"rcpt: {MUTE}", seconds=SHORT),
    later("drop before DATA", "DATA", Talk.close, f"data: {GONE}"),
    later("451 at DATA", "DATA", "451 4.3.0 cho", "data: 451 4.3.0 cho"),
    later("451 after the message", ".", "451 4.3.0 cho", "answer: 451 4.3.0 cho"),
    fails("552 at DATA", "DATA", "552 5.3.4 to qua", "data"),
    fails("554 after the message", ".", "554 5.7.1 thu rac", "answer"),
    bad("550 at RCPT", "550 5.1.1 khong co ai"),
    bad("relay denied", "554 5.7.1 Relay access denied"),
    unknown("drop after the message", Talk.close, f"answer: {GONE}"),
    unknown("time-out after the message", silent, f"answer: {MUTE}", seconds=SHORT),
]


@pytest.fixture
def closing(monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    """What a test opens is closed after it."""
    monkeypatch.setenv("MAT_KHAU", "bi-mat-lam")
    with contextlib.ExitStack() as stack:
        yield stack


def given(office: Office, lines: str, units: str = UNITS) -> None:
    """One duty due on 29 July, whose notice leaves at nine on the 11th."""
    office.sending("live", lines).write("units.yaml", units)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)


def lines_for(case: Case, closing: contextlib.ExitStack) -> str:
    if case.script is None:
        return nowhere()
    server = ScriptedServer(case.script, case.features)
    closing.callback(server.stop)
    login = "nhac:${MAT_KHAU}@" if case.features == AUTH else ""
    return f"email: smtp://{login}127.0.0.1:{server.port}/?from=nhac@so-mau.example&mode={case.mode}\n"


def readable(entry: Entry) -> str:
    """How `dondoc history` words an entry's end."""
    return watch._line(entry, ZONE)[-1]


def reminder(office: Office) -> str:
    """The one reminder's line."""
    [found] = entries(office, "reminder")
    return readable(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.situation)
def test_mail_that_is_turned_away(
    office: Office, closing: contextlib.ExitStack, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of the history, what becomes of the reminder, and the time of the next try."""
    opening = channels.open_channel
    monkeypatch.setattr(
        channels, "open_channel", lambda *given, **more: opening(*given, **{**more, "total_seconds": case.seconds})
    )
    lines = lines_for(case, closing)
    given(office, lines)
    assert run(office, NOTICE).sent == 0
    port = lines.partition("127.0.0.1:")[2].partition("/")[0]
    assert readable(entries(office, "attempt")[0]) == case.line.replace("PORT", port)
    assert reminder(office) == case.reminder
    again = run(office, NOTICE).next_try_at
    if case.again is None:
        assert again is None
    else:
        assert again is not None
        assert case.again[0] <= (again - at(NOTICE)) / timedelta(minutes=1) <= case.again[1]
    run(office, "2022-07-11 09:05")
    assert reminder(office) == case.then


CHAT = UNITS.replace(
    "{name: Anh Bình, role: focal, email: dau-moi@so-y-te.example",
    "{name: Anh Bình, role: focal, channels: [{phong: '1'}]",
)


@dataclass(frozen=True)
class Post:
    """What a chat service answers at first; how the history's line begins, and the reminder's at once and at last."""

    status: int
    line: str
    reminder: str
    then: str
    posts: int


POSTS = [
    Post(429, "sẽ gửi lại notify: ", PLANNED, SENT, 2),
    Post(503, "sẽ gửi lại notify: ", PLANNED, SENT, 2),
    Post(401, "kênh không thông notify: ", PLANNED, SENT, 2),
    Post(400, "không gửi được notify: ", "không gửi được", "không gửi được", 1),
    Post(504, "chưa rõ đã đi chưa notify: ", "chưa rõ đã đi chưa", "chưa rõ đã đi chưa", 1),
    Post(0, "chưa rõ đã đi chưa notify: ", "chưa rõ đã đi chưa", "chưa rõ đã đi chưa", 1),
]


@pytest.mark.parametrize("case", POSTS, ids=lambda case: str(case.status or "drop"))
def test_chat_that_is_turned_away(office: Office, closing: contextlib.ExitStack, case: Post) -> None:
    """Refused for now, for good, or nobody knows: only the first is posted again, and that once."""
    service = Listener()
    closing.callback(service.stop)
    service.status = case.status
    given(office, nowhere() + f"phong: json://127.0.0.1:{service.server_port}/{{to}}\n", CHAT)
    run(office, NOTICE)
    assert readable(entries(office, "attempt")[0]).startswith(case.line)
    assert reminder(office).startswith(case.reminder)
    service.status = 200
    run(office, "2022-07-11 09:05")
    run(office, "2022-07-11 14:00")
    assert len(service.posts) == case.posts
    assert reminder(office).startswith(case.then)


def test_a_full_mailbox_is_tried_until_the_next_rung_and_then_for_that_ones_sake(
    office: Office, closing: contextlib.ExitStack
) -> None:
    """452 for a week: no failure; before-10 takes the notice's place, and leaves when there is room."""
    server = ScriptedServer({"RCPT": ["452 4.2.2 day"] * 9 + ["250 ok"]})
    closing.callback(server.stop)
    given(office, f"email: smtp://127.0.0.1:{server.port}/?from=nhac@so-mau.example\n")
    for day in (11, 12, 13, 14, 15, 18):
        assert run(office, f"2022-07-{day} 09:00").failed == 0
    for moment in ("19 08:01", "19 09:30", "19 11:00", "19 14:00"):
        run(office, f"2022-07-{moment}")
    states = {one.rung: one.state for one in entries(office, "reminder")}
    assert states == {"notice": "superseded", "before-10": "sent"}
    assert len(server.messages) == 1


def test_a_channel_rests_longer_each_time(office: Office) -> None:
    """A minute, two, four, to half an hour: whoever comes before is told when to come back."""
    given(office, nowhere())
    tried = [at(NOTICE)]
    for _ in range(8):
        found = run(office, f"{tried[-1]:%Y-%m-%d %H:%M}").next_try_at
        assert found is not None
        tried.append(found.astimezone(ZONE))
    minutes = [(after - before) / timedelta(minutes=1) for before, after in pairwise(tried)]
    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]
