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
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from obligations.domain.errors import Refused
from obligations.draft.document import Document
from obligations.draft.model import Draft
from obligations.draft.packing import unpack, unpack_document
from obligations.draft.reading.files import FORMATS, opened
from obligations.draft.reading.limits import MAX_BYTES, MAX_SECONDS, broken, check_size, too_slow

__all__ = ["FORMATS", "MAX_BYTES", "Read", "draft_apart", "read_apart", "reading_apart"]
Read = Callable[[], Document]
AT_ONCE = 2
_WAIT = 20.0  # seconds for a place
_GRACE = 90.0  # beside the reader's own time: to start, the last page of a scan, and to draft what was read
_KEPT = 4000  # letters of what a reader says when it fails
# No secret of the office among them.
_ITS_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "TESSDATA_PREFIX", "OMP_THREAD_LIMIT")
_places = BoundedSemaphore(AT_ONCE)


def draft_apart(name: str, content: bytes, seconds: float = MAX_SECONDS) -> Draft:
    """A file's draft. Refused as the command would refuse it, when two others are being read, and when its process
    dies or takes too long."""
    return unpack(_told("draft", name, content, seconds))


def read_apart(name: str, content: bytes) -> Document:
    """A file's document. Refused as `draft_apart` refuses."""
    return unpack_document(_told("read", name, content, MAX_SECONDS))


@contextmanager
def reading_apart(path: Path) -> Iterator[Read]:
    """A file is read from here on; the document is there when it is called for.

    Refused at once where there is no such file, or it is empty or too big; by the call, where it cannot be read.
    """
    with opened(path) as source, _started("read", path.name, source) as reader:
        yield lambda: unpack_document(_answer(reader, path.name, MAX_SECONDS))


def _told(what: str, name: str, content: bytes, seconds: float) -> dict[str, Any]:
    """What a process makes of a file that came over the network: two at once, others wait for their turn."""
    check_size(len(content))
    if not _places.acquire(timeout=_WAIT):
        raise Refused("busy", "đang đọc các văn bản khác.", "Đợi một phút rồi thử lại.")
    try:
        with _started(what, name, subprocess.PIPE) as reader:
            return _answer(reader, name, seconds, content)
    finally:
        _places.release()


@contextmanager
def _started(what: str, name: str, source: BinaryIO | int) -> Iterator[subprocess.Popen[bytes]]:
    """The process at work; nothing of it is left afterwards."""
    command = [sys.executable, "-P", "-m", "obligations.draft", what, name]
    environment = {key: os.environ[key] for key in _ITS_ENVIRONMENT if key in os.environ}
    reader = subprocess.Popen(  # noqa: S603  # our own module
        command,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,  # so that whatever it started ends with it
    )
    try:
        yield reader
    finally:
        with suppress(ProcessLookupError):
            os.killpg(reader.pid, signal.SIGKILL)
        reader.communicate()


def _answer(reader: subprocess.Popen[bytes], name: str, seconds: float, content: bytes | None = None) -> dict[str, Any]:
    try:
        said, wrong = reader.communicate(content, timeout=seconds + _GRACE)
        if reader.returncode > 0:  # not the file's fault: the last door keeps what is said here
            raise RuntimeError(wrong.decode("utf-8", "replace")[-_KEPT:])
        told: dict[str, Any] = json.loads(said)
    except subprocess.TimeoutExpired:
        raise too_slow(seconds) from None
    except ValueError:  # it died on the way
        raise broken(name.rpartition(".")[2]) from None
    if "refused" in told:
        raise Refused(*told["refused"])
    return told
