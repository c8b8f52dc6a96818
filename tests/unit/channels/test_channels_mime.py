"""Messages decode to what was written, in ASCII, with short lines, and no value becomes a header of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.channels import Outgoing, mime

BASE = Outgoing("<1@a.example>", "b@c.example", "", "x", "y", None, datetime(2022, 11, 25, 1, tzinfo=UTC), None)
SENDER = mime.mailbox("Sở Nội vụ", "a@a.example")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(out: Outgoing):
    return message_from_bytes(mime.freeze(out, SENDER), policy=policy.default)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.none() | ANY_TEXT)
def test_whatever_is_written_the_message_is_ascii_in_short_lines(subject, name, text, html):
    """Every server takes it: 7 bit, CRLF only, lines well under 998, the same headers once each."""
    frozen = mime.freeze(replace(BASE, subject=subject, to_name=name, text=text, html=html), SENDER)

    assert frozen.isascii()
    assert frozen.endswith(b"\r\n")
    assert frozen.count(b"\n") == frozen.count(b"\r") == frozen.count(b"\r\n")
    assert max(map(len, frozen.split(b"\r\n"))) <= 78
    names = [line.partition(b":")[0] for line in frozen.partition(b"\r\n\r\n")[0].split(b"\r\n") if line[:1] != b" "]
    expected = [b"Date", b"From", b"To", b"Subject", b"Message-ID", b"Auto-Submitted", b"MIME-Version", b"Content-Type"]
    assert names[:8] == expected
    assert names[8:] in ([], [b"Content-Transfer-Encoding"])


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_a_subject_decodes_to_itself(subject):
    """Any printable subject survives RFC 2047, however long, wherever it is cut."""
    assert str(make_header(decode_header(mime.unstructured(subject).replace("\r\n", "")))) == subject


@given(ANY_TEXT)
def test_a_text_decodes_to_itself(text):
    """But for line ends, which become the standard's."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"

    payload = parsed(replace(BASE, text=text)).get_payload(decode=True)

    assert payload.decode().replace("\r\n", "\n") == lines


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_no_value_can_begin_another_header(break_):
    """Line breaks of every kind in a name, a subject or an address stay inside their header."""
    evil = f"x{break_}Bcc: evil@d.example"

    message = parsed(
        replace(BASE, subject=evil, to_name=evil, to=f"b@c.example{break_}Bcc: e@d.example", reply_to=evil)
    )

    assert "Bcc" not in message
    assert message["Subject"] == "x Bcc: evil@d.example"
    assert not message["To"].addresses


def test_an_injected_message_id_is_refused():
    """The caller's own values are checked, not mended."""
    for identity in ("<1@a.example>\r\nBcc: x@y.example", "1@a.example", "<a b@c>", "<é@c>", ""):
        with pytest.raises(ValueError, match="not a message id"):
            mime.freeze(replace(BASE, message_id=identity), SENDER)


def test_a_date_without_zone_is_refused():
    """Nobody guesses the time zone of a proof."""
    with pytest.raises(ValueError, match="time zone"):
        mime.freeze(replace(BASE, date=datetime(2022, 11, 25)), SENDER)  # noqa: DTZ001


def test_the_date_keeps_the_callers_zone():
    """8 o'clock in Hà Nội is written as such."""
    hanoi = datetime(2022, 11, 25, 8, tzinfo=timezone(timedelta(hours=7)))

    assert b"Date: Fri, 25 Nov 2022 08:00:00 +0700\r\n" in mime.freeze(replace(BASE, date=hanoi), SENDER)


@pytest.mark.parametrize("name", ['Sở "Nội" vụ', 'a "quoted" \\ name', "Smith, John (x)", "=?utf-8?b?eA==?="])
def test_names_beside_addresses_decode_to_themselves(name):
    """Quotes, commas, look-alikes of encoded words: the name is the name."""
    (address,) = parsed(replace(BASE, to_name=name))["To"].addresses

    assert (address.display_name, address.addr_spec) == (name, "b@c.example")


def test_a_long_name_decodes_to_itself():
    """More than one encoded word: the space between them is not the name's (RFC 2047, 6.2)."""
    name = "Sở Lao động - Thương binh và Xã hội, " * 5

    words = mime.mailbox(name, "b@c.example").removesuffix("\r\n <b@c.example>").replace("\r\n", "")

    assert str(make_header(decode_header(words))) == name.strip()


def test_a_domain_in_vietnamese_is_written_in_idna():
    """Headers and envelope carry the form that every server takes."""
    assert mime.mailbox("", "van-thu@sở.example") == "van-thu@xn--s-lym.example"


def test_ascii_text_stays_readable():
    """English goes as quoted-printable; a long line is folded, a lone dot encoded."""
    frozen = mime.freeze(replace(BASE, text="plain\n.\n" + "word " * 40), SENDER)

    assert b"quoted-printable" in frozen
    assert b"\r\nplain\r\n" in frozen
    assert max(map(len, frozen.split(b"\r\n"))) <= 76
