"""Zalo Bot: one post per message, and what each of its answers means."""

from __future__ import annotations

import json
import logging

import apprise
import pytest

from obligations.channels import Channel, open_channel, wrong_url
from tests.ports import free_port
from tests.waiting import until

TOKEN = "12345689:abc-xyz_QRS"
CHAT = "6ede9afa66b88fe6d6a9"


@pytest.fixture
def zalo(listener):
    """Open the channel to the listener; options of the URL may follow."""

    def build(options: str = "", *, seconds: float = 5.0) -> Channel:
        url = f"zalobot://${{BOT}}/{{to}}?base=http://127.0.0.1:{listener.server_port}/{options}"
        return open_channel("zalo", url, environ={"BOT": TOKEN}, total_seconds=seconds)

    return build


def test_a_message_is_one_post_with_the_subject_first(listener, zalo, outgoing):
    """The bot's token stands in the path, the chat and the text in the JSON."""
    listener.body = b'{"ok": true, "result": {"message_id": "2d758cb5e222177a4e35", "date": 1749632637199}}'
    channel, out = zalo(), outgoing(to=CHAT)

    answer = channel.send(out.to, channel.freeze(out))

    assert (answer.outcome, answer.stage) == ("sent", "notify")
    assert "2d758cb5e222177a4e35" in answer.answer
    assert listener.posts == [
        (f"/bot{TOKEN}/sendMessage", {"chat_id": CHAT, "text": f"{out.subject}\n{out.text.rstrip()}"})
    ]


def test_a_long_text_is_cut_at_a_word(listener, zalo, outgoing):
    """2,000 characters with the subject; no code is broken; what is stored is what leaves."""
    channel, out = zalo(), outgoing(to=CHAT, text="Đầu việc K7-0412 hạn 25/11/2022, " * 100)
    frozen = channel.freeze(out)

    channel.send(out.to, frozen)

    ((_, post),) = listener.posts
    assert 1980 < len(post["text"]) <= 2000
    assert post["text"].removesuffix("…").split()[-1] in ("Đầu", "việc", "K7-0412", "hạn", "25/11/2022,")
    assert post["text"].endswith(json.loads(frozen)["text"])


@pytest.mark.parametrize(
    ("status", "body", "outcome", "words"),
    [
        (200, {"ok": True}, "sent", "200 null"),
        (200, {"ok": False, "error_code": 400, "description": "chat_id is invalid"}, "address_bad", "400 chat_id is"),
        (200, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "channel_down", "401 Unauthorized"),
        (200, {"ok": False, "error_code": 403, "description": "Internal server error"}, "retry", "403 Internal"),
        (200, {"ok": False, "error_code": 404, "description": "Not found"}, "address_bad", "404 Not found"),
        (200, {"ok": False, "error_code": 408, "description": "Request timeout"}, "unknown", "408 Request timeout"),
        (200, {"ok": False, "error_code": 429, "description": "Quota exceeded"}, "retry", "429 Quota exceeded"),
        (200, {"ok": False, "description": "no"}, "failed", "200 no"),
        (200, {"ok": False, "error_code": "E1"}, "failed", "200"),
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "channel_down", "401 Unauthorized"),
        (400, {}, "address_bad", "400"),
        (429, {"ok": False, "parameters": {"retry_after": 9}}, "retry", "429"),
        (500, {}, "retry", "500"),
        (200, "<html>log in to the network</html>", "unknown", "200 <html>"),
        (302, "", "channel_down", "302"),
        (407, "proxy", "channel_down", "407 proxy"),
        (502, "<html>bad gateway</html>", "retry", "502 <html>"),
        (504, "<html>time-out</html>", "unknown", "504 <html>"),
        (500, "[" * 60_000, "retry", "500 ["),
    ],
)
def test_every_answer_has_its_outcome(listener, zalo, outgoing, status, body, outcome, words):
    """The code in the JSON counts before the HTTP status; the words are Zalo's own."""
    listener.status, listener.headers = status, {"Location": "/elsewhere"}
    listener.body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    channel = zalo()

    answer = channel.send(CHAT, channel.freeze(outgoing()))

    assert answer.outcome == outcome
    assert answer.answer.startswith(words)
    assert len(listener.posts) == 1
    assert listener.others == []  # no redirection is followed: it would carry the token on


