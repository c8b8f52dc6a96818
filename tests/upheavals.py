"""Configurations that change while years are lived: ladders, quiet days, days off, absent people, moved deadlines."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from obligations.domain.plan import Configuration

Texts = Mapping[str, str]
Edit = Callable[[dict[str, str], random.Random, date], None]
PLAN = "plans/qb-123-kh-ubnd.yaml"
LADDERS = ("[7, 3, 1, 0]", "[15, 5, 0]", "[10, 3, 0]", "[3]")
HOUR = time(10, 5)


def upheavals(
    joined: Mapping[datetime, Texts], seed: int, configuration: Configuration, last: date
) -> dict[datetime, Texts]:
    """The drafts of a life, those in which plans join and a few in which something else changed, by when."""
    dice = random.Random(f"upheavals:{seed}")  # noqa: S311  # a play, not a secret
    zone = ZoneInfo(configuration.office.time_zone)
    begins = min(joined).astimezone(zone).date()
    found: dict[datetime, Texts] = {}
    changes: list[tuple[datetime, Edit]] = []
    for edit, share in EDITS:
        if dice.random() < share:
            day = begins + timedelta(days=dice.randint(20, max(21, (last - begins).days)))
            at = datetime.combine(configuration.calendar.on_or_after(day), HOUR, zone).astimezone(UTC)
            changes.append((at, edit))
    for at in sorted({*joined, *(at for at, _ in changes)}):
        texts = dict(joined[max(one for one in joined if one <= at)])
        for when, edit in changes:
            if when <= at:
                edit(texts, random.Random(f"{seed}:{when}:{edit.__name__}"), when.astimezone(zone).date())  # noqa: S311
        found[at] = texts
    return found


def _ladder(texts: dict[str, str], dice: random.Random, _: date) -> None:
    text = texts["policies.yaml"]
    texts["policies.yaml"] = text.replace("before: [10, 3, 0]", f"before: {dice.choice(LADDERS)}", 1)


def _quiet(texts: dict[str, str], dice: random.Random, day: date) -> None:
    first = day + timedelta(days=dice.randint(3, 60))
    span = f"- {{from: {first}, to: {first + timedelta(days=dice.randint(0, 9))}, name: nghỉ}}"
    texts["office.yaml"] = texts["office.yaml"].replace("quiet: []", f"quiet:\n{span}")


def _day_off(texts: dict[str, str], dice: random.Random, day: date) -> None:
    on = day + timedelta(days=dice.randint(1, 40))
    line = f"- {{on: {on}, name: nghỉ đột xuất, document: 1/TB}}\n"
    if f"on: {on}" not in texts["calendar.yaml"]:
        texts["calendar.yaml"] = texts["calendar.yaml"].replace("days_off:\n", f"days_off:\n{line}", 1)


def _away(texts: dict[str, str], dice: random.Random, day: date) -> None:
    """The overseer's focal contact goes on leave; the deputy is written to."""
    first = day + timedelta(days=dice.randint(1, 30))
    span = f", away: [{{from: {first}, to: {first + timedelta(days=dice.randint(2, 30))}}}]"
    mark = "email: dau-moi@snv.quangbinh.example, phone: 0900 000 004"
    texts["units.yaml"] = texts["units.yaml"].replace(mark, mark + span)


def _amended(texts: dict[str, str], dice: random.Random, _: date) -> None:
    """The yearly report moves for every year."""
    new = f"{{every: year, by: 11-{dice.randint(10, 29)}, from: 2022, to: 2025}}\n  moved: {{amended_by: 150/KH-UBND}}"
    _replace(texts, "{every: year, by: 11-25, from: 2022, to: 2025}", new)


def _corrected(texts: dict[str, str], dice: random.Random, _: date) -> None:
    new = f"{{before: 2022-08-{dice.randint(10, 29)}}}\n  moved: {{correction: gõ nhầm ngày}}"
    _replace(texts, "{before: 2022-07-20}", new)


def _replace(texts: dict[str, str], old: str, new: str) -> None:
    if PLAN in texts:
        texts[PLAN] = texts[PLAN].replace(old, new)


EDITS: tuple[tuple[Edit, float], ...] = (
    (_ladder, 0.6),
    (_quiet, 0.6),
    (_day_off, 0.7),
    (_away, 0.5),
    (_amended, 0.3),
    (_corrected, 0.2),
)
