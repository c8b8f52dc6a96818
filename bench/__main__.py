"""The whole table: each line beside its baseline, measured in the same run.

    python -m bench [--rounds 3]

Each line stands in a module of its own, to be run alone: `python -m bench.deliver`.
"""

from __future__ import annotations

import sys

from bench import apply, board, deliver, draft, figures, load, plan, reconcile, runs, workdays
from bench.measure import Line, arguments, in_a_line, show

BENCHES = (workdays, load, apply, plan, deliver, draft, board, figures, reconcile, runs)


def main() -> None:
    rounds = arguments(__doc__).rounds
    found: list[Line] = []
    for bench in BENCHES:
        print(f"đang đo {bench.__name__} …", file=sys.stderr)
        measured = bench.lines(rounds=rounds)
        for line in measured:
            print(f"  {in_a_line(line)}", file=sys.stderr)  # what was measured stays, whatever stops the rest
        found += measured
    show(found)


if __name__ == "__main__":
    main()
