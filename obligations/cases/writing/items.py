"""The duties of a letter to the unit that owes them: where each stands, and what has happened since its last letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import Row

from obligations.cases.writing import gathering, telling
from obligations.cases.writing.gathering import Writing
from obligations.cases.writing.stories import Story
from obligations.domain.classes import Moment
from obligations.domain.due import ONCE
from obligations.domain.ladder import FIRST_WORDS, NOTICE
from obligations.texts.duty import Tally
from obligations.texts.item import Item, News

_Rows = dict[int, list[Row[Any]]]


def items(writing: Writing, rows: Sequence[Row[Any]]) -> tuple[Item, ...]:
    """One for each assignment: of several reminders of it the newest."""
    newest = {row.id: row for row in rows}
    known = _known(writing, list(newest.values()))
    return tuple(item(writing, row, known) for row in newest.values())


@dataclass(frozen=True)
class Known:
    """What the ledger tells of some assignments; empty where no letter needs it."""

    stories: dict[int, Story] = field(default_factory=dict)
    words: _Rows = field(default_factory=dict)
    escalated: frozenset[int] = frozenset()


def _known(writing: Writing, rows: Sequence[Row[Any]]) -> Known:
    """A duty that was given and has not changed needs nothing; only then is there nothing to ask."""
    changed = [row.id for row in rows if row.herald not in (None, "activated")]
    heralded = [row.id for row in rows if row.herald is not None and not _is_notice(row)]
    late = [row.id for row in rows if row.rung_on < writing.today and row.target_on < writing.today]
    connection = writing.connection
    return Known(
        Story.of_all(connection, changed),
        gathering.words(connection, heralded) if heralded else {},
        frozenset(gathering.escalated(connection, late)) if late else frozenset(),
    )


def _is_notice(row: Row[Any]) -> bool:
    """Whether it is the letter that gives the duty."""
    return bool(row.rung == NOTICE and row.cause == "")


def item(writing: Writing, row: Row[Any], known: Known) -> Item:
    """One duty as it stands, to the unit or to its leader."""
    almanac, due_on = writing.almanac, row.target_on
    day = almanac.day(due_on)
    words = known.words.get(row.id, [])
    is_first = row.audience == "unit" and row.herald == "activated" and row.rung != NOTICE and not words
    news = _news(writing, row, known.stories.get(row.id), words)
    is_given = is_first or _is_notice(row)
    due_at = time.fromisoformat(row.due_at) if row.due_at and due_on == row.due_on else None
    is_over = Moment(writing.today, writing.local.time()).is_after(due_on, due_at)
    is_late = row.rung_on < writing.today
    return Item(
        code=row.code,
        duty=almanac.duty(row),
        due_on=due_on,
        due_at=due_at,
        day_off=day.day_off,
        last_working_day=day.last_working_day,
        working_days=day.working_days,
        rung=row.rung,
        rung_on=row.rung_on,
        is_late=is_late,
        is_first=is_first,
        later=gathering.later(writing.connection, row) if row.period != ONCE and is_given else (),
        ask=almanac.foot(row.plan),
        original_due_on=row.original_due_on if row.original_due_on != row.due_on else None,
        given_to=writing.configuration.units[row.unit].name if row.unit != writing.contact.unit else "",
        news=news,
        supplement=known.stories[row.id].supplement if row.id in known.stories else None,
        outage=gathering.outage(writing, row.rung_on) if is_late else None,
        is_escalated=row.id in known.escalated,
        tally=_tally(writing, row) if is_over else None,
        collected=() if is_given else telling.collected(writing, row),
    )


def _tally(writing: Writing, row: Row[Any]) -> Tally | None:
    """Of a duty that several owe, once somebody has answered."""
    found = telling.tally(writing, row.plan, row.obligation, row.period)
    return found if found and found.total > 1 and found.received else None


def _news(writing: Writing, row: Row[Any], story: Story | None, words: Sequence[Row[Any]]) -> News | None:
    """What this letter is the first to tell: its own rung says so, or no letter has left since the event."""
    if story is None or row.audience != "unit" or (_has_left(row, words) and not _is_herald(row)):
        return None
    last_told: date | None = words[-1].due_on if words else None
    return story.news(writing.configuration, last_told if last_told != row.target_on else None)


def _is_herald(row: Row[Any]) -> bool:
    return row.rung in FIRST_WORDS and bool(row.cause == row.herald_cause)


def _has_left(row: Row[Any], words: Sequence[Row[Any]]) -> bool:
    """Whether a letter written after the event has left: its own, or another that told it."""
    return any(
        (word.rung in FIRST_WORDS and word.cause == row.herald_cause) or word.at > row.herald_at for word in words
    )
