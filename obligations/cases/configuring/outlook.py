"""The near future as people read it: what leaves day by day, to whom, and how much in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from obligations.cases import applied
from obligations.cases.app import App
from obligations.cases.clock import local_day
from obligations.cases.configuring import forecasting, looking
from obligations.cases.configuring.checking import check_folder
from obligations.cases.configuring.differences import YEAR
from obligations.cases.configuring.forecasting import Forecast
from obligations.cases.configuring.looking import Draft
from obligations.cases.reading.words import Ours
from obligations.domain.duties import Ladders
from obligations.domain.plan import Configuration
from obligations.store.database import reading

SHOWN = 200


@dataclass(frozen=True)
class Departure:
    """The reminders of one duty and period that leave together: whom they go to, over which channels.

    That a unit has no contact, or a contact no channel, stands among them as `Ours`.
    """

    on: date
    at: str
    plan: str
    title: str
    period: str
    audience: str
    recipients: list[str]
    channels: list[str]
    due_on: date


@dataclass(frozen=True)
class Outlook:
    """`first` to `last`, both counted. `is_draft`: the draft is what was looked at; else it has `errors`."""

    first: date
    last: date
    is_draft: bool
    errors: int
    reminders: int
    messages: int
    departures: list[Departure]
    more: int
    messages_in_a_year: int


def outlook(app: App, now: datetime, ahead: timedelta) -> Outlook:
    """The draft over the database's decisions; a broken draft gives way to what is followed (Refused without it)."""
    loaded = check_folder(app.settings.config_dir, local_day(now))
    configuration = loaded.configuration or applied.current(app).configuration
    ladders = Ladders(configuration)
    today = ladders.clockwork.local(now).date()
    rows = forecasting.ahead(app, configuration, today, today + ahead, now)
    with reading(app.engine) as session:
        change = looking.look(session, Draft(ladders), now).change
    year = forecasting.messages_ahead(app, ladders, change, today, today + YEAR, now)
    leaving = [*departures(configuration, rows)]
    return Outlook(
        first=today,
        last=today + ahead,
        is_draft=loaded.configuration is not None,
        errors=len(loaded.errors),
        reminders=len(rows),
        messages=forecasting.messages(rows),
        departures=leaving[:SHOWN],
        more=max(0, len(leaving) - SHOWN),
        messages_in_a_year=year,
    )


def departures(configuration: Configuration, rows: Iterable[Forecast]) -> Iterable[Departure]:
    """Reminders in order, those that differ only by unit and recipient together."""
    together: dict[tuple[date, str, str, str, str, str, date], list[Forecast]] = {}
    for row in rows:
        key = (row.on, row.at, row.plan, row.obligation, row.period, row.audience, row.due_on)
        together.setdefault(key, []).append(row)
    for (on, at, plan, obligation, period, audience, due_on), same in together.items():
        one = configuration.obligation(plan, obligation)
        yield Departure(
            on=on,
            at=at,
            plan=configuration.plans[plan].number or plan,
            title=one.title if one else obligation,
            period=period,
            audience=audience,
            recipients=[*dict.fromkeys(_recipient(configuration, row) for row in same)],
            channels=sorted({row.channel or Ours("không có kênh") for row in same}),
            due_on=due_on,
        )


def _recipient(configuration: Configuration, row: Forecast) -> str:
    contact = configuration.contacts.get(row.recipient or "")
    if contact is None:
        return Ours("chưa có đầu mối")
    return f"{contact.name} ({configuration.units[contact.unit].short_name})"
