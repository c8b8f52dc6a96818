"""Twenty faults planted in the engine's code, each in a copy of its own: lives of a small office must see every one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.lives import small_violations

ROOT = Path(__file__).parents[2]


class Fault(NamedTuple):
    """A slip that a tired person might make: in this file, `was` became `now`.

    `seed` is the first life that sees it.
    """

    name: str
    file: str
    was: str
    now: str
    seed: int = 1


DOMAIN, CASES = "obligations/domain", "obligations/cases"
FAULTS = (
    Fault(
        "working days are counted as days",
        f"{DOMAIN}/ladder.py",
        "return calendar.add(due_on, count.days)",
        "return due_on + timedelta(days=count.days)",
    ),
    Fault(
        "a rung stays on a day off",
        f"{DOMAIN}/ladder.py",
        "day = run[0] - _DAY if run else nominal",
        "day = nominal",
    ),
    Fault(
        "nobody is told after Tết",
        f"{DOMAIN}/ladder.py",
        "if run and (run[1] - run[0]).days + 1 >= LONG_BREAK_DAYS",
        "if run and (run[1] - run[0]).days > 300",
    ),
    Fault(
        "coordinating units hear the nearest rung",
        f"{DOMAIN}/ladder.py",
        "before-{max(policy.before)}",
        "before-{min(policy.before)}",
    ),
    Fault(
        "reviews come a day late",
        f"{DOMAIN}/ladder.py",
        "_after(day, count, policy",
        "_after(day + _DAY, count, policy",
    ),
    Fault(
        "everything late leaves",
        f"{DOMAIN}/settling.py",
        'policy.late != "newest" or len(live) < 2',
        "len(live) < 99",
        seed=4,
    ),
    Fault(
        "what was never owed is planned",
        f"{DOMAIN}/settling.py",
        "owed.rung.at >= first and ",
        "",
    ),
    Fault(
        "extensions are forgotten",
        f"{DOMAIN}/facts.py",
        "if self.extended_to and self.plan_due_on",
        "if False and self.plan_due_on",
    ),
    Fault(
        "a return leaves the result standing",
        f"{DOMAIN}/facts.py",
        'self.resubmit_by, self.is_returned = _day(payload.get("resubmit_by")), True\n        self._take_back()',
        'self.resubmit_by, self.is_returned = _day(payload.get("resubmit_by")), True',
    ),
    Fault(
        "nobody hears of a return",
        f"{DOMAIN}/facts.py",
        'self._announce("returned", event)',
        "self._hush()",
    ),
    Fault(
        "what was sent is asked for",
        f"{CASES}/ledger/owing.py",
        "if row.submitted_on is not None:",
        "if row.submitted_on is None and False:",
    ),
    Fault(
        "an old date is reminded of",
        f"{CASES}/ledger/owing.py",
        "if row.target_on != due_on else None",
        "if False else None",
        seed=15,
    ),
    Fault(
        "the register need not be read",
        f"{DOMAIN}/holding.py",
        "waiting.needs_register and not is_read",
        "waiting.needs_register and False",
    ),
    Fault(
        "nobody has to approve",
        f"{DOMAIN}/holding.py",
        "waiting.needs_approval and not waiting.is_approved",
        "False",
        seed=2,
    ),
    Fault(
        "a request holds nothing",
        f"{DOMAIN}/holding.py",
        "if waiting.asked_on and today <= calendar",
        "if not waiting and today <= calendar",
        seed=15,
    ),
    Fault(
        "leaders hear before the unit",
        f"{DOMAIN}/holding.py",
        "return None if _was_told(waiting.words, waiting.target_on, today, calendar) else OUTAGE",
        "return None",
        seed=4,
    ),
    Fault(
        "a late notice ignores office hours",
        f"{CASES}/reminding/lateness.py",
        "if row.rung_on >= self._today and row.rung not in FIRST_WORDS:",
        "if row.rung not in FIRST_WORDS:",
        seed=13,
    ),
    Fault(
        "an erratum repeats what just left",
        f"{CASES}/reminding/namesakes.py",
        "LATELY_WORKING_DAYS = 2",
        "LATELY_WORKING_DAYS = -1",
    ),
    Fault(
        "planning stops after one rung",
        f"{CASES}/reminding/planner.py",
        "= self._ladder.next_at(self._now)",
        "= None",
    ),
    Fault(
        "a repeat is written anew",
        f"{CASES}/sending/verdicts.py",
        'self._claims.settle(row, "queued", self._now + self._patience.wait(row))',
        'self._claims.settle(row, "queued", self._now + self._patience.wait(row), anew=True)',
        seed=2,
    ),
)


def test_there_are_twenty() -> None:
    assert len(FAULTS) == len({fault.name for fault in FAULTS}) == 20


def test_without_a_fault_the_same_lives_see_nothing() -> None:
    """What is found below is the fault's doing."""
    seen = {seed: small_violations(seed) for seed in sorted({fault.seed for fault in FAULTS})}
    assert [seed for seed, found in seen.items() if found] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_lives_see_the_fault(fault: Fault, tmp_path: Path) -> None:
    for folder in ("obligations", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "config").mkdir()
    shutil.copy(ROOT / "config" / "calendar.yaml", tmp_path / "config")
    source = tmp_path / fault.file
    text = source.read_text("utf-8")
    assert text.count(fault.was) == 1, f"{fault.file} has changed: say anew where the fault goes"
    source.write_text(text.replace(fault.was, fault.now), "utf-8")
    command = [sys.executable, "-m", "tests.lives", "--small", "--workers", "1", "--seeds", "1"]
    command += ["--start", str(fault.seed)]
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == 1, f"life {fault.seed} saw nothing\n{done.stderr[-2000:]}"
    assert "violations" in done.stdout
