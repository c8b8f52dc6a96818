"""Names of units as people type them into a form."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.cases import applied
from obligations.cases.configuring.naming import resolve_names
from obligations.cases.drafting_plans.typed import deadline_shown
from obligations.domain.plan import Configuration
from tests.offices import UNITS, Office, obligation

CULTURE = "- {id: so-vhttdl, name: 'Sở Văn hóa, Thể thao và Du lịch', relation: peer}\n"


@pytest.fixture
def configuration(office: Office) -> Configuration:
    office.write("units.yaml", UNITS.replace("groups:", f"{CULTURE}groups:", 1))
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te")).apply("2022-07-11 09:00")
    return applied.current(office.app).configuration


@pytest.mark.parametrize("between", [", ", "; ", " ;"])
def test_a_name_with_a_comma_of_its_own_is_one_name(configuration: Configuration, between: str) -> None:
    """Wherever it stands, and beside what no unit is called."""
    said = between.join(["Sở Y tế", "sở văn hóa, thể thao và du lịch", "Sở Lạ"])
    assert resolve_names(configuration, said) == (["so-y-te", "so-vhttdl"], ["Sở Lạ"])


def test_a_part_of_one_name_is_enough_and_a_part_of_several_is_not(configuration: Configuration) -> None:
    assert resolve_names(configuration, "Thể thao, Sở") == (["so-vhttdl"], ["Sở"])
    assert resolve_names(configuration, " , ;") == ([], [])


def test_a_deadline_after_an_event_is_shown_in_the_documents_words() -> None:
    """Not as the plan's file has it."""
    form = {"after": "event:nhan-duoc-ho-so", "working_days": "5"}
    stated = "trong vòng 05 ngày làm việc\nkể từ ngày nhận được hồ sơ"
    assert deadline_shown(form, stated, date(2026, 12, 2)) == "trong vòng 05 ngày làm việc kể từ ngày nhận được hồ sơ"
    assert deadline_shown({"by": "2026-12-20"}, stated, date(2026, 12, 2)) == "ngày 20/12/2026"
