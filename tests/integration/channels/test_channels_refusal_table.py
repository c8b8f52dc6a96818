"""Every way a send can end without success, in one table: where it came, what it means, in whose words.

A refusal belongs to the stage it came at. Before RCPT it is the channel's and no reminder fails; at RCPT the address's;
afterwards the message's. A silence is tried again unless the last byte had left: then nobody knows.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from obligations.channels import open_channel
from tests.integration.channels.listener import Listener
from tests.ports import free_port
from tests.smtp_servers import Reply, ScriptedServer, Talk, make_certificate
from tests.waiting import until

SHORT = 2  # seconds that a send may take where the server keeps it waiting


@dataclass(frozen=True)
class Case:
    """What a mail server does at which step, or a port where there is none; and how the send must end.

    `words` stand in the answer.
    """

    situation: str
    server: Mapping[str, Reply] | Callable[[contextlib.ExitStack], int]
    outcome: str
    stage: str
    words: str
    features: tuple[str, ...] = ()
    mode: str = "insecure"
    login: bool = False
    seconds: float = 5.0


def hang_up(talk: Talk) -> None:
    talk.close()


def keep_silent(talk: Talk) -> None:
    talk.keep_silent()


def drip(talk: Talk) -> None:
    """Each byte in time, the whole not."""
    talk.drip("250-" + "slow " * 20, every=SHORT / 5)


def encrypt(talk: Talk) -> None:
    """TLS with a certificate that nobody vouches for."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.TemporaryDirectory() as folder:
        context.load_cert_chain(*make_certificate(Path(folder), "127.0.0.1"))
    with contextlib.suppress(OSError):
        context.wrap_socket(talk.sock, server_side=True)


def start_tls(talk: Talk) -> None:
    talk.say("220 go ahead")
    encrypt(talk)


def hang_up_instead_of_tls(talk: Talk) -> None:
    talk.say("220 go ahead")
    talk.close()


def closed(_: contextlib.ExitStack) -> int:
    """A port that nobody listens on."""
    return free_port()


def crowded(stack: contextlib.ExitStack) -> int:
    """A port whose queue is full: a connection is neither taken nor refused."""
    taken = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
    for _ in range(4):
        waiting = stack.enter_context(socket.socket())
        waiting.settimeout(0)
        waiting.connect_ex(taken.getsockname())
    return int(taken.getsockname()[1])


def said(step: str, reply: str, outcome: str, stage: str, **more: Any) -> Case:
    """A refusal in words: they are the answer, whole."""
    return Case(f"{stage}: {reply}", {step: reply}, outcome, stage, reply, **more)


GRANTED = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go ahead", ".": "250 ok"}
STARTTLS: dict[str, Any] = {"features": ("STARTTLS",), "mode": "starttls"}
AUTH: dict[str, Any] = {"features": ("AUTH PLAIN LOGIN",), "login": True}

