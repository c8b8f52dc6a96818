"""Letters about results: to the unit, that its own was taken note of; to the reviewer, which ones still wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from obligations.cases.writing import gathering
from obligations.cases.writing.gathering import Writing
from obligations.cases.writing.stories import Story
from obligations.domain.classes import DONE_LATE, Moment, class_of, working_days_over
from obligations.texts.occasion import Occasion
from obligations.texts.recorded import Record, Recorded
from obligations.texts.review import Review, Waiting

_Rows = Sequence[Row[Any]]


def recorded(writing: Writing, at: Occasion, rows: _Rows) -> Recorded:
    """Results that were taken note of."""
    stories = Story.of_all(writing.connection, [row.id for row in rows])
    return Recorded(at, tuple(_record(writing, row, stories[row.id]) for row in rows))


def _record(writing: Writing, row: Row[Any], story: Story) -> Record:
    facts, sent = story.facts, story.last("submitted")
    payload = sent.payload if sent else {}
    is_late = class_of(facts, Moment(writing.today)) == DONE_LATE
    over = facts.submitted_on or writing.today
    return Record(
        code=row.code,
        duty=writing.almanac.duty(row),
        due_on=facts.due_on,
        sent_on=sent.effective_on if sent else over,
        document=facts.document or "",
        signed_on=_day(payload.get("signed")),
        kept_on=facts.kept_on,
        is_nil=bool(payload.get("nil")),
        is_late=is_late,
        late_days=working_days_over(facts.due_on, over, writing.configuration.calendar) if facts.due_on else 0,
    )


def review(writing: Writing, at: Occasion, rows: _Rows) -> Review:
    """Results that wait, each with when it was recorded."""
    stories = Story.of_all(writing.connection, [row.id for row in rows])
    results = tuple(_waiting(writing, row, stories[row.id]) for row in {row.id: row for row in rows}.values())
    return Review(at, results, gathering.waiting(writing.connection))


def _waiting(writing: Writing, row: Row[Any], story: Story) -> Waiting:
    sent = story.last("submitted")
    since = writing.ladders.clockwork.local(row.review_since).date()
    return Waiting(
        code=row.code,
        unit=writing.configuration.units[row.unit].name,
        duty=writing.almanac.duty(row),
        due_on=row.due_on,
        document=story.facts.document or "",
        signed_on=_day(sent.payload.get("signed")) if sent else None,
        sent_on=sent.effective_on if sent else row.submitted_on,
        since=since,
        days=working_days_over(since, writing.today, writing.configuration.calendar),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
