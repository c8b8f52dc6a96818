"""Rich lives, each lived once: what every reader of a ledger promises of any life is held on all of them.

A promise stands beside the other tests of what it is about, and where there are none here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from obligations.cases.applied import current
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.changes import Change
from obligations.cases.reading.status import Asked, Known, ask, read
from obligations.cases.writing.control_sheet import control_sheet
from obligations.domain.classes import HANDED_OVER, OPEN_IN_TIME, OPEN_OVERDUE, SUBMITTED
from obligations.store.database import reading
from obligations.texts.sheet import Sheet
from tests.integration.test_board import the_board_shows_what_status_tells
from tests.integration.test_counting import the_database_counts_what_the_events_tell
from tests.integration.test_due_days import the_calendar_stands_on_the_same_days
from tests.integration.test_migration import a_ledger_from_before_rows_were_counted_goes_forward
from tests.integration.test_rebuild import rows_told_again_are_the_same
from tests.integration.test_statistics import every_table_adds_up
from tests.integration.test_status import figures_stay_the_same_for_ever
from tests.offices import Office
from tests.rich_lives import FIRST, Watching, keep


def the_sheet_stands_as_the_events_tell(office: Office, _: int) -> Watching:
    """Every evening, what is overdue, sent, asked, to be handed over and coming; a shorter sheet is its beginning."""
    seen = 0
    while evening := (yield):
        whole = control_sheet(office.app, evening, most=None)
        with reading(office.app.engine) as session:
            asked = ask(session, evening)
            _same(whole, asked, read(session, asked))
        for most in (0, 2, 60):
            left_out = max(len(whole.late) - most, 0)
            short = replace(whole, late=whole.late[:most], more_late=left_out)
            assert control_sheet(office.app, evening, most) == short
            assert short.overdue == len(whole.late)
        seen = max(seen, len(whole.late))
    assert seen > 3, "a life in which some are late"


def _same(sheet: Sheet, asked: Asked, told: list[Known]) -> None:
    kinds = {one.facts.code: one.class_on(asked.moment) for one in told}
    facts = {one.facts.code: one.facts for one in told}
    places = {code: (one.target_on or date.max, asked.position[one.unit], code) for code, one in facts.items()}
    horizon = asked.configuration.calendar.add(asked.moment.day, 4)

    def of(*wanted: str) -> list[str]:
        return sorted((code for code, kind in kinds.items() if kind in wanted), key=lambda code: places[code])

    assert [one.code for one in sheet.late] == of(OPEN_OVERDUE)
    assert sorted(one.code for one in sheet.results) == sorted(of(SUBMITTED))
    assert [one.split(maxsplit=1)[0] for one in sheet.orphans] == of(HANDED_OVER)
    requests = [code for code in of(OPEN_OVERDUE, OPEN_IN_TIME, HANDED_OVER) if facts[code].asked_on]
    assert [one.code for one in sheet.extensions] == [one for one in requests if not facts[one].disowned_on]
    coming = [code for code in of(OPEN_IN_TIME) if (facts[code].target_on or date.max) <= horizon]
    assert sorted(code for one in sheet.coming for code in one.codes) == sorted(coming)


def what_is_far_from_a_day_leaves_nothing_on_it(office: Office, seed: int) -> Watching:
    """Every evening the messages between two days, with only the near assignments read as with all of them."""
    random = Random(seed)  # noqa: S311 - a seed, not a secret
    while evening := (yield):
        first = FIRST + timedelta(days=random.randrange(90))
        last = first + timedelta(days=random.choice((0, 0, 3, 30)))
        found = _leaving(office, first, last, evening)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(forecasting, "reach", lambda *_: (date(1900, 1, 1), date.max))
            assert _leaving(office, first, last, evening) == found, (evening, first, last)


def _leaving(office: Office, first: date, last: date, now: datetime) -> int:
    return forecasting.messages_ahead(office.app, current(office.app).ladders, Change(), first, last, now)


# Those come first that look at an evening whose rungs wait for the next morning's delivery: the others plan them.
READERS = (
    the_sheet_stands_as_the_events_tell,
    the_database_counts_what_the_events_tell,
    every_table_adds_up,
    the_calendar_stands_on_the_same_days,
    the_board_shows_what_status_tells,
)
# When the life is over they wreck its ledger and mend it again.
WRECKERS = rows_told_again_are_the_same, a_ledger_from_before_rows_were_counted_goes_forward


@pytest.mark.parametrize(("office", "seed"), [("sqlite", 6), ("postgresql", 6)], indirect=["office"])
def test_a_life_of_every_kind_of_event_keeps_its_promises(office: Office, seed: int) -> None:
    keep(office, seed, (*READERS, figures_stay_the_same_for_ever, *WRECKERS))


@pytest.mark.parametrize(("office", "seed"), [("sqlite", 7), ("postgresql", 2)], indirect=["office"])
def test_another_life_keeps_its_promises(office: Office, seed: int) -> None:
    keep(office, seed, (*READERS, what_is_far_from_a_day_leaves_nothing_on_it, *WRECKERS))