SMTP = [
    Case("nobody listens", closed, "channel_down", "connect", "Connection refused"),
    Case("nobody answers", crowded, "channel_down", "connect", "quá 2 giây", seconds=SHORT),
    said("connect", "421 4.3.2 too busy", "channel_down", "connect"),
    said("connect", "554 5.7.1 not from there", "channel_down", "connect"),
    Case("greeting: drop", {"connect": hang_up}, "channel_down", "connect", "máy chủ ngắt kết nối"),
    Case("greeting: silence", {"connect": keep_silent}, "channel_down", "connect", "quá 2 giây", seconds=SHORT),
    Case("greeting: drip", {"connect": drip}, "channel_down", "connect", "quá 2 giây", seconds=SHORT),
    Case("greeting: a web server", {"connect": "HTTP/1.1 400 Bad"}, "channel_down", "connect", "không phải SMTP: HTTP"),
    Case("greeting: no words", {"connect": ""}, "channel_down", "connect", "không phải SMTP"),
    Case("greeting: endless", {"connect": "x" * 20_000}, "channel_down", "connect", "không phải SMTP: xxx"),
    Case("certificate at once", {"connect": encrypt}, "channel_down", "connect", "không được tin", mode="ssl"),
    Case("clear where TLS is due", {}, "channel_down", "connect", "WRONG_VERSION_NUMBER", mode="ssl"),
    said("EHLO", "502 5.5.1 what", "channel_down", "ehlo"),
    Case("ehlo: drop", {"EHLO": hang_up}, "channel_down", "ehlo", "máy chủ ngắt kết nối"),
    Case("ehlo: drip", {"EHLO": drip}, "channel_down", "ehlo", "quá 2 giây", seconds=SHORT),
    Case("ehlo: endless", {"EHLO": "250-more\r\n" * 200}, "channel_down", "ehlo", "dài bất thường"),
    Case("no STARTTLS offered", {}, "channel_down", "starttls", "không có STARTTLS", mode="starttls"),
    said("STARTTLS", "454 4.7.0 TLS not available", "channel_down", "starttls", **STARTTLS),
    Case("certificate", {"STARTTLS": start_tls}, "channel_down", "starttls", "không được tin", **STARTTLS),
    Case("drop at TLS", {"STARTTLS": hang_up_instead_of_tls}, "channel_down", "starttls", "", **STARTTLS),
    Case("words before TLS", {"STARTTLS": "220 go\r\n250 x"}, "channel_down", "starttls", "gửi thêm lệnh", **STARTTLS),
    said("AUTH", "535 5.7.8 bad credentials", "channel_down", "auth", **AUTH),
    said("AUTH", "454 4.7.0 temporary failure", "channel_down", "auth", **AUTH),
    Case("auth: drop", {"AUTH": hang_up}, "channel_down", "auth", "máy chủ ngắt kết nối", **AUTH),
    Case("no log-in known", {}, "channel_down", "auth", "PLAIN hay LOGIN", features=("AUTH GSSAPI",), login=True),
    said("MAIL", "421 4.7.0 too many connections", "channel_down", "mail"),
    said("MAIL", "451 4.3.0 try later", "channel_down", "mail"),
    said("MAIL", "553 5.1.8 sender unknown", "channel_down", "mail"),
    said("MAIL", "530 5.7.0 authenticate first", "channel_down", "mail"),
    Case("mail: drop", {"MAIL": hang_up}, "channel_down", "mail", "máy chủ ngắt kết nối"),
    Case("mail: silence", {"MAIL": keep_silent}, "channel_down", "mail", "quá 2 giây", seconds=SHORT),
    Case("mail: garbage", {"MAIL": "<html>"}, "channel_down", "mail", "không phải SMTP: <html>"),
    said("RCPT", "450 4.2.1 greylisted", "retry", "rcpt"),
    said("RCPT", "452 4.5.3 too many recipients", "retry", "rcpt"),
    said("RCPT", "421 4.7.0 closing", "retry", "rcpt"),
    said("RCPT", "550 5.1.1 no such user", "address_bad", "rcpt"),
    said("RCPT", "552 5.2.2 mailbox full", "address_bad", "rcpt"),
    said("RCPT", "554 5.7.1 <van-thu@skhcn.example>: Relay access denied", "address_bad", "rcpt"),
    said("RCPT", "550 5.7.1 Unable to relay", "address_bad", "rcpt"),
    Case("rcpt: drop", {"RCPT": hang_up}, "retry", "rcpt", "máy chủ ngắt kết nối"),
    Case("rcpt: drip", {"RCPT": drip}, "retry", "rcpt", "quá 2 giây", seconds=SHORT),
    Case("rcpt: garbage", {"RCPT": "999 what"}, "retry", "rcpt", "không phải SMTP: 999 what"),
    Case("rcpt: another's answer", {"RCPT": "354 go ahead"}, "retry", "rcpt", "354 go ahead"),
    said("DATA", "451 4.3.0 not now", "retry", "data"),
    said("DATA", "452 4.3.1 no space", "retry", "data"),
    said("DATA", "552 5.3.4 too big", "failed", "data"),
    said("DATA", "554 5.5.1 no valid recipients", "failed", "data"),
    Case("data: drop", {"DATA": hang_up}, "retry", "data", "máy chủ ngắt kết nối"),
    Case("data: silence", {"DATA": keep_silent}, "retry", "data", "quá 2 giây", seconds=SHORT),
    Case("data: another's answer", {"DATA": "250 ok"}, "retry", "data", "250 ok"),
    Case("size known before", {}, "failed", "data", "SIZE 100", features=("SIZE 100",)),
    said(".", "451 4.3.0 try later", "retry", "answer"),
    said(".", "421 4.3.2 closing", "retry", "answer"),
    said(".", "552 5.3.4 too big", "failed", "answer"),
    said(".", "554 5.7.1 looks like spam", "failed", "answer"),
    Case("answer: drop", {".": hang_up}, "unknown", "answer", "máy chủ ngắt kết nối"),
    Case("answer: reset", {".": lambda talk: talk.reset()}, "unknown", "answer", "Connection reset"),
    Case("answer: silence", {".": keep_silent}, "unknown", "answer", "quá 2 giây không trả lời", seconds=SHORT),
    Case("answer: drip", {".": drip}, "unknown", "answer", "quá 2 giây", seconds=SHORT),
    Case("answer: garbage", {".": "<html>"}, "unknown", "answer", "không phải SMTP: <html>"),
    Case("answer: another's answer", {".": "354 go ahead"}, "unknown", "answer", "354 go ahead"),
]


