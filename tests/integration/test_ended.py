"""Plans, duties and units that end: what stays owed, what stops, who is written to before, on and after that day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, submit
from obligations.cases.answering.decisions import Decision, reassign, reopen, waive
from obligations.cases.configuring import applying, forecasting
from obligations.cases.configuring.checking import check
from obligations.cases.reading.deadlines import deadlines
from obligations.cases.reading.status import status
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import Event
from tests.life import entries, left, live, run
from tests.offices import UNITS, Office, at, obligation

NOTICE = "2022-07-11 09:00"
YEARLY = "{every: year, by: 11-25, from: 2022, to: 2024}"
ENDED = "ended: {on: 2023-06-30, by: 45/QĐ-SM, reason: hết nguồn}"
PLAN = """
plan:
  number: 12/KH-SM
  title: Kế hoạch thử
  issuer: van-phong
  issued_on: 2022-07-08
  overseer: van-phong
  {more}
obligations:
{obligations}
"""
DUTIES = obligation("bao-cao", YEARLY, responsible="so-y-te") + obligation(
    "sau", "{after: 'event:ket-luan', days: 5}", responsible="so-y-te"
)


def ended_plan(office: Office, more: str = "", obligations: str = DUTIES) -> None:
    office.write("plans/ke-hoach.yaml", PLAN.format(more=more, obligations=obligations))


def given(office: Office) -> None:
    """A plan of a yearly and a waiting duty, applied at nine on the 11th, whose notice has left."""
    ended_plan(office)
    office.apply(NOTICE)
    run(office, NOTICE)


def classes(office: Office, when: str, **asked: Any) -> dict[tuple[str, str], str]:
    """The class of each assignment by obligation and period."""
    return {(one.obligation, one.period): one.class_ for one in status(office.app, at(when), **asked).assignments}


def events(office: Office, kind: str) -> list[tuple[Any, ...]]:
    """(day, document, note) of every event of a kind."""
    with reading(office.app.engine) as session:
        found = session.exec(select(Event).where(Event.kind == kind).order_by(Event.id)).all()  # type: ignore[arg-type]
        return [(one.effective_on, one.document, one.payload.get("note")) for one in found]


# ended


def test_what_is_due_after_the_end_stops_and_the_rest_stays_owed(office: Office) -> None:
    """Ended on 30 June 2023: the report of 2022 is owed and reminded of, later ones and what waits are not."""
    given(office)
    ended_plan(office, ENDED)
    diff = office.apply("2022-08-01 09:00").diff
    assert [(one["obligation"], one["period"], one["document"]) for one in diff["stopped"]] == [
        ("bao-cao", "2023", "45/QĐ-SM"),
        ("bao-cao", "2024", "45/QĐ-SM"),
        ("sau", "once", "45/QĐ-SM"),
    ]
    assert classes(office, "2022-08-01 10:00") == {
        ("bao-cao", "2022"): "open_in_time",
        ("bao-cao", "2023"): "stopped",
        ("bao-cao", "2024"): "stopped",
        ("sau", "once"): "stopped",
    }
    assert events(office, "stopped") == [(date(2022, 8, 1), "45/QĐ-SM", "hết nguồn")] * 3, "the end lies ahead"
    live(office, "2022-11-14", "2022-11-29")
    live(office, "2023-11-14", "2023-11-28")
    assert left(office) == [
        "11/07 notice",
        "15/11 before-10",
        "22/11 before-3",
        "25/11 before-0",
        "28/11 overdue-1",
        "29/11 overdue-2",
    ]


def test_an_end_that_lies_back_counts_from_its_day(office: Office) -> None:
    """Learned of in August that the plan ended on 15 July: as of the 14th it is owed, as of the 15th stopped."""
    given(office)
    ended_plan(office, "ended: {on: 2022-07-15, by: 45/QĐ-SM, reason: hết nguồn}")
    office.apply("2022-08-01 09:00")
    late = {"known_at": date(2022, 8, 2)}
    assert classes(office, "2022-08-02 09:00", as_of=date(2022, 7, 14), **late)["bao-cao", "2022"] == "open_in_time"
    assert classes(office, "2022-08-02 09:00", as_of=date(2022, 7, 15), **late)["bao-cao", "2022"] == "stopped"
    known_then = classes(office, "2022-08-02 09:00", as_of=date(2022, 7, 20))
    assert known_then["bao-cao", "2022"] == "open_in_time", "what was known on the 20th is what was said that day"


def test_taking_the_end_away_reopens_what_it_stopped_and_nothing_else(office: Office) -> None:
    """What a person waived or reopened stays as that person left it, whatever the file says later."""
    given(office)
    waive(office.app, Address("K1-0003"), Decision(date(2022, 7, 12), "Mai", "7/CV"), at("2022-07-12 09:00"))
    ended_plan(office, ENDED)
    office.apply("2022-08-01 09:00")
    reopen(office.app, Address("K1-0004"), Decision(date(2022, 8, 2), "Mai"), at("2022-08-02 09:00"))
    ended_plan(office, ENDED + "\n  basis: [1/QĐ]")
    assert office.apply("2022-08-03 09:00").diff["stopped"] == [], "a person reopened it"
    ended_plan(office)
    diff = office.apply("2022-08-04 09:00").diff
    assert [(one["obligation"], one["period"]) for one in diff["reopened"]] == [("bao-cao", "2023")]
    assert classes(office, "2022-08-04 10:00") == {
        ("bao-cao", "2022"): "open_in_time",
        ("bao-cao", "2023"): "open_in_time",
        ("bao-cao", "2024"): "waived",
        ("sau", "once"): "open_in_time",
    }
    run(office, "2022-08-04 09:01")
    assert left(office)[-1] == "04/08 notice", "the unit hears that it is owed again"


def test_an_end_moved_forth_and_back_stops_and_reopens_what_lies_between(office: Office) -> None:
    given(office)
    ended_plan(office, ENDED)
    office.apply("2022-08-01 09:00")
    ended_plan(office, ENDED.replace("2023-06-30", "2023-12-31"))
    diff = office.apply("2022-08-02 09:00").diff
    assert [one["period"] for one in diff["reopened"]] == ["2023"]
    ended_plan(office, ENDED.replace("2023-06-30", "2022-12-31"))
    diff = office.apply("2022-08-03 09:00").diff
    assert [one["period"] for one in diff["stopped"]] == ["2023"]


def test_a_result_that_was_sent_is_not_stopped(office: Office) -> None:
    """It waits for its ghi nhận, and counts; only what is open ends."""
    given(office)
    submit(office.app, Address("K1-0002"), Submission(date(2022, 7, 12)), at("2022-07-12 09:00"), by="Mai")
    ended_plan(office, ENDED)
    office.apply("2022-08-01 09:00")
    assert classes(office, "2022-08-01 10:00")["bao-cao", "2023"] == "submitted"


def test_what_falls_due_after_an_end_is_neither_enrolled_nor_listed_nor_forecast(office: Office) -> None:
    """An endless duty of an ended plan: a row for 2022 only, however often the years are added."""
    ended_plan(office, ENDED, obligation("bao-cao", "{every: year, by: 11-25}", responsible="so-y-te"))
    office.apply(NOTICE)
    assert applying.extend(office.app, at("2023-01-02 05:00")) == 0
    assert classes(office, "2023-01-02 09:00") == {("bao-cao", "2022"): "open_overdue"}
    configuration = check(read_folder(office.folder), date(2022, 7, 11)).required()
    assert [one.period for one in deadlines(configuration, date(2022, 7, 11))] == ["2022"]
    rows = forecasting.ahead(office.app, configuration, date(2023, 7, 1), date(2023, 12, 31), at(NOTICE))
    assert rows == []


def test_one_duty_may_end_alone(office: Office) -> None:
    """`ended` beside a duty stops that duty; the others of its plan go on."""
    given(office)
    other = obligation("sau", "{after: 'event:ket-luan', days: 5}", responsible="so-y-te", more=ENDED)
    ended_plan(office, obligations=obligation("bao-cao", YEARLY, responsible="so-y-te") + other)
    diff = office.apply("2022-08-01 09:00").diff
    assert [one["obligation"] for one in diff["stopped"]] == ["sau"]


# replaced, deleted, dropped


def test_a_new_plan_ends_the_one_it_replaces(office: Office) -> None:
    """Issued on 1 March 2023: the old plan's report of 2022 stays owed, later ones stop by the new plan's number."""
    given(office)
    live(office, "2022-11-15", "2022-11-29")
    duty = obligation("moi", "{by: 2023-08-31}", responsible="so-y-te")
    new = PLAN.format(more="replaces: ke-hoach", obligations=duty)
    office.write("plans/moi.yaml", new.replace("12/KH-SM", "30/KH-SM").replace("2022-07-08", "2023-03-01"))
    diff = office.apply("2023-03-06 09:00").diff
    assert [(one["plan"], one["period"], one["document"], one["on"]) for one in diff["stopped"]] == [
        ("ke-hoach", "2023", "30/KH-SM", date(2023, 3, 1)),
        ("ke-hoach", "2024", "30/KH-SM", date(2023, 3, 1)),
        ("ke-hoach", "once", "30/KH-SM", date(2023, 3, 1)),
    ]
    live(office, "2023-03-06", "2023-03-07", "09:00")
    live(office, "2023-08-18", "2023-08-22")
    assert left(office)[-2:] == ["06/03 notice", "21/08 before-10"]
    live(office, "2023-11-14", "2023-11-16")
    assert not [one for one in entries(office, "reminder") if (one.plan, one.period) == ("ke-hoach", "2023")]
    (office.folder / "plans/ke-hoach.yaml").unlink()
    with pytest.raises(Refused):
        office.apply("2023-11-17 09:00")


def test_a_replacement_without_a_day_is_an_error(office: Office) -> None:
    """Nobody could say from when the old plan is owed no more."""
    given(office)
    new = PLAN.format(more="replaces: ke-hoach", obligations=obligation("moi", "{by: 2023-11-25}"))
    office.write("plans/moi.yaml", new.replace("issued_on: 2022-07-08", "issued_on:"))
    found = check(read_folder(office.folder), date(2022, 7, 11)).errors
    assert [(one.file, one.code) for one in found] == [("plans/moi.yaml", "replaces-undated")]


@pytest.mark.parametrize("what", ["plan", "duty"])
def test_what_has_a_history_is_never_deleted(office: Office, what: str) -> None:
    """A plan file or a duty that is gone is refused with the ways out."""
    given(office)
    office.plan(obligation("khac", "{by: 2022-12-30}"), name="khac")
    if what == "plan":
        (office.folder / "plans/ke-hoach.yaml").unlink()
    else:
        ended_plan(office, obligations=obligation("bao-cao", YEARLY, responsible="so-y-te"))
    with pytest.raises(Refused, match="bỏ việc đang theo dõi") as refused:
        office.apply("2022-08-01 09:00")
    ways = ("plan.ended", "replaces") if what == "plan" else ("ended: {on, by, reason}", "was: mã cũ")
    assert all(way in refused.value.fix for way in ways)


# units that end


def units_with(office: Office, until: str, successors: str) -> None:
    ending = f"name: Sở Y tế\n  to: {until}\n  successor: {successors}\n"
    office.write("units.yaml", UNITS.replace("name: Sở Y tế\n", ending))


def received(office: Office) -> list[str]:
    """What left, day by day, to which contact of a unit."""
    return [
        f"{one.at:%d/%m} {one.rung} {one.recipient}"
        for one in entries(office, "attempt")
        if (one.rung or "").startswith(("notice", "before", "overdue"))
    ]


def test_the_one_successor_of_a_unit_carries_its_duty_on(office: Office) -> None:
    """Merged after the 19th: that day's reminder goes to the old unit, the next to the new one, under the old line."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    live(office, "2022-07-11", "2022-07-12", "09:00")
    units_with(office, "2022-07-19", "so-ngoai-cuoc")
    office.apply("2022-07-13 09:00")
    live(office, "2022-07-14", "2022-08-01")
    assert received(office) == [
        "11/07 notice so-y-te.focal",
        "19/07 before-10 so-y-te.focal",
        "26/07 before-3 so-ngoai-cuoc.focal",
        "29/07 before-0 so-ngoai-cuoc.focal",
        "01/08 overdue-1 so-ngoai-cuoc.focal",
    ]
    assert [one.unit for one in status(office.app, at("2022-08-01 09:00")).assignments] == ["so-y-te"]


