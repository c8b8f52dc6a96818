"""Faults by a seed: when the engine is off, when a channel is shut, which tries and which commits go wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Mishap = Literal["retry", "failed", "lost", "doubtful", "dies-before", "dies-after"]
_MISHAPS: tuple[tuple[Mishap, float], ...] = (
    ("retry", 0.020),  # 4xx: later perhaps
    ("failed", 0.003),  # 5xx after DATA: this message never
    ("lost", 0.004),  # no answer, and nothing arrived
    ("doubtful", 0.004),  # no answer, and it arrived
    ("dies-before", 0.002),  # the process dies with the message in hand
    ("dies-after", 0.002),  # … or when the server had taken it
)
COMMIT_DIES = 0.0008


@dataclass(frozen=True)
class Span:
    first: datetime
    last: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.first <= instant < self.last


class Weather:
    """What goes wrong from one instant to another; without a seed nothing ever does."""

    def __init__(self, seed: int | None, first: datetime, last: datetime) -> None:
        self._dice = random.Random(f"weather:{seed}")  # noqa: S311  # a play, not a secret
        self.is_fair = seed is None
        self._off = tuple(self._spans(first, last, every_days=120, most_hours=24 * 9)) if seed is not None else ()
        self._shut = tuple(self._spans(first, last, every_days=150, most_hours=24 * 5)) if seed is not None else ()

    def is_off(self, instant: datetime) -> bool:
        """Whether the engine is not running."""
        return any(instant in span for span in self._off)

    def back_at(self, instant: datetime) -> datetime:
        """That instant, or when the engine is back if it is off then."""
        return max((span.last for span in self._off if instant in span), default=instant)

    def is_shut(self, instant: datetime) -> bool:
        """Whether no channel takes anything."""
        return any(instant in span for span in self._shut)

    def mishap(self) -> str | None:
        """What becomes of the next message (of `post.REFUSALS`, or another `Mishap`), None when all goes well."""
        if self.is_fair:
            return None
        luck = self._dice.random()
        for name, share in _MISHAPS:
            luck -= share
            if luck < 0:
                return name
        return None

    def commit_dies(self) -> bool:
        """Whether the process dies at the next commit."""
        return not self.is_fair and self._dice.random() < COMMIT_DIES

    def is_after(self) -> bool:
        """Whether it dies after that commit rather than before."""
        return self._dice.random() < 0.5

    def _spans(self, first: datetime, last: datetime, *, every_days: int, most_hours: int) -> Iterator[Span]:
        at = first
        while (at := at + timedelta(hours=self._dice.uniform(0.2, 2) * every_days * 24)) < last:
            yield Span(at, at + timedelta(hours=self._dice.uniform(0.5, most_hours)))
