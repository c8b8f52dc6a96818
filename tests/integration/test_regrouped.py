"""Ids and groups that change under a plan that is followed; and the way back: `was`, `--members`, `--rollback`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from obligations.cases import applied
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.answering.decisions import Decision, waive
from obligations.cases.configuring import applying, holders
from obligations.cases.ledger.records import events_of, projected
from obligations.cases.reading.status import status
from obligations.cli import output
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.domain.facts import fold
from obligations.store.database import reading
from obligations.store.tables import Assignment, Event, Member
from tests.integration.test_cli import Desk
from tests.life import entries, left, live, run
from tests.offices import UNITS, Office, at, obligation

NOTICE = "2022-07-11 09:00"
YEARLY = "{every: year, by: 11-25, from: 2022, to: 2024}"
MONTHLY = "{every: month, by: 25, from: 2022-07, to: 2022-10}"


def given(office: Office, *obligations: str) -> None:
    """Duties applied at nine on Monday the 11th, whose notices have left."""
    office.plan(*obligations)
    office.apply(NOTICE)
    run(office, NOTICE)


def regroup(office: Office, members: str) -> None:
    office.write("units.yaml", UNITS.replace("[so-y-te, so-xay-dung]", members))


def take_in(office: Office, when: str) -> dict[str, Any]:
    """Apply with `--members` of the one plan; the diff."""
    texts = read_folder(office.folder)
    return applying.apply(office.app, texts, at(when), by="thư ký", members=["ke-hoach"]).diff


def owed(office: Office, when: str, **asked: Any) -> dict[tuple[str, str, str], str]:
    """The class of each assignment by obligation, unit and period."""
    rows = status(office.app, at(when), **asked).assignments
    return {(one.obligation, one.unit, one.period): one.class_ for one in rows}


def as_told(office: Office) -> None:
    """Who owes, and every assignment's row, are what their events tell."""
    with reading(office.app.engine) as session:
        rows = {(one.plan, one.obligation, one.unit): one.since for one in session.exec(select(Member))}
        told = holders.told_again(session)
        assert rows == {(*name, unit): since for name, units in told.items() for unit, since in units.items()}
        for row in session.exec(select(Assignment)):
            columns = projected(fold(events_of(session, row.id or 0)))
            assert columns == {name: getattr(row, name) for name in columns}


# was


