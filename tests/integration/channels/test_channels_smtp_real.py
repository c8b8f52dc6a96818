"""What a real mail server receives: text, HTML, Vietnamese names, attachments, encryption, log-in."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import apprise
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from obligations.channels import open_channel
from obligations.domain.errors import Refused
from tests.mailbox import Pipelining
from tests.ports import free_port
from tests.smtp_servers import make_certificate


@dataclass
class Post(Pipelining):
    """A post office: what came in, and how."""

    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.encrypted.append(session.ssl is not None)
        return "250 2.0.0 đã nhận"

    def log_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == "mật khẩu/1".encode(), handled=False)

    def message(self, number: int = -1) -> EmailMessage:
        parsed = message_from_bytes(self.envelopes[number].original_content or b"", policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@pytest.fixture
def post_office() -> Iterator[Callable[..., Post]]:
    """Start a real server (aiosmtpd) with the options that the test names."""
    running: list[Controller] = []

    def start(**options: Any) -> Post:
        post = Post(port=free_port())
        if options.pop("log_in", False):
            options |= {"authenticator": post.log_in, "auth_required": True}
        options.setdefault("hostname", "127.0.0.1")
        controller = Controller(post, port=post.port, enable_SMTPUTF8=True, **options)
        controller.start()
        running.append(controller)
        return post

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A self-made certificate for 127.0.0.1, and a server's context with it."""
    pem, key = make_certificate(tmp_path, "127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key)
    return pem, context


def test_text_html_and_headers_arrive_as_written(post_office, channel_to, outgoing):
    """Every header and both bodies decode to what the office wrote."""
    post = post_office()
    channel = channel_to(post.port)
    out = outgoing()

    answer = channel.send(out.to, channel.freeze(out))

    assert (answer.outcome, answer.stage, answer.answer) == ("sent", "answer", "250 2.0.0 đã nhận")
    message = post.message()
    assert message["Subject"] == out.subject
    assert message["Message-ID"] == out.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == out.reply_to
    assert message["Date"].datetime == out.date
    assert [(a.display_name, a.addr_spec) for a in message["From"].addresses] == [
        ("Sở Nội vụ", "sonoivu@sonoivu.example")
    ]
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [(out.to_name, out.to)]
    assert "List-Unsubscribe" not in message
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == out.text
    assert message.get_body(("html",)).get_content().strip() == out.html


def test_attachments_keep_their_vietnamese_names_and_their_bytes(post_office, channel_to, outgoing, tmp_path):
    """A form attached under its Vietnamese name arrives under that name."""
    names = ["Đề cương báo cáo, năm 2022 (mẫu 1).docx", "de-cuong.pdf", 'lạ "quá" %41.bin', "ghi chú " * 25 + ".txt"]
    contents = [bytes(range(256)) * 40, b"%PDF-1.7\r\n.\r\n", b"", "ghi chú\n".encode()]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    post = post_office()
    channel = channel_to(post.port)
    out = outgoing(attachments=tuple(tmp_path / name for name in names))

    assert channel.send(out.to, channel.freeze(out)).outcome == "sent"

    message = post.message()
    parts = list(message.iter_attachments())
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_filename() for part in parts] == names
    assert [part.get_payload(decode=True) for part in parts] == contents
    assert parts[0].get_content_type().endswith("wordprocessingml.document")
    assert max(map(len, post.envelopes[0].original_content.split(b"\r\n"))) <= 998
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == out.text


def test_an_attachment_that_is_gone_is_said_when_freezing(channel_to, outgoing, tmp_path):
    """Nothing leaves without its form."""
    with pytest.raises(Refused, match="Không đọc được tệp kèm theo “mẫu"):
        channel_to(9).freeze(outgoing(attachments=(tmp_path / "mẫu.docx",)))


def test_a_repeat_is_the_same_message_byte_for_byte(post_office, channel_to, outgoing):
    """The server gets identical bytes under one Message-ID."""
    post = post_office()
    channel = channel_to(post.port)
    frozen = channel.freeze(outgoing())

    for _ in range(2):
        channel.send("a@b.example", frozen)

    assert [envelope.original_content for envelope in post.envelopes] == [frozen, frozen]


@pytest.mark.parametrize("ahead", [False, True], ids=["in its turn", "announced"])
def test_starttls_with_a_trusted_certificate(post_office, channel_to, outgoing, certificate, monkeypatch, ahead):
    """mode=starttls encrypts before anything is said about the message, and logs in within."""
    pem, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    post = post_office(tls_context=context, require_starttls=True, log_in=True)
    channel = channel_to(post.port, login="van-thu:${MK}@", options="&mode=starttls", ahead=ahead, MK="mật khẩu/1")
    frozen = channel.freeze(outgoing())

    assert [channel.send("a@b.example", frozen).outcome for _ in range(2)] == ["sent", "sent"]

    assert post.encrypted == [True, True]
    assert post.logins == [(b"van-thu", "mật khẩu/1".encode())]


