"""Years of the five plans by seed, held against the oracle. `python -m tests.lives --seeds 1000` lives many more."""

from __future__ import annotations

import time
from itertools import count

from tests.lives import violations

AT_LEAST, SECONDS = 5, 180.0


def test_three_and_a_half_years_hold_every_promise() -> None:
    """01/7/2022 to 31/01/2026, with people who return, extend, waive and backdate, and all that can go wrong.

    One seed after the other, as many as fit three minutes.
    """
    end = time.monotonic() + SECONDS
    for seed in count(1):
        if seed > AT_LEAST and time.monotonic() > end:
            break
        assert violations(seed) == [], f"seed {seed}"


def test_years_in_which_nothing_goes_wrong_hold_every_promise() -> None:
    assert violations(None) == []
