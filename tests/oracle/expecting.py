"""What must stand in the ledger at the end of the book, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.book import Assignment, Book, Story
from tests.oracle.desk import ABSENT, Key, Row
from tests.oracle.walk import HELD_AND_MOVED, Walk

MOVED = "moved"


@dataclass(frozen=True)
class Expected:
    """One reminder and the fates that are right for it; `absent` among them: it may just as well not exist.

    `whys`: same-day, newer, moved, muted, namesake, late, no-recipient, or what holds it (register, approval, request,
    outage). Where `sent` is right it left between `first` and `last`; either is None where nothing bounds it.
    """

    assignment: Assignment
    due_on: date
    rung: str
    day: date
    at: datetime
    recipient: str
    audience: str
    cause: str
    fates: frozenset[str]
    whys: frozenset[str]
    planned_by: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True)
class Expectation:
    """The rows of every assignment, with what they were worked out from."""

    stories: tuple[Story, ...]
    book: Book
    rows: dict[Assignment, dict[Key, Expected]]

    def of(self, *assignment: str) -> list[Expected]:
        """One assignment's rows in the order in which they fall; those that need not exist are left out."""
        found = self.rows[assignment[0], assignment[1], assignment[2], assignment[3]].values()
        return sorted((row for row in found if ABSENT not in row.fates), key=lambda row: (row.at, row.rung))


def expect(stories: Iterable[Story], book: Book) -> Expectation:
    """Live every story through the book, day by day."""
    told = tuple(stories)
    return Expectation(told, book, {story.duty.key: _rows(story, book) for story in told})


def _rows(story: Story, book: Book) -> dict[Key, Expected]:
    eager, lazy = Walk(story, book, lazy=False).run(), Walk(story, book, lazy=True).run()
    return {key: _merged(story.duty.key, eager.get(key), lazy.get(key)) for key in eager | lazy}


def _merged(assignment: Assignment, eager: Row | None, lazy: Row | None) -> Expected:
    rows = [row for row in (eager, lazy) if row]
    fates = {fate for row in rows for fate in (row.state, *row.also)} | ({ABSENT} if len(rows) == 1 else set())
    whys = {MOVED if row.why == HELD_AND_MOVED else row.why for row in rows}
    planned = [row.planned_at for row in rows if row.planned_at]
    one = rows[-1]
    return Expected(
        assignment,
        one.fall.due_on,
        one.fall.rung,
        one.fall.day,
        one.fall.at,
        one.recipient,
        one.fall.audience,
        one.fall.cause,
        frozenset(fates),
        frozenset(whys),
        max(planned) if planned else None,
        eager.left_at if eager else None,
        lazy.left_at if lazy else None,
    )
