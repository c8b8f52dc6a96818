"""Years lived by seed and held against the oracle: `python -m tests.lives --seeds 1000`.

People's deeds and what went wrong come from `obligations.replay`; what must stand in the ledger from `tests.oracle`.
With DONDOC_TESTS_ON=postgresql each in a database of its own on a real server.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time as clock
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, nullcontext
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from obligations.cases.app import App, open_app
from obligations.cases.reminding.planning import plan_due
from obligations.cases.upkeep.rebuilding import verify
from obligations.config.load import load, read_folder
from obligations.domain.plan import Configuration
from obligations.replay.life import Life
from obligations.replay.promises import broken, first_starts
from obligations.replay.rehearsing import Texts, drafts, living
from obligations.replay.weather import Weather
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.ledgers import CHOSEN, Ledgers
from tests.oracle import (
    Book,
    Delivery,
    Departure,
    Duty,
    Fact,
    Recorded,
    Story,
    Version,
    broken_promises,
    compare,
    expect,
    roster,
)
from tests.postgresql import Server
from tests.replay import small_office
from tests.upheavals import upheavals

CONFIG = Path(__file__).parents[1] / "config"
FIRST, LAST = date(2022, 7, 1), date(2026, 1, 31)
_assignment: Table = METADATA.tables["assignment"]
_event: Table = METADATA.tables["event"]
_reminder: Table = METADATA.tables["reminder"]
_message: Table = METADATA.tables["message"]
_carried: Table = METADATA.tables["reminder_message"]
_attempt: Table = METADATA.tables["attempt"]
LIMITS = "limits: {per_recipient_day: 5, per_run: 500}"
NO_LIMITS = "limits: {per_recipient_day: 100000, per_run: 100000}"


def violations(
    seed: int | None,
    first: date = FIRST,
    last: date = LAST,
    texts: Texts | None = None,
    *,
    ledger: str | None = None,
) -> list[str]:
    """Live one seed's years; every promise broken and every difference from the oracle, told with its story."""
    known = dict(texts or read_folder(CONFIG))
    known["office.yaml"] = known["office.yaml"].replace(LIMITS, NO_LIMITS)
    configuration = load(known, first).required()
    versions: Mapping[datetime, Texts] = drafts(known, configuration, first)
    if seed is not None and texts is None:
        versions = upheavals(versions, seed, configuration, last)
    return lived_wrongly(versions, configuration, first, last, seed, ledger)


def small_violations(
    seed: int, weather: Weather | None = None, last: date = small_office.LAST, *, ledger: str | None = None
) -> list[str]:
    """The same for a few months of a small office."""
    drafted = small_office.versions()
    configuration = load(drafted[min(drafted)], small_office.FIRST).required()
    return lived_wrongly(drafted, configuration, small_office.FIRST, last, seed, ledger, weather)


def lived_wrongly(
    versions: Mapping[datetime, Texts],
    configuration: Configuration,
    first: date,
    last: date,
    seed: int | None,
    ledger: str | None,
    weather: Weather | None = None,
) -> list[str]:
    with living(versions, configuration, first, last, seed, weather, ledger) as (life, ends):
        for _ in life.live(ends):
            pass
        app = open_app(life.settings)
        try:
            found = [*broken(app, life.lived, life.post.arrivals), *against_the_oracle(app, life)]
            plan_due(app, life.post.now)  # an engine that is off has not planned the last days
            return [*found, *(f"told anew: {one}" for one in verify(app, life.post.now))]
        finally:
            app.close()


def against_the_oracle(app: App, life: Life) -> list[str]:
    """Every difference between what a life came to and what the oracle expects of it."""
    with reading(app.engine) as session:
        stories, office = _stories(session)
        book = _book(life, office)
        recorded = _recorded(session)
        departures = list(_departures(session, life))
    found = [*_wrong_births(stories, book), *compare(expect(stories, book), recorded)]
    return found + broken_promises(stories, book, departures)


def _wrong_births(stories: list[Story], book: Book) -> Iterator[str]:
    """Whoever owes what when a plan is first applied, to the end of the next year: each duty, its day, its notice."""
    known: set[str] = set()
    for version in book.versions:
        through = date(book.day(version.applied_at).year + 1, 12, 31)
        for plan in version.configuration.plans.keys() - known:
            known.add(plan)
            owed = {(duty, due.on) for duty, due in roster(version.configuration, plan, version.applied_at, through)}
            born = {(one.duty, one.facts[0].day("due_on")) for one in stories if _is_born(one, plan, version)}
            for duty, day in sorted(owed ^ born, key=repr):
                words = "is owed and was not recorded" if (duty, day) in owed else "was recorded and is not owed"
                yield f"{'/'.join(duty.key)} (due {day}, notice: {duty.notice}) {words} at {version.applied_at}."


def _is_born(story: Story, plan: str, version: Version) -> bool:
    return story.duty.plan == plan and story.facts[0].recorded_at == version.applied_at


def _stories(session: Session) -> tuple[list[Story], tuple[Fact, ...]]:
    """What people did, assignment by assignment; and what concerns the whole office."""
    facts: dict[int, list[Fact]] = {}
    office: list[Fact] = []
    for event in session.execute(select(_event).order_by(_event.c.id)):
        fact = Fact(event.id, event.kind, event.recorded_at, event.effective_on, event.payload)
        (office if event.assignment_id is None else facts.setdefault(event.assignment_id, [])).append(fact)
    stories = []
    for row in session.execute(select(_assignment).order_by(_assignment.c.id)):
        birth = facts[row.id][0].payload
        opened = birth.get("opened_on")
        duty = Duty(
            row.plan,
            row.obligation,
            row.unit,
            row.period,
            date.fromisoformat(opened) if opened else None,
            bool(birth["notice"]),
        )
        stories.append(Story(duty, tuple(facts[row.id])))
    return stories, tuple(office)