@pytest.mark.parametrize("pipelining", [(), ("PIPELINING",)], ids=["one by one", "pipelined"])
@pytest.mark.parametrize("case", SMTP, ids=lambda case: case.situation)
def test_mail_that_does_not_go_through(closing, channel_to, outgoing, case, pipelining):
    """Stage, outcome, words; where the limit of a send held, they say so."""
    if callable(case.server):
        port = case.server(closing)
    else:
        server = ScriptedServer(case.server, (*case.features, *pipelining))
        closing.callback(server.stop)
        port = server.port
    login = {"login": "van-thu:${P}@", "P": "bí mật"} if case.login else {}
    channel = channel_to(port, seconds=case.seconds, options=f"&mode={case.mode}", **login)

    answer = channel.send("van-thu@skhcn.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == (case.outcome, case.stage)
    assert case.words in answer.answer
    assert len(answer.answer) <= 300
    assert "\n" not in answer.answer


AFTER_EHLO = [case for case in SMTP if not callable(case.server) and {*case.server} & {"MAIL", "RCPT", "DATA", "."}]


@pytest.mark.parametrize("case", AFTER_EHLO, ids=lambda case: case.situation)
def test_a_message_that_was_announced_is_refused_alike(scripted, channel_to, outgoing, case):
    """Its envelope left while the ledger was written: each answer is still its own stage's."""
    ((step, reply),) = case.server.items()
    server = scripted({step: [GRANTED[step], reply]}, "PIPELINING")
    channel = channel_to(server.port, seconds=case.seconds, ahead=True)
    assert channel.send("ubnd@xa.example", channel.freeze(outgoing())).outcome == "sent"

    answer = channel.send("van-thu@skhcn.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == (case.outcome, case.stage)
    assert case.words in answer.answer


@dataclass(frozen=True)
class Post:
    """What a chat service does with a post, and how the send must end."""

    situation: str
    service: Mapping[str, object]
    outcome: str
    words: str
    options: str = ""
    seconds: float = 5.0


CHAT = [
    Post("400", {"status": 400}, "failed", "error=400"),
    Post("401", {"status": 401}, "channel_down", "error=401"),
    Post("403", {"status": 403}, "failed", "error=403"),
    Post("404", {"status": 404, "body": b"no such room"}, "failed", "no such room"),
    Post("407", {"status": 407}, "channel_down", "error=407"),
    Post("408", {"status": 408}, "retry", "error=408"),
    Post("429", {"status": 429, "headers": {"Retry-After": "30"}}, "retry", "error=429"),
    Post("500", {"status": 500}, "retry", "error=500"),
    Post("503", {"status": 503}, "retry", "error=503"),
    Post("504", {"status": 504}, "unknown", "error=504"),
    Post("drop", {"status": 0}, "unknown", "RemoteDisconnected"),
    Post("silence", {"delay": 4 * SHORT}, "unknown", "Read timed out", options="?rto=0.1"),
    Post("silence beyond the limit", {"delay": 4 * SHORT}, "unknown", "quá thời gian", seconds=SHORT),
]


@pytest.mark.parametrize("case", CHAT, ids=lambda case: case.situation)
def test_chat_that_does_not_go_through(listener: Listener, outgoing, case):
    """One post each, whatever comes of it: chat is never repeated by itself."""
    for name, value in case.service.items():
        setattr(listener, name, value)
    url = f"json://127.0.0.1:{listener.server_port}/phong/{{to}}{case.options}"
    channel = open_channel("chat", url, environ={}, total_seconds=case.seconds)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == (case.outcome, "notify")
    assert case.words in answer.answer
    until(lambda: listener.posts, 30)  # who gives up soon may be done before the service has read
    assert len(listener.posts) == 1


def test_a_chat_service_that_nobody_runs_is_the_channels_fault(closing, outgoing):
    """Nothing left, and no message fails for want of a connection."""
    channel = open_channel("chat", f"json://127.0.0.1:{closed(closing)}/{{to}}", environ={})

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "channel_down"
    assert "Connection refused" in answer.answer


def test_a_name_server_that_does_not_answer_is_the_channels_fault(channel_to, outgoing, monkeypatch):
    """A look-up knows no time limit of its own; the send's holds all the same."""

    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(4 * SHORT)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    channel = channel_to(25, seconds=SHORT)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")
    assert "quá 2 giây chưa tìm được máy chủ" in answer.answer


def test_a_family_that_this_machine_does_not_speak_is_passed_over(scripted, channel_to, outgoing, monkeypatch):
    """A name may have addresses of a kind that the kernel refuses: the next one is tried."""
    real = socket.getaddrinfo
    alien = (socket.AF_APPLETALK, socket.SOCK_STREAM, 0, "", ("::1", 25))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: [alien, *real(*asked, **how)])
    channel = channel_to(scripted().port)

    assert channel.send("a@b.example", channel.freeze(outgoing())).outcome == "sent"
