"""`python -m obligations.draft read|draft NAME < file`: a document read, or drafted, in a process of its own, as JSON.

Whatever a hostile file does to a reader ends with this process: its memory and its time have limits that the system
keeps. On standard output stands the document or the draft, or `refused` with what a person is told.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from typing import Any

MEMORY = 2 * 1024**3  # bytes of address space; 400 pages need a tenth of it
SECONDS = 120  # of the processor: twice what reading may take by the clock


def main() -> None:
    """Limits first, before any reader is even loaded."""
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system that knows no such limit, or has a lower one
            resource.setrlimit(kind, (limit, limit))
    what, name = sys.argv[1:]
    json.dump(_answer(what, name, sys.stdin.buffer.read()), sys.stdout)


def _answer(what: str, name: str, content: bytes) -> dict[str, Any]:
    from obligations.domain.errors import Refused  # noqa: PLC0415  # after the limits
    from obligations.draft.packing import pack, pack_document  # noqa: PLC0415
    from obligations.draft.reading.files import read  # noqa: PLC0415
    from obligations.draft.reading.limits import too_much_memory  # noqa: PLC0415

    try:
        document = read(name, content)
        if what == "read":
            return pack_document(document)
        from obligations.draft.drafting import draft  # noqa: PLC0415  # longer to load than most files to read

        return pack(draft(document))
    except Refused as refused:
        return _told(refused)
    except MemoryError:
        return _told(too_much_memory())


def _told(refused: Any) -> dict[str, Any]:
    return {"refused": [refused.code, refused.message, refused.fix]}


if __name__ == "__main__":
    main()
