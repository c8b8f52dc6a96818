"""Chat goes out through Apprise as it is, and every ending gets its outcome and its reason."""

from __future__ import annotations

import json
import logging
import threading
import time

import pytest

from obligations.channels import Channel, apprise_door, open_channel
from tests.ports import free_port


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


def test_a_refusal_keeps_its_status_and_its_words(listener, outgoing):
    """The reason, which Apprise only logs, comes back with the answer in one short line."""
    listener.status, listener.body = 404, '{"error": "phòng đã đóng"}'.encode() + b" " * 300
    channel = chat(listener.server_port)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "failed"
    assert "error=404" in answer.answer
    assert "error" in answer.answer.partition("Response Details")[2]
    assert len(answer.answer) <= 300


def test_a_slow_answer_is_waited_for(listener, outgoing):
    """Longer than the 4 seconds that Apprise gives by itself: what was missed could never be repeated."""
    assert apprise_door.load(f"json://127.0.0.1:{listener.server_port}/x").socket_read_timeout == 30
    assert apprise_door.load("json://127.0.0.1/x?rto=7").socket_read_timeout == 7


def test_a_text_is_cut_to_what_the_service_takes(outgoing):
    """Its whole words, and the subject's room where it has no titles (Discord: 2,000; Zalo likewise)."""
    channel = open_channel("chat", "discord://${ID}/${T}", environ={"ID": "1" * 24, "T": "t" * 64})
    out = outgoing(text="mã K7-0412 " * 400)

    kept = json.loads(channel.freeze(out))["text"]

    assert 1980 <= len(kept) <= 2000
    assert kept.endswith((" K7-0412…", " mã…", "mã…"))


def test_the_total_limit_holds_whatever_apprise_waits_for(listener, outgoing):
    """A send that outlasts its limit is given up as unknown."""
    listener.delay = 4
    channel = chat(listener.server_port, seconds=0.15)

    answer = channel.send("1", channel.freeze(outgoing()))

    assert answer.outcome == "unknown"
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
    monkeypatch.setattr(apprise_door, "load", lambda _url: None)

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
    assert time.monotonic() - began < 10


def test_a_token_in_a_connection_error_is_masked(outgoing):
    """The library's own message holds the whole path."""
    channel = chat(free_port(), "bot${TOKEN}/x", TOKEN="12:ab/c d")

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
