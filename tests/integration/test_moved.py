"""A deadline moves only with a reason, and everybody concerned gets just what follows from it, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.answering.decisions import Decision, extend
from obligations.cases.configuring import applying, forecasting
from obligations.cases.configuring.checking import check
from obligations.cases.reading.status import Standing, status
from obligations.cases.reminding.planning import plan_due
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import Event
from tests.life import entries, left, live, run
from tests.offices import Office, at, obligation

NOTICE = "2022-07-11 09:00"
CORRECTED = "moved: {correction: gõ nhầm ngày}"
AMENDED = "moved: {amended_by: 20/KH-SM}"


def plan(office: Office, deadline: str, more: str = "", responsible: str = "so-y-te") -> None:
    office.plan(obligation("bao-cao", deadline, responsible=responsible, more=more))


def given(office: Office, deadline: str, responsible: str = "so-y-te") -> None:
    """A duty applied at nine on Monday the 11th, whose notice has left."""
    plan(office, deadline, responsible=responsible)
    office.apply(NOTICE)
    run(office, NOTICE)


def row(office: Office, when: str, **asked: Any) -> Standing:
    return status(office.app, at(when), **asked).assignments[0]


def moves(office: Office) -> list[tuple[Any, ...]]:
    """Every recorded move: to which day, why, by which document."""
    with reading(office.app.engine) as session:
        found = session.exec(select(Event).where(Event.kind == "due_moved").order_by(Event.id)).all()  # type: ignore[arg-type]
        return [(one.payload["due_on"], one.payload["why"], one.document) for one in found]


def done(office: Office, code: str, on: date, when: str) -> None:
    submit(office.app, Address(code), Submission(on), at(when), by="Mai")
    confirm(office.app, Address(code), on, at(when), by="Mai")


# with a reason


def test_a_correction_moves_the_date_and_the_unit_hears_of_it_once(office: Office) -> None:
    """Corrected on the 20th: one notice of the new date that day, nothing of the old one any more, then its ladder."""
    given(office, "{by: 2022-07-29}")
    live(office, "2022-07-12", "2022-07-19")
    plan(office, "{by: 2022-08-12}", CORRECTED)
    office.apply("2022-07-20 09:00")
    live(office, "2022-07-20", "2022-08-15", "09:00")
    assert left(office) == [
        "11/07 notice",
        "19/07 before-10",
        "20/07 notice",
        "02/08 before-10",
        "09/08 before-3",
        "12/08 before-0",
        "15/08 overdue-1",
    ]
    after = row(office, "2022-07-20 10:00")
    assert (after.due_on, after.original_due_on) == (date(2022, 8, 12), date(2022, 8, 12)), "the original is restated"
    before = row(office, "2022-07-20 10:00", as_of=date(2022, 7, 19))
    assert (before.due_on, before.original_due_on) == (date(2022, 7, 29), date(2022, 7, 29))
    assert moves(office) == [("2022-08-12", "correction", None)]


def test_a_move_in_the_evening_is_told_in_office_hours(office: Office) -> None:
    """Applied at eight in the evening of a Friday: its notice leaves on Monday morning, and not on Saturday."""
    given(office, "{by: 2022-07-29}")
    plan(office, "{by: 2022-08-31}", AMENDED)
    office.apply("2022-07-15 20:00")
    assert run(office, "2022-07-15 20:01").sent == 0
    assert run(office, "2022-07-16 09:00").sent == 0
    assert run(office, "2022-07-18 07:31").sent == 1
    assert left(office) == ["11/07 notice", "18/07 notice"]


def test_an_amendment_keeps_the_original_date(office: Office) -> None:
    """Done on 5 August: late by the original 29 July, on time by the amended 12 August."""
    given(office, "{by: 2022-07-29}")
    plan(office, "{by: 2022-08-12}", AMENDED)
    office.apply("2022-07-20 09:00")
    done(office, "K1-0001", date(2022, 8, 5), "2022-08-05 10:00")
    found = status(office.app, at("2022-08-06 09:00"))
    assert (found.current["done_in_time"], found.original["done_late"]) == (1, 1)
    assert moves(office) == [("2022-08-12", "amended_by", "20/KH-SM")]


def test_another_hour_of_the_same_day_is_a_move_too(office: Office) -> None:
    """From the end of the day to two in the afternoon: with a reason only, and the unit is told."""
    given(office, "{by: 2022-07-29}")
    plan(office, "{by: 2022-07-29, at: '14:00'}")
    with pytest.raises(Refused, match="29/7/2022 → 14:00 29/7/2022"):
        office.apply("2022-07-12 09:00")
    plan(office, "{by: 2022-07-29, at: '14:00'}", AMENDED)
    office.apply("2022-07-12 09:00")
    live(office, "2022-07-12", "2022-07-19", "09:00")
    assert left(office) == ["11/07 notice", "12/07 notice", "19/07 before-10"]
    assert row(office, "2022-07-29 13:59").class_ == "open_in_time"
    assert row(office, "2022-07-29 14:01").class_ == "open_overdue"


def test_a_done_duty_moves_too_and_earlier_days_stay(office: Office) -> None:
    """Statistics follow the document from the day it is applied: done late becomes in time, yesterday stays late."""
    given(office, "{by: 2022-07-15}")
    done(office, "K1-0001", date(2022, 7, 18), "2022-07-18 10:00")
    plan(office, "{by: 2022-07-20}", CORRECTED)
    office.apply("2022-07-22 09:00")
    assert row(office, "2022-07-22 10:00").class_ == "done_in_time"
    assert row(office, "2022-07-22 10:00", as_of=date(2022, 7, 21)).class_ == "done_late"
    live(office, "2022-07-22", "2022-07-29", "09:30")
    assert not [one for one in left(office) if one > "22" and "notice" in one], "nothing is asked of what is done"


def test_a_rung_that_left_two_days_ago_is_not_repeated_for_the_new_date(office: Office) -> None:
    """before-10 left on the 19th for the 29th; the date moves to the 31st: its before-10 of the 21st is skipped."""
    given(office, "{by: 2022-07-29}")
    live(office, "2022-07-12", "2022-07-19")
    plan(office, "{by: 2022-07-31}", CORRECTED)
    office.apply("2022-07-19 09:00")
    live(office, "2022-07-19", "2022-07-30", "09:00")
    assert left(office) == ["11/07 notice", "19/07 before-10", "19/07 notice", "28/07 before-3", "29/07 before-0"]
    skipped = [one for one in entries(office, "reminder") if one.state == "skipped"]
    assert [(one.rung, one.answer) for one in skipped] == [("before-10", "đã nhắc theo hạn cũ")]


def test_an_unsent_reminder_of_the_old_date_is_superseded(office: Office) -> None:
    """Planned for the old date while the channel rested: after the move only the new date is spoken of."""
    given(office, "{by: 2022-07-29}")
    run(office, "2022-07-18 08:01")
    plan_due(office.app, at("2022-07-19 08:01"))
    plan(office, "{by: 2022-08-31}", AMENDED)
    office.apply("2022-07-19 08:10")
    live(office, "2022-07-19", "2022-07-20", "09:00")
    assert left(office) == ["11/07 notice", "19/07 notice"]
    assert [one.answer for one in entries(office, "reminder") if one.state == "superseded"] == ["hạn đã đổi"]


def test_going_back_to_the_old_date_resumes_its_ladder(office: Office) -> None:
    """Amended and amended back before its day: one notice each time, then what was still to come of the old ladder."""
    given(office, "{by: 2022-07-29}")
    live(office, "2022-07-12", "2022-07-19")
    plan(office, "{by: 2022-08-31}", AMENDED)
    office.apply("2022-07-20 09:00")
    run(office, "2022-07-20 09:00")
    plan(office, "{by: 2022-07-29}", "moved: {amended_by: 25/KH-SM}")
    office.apply("2022-07-21 09:00")
    live(office, "2022-07-21", "2022-07-29", "09:00")
    assert left(office) == [
        "11/07 notice",
        "19/07 before-10",
        "20/07 notice",
        "21/07 notice",
        "26/07 before-3",
        "29/07 before-0",
    ]


def test_an_extension_stands_over_an_earlier_plan_date(office: Office) -> None:
    """Extended to 31 August: an amendment to the 12th changes nothing for the unit; one to 15 September moves it."""
    given(office, "{by: 2022-07-29}")
    decision = Decision(date(2022, 7, 12), "Mai", "3/CV")
    extend(office.app, Address("K1-0001"), decision, at("2022-07-12 10:00"), to=date(2022, 8, 31), granted_by="GĐ")
    run(office, "2022-07-12 10:01")
    plan(office, "{by: 2022-08-12}", AMENDED)
    office.apply("2022-07-13 09:00")
    run(office, "2022-07-13 09:00")
    assert row(office, "2022-07-13 10:00").due_on == date(2022, 8, 31)
    assert left(office) == ["11/07 notice", "12/07 notice"]
    plan(office, "{by: 2022-09-15}", "moved: {amended_by: 30/KH-SM}")
    office.apply("2022-07-14 09:00")
    run(office, "2022-07-14 09:00")
    assert row(office, "2022-07-14 10:00").due_on == date(2022, 9, 15)
    assert left(office)[2:] == ["14/07 notice"]


def test_a_document_fixes_the_day_of_a_bare_year(office: Office) -> None:
    """`fixed_by` moves just its period, by its document; no other word is needed."""
    given(office, "{every: year, from: 2022, to: 2023}")
    plan(office, "{every: year, from: 2022, to: 2023}", "fixed_by: {document: 9/CV, due: 2022-11-30, period: 2022}")
    diff = office.apply("2022-07-20 09:00").diff
    assert [(one["from"], one["to"], one["why"], one["document"]) for one in diff["moved"]] == [
        (date(2022, 12, 31), date(2022, 11, 30), "fixed_by", "9/CV")
    ]
    assert {one.period: one.due_on for one in status(office.app, at("2022-07-20 10:00")).assignments} == {
        "2022": date(2022, 11, 30),
        "2023": date(2023, 12, 31),
    }
    plan(office, "{every: year, from: 2022, to: 2023}")
    with pytest.raises(Refused, match="dời hạn đã ghi sổ"):
        office.apply("2022-07-21 09:00")


# without one


def test_a_silent_move_is_refused_with_what_to_write(office: Office) -> None:
    """The refusal names both reasons; a reason that stood there for an earlier move is not one for this."""
    given(office, "{by: 2022-07-29}")
    plan(office, "{by: 2022-08-12}")
    with pytest.raises(Refused, match="dời hạn đã ghi sổ: “Việc bao-cao”, Sở Y tế") as refused:
        office.apply("2022-07-20 09:00")
    assert "moved: {correction: lý do}" in refused.value.fix
    assert "moved: {amended_by: số văn bản}" in refused.value.fix
    plan(office, "{by: 2022-08-12}", CORRECTED)
    office.apply("2022-07-20 09:00")
    plan(office, "{by: 2022-08-31}", CORRECTED)
    with pytest.raises(Refused) as refused:
        office.apply("2022-07-21 09:00")
    assert "moved đang ghi là của lần dời trước" in refused.value.fix
    plan(office, "{by: 2022-08-12}", CORRECTED)
    assert office.apply("2022-07-22 09:00").diff["moved"] == [], "the reason may stay in the file"


def test_another_reading_of_before_is_refused(office: Office) -> None:
    """`before_reading` would move every *trước ngày*: refused, and the message says to put it back."""
    given(office, "{before: 2022-07-29}")
    page = (office.folder / "office.yaml").read_text("utf-8")
    office.write("office.yaml", page + "before_reading: full-day\n")
    with pytest.raises(Refused, match="28/7/2022 → 29/7/2022") as refused:
        office.apply("2022-07-20 09:00")
    assert "before_reading" in refused.value.fix
    assert row(office, "2022-07-20 09:00").due_on == date(2022, 7, 28)


def test_what_an_apply_is_refused_for_stands_in_its_preview(office: Office) -> None:
    """The diff shows the silent move without a reason, and what the refusal would say."""
    given(office, "{by: 2022-07-29}")
    plan(office, "{by: 2022-08-12}")
    diff = applying.preview(office.app, read_folder(office.folder), at("2022-07-20 09:00")).diff
    assert diff["refused"]["code"] == "moves-deadline"
    assert [(one["from"], one["to"], one["why"]) for one in diff["moved"]] == [
        (date(2022, 7, 29), date(2022, 8, 12), None)
    ]


# the calendar

TEN_WORKING_DAYS = "{after: issued, working_days: 10}"
DAY_OFF = "days_off: [{on: 2022-07-15, name: Nghỉ bù, document: 1/QĐ}]\n"


def test_a_new_day_off_moves_what_is_open_and_not_past_due(office: Office) -> None:
    """Ten working days from the 8th end on the 22nd; with the 15th off on the 25th: for the open one alone."""
    given(office, TEN_WORKING_DAYS, "cac-so")
    done(office, "K1-0001", date(2022, 7, 12), "2022-07-12 10:00")
    office.write("calendar.yaml", DAY_OFF)
    diff = office.apply("2022-07-13 09:00").diff
    assert [(one["unit"], one["why"]) for one in diff["moved"]] == [("so-xay-dung", "calendar")]
    rows = {one.unit: one.due_on for one in status(office.app, at("2022-07-13 10:00")).assignments}
    assert rows == {"so-y-te": date(2022, 7, 22), "so-xay-dung": date(2022, 7, 25)}
    live(office, "2022-07-13", "2022-07-25", "09:00")
    assert left(office, "so-xay-dung") == [
        "11/07 notice",
        "13/07 notice",
        "14/07 before-10",
        "18/07 after-break",
        "22/07 before-3",
        "25/07 before-0",
    ]
    office.plan(obligation("bao-cao", TEN_WORKING_DAYS), obligation("them", "{by: 2022-12-30}"))
    assert office.apply("2022-07-26 09:00").diff["moved"] == [], "what was left is never complained of again"


def test_the_calendar_leaves_what_is_past_due(office: Office) -> None:
    """Published a week too late, a day off does not move what is overdue already; nothing is refused for it."""
    given(office, TEN_WORKING_DAYS)
    office.write("calendar.yaml", DAY_OFF)
    assert office.apply("2022-07-25 09:00").diff["moved"] == []
    assert row(office, "2022-07-25 10:00").due_on == date(2022, 7, 22)


def test_a_duty_counted_from_another_follows_the_calendar(office: Office) -> None:
    """Five working days from a completion on the 12th end on the 19th; with the 15th off on the 20th."""
    first = obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te")
    office.plan(first, obligation("bao-cao", "{after: khao-sat, working_days: 5}", responsible="so-y-te"))
    office.apply(NOTICE)
    done(office, "K1-0001", date(2022, 7, 12), "2022-07-12 10:00")
    office.write("calendar.yaml", DAY_OFF)
    diff = office.apply("2022-07-13 09:00").diff
    assert [(one["from"], one["to"], one["why"]) for one in diff["moved"]] == [
        (date(2022, 7, 19), date(2022, 7, 20), "calendar")
    ]
    dated = {one.obligation: one.due_on for one in status(office.app, at("2022-07-13 10:00")).assignments}
    assert dated["bao-cao"] == date(2022, 7, 20)


def test_a_duty_counted_from_another_and_past_due_stays_when_the_plan_gains_one(office: Office) -> None:
    """Due on the 19th; on the 25th the 15th turns out to have been off, and the same edit brings a new duty."""
    first = obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te")
    counted = obligation("bao-cao", "{after: khao-sat, working_days: 5}", responsible="so-y-te")
    office.plan(first, counted)
    office.apply(NOTICE)
    done(office, "K1-0001", date(2022, 7, 12), "2022-07-12 10:00")
    office.write("calendar.yaml", DAY_OFF)
    late = obligation("bao-cao-sau", "{after: khao-sat, working_days: 20}", responsible="so-y-te")
    office.plan(first, counted, late)
    assert office.apply("2022-07-25 09:00").diff["moved"] == []
    dated = {one.obligation: one.due_on for one in status(office.app, at("2022-07-25 10:00")).assignments}
    assert dated["bao-cao"] == date(2022, 7, 19)
    assert dated["bao-cao-sau"] == date(2022, 8, 10), "the twentieth working day after the 12th, but for the 15th"


# another rule


def test_a_count_is_amended_with_its_document(office: Office) -> None:
    """Ten days from a completion become thirty: refused without a word, moved with one."""
    first = obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te")
    counted = "{{after: khao-sat, days: {}}}"
    office.plan(first, obligation("bao-cao", counted.format(10), responsible="so-y-te"))
    office.apply(NOTICE)
    done(office, "K1-0001", date(2022, 7, 12), "2022-07-12 10:00")
    office.plan(first, obligation("bao-cao", counted.format(30), responsible="so-y-te"))
    with pytest.raises(Refused, match="dời hạn"):
        office.apply("2022-07-13 09:00")
    office.plan(first, obligation("bao-cao", counted.format(30), responsible="so-y-te", more=AMENDED))
    office.apply("2022-07-13 09:00")
    assert moves(office) == [("2022-08-11", "amended_by", "20/KH-SM")]


def test_a_duty_that_waited_gets_its_day_with_a_reason(office: Office) -> None:
    """From *chờ mốc* to a fixed day at two in the afternoon: refused without a word; with one its notice leaves."""
    given(office, "{after: 'event:ket-luan', days: 5}")
    plan(office, "{by: 2022-08-31, at: '14:00'}")
    with pytest.raises(Refused, match="chờ mốc → 14:00 31/8/2022"):
        office.apply("2022-07-20 09:00")
    plan(office, "{by: 2022-08-31, at: '14:00'}", AMENDED)
    office.apply("2022-07-20 09:00")
    found = row(office, "2022-07-20 10:00")
    assert (found.due_on, found.at, found.original_due_on) == (date(2022, 8, 31), "14:00", date(2022, 8, 31))
    run(office, "2022-07-20 09:00")
    assert left(office) == ["20/07 notice"]


def test_periods_that_a_document_drops_are_stopped_and_come_back_with_another(office: Office) -> None:
    """2022 to 2024 becomes 2022 to 2023: 2024 is stopped by the document; a later one brings it back."""
    yearly = "{{every: year, by: 11-25, from: 2022, to: {}}}"
    given(office, yearly.format(2024))
    plan(office, yearly.format(2023))
    with pytest.raises(Refused, match="bỏ việc đang theo dõi: “Việc bao-cao”, Sở Y tế, kỳ 2024"):
        office.apply("2022-07-20 09:00")
    plan(office, yearly.format(2023), AMENDED)
    diff = office.apply("2022-07-20 09:00").diff
    assert [(one["period"], one["document"]) for one in diff["stopped"]] == [("2024", "20/KH-SM")]
    assert status(office.app, at("2022-07-20 10:00")).outside == {"stopped": 1}
    assert office.apply("2022-07-21 09:00").diff["lost"] == []
    plan(office, yearly.format(2025), "moved: {amended_by: 30/KH-SM}")
    diff = office.apply("2022-07-22 09:00").diff
    assert [one["period"] for one in diff["reopened"]] == ["2024"]
    assert [one["period"] for one in diff["gained"]] == ["2025"]
    assert status(office.app, at("2022-07-22 10:00")).outside == {}


def test_another_rhythm_gives_other_periods_and_one_notice(office: Office) -> None:
    """A yearly report becomes half-yearly: the year's is stopped, the half-years come, and the unit is told once."""
    given(office, "{every: year, by: 11-25, from: 2022, to: 2022}")
    plan(office, "{every: half-year, by: [06-15, 12-15], from: 2022-H2, to: 2023-H1}", AMENDED)
    office.apply("2022-07-20 09:00")
    live(office, "2022-07-20", "2022-07-22", "09:00")
    assert left(office) == ["11/07 notice", "20/07 notice"]
    rows = {one.period: one.class_ for one in status(office.app, at("2022-07-20 10:00")).assignments}
    assert rows == {"2022": "stopped", "2022-H2": "open_in_time", "2023-H1": "open_in_time"}


