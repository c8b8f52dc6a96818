"""One message through every kind of channel: what `send-test` does, and what it can show of the other side's answer."""

from __future__ import annotations

import pytest

from obligations.channels import Channel, open_box, open_channel, redirected

ENVIRON = {"BOT": "12345689:abc-xyz", "HOOK": "abcdefghijklmnopqrstuvwxyz"}
KINDS = ["mail", "redirected mail", "box", "zalo bot", "mattermost", "json", "ntfy"]


@pytest.fixture
def kinds(scripted, channel_to, listener, tmp_path):
    """By name: the channel, a recipient of its kind, and how its answer begins."""
    listener.body = b'{"ok": true, "result": {"message_id": "m1"}}'
    here = f"127.0.0.1:{listener.server_port}"

    def chat(url: str) -> Channel:
        return open_channel("chat", url, environ=ENVIRON)

    return {
        "mail": (channel_to(scripted().port), "van-thu@skhcn.example", "250 2.0.0 queued as 42"),
        "redirected mail": (redirected(channel_to(scripted().port), "thu@a.example"), "x@y.example", "250 2.0.0"),
        "box": (open_box("thu", tmp_path), "van-thu@skhcn.example", "20221125T080000_van-thu@skhcn.example_"),
        "zalo bot": (chat(f"zalobot://${{BOT}}/{{to}}?base=http://{here}"), "6ede9afa66b88fe6d6a9", "200 "),
        "mattermost": (chat(f"mmost://{here}/${{HOOK}}?channel={{to}}"), "van-thu", "Sent Mattermost"),
        "json": (chat(f"json://{here}/{{to}}"), "van-thu", "Sent JSON POST notification"),
        "ntfy": (chat(f"ntfy://{here}/{{to}}"), "van-thu", "Sent ntfy notification"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_one_message_goes_through_and_the_answer_is_shown(kinds, outgoing, kind):
    """Frozen, sent once, answered: nothing else is needed to try a channel."""
    channel, to, words = kinds[kind]

    answer = channel.send(to, channel.freeze(outgoing(to=to)))
    channel.close()

    assert answer.outcome == "sent"
    assert answer.answer.startswith(words)
