"""Invented people who answer by a seed: most in time, some late, some returned, extended, waived, recorded by mistake.

The same seed gives the same people, whatever else happens in between.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from obligations.domain.calendar import Calendar

# Judgement, so that every class of the statistics, and every kind of decision, has something in it.
NEVER, VERY_LATE, LATE = 0.04, 0.10, 0.25


@dataclass(frozen=True)
class Deed:
    """What somebody records on a day: a use case by its name, the day it speaks of, and what else it says."""

    on: date
    name: str
    about: date
    said: dict[str, Any] = field(default_factory=dict)


class People:
    """Who does what, and when. `is_plain`: everybody only sends and is taken note of, as in a demonstration."""

    def __init__(self, seed: int, calendar: Calendar, units: tuple[str, ...] = (), *, is_plain: bool = False) -> None:
        self._seed = seed
        self._calendar = calendar
        self._units = units
        self._is_plain = is_plain

    def deeds(self, code: str, given_on: date, due_on: date) -> Iterator[Deed]:
        """Everything that becomes of the duty with this code, never before the day after it was given."""
        dice = random.Random(f"{self._seed}:{code}")  # noqa: S311  # a play, not a secret
        sent_on = self._sent_on(dice, given_on, due_on)
        if self._is_plain:
            if sent_on:
                confirmed_on = self._later(sent_on, dice, 1, 3)
                yield from self._result(sent_on, sent_on, confirmed_on)
            return
        yield from self._before(dice, given_on, due_on)
        if sent_on:
            yield from self._after(dice, sent_on)

    def reads_register(self, day: date) -> tuple[bool, bool]:
        """Whether the register is read on a working day, and whether what waits is approved then."""
        dice = random.Random(f"{self._seed}:register:{day}")  # noqa: S311
        return dice.random() < 0.75, dice.random() < 0.5

    def _sent_on(self, dice: random.Random, given_on: date, due_on: date) -> date | None:
        luck = dice.random()
        if luck < NEVER:
            return None
        if luck < VERY_LATE:
            sent_on = self._calendar.add(due_on, dice.randint(4, 12))
        elif luck < LATE:
            sent_on = self._calendar.add(due_on, dice.randint(1, 3))
        else:
            sent_on = self._calendar.on_or_before(due_on - timedelta(days=dice.randint(0, 14)))
        return self._calendar.on_or_after(max(sent_on, given_on + timedelta(days=1)))

    def _before(self, dice: random.Random, given_on: date, due_on: date) -> Iterator[Deed]:
        """What may happen to a duty besides its result."""
        start = max(given_on + timedelta(days=1), due_on - timedelta(days=dice.randint(1, 20)))
        day = self._calendar.on_or_after(start)
        luck = dice.random()
        if luck < 0.05:
            yield Deed(day, "acknowledge", day, {"expected_on": due_on})
        elif luck < 0.13:
            yield from self._extension(dice, day, due_on)
        elif luck < 0.16:
            yield Deed(day, "waive", day)
            if dice.random() < 0.5:
                yield Deed(again := self._later(day, dice, 1, 6), "reopen", again)
        elif luck < 0.19 and self._units:
            yield Deed(day, "reassign", day, {"to": dice.choice(self._units)})
        elif luck < 0.21:
            yield Deed(late := self._later(due_on, dice, 3, 6), "urge", late)

    def _extension(self, dice: random.Random, day: date, due_on: date) -> Iterator[Deed]:
        """Asked for, then granted, refused or forgotten; or granted at once, now and then by mistake."""
        to = self._later(due_on, dice, 2, 15)
        answered = self._later(day, dice, 1, 6)
        luck = dice.random()
        if luck < 0.6:
            yield Deed(day, "ask", day, {"to": to})
            if luck < 0.3:
                yield Deed(answered, "extend", day, {"to": to})
            elif luck < 0.45:
                yield Deed(answered, "refuse", answered)
        else:
            yield Deed(day, "extend", day, {"to": to})
            if luck > 0.8:
                yield Deed(answered, "extend", answered, {"to": due_on})

    def _after(self, dice: random.Random, sent_on: date) -> Iterator[Deed]:
        """The result: recorded a few days after it was sent, taken note of, returned, or taken note of by mistake."""
        recorded_on = self._calendar.on_or_after(sent_on) if dice.random() < 0.7 else self._later(sent_on, dice, 1, 4)
        luck = dice.random()
        if luck < 0.72:
            yield from self._result(recorded_on, sent_on, self._later(recorded_on, dice, 1, 3))
        elif luck < 0.78:
            yield from self._result(recorded_on, sent_on, self._later(recorded_on, dice, 6, 15))
        elif luck < 0.9:
            yield from self._returned(dice, recorded_on, sent_on)
        elif luck < 0.95:
            noted = self._later(recorded_on, dice, 1, 2)
            yield from self._result(recorded_on, sent_on, noted)
            yield Deed(opened := self._later(noted, dice, 1, 4), "reopen", opened)
            resent = self._later(opened, dice, 1, 6)
            yield from self._result(resent, resent, self._later(resent, dice, 1, 3))
        else:
            yield from self._result(recorded_on, sent_on, None)

    def _returned(self, dice: random.Random, recorded_on: date, sent_on: date) -> Iterator[Deed]:
        yield from self._result(recorded_on, sent_on, None)
        back = self._later(recorded_on, dice, 1, 3)
        resubmit_by = self._later(back, dice, 2, 8) if dice.random() < 0.8 else None
        yield Deed(back, "return", back, {"resubmit_by": resubmit_by, "keep": dice.random() < 0.5})
        if dice.random() < 0.85:
            resent = self._later(back, dice, 1, 12)
            yield from self._result(resent, resent, self._later(resent, dice, 1, 3))

    def _result(self, recorded_on: date, sent_on: date, confirmed_on: date | None) -> Iterator[Deed]:
        yield Deed(recorded_on, "submit", min(sent_on, recorded_on))
        if confirmed_on:
            yield Deed(confirmed_on, "confirm", confirmed_on)

    def _later(self, day: date, dice: random.Random, least: int, most: int) -> date:
        return self._calendar.add(day, dice.randint(least, most))
