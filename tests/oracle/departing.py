"""Promises about what left, whatever the ladder says. They know nothing of rungs and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tests.oracle.book import Book, Departure, Story
from tests.oracle.life import Life
from tests.oracle.telling import moment, tell_departures

OWED_BY_THE_UNIT = ("unit", "leader", "own_leadership", "overseer", "coordinating")
Rung = tuple[object, ...]


def broken_promises(stories: Iterable[Story], book: Book, departures: Iterable[Departure]) -> list[str]:
    """A sentence for each departure that breaks one of the promises; [] when all are kept."""
    told = {story.duty.key: story for story in stories}
    left: dict[Rung, list[Departure]] = {}
    for one in sorted(departures, key=lambda one: one.at):
        left.setdefault((one.assignment, one.due_on, one.rung, one.recipient, one.cause), []).append(one)
    found: list[str] = []
    for group in left.values():
        first = group[0]
        story = told.get(first.assignment)
        if story is None:
            found.append(f"{_name(first)} left for an assignment that no story tells of.")
            continue
        sentences = [*_twice(group), *_after_the_submission(story, first), *_unread_register(story, book, first)]
        lines = tell_departures(story, book, group) if sentences else ""
        found += [f"{_name(first)} {sentence}\n{lines}" for sentence in sentences]
    return found


def _twice(group: list[Departure]) -> Iterator[str]:
    """Once; or the same bytes under the same Message-ID once more, when nobody knows how the first ended."""
    times = ", ".join(moment(one.at) for one in group)
    if len({(one.message_id, one.digest) for one in group}) > 1:
        yield f"left more than once, in different messages: {times}."
    elif len(group) > 2:
        yield f"left {len(group)} times: {times}."


def _after_the_submission(story: Story, one: Departure) -> Iterator[str]:
    """Nobody is reminded of what was handed in, waived, stopped or not owed; only the reviewer hears of it."""
    life = life_at(story, one.at)
    if one.rung == "recorded":
        if not life.confirmed:
            yield f"left at {moment(one.at)}, when nothing was recorded as done."
    elif one.rung.startswith("review-"):
        if not life.submitted or life.confirmed:
            yield f"left at {moment(one.at)}, when nothing waited for a review."
    elif not life.is_open:
        yield f"left at {moment(one.at)}, when nothing was owed any more."
    elif one.due_on != life.target:
        target = f"{life.target:%d/%m/%Y}" if life.target else "not known"
        yield f"left at {moment(one.at)} for {one.due_on:%d/%m/%Y}, when the day was {target}."


def _unread_register(story: Story, book: Book, one: Departure) -> Iterator[str]:
    configuration = book.version_at(one.at).configuration
    plan = configuration.plans.get(story.duty.plan)
    own = one.audience == "overseer" and plan is not None and plan.overseer == configuration.office.unit
    is_escalation = one.audience in ("leader", "own_leadership", "overseer")
    if is_escalation and not own and not book.is_checked(one.at):
        yield f"left at {moment(one.at)} to {one.audience}, before the register was read that day."


def life_at(story: Story, instant: datetime) -> Life:
    """What was known of an assignment at an instant."""
    life = Life(story.duty.obligation)
    for fact in story.facts:
        if fact.recorded_at <= instant:
            life.take(fact)
    return life


def _name(one: Departure) -> str:
    plan, obligation, unit, period = one.assignment
    return f"{plan}/{obligation} {unit} {period}: {one.rung} (due {one.due_on:%d/%m/%Y}) to {one.recipient}"
