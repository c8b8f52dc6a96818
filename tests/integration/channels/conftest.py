"""A message like the office's own, and servers that are stopped after each test."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from obligations.channels import Answer, Channel, Meanwhile, Outgoing, nothing, open_channel
from tests.integration.channels.listener import Listener
from tests.smtp_servers import Reply, ScriptedServer

HANOI = timezone(timedelta(hours=7))
BASE = Outgoing(
    message_id="<k7-0871.2022-11-25T08@sonoivu.example>",
    to="van-thu@skhcn.example",
    to_name="Sở Khoa học và Công nghệ",
    subject="[Đến hạn K7-0871] Báo cáo phong trào thi đua năm 2022, hạn hết hôm nay, thứ Sáu 25/11/2022",
    text="Kính gửi: Sở Khoa học và Công nghệ.\n\nHôm nay là ngày cuối.\n. dòng bắt đầu bằng dấu chấm\n",
    html="<p>Kính gửi: <b>Sở Khoa học và Công nghệ</b>. <a href='https://a.example/x'>liên kết</a></p>",
    date=datetime(2022, 11, 25, 8, 0, tzinfo=HANOI),
    reply_to="dau-moi@sonoivu.example",
)


PIPELINED = pytest.mark.parametrize(
    ("features", "ahead"),
    [((), False), (("PIPELINING",), False), (("PIPELINING",), True)],
    ids=["one by one", "pipelined", "announced"],
)


@pytest.fixture
def outgoing() -> Callable[..., Outgoing]:
    """The message, with what the test wants otherwise."""
    return lambda **changes: replace(BASE, **changes)


@pytest.fixture
def closing() -> Iterator[contextlib.ExitStack]:
    """What the test opened is closed after it."""
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.fixture
def scripted(closing: contextlib.ExitStack) -> Callable[..., ScriptedServer]:
    """Start a scripted server."""

    def start(answers: Mapping[str, Reply | Sequence[Reply]] | None = None, *features: str) -> ScriptedServer:
        server = ScriptedServer(answers, features)
        closing.callback(server.stop)
        return server

    return start


@pytest.fixture
def listener(closing: contextlib.ExitStack) -> Listener:
    """A chat service on loopback."""
    service = Listener()
    closing.callback(service.stop)
    return service


@pytest.fixture
def channel_to(closing: contextlib.ExitStack) -> Callable[..., Channel]:
    """Open a mail channel to a port of loopback."""

    def build(
        port: int, *, seconds: float = 5.0, options: str = "", login: str = "", ahead: bool = False, **environ: str
    ) -> Channel:
        url = f"smtp://{login}127.0.0.1:{port}/?from=sonoivu@sonoivu.example&name=S%E1%BB%9F%20N%E1%BB%99i%20v%E1%BB%A5{options}"
        channel = open_channel("thu", url, environ=environ, total_seconds=seconds)
        closing.callback(channel.close)
        return _announcing(channel) if ahead else channel

    return build


def _announcing(channel: Channel) -> Channel:
    """The channel, each message announced before it is sent."""
    send = channel.send

    def announced(to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        channel.announce(to)
        return send(to, frozen, meanwhile)

    channel.send = announced  # type: ignore[method-assign]
    return channel
