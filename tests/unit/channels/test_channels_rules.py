"""The small rules: what an ending means, what a text may show, how fast chat goes, what Apprise's log says."""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obligations.channels.apprise_door import Told
from obligations.channels.message import Stage, ascii_address, one_line, verdict
from obligations.channels.notify_channel import Pace, fitted, judge
from obligations.channels.references import Redactor, expand
from obligations.channels.smtp_client import stuffed
from obligations.channels.smtp_plugin import provider
from obligations.channels.smtp_url import Provider, SmtpSettings, parse
from obligations.domain.errors import Refused

STAGES: list[Stage] = ["connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body", "answer"]


@pytest.mark.parametrize(
    ("code", "outcomes"),
    [
        (None, ["channel_down"] * 5 + ["retry"] * 3 + ["unknown"]),
        (421, ["channel_down"] * 5 + ["retry"] * 4),
        (450, ["channel_down"] * 5 + ["retry"] * 4),
        (550, ["channel_down"] * 5 + ["address_bad"] + ["failed"] * 3),
    ],
)
def test_each_stage_has_its_own_consequence(code, outcomes):
    """The whole table of DESIGN: refusals and silences by stage."""
    assert [verdict(stage, code) for stage in STAGES] == outcomes


def test_words_are_kept_in_one_short_line():
    """Bytes that are no UTF-8 stay visible; breaks become spaces; the end is cut with an ellipsis."""
    assert one_line(b"550 caf\xe9\r\n\x1b[31mred") == "550 caf\\xe9 [31mred"
    assert len(one_line("á" * 1000)) == 300


@pytest.mark.parametrize("address", ["a@b", "a.b+c@d.example", "x" * 300 + "@d.example"])
def test_usual_addresses_pass_unchanged(address):
    """What servers take is not judged further."""
    assert ascii_address(address) == address


@pytest.mark.parametrize(
    "address", ["", "@", "a@", "@b", "a b@c", "a@b@c", "a@b>", "văn@thư.vn", "a@b\n", "x" * 400 + "@d"]
)
def test_what_cannot_be_an_address_is_none(address):
    """No such text ever reaches a command."""
    assert ascii_address(address) is None


@given(st.binary())
def test_dots_survive_the_wire(message):
    """Undoing the stuffing gives the message, and the end mark stands only at the end."""
    message = message.replace(b"\r", b"").replace(b"\n", b"\r\n")
    if not message.endswith(b"\r\n"):
        message += b"\r\n"

    wire = stuffed(message)

    assert wire.endswith(b"\r\n.\r\n")
    lines = wire.removesuffix(b".\r\n").split(b"\r\n")
    assert b"." not in lines
    assert b"\r\n".join(line.removeprefix(b".") for line in lines) == message


def test_references_are_percent_encoded_and_remembered():
    """A secret may hold any character of a URL without becoming part of it."""
    expanded = expand("smtps://u:${A}@h/?x=${B}&y=${A}", {"A": "a/b@c:?&=%", "B": "ộ", "A_FILE": "/nowhere"})

    assert expanded.url == "smtps://u:a%2Fb%40c%3A%3F%26%3D%25@h/?x=%E1%BB%99&y=a%2Fb%40c%3A%3F%26%3D%25"
    assert expanded.secrets == {"a/b@c:?&=%", "ộ"}
    assert "a/b" not in repr(expanded)


@pytest.mark.parametrize("name", ["DONDOC_SECRET", "DONDOC_DATABASE_URL", "PREFECT_API_AUTH_STRING", "dondoc_secret"])
def test_no_channel_carries_the_programs_own_secrets_away(name):
    """Whoever may write channels.yaml is no admin: a channel to anywhere would show what signs the links."""
    with pytest.raises(Refused, match=f"{name} là biến của chính hệ thống"):
        expand(f"json://127.0.0.1:9/${{{name}}}", {name: "rất bí mật"})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4), st.text())
@example("00'\"", "")
def test_no_form_of_a_secret_is_left(secret, around):
    """Plain, escaped, percent-encoded, in base64: nothing of it stays, and nothing else goes."""
    lower_hex = re.sub("%[0-9A-F]{2}", lambda match: match.group().lower(), quote(secret, safe=""))
    encoded = base64.b64encode(secret.encode()).decode()
    forms = [secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], quote(secret), lower_hex, encoded]

    for form in forms:
        assert Redactor(["", secret])(f"\0{form}\0") == "\0***\0"
    assert Redactor([])(around) == around


def test_a_secret_encoded_only_in_part_is_masked():
    """Each layer that a URL passes through quotes what it thinks it must."""
    assert Redactor(["12:ab/c d"])("/bot12:ab%2Fc%20d/x 12%3Aab%252fc+d") == "/bot***/x ***"


def test_a_redactor_shows_nothing_of_itself():
    """Not even in a traceback."""
    assert "secret" not in repr(Redactor(["secret"]))


