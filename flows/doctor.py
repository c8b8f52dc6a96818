"""`python -m flows.doctor [--json]`: is Prefect up, and do its scheduler and our worker work?

Prints the checks for `dondoc doctor` and exits 0 when all are well, 1 when not. It asks only the API: no database, no
configuration.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from flows.environment import Place, prepare
from flows.server import answers
from obligations.cases.app import utc_now
from obligations.domain.errors import Refused


@dataclass(frozen=True)
class Check:
    """One question and its answer, in the reader's words."""

    id: str
    name: str
    ok: bool
    detail: str


def checks(place: Place, now: datetime) -> Iterator[Check]:
    """Every check; when the server does not answer, that one alone."""
    up = answers(place)
    yield Check("prefect-server", "Máy chủ Prefect", up, place.url if up else f"không trả lời ở {place.url}")
    if up:
        prepare(place)
        from flows.inspection import inspect  # noqa: PLC0415 (imports Prefect, 1.4 s: only when it is there)

        for one in inspect(now):
            yield Check(*one)


def main(arguments: list[str]) -> int:
    """Prints the checks and returns the exit status."""
    try:
        found = list(checks(Place.from_environment(), utc_now()))
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    ok = all(check.ok for check in found)
    if "--json" in arguments:
        told = json.dumps({"ok": ok, "checks": [asdict(check) for check in found]}, ensure_ascii=False, indent=2)
    else:
        told = "\n".join(f"{'✓' if check.ok else '✗'} {check.name}: {check.detail}" for check in found)
    sys.stdout.write(told + "\n")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
