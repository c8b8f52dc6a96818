"""What the channels ask of Apprise."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextvars import copy_context
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from obligations.channels.apprise_log import watch
from obligations.channels.apprise_seam import NotifyBase, OwnService, instantiate, manager, new_notifier
from obligations.channels.smtp_plugin import NotifySmtp
from obligations.channels.smtp_url import MODES
from obligations.channels.zalo_bot import NotifyZaloBot

_OURS: Final = ((NotifySmtp, tuple(MODES)), (NotifyZaloBot, ("zalobot",)))  # each service with its schemes
_REGISTERING: Final = threading.Lock()

_ANSWER_SECONDS: Final = 30.0
_NO_MATCH: Final = 3  # AppriseResultStatus in 2.x
_TIMED_OUT: Final = 5


@dataclass(frozen=True)
class Told:
    """How a notification ended: delivered, refused (False) or to nobody (None), and Apprise's log of it.

    `finished` is False when the time was up first: it may still arrive.
    """

    delivered: bool | None
    lines: tuple[str, ...]
    finished: bool = True


def prepare(secrets: Iterable[str] = ()) -> None:
    """Before Apprise is used: our services registered, its log without these secrets. Again changes nothing."""
    watch(secrets)
    table = manager()
    with _REGISTERING:
        for service, schemes in _OURS:
            if any(scheme not in table or table[scheme] is not service for scheme in schemes):
                table.add(service, schemes, force=True)


def knows(scheme: str) -> bool:
    """Is there a service for this scheme?"""
    return scheme in manager()


def example(scheme: str) -> str:
    """How an address of a service of ours is written, if it says so; empty for Apprise's own."""
    service = manager()[scheme]
    return service.example if issubclass(service, OwnService) else ""


def release() -> str:
    """Apprise's version, for people."""
    return version("apprise")


def load(url: str) -> NotifyBase | None:
    """The service behind a URL, None when Apprise cannot use it.

    Whatever the URL says, it posts once and tells the truth: retry= could bring a message twice, optional= calls a
    failure a success. Unless the URL says (rto=), it waits for an answer much longer than Apprise's 4 seconds: a chat
    message whose answer was missed is never repeated.
    """
    with watch().listening():  # its complaints are ours to word
        service = instantiate(url)
    if service is not None:
        service.retry, service.optional = 0, False
        if "rto=" not in url:
            service.socket_read_timeout = _ANSWER_SECONDS
    return service


def private_values(service: NotifyBase) -> frozenset[str]:
    """The parts of its URL that the service calls private: passwords, tokens, keys."""
    tokens = [*service.template_tokens.items(), *service.template_args.items()]
    names = {token.get("map_to", name) for name, token in tokens if token.get("private")}
    values = (getattr(service, name, None) for name in names | {"password"})
    return frozenset(value for value in values if isinstance(value, str) and value)


def notify(service: NotifyBase, subject: str, text: str, *, total_seconds: float) -> Told:
    """Post one message. What has not ended after `total_seconds` is left to itself and counts as unfinished."""
    results: list[object] = []

    def post() -> None:
        notifier = new_notifier()
        notifier.add(service)
        results.append(notifier.notify(text, subject, body_format="text"))

    with watch().listening() as lines:
        worker = threading.Thread(target=copy_context().run, args=(post,), name="dondoc-notify", daemon=True)
        worker.start()
        worker.join(total_seconds)
        return _told(results, tuple(lines))


def _told(results: list[object], lines: tuple[str, ...]) -> Told:
    if not results or getattr(results[0], "status", None) == _TIMED_OUT:
        return Told(delivered=False, lines=lines, finished=False)
    if results[0] is None or getattr(results[0], "status", None) == _NO_MATCH:
        return Told(delivered=None, lines=lines)
    return Told(delivered=bool(results[0]), lines=lines)
