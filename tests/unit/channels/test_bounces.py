"""What mail servers report is read; whatever else comes into a mailbox is left alone, however it is made."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.channels.bounces import LONGEST, Bounce, read_bounce
from tests.unit.channels import bounce_samples as samples
from tests.unit.channels.bounce_samples import OURS, POSTFIX

REPORT = b'Content-Type: multipart/report; boundary="B"\r\n\r\n'
STATUS = b"--B\r\nContent-Type: message/delivery-status\r\n\r\n"


def test_postfix_says_who_is_unknown():
    """The message it returns names itself; what stands inside that message is not the report's."""
    assert read_bounce(POSTFIX) == Bounce(
        message_id=OURS,
        recipient="van-thu@skhcn.example",
        action="failed",
        status="5.1.1",
        diagnostic="550 5.1.1 <van-thu@skhcn.example>: Recipient address rejected: User unknown; ask the postmaster",
    )


def test_postfix_says_what_is_late():
    """A warning while it still tries: no failure. Only the headers of the message come back."""
    bounce = read_bounce(samples.POSTFIX_DELAYED)

    assert bounce is not None
    assert (bounce.message_id, bounce.action, bounce.status, bounce.permanent) == (OURS, "delayed", "4.4.1", False)
    assert bounce.diagnostic == "connect to mx.skhcn.example [203.0.113.5]:25: Connection timed out"


@pytest.mark.parametrize("sample", [samples.EXCHANGE, samples.EXCHANGE_BARE], ids=["with the message", "without it"])
def test_exchange_says_who_is_unknown(sample):
    """A boundary that begins another one, a folded Message-ID, a message left out: the report is read all the same."""
    assert read_bounce(sample) == Bounce(
        message_id=OURS,
        recipient="Van-Thu@skhcn.example",
        action="failed",
        status="5.1.10",
        diagnostic="550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient Van-Thu@skhcn.example not found by SMTP "
        "address lookup",
    )


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [("failed", "5.1.1", True), ("failed", "4.4.7", False), ("delayed", "4.4.1", False), ("delayed", "5.0.0", False)],
)
def test_only_what_was_given_up_for_good_is_permanent(action, status, permanent):
    """A server that gave up after days (4.4.7) says nothing against the address."""
    bounce = read_bounce(POSTFIX.replace(b"failed\r\nStatus: 5.1.1", f"{action}\r\nStatus: {status}".encode()))

    assert bounce is not None
    assert (bounce.action, bounce.status, bounce.permanent) == (action, status, permanent)


@pytest.mark.parametrize("name", ["EXIM_OLD", "QMAIL", "AWAY", "READ", "DELIVERED", "FORWARDED"])
def test_what_is_no_report_of_bad_news_is_left_alone(name):
    """Bounces of old forms, absences, receipts, good news and a bounce that someone forwards."""
    assert read_bounce(getattr(samples, name)) is None


def test_of_several_recipients_the_one_who_failed_is_told():
    """The server beyond may have written on to others; one line is enough to act on."""
    groups = (
        b"Reporting-MTA: dns; x\r\n\r\n"
        b"Final-Recipient: rfc822; good@a.example\r\nAction: relayed\r\nStatus: 2.0.0\r\n\r\n"
        b"Final-Recipient: rfc822; late@a.example\r\nAction: delayed\r\n\r\n"
        b"Final-Recipient: rfc822; <lost@a.example>\r\nAction: Failed\r\nStatus: what\r\n"
    )

    assert read_bounce(REPORT + STATUS + groups) == Bounce("", "lost@a.example", "failed", "5.0.0", "")


def test_the_first_field_of_a_name_counts():
    """Who repeats a field adds nothing to the first, neither by a line nor by its continuation."""
    group = (
        b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nFinal-Recipient: rfc822; x@y.example\r\n more\r\n"
    )

    bounce = read_bounce(REPORT + STATUS + b"\r\n" + group)

    assert bounce is not None
    assert bounce.recipient == "a@b.example"


@pytest.mark.parametrize("length", range(0, len(POSTFIX), 97))
def test_a_report_cut_anywhere_is_read_or_left(length):
    """Nothing is made up from half a report."""
    bounce = read_bounce(POSTFIX[:length])

    assert bounce is None or (bounce.action, bounce.status[0], bounce.message_id) in [
        ("failed", "5", OURS),
        ("failed", "5", ""),
    ]


@given(
    st.lists(st.sampled_from([b"\r\n", b"\n", b"--B", b"--", STATUS, REPORT, b"Action: failed", b":", b" ", b"\xff"]))
)
def test_no_bytes_break_the_reader(pieces):
    """It answers, whatever it is given."""
    read_bounce(b"".join(pieces))


@pytest.mark.parametrize(
    "hostile",
    [
        b'Content-Type: multipart/report; x="' + b'\\";' * LONGEST,
        b"Content-Type: multipart/report" + b";" * LONGEST,
        b"A: b\r\n" * LONGEST,
        b"Subject: a\r\n" + b" b\r\n" * LONGEST,
        REPORT + b"--B\r\n\r\n" * LONGEST,
        REPORT + STATUS + b"\r\n" * LONGEST,
        REPORT + STATUS + b"Final-Recipient: x; " + b"a" * LONGEST,
        REPORT + b"--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: " + b"<" * LONGEST,
        b"".join(b"Content-Type: multipart/report; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(9999)),
    ],
    ids=["quotes", "semicolons", "headers", "folds", "parts", "blanks", "recipient", "angles", "nested"],
)
def test_a_hostile_mail_costs_no_time(hostile):
    """Minutes in the standard library's parser; here one pass to a limit."""
    began = time.thread_time()

    read_bounce(hostile)

    assert time.thread_time() - began < 0.5
