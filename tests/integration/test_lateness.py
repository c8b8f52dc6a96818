"""What could not leave in its time: at any hour of its own day, afterwards in office hours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from obligations.cases.answering import decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.decisions import Decision
from obligations.cases.reminding import lateness
from obligations.cases.sending.delivery import Delivered
from obligations.store.database import writing
from tests.life import entries, nowhere, run
from tests.mailbox import Mailbox
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"


@pytest.fixture
def given(office: Office, mailbox: Mailbox) -> Office:
    """One duty due on 29 July, its notice sent; on the 19th the server is gone when before-10 is to leave."""
    office.sending("live", mailbox.channels)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    run(office, NOTICE)
    return office


def broken(office: Office, day: str = "2022-07-19") -> None:
    """The server does not answer at the rung's hour, and does again at nine."""
    whole = (office.folder / "channels.yaml").read_text("utf-8")
    office.sending("live", nowhere()).apply(f"{day} 07:59")
    assert run(office, f"{day} 08:01").retry == 1
    office.sending("live", whole).apply(f"{day} 09:00")


def test_on_its_own_day_a_rung_leaves_at_any_hour(given: Office) -> None:
    """The server was mended late in the evening."""
    broken(given)
    assert run(given, "2022-07-19 22:30").sent == 1


def test_on_a_later_day_it_waits_for_office_hours(given: Office, mailbox: Mailbox) -> None:
    """Mended in the night: it leaves when the office opens, and says that it is late."""
    broken(given)
    found = run(given, "2022-07-20 05:00")
    assert (found.sent, found.next_try_at) == (0, at("2022-07-20 07:30"))
    assert run(given, "2022-07-20 07:30").sent == 1
    assert mailbox.received[-1][1]["Subject"].startswith("[Nhắc muộn")


def test_over_a_weekend_it_waits_for_monday(given: Office) -> None:
    """Friday's rung, mended on Saturday noon."""
    given.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"), obligation("hai", "{by: 2022-08-01}"))
    given.apply("2022-07-12 09:00")
    run(given, "2022-07-12 09:00")
    run(given, "2022-07-19 08:01")
    whole = (given.folder / "channels.yaml").read_text("utf-8")
    given.sending("live", nowhere()).apply("2022-07-22 07:59")
    run(given, "2022-07-22 08:01")
    given.sending("live", whole).apply("2022-07-22 09:00")
    found = run(given, "2022-07-23 10:00")
    assert (found.sent, found.next_try_at) == (0, at("2022-07-25 07:30"))


def test_a_policy_that_wants_nothing_late_gets_nothing_late(office: Office) -> None:
    """`late: none`: what could not leave on its day is skipped, with the reason."""
    policy = "im-lang: {before: [10, 3], overdue: {at: [1], unit: working_day}, late: none, escalate: []}\n"
    office.sending("live", nowhere()).write("policies.yaml", policy)
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te", more="policy: im-lang"))
    office.apply("2022-07-18 09:00")
    assert run(office, "2022-07-19 08:01").retry == 1
    assert run(office, "2022-07-20 09:00") == Delivered(cancelled=1)
    [entry] = [one for one in entries(office, "reminder") if one.rung == "before-10"]
    assert (entry.state, entry.answer) == ("skipped", "đã quá ngày nhắc")


def test_a_letter_that_left_meanwhile_is_not_told_as_skipped(
    office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another delivery sends it on its own day, between this one's look at what is late and its word."""
    office.sending("live", nowhere()).write("policies.yaml", "im-lang: {before: [10], late: none, escalate: []}\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te", more="policy: im-lang"))
    office.apply("2022-07-18 09:00")
    assert run(office, "2022-07-19 08:01").retry == 1
    office.sending("live", mailbox.channels).apply("2022-07-19 20:00")
    others = iter(["2022-07-19 22:30"])

    @contextmanager
    def write_after_another(engine: Engine) -> Iterator[Session]:
        for moment in others:
            assert run(office, moment).sent == 1
        with writing(engine) as session:
            yield session

    monkeypatch.setattr(lateness, "writing", write_after_another)
    run(office, "2022-07-20 09:00")
    assert next(others, None) is None
    [entry] = [one for one in entries(office, "reminder") if one.rung == "before-10"]
    assert (entry.state, len(mailbox.received)) == ("sent", 1)


def test_a_late_word_does_not_wait_for_a_rung_that_stays_silent(given: Office, mailbox: Mailbox) -> None:
    """before-10 left on Tuesday; on Wednesday, the server gone, the date moves by two days, so that before-10 falls on
    Thursday again and is silent, having left a moment ago. The word of the new date leaves on Thursday all the same."""
    run(given, "2022-07-19 08:01")
    whole = (given.folder / "channels.yaml").read_text("utf-8")
    given.sending("live", nowhere()).apply("2022-07-20 13:00")
    granted = Decision(date(2022, 7, 20), "Mai", document="9/CV")
    moved = at("2022-07-20 14:00")
    decisions.extend(given.app, Address("K1-0001"), granted, moved, to=date(2022, 7, 31), granted_by="Giám đốc")
    assert run(given, "2022-07-20 14:01").retry == 1
    given.sending("live", whole).apply("2022-07-20 20:00")
    assert run(given, "2022-07-21 07:30").sent == 1
    assert "hạn mới hết ngày 31/7/2022" in str(mailbox.received[-1][1]["Subject"])
    assert run(given, "2022-07-21 08:01").sent == 0
    assert [(one.state, one.answer) for one in entries(given, "reminder")][-1] == ("skipped", "đã nhắc theo hạn cũ")
