"""`python -m flows.doctor [--json]`: does this office's engine run here, and do Prefect and our worker work?

Prints the checks for `dondoc doctor` and exits 0 when all are well, 1 when not.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from flows.environment import Place, prepare
from flows.server import answers
from obligations.cases.app import App, Settings, open_app, utc_now
from obligations.cases.sending.pausing import told
from obligations.cases.upkeep.engines import newest
from obligations.cases.upkeep.health import last_audit, zone
from obligations.cases.upkeep.rebuilding import verify
from obligations.domain.errors import Refused

SHOWN = 5  # differences named; the rest is counted


@dataclass(frozen=True)
class Check:
    """One question and its answer, in the reader's words."""

    id: str
    name: str
    ok: bool
    detail: str


def checks(app: App, place: Place, now: datetime) -> Iterator[Check]:
    """Every check; when the server does not answer, only those that need none."""
    yield _engine(app, place)
    yield _audit(app, now)
    yield _ledger(app, now)
    yield _standing_still(app)
    up = answers(place)
    yield Check("prefect-server", "Máy chủ Prefect", up, place.url if up else f"không trả lời ở {place.url}")
    if up:
        prepare(place)
        from flows.inspection import inspect  # noqa: PLC0415 (imports Prefect, 1.4 s: only when it is there)

        for one in inspect(app, now):
            yield Check(*one)


def _engine(app: App, place: Place) -> Check:
    """Whether this database's engine is the one here: what else answers on the port is another office's."""
    name, engine = "Nơi chạy dondoc up", newest(app)
    if engine is None:
        return Check("engine", name, ok=False, detail="sổ này chưa từng có dondoc up chạy")
    if engine.address != place.url:
        told = f"sổ này chạy ở {engine.address}, không phải {place.url}; xem DONDOC_PREFECT_PORT"
        return Check("engine", name, ok=False, detail=told)
    return Check("engine", name, ok=True, detail=engine.address)


def _audit(app: App, now: datetime) -> Check:
    """What was expected left, and somebody looked within the last day."""
    found = last_audit(app, now)
    return Check("audit", "Kiểm tra gần nhất", not found.is_red, found.words(zone(app)))


def _ledger(app: App, now: datetime) -> Check:
    """Whether what is derived is what the events tell: it only differs where somebody wrote into the database."""
    name = "Sổ khớp với các sự kiện"
    try:
        found = verify(app, now)
    except Refused as refused:  # nothing applied yet
        return Check("ledger", name, ok=True, detail=refused.message)
    words = ", ".join(f"{one.key} {one.column}" for one in found[:SHOWN])
    return Check("ledger", name, not found, f"{len(found)} giá trị khác: {words}" if found else "khớp")


def _standing_still(app: App) -> Check:
    """Whether somebody or a limit stopped sending, or a channel refuses everybody."""
    lines = told(app)
    return Check("sending", "Gửi tin", not lines, " ".join(lines) or "không tạm dừng, các kênh đều thông")


def main(arguments: list[str]) -> int:
    """Prints the checks and returns the exit status."""
    try:
        place, app = Place.from_environment(), open_app(Settings.from_environment())
        found = list(checks(app, place, utc_now()))
    except Refused as refused:
        if "--json" in arguments:
            error = {"code": refused.code, "message": refused.message, "fix": refused.fix}
            sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False, indent=2) + "\n")
        sys.stderr.write(f"Không thực hiện được: {refused}\n")
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
