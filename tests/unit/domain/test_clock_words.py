"""An hour and its part of the day are one time of day, or none."""

from __future__ import annotations

import pytest

from obligations.domain.clock_words import clock


@pytest.mark.parametrize(
    ("hour", "minute", "part", "time"),
    [
        (0, 0, "", "00:00"),
        (8, 5, "", "08:05"),
        (12, 0, "", "12:00"),
        (16, 30, "", "16:30"),
        (23, 59, "", "23:59"),
        (0, 30, "sang", "00:30"),
        (8, 0, "sang", "08:00"),
        (11, 30, "trua", "11:30"),
        (12, 0, "trua", "12:00"),
        (12, 30, "trua", "12:30"),
        (1, 0, "trua", "13:00"),
        (13, 0, "trua", "13:00"),
        (2, 0, "chieu", "14:00"),
        (4, 0, "chieu", "16:00"),
        (16, 0, "chieu", "16:00"),
        (5, 45, "chieu", "17:45"),
        (8, 0, "toi", "20:00"),
        (20, 0, "toi", "20:00"),
        (11, 59, "dem", "23:59"),
        (22, 0, "dem", "22:00"),
    ],
)
def test_an_hour_is_told_on_a_clock_of_twenty_four(hour: int, minute: int, part: str, time: str) -> None:
    assert clock(hour, minute, part) == time


@pytest.mark.parametrize(("hour", "part"), [(24, ""), (24, "dem"), (12, "dem"), (12, "toi")])
def test_midnight_is_the_end_of_the_day(hour: int, part: str) -> None:
    """Which needs no hour: a day's deadline ends there anyway; a minute later is no time of that day."""
    assert clock(hour, 0, part) == ""
    assert clock(hour, 1, part) is None


@pytest.mark.parametrize(
    ("hour", "minute", "part"),
    [
        (25, 0, ""),
        (-1, 0, ""),
        (10, 60, ""),
        (10, -1, ""),
        (12, 0, "sang"),
        (16, 0, "sang"),
        (24, 0, "sang"),
        (9, 0, "trua"),
        (3, 0, "trua"),
        (12, 0, "chieu"),
        (8, 0, "chieu"),
        (9, 0, "chieu"),
        (3, 0, "toi"),
        (13, 0, "toi"),
        (0, 0, "dem"),
        (1, 0, "dem"),
        (10, 0, "khuya"),
    ],
)
def test_what_has_no_one_meaning_is_no_time(hour: int, minute: int, part: str) -> None:
    assert clock(hour, minute, part) is None