def test_a_rhythm_may_give_way_to_a_count(office: Office) -> None:
    """Yearly reports become one, ten days after a conclusion: the years are stopped, the one waits for its event."""
    given(office, "{every: year, by: 11-25, from: 2022, to: 2023}")
    plan(office, "{after: 'event:ket-luan', days: 10}", AMENDED)
    diff = office.apply("2022-07-20 09:00").diff
    assert ([one["period"] for one in diff["stopped"]], diff["moved"]) == (["2022", "2023"], [])
    rows = {one.period: (one.due_on, one.state) for one in status(office.app, at("2022-07-20 10:00")).assignments}
    assert rows["once"] == (None, "Chờ mốc")


def test_a_rule_that_moves_far_keeps_its_periods(office: Office) -> None:
    """An endless duty whose day moves into the year after: the recorded periods move, none is dropped."""
    given(office, "{every: year, by: 11-25}")
    plan(office, "{every: year, by: 03-31, offset: 1, from: 2022}", AMENDED)
    office.apply("2022-07-20 09:00")
    rows = {one.period: (one.due_on, one.class_) for one in status(office.app, at("2022-07-20 10:00")).assignments}
    assert rows == {
        "2022": (date(2023, 3, 31), "open_in_time"),
        "2023": (date(2024, 3, 31), "open_in_time"),
    }


