"""One connection carries a batch, survives what happens to connections, and repeats byte for byte."""

from __future__ import annotations

import threading
import time

import pytest

from obligations.channels import smtp_client
from tests.integration.channels.conftest import PIPELINED
from tests.waiting import until


@PIPELINED
def test_a_batch_goes_over_one_connection(scripted, channel_to, outgoing, features, ahead):
    """Twenty messages, one greeting, one farewell."""
    server = scripted({}, *features)
    channel = channel_to(server.port, ahead=ahead)

    answers = [channel.send("a@b.example", channel.freeze(outgoing(text=f"thư {n}"))) for n in range(20)]
    channel.close()

    assert {(answer.outcome, answer.answer) for answer in answers} == {("sent", "250 2.0.0 queued as 42")}
    assert server.connections == 1
    assert len(server.messages) == 20
    assert server.verbs().count("EHLO") == 1
    assert server.verbs()[-1] == "QUIT"


@PIPELINED
def test_the_same_frozen_bytes_arrive_the_same_twice(scripted, channel_to, outgoing, features, ahead):
    """A repeat is the stored message and nothing else, lines beginning with dots included."""
    server = scripted({}, *features)
    channel = channel_to(server.port, ahead=ahead)
    frozen = b".first\r\n" + channel.freeze(outgoing(text=". dot\n.. two\n.\nend", html=None)) + b".\r\n"

    assert [channel.send("a@b.example", frozen).outcome for _ in range(2)] == ["sent", "sent"]

    assert server.messages == [frozen, frozen]


def test_freezing_twice_gives_the_same_bytes(channel_to, outgoing):
    """Nothing in a message depends on when or where it is built."""
    assert channel_to(9).freeze(outgoing()) == channel_to(9).freeze(outgoing())


def test_replies_go_where_the_url_says_unless_the_message_does(channel_to, outgoing):
    """reply= is the office's default."""
    channel = channel_to(9, options="&reply=van-thu@sonoivu.example")

    assert b"\r\nReply-To: van-thu@sonoivu.example\r\n" in channel.freeze(outgoing(reply_to=None))
    assert b"\r\nReply-To: dau-moi@sonoivu.example\r\n" in channel.freeze(outgoing())


def test_the_envelope_sender_is_the_channels(scripted, channel_to, outgoing):
    """Bounces come back to the office's own address."""
    server = scripted()
    channel = channel_to(server.port)

    channel.send("a@b.example", channel.freeze(outgoing()))

    assert "MAIL FROM:<sonoivu@sonoivu.example>" in server.commands
    assert "RCPT TO:<a@b.example>" in server.commands


@PIPELINED
@pytest.mark.parametrize("goodbye", ["421 4.4.2 idle too long", None], ids=["with 421", "without a word"])
def test_a_connection_that_the_server_gave_up_is_reopened(scripted, channel_to, outgoing, features, ahead, goodbye):
    """A drop between two messages costs nobody a reminder."""

    def last_words(talk):
        talk.say("250 ok")
        if goodbye:
            talk.say(goodbye)
        talk.close()

    server = scripted({".": [last_words, "250 again"]}, *features)
    channel = channel_to(server.port, ahead=ahead)
    frozen = channel.freeze(outgoing())

    answers = [channel.send("a@b.example", frozen).answer for _ in range(2)]

    assert answers == ["250 ok", "250 again"]
    assert server.connections == 2


@PIPELINED
@pytest.mark.parametrize("deed", ["421", "close", "reset"])
def test_a_server_that_hangs_up_at_mail_on_a_kept_connection_is_asked_once_more(
    scripted, channel_to, outgoing, features, ahead, deed
):
    """Some servers take only so many messages per connection and say so at the next MAIL."""
    refusal = "421 4.7.0 too many messages" if deed == "421" else lambda talk: getattr(talk, deed)()
    server = scripted({"MAIL": ["250 ok", refusal, "250 ok"]}, *features)
    channel = channel_to(server.port, ahead=ahead)
    frozen = channel.freeze(outgoing())

    outcomes = [channel.send("a@b.example", frozen).outcome for _ in range(2)]

    assert outcomes == ["sent", "sent"]
    assert server.connections == 2
    assert server.messages == [frozen, frozen]


def test_a_new_connection_refused_at_mail_is_not_tried_again(scripted, channel_to, outgoing):
    """One reopening, not a loop."""
    server = scripted({"MAIL": ["250 ok", "421 later"]})
    channel = channel_to(server.port)
    frozen = channel.freeze(outgoing())

    answers = [channel.send("a@b.example", frozen) for _ in range(2)]

    assert [(answer.outcome, answer.stage) for answer in answers] == [("sent", "answer"), ("channel_down", "mail")]
    assert server.connections == 2


def test_an_idle_connection_is_reopened(scripted, channel_to, outgoing, monkeypatch):
    """After a pause nobody relies on what firewalls have forgotten."""
    monkeypatch.setattr(smtp_client, "IDLE_SECONDS", -1.0)
    server = scripted()
    channel = channel_to(server.port)
    frozen = channel.freeze(outgoing())

    assert [channel.send("a@b.example", frozen).outcome for _ in range(2)] == ["sent", "sent"]

    assert server.connections == 2


