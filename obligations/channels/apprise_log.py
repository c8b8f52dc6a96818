"""Apprise says why a message failed only in its log, and its log also holds addresses with their secrets.

One filter on its logger does both: it takes secrets out of every line for whoever reads the log, and it hands the
lines of one send to that send, whichever thread Apprise does it in. It is installed once (`watch`), when the first
channel is opened.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from obligations.channels.references import Redactor

_LOGGERS = ("apprise", "urllib3.connectionpool")  # the second writes request paths, where tokens stand


@dataclass
class _Hearing:
    """What one send has logged so far; no more is taken once it is closed."""

    lines: list[str] = field(default_factory=list)
    open: bool = True


_hearing: ContextVar[_Hearing | None] = ContextVar("dondoc_apprise_hearing", default=None)


class Watch(logging.Filter):
    """Redacts, and collects for those who listen."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__()
        self._logger = logger
        self._lock = threading.Lock()
        self._secrets: frozenset[str] = frozenset()
        self._redact = Redactor()
        self._listeners = 0
        self._level = self._shown = logging.NOTSET  # the logger's own and its effective level while nobody listens

    def hide(self, secrets: Iterable[str]) -> None:
        """From now on, for as long as the process lives."""
        with self._lock:
            self._secrets |= frozenset(secrets)
            self._redact = Redactor(self._secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes through here before any handler sees it."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # arguments that do not fit: the log's business, not the sender's
            message = f"{record.msg} {record.args}"
        hearing = _hearing.get()
        if hearing is not None and hearing.open and record.name == "apprise":
            hearing.lines.append(message)  # as it is: the answer is judged by its words, then redacted by its channel
            return False  # told in the answer, so the log need not repeat it
        record.msg, record.args = self._redact(message), None
        if record.exc_info:
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_info, record.exc_text = None, self._redact(trace)
        return not self._listeners or record.levelno >= self._shown

    @contextmanager
    def listening(self) -> Iterator[list[str]]:
        """All lines, down to DEBUG, that this context logs meanwhile: they come here instead of to the handlers."""
        hearing = _Hearing()
        self._begin()
        token = _hearing.set(hearing)
        try:
            yield hearing.lines
        finally:
            hearing.open = False
            _hearing.reset(token)
            self._end()

    def _begin(self) -> None:
        with self._lock:
            if not self._listeners:
                self._level, self._shown = self._logger.level, self._logger.getEffectiveLevel()
                self._logger.setLevel(min(logging.DEBUG, self._shown))
            self._listeners += 1

    def _end(self) -> None:
        with self._lock:
            self._listeners -= 1
            if not self._listeners:
                self._logger.setLevel(self._level)


_WATCHES = {name: Watch(logging.getLogger(name)) for name in _LOGGERS}


def watch(secrets: Iterable[str] = ()) -> Watch:
    """Install the filters (once) and hide these secrets; Apprise's own is returned to listen with."""
    secrets = frozenset(secrets)
    for name, filter_ in _WATCHES.items():
        logging.getLogger(name).addFilter(filter_)
        if secrets:
            filter_.hide(secrets)
    return _WATCHES["apprise"]