def test_smtps_with_a_trusted_certificate(post_office, outgoing, certificate, monkeypatch, closing):
    """smtps:// is TLS from the first byte."""
    pem, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    post = post_office(ssl_context=context)
    channel = open_channel("thu", f"smtps://127.0.0.1:{post.port}/?from=a@b.example", environ={})
    closing.callback(channel.close)

    assert channel.send("c@d.example", channel.freeze(outgoing())).outcome == "sent"


@pytest.mark.parametrize(("option", "stage"), [("starttls", "starttls"), ("ssl", "connect")])
def test_a_certificate_nobody_vouches_for_stops_the_channel(
    post_office, channel_to, outgoing, certificate, option, stage
):
    """Without trust no message and no password leaves; verify=no is the office's own decision."""
    _, context = certificate
    post = post_office(**{"tls_context" if option == "starttls" else "ssl_context": context})
    refused = channel_to(post.port, options=f"&mode={option}")
    accepted = channel_to(post.port, options=f"&mode={option}&verify=no")

    answer = refused.send("a@b.example", refused.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", stage)
    assert "chứng thư của máy chủ không được tin" in answer.answer
    assert accepted.send("a@b.example", accepted.freeze(outgoing())).outcome == "sent"


def test_a_certificate_for_another_name_stops_the_channel(post_office, channel_to, outgoing, tmp_path, monkeypatch):
    """Trusted, but not for this host."""
    pem, key = make_certificate(tmp_path, "other.example")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    channel = channel_to(post_office(tls_context=context).port, options="&mode=starttls")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "starttls")


def test_tls_spoken_to_a_server_without_it_stops_the_channel(post_office, channel_to, outgoing):
    """smtps:// on a plain port says so instead of hanging or falling back."""
    channel = channel_to(post_office().port, options="&mode=ssl")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "connect")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(
    ("password", "stage", "words"), [("mật khẩu/1", "answer", "250 2.0.0 đã nhận"), ("sai", "auth", "535 5.7.8")]
)
def test_a_password_in_clear_only_on_this_machine(post_office, channel_to, outgoing, password, stage, words):
    """A relay on loopback may be logged into unencrypted; a wrong password is the channel's fault."""
    post = post_office(log_in=True, auth_require_tls=False)
    channel = channel_to(post.port, login="van-thu:${MK}@", MK=password)

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert answer.stage == stage
    assert answer.answer.startswith(words)
    assert post.logins == [(b"van-thu", password.encode())]


def test_apprise_itself_sends_through_our_plugin(post_office, channel_to):
    """Once a channel was opened, whoever writes Apprise's mailto:// gets this mail service."""
    post = post_office()
    channel_to(post.port)  # registers
    notifier = apprise.Apprise()

    assert notifier.add(
        f"mailto://127.0.0.1:{post.port}/kia@d.example?from=S%E1%BB%9F%20%3Ca@b.example%3E&to=ay@d.example"
    )
    assert notifier.notify("Nội dung <b>", "Tiêu đề")

    assert [envelope.rcpt_tos for envelope in post.envelopes] == [["kia@d.example"], ["ay@d.example"]]
    assert post.message()["Subject"] == "Tiêu đề"
    assert post.message()["From"].addresses[0].display_name == "Sở"
    assert post.message().get_content().strip() == "Nội dung <b>"


def test_apprise_hears_of_a_refusal(scripted, channel_to):
    """Through Apprise too a refused message is a False."""
    server = scripted({"RCPT": "550 no"})
    channel_to(server.port)

    assert not apprise.Apprise.instantiate(f"smtp://127.0.0.1:{server.port}/?from=a@b.example").notify("x", "y")


def test_apprise_never_shows_the_password():
    """The URL that Apprise gives for logs has the password masked, and reads back to the same settings."""
    open_channel("thu", "smtps://u:${P}@h.example/?from=a@b.example", environ={"P": "bí mật"})

    service = apprise.Apprise.instantiate("smtps://u:b%C3%AD%20m%E1%BA%ADt@h.example/?from=a@b.example")

    assert service.url(privacy=True) == "smtp://u:****@h.example:465/?from=a%40b.example&mode=ssl&verify=yes"
    assert apprise.Apprise.instantiate(service.url()).settings == service.settings
    assert "bí mật" not in repr(service.settings)
