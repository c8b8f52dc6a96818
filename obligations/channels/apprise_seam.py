"""Apprise as this package sees it: the little of it that is used, with types.

Its own annotations are partial and differ between 1.13 and 2.x; here stands what holds in both.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

import apprise
from apprise.manager_plugins import NotificationManager
from apprise.plugins.email.templates import EMAIL_TEMPLATES

from obligations.channels.message import Outcome

if TYPE_CHECKING:

    class NotifyBase:
        """A service: a class per kind, an object per URL."""

        logger: logging.Logger
        template_tokens: ClassVar[dict[str, Any]]
        template_args: ClassVar[dict[str, Any]]
        request_rate_per_sec: float
        socket_read_timeout: float
        body_maxlen: int
        title_maxlen: int
        host: str
        port: int | None
        user: str | None
        password: str | None
        retry: int
        optional: bool

        def __init__(self, **kwargs: Any) -> None:
            """From what `parse_url` found."""
else:
    from apprise.plugins.base import NotifyBase

__all__ = ["NotifyBase", "OwnService", "instantiate", "manager", "new_notifier", "provider_templates"]


# Matrix: a wrong password would make it open an account, a mistyped room make one that nobody reads, and call it sent.
_NEVER = ("_register", "_room_create")


class OwnService(NotifyBase):
    """A service of ours: it says itself how its post ended, which of Apprise's own is read out of their log."""

    example: ClassVar[str] = ""  # an address, for people
    ending: tuple[Outcome, str] | None = None  # and the words for it, once posted


class Manager(Protocol):
    """Apprise's table of schemes; one per process."""

    def __contains__(self, scheme: str) -> bool:
        """Is there a service for it?"""

    def __getitem__(self, scheme: str) -> type[NotifyBase]:
        """The service's class."""

    def add(self, plugin: type[NotifyBase], schemas: Iterable[str], *, force: bool) -> bool:
        """Enter a class for these schemes; `force` takes them from whoever had them."""


class Notifier(Protocol):
    """Apprise's own front: services in, one call out."""

    def add(self, servers: NotifyBase) -> bool:
        """One more service to notify."""

    def notify(self, body: str, title: str, *, body_format: str) -> object:
        """1.13: True, False or None for nobody to notify; 2.x: an object with that truth and a `status`."""


def manager() -> Manager:
    """The table of schemes (loads all services on first use, ~0.3 s)."""
    return cast("Manager", NotificationManager())  # type: ignore[no-untyped-call]


def new_notifier() -> Notifier:
    """An empty front."""
    return cast("Notifier", apprise.Apprise())


def instantiate(url: str) -> NotifyBase | None:
    """The service behind a URL; None when it cannot be read. `async_mode` off: it posts in the caller's thread."""
    asset = apprise.AppriseAsset(app_id="DonDoc", app_desc="Đôn Đốc", async_mode=False)
    service = cast("NotifyBase | None", apprise.Apprise.instantiate(url, asset=asset))
    for name in _NEVER:
        if hasattr(service, name):
            setattr(service, name, lambda *_: None)
    return service


def provider_templates() -> Iterable[tuple[re.Pattern[str], dict[str, Any]]]:
    """(pattern of address, settings) of the mail providers that Apprise knows."""
    return [(row[1], row[2]) for row in cast("Iterable[tuple[str, re.Pattern[str], dict[str, Any]]]", EMAIL_TEMPLATES)]
