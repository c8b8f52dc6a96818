"""`python -m flows.doctor [--json]`: does this office's engine run here, and do Prefect and our worker work?

Prints the checks for `dondoc doctor` and exits 0 when all are well, 1 when not.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from flows.environment import Place
from obligations.cases import mishaps
from obligations.cases.access.prefect_key import prefect_key
from obligations.cases.app import App, open_app
from obligations.cases.clock import utc_now
from obligations.cases.settings import Settings
from obligations.cases.upkeep.checkup import Check, audit, clock, ledger, of_prefect, standing_still
from obligations.cases.upkeep.engines import newest
from obligations.cases.upkeep.health import last_audit, zone
from obligations.cases.upkeep.prefect_api import PrefectApi, PrefectSilent
from obligations.domain.errors import Refused


def checks(app: App, place: Place, now: datetime) -> Iterator[Check]:
    """Every check; when the server does not answer, only those that need none.

    By a wrong clock the ledger would differ from its events, and where `dondoc tick` keeps it there is no Prefect.
    """
    time, is_kept_by_tick = clock(app, now), _is_kept_by_tick(app, now)
    yield time
    yield _by_tick() if is_kept_by_tick else _engine(app, place)
    yield audit(app, now)
    if time.ok:
        yield ledger(app, now)
    yield standing_still(app)
    if is_kept_by_tick:
        return
    server = "Máy chủ Prefect"
    try:
        with PrefectApi(place.url, prefect_key(place.home)) as api:
            found = list(of_prefect(api, now, zone(app)))
    except PrefectSilent as silent:
        yield Check("prefect-server", server, ok=False, detail=str(silent))
        return
    yield Check("prefect-server", server, ok=True, detail=place.url)
    yield from found


def _is_kept_by_tick(app: App, now: datetime) -> bool:
    found = last_audit(app, now)
    return newest(app) is None and found.at is not None and not found.is_old


def _by_tick() -> Check:
    return Check("engine", "Nơi chạy dondoc up", ok=True, detail="không có; sổ này do lịch gọi dondoc tick chăm")


def _engine(app: App, place: Place) -> Check:
    """Whether this database's engine is the one here: what else answers on the port is another office's."""
    name, engine = "Nơi chạy dondoc up", newest(app)
    if engine is None:
        return Check("engine", name, ok=False, detail="sổ này chưa từng có dondoc up chạy")
    if engine.address != place.url:
        told = f"sổ này chạy ở {engine.address}, không phải {place.url}; xem DONDOC_PREFECT_PORT"
        return Check("engine", name, ok=False, detail=told)
    return Check("engine", name, ok=True, detail=engine.address)


def main(arguments: list[str]) -> int:
    """Prints the checks and returns the exit status."""
    try:
        place, app = Place.from_environment(), open_app(Settings.from_environment())
        found = list(checks(app, place, utc_now()))
    except Exception as error:  # noqa: BLE001  # the last door of this process
        refused = error if isinstance(error, Refused) else mishaps.refusal(error)
        if "--json" in arguments:
            document = {"code": refused.code, "message": refused.message, "fix": refused.fix}
            sys.stdout.write(json.dumps({"error": document}, ensure_ascii=False, indent=2) + "\n")
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
