"""Many lines recorded as one, and one save taken back: exactly it, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm_at, submit, submit_at
from obligations.cases.answering.batches import SAME, Act, LinesRefused, record_each, saved, submit_each, take_back
from obligations.cases.answering.decisions import (
    Decision,
    disown,
    extend,
    extend_at,
    refuse_extension,
    return_at,
    send_back,
    waive_at,
)
from obligations.cases.reading.status import ask, read, status
from obligations.cases.upkeep.rebuilding import verify
from obligations.domain.errors import Refused
from obligations.store.database import reading
from tests.days import day
from tests.life import run
from tests.offices import Office, at, obligation

APPLIED, SENT, LATER = "2022-07-11 09:00", "2022-07-12 09:00", "2022-07-13 09:00"
BOTH = ("K1-0001", "K1-0002")
WHO = "chị Mai"
DECISION = Decision(day("13/07/2022"), WHO, "9/QĐ", "mưa bão")
ACTS: dict[str, Act] = {
    "confirmed": partial(confirm_at, on=day("13/07/2022")),
    "returned": partial(return_at, decision=DECISION, resubmit_by=day("20/07/2022"), keep=True),
    "extended": partial(extend_at, decision=DECISION, to=day("05/08/2022"), granted_by="Giám đốc"),
    "waived": partial(waive_at, decision=DECISION),
}
NEEDS_RESULT = ("confirmed", "returned")


@pytest.fixture
def given(office: Office) -> Office:
    """Two units owe one report by 29/07/2022."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}")).apply(APPLIED)
    run(office, APPLIED)
    return office


def picture(office: Office) -> list[tuple[object, ...]]:
    rows = status(office.app, at("2022-07-14 09:00")).assignments
    return [(one.code, one.class_, one.state, one.due_on, one.submitted_on, one.done_on) for one in rows]


def both_sent(office: Office) -> None:
    submit_each(office.app, dict.fromkeys(BOTH, Submission(day("12/07/2022"), document="5/BC")), at(SENT), by=WHO)


def undo(office: Office, when: str, by: str = WHO) -> list[str]:
    return take_back(office.app, at(when), at("2022-07-14 08:00"), by=by, of=("ke-hoach", "bao-cao"))


@pytest.mark.parametrize("kind", ACTS)
def test_a_batch_is_recorded_and_taken_back_exactly(given: Office, kind: str) -> None:
    if kind in NEEDS_RESULT:
        both_sent(given)
    before = picture(given)
    record_each(given.app, dict.fromkeys(BOTH, ACTS[kind]), at(LATER), by=WHO)
    assert picture(given) != before
    found = saved(given.app, at(LATER), by=WHO, of=("ke-hoach", "bao-cao"))
    assert found is not None
    assert (found.kind, list(found.codes)) == (kind, list(BOTH))
    assert undo(given, LATER) == list(BOTH)
    assert picture(given) == before
    assert verify(given.app, at("2022-07-14 09:00")) == []


@pytest.mark.parametrize("kind", ACTS)
def test_one_wrong_line_stops_all(given: Office, kind: str) -> None:
    """The second unit's duty is in a state that the deed is not for."""
    unfit = "K1-0002" if kind in NEEDS_RESULT else "K1-0001"
    submit(given.app, Address(code="K1-0001"), Submission(day("12/07/2022")), at(SENT), by=WHO)
    if kind == "waived":  # what was sent may be waived, what is done may not
        record_each(given.app, {"K1-0001": ACTS["confirmed"]}, at("2022-07-13 08:00"), by=WHO)
    before = picture(given)
    with pytest.raises(LinesRefused) as told:
        record_each(given.app, dict.fromkeys(BOTH, ACTS[kind]), at(LATER), by=WHO)
    assert list(told.value.lines) == [unfit]
    assert picture(given) == before


def test_an_undo_is_bound_to_its_own_save(given: Office) -> None:
    """Another person's, another moment's, twice, or when one line has moved on: refused, and nothing changes."""
    both_sent(given)
    with pytest.raises(Refused, match="không có lượt ghi nào"):
        undo(given, SENT, by="anh Nam")
    with pytest.raises(Refused, match="không có lượt ghi nào"):
        undo(given, LATER)
    record_each(given.app, {"K1-0002": ACTS["confirmed"]}, at(LATER), by=WHO)
    before = picture(given)
    with pytest.raises(Refused, match="ghi khác cho K1-0002, nên chưa hoàn tác"):
        undo(given, SENT)
    assert picture(given) == before
    assert undo(given, LATER) == ["K1-0002"]
    with pytest.raises(Refused, match="ghi khác"):
        undo(given, LATER)


