"""The channels of one delivery: each opened when first used, kept for the whole batch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from obligations import channels
from obligations.channels import Channel
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration

EMAIL = "email"


class Post(Protocol):
    """Whoever has the channels: the office's own, or a pretended outside world."""

    def channel(self, name: str) -> Channel:
        """The channel by its name; Refused where it cannot be used."""

    def close(self) -> None:
        """Give up what is open."""


class Postbox:
    """Opens channels as the office's `sending` says: live, into the box, or all to one address."""

    def __init__(self, configuration: Configuration, home: Path, environ: Mapping[str, str] = os.environ) -> None:
        self._configuration = configuration
        self.home = home
        self._environ = environ
        self._open: dict[str, Channel] = {}

    def channel(self, name: str) -> Channel:
        """The channel by its name in channels.yaml; Refused where its address cannot be used on this machine."""
        if name not in self._open:
            self._open[name] = self._opened(name)
        return self._open[name]

    def close(self) -> None:
        for channel in self._open.values():
            channel.close()

    def _opened(self, name: str) -> Channel:
        sending = self._configuration.office.sending
        if sending == "box":
            return channels.open_box(name, self.home / "box")
        if sending.startswith("redirect:"):
            return channels.redirected(self._live(EMAIL, name), sending.removeprefix("redirect:"))
        return self._live(name)

    def _live(self, *names: str) -> Channel:
        """The first of these channels that the office has."""
        for name in names:
            if found := self._configuration.channels.get(name):
                seconds = float(self._configuration.office.waits.send_seconds)
                return channels.open_channel(found.name, found.url, environ=self._environ, total_seconds=seconds)
        fix = "Khai báo kênh ấy, hoặc đổi kênh của đầu mối."
        raise Refused("channel-gone", f"không có kênh {names[-1]} trong channels.yaml.", fix)
