"""`replay`: the configuration on disk, lived through from one day to another in a scratch database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select

from obligations.cases.app import App, open_app
from obligations.cases.settings import Settings
from obligations.domain.plan import Configuration
from obligations.replay.life import APPLYING, Life
from obligations.replay.people import People
from obligations.replay.promises import broken
from obligations.replay.weather import Weather
from obligations.store.address import sqlite_url
from obligations.store.database import reading
from obligations.store.tables import METADATA

_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Replayed:
    """What a life came to, in reminders, and the promises it broke."""

    first: date
    last: date
    seed: int | None
    sent: int = 0
    superseded: int = 0
    skipped: int = 0
    failed: int = 0
    unknown: int = 0
    violations: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        return {"from": values.pop("first"), "to": values.pop("last"), **values}


def drafts(texts: Texts, configuration: Configuration, first: date) -> dict[datetime, Texts]:
    """The configuration as it grows: each plan joins on its issue day or day in hand, on `first` if that is later."""
    zone = ZoneInfo(configuration.office.time_zone)
    joined: dict[date, list[str]] = {}
    for plan in configuration.plans.values():
        joined.setdefault(max(plan.issued_on or plan.in_hand_on or first, first), []).append(plan.id)
    known: set[str] = set()
    found: dict[datetime, Texts] = {}
    for day in sorted(joined):
        known |= {f"plans/{plan}.yaml" for plan in joined[day]}
        mine = {name: text for name, text in texts.items() if name in known or not name.startswith("plans/")}
        found[datetime.combine(day, APPLYING, zone).astimezone(UTC)] = mine
    return found


@contextmanager
def living(
    drafts_: Mapping[datetime, Texts],
    configuration: Configuration,
    first: date,
    last: date,
    seed: int | None,
    weather: Weather | None = None,
    database_url: str | None = None,
) -> Iterator[tuple[Life, datetime]]:
    """A life ready to be lived in a scratch database, and the instant it ends; both are gone afterwards.

    People are the seed's; what goes wrong is too, unless `weather` says it. A database that is named is empty and the
    caller's own.
    """
    zone = ZoneInfo(configuration.office.time_zone)
    begins, ends = (datetime.combine(*pair, zone).astimezone(UTC) for pair in ((first, time()), (last, time(23, 59))))
    within = {at: texts for at, texts in drafts_.items() if at <= ends}
    with tempfile.TemporaryDirectory(prefix="dondoc-replay-") as folder:
        home = Path(folder)
        settings = Settings(home / "config", home, database_url or sqlite_url(home / "dondoc.db"))
        peers = tuple(unit.id for unit in configuration.units.values() if unit.until is None and unit.contacts)
        people = People(seed or 0, configuration.calendar, peers[:12], is_plain=seed is None)
        yield Life(settings, within, people, weather or Weather(seed, begins, ends)), ends


def replay(
    texts: Texts, configuration: Configuration, first: date, last: date, seed: int | None
) -> Iterator[date | Replayed]:
    """Yields each day that something happened on, and at the end what came of it all."""
    with living(drafts(texts, configuration, first), configuration, first, last, seed) as (life, ends):
        for now in life.live(ends):
            yield now.date()
        app = open_app(life.settings)
        try:
            yield Replayed(first, last, seed, **counts(app), violations=broken(app, life.lived, life.post.arrivals))
        finally:
            app.close()


def counts(app: App) -> dict[str, int]:
    """How the reminders of a ledger ended."""
    fate = func.coalesce(_message.c.state, _reminder.c.state)
    query = (
        select(_reminder.c.state, fate, func.count())
        .outerjoin(_carried, _carried.c.reminder_id == _reminder.c.id)
        .outerjoin(_message, _message.c.id == _carried.c.message_id)
        .group_by(_reminder.c.state, fate)
    )
    found = dict.fromkeys(("sent", "superseded", "skipped", "failed", "unknown"), 0)
    with reading(app.engine) as session:
        for state, ended, number in session.execute(query):
            name = ended if state == "planned" else state
            if name in found:
                found[name] += number
    return found
