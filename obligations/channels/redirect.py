"""Trial with real mail: everything goes to one address, and says to whom it would have gone."""

from __future__ import annotations

from dataclasses import replace

from obligations.channels import mime
from obligations.channels.message import Answer, Channel, Meanwhile, Outgoing, ascii_address, nothing
from obligations.domain.errors import Refused


class RedirectedChannel:
    """An e-mail channel whose every message goes to `address`.

    The real recipient is written when the message is frozen, so that what is stored is what leaves.
    """

    repeats_unknown = True

    def __init__(self, channel: Channel, address: str) -> None:
        self._channel = channel
        self._address = address

    @property
    def name(self) -> str:
        """The wrapped channel's."""
        return self._channel.name

    def freeze(self, out: Outgoing) -> bytes:
        """The message to the one address; the real recipient in X-Original-To and first in the subject."""
        marked = replace(out, to=self._address, to_name="", subject=f"[Lẽ ra gửi {out.to}] {out.subject}")
        return f"X-Original-To: {mime.unstructured(out.to)}\r\n".encode("ascii") + self._channel.freeze(marked)

    def announce(self, to: str) -> None:
        """Announce to the one address, whoever `to` is."""
        self._channel.announce(self._address)

    def send(self, to: str, frozen: bytes, meanwhile: Meanwhile = nothing) -> Answer:
        """Send to the one address, whoever `to` is."""
        answer = self._channel.send(self._address, frozen, meanwhile)
        if answer.outcome == "address_bad":  # the one address is: no recipient may be blamed for it
            return replace(answer, outcome="channel_down")
        return answer

    def close(self) -> None:
        """Close the wrapped channel."""
        self._channel.close()


def redirected(channel: Channel, address: str) -> Channel:
    """`channel` (an e-mail channel or the box) with all its messages going to `address`.

    Raises Refused when that is no e-mail address, or `channel` none that carries e-mail.
    """
    if not channel.repeats_unknown:
        fix = "khai báo một kênh thư điện tử trong channels.yaml"
        raise Refused("redirect", f"Kênh {channel.name} không phải thư điện tử nên không chuyển hướng được", fix)
    plain = ascii_address(address.strip())
    if plain is None:
        raise Refused("redirect", f"“{address}” không phải địa chỉ thư", "viết sending: redirect:ten@co-quan.example")
    return RedirectedChannel(channel, plain)
