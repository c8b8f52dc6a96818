"""Steps of working days, against `get_nth_working_day` of the holidays package: each day of the four years of a plan.

python -m bench.workdays [--rounds 3]
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from holidays import HolidayBase, country_holidays

from bench.measure import ROUNDS, Line, arguments, show
from obligations.config.build import public_holidays
from obligations.domain.calendar import Calendar

YEARS = range(2022, 2026)
STEPS = (1, 2, 5, 20)
SECONDS_A_ROUND = 1.0
AT_LEAST = 35.0


def lines(rounds: int = ROUNDS) -> list[Line]:
    """One line for each length of step, in steps a second."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    theirs = country_holidays("VN", years=range(YEARS[0], YEARS[-1] + 2))
    ours = Calendar(public_holidays, worked=theirs.weekend_workdays)
    return [_line(count, days, ours, theirs, rounds) for count in STEPS]


def _line(count: int, days: list[date], ours: Calendar, theirs: HolidayBase, rounds: int) -> Line:
    if wrong := [day for day in days if ours.add(day, count) != theirs.get_nth_working_day(day, count)]:
        raise SystemExit(f"hai lịch không như nhau: {count} ngày làm việc sau {wrong[0]}")
    pairs = tuple(_round(count, days, ours, theirs) for _ in range(rounds))
    return Line(f"bước {count} ngày làm việc", "holidays.get_nth_working_day", "bước/s", pairs, ("≥", AT_LEAST))


def _round(count: int, days: list[date], ours: Calendar, theirs: HolidayBase) -> tuple[float, float]:
    """Steps a second of both, without what the loop itself costs: the fastest of many passes, in turns.

    A pass is shorter than the machine's other work; three loops, written out, so that none disturbs another's cache.
    """

    def walk_ours() -> None:
        for day in days:
            ours.add(day, count)

    def walk_theirs() -> None:
        for day in days:
            theirs.get_nth_working_day(day, count)

    def walk_idle() -> None:
        for _ in days:
            pass

    walks = (walk_ours, walk_theirs, walk_idle)
    end = time.perf_counter() + SECONDS_A_ROUND
    passes = [[_seconds(walk) for walk in walks]]
    while time.perf_counter() < end:
        passes.append([_seconds(walk) for walk in walks])
    mine, other, idle = (min(times) for times in zip(*passes, strict=True))
    return len(days) / (mine - idle), len(days) / (other - idle)


def _seconds(walk: Callable[[], None]) -> float:
    start = time.perf_counter()
    walk()
    return time.perf_counter() - start


if __name__ == "__main__":
    show(lines(arguments(__doc__).rounds))