def _book(life: Life, office: tuple[Fact, ...]) -> Book:
    versions = []
    for at, texts in life.lived.versions:
        versions.append(Version(at, load(texts, at.date()).required()))
    channels = frozenset({"email", "manual", *versions[-1].configuration.channels})
    contacts: dict[str, set[str]] = {}  # two people may share an address
    for version in versions:
        for contact in version.configuration.contacts.values():
            for _, address in contact.channels:
                contacts.setdefault(address, set()).add(contact.id)
    deliveries = tuple(
        Delivery(
            run.at,
            down=channels if run.is_shut and not run.died else frozenset(),  # what it began may arrive later, as it was
            shaky=channels if run.died else run.shaky,
            refused=frozenset(contact for to in run.failed for contact in contacts[to]),
            died=run.died,
        )
        for run in life.lived.runs
    )
    return Book(tuple(versions), deliveries, office)


def _recorded(session: Session) -> list[Recorded]:
    """The ledger's reminders with the fate of their messages."""
    left: dict[int, datetime] = {}
    accepted = select(_attempt.c.message_id, _attempt.c.started_at).where(_attempt.c.outcome.in_(("sent", "unknown")))
    for row in session.execute(accepted):
        left[row.message_id] = min(row.started_at, left.get(row.message_id, row.started_at))
    query = (
        select(_reminder, _message.c.id.label("message"), _message.c.state.label("fate"))
        .add_columns(*(_assignment.c[name].label(f"its_{name}") for name in ("plan", "obligation", "unit", "period")))
        .join(_assignment, _assignment.c.id == _reminder.c.assignment_id)
        .outerjoin(_carried, _carried.c.reminder_id == _reminder.c.id)
        .outerjoin(_message, _message.c.id == _carried.c.message_id)
        .order_by(_reminder.c.id)
    )
    return [_row(row, left) for row in session.execute(query)]


def _row(row: Any, left: Mapping[int, datetime]) -> Recorded:
    state = row.state
    if state == "planned" and row.fate in ("sent", "unknown", "failed"):
        state = row.fate
    return Recorded(
        (row.its_plan, row.its_obligation, row.its_unit, row.its_period),
        row.due_on,
        row.rung,
        row.recipient,
        row.audience,
        row.cause,
        state,
        row.why,
        row.rung_on,
        row.planned_at,
        left.get(row.message) if state in ("sent", "unknown") else None,
    )


def _departures(session: Session, life: Life) -> Iterator[Departure]:
    """What the outside world got, reminder by reminder."""
    carried: dict[str, list[Any]] = {}
    query = (
        select(_message.c.message_id, _reminder)
        .add_columns(*(_assignment.c[name].label(f"its_{name}") for name in ("plan", "obligation", "unit", "period")))
        .join(_carried, _carried.c.message_id == _message.c.id)
        .join(_reminder, _reminder.c.id == _carried.c.reminder_id)
        .join(_assignment, _assignment.c.id == _reminder.c.assignment_id)
        .where(_reminder.c.state == "planned")
    )
    for row in session.execute(query):
        carried.setdefault(row.message_id, []).append(row)
    started = first_starts(session)
    for one in life.post.arrivals:
        at = started.pop(one.message_id, one.at)  # a repeat says what was true when it was first started
        for row in carried.get(one.message_id, ()):
            assignment = (row.its_plan, row.its_obligation, row.its_unit, row.its_period)
            key = (row.due_on, row.rung, row.recipient, row.audience, row.cause)
            yield Departure(assignment, *key, at, one.message_id, one.digest)


def _in_its_own(live: Callable[..., list[str]], server: Server | None, seed: int) -> list[str]:
    """A life in a ledger of its own: on that server, or a file."""
    with server.database() if server else nullcontext() as ledger:
        return live(seed, ledger=ledger)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--start", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a few months of a small office instead of the five plans")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shown", type=int, default=3, help="stories told of each seed that fails")
    asked = parser.parse_args()
    gc.freeze()  # nothing that is imported goes away
    gc.set_threshold(50_000)
    began, bad = clock.monotonic(), 0
    seeds = range(asked.start, asked.start + asked.seeds)
    with ExitStack() as stack:
        server = Ledgers(stack).server if CHOSEN == "postgresql" else None
        live = partial(_in_its_own, small_violations if asked.small else violations, server)
        pool = stack.enter_context(ProcessPoolExecutor(asked.workers)) if asked.workers > 1 else None
        for seed, found in zip(seeds, pool.map(live, seeds) if pool else map(live, seeds), strict=True):
            bad += bool(found)
            for sentence in found[: asked.shown]:
                print(f"seed {seed}: {sentence}", flush=True)
            took = clock.monotonic() - began
            print(
                f"seed {seed}: {len(found)} violations; {took:.0f} s, {bad} seeds failed", file=sys.stderr, flush=True
            )
    print(f"{asked.seeds} seeds, {bad} with violations, {clock.monotonic() - began:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
