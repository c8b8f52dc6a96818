"""`python -m flows`: the Prefect child that `dondoc up` starts.

It reads DONDOC_CONFIG, DONDOC_HOME, DONDOC_DATABASE_URL and DONDOC_PREFECT_PORT. On SIGTERM, SIGINT or the death of the
process that started it, it ends within seconds, or as soon as the message under way is sent; on SIGQUIT at once. Exit
status 0: it was asked to end; 1: refused (another engine, the port is taken), starting again does not help; 3: the
server or the worker broke, start it again.
"""

import asyncio
import os
import sys

from flows.environment import Place, prepare
from flows.say import log, speak
from obligations.cases import mishaps
from obligations.cases.parent import stop_with_parent
from obligations.domain.errors import Refused

DONE, REFUSED, BROKE = 0, 1, 3
# Longer than the engine takes to end by itself.
GRACE_SECONDS = 95.0


def main() -> int:
    """Runs the engine and returns the exit status."""
    speak()
    stop_with_parent(GRACE_SECONDS)
    try:
        place = Place.from_environment()
        prepare(place)
        return _run(place)
    except Refused as refused:
        log.error("%s", refused)
        return REFUSED


def _run(place: Place) -> int:
    # Prefect reads its settings when imported: only now.
    from flows.engine import Engine  # noqa: PLC0415
    from flows.inprocess import current_app  # noqa: PLC0415
    from flows.server import PortTaken, ServerError  # noqa: PLC0415

    async def live() -> None:
        await Engine(current_app(), place).live()

    try:
        asyncio.run(live())
    except ServerError as broken:
        log.error("%s", broken)
        return REFUSED if isinstance(broken, PortTaken) else BROKE
    except asyncio.CancelledError:  # a flow did not end in time
        return DONE
    return DONE


if __name__ == "__main__":
    status = BROKE
    try:
        status = main()
    except Exception as error:  # noqa: BLE001 (the last door: told, and `up` starts us again)
        log.error("%s", mishaps.keep(error))
    sys.stdout.flush()
    sys.stderr.flush()
    # A flow that did not end in time may hold a thread, and Prefect's exit hooks would wait for the stopped server.
    os._exit(status)
