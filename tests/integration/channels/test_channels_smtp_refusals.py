"""A refusal belongs to the stage it came at; a silence after the last byte is unknown, before it is a retry."""

from __future__ import annotations

import time

import pytest

from obligations.channels import open_channel

LARGE = b"Subject: x\r\n\r\n" + (b"x" * 76 + b"\r\n") * 300_000  # more than the sockets' buffers hold
PIPELINED = pytest.mark.parametrize("features", [(), ("PIPELINING",)], ids=["one by one", "pipelined"])


@PIPELINED
@pytest.mark.parametrize(
    ("step", "reply", "expected"),
    [
        ("connect", "421 4.3.2 too busy", ("channel_down", "connect")),
        ("connect", "554 5.7.1 not from there", ("channel_down", "connect")),
        ("EHLO", "550 go away", ("channel_down", "ehlo")),
        ("MAIL", "451 4.3.0 try later", ("channel_down", "mail")),
        ("MAIL", "553 5.1.8 sender unknown", ("channel_down", "mail")),
        ("RCPT", "450 4.2.1 greylisted", ("retry", "rcpt")),
        ("RCPT", "452 4.5.3 too many", ("retry", "rcpt")),
        ("RCPT", "421 4.7.0 closing", ("retry", "rcpt")),
        ("RCPT", "550 5.1.1 no such user", ("address_bad", "rcpt")),
        ("RCPT", "552 5.2.2 mailbox full", ("address_bad", "rcpt")),
        ("DATA", "451 4.3.0 not now", ("retry", "data")),
        ("DATA", "554 5.5.1 no valid recipients", ("failed", "data")),
        (".", "452 4.3.1 no space", ("retry", "answer")),
        (".", "552 5.3.4 too big", ("failed", "answer")),
        (".", "554 5.7.1 looks like spam", ("failed", "answer")),
    ],
)
def test_a_refusal_keeps_its_stage_and_the_servers_words(
    scripted, channel_to, outgoing, features, step, reply, expected
):
    """Whatever else is answered, the first refusal names the stage, decides the outcome and is kept word for word."""
    server = scripted({step: reply}, *features)
    channel = channel_to(server.port)

    answer = channel.send("van-thu@skhcn.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == expected
    assert answer.answer == reply


@PIPELINED
def test_the_next_message_goes_over_the_same_connection_after_a_refused_recipient(
    scripted, channel_to, outgoing, features
):
    """One bad address costs a RSET, not the connection."""
    server = scripted({"RCPT": ["550 5.1.1 no such user", "250 ok"], "DATA": ["354 go ahead"]}, *features)
    if features:  # a pipelined DATA of the refused transaction is refused too
        server._answers["DATA"] = ["503 5.5.1 no recipient", "354 go ahead"]
    channel = channel_to(server.port)
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


def test_words_slipped_in_before_encryption_end_the_connection(scripted, channel_to, outgoing):
    """A reply injected behind STARTTLS in clear text is never taken for the encrypted server's."""
    server = scripted({"STARTTLS": "220 go\r\n250 injected"}, "STARTTLS")
    channel = channel_to(server.port, options="&mode=starttls")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "starttls")


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


def test_nobody_listening_is_the_channels_fault(channel_to, outgoing, scripted):
    """A refused connection stops the channel; no reminder fails."""
    server = scripted()
    server.stop()
    channel = channel_to(server.port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")
    assert "Connection refused" in answer.answer


def test_a_name_that_no_server_can_have_is_the_channels_fault(outgoing):
    """What cannot be looked up is said so; no reminder fails."""
    channel = open_channel("thu", f"smtp://{'a' * 70}.example/?from=a@b.example", environ={})

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")
    assert "không tìm thấy máy chủ" in answer.answer


@pytest.mark.parametrize("greeting", ["HTTP/1.1 400 Bad Request", "999 what", "hello", "x" * 20_000])
def test_what_is_no_smtp_server_is_the_channels_fault(scripted, channel_to, outgoing, greeting):
    """Another service on the port is named as such, shortened to one line."""
    channel = channel_to(scripted({"connect": greeting}).port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")
    assert "không phải SMTP" in answer.answer
    assert len(answer.answer) <= 300
    assert "\n" not in answer.answer


@PIPELINED
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_drop_before_the_message_is_tried_again(scripted, channel_to, outgoing, features, step):
    """Nothing of the message had left."""
    channel = channel_to(scripted({step: lambda talk: talk.close()}, *features).port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("retry", step.lower())


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

    def stop_reading(talk):
        talk.say("354 go ahead")
        time.sleep(0.4)

    channel = channel_to(scripted({"DATA": stop_reading}).port, seconds=0.2)

    answer = channel.send("a@b.example", LARGE)

    assert (answer.outcome, answer.stage) == ("retry", "body")


@pytest.mark.parametrize("deed", ["close", "reset"])
def test_a_drop_after_the_final_dot_is_unknown(scripted, channel_to, outgoing, deed):
    """The message may have been taken: it is never simply sent again."""
    server = scripted({".": lambda talk: getattr(talk, deed)()})
    channel = channel_to(server.port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("unknown", "answer")
    assert len(server.messages) == 1


def test_silence_after_the_final_dot_is_unknown(scripted, channel_to, outgoing):
    """Time ran out while the server kept the message: nobody knows."""
    channel = channel_to(scripted({".": lambda _: time.sleep(0.4)}).port, seconds=0.2)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("unknown", "answer")
    assert answer.answer == "quá 0.2 giây không trả lời"


def test_garbage_after_the_final_dot_is_unknown(scripted, channel_to, outgoing):
    """What is no reply is no acceptance and no refusal."""
    channel = channel_to(scripted({".": "<html>"}).port)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("unknown", "answer")


@pytest.mark.parametrize(
    ("step", "outcome"),
    [("connect", "channel_down"), ("EHLO", "channel_down"), ("MAIL", "retry"), ("RCPT", "retry"), (".", "unknown")],
)
def test_a_slow_drip_ends_at_the_total_limit(scripted, channel_to, outgoing, step, outcome):
    """Every byte comes in time, the whole does not: the limit is the send's, not the read's."""
    slow = scripted({step: lambda talk: talk.drip("250-" + "slow " * 40, every=0.03)})
    channel = channel_to(slow.port, seconds=0.2)
    frozen = channel.freeze(outgoing())
    began = time.monotonic()

    answer = channel.send("a@b.example", frozen)

    assert answer.outcome == outcome
    assert time.monotonic() - began < 0.5


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
