"""The ledger keeps its promises: nothing twice, nothing edited, forecast and life agree."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from obligations.cases import applied
from obligations.cases.answering import decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.configuring import forecasting
from obligations.cases.configuring.applying import extend, preview
from obligations.cases.reading import tallies
from obligations.cases.reading.history import Wanted, history
from obligations.cases.reading.status import status
from obligations.cases.reminding import agenda
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.bouncing import bounce
from obligations.cases.sending.delivery import deliver
from obligations.cases.upkeep import engines
from obligations.cases.upkeep.auditing import audit
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.store.database import reading, writing
from obligations.store.migrate import migrate
from obligations.store.tables import METADATA, Assignment, AuditDay, Event
from tests.offices import UNITS, ZONE, Office, at, obligation

NOTICE = "2022-07-11 09:00"
YEARLY = obligation("bao-cao", "{every: year, by: 11-25, from: 2022, to: 2023}")
ONCE = obligation("ke-hoach", "{by: 2022-07-20}")


def test_the_migrated_tables_are_the_tables_of_the_code(office: Office) -> None:
    """A database made by migrations has just what the tables module says; migrating again changes nothing."""
    engine = office.app.engine
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("table", ["event", "config_version"])
@pytest.mark.parametrize("change", ["UPDATE {} SET by = 'x'", "DELETE FROM {}"])
def test_history_only_grows(office: Office, table: str, change: str) -> None:
    """The database itself refuses to edit or delete an event or an applied configuration."""
    office.plan(ONCE)
    office.apply(NOTICE)
    with pytest.raises(DBAPIError, match="append-only"), writing(office.app.engine) as session:
        session.execute(text(change.format(table).replace(" by ", ' "by" ')))


def test_an_instant_comes_back_as_it_was(office: Office) -> None:
    """What was written at nine in Vietnam is two o'clock UTC, on every database."""
    office.plan(ONCE)
    office.apply(NOTICE)
    with reading(office.app.engine) as session:
        since = session.exec(select(Assignment.due_since)).first()
    assert since == datetime(2022, 7, 11, 2, tzinfo=UTC)
    assert since.tzinfo is not None


def test_apply_is_all_or_nothing(office: Office) -> None:
    """A draft that moves one recorded deadline is refused, and the plan it also adds is not followed either."""
    office.plan(ONCE)
    office.apply(NOTICE)
    office.plan(obligation("ke-hoach", "{by: 2022-07-21}")).plan(YEARLY, name="them")
    with pytest.raises(Refused, match="dời hạn đã ghi sổ"):
        office.apply("2022-07-12 09:00")
    assert applied.version(office.app) == 1
    assert {row.plan for row in status(office.app, at("2022-07-12 09:00")).assignments} == {"ke-hoach"}


def test_what_was_due_before_activation_is_unknown_and_sends_nothing(office: Office) -> None:
    """Applied in 2023, the duty of 2022 waits for a person; no rung of it ever leaves."""
    office.plan(YEARLY)
    office.apply("2023-01-09 09:00")
    found = status(office.app, at("2023-01-09 10:00"))
    assert found.outside == {"unknown": 2}
    assert sum(found.current.values()) == 2
    deliver(office.app, at("2023-01-09 10:00"), engine_id="a")
    assert {entry.period for entry in history(office.app, Wanted(), ZONE) if entry.kind == "reminder"} == {"2023"}


def test_members_are_frozen_the_day_a_duty_is_activated(office: Office) -> None:
    """A unit that joins the group later owes nothing of the duties already given."""
    office.plan(YEARLY)
    office.apply(NOTICE)
    units = (
        (office.folder / "units.yaml").read_text("utf-8").replace("[so-y-te, so-xay-dung]", "[so-y-te, so-ngoai-cuoc]")
    )
    office.write("units.yaml", units)
    office.apply("2022-07-12 09:00")
    assert {row.unit for row in status(office.app, at("2022-07-12 10:00")).assignments} == {"so-y-te", "so-xay-dung"}


def test_codes_are_never_used_again(office: Office) -> None:
    """Each plan has its running number, each duty its own in it, by due date and protocol."""
    office.plan(ONCE)
    office.apply(NOTICE)
    office.plan(ONCE, obligation("them", "{by: 2022-07-15}")).plan(YEARLY, name="khac")
    office.apply("2022-07-12 09:00")
    codes = {
        (row.plan, row.obligation, row.unit): row.code for row in status(office.app, at("2022-07-13 08:00")).assignments
    }
    assert codes["ke-hoach", "ke-hoach", "so-y-te"] == "K1-0001"
    assert codes["ke-hoach", "them", "so-y-te"] == "K1-0003"
    assert codes["khac", "bao-cao", "so-xay-dung"].startswith("K2-")


