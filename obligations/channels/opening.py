"""From a line of channels.yaml to a channel, or to one sentence about what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from obligations.channels import smtp_url
from obligations.channels.box import BoxChannel
from obligations.channels.message import Channel, ascii_address
from obligations.domain.errors import Refused
from obligations.domain.plan import Waits


def open_channel(
    name: str, url: str, *, environ: Mapping[str, str], total_seconds: float = Waits.send_seconds
) -> Channel:
    """The channel behind a URL of channels.yaml. No connection is made before the first message.

    `total_seconds` bounds one send, whatever the other side does. Raises Refused (see `wrong_url`); its text holds no
    secret.
    """
    from obligations.channels.live import open_live  # noqa: PLC0415 - Apprise takes 0.2 s; most commands never send

    return open_live(name, url, environ, total_seconds)


def open_box(name: str, folder: Path) -> Channel:
    """A channel that only writes files into `folder` (made when needed)."""
    return BoxChannel(name, Path(folder))


def carries_mail(url: str, address: str) -> bool:
    """Whether what leaves is a mail, with two bodies, or a short chat text; where no URL is known the address tells."""
    return smtp_url.is_mail(url) if url else ascii_address(address) is not None


def wrong_url(url: str, environ: Mapping[str, str]) -> Refused | None:
    """What is wrong with this URL and what to write, without secrets; None if it is usable."""
    from obligations.channels.live import use  # noqa: PLC0415 - as above

    try:
        use(url, environ)
    except Refused as refused:
        return refused
    return None