def test_a_channel_can_be_used_after_close(scripted, channel_to, outgoing):
    """Close ends a batch, not the channel."""
    server = scripted()
    channel = channel_to(server.port)
    frozen = channel.freeze(outgoing())

    channel.send("a@b.example", frozen)
    channel.close()

    assert channel.send("a@b.example", frozen).outcome == "sent"
    assert server.connections == 2


def test_an_envelope_goes_ahead_of_its_message(scripted, channel_to, outgoing):
    """The server has been asked for the recipient before the message is sent; it gets that message and no other."""
    server = scripted({}, "PIPELINING")
    channel = channel_to(server.port)
    first, second = (channel.freeze(outgoing(text=text)) for text in ("một", "hai"))
    channel.send("a@b.example", first)

    channel.announce("c@d.example")

    until(lambda: server.verbs()[-3:] == ["MAIL", "RCPT", "DATA"] and "RCPT TO:<c@d.example>" in server.commands, 5)
    assert server.messages == [first]
    assert channel.send("c@d.example", second).outcome == "sent"
    assert (server.messages, server.connections, server.verbs().count("DATA")) == ([first, second], 1, 2)


def test_what_was_announced_and_not_sent_has_never_been(scripted, channel_to, outgoing):
    """Another message goes over another connection: over this one the server would take it for the first's."""
    server = scripted({}, "PIPELINING")
    channel = channel_to(server.port)
    frozen = channel.freeze(outgoing())
    channel.send("a@b.example", frozen)

    channel.announce("c@d.example")
    channel.announce("e@f.example")  # the first did not come
    assert channel.send("e@f.example", frozen).outcome == "sent"
    channel.announce("g@h.example")
    channel.close()

    assert server.connections == 2
    assert server.messages == [frozen, frozen]
    assert "QUIT" not in server.verbs()  # it would be the first line of a message


def test_only_what_may_follow_is_announced(scripted, channel_to, outgoing):
    """Not on a connection yet to be made, not where commands go one by one, not to what is no address."""
    plain, pipelining = scripted(), scripted({}, "PIPELINING")
    for server, to in ((plain, "a@b.example"), (pipelining, "không có @")):
        channel = channel_to(server.port)
        channel.announce("a@b.example")
        assert server.connections == 0
        channel.send("a@b.example", channel.freeze(outgoing()))
        asked = server.verbs()

        channel.announce(to)
        channel.close()

        assert server.verbs() == [*asked, "QUIT"]


def test_a_message_over_the_servers_limit_costs_the_connection_where_it_was_announced(scripted, channel_to, outgoing):
    """The server waits for a message that it would not take; the next one goes over another connection."""
    server = scripted({}, "PIPELINING", "SIZE 3000")
    channel = channel_to(server.port, ahead=True)
    small, large = (channel.freeze(outgoing(text="x" * length, html=None)) for length in (10, 5000))

    answers = [channel.send("a@b.example", frozen) for frozen in (small, large)]
    assert channel.send("c@d.example", small).outcome == "sent"

    assert [(answer.outcome, answer.stage) for answer in answers] == [("sent", "answer"), ("failed", "data")]
    assert (server.connections, server.messages) == (2, [small, small])


def test_threads_take_turns(scripted, channel_to, outgoing):
    """Two messages are never mixed on the one connection."""
    server = scripted({}, "PIPELINING")
    channel = channel_to(server.port)
    frozen = [channel.freeze(outgoing(text=f"thư {n}" * 500)) for n in range(8)]
    threads = [threading.Thread(target=channel.send, args=("a@b.example", message)) for message in frozen]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(server.messages) == sorted(frozen)


def test_somebody_may_work_while_the_server_takes_a_message(scripted, channel_to, outgoing):
    """The last byte has left, and the answer is still to come: the server waits with it for that work."""
    done = threading.Event()
    server = scripted({".": lambda talk: talk.say("250 ok" if done.wait(5) else "451 nobody came")})
    channel = channel_to(server.port)

    def meanwhile():
        until(lambda: server.messages, 5)
        done.set()

    assert channel.send("a@b.example", channel.freeze(outgoing()), meanwhile).outcome == "sent"


def test_there_is_no_such_time_for_what_does_not_leave(scripted, channel_to, outgoing):
    server = scripted({"RCPT": "550 5.1.1 no such user"})
    channel = channel_to(server.port)
    called = []

    answer = channel.send("a@b.example", channel.freeze(outgoing()), lambda: called.append(1))

    assert (answer.outcome, called) == ("address_bad", [])


def test_what_is_done_meanwhile_is_not_the_servers_silence(scripted, channel_to, outgoing):
    """It took longer than the whole send may; the answer had come long before."""
    channel = channel_to(scripted().port, seconds=0.5)

    answer = channel.send("a@b.example", channel.freeze(outgoing()), lambda: time.sleep(0.8))

    assert answer.outcome == "sent"
