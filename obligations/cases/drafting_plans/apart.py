"""A document read in a process of its own: what breaks, hangs or swells there leaves the pages as they were."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any

from obligations.domain.errors import Refused
from obligations.draft.document import Document
from obligations.draft.model import Draft
from obligations.draft.packing import unpack, unpack_document
from obligations.draft.reading.files import FORMATS, content_of
from obligations.draft.reading.limits import MAX_BYTES, MAX_SECONDS, broken, check_size, too_slow

__all__ = ["FORMATS", "MAX_BYTES", "Read", "draft_apart", "reading_apart"]
Read = Callable[[], Document]
AT_ONCE = 2
_WAIT = 20.0  # seconds for a place
_GRACE = 30.0  # beside the reader's own time: to start, and to draft what was read
_ITS_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "HOME")  # no secret of the office among them
_places = BoundedSemaphore(AT_ONCE)


def draft_apart(name: str, content: bytes, seconds: float = MAX_SECONDS) -> Draft:
    """A file's draft. Refused as the command would refuse it, and when its process dies or takes too long."""
    check_size(content)
    if not _places.acquire(timeout=_WAIT):
        raise Refused("busy", "đang đọc các văn bản khác.", "Đợi một phút rồi thử lại.")
    try:
        with _started("draft", name, content) as reader:
            return unpack(_answer(reader, name, seconds))
    finally:
        _places.release()


@contextmanager
def reading_apart(path: Path) -> Iterator[Read]:
    """A file is read from here on; the document is there when it is called for. Refused as `draft_apart` does."""
    with _started("read", path.name, content_of(path)) as reader:
        yield lambda: unpack_document(_answer(reader, path.name, MAX_SECONDS))


@contextmanager
def _started(what: str, name: str, content: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """The process at work; nothing of it is left afterwards."""
    command = [sys.executable, "-P", "-m", "obligations.draft", what, name]
    environment = {key: os.environ[key] for key in _ITS_ENVIRONMENT if key in os.environ}
    with TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        reader = subprocess.Popen(  # noqa: S603  # our own module
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # so that whatever it started ends with it
        )
    try:
        yield reader
    finally:
        with suppress(ProcessLookupError):
            os.killpg(reader.pid, signal.SIGKILL)
        reader.communicate()


def _answer(reader: subprocess.Popen[bytes], name: str, seconds: float) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(reader.communicate(timeout=seconds + _GRACE)[0])
    except subprocess.TimeoutExpired:
        raise too_slow(seconds) from None
    except ValueError:  # it died on the way
        raise broken(name.rpartition(".")[2]) from None
    if "refused" in told:
        raise Refused(*told["refused"])
    return told
