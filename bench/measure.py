"""What every line of the bench shares: a figure beside its baseline of the same run, their ratio, and the target."""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

ROUNDS = 3
Pair = tuple[float, float]
Target = tuple[Literal["≥", "≤"], float]


@dataclass(frozen=True)
class Line:
    """One line of the table. `rounds` holds (ours, baseline) of each round, both in `unit`; the ratio is ours over it.

    Without a target the line is told for its own sake.
    """

    what: str
    beside: str
    unit: str
    rounds: tuple[Pair, ...]
    target: Target | None = None

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: what else the machine does hits both sides of a round alike."""
        return statistics.median(ours / base for ours, base in self.rounds)

    @property
    def is_met(self) -> bool | None:
        """None where there is no target."""
        if self.target is None:
            return None
        sign, limit = self.target
        return self.ratio >= limit if sign == "≥" else self.ratio <= limit


def show(lines: Iterable[Line]) -> None:
    """The lines as one table."""
    heads = ("việc đo", "đo được", "mốc so", "tỷ số", "từng lượt", "đích", "đạt", "mốc so là gì")
    cells = [heads, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        print(
            "  ".join(_set(cell, width, column) for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
        )


def in_a_line(line: Line) -> str:
    """The same of one line."""
    return "  ".join(_cells(line))


def _cells(line: Line) -> tuple[str, ...]:
    ours, base = (statistics.median(side) for side in zip(*line.rounds, strict=True))
    ratios = sorted(ours / base for ours, base in line.rounds)
    spread = f"{_number(ratios[0])}–{_number(ratios[-1])}"
    target = f"{line.target[0]} {line.target[1]:g}" if line.target else "–"
    met = {None: "–", True: "đạt", False: "CHƯA"}[line.is_met]
    figures = (f"{_number(ours)} {line.unit}", f"{_number(base)} {line.unit}", _number(line.ratio))
    return (line.what, *figures, spread, target, met, line.beside)


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}".replace(",", ".")
    return f"{value:.3g}".replace(".", ",")


def _set(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column in (1, 2, 3, 4, 5) else cell.ljust(width)


def arguments(document: str | None, **sizes: int) -> argparse.Namespace:
    """The command line of a bench: `--rounds` and the sizes it can be run with."""
    parser = argparse.ArgumentParser(description=document, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    for name, default in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def in_turns(rounds: int, ours: Callable[[], float], base: Callable[[], float]) -> tuple[Pair, ...]:
    """Both sides once a round, one after the other."""
    return tuple((ours(), base()) for _ in range(rounds))


class Stopwatch:
    """Seconds of the block it was opened for."""

    seconds = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Times its block, with the garbage of what came before already swept."""
    gc.collect()
    watch = Stopwatch()
    start = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start