def test_a_burst_goes_at_once_then_the_pace_holds():
    """Twenty at once, afterwards one per interval; a pause earns the burst again."""
    pace = Pace(0.5)

    assert [pace.wait(0.0) for _ in range(22)] == [0.0] * 20 + [0.5, 1.0]
    assert pace.wait(100.0) == 0.0


def test_a_service_without_a_limit_is_never_held_up():
    """Interval zero."""
    pace = Pace(0.0)

    assert {pace.wait(1.0) for _ in range(100)} == {0.0}


@given(st.text(st.sampled_from("ab \n-7")), st.integers(1, 40))
def test_a_cut_text_fits_and_breaks_no_word(text, longest):
    """What is left is the text's own beginning; its last word is whole, unless one word alone is too long."""
    cut = fitted(text, longest)

    assert len(cut) <= longest
    if cut != text:
        kept = cut.removesuffix("…")
        assert cut == f"{kept}…"
        assert text.startswith(kept)
        assert not text[: longest + 1].split() or text[len(kept)].isspace() or len(text[:longest].split()) == 1


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (Told(delivered=True, lines=("Sent JSON POST notification.",)), "sent"),
        (Told(delivered=True, lines=()), "sent"),
        (Told(delivered=None, lines=()), "failed"),
        (Told(delivered=False, lines=(), finished=False), "unknown"),
        (Told(delivered=False, lines=("Failed to send X: Bad Request, error=400.",)), "failed"),
        (Told(delivered=False, lines=("Failed to send Zalo: error=200.", "Response Details: 'ok': false")), "failed"),
        (Told(delivered=False, lines=("Failed: error=502.",)), "retry"),
        (Told(delivered=False, lines=("Socket Exception: NewConnectionError: refused",)), "channel_down"),
        (Told(delivered=False, lines=("Socket Exception: NameResolutionError",)), "channel_down"),
        (Told(delivered=False, lines=("Socket Exception: Read timed out.",)), "unknown"),
        (Told(delivered=False, lines=("Socket Exception: ('Connection aborted.', RemoteDisconnected())",)), "unknown"),
        (Told(delivered=False, lines=("There are no rooms to notify",)), "failed"),
        (Told(delivered=False, lines=("Matrix POST URL: http://h/v3/login (cert", "error=403.")), "channel_down"),
        (
            Told(delivered=False, lines=("M POST URL: http://h/login (", "M PUT URL: http://h/x", "error=403.")),
            "failed",
        ),
        (Told(delivered=False, lines=("error=403.", "Could not join Matrix room #x.")), "address_bad"),
        (Told(delivered=False, lines=("error=500.", "Could not join Matrix room #x.")), "retry"),
        (Told(delivered=False, lines=("Failed to send: Bad Request: chat not found, error=400.",)), "address_bad"),
        (Told(delivered=False, lines=("something else",)), "failed"),
    ],
)
def test_apprises_log_decides(told, outcome):
    """The last HTTP status, else whether the post can have left."""
    assert judge(told)[0] == outcome


def test_mail_urls_say_everything_apprises_mailto_does():
    """smtp=, from=, name=, mode=, port, reply=, verify=, targets; ports by mode."""
    full = parse(
        "mailtos://u:p%2F%25@b.example:2525/x@y.example?smtp=h.example&from=N%20%3Ca@b.example%3E&reply=r@b.example"
    )

    assert full == SmtpSettings(
        "h.example", 2525, "starttls", "a@b.example", "N", "u", "p/%", reply_to="r@b.example", targets=("x@y.example",)
    )
    assert parse("smtp://h?from=a@b.example").port == 25
    assert parse("smtp://h?from=a@b.example&mode=starttls").port == 587
    assert parse("smtps://h?from=a@b.example").port == 465
    assert parse("smtps://h?from=a+c@b.example&name=A+B").sender == "a+c@b.example"
    assert parse("mailto://van-thu@b.example").sender == "van-thu@b.example"
    assert parse("mailto://van-thu@b.example?from=Văn thư") == SmtpSettings(
        "b.example", 25, "insecure", "van-thu@b.example", "Văn thư", "van-thu"
    )
    assert parse("smtp://[::1]:26?from=a@b.example&verify=no&name=N") == SmtpSettings(
        "::1", 26, "insecure", "a@b.example", "N", verify=False
    )


def test_well_known_providers_are_spoken_to_as_they_want():
    """Apprise's table of providers holds for mailto:// without smtp=."""
    settings = parse("mailto://van.thu:p@gmail.com", provider)

    assert (settings.host, settings.port, settings.mode) == ("smtp.gmail.com", 587, "starttls")
    assert (settings.user, settings.sender) == ("van.thu@gmail.com", "van.thu@gmail.com")
    assert provider("a@yandex.ru") == Provider("smtp.yandex.ru", 465, "ssl", "a")
    assert provider("a@b.example") is None


def test_settings_show_no_password():
    """Not in a repr, so not in a traceback or a log."""
    assert "mk" not in repr(parse("smtps://u:mk@h/?from=a@b.example"))
