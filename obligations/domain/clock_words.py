"""Hours as people say them, with the part of the day: *4 giờ chiều*, *12 giờ đêm*."""

from __future__ import annotations

# The hours that each part of the day knows, spoken on a clock of twelve or of twenty-four, and the hour of the day
# that is meant. What is missing has no one meaning: nobody can tell which midnight *1 giờ đêm* comes after.
_EVENING = {hour: hour for hour in range(17, 25)} | {hour: hour + 12 for hour in range(5, 13)}
_HOURS = {
    "": {hour: hour for hour in range(25)},
    "sang": {hour: hour for hour in range(12)},
    "trua": {10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14},
    "chieu": {hour: hour for hour in range(13, 20)} | {hour: hour + 12 for hour in range(1, 8)},
    "toi": _EVENING,
    "dem": {hour: meant for hour, meant in _EVENING.items() if meant >= 20},
}


def clock(hour: int, minute: int, part: str) -> str | None:
    """The time of day as `HH:MM`, empty for the end of the day (24 giờ, 12 giờ đêm), None for no time of day.

    `part` is the part of the day without marks: `sang`, `trua`, `chieu`, `toi`, `dem`, or empty for none said.

    >>> clock(4, 30, "chieu")
    '16:30'
    """
    meant = _HOURS.get(part, {}).get(hour)
    if meant is None or not 0 <= minute < 60:
        return None
    if meant == 24:
        return None if minute else ""
    return f"{meant:02}:{minute:02}"
