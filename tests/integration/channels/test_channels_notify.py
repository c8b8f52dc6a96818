"""Chat goes out through Apprise as it is, and every ending gets its outcome and its reason."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from obligations.channels import Channel, notify_channel, open_channel


class Listener(ThreadingHTTPServer):
    """A chat server on loopback: answers with `status`, keeps what was posted to which path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.body = b"{}"
        self.delay = 0.0
        self.posts: list[tuple[str, dict[str, Any]]] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, json.loads(body)))
        time.sleep(self.server.delay)
        if self.server.status == 0:  # hang up without a word
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.shutdown()
    server.server_close()


def chat(port: int, path: str = "phong/{to}", *, seconds: float = 5.0, **environ: str) -> Channel:
    return open_channel("chat", f"json://127.0.0.1:{port}/{path}", environ=environ, total_seconds=seconds)


def test_a_message_reaches_the_one_recipient_in_the_url(listener, outgoing):
    """{to} is the recipient, percent-encoded: it cannot become a query or a fragment."""
    channel = chat(listener.server_port)
    out = outgoing(to="nhóm?x=#2&y")

    answer = channel.send(out.to, channel.freeze(out))

    assert (answer.outcome, answer.stage) == ("sent", "notify")
    ((path, post),) = listener.posts
    assert path == "/phong/nh%C3%B3m%3Fx=%232&y"
    assert (post["title"], post["message"]) == (out.subject, out.text.rstrip())


def test_freezing_keeps_subject_and_text_as_readable_utf8(outgoing, listener):
    """What is stored for chat can be read in the database as it was written."""
    out = outgoing()

    frozen = chat(listener.server_port).freeze(out)

    assert json.loads(frozen)["text"] == out.text
    assert out.subject in frozen.decode()
    assert frozen == chat(listener.server_port).freeze(out)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, "failed"),
        (403, "failed"),
        (404, "failed"),
        (401, "channel_down"),
        (408, "retry"),
        (429, "retry"),
        (500, "retry"),
        (503, "retry"),
    ],
)
def test_an_http_refusal_keeps_its_status_and_its_words(listener, outgoing, status, outcome):
    """The reason, which Apprise only logs, comes back with the answer."""
    listener.status, listener.body = status, '{"error": "phòng đã đóng"}'.encode()
    channel = chat(listener.server_port)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == outcome
    assert f"error={status}" in answer.answer
    assert "error" in answer.answer.partition("Response Details")[2]
    assert len(answer.answer) <= 300


def test_a_refused_connection_is_tried_again(outgoing):
    """Nothing left, so nothing can come twice."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = chat(port)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "retry"
    assert "Connection refused" in answer.answer


def test_a_server_that_hangs_up_without_an_answer_is_unknown(listener, outgoing):
    """The post may have been taken: chat is never repeated by itself."""
    listener.status = 0
    channel = chat(listener.server_port)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "unknown"
    assert len(listener.posts) == 1


def test_an_answer_that_does_not_come_in_time_is_unknown(listener, outgoing):
    """The read limit of Apprise's own (rto) runs out after the post had left."""
    listener.delay = 0.3
    channel = chat(listener.server_port, "x?rto=0.1")

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "unknown"
    assert "Read timed out" in answer.answer


def test_the_total_limit_holds_whatever_apprise_waits_for(listener, outgoing):
    """A send that outlasts its limit is given up as unknown."""
    listener.delay = 0.4
    channel = chat(listener.server_port, seconds=0.15)
    frozen = channel.freeze(outgoing())
    began = time.monotonic()

    answer = channel.send("1", frozen)

    assert answer.outcome == "unknown"
    assert time.monotonic() - began < 0.35
    for abandoned in [thread for thread in threading.enumerate() if thread.name == "dondoc-notify"]:
        abandoned.join()


