"""Living with an office in tests: deliveries at an hour, what the history then says, a channel that leads nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from time import sleep
from typing import Any, TypeVar

from sqlalchemy import text

from obligations.cases.app import App, open_app
from obligations.cases.reading.history import Entry, Wanted, history
from obligations.cases.sending.delivery import Delivered, deliver
from obligations.store.database import writing
from tests.offices import UNITS, ZONE, Office, at, obligation
from tests.ports import free_port

T = TypeVar("T")
CLOSES = time(23, 57)


def nowhere(name: str = "email") -> str:
    """A channels.yaml line that leads to nobody."""
    return f"{name}: smtp://127.0.0.1:{free_port()}/?from=nhac@so-mau.example\n"


def run(office: Office, when: str, **more: Any) -> Delivered:
    """One delivery at a local hour."""
    return deliver(office.app, at(when), engine_id="test", **more)


def entries(office: Office, kind: str, unit: str | None = None) -> list[Entry]:
    """The history's lines of one kind."""
    return [entry for entry in history(office.app, Wanted(unit), ZONE) if entry.kind == kind]


def live(office: Office, first: str, last: str, hour: str = "08:01") -> None:
    """A delivery a day at one hour, from the first day (`2022-07-12`) to the last, both counted."""
    day = at(f"{first} {hour}")
    while day <= at(f"{last} {hour}"):
        deliver(office.app, day, engine_id="test")
        day += timedelta(days=1)


def left(office: Office, unit: str | None = None) -> list[str]:
    """What left for a unit's contact, day by day: `19/07 before-10`."""
    told = ("notice", "before", "after", "overdue", "returned", "recorded")
    return [
        f"{one.at.astimezone(ZONE):%d/%m} {one.rung}"
        for one in entries(office, "attempt", unit)
        if (one.rung or "").startswith(told)
    ]


def change(office: Office, statement: str) -> None:
    """Put the ledger into a state that only a crash or another engine leaves behind."""
    with writing(office.app.engine) as session:
        session.execute(text(statement))


def at_an_open_hour() -> datetime:
    """Now; in the last minutes of a day, the one that office hours cannot say (24:00) is waited for."""
    while (now := datetime.now(ZONE)).time() >= CLOSES:
        sleep(1)
    return now


def owing_at_any_hour(office: Office, channels: str, units: int) -> Office:
    """So many communes each owe a report and have their notice as soon as it is applied, whatever the hour and day."""
    office.sending("live", channels)
    office.write("office.yaml", (office.folder / "office.yaml").read_text("utf-8") + "office_hours: [00:00-23:59]\n")
    office.write("policies.yaml", "gap: {days: all}\n")
    names = [f"xa-{number}" for number in range(units)]
    communes = "".join(
        f"- {{id: {one}, name: Xã {one}, contacts: [{{name: A, email: {one}@xa.example}}]}}\n" for one in names
    )
    office.write("units.yaml", UNITS.replace("groups:", f"{communes}groups:\n  cac-xa: {{name: X, members: {names}}}"))
    now = at_an_open_hour()
    due = f"{{by: {(now + timedelta(days=60)).date()}}}"
    duty = obligation("bao-cao", due, responsible="cac-xa", more="policy: gap")
    return office.plan(duty, issued_on=f"{now:%Y-%m-%d}")


@contextmanager
def elsewhere(office: Office) -> Iterator[App]:
    """The same office opened once more, as another process has it."""
    app = open_app(office.app.settings)
    try:
        yield app
    finally:
        app.close()


def at_once(*deeds: Callable[[], T]) -> list[T]:
    """Do all of these beside each other, begun together; what each gave. The first that failed is raised."""
    barrier = threading.Barrier(len(deeds))

    def begin(deed: Callable[[], T]) -> T:
        barrier.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begin, deeds))