def test_unbounded_duties_grow_a_year_at_a_time(office: Office) -> None:
    """Rows reach to the end of next year; the daily reconcile adds the next ones, once."""
    office.plan(obligation("hang-nam", "{every: year, by: 11-25}"))
    office.apply(NOTICE)
    assert {row.period for row in status(office.app, at(NOTICE)).assignments} == {"2022", "2023"}
    assert extend(office.app, at("2023-01-01 05:00")) == 2
    assert extend(office.app, at("2023-01-01 05:00")) == 0


def test_what_was_forecast_is_what_then_leaves(office: Office) -> None:
    """Living every day of half a year sends just what the forecast named, on its day; accusations wait to be let go."""
    office.plan(ONCE, YEARLY, obligation("quy", "{every: quarter, by: {month: 3, day: 15}, to: 2022-Q4}"))
    office.apply(NOTICE)
    configuration = applied.current(office.app).configuration
    rows = forecasting.ahead(office.app, configuration, at(NOTICE).date(), at("2022-12-31 00:00").date(), at(NOTICE))
    let_go = [row for row in rows if row.audience not in ("leader", "own_leadership")]
    assert {row.audience for row in let_go} == {"unit", "overseer", "reviewer"}
    promised = Counter((row.on, row.unit, row.obligation, row.rung) for row in let_go)
    instant = at(NOTICE)
    while instant < at("2023-01-01 00:00"):
        deliver(office.app, instant, engine_id="a")
        instant = (instant + timedelta(days=1)).replace(hour=8, minute=1)
    attempts = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "attempt"]
    left = Counter((one.at.astimezone(ZONE).date(), one.unit, one.obligation, one.rung) for one in attempts)
    assert left == promised
    assert sum(left.values()) > 30