# foreseen


def foreseen(office: Office, when: str, last: date) -> list[str]:
    """What the draft on disk would make leave for units: `20/07 notice`."""
    configuration = check(read_folder(office.folder), at(when).date()).required()
    rows = forecasting.ahead(office.app, configuration, at(when).date(), last, at(when))
    return [f"{one.on:%d/%m} {one.rung}" for one in rows if one.audience == "unit"]


@pytest.mark.parametrize(
    ("deadline", "more"),
    [
        ("{by: 2022-08-12}", CORRECTED),
        ("{by: 2022-07-29}", "ended: {on: 2022-07-22, by: 45/QĐ, reason: thôi}"),
        ("{by: 2022-07-29}", ""),
    ],
)
def test_a_forecast_of_a_draft_is_what_then_leaves(office: Office, deadline: str, more: str) -> None:
    """Before it is applied the forecast names the moved ladder; then that, and nothing else, leaves."""
    given(office, "{by: 2022-07-29}")
    live(office, "2022-07-12", "2022-07-19")
    plan(office, deadline, more)
    promised = foreseen(office, "2022-07-20 09:00", date(2022, 8, 26))
    diff = office.apply("2022-07-20 09:00").diff
    live(office, "2022-07-20", "2022-08-26", "09:00")
    assert left(office)[2:] == promised
    assert promised or "ended" in more
    assert (diff["messages_next_12_months"] == 0) == ("ended" in more)
