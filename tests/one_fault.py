"""The same months lived again and again, each time with one fault: `python -m tests.one_fault`.

At every commit the process dies, before it or after; every message meets every answer of `obligations.replay.post` and
dies in the engine's hand. A life without a fault counts first how many commits and messages there are.
"""

from __future__ import annotations

import argparse
import sys
import time as clock
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime

from obligations.replay.post import REFUSALS
from obligations.replay.weather import Weather
from tests.lives import small_violations

SEED, LAST = 7, date(2022, 12, 31)  # people who return, extend and waive; an erratum, a plan of another office
KINDS = (*REFUSALS, "doubtful", "dies-before", "dies-after")
_THEN = datetime(2022, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fault:
    """What goes wrong at the `number`-th commit (`dies-before`, `dies-after`) or message (any of KINDS)."""

    at: str
    number: int
    kind: str

    def __str__(self) -> str:
        return f"{self.at} {self.number}: {self.kind}"


class OneFault(Weather):
    """Fair weather but for one fault, or for none: then it only counts."""

    def __init__(self, fault: Fault | None) -> None:
        super().__init__(None, _THEN, _THEN)
        self.is_fair = False
        self.fault = fault
        self.counted = {"commit": 0, "message": 0}

    def mishap(self) -> str | None:
        return self.fault.kind if self._is_now("message") and self.fault else None

    def commit_dies(self) -> bool:
        return self._is_now("commit")

    def is_after(self) -> bool:
        return self.fault is not None and self.fault.kind == "dies-after"

    def _is_now(self, at: str) -> bool:
        self.counted[at] += 1
        return self.fault is not None and (self.fault.at, self.fault.number) == (at, self.counted[at])


def faults() -> tuple[list[str], list[Fault]]:
    """What is wrong without any fault, and every fault there can be."""
    weather = OneFault(None)
    wrong = small_violations(SEED, weather, LAST)
    return wrong, [*_everywhere(weather.counted)]


def _everywhere(counted: dict[str, int]) -> Iterator[Fault]:
    for number in range(1, counted["commit"] + 1):
        yield from (Fault("commit", number, kind) for kind in ("dies-before", "dies-after"))
    for number in range(1, counted["message"] + 1):
        yield from (Fault("message", number, kind) for kind in KINDS)


def wrong_with(fault: Fault) -> list[str]:
    """Every violation of the life in which just that goes wrong; that it did is asserted."""
    weather = OneFault(fault)
    found = small_violations(SEED, weather, LAST)
    met = weather.counted[fault.at] >= fault.number
    return found if met else [*found, f"{fault} was never met"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every n-th fault")
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    began, bad = clock.monotonic(), 0
    wrong, known = faults()
    for sentence in wrong:
        print(f"without a fault: {sentence}")
    chosen = known[asked.offset :: asked.every]
    with ProcessPoolExecutor(asked.workers) as pool:
        for done, (fault, found) in enumerate(zip(chosen, pool.map(wrong_with, chosen), strict=True), start=1):
            bad += bool(found)
            for sentence in found[:3]:
                print(f"{fault}: {sentence}", flush=True)
            print(f"{done}/{len(chosen)} {fault}: {len(found)} violations", file=sys.stderr, flush=True)
    print(f"{len(chosen)} of {len(known)} faults, {bad} with violations, {clock.monotonic() - began:.0f} s")
    return 1 if bad or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
