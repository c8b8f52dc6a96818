"""In box mode nothing leaves: messages become files that sort by date and open in a mail program."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from obligations.channels import open_box, open_channel, redirected
from obligations.domain.errors import Refused


def test_an_email_becomes_a_file_that_a_mail_program_reads(tmp_path, outgoing):
    """The .eml holds the frozen message and nothing else."""
    box = open_box("thu", tmp_path / "home" / "box")
    out = outgoing()
    frozen = box.freeze(out)

    answer = box.send(out.to, frozen)

    (path,) = (tmp_path / "home" / "box").iterdir()
    assert (answer.outcome, answer.stage, answer.answer) == ("sent", "box", path.name)
    assert path.name.startswith("20221125T080000_van-thu@skhcn.example_")
    assert path.suffix == ".eml"
    assert path.read_bytes() == frozen
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (message["Subject"], message["Message-ID"]) == (out.subject, out.message_id)
    assert message["From"].addresses[0].addr_spec == "dondoc@box.invalid"
    assert (tmp_path / "home" / "box").stat().st_mode & 0o077 == 0


def test_a_repeat_replaces_its_own_file(tmp_path, outgoing):
    """The same message twice is one file; another message, or another recipient, is another."""
    box = open_box("thu", tmp_path)
    first, second = outgoing(), outgoing(message_id="<2@x.example>")

    for out in (first, first, second):
        box.send(out.to, box.freeze(out))
    box.send("khac@skhcn.example", box.freeze(first))

    assert len(list(tmp_path.iterdir())) == 3


def test_chat_becomes_a_readable_text(tmp_path, outgoing):
    """A chat id is no address: the message is a .txt under the same headers."""
    box = open_box("zalo", tmp_path)
    out = outgoing(to="../phòng họp\n1", html=None)

    box.send(out.to, box.freeze(out))

    (path,) = tmp_path.iterdir()
    assert path.suffix == ".txt"
    assert "/" not in path.name
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"Message-ID: {out.message_id}"
    assert lines[2:4] == ["To: ../phòng họp 1", f"Subject: {out.subject}"]
    assert lines[5:] == [*out.text.splitlines(), ""]


def test_files_sort_by_date(tmp_path, outgoing):
    """The folder reads as a diary."""
    box = open_box("thu", tmp_path)
    days = [outgoing().date + timedelta(days=day) for day in (9, 0, 40)]

    names = [box.send("a@b.example", box.freeze(outgoing(date=day))).answer for day in days]

    assert sorted(names) == [names[1], names[0], names[2]]


def test_bytes_that_are_no_message_are_still_kept(tmp_path):
    """Nothing that was to be sent is lost for want of a date."""
    answer = open_box("thu", tmp_path).send("a@b.example", b"Date: never\r\n\r\nx")

    assert answer.outcome == "sent"
    assert answer.answer.startswith("00000000T000000_a@b.example_")


def test_a_folder_that_cannot_be_written_stops_the_channel(tmp_path, outgoing):
    """A file stands where the folder should be: said in the answer, nothing half-written."""
    (tmp_path / "box").write_text("", encoding="utf-8")
    box = open_box("thu", tmp_path / "box")

    answer = box.send("a@b.example", box.freeze(outgoing()))

    assert (answer.outcome, answer.stage) == ("channel_down", "box")
    assert "không ghi được vào" in answer.answer
    assert [path.name for path in tmp_path.iterdir()] == ["box"]


def test_redirected_mail_goes_to_one_address_and_names_the_real_one(scripted, channel_to, outgoing):
    """Nobody else gets anything; what is stored is what leaves."""
    server = scripted()
    channel = redirected(channel_to(server.port), "thu-nghiem@sonoivu.example")
    out, called = outgoing(), []
    frozen = channel.freeze(out)

    assert channel.send(out.to, frozen, lambda: called.append("while it is taken")).outcome == "sent"

    assert channel.name == "thu"
    assert called == ["while it is taken"]
    assert [command for command in server.commands if command.startswith("RCPT")] == [
        "RCPT TO:<thu-nghiem@sonoivu.example>"
    ]
    assert server.messages == [frozen]
    message = message_from_bytes(frozen, policy=policy.default)
    assert message["X-Original-To"] == out.to
    assert message["To"] == "thu-nghiem@sonoivu.example"
    assert message["Subject"] == f"[Lẽ ra gửi {out.to}] {out.subject}"
    assert message["Message-ID"] == out.message_id
    channel.close()
    assert server.verbs()[-1] == "QUIT"


def test_a_redirection_that_is_refused_blames_no_recipient(scripted, channel_to, outgoing):
    """It is the one address that is bad, so the channel rests and every real recipient stays good."""
    channel = redirected(channel_to(scripted({"RCPT": "550 5.1.1 no such user"}).port), "sai@sonoivu.example")

    answer = channel.send("a@b.example", channel.freeze(outgoing()))

    assert (answer.outcome, answer.stage, answer.answer) == ("channel_down", "rcpt", "550 5.1.1 no such user")


def test_a_redirection_needs_an_address_and_a_mail_channel():
    """A mistyped redirect is refused before anything is sent."""
    with pytest.raises(Refused, match="không phải địa chỉ thư"):
        redirected(open_box("thu", Path("box")), "văn thư")
    with pytest.raises(Refused, match="Kênh chat không phải thư điện tử"):
        redirected(open_channel("chat", "json://127.0.0.1/{to}", environ={}), "a@b.example")