def test_a_failure_is_told_once_whatever_the_url_says(listener, outgoing):
    """optional=yes would record as sent what was not, retry= could bring a message twice."""
    listener.status = 500
    channel = chat(listener.server_port, "x?optional=yes&retry=2&wait=0")

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "retry"
    assert len(listener.posts) == 1


def test_a_recipient_that_the_service_cannot_take_is_a_bad_address(listener, outgoing, monkeypatch):
    """Where the service does not accept the URL with this recipient in it, the recipient is at fault."""
    channel = chat(listener.server_port)
    monkeypatch.setattr(notify_channel.apprise_door, "load", lambda _url: None)

    answer = channel.send("lạ", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("address_bad", "notify")


def test_bytes_of_another_kind_fail_without_being_posted(listener):
    """An e-mail's bytes are no chat message."""
    answer = chat(listener.server_port).send("1", b"Date: x\r\n\r\nbody")

    assert answer.outcome == "failed"
    assert listener.posts == []


def test_an_empty_message_fails(listener, outgoing):
    """What says nothing is not posted; that is told, not lost."""
    channel = chat(listener.server_port)

    answer = channel.send("1", channel.freeze(outgoing(subject="", text="\n")))

    assert (answer.outcome, answer.answer) == ("failed", "tin nhắn trống")
    assert listener.posts == []


def test_twenty_messages_are_not_held_up(listener, outgoing):
    """Apprise's pause per object does not stretch a batch."""
    channel = open_channel("chat", f"mmost://127.0.0.1:{listener.server_port}/${{T}}", environ={"T": "abcdefghij"})
    listener.body = b"ok"
    began = time.monotonic()

    outcomes = {channel.send("1", channel.freeze(outgoing(text=f"tin {n}"))).outcome for n in range(20)}

    assert outcomes == {"sent"}
    assert len(listener.posts) == 20
    assert time.monotonic() - began < 2


def test_a_token_in_a_connection_error_is_masked(outgoing):
    """The library's own message holds the whole path."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = chat(port, "bot${TOKEN}/x", TOKEN="12:ab/c d")

    answer = channel.send("1", channel.freeze(outgoing()))

    assert "/bot***/x" in answer.answer


@pytest.mark.parametrize("status", [200, 404])
def test_no_secret_reaches_the_log_or_the_answer(listener, outgoing, caplog, status):
    """Tokens stand in request paths, which Apprise and urllib3 log: not with us, at whatever level."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("apprise").setLevel(logging.DEBUG - 1)  # TRACE
    listener.status, listener.body = status, b"no room of token mat-khau-phong"
    channel = chat(listener.server_port, "bot${TOKEN}/x?+Key=${KEY}", TOKEN="mat-khau-phong", KEY="chìa khoá")

    answer = channel.send("1", channel.freeze(outgoing()))

    assert listener.posts[0][0] == "/botmat-khau-phong/x"
    for shown in (answer.answer, repr(channel), caplog.text):
        assert "mat-khau-phong" not in shown
        assert "chìa khoá" not in shown
        assert "%C3%ACa%20kho" not in shown
    logging.getLogger("apprise").setLevel(logging.NOTSET)


def test_other_threads_keep_their_own_log(listener, outgoing, caplog):
    """What others log through Apprise meanwhile is neither taken for our reason nor lost to them."""
    caplog.set_level(logging.INFO, logger="apprise")
    listener.delay, listener.status = 0.2, 404
    channel = chat(listener.server_port)
    answers = []
    sending = threading.Thread(target=lambda: answers.append(channel.send("1", channel.freeze(outgoing()))))
    sending.start()
    time.sleep(0.1)
    logging.getLogger("apprise").warning("of another, error=500")
    logging.getLogger("apprise").debug("too fine for this log")
    sending.join()

    assert answers[0].outcome == "failed"
    assert "another" not in answers[0].answer
    assert [record.getMessage() for record in caplog.records if record.name == "apprise"] == ["of another, error=500"]
    assert logging.getLogger("apprise").level == logging.INFO
