"""Years of the five plans by seed, held against the oracle. `python -m tests.lives --seeds 1000` lives many more."""

from __future__ import annotations

import pytest

from tests.lives import violations


@pytest.mark.parametrize("seed", range(1, 6))
def test_three_and_a_half_years_hold_every_promise(seed: int) -> None:
    """01/7/2022 to 31/01/2026, with people who return, extend, waive and backdate, and all that can go wrong."""
    assert violations(seed) == []


def test_years_in_which_nothing_goes_wrong_hold_every_promise() -> None:
    assert violations(None) == []
