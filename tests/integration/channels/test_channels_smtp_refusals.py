"""What is done and what is never done beside a refusal. Which refusal means what: test_channels_refusal_table."""

from __future__ import annotations

import threading

import pytest

from obligations.channels import open_channel
from tests.integration.channels.conftest import PIPELINED

LARGE = b"Subject: x\r\n\r\n" + (b"x" * 76 + b"\r\n") * 300_000  # more than the sockets' buffers hold


@PIPELINED
def test_the_next_message_goes_over_the_same_connection_after_a_refused_recipient(
    scripted, channel_to, outgoing, features, ahead
):
    """One bad address costs a RSET, not the connection."""
    server = scripted({"RCPT": ["550 5.1.1 no such user", "250 ok"], "DATA": ["354 go ahead"]}, *features)
    if features:  # a pipelined DATA of the refused transaction is refused too
        server._answers["DATA"] = ["503 5.5.1 no recipient", "354 go ahead"]
    channel = channel_to(server.port, ahead=ahead)
    frozen = channel.freeze(outgoing())

    outcomes = [channel.send(to, frozen).outcome for to in ("bad@a.example", "good@a.example")]

    assert outcomes == ["address_bad", "sent"]
    assert server.connections == 1
    assert server.verbs().count("RSET") == 1
    assert len(server.messages) == 1


def test_a_server_that_grants_data_without_a_recipient_gets_no_message(scripted, channel_to, outgoing):
    """It would wait for a body and might deliver what it gets: the connection is dropped instead."""
    server = scripted({"RCPT": ["550 5.1.1 no such user", "250 ok"]}, "PIPELINING")
    channel = channel_to(server.port)
    frozen = channel.freeze(outgoing())

    refused = channel.send("bad@a.example", frozen)
    sent = channel.send("good@a.example", frozen)

    assert (refused.outcome, refused.stage) == ("address_bad", "rcpt")
    assert sent.outcome == "sent"
    assert server.connections == 2
    assert server.messages == [frozen]


def test_starttls_that_is_not_offered_stops_the_channel(scripted, channel_to, outgoing):
    """Nothing is ever sent in clear when the URL asks for encryption."""
    server = scripted({}, "PIPELINING")
    channel = channel_to(server.port, options="&mode=starttls")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "starttls")
    assert "STARTTLS" in answer.answer
    assert server.verbs() == ["EHLO"] or server.verbs() == ["EHLO", "QUIT"]


def test_a_refused_log_in_is_the_channels_and_shows_no_secret(scripted, channel_to, outgoing):
    """Even a server that repeats the password, plain or in base64, does not get it into the record."""
    secret = "mật-khẩu:@/1"
    echo = "535 5.7.8 no: mật-khẩu:@/1 AHZhbi10aHUAbeG6rXQta2jhuql1OkAvMQ=="
    server = scripted({"AUTH": echo}, "AUTH PLAIN LOGIN")
    channel = channel_to(server.port, login="van-thu:${MAT_KHAU}@", MAT_KHAU=secret)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "auth")
    assert answer.answer == "535 5.7.8 no: *** ***"
    assert server.commands[1] == "AUTH PLAIN AHZhbi10aHUAbeG6rXQta2jhuql1OkAvMQ=="


def test_log_in_step_by_step_where_plain_is_not_offered(scripted, channel_to, outgoing):
    """AUTH LOGIN, for servers that know only that."""
    user, password = "dmFuLXRodQ==", "YWJj"
    server = scripted({"AUTH": "334 VXNlcm5hbWU6", user: "334 UGFzc3dvcmQ6", password: "235 ok"}, "AUTH=LOGIN")
    channel = channel_to(server.port, login="van-thu:${P}@", P="abc")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert answer.outcome == "sent"
    assert server.commands[1:4] == ["AUTH LOGIN", user, password]


def test_a_server_without_a_known_log_in_is_refused_before_the_password_leaves(scripted, channel_to, outgoing):
    """The password is only spoken where the server says how it takes it."""
    server = scripted({}, "AUTH GSSAPI")
    channel = channel_to(server.port, login="van-thu:${P}@", P="abc")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "auth")
    assert "AUTH" not in server.verbs()


def test_a_name_that_no_server_can_have_is_the_channels_fault(outgoing):
    """What cannot be looked up is said so; no reminder fails."""
    channel = open_channel("thu", f"smtp://{'a' * 70}.example/?from=a@b.example", environ={})

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")
    assert "không tìm thấy máy chủ" in answer.answer


def test_a_drop_within_the_message_is_tried_again(scripted, channel_to):
    """The server hangs up while the message still flows: its final dot never left."""

    def take_a_little(talk):
        talk.say("354 go ahead")
        talk.sock.recv(1000)
        talk.reset()

    channel = channel_to(scripted({"DATA": take_a_little}).port)

    answer = channel.send("a@b.example", LARGE)

    assert (answer.outcome, answer.stage) == ("retry", "body")


def test_a_server_that_stops_reading_is_tried_again(scripted, channel_to):
    """The time is up before the last byte has left."""

    over = threading.Event()

    def stop_reading(talk):
        talk.say("354 go ahead")
        over.wait(60)

    channel = channel_to(scripted({"DATA": stop_reading}).port, seconds=1)

    answer = channel.send("a@b.example", LARGE)
    over.set()

    assert (answer.outcome, answer.stage) == ("retry", "body")


def test_a_reply_in_many_lines_is_kept_in_one(scripted, channel_to, outgoing):
    """All the server's words, joined, with nothing that breaks a line."""
    reply = "550-5.1.1 first\r\n550-5.1.1 second\t\x07bell\r\n550 5.1.1 third"
    channel = channel_to(scripted({"RCPT": reply}).port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert answer.answer == "550-5.1.1 first 550-5.1.1 second bell 550 5.1.1 third"


def test_a_message_over_the_servers_limit_fails_without_being_sent(scripted, channel_to, outgoing):
    """SIZE is compared here, so that a large message is never counted against the sender."""
    server = scripted({}, "SIZE 1000")
    channel = channel_to(server.port)

    answer = channel.send("a@b.example", channel.freeze(outgoing(text="x" * 2000)))

    assert (answer.outcome, answer.stage) == ("failed", "data")
    assert "SIZE 1000" in answer.answer
    assert "MAIL" not in server.verbs()


@pytest.mark.parametrize(
    "to", ["", "không phải", "a@b@c.example", "a@b.example\r\nDATA", "<a@b.example>", "a b@c.example"]
)
def test_an_impossible_address_is_never_spoken(scripted, channel_to, outgoing, to):
    """No command can be smuggled in through an address; it is the address that is bad."""
    server = scripted()
    channel = channel_to(server.port)

    answer = channel.send(to, channel.freeze(outgoing(to=to)))

    assert (answer.outcome, answer.stage) == ("address_bad", "rcpt")
    assert server.connections == 0
