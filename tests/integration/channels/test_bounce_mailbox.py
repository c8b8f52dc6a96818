"""The mailbox of bounces is read to a mark and left as it was."""

from __future__ import annotations

import mailbox
import ssl

import pytest

from obligations.channels import bounce_mailbox
from obligations.channels.bounce_mailbox import read_mailbox
from obligations.domain.errors import Refused
from tests.integration.channels.imap_server import ImapServer
from tests.ports import free_port
from tests.smtp_servers import make_certificate
from tests.unit.channels.bounce_samples import AWAY, EXCHANGE, POSTFIX, POSTFIX_DELAYED

ENVIRON = {"MK": "mật khẩu @/1"}
LOGIN = "\0nhac@sonoivu.example\0mật khẩu @/1"


@pytest.fixture
def imap(closing):
    """Start a server, encrypted when asked."""

    def start(tls: ssl.SSLContext | None = None, *, late: bool = False) -> ImapServer:
        server = ImapServer(tls, late=late)
        closing.callback(server.stop)
        return server

    return start


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """A server's TLS whose certificate this machine trusts."""
    pem, key = make_certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key)
    return context


def address(server: ImapServer, scheme: str = "imap", folder: str = "") -> str:
    return f"{scheme}://nhac@sonoivu.example:${{MK}}@127.0.0.1:{server.port}{folder}"


def test_a_folder_is_read_once(imap):
    """What is new since the mark, without a flag changed; other mail is not even fetched."""
    server = imap()
    server.mails = {3: POSTFIX, 4: AWAY, 9: EXCHANGE}

    first = read_mailbox(address(server), ENVIRON)
    again = read_mailbox(address(server), ENVIRON, first.until)
    server.mails[12] = POSTFIX_DELAYED
    later = read_mailbox(address(server), ENVIRON, again.until)

    assert [bounce.status for bounce in first.bounces] == ["5.1.1", "5.1.10"]
    assert (again.bounces, again.until) == ((), first.until)
    assert [bounce.action for bounce in later.bounces] == ["delayed"]
    assert (first.until, later.until) == ("7.9", "7.12")
    assert server.commands[1:3] == ["AUTHENTICATE PLAIN", LOGIN]
    verbs = {command.split(" ")[0] for command in server.commands} - {LOGIN.split(" ", maxsplit=1)[0]}
    assert verbs == {"CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID", "LOGOUT"}
    assert not any("FETCH 4 " in command for command in server.commands)


def test_a_renumbered_folder_is_read_anew(imap):
    """UIDs mean nothing once UIDVALIDITY has changed."""
    server = imap()
    server.mails = {1: POSTFIX}
    until = read_mailbox(address(server), ENVIRON).until

    server.validity = 8

    assert len(read_mailbox(address(server), ENVIRON, until).bounces) == 1


def test_an_empty_folder_of_another_name(imap):
    """INBOX unless the address says."""
    server = imap()

    assert read_mailbox(address(server, folder="/Bao loi/thu"), ENVIRON).bounces == ()

    assert 'EXAMINE "Bao loi/thu"' in server.commands


def test_imaps_is_encrypted_from_the_first_byte(imap, trusted):
    """With a certificate that is trusted."""
    server = imap(trusted)
    server.mails = {1: POSTFIX}

    assert len(read_mailbox(address(server, "imaps"), ENVIRON).bounces) == 1


def test_imap_over_a_network_logs_in_only_after_starttls(imap, trusted, monkeypatch):
    """The password never travels in clear; a server without STARTTLS gets none."""
    monkeypatch.setattr(bounce_mailbox, "is_loopback", lambda _host: False)
    encrypted, clear = imap(trusted, late=True), imap()
    encrypted.mails = {1: POSTFIX}

    assert len(read_mailbox(address(encrypted), ENVIRON).bounces) == 1
    with pytest.raises(Refused, match="Không đọc được hộp thư báo lỗi"):
        read_mailbox(address(clear), ENVIRON)

    assert encrypted.commands.index("STARTTLS") < encrypted.commands.index(LOGIN)
    assert clear.commands == ["CAPABILITY"]


def test_a_server_that_knows_only_login(imap):
    """It takes ASCII and no more: another password is not tried."""
    server = imap()
    server.features = []

    assert read_mailbox(address(server), {"MK": 'a"b'}).bounces == ()
    with pytest.raises(Refused, match="có dấu"):
        read_mailbox(address(server), ENVIRON)

    assert server.commands[1] == r'LOGIN nhac@sonoivu.example "a\"b"'


@pytest.mark.parametrize("verb", ["AUTHENTICATE", "EXAMINE", "SEARCH", "FETCH"])
def test_what_the_server_refuses_is_said(imap, verb):
    """In its own words, and nothing of the password."""
    server = imap()
    server.mails, server.refuse = {1: POSTFIX}, verb

    with pytest.raises(Refused) as refused:
        read_mailbox(address(server), ENVIRON)

    assert "not for you" in refused.value.message
    assert ENVIRON["MK"] not in refused.value.message + refused.value.fix


def test_a_server_that_is_not_there_is_said():
    """One sentence, no traceback."""
    with pytest.raises(Refused, match="Connection refused"):
        read_mailbox(f"imap://u:${{MK}}@127.0.0.1:{free_port()}", ENVIRON)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "không đúng dạng"),
        ("pop3://u:${MK}@h", "không đúng dạng"),
        ("imaps://h/INBOX", "không đúng dạng"),
        ("imaps://u@h", "không đúng dạng"),
        ('imaps://u:${MK}@h/a"b', "không đúng dạng"),
        ("imaps://u:abc@h", "Mật khẩu đang nằm ngay"),
        ("imaps://u:${MK}x@h", "Mật khẩu đang nằm ngay"),
        ("imaps://u:${KHONG}@h", "Thiếu bí mật KHONG"),
        ("imaps://u:${MK}@127.0.0.1:99999", "Không đọc được hộp thư"),
        ("maildir:///khong/co", "không phải hộp thư Maildir"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url, said):
    """Before or instead of any connection."""
    with pytest.raises(Refused) as refused:
        read_mailbox(url, ENVIRON)

    assert said in refused.value.message
    assert refused.value.fix


def test_a_maildir_is_read_to_its_newest_file(tmp_path):
    """New and already opened mail alike; files of the last hour come again, older ones do not."""
    box = mailbox.Maildir(str(tmp_path / "thư báo lỗi"), create=True)
    for raw, hours in ((POSTFIX, 9), (AWAY, 5), (EXCHANGE, 1)):
        message = mailbox.MaildirMessage(raw)
        message.set_date(1_669_338_000 - hours * 3600)
        message.set_subdir("cur" if raw is POSTFIX else "new")
        box.add(message)
    url = f"maildir://{tmp_path}/th%C6%B0 báo lỗi"
    names = sorted((tmp_path / "thư báo lỗi" / "new").iterdir())

    first = read_mailbox(url, {})
    again = read_mailbox(url, {}, first.until)

    assert sorted(bounce.status for bounce in first.bounces) == ["5.1.1", "5.1.10"]
    assert first.until == str(1_669_338_000 - 3600)
    assert [bounce.status for bounce in again.bounces] == ["5.1.10"]
    assert again.until == first.until
    assert sorted((tmp_path / "thư báo lỗi" / "new").iterdir()) == names