def test_a_renamed_duty_keeps_its_history_and_sends_nothing(office: Office) -> None:
    """Only the id changes: same codes, same ladder, no notice; as of yesterday it bears the old id."""
    given(office, obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    live(office, "2022-07-12", "2022-07-19")
    renamed = obligation("bao-cao-nam", "{by: 2022-07-29}", responsible="so-y-te", more="was: bao-cao")
    office.plan(renamed)
    diff = office.apply("2022-07-20 09:00").diff
    assert [(one["was"], one["obligation"]) for one in diff["renamed"]] == [("bao-cao", "bao-cao-nam")]
    assert (diff["gained"], diff["lost"]) == ([], [])
    live(office, "2022-07-20", "2022-07-29", "09:00")
    assert left(office) == ["11/07 notice", "19/07 before-10", "26/07 before-3", "29/07 before-0"]
    found = status(office.app, at("2022-07-29 10:00")).assignments[0]
    assert (found.obligation, found.code) == ("bao-cao-nam", "K1-0001")
    then = status(office.app, at("2022-07-29 10:00"), as_of=date(2022, 7, 19)).assignments[0]
    assert then.obligation == "bao-cao"
    office.plan(renamed, obligation("khac", "{by: 2022-12-30}", responsible="so-y-te"))
    assert office.apply("2022-08-01 09:00").diff["renamed"] == [], "`was` may stay in the file for ever"
    as_told(office)


def test_what_counts_from_a_renamed_duty_follows_it(office: Office) -> None:
    """`after:` names the new id: the same rule, nothing moved, and dated by its completion."""
    given(
        office,
        obligation("khao-sat", "{by: 2022-07-20}", responsible="so-y-te"),
        obligation("bao-cao", "{after: khao-sat, days: 10}", responsible="so-y-te"),
    )
    office.plan(
        obligation("dieu-tra", "{by: 2022-07-20}", responsible="so-y-te", more="was: khao-sat"),
        obligation("bao-cao", "{after: dieu-tra, days: 10}", responsible="so-y-te"),
    )
    assert office.apply("2022-07-12 09:00").diff["moved"] == []
    submit(office.app, Address("K1-0001"), Submission(date(2022, 7, 12)), at("2022-07-12 10:00"), by="Mai")
    confirm(office.app, Address("K1-0001"), date(2022, 7, 12), at("2022-07-12 10:00"), by="Mai")
    dated = {one.obligation: one.due_on for one in status(office.app, at("2022-07-12 11:00")).assignments}
    assert dated == {"dieu-tra": date(2022, 7, 20), "bao-cao": date(2022, 7, 22)}


def test_a_renamed_duty_may_move_in_the_same_apply_with_its_reason(office: Office) -> None:
    given(office, obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.plan(obligation("bao-cao-nam", "{by: 2022-08-12}", responsible="so-y-te", more="was: bao-cao"))
    with pytest.raises(Refused, match="dời hạn đã ghi sổ"):
        office.apply("2022-07-20 09:00")
    more = "was: bao-cao\n  moved: {correction: gõ nhầm}"
    office.plan(obligation("bao-cao-nam", "{by: 2022-08-12}", responsible="so-y-te", more=more))
    office.apply("2022-07-20 09:00")
    found = status(office.app, at("2022-07-20 10:00")).assignments[0]
    assert (found.obligation, found.due_on) == ("bao-cao-nam", date(2022, 8, 12))


def test_an_id_that_other_duties_have_is_refused(office: Office) -> None:
    """`was` may not make one duty of two."""
    given(office, obligation("mot", "{by: 2022-07-29}"), obligation("hai", "{by: 2022-07-29}"))
    office.plan(obligation("hai", "{by: 2022-07-29}", more="was: mot"))
    with pytest.raises(Refused, match="hai đã là mã của việc khác"):
        office.apply("2022-07-20 09:00")


# --members


def test_a_changed_group_is_mentioned_and_changes_nothing_by_itself(office: Office) -> None:
    given(office, obligation("bao-cao", YEARLY))
    before = owed(office, "2022-07-12 09:00")
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    diff = office.apply("2022-07-12 09:00").diff
    assert diff["members"] == [
        {
            "plan": "ke-hoach",
            "obligation": "bao-cao",
            "groups": ["cac-so"],
            "joined": ["so-ngoai-cuoc"],
            "left": ["so-xay-dung"],
            "taken": False,
        }
    ]
    assert owed(office, "2022-07-12 10:00") == before


def test_a_changed_group_is_taken_in_for_the_years_that_lie_ahead(office: Office) -> None:
    """2022 has begun: whoever left still owes it, whoever joined owes 2023 on, and hears of that once."""
    given(office, obligation("bao-cao", YEARLY))
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    diff = take_in(office, "2022-07-12 09:00")
    assert [(one["unit"], one["period"]) for one in diff["gained"]] == [
        ("so-ngoai-cuoc", "2023"),
        ("so-ngoai-cuoc", "2024"),
    ]
    assert {(one["unit"], one["period"], one["reason"]) for one in diff["stopped"]} == {
        ("so-xay-dung", "2023", "không còn trong nhóm theo bản đang áp dụng"),
        ("so-xay-dung", "2024", "không còn trong nhóm theo bản đang áp dụng"),
    }
    run(office, "2022-07-12 09:01")
    assert left(office, "so-ngoai-cuoc") == ["12/07 notice"]
    assert owed(office, "2022-07-12 10:00")["bao-cao", "so-xay-dung", "2022"] == "open_in_time"
    office.plan(obligation("bao-cao", YEARLY), obligation("khac", "{by: 2022-12-30}", responsible="so-y-te"))
    diff = office.apply("2022-07-13 09:00").diff
    assert {one["obligation"] for one in diff["gained"]} == {"khac"}, "2022 is not owed by who joined later, ever"
    assert (diff["lost"], diff["stopped"], diff["members"]) == ([], [], [])
    as_told(office)


def test_taking_in_needs_no_other_edit(office: Office) -> None:
    """The group was applied before, without `--members`: the same files with it make a version of their own."""
    given(office, obligation("bao-cao", YEARLY))
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    office.apply("2022-07-12 09:00")
    assert [one["unit"] for one in take_in(office, "2022-07-13 09:00")["gained"]] == ["so-ngoai-cuoc"] * 2
    assert applied.version(office.app) == 3
    assert take_in(office, "2022-07-14 09:00")["gained"] == []
    assert applied.version(office.app) == 3, "and once more changes nothing"


def test_a_duty_owed_once_takes_in_who_joins_before_its_first_reminder(office: Office) -> None:
    """Not yet told of: joined and left at once. The notice has left: it stays as it was given."""
    office.plan(obligation("som", "{by: 2022-09-30}"))
    office.apply("2022-07-09 10:00")
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    diff = take_in(office, "2022-07-09 11:00")
    assert ([one["unit"] for one in diff["gained"]], [one["unit"] for one in diff["stopped"]]) == (
        ["so-ngoai-cuoc"],
        ["so-xay-dung"],
    )
    live(office, "2022-07-11", "2022-07-12", "09:00")
    assert (left(office, "so-ngoai-cuoc"), left(office, "so-xay-dung")) == (["11/07 notice"], [])
    regroup(office, "[so-y-te]")
    diff = take_in(office, "2022-07-13 09:00")
    assert (diff["stopped"], diff["members"]) == ([], [])


def test_a_weekly_duty_takes_in_who_joins_from_the_first_week_not_reminded_of(office: Office) -> None:
    """Reminded of the first two Fridays: whoever joins owes the third and the fourth."""
    given(office, obligation("tuan", "{rrule: FREQ=WEEKLY;BYDAY=FR, from: 2022-07-15, to: 2022-08-05}"))
    live(office, "2022-07-12", "2022-07-12")
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    told = {one.period for one in entries(office, "attempt") if one.unit == "so-y-te"}
    gained = {one["period"] for one in take_in(office, "2022-07-12 09:00")["gained"]}
    assert told == {"2022-07-15", "2022-07-22"}
    assert gained == {"2022-07-29", "2022-08-05"}


def test_an_endless_duty_goes_on_with_the_group_that_was_taken_in(office: Office) -> None:
    """The years that are added later are owed by the members of then."""
    given(office, obligation("bao-cao", "{every: year, by: 11-25}"))
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    take_in(office, "2022-07-12 09:00")
    assert applying.extend(office.app, at("2023-01-02 05:00")) == 2
    units = {unit for _, unit, period in owed(office, "2023-01-02 09:00") if period == "2024"}
    assert units == {"so-y-te", "so-ngoai-cuoc"}


def test_who_left_a_group_follows_what_is_decided_about_the_period_still_owed(office: Office) -> None:
    """An amendment of 2022 and the plan's end reach it, too."""
    given(office, obligation("bao-cao", YEARLY))
    regroup(office, "[so-y-te]")
    take_in(office, "2022-07-12 09:00")
    amended = obligation("bao-cao", YEARLY.replace("11-25", "12-10"), more="moved: {amended_by: 20/KH-SM}")
    office.plan(amended)
    diff = office.apply("2022-07-13 09:00").diff
    assert ("so-xay-dung", "2022") in {(one["unit"], one["period"]) for one in diff["moved"]}
    office.plan(amended.rstrip("\n") + "\n  ended: {on: 2022-10-01, by: 45/QĐ, reason: hết nguồn}\n")
    diff = office.apply("2022-07-14 09:00").diff
    assert ("so-xay-dung", "2022") in {(one["unit"], one["period"]) for one in diff["stopped"]}


def test_an_unknown_plan_takes_nothing_in(office: Office) -> None:
    given(office, obligation("bao-cao", YEARLY))
    with pytest.raises(Refused, match="không có kế hoạch khong-co"):
        applying.apply(office.app, read_folder(office.folder), at("2022-07-12 09:00"), by="tôi", members=["khong-co"])


def test_a_unit_that_was_dropped_with_a_reason_stays_dropped(office: Office) -> None:
    """Named by itself, dropped by a document, named again by another: stopped, left alone, reopened."""
    given(office, obligation("bao-cao", YEARLY, responsible="[so-y-te, so-ngoai-cuoc]"))
    submit(office.app, Address("K1-0002"), Submission(date(2022, 7, 12)), at("2022-07-12 10:00"), by="Mai")
    alone = obligation("bao-cao", YEARLY, responsible="so-y-te", more="moved: {amended_by: 20/KH-SM}")
    office.plan(alone)
    diff = office.apply("2022-07-13 09:00").diff
    assert [(one["unit"], one["period"], one["document"]) for one in diff["stopped"]] == [
        ("so-ngoai-cuoc", "2023", "20/KH-SM"),
        ("so-ngoai-cuoc", "2024", "20/KH-SM"),
    ]
    assert owed(office, "2022-07-13 10:00")["bao-cao", "so-ngoai-cuoc", "2022"] == "submitted"
    office.plan(alone, obligation("khac", "{by: 2022-12-30}", responsible="so-y-te"))
    assert office.apply("2022-07-14 09:00").diff["lost"] == []
    both = obligation("bao-cao", YEARLY, responsible="[so-y-te, so-ngoai-cuoc]", more="moved: {amended_by: 30/KH-SM}")
    office.plan(both, obligation("khac", "{by: 2022-12-30}", responsible="so-y-te"))
    diff = office.apply("2022-07-15 09:00").diff
    assert [(one["unit"], one["period"]) for one in diff["reopened"]] == [
        ("so-ngoai-cuoc", "2023"),
        ("so-ngoai-cuoc", "2024"),
    ]
    as_told(office)


# --rollback


def rollback(office: Office, when: str) -> dict[str, Any]:
    return applying.rollback(office.app, at(when), by="thư ký").diff


def picture(office: Office, when: str) -> Any:
    """Everything that an office sees of its duties."""
    found = status(office.app, at(when))
    return found.current, found.original, found.outside, found.assignments


def test_a_rollback_takes_a_whole_version_back_and_another_brings_it_again(office: Office) -> None:
    """Moved, ended, renamed, regrouped, added: all as before; once more, and all as it was with them."""
    duties = [
        obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"),
        obligation("hai", YEARLY),
        obligation("ba", "{by: 2022-10-31}", responsible="so-y-te"),
    ]
    given(office, *duties)
    first = picture(office, "2022-07-12 08:00")
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    office.plan(
        obligation("mot", "{by: 2022-10-14}", responsible="so-y-te", more="moved: {correction: gõ nhầm}"),
        obligation("hai", YEARLY, more="ended: {on: 2023-12-31, by: 45/QĐ, reason: hết nguồn}"),
        obligation("bon", "{by: 2022-10-31}", responsible="[so-y-te, so-xay-dung]", more="was: ba"),
        obligation("nam", "{by: 2022-08-31}", responsible="so-y-te"),
    ).plan(obligation("khac", "{by: 2022-08-31}", responsible="so-y-te"), name="khac")
    take_in(office, "2022-07-12 09:00")
    run(office, "2022-07-12 09:01")
    second = picture(office, "2022-07-13 08:00")
    diff = rollback(office, "2022-07-13 09:00")
    assert applied.version(office.app) == 3
    assert diff["plans"]["removed"] == ["khac"]
    assert {(one["why"], one["reason"]) for one in diff["moved"]} == {("rollback", "khôi phục bản 1")}
    assert {one["reason"] for one in diff["stopped"]} == {"khôi phục bản 1"}
    back = picture(office, "2022-07-13 10:00")
    known = {one.code for one in first[3]}
    assert [one for one in back[3] if one.code in known] == first[3]
    assert {one.class_ for one in back[3] if one.code not in known} == {"stopped"}
    as_told(office)
    live(office, "2022-07-14", "2022-07-15", "09:00")
    rollback(office, "2022-07-18 09:00")
    assert picture(office, "2022-07-18 10:00") == second
    as_told(office)
    rollback(office, "2022-07-19 09:00")
    assert picture(office, "2022-07-19 10:00") == back


def test_only_the_version_looked_at_is_taken_back_or_followed_by_another(office: Office) -> None:
    """What somebody applied meanwhile was never shown: it is neither lost nor taken back."""
    given(office, obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"))
    older = read_folder(office.folder)
    office.plan(obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"), obligation("hai", "{by: 2022-09-30}"))
    office.apply("2022-07-12 09:00")
    with pytest.raises(Refused, match="vừa áp dụng"):
        applying.rollback(office.app, at("2022-07-12 09:01"), by="thư ký", over=1)
    with pytest.raises(Refused, match="vừa áp dụng"):
        applying.apply(office.app, older, at("2022-07-12 09:01"), by="thư ký", over=1)
    assert applied.version(office.app) == 2
    assert applying.rollback(office.app, at("2022-07-12 09:02"), by="thư ký", over=2).version == 3


def test_after_a_rollback_nothing_of_the_version_taken_back_leaves(office: Office) -> None:
    """A plan applied by mistake is gone before its notice left, and its sent result waits for nobody."""
    given(office, obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"))
    office.plan(obligation("nham", "{by: 2022-07-22}"), name="nham")
    office.apply("2022-07-12 19:00")
    submit(office.app, Address("K2-0001"), Submission(date(2022, 7, 12)), at("2022-07-12 19:10"), by="Mai")
    rollback(office, "2022-07-12 19:30")
    live(office, "2022-07-13", "2022-08-05", "09:00")
    assert left(office) == ["11/07 notice"]
    assert status(office.app, at("2022-08-05 10:00")).outside == {"stopped": 2}


def test_a_rollback_reopens_what_the_version_stopped_but_not_what_a_person_waived(office: Office) -> None:
    given(office, obligation("hai", YEARLY, responsible="so-y-te"))
    waive(office.app, Address("K1-0003"), Decision(date(2022, 7, 12), "Mai"), at("2022-07-12 09:00"))
    office.plan(
        obligation("hai", YEARLY, responsible="so-y-te", more="ended: {on: 2022-12-31, by: 45/QĐ, reason: thôi}")
    )
    office.apply("2022-07-12 10:00")
    assert [one["period"] for one in rollback(office, "2022-07-13 09:00")["reopened"]] == ["2023"]
    classes = owed(office, "2022-07-13 10:00")
    assert classes["hai", "so-y-te", "2024"] == "waived"


def test_a_mistaken_plan_comes_back_when_it_is_applied_again(office: Office) -> None:
    """Rolled back and applied again: the same assignments, reopened; another date still needs its reason."""
    given(office, obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"))
    office.plan(obligation("nham", "{by: 2022-08-22}", responsible="so-y-te"), name="nham")
    office.apply("2022-07-12 09:00")
    rollback(office, "2022-07-13 09:00")
    office.plan(obligation("nham", "{by: 2022-08-29}", responsible="so-y-te"), name="nham")
    with pytest.raises(Refused, match="dời hạn đã ghi sổ"):
        office.apply("2022-07-14 09:00")
    more = "moved: {correction: gõ nhầm ngày}"
    office.plan(obligation("nham", "{by: 2022-08-29}", responsible="so-y-te", more=more), name="nham")
    diff = office.apply("2022-07-14 09:00").diff
    assert (len(diff["reopened"]), len(diff["moved"]), diff["gained"]) == (1, 1, [])
    found = {one.code: (one.due_on, one.class_) for one in status(office.app, at("2022-07-14 10:00")).assignments}
    assert found["K2-0001"] == (date(2022, 8, 29), "open_in_time")


def test_there_is_nothing_before_the_first_version(office: Office) -> None:
    given(office, obligation("mot", "{by: 2022-09-30}"))
    with pytest.raises(Refused, match="chưa có bản nào trước"):
        applying.rollback(office.app, at("2022-07-12 09:00"), by="tôi")


def test_a_rollback_may_be_looked_at_first(office: Office) -> None:
    """Its preview changes nothing."""
    given(office, obligation("mot", "{by: 2022-09-30}"))
    office.plan(obligation("mot", "{by: 2022-10-31}", more="moved: {amended_by: 20/KH-SM}"))
    office.apply("2022-07-12 09:00")
    shown = applying.preview_rollback(office.app, at("2022-07-13 09:00"))
    assert (shown.applied, {one["why"] for one in shown.diff["moved"]}) == (False, {"rollback"})
    assert applied.version(office.app) == 2


# the rest


def test_a_decision_recorded_during_a_slow_apply_is_seen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's result comes in between our look and our write: it is kept, and not stopped."""
    given(office, obligation("hai", YEARLY, responsible="so-y-te"))
    office.plan(
        obligation("hai", YEARLY, responsible="so-y-te", more="ended: {on: 2022-12-31, by: 45/QĐ, reason: thôi}")
    )

    def meanwhile(*_: object, **__: object) -> None:
        submit(office.app, Address("K1-0002"), Submission(date(2022, 7, 12)), at("2022-07-12 09:00"), by="Mai")

    monkeypatch.setattr(applying, "plan_due", meanwhile)
    office.apply("2022-07-12 09:00")
    classes = owed(office, "2022-07-12 10:00")
    assert (classes["hai", "so-y-te", "2023"], classes["hai", "so-y-te", "2024"]) == ("submitted", "stopped")


def test_what_an_apply_stops_says_so_in_its_events(office: Office) -> None:
    """A person's stop is none that an apply would take back."""
    given(office, obligation("hai", YEARLY, responsible="so-y-te"))
    office.plan(
        obligation("hai", YEARLY, responsible="so-y-te", more="ended: {on: 2022-12-31, by: 45/QĐ, reason: thôi}")
    )
    office.apply("2022-07-12 09:00")
    with reading(office.app.engine) as session:
        stops = session.exec(select(Event).where(Event.kind == "stopped")).all()
        assert [(one.payload["apply"], one.document) for one in stops] == [(True, "45/QĐ")] * 2


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """At the command line of the office, on a wide screen."""
    monkeypatch.setenv("DONDOC_CONFIG", str(office.folder))
    monkeypatch.setenv("DONDOC_HOME", str(office.home))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.database_url or "")
    monkeypatch.setattr(output.people, "_width", 200)
    return Desk(monkeypatch, capsys)


def test_the_command_line_tells_every_kind_in_words(office: Office, desk: Desk) -> None:
    """Moved, stopped, renamed, a group that waits to be taken in; what has no reason is shown and refused."""
    given(office, obligation("mot", "{by: 2022-09-30}", responsible="so-y-te"), obligation("hai", YEARLY))
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    office.plan(obligation("mot", "{by: 2022-10-14}", responsible="so-y-te"), obligation("hai", YEARLY))
    shown = desk.clock("2022-07-12 09:00").dondoc("apply").ended(1)
    assert "30/09/2022 → 14/10/2022" in shown.out
    assert "chưa ghi lý do" in shown.out
    assert "moved: {correction: lý do}" in shown.err
    office.plan(
        obligation("mot", "{by: 2022-10-14}", responsible="so-y-te", more="moved: {amended_by: 20/KH-SM}"),
        obligation("ba", YEARLY, more="was: hai\n  ended: {on: 2022-12-31, by: 45/QĐ, reason: hết nguồn}"),
    )
    applied_ = desk.dondoc("apply", "--yes").ended(0).out
    for words in (
        "Dời hạn: 1 đầu việc",
        "điều chỉnh theo 20/KH-SM",
        "Dừng: 4 đầu việc",
        "45/QĐ: hết nguồn",
        "hai → ba",
    ):
        assert words in applied_
    assert "nhóm Các sở" not in applied_, "of an ended duty nothing lies ahead"


def test_the_command_line_takes_a_group_in_and_rolls_back(office: Office, desk: Desk) -> None:
    given(office, obligation("hai", YEARLY))
    regroup(office, "[so-y-te, so-ngoai-cuoc]")
    hint = desk.clock("2022-07-12 09:00").dondoc("apply", "--yes").ended(0).out
    assert "nhóm Các sở: thêm Sở Ngoài cuộc; bớt Sở Xây dựng: thêm --members ke-hoach" in hint
    taken = desk.clock("2022-07-13 09:00").dondoc("apply", "--yes", "--members", "ke-hoach").ended(0).out
    assert "Đơn vị thực hiện Việc hai: thêm Sở Ngoài cuộc; bớt Sở Xây dựng." in taken
    looked = desk.clock("2022-07-14 09:00").dondoc("apply", "--rollback").ended(1)
    assert "khôi phục bản 2" in looked.out
    assert applied.version(office.app) == 3
    back = desk.dondoc("apply", "--rollback", "--yes", "--json").ended(0).document
    assert (back["version"], len(back["diff"]["reopened"]), back["diff"]["refused"]) == (4, 2, None)
    desk.dondoc("apply", "--rollback", "--members", "ke-hoach").ended(2)


def test_after_a_rollback_the_draft_on_disk_is_said_to_differ(office: Office, desk: Desk) -> None:
    """A broken draft does not stand in the way, and nobody takes the files for what is followed."""
    given(office, obligation("hai", YEARLY))
    office.plan(obligation("hai", YEARLY), obligation("nham", "{by: 2022-12-30}"))
    office.apply("2022-07-12 09:00")
    office.plan(obligation("hai", "{by: hỏng}"))
    done = desk.clock("2022-07-13 09:00").dondoc("apply", "--rollback", "--yes").ended(0)
    assert "cấu hình trên đĩa khác bản đang dùng" in done.err
