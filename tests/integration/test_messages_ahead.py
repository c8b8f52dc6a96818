"""How many messages leave between two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest

from obligations.cases.applied import current
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.changes import Change
from tests.offices import Office
from tests.rich_lives import FIRST, RichLife


def test_what_is_far_from_a_day_leaves_nothing_on_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages between two days, with only the near assignments read as with all of them."""
    random = Random(7)  # noqa: S311 - a seed, not a secret
    for evening in RichLife(office, 7).live():
        first = FIRST + timedelta(days=random.randrange(90))
        last = first + timedelta(days=random.choice((0, 0, 3, 30)))
        found = _leaving(office, first, last, evening)
        with monkeypatch.context() as patched:
            patched.setattr(forecasting, "reach", lambda *_: (date(1900, 1, 1), date.max))
            assert _leaving(office, first, last, evening) == found, (evening, first, last)


def _leaving(office: Office, first: date, last: date, now: datetime) -> int:
    return forecasting.messages_ahead(office.app, current(office.app).ladders, Change(), first, last, now)
