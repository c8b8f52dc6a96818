"""A document read in a process of its own: what breaks, hangs or swells there leaves the pages as they were."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Any

from obligations.domain.errors import Refused
from obligations.draft.model import Draft
from obligations.draft.packing import unpack
from obligations.draft.reading.files import FORMATS
from obligations.draft.reading.limits import MAX_BYTES, MAX_SECONDS, broken, check_size, too_slow

__all__ = ["FORMATS", "MAX_BYTES", "draft_apart"]
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
        told = _answer(_run(name, content, seconds), name)
    finally:
        _places.release()
    if "refused" in told:
        raise Refused(*told["refused"])
    return unpack(told)


def _run(name: str, content: bytes, seconds: float) -> bytes:
    command = [sys.executable, "-m", "obligations.draft", name]
    environment = {key: os.environ[key] for key in _ITS_ENVIRONMENT if key in os.environ}
    reader = subprocess.Popen(  # noqa: S603  # our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # so that whatever it started ends with it
    )
    try:
        return reader.communicate(content, timeout=seconds + _GRACE)[0]
    except subprocess.TimeoutExpired:
        raise too_slow(seconds) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(reader.pid, signal.SIGKILL)
        reader.communicate()


def _answer(said: bytes, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError:  # it died on the way
        raise broken(name.rpartition(".")[2]) from None
    return found