def test_nobody_listening_is_the_channels_fault(outgoing):
    """Nothing left; the channel rests and no message fails."""
    base = f"http://127.0.0.1:{free_port()}"
    channel = open_channel("zalo", f"zalobot://${{BOT}}/{{to}}?base={base}", environ={"BOT": TOKEN})

    answer = channel.send(CHAT, channel.freeze(outgoing()))

    assert answer.outcome == "channel_down"
    assert "Connection refused" in answer.answer


@pytest.mark.parametrize(("status", "delay"), [(0, 0.0), (200, 4.0)], ids=["hangs up", "is silent"])
def test_a_post_without_an_answer_is_unknown(listener, zalo, outgoing, status, delay):
    """It may have arrived: chat is never repeated by itself."""
    listener.status, listener.delay = status, delay
    channel = zalo("&rto=0.1")

    answer = channel.send(CHAT, channel.freeze(outgoing()))

    assert answer.outcome == "unknown"
    assert "Zalo chưa trả lời" in answer.answer
    until(lambda: listener.posts, 30)  # who gives up soon may be done before the service has read
    assert len(listener.posts) == 1


def test_the_total_limit_holds(listener, zalo, outgoing):
    """However long Zalo takes, a send ends."""
    listener.delay = 4
    channel = zalo(seconds=0.1)

    assert channel.send(CHAT, channel.freeze(outgoing())).outcome == "unknown"


def test_the_token_is_never_shown(listener, zalo, outgoing, caplog):
    """Not even where Zalo repeats it."""
    caplog.set_level(logging.DEBUG)
    listener.body = json.dumps({"ok": False, "error_code": 401, "description": f"bot {TOKEN} unknown"}).encode()
    channel = zalo()

    answer = channel.send(CHAT, channel.freeze(outgoing()))

    assert answer.answer == "401 bot *** unknown"
    for shown in (repr(channel), caplog.text):
        assert TOKEN not in shown


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("zalobot://${BOT}", "viết như zalobot://${ZALO_BOT_TOKEN}/{to}"),
        ("zalobot://${BOT}/{to}?base=http://zalo.example", "viết như zalobot://"),
        ("zalobot://${BOT}/{to}?base=ftp://127.0.0.1", "viết như zalobot://"),
        ("zalobot://${BOT}/{to}?base=https://[", "viết như zalobot://"),
        ("zalobot://${BOT}/{to}?base=https:", "viết như zalobot://"),
        (f"zalobot://{TOKEN}/{{to}}", "mã truy cập đang nằm ngay trong địa chỉ kênh"),
        ("zalobot://${BOT_KHAC}/{to}", "Thiếu bí mật BOT_KHAC"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url, said):
    """The token stands outside the file and never travels in clear."""
    assert said in str(wrong_url(url, {"BOT": TOKEN}))


@pytest.mark.parametrize("url", ["zalobot://${BOT}/{to}", "ZALOBOT://${BOT}/{to}?base=https://zalo.co-quan.example"])
def test_a_good_address_is_usable(url):
    """Without `base` it is Zalo's own."""
    assert wrong_url(url, {"BOT": TOKEN}) is None


def test_apprise_itself_posts_through_it(listener, zalo):
    """Once a channel was opened, it is a service of Apprise's like any other."""
    zalo()
    listener.body = b'{"ok": true}'
    url = f"zalobot://{TOKEN}/{CHAT}?base=http://127.0.0.1:{listener.server_port}"
    service = apprise.Apprise.instantiate(url)

    assert service.notify("nội dung", "tiêu đề")

    assert listener.posts[0][1]["text"] == "tiêu đề\nnội dung"
    assert TOKEN not in service.url(privacy=True)
    assert apprise.Apprise.instantiate(service.url()).token == TOKEN