def test_between_two_successors_a_duty_waits_to_be_handed_over(office: Office) -> None:
    """Split after the 19th: nothing leaves and the board says so, until it is reassigned; then that unit is told."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    live(office, "2022-07-11", "2022-07-12", "09:00")
    units_with(office, "2022-07-19", "[so-ngoai-cuoc, so-xay-dung]")
    office.apply("2022-07-13 09:00")
    live(office, "2022-07-14", "2022-07-26")
    assert received(office) == ["11/07 notice so-y-te.focal", "19/07 before-10 so-y-te.focal"]
    skipped = [one for one in entries(office, "reminder") if one.rung == "before-3"]
    assert [(one.state, one.answer) for one in skipped] == [("skipped", "đơn vị đã kết thúc, chờ bàn giao")]
    then = status(office.app, at("2022-07-26 09:00"))
    assert (then.outside, then.assignments[0].state) == ({"handed_over": 1}, "Chờ bàn giao")
    assert status(office.app, at("2022-07-26 09:00"), as_of=date(2022, 7, 19)).outside == {}
    decision = Decision(date(2022, 7, 27), "Mai", "8/QĐ")
    reassign(office.app, Address("K1-0001"), decision, at("2022-07-27 09:00"), to="so-xay-dung")
    live(office, "2022-07-27", "2022-08-01", "09:00")
    assert received(office)[2:] == [
        "27/07 notice so-xay-dung.focal",
        "29/07 before-0 so-xay-dung.focal",
        "01/08 overdue-1 so-xay-dung.focal",
    ]
    now = status(office.app, at("2022-07-27 10:00"))
    assert (now.outside, now.assignments[0].unit, now.assignments[0].class_) == ({}, "so-y-te", "open_in_time")
