"""The control sheet names what the events tell, though it reads the events of only those duties that it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.cases.reading.status import Asked, Known, ask, read
from obligations.cases.writing.control_sheet import control_sheet
from obligations.domain.classes import HANDED_OVER, OPEN_IN_TIME, OPEN_OVERDUE, SUBMITTED
from obligations.store.database import reading
from obligations.texts.sheet import Sheet
from tests.offices import Office
from tests.rich_lives import RichLife


@pytest.mark.parametrize("seed", [7, 8])
def test_a_rich_life_stands_on_the_sheet_as_its_events_tell(office: Office, seed: int) -> None:
    """Every evening, what is overdue, sent, asked, to be handed over and coming; a shorter sheet is its beginning."""
    seen = 0
    for evening in RichLife(office, seed).live():
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
