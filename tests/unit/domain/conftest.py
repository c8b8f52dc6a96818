"""Fixtures of the domain's tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from obligations.domain.calendar import Calendar
from tests.unit.domain.domain_tools import office_calendar

settings.register_profile("domain", deadline=None)  # a first example also computes years of holidays
settings.load_profile("domain")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The office's calendar: public holidays, the worked Saturdays of swaps, the override of January 2026."""
    return office_calendar()