def returned(office: Office, *, keep: bool = False) -> None:
    both_sent(office)
    again = day("20/07/2022")
    send_back(office.app, Address(code="K1-0001"), DECISION, at("2022-07-13 08:00"), resubmit_by=again, keep=keep)


def asked(office: Office) -> None:
    wish = Decision(day("12/07/2022"), "Sở Y tế")
    extend(office.app, Address(code="K1-0001"), wish, at(SENT), to=day("01/08/2022"))


def disowned(office: Office) -> None:
    disown(office.app, Address(code="K1-0001"), Decision(day("12/07/2022"), "Sở Y tế"), at(SENT))


def extended(office: Office) -> None:
    one, until = Address(code="K1-0001"), day("30/07/2022")
    extend(office.app, one, DECISION, at("2022-07-13 08:00"), to=until, granted_by="Giám đốc")


def sent_again(office: Office) -> None:
    returned(office, keep=True)
    submit(office.app, Address(code="K1-0001"), Submission(day("13/07/2022")), at("2022-07-13 08:30"), by="văn thư")


def asked_and_granted(office: Office) -> None:
    asked(office)
    extended(office)


def asked_and_refused(office: Office) -> None:
    asked(office)
    refuse_extension(office.app, Address(code="K1-0001"), DECISION, at("2022-07-13 08:00"))


def asked_twice_since_an_undo(office: Office) -> None:
    asked_and_refused(office)
    waived_and_opened(office)
    asked(office)


def waived_and_opened(office: Office) -> None:
    record_each(office.app, {"K1-0001": ACTS["waived"]}, at("2022-07-13 08:00"), by=WHO)
    undo(office, "2022-07-13 08:00")


SUBMITTED = partial(submit_at, submission=Submission(day("13/07/2022"), document="6/BC"))
STORIES: dict[str, tuple[Callable[[Office], None], Act]] = {
    "a result after a return": (returned, SUBMITTED),
    "a result after a request": (asked, SUBMITTED),
    "a result after a request that was granted": (asked_and_granted, SUBMITTED),
    "a result after a request that was refused": (asked_and_refused, SUBMITTED),
    "a waiver after a second request": (asked_twice_since_an_undo, ACTS["waived"]),
    "a result of what was disowned": (disowned, SUBMITTED),
    "a result after an extension": (extended, SUBMITTED),
    "a result after an undo": (waived_and_opened, SUBMITTED),
    "a confirmation of what was sent again, its first day kept": (sent_again, ACTS["confirmed"]),
    "a second return": (sent_again, ACTS["returned"]),
    "an extension that was asked for": (asked, ACTS["extended"]),
    "an extension of what was disowned": (disowned, ACTS["extended"]),
    "a second extension": (extended, ACTS["extended"]),
    "a waiver after a return": (returned, ACTS["waived"]),
    "a waiver after a request": (asked, ACTS["waived"]),
    "a waiver of what waits for ghi nhận": (both_sent, ACTS["waived"]),
}


def known(office: Office, code: str) -> dict[str, object]:
    with reading(office.app.engine) as session:
        evening = ask(session, at("2022-07-14 09:00"))
        [one] = [row.facts for row in read(session, evening) if row.facts.code == code]
    return {name: getattr(one, name) for name in SAME}


@pytest.mark.parametrize("story", STORIES)
def test_what_stood_before_a_save_stands_again(given: Office, story: str) -> None:
    """Whatever it answered or closed: every fact is as it was, and every row what its events tell."""
    before, act = STORIES[story]
    before(given)
    was = known(given, "K1-0001")
    record_each(given.app, {"K1-0001": act}, at(LATER), by=WHO)
    assert known(given, "K1-0001") != was
    undo(given, LATER)
    assert known(given, "K1-0001") == was
    assert verify(given.app, at("2022-07-14 09:00")) == []


def test_a_result_that_was_not_known_is_not_known_again(office: Office) -> None:
    """Due before it was followed: taken back it is not open and overdue, but waits for a person as before."""
    office.plan(obligation("bao-cao", "{by: 2022-07-09}")).apply(APPLIED)
    was = known(office, "K1-0001")
    assert was["outside"] == "unknown"
    record_each(office.app, {"K1-0001": SUBMITTED}, at(LATER), by=WHO)
    undo(office, LATER)
    assert known(office, "K1-0001") == was


def test_what_would_not_come_back_as_it_was_is_not_undone(given: Office) -> None:
    """An extension past the day to send again ended that day: no later event brings it back, so nothing is done."""
    returned(given)
    record_each(given.app, {"K1-0001": ACTS["extended"]}, at(LATER), by=WHO)
    before = picture(given)
    with pytest.raises(Refused, match="đúng như trước"):
        undo(given, LATER)
    assert picture(given) == before