def test_two_engines_at_once_send_nothing_twice(office: Office) -> None:
    """Four deliveries and checks of one moment in threads: each unit has one mail."""
    office.plan(ONCE)
    office.apply(NOTICE)
    errors: list[BaseException] = []

    def go(engine: str) -> None:
        try:
            plan_due(office.app, at(NOTICE), plan="ke-hoach", obligation="ke-hoach")
            deliver(office.app, at(NOTICE), engine_id=engine)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=go, args=(f"e{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    sent = [entry for entry in history(office.app, Wanted(), ZONE) if entry.kind == "attempt"]
    assert sorted(entry.unit or "" for entry in sent) == ["so-xay-dung", "so-y-te"]


def test_the_audit_counts_what_left_and_what_should_have(office: Office) -> None:
    """A rung that nobody delivered shows as waiting; after the delivery the day's row is even."""
    office.plan(ONCE)
    office.apply(NOTICE)
    missed = audit(office.app, at("2022-07-11 10:00"))
    assert (missed.expected, missed.sent, missed.waiting) == (2, 0, 2)
    deliver(office.app, at("2022-07-11 10:00"), engine_id="a")
    even = audit(office.app, at("2022-07-11 16:00"))
    assert (even.expected, even.sent, even.failed, even.waiting) == (2, 2, 0, 0)
    with reading(office.app.engine) as session:
        assert [row.sent for row in session.exec(select(AuditDay))] == [2]


def test_the_agenda_names_every_coming_rung_and_the_next_deadline(office: Office) -> None:
    """A run for each obligation and instant 100 days ahead, and the one nearest to a deadline further away."""
    office.plan(ONCE, YEARLY)
    office.apply(NOTICE)
    deliver(office.app, at(NOTICE), engine_id="a")
    runs = {
        (run.obligation, f"{run.at.astimezone(ZONE):%d/%m/%Y}"): run
        for run in agenda.wanted_runs(office.app, at(NOTICE))
    }
    assert runs["ke-hoach", "20/07/2022"].rungs == ("before-0",)
    assert runs["ke-hoach", "20/07/2022"].assignments == 2
    assert runs["bao-cao", "25/11/2022"].rungs == ("before-0",), "137 days ahead, and visible"
    assert not any(run.owed for run in runs.values())
    assert agenda.next_at(office.app) == at("2022-07-15 08:00"), "before-3 of a Sunday leaves on Friday"


def test_the_agenda_shows_the_reviewers_reminders(office: Office) -> None:
    """What waits to be recorded has its runs too: every second working day from Monday 18/07/2022 on."""
    office.plan(obligation("ke-hoach", "{by: 2022-07-20}", responsible="so-y-te"))
    office.apply(NOTICE)
    submit(office.app, Address("K1-0001"), Submission(at("2022-07-18 00:00").date()), at("2022-07-18 10:00"), by="Mai")
    runs = agenda.wanted_runs(office.app, at("2022-07-18 10:01"))
    assert [(f"{run.at.astimezone(ZONE):%d/%m}", run.rungs) for run in runs] == [
        ("20/07", ("review-2",)),
        ("22/07", ("review-4",)),
        ("26/07", ("review-6",)),
        ("28/07", ("review-8",)),
        ("01/08", ("review-10",)),
    ]


def test_the_forecast_names_everybody_whom_a_duty_concerns(office: Office) -> None:
    """Unit, overseer, secretariat, the late unit's head, our own leadership; whoever stands in for a bad address."""
    stand_in = "email: dau-moi@so-y-te.example}\n  - {name: Chị Hoa, role: deputy, email: pho@so-y-te.example}"
    office.write("units.yaml", UNITS.replace("email: dau-moi@so-y-te.example}", stand_in))
    office.plan(obligation("ke-hoach", "{by: 2022-07-20}", responsible="so-y-te", more="coordinating: [so-xay-dung]"))
    office.apply(NOTICE)
    bounce(office.app, "so-y-te.focal", at("2022-07-11 09:30"), by="Mai")
    configuration = applied.current(office.app).configuration
    rows = forecasting.ahead(office.app, configuration, at(NOTICE).date(), at("2022-08-31 00:00").date(), at(NOTICE))
    assert [(f"{row.on:%d/%m}", row.rung, row.audience, row.recipient, row.channel) for row in rows] == [
        ("11/07", "notice", "unit", "so-y-te.deputy", "email"),
        ("11/07", "notice", "coordinating", "so-xay-dung.focal", "email"),
        ("15/07", "before-3", "unit", "so-y-te.deputy", "email"),
        ("20/07", "before-0", "unit", "so-y-te.deputy", "email"),
        ("21/07", "overdue-1", "unit", "so-y-te.deputy", "email"),
        ("21/07", "overseer-1", "overseer", "van-phong.focal", "email"),
        ("22/07", "overdue-2", "unit", "so-y-te.deputy", "email"),
        ("25/07", "letter-3", "reviewer", "van-phong.focal", "email"),
        ("26/07", "leader-4", "leader", "so-y-te.leader", "email"),
        ("01/08", "own_leadership-8", "own_leadership", "van-phong.leader", "email"),
    ]


def test_an_apply_counts_the_messages_to_everybody(office: Office) -> None:
    """Notice, before-3, before-0, overdue-1 and -2 to the unit; overseer, letter, head, own leadership: nine."""
    office.plan(obligation("ke-hoach", "{by: 2022-07-20}", responsible="so-y-te"))
    draft = preview(office.app, read_folder(office.folder), at(NOTICE))
    assert draft.diff["messages_next_12_months"] == 9
    office.apply(NOTICE)
    again = preview(office.app, read_folder(office.folder), at(NOTICE))
    assert again.diff["messages_next_12_months"] == 9


def test_a_duty_after_another_gets_its_date_when_that_is_confirmed(office: Office) -> None:
    """after: <obligation>: five working days from the same unit's completion, with a notice and a ladder of its own."""
    office.plan(ONCE, obligation("bao-cao-sau", "{after: ke-hoach, working_days: 5}"))
    office.apply(NOTICE)
    row = next(one for one in status(office.app, at(NOTICE)).assignments if one.unit == "so-y-te" and not one.due_on)
    assert row.state == "Chờ mốc"
    done_on = at("2022-07-14 00:00").date()
    submit(office.app, Address("K1-0001"), Submission(done_on), at("2022-07-14 10:00"), by="Mai")
    confirm(office.app, Address("K1-0001"), done_on, at("2022-07-14 10:30"), by="Mai")
    dated = {
        one.unit: one.due_on for one in status(office.app, at("2022-07-14 11:00")).assignments if one.code == row.code
    }
    assert dated == {"so-y-te": at("2022-07-21 00:00").date()}
    deliver(office.app, at("2022-07-14 11:00"), engine_id="a")
    rungs = [one.rung for one in history(office.app, Wanted("so-y-te", "bao-cao-sau"), ZONE) if one.kind == "attempt"]
    assert rungs == ["notice"]


@pytest.mark.parametrize("waived_first", [True, False])
def test_what_waits_for_the_last_unit_waits_for_none_that_is_waived(office: Office, *, waived_first: bool) -> None:
    """Two owe the survey, one of them need not: ten days from the other's completion, whichever is recorded first.

    The unit whose own survey is waived counts from the last unit's, too.
    """
    office.plan(
        obligation("khao-sat", "{by: 2022-07-20}"),
        obligation("bao-cao-sau", "{after: khao-sat, days: 10}", responsible="[so-xay-dung, van-phong]"),
    )
    office.apply(NOTICE)
    done_on, now = at("2022-07-14 00:00").date(), at("2022-07-14 10:00")

    def waive_one() -> None:
        decisions.waive(office.app, Address("K1-0002"), decisions.Decision(done_on, "Mai"), now)

    def confirm_other() -> None:
        submit(office.app, Address("K1-0001"), Submission(done_on), now, by="Mai")
        confirm(office.app, Address("K1-0001"), done_on, now, by="Mai")

    for act in (waive_one, confirm_other) if waived_first else (confirm_other, waive_one):
        act()
    found = status(office.app, at("2022-07-14 11:00")).assignments
    assert {one.unit: one.due_on for one in found if one.obligation == "bao-cao-sau"} == {
        "so-xay-dung": at("2022-07-25 00:00").date(),  # the tenth day is a Sunday
        "van-phong": at("2022-07-25 00:00").date(),
    }
    decisions.reopen(office.app, Address("K1-0002"), decisions.Decision(done_on, "Mai"), at("2022-07-14 14:00"))
    submit(office.app, Address("K1-0002"), Submission(done_on), at("2022-07-14 15:00"), by="Mai")
    confirm(office.app, Address("K1-0002"), at("2022-07-15 00:00").date(), at("2022-07-15 09:00"), by="Mai")
    found = status(office.app, at("2022-07-15 11:00")).assignments
    assert {one.due_on for one in found if one.obligation == "bao-cao-sau"} == {at("2022-07-25 00:00").date()}


def test_a_closed_duty_is_done_from_the_start(office: Office) -> None:
    """`done:` counts as submitted and confirmed that day and sends nothing."""
    office.plan(obligation("trinh", "{within: 2022-07}", more="done: {on: 2022-07-08, document: 12/KH-SM}"))
    office.apply(NOTICE)
    assert status(office.app, at(NOTICE)).current["done_in_time"] == 2
    assert deliver(office.app, at(NOTICE), engine_id="a").sent == 0


def test_the_second_engine_is_refused_with_the_address_of_the_first(office: Office) -> None:
    """One embedded engine on one database."""
    first = engines.acquire(office.app, "http://may-mot:4200", at(NOTICE))
    with pytest.raises(Refused, match="http://may-mot:4200"):
        engines.acquire(office.app, "http://may-hai:4200", at(NOTICE))
    engines.release(first)
    engines.release(engines.acquire(office.app, "http://may-hai:4200", at(NOTICE)))


def test_every_assignment_can_be_told_from_its_events(office: Office) -> None:
    """The first event of each holds its whole identity: what status shows comes from events alone."""
    office.plan(ONCE, YEARLY)
    office.apply(NOTICE)
    with reading(office.app.engine) as session:
        rows = session.exec(select(Assignment)).all()
        events = {one.assignment_id: one for one in session.exec(select(Event).where(Event.kind == "due_set"))}
    for row in rows:
        payload = events[row.id].payload
        told = (payload["obligation"], payload["unit"], payload["period"], payload["code"], payload["due_on"])
        assert told == (row.obligation, row.unit, row.period, row.code, row.due_on.isoformat() if row.due_on else None)


def test_a_unit_without_mail_stands_on_the_list_of_calls_until_it_answers(office: Office) -> None:
    """The manual channel: one line to ring up for each open duty, gone when the result is there; never sent."""
    by_hand = "email: dau-moi@so-y-te.example"
    office.write("units.yaml", UNITS.replace(by_hand, "phone: 0232 000 000"))
    office.plan(obligation("bao-cao", "{by: 2022-07-29}", responsible="so-y-te"))
    office.apply(NOTICE)
    for day in ("2022-07-11 09:00", "2022-07-19 08:01", "2022-07-26 08:01"):
        assert deliver(office.app, at(day), engine_id="a").sent == 0
    [call] = tallies.calls(office.app)
    assert (call.unit, call.code, call.telephone) == ("so-y-te", "K1-0001", "0232 000 000")
    submit(office.app, Address("K1-0001"), Submission(at(NOTICE).date()), at("2022-07-26 10:00"), by="Mai")
    assert tallies.calls(office.app) == []


def test_a_second_document_for_the_same_result_is_told_and_not_dropped(office: Office) -> None:
    """The same again changes nothing; another number is refused with the one that stands."""
    office.plan(ONCE)
    office.apply(NOTICE)
    sent = Submission(at(NOTICE).date(), document="12/BC-KH")
    first = submit(office.app, Address("K1-0001"), sent, at(NOTICE), by="Mai")
    assert submit(office.app, Address("K1-0001"), sent, at("2022-07-11 10:00"), by="Mai") == first
    other = Submission(at(NOTICE).date(), document="13/BC-KH")
    with pytest.raises(Refused, match="đã được ghi với văn bản 12/BC-KH"):
        submit(office.app, Address("K1-0001"), other, at("2022-07-11 10:00"), by="Mai")
