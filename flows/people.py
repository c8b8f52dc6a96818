"""Invented people who answer by a seed: most send in time, some late, a few not at all."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from obligations.domain.calendar import Calendar

# Judgement, so that every class of the statistics has something in it.
NEVER, VERY_LATE, LATE = 0.04, 0.10, 0.25


@dataclass(frozen=True)
class Answer:
    """When one duty's result is sent, and when the secretariat takes note of it."""

    sent_on: date
    confirmed_on: date


class People:
    """The same seed gives the same answers, whatever else happens in between."""

    def __init__(self, seed: int, calendar: Calendar) -> None:
        self._seed = seed
        self._calendar = calendar

    def answer(self, code: str, given_on: date, due_on: date) -> Answer | None:
        """How the duty with this code is answered, None when it never is; never before the day after it was given."""
        dice = random.Random(f"{self._seed}:{code}")  # noqa: S311  # a play, not a secret
        luck = dice.random()
        if luck < NEVER:
            return None
        if luck < VERY_LATE:
            sent_on = self._calendar.add(due_on, dice.randint(4, 12))
        elif luck < LATE:
            sent_on = self._calendar.add(due_on, dice.randint(1, 3))
        else:
            sent_on = self._calendar.on_or_before(due_on - timedelta(days=dice.randint(0, 14)))
        sent_on = self._calendar.on_or_after(max(sent_on, given_on + timedelta(days=1)))
        return Answer(sent_on, self._calendar.add(sent_on, dice.randint(1, 3)))
