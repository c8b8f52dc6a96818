"""Two of everything at once on one ledger: whatever they do beside each other, nothing leaves or is recorded twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, QueuePool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, select

from obligations.cases.access import users
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission, confirm, submit
from obligations.cases.app import App, open_app
from obligations.cases.clock import utc_now
from obligations.cases.configuring import applying
from obligations.cases.ledger import anchors
from obligations.cases.reading.status import status
from obligations.cases.reminding import planning
from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending import outbox
from obligations.cases.sending.delivery import deliver
from obligations.cases.settings import Settings
from obligations.cases.upkeep import auditing, engines
from obligations.config.load import read_folder
from obligations.domain.errors import Refused
from obligations.store import database
from obligations.store.database import reading, writing
from obligations.store.failing import told as told_of
from obligations.store.tables import AuditDay
from tests.life import at_once, elsewhere, entries, owing_at_any_hour, run
from tests.mailbox import Mailbox, mail_server
from tests.offices import Office, at, new_office, obligation
from tests.waiting import until

DONDOC = Path(sys.executable).with_name("dondoc")
NOTICE = "2022-07-11 09:00"
MANY = 120  # more than one delivery claims at a time
TWO_DUTIES = (obligation("mot", "{by: 2022-07-29}"), obligation("hai", "{by: 2022-08-05}"))


def applied_now(office: Office, box: Mailbox, units: int) -> datetime:
    """Each of so many units is owed its notice from now on."""
    owing_at_any_hour(office, box.channels, units)
    now = utc_now()
    applying.apply(office.app, read_folder(office.folder), now, by="thư ký")
    return now


def assert_each_once(office: Office, box: Mailbox, units: int) -> None:
    """Every unit has one mail, and the ledger one attempt for it, answered and sent."""
    assert Counter(address for address, _ in box.received) == {f"xa-{n}@xa.example": 1 for n in range(units)}
    assert {entry.state for entry in entries(office, "reminder")} == {"sent"}
    attempts = entries(office, "attempt")
    assert Counter(entry.unit for entry in attempts) == {f"xa-{n}": 1 for n in range(units)}
    assert {entry.outcome for entry in attempts} == {"sent"}


def test_two_deliveries_share_the_work(office: Office) -> None:
    """In threads, each with a database connection of its own: both send, and no unit has two mails."""
    with mail_server(together=2) as box, elsewhere(office) as other:
        now = applied_now(office, box, MANY)
        both = at_once(
            partial(deliver, office.app, now, engine_id="mot"), partial(deliver, other, now, engine_id="hai")
        )
        assert sum(one.sent for one in both) == MANY
        assert min(one.sent for one in both) > 0
        assert_each_once(office, box, MANY)


def test_two_ticks_share_the_work(office: Office) -> None:
    """`dondoc tick` started twice by mistake: two processes, and no unit has two mails."""
    with mail_server(together=2) as box:
        now = applied_now(office, box, MANY)
        plan_due(office.app, now)
        outbox.queue_waiting(office.app, now)  # the earlier tick must find what the later one would have queued
        told = [json.loads(one.communicate(timeout=90)[0]) for one in (tick(office), tick(office))]
        assert sum(one["delivered"]["sent"] for one in told) == MANY
        assert min(one["delivered"]["sent"] for one in told) > 0
        assert_each_once(office, box, MANY)


def tick(office: Office) -> subprocess.Popen[bytes]:
    place = {"DONDOC_CONFIG": str(office.folder), "DONDOC_HOME": str(office.home)}
    environment = os.environ | place | {"DONDOC_DATABASE_URL": office.database_url or ""}
    return subprocess.Popen([DONDOC, "tick", "--json"], env=environment, stdout=subprocess.PIPE)


def test_an_apply_beside_a_delivery_waits_for_no_mail_and_repeats_none(office: Office) -> None:
    """A corrected address and a new duty, applied in the middle of a slow delivery: what is written from then on goes
    to the new address, and nobody is written to twice."""
    units = 60
    with mail_server() as box:
        now = applied_now(office, box, units)
        box.held_from = 2
        delivery = threading.Thread(target=deliver, args=(office.app, now), kwargs={"engine_id": "mot"})
        delivery.start()
        until(lambda: box.begun, 60)
        text = (office.folder / "units.yaml").read_text("utf-8")
        office.write("units.yaml", text.replace(f"xa-{units - 1}@xa.example", "moi@xa.example"))
        office.plan(obligation("them", "{by: 2099-07-29}", responsible="cac-xa", more="policy: gap"), name="them")
        applying.apply(office.app, read_folder(office.folder), utc_now(), by="thư ký")
        assert delivery.is_alive(), "the apply did not wait for the mails"
        box.held_from = None
        delivery.join()
        deliver(office.app, utc_now(), engine_id="mot")
    attempts = entries(office, "attempt")
    assert Counter((entry.unit, entry.obligation) for entry in attempts) == {
        (f"xa-{n}", duty): 1 for n in range(units) for duty in ("bao-cao", "them")
    }
    assert {entry.outcome for entry in attempts} == {"sent"}
    assert {entry.state for entry in entries(office, "reminder")} == {"sent"}


def test_a_submission_beside_a_delivery_mutes_what_has_not_begun(office: Office) -> None:
    """Units answer, the last first, while their notices leave: a letter begun before its answer is a letter sent, and
    none begins after it."""
    units = 40
    with mail_server(seconds=0.05) as box:
        now = applied_now(office, box, units)
        began: list[datetime] = []

        def clock() -> datetime:
            began.append(utc_now())
            return began[-1]

        delivery = threading.Thread(target=deliver, args=(office.app, now), kwargs={"engine_id": "mot", "clock": clock})
        delivery.start()
        until(lambda: box.begun, 60)
        answered = {unit: answer(office, unit) for unit in (f"xa-{n}" for n in reversed(range(units)))}
        delivery.join()
    received = Counter(address.partition("@")[0] for address, _ in box.received)
    reminders = {entry.unit or "": entry.state or "" for entry in entries(office, "reminder")}
    assert {unit: received[unit] for unit in answered} == {
        unit: {"sent": 1, "skipped": 0}[reminders[unit]] for unit in answered
    }
    started = {entry.unit or "": entry.at for entry in entries(office, "attempt")}
    assert [unit for unit, begun in started.items() if begun > answered[unit]] == []
    assert set(received) == set(started)
    assert 0 < len(received) < units, "some before their answers, some after"


def answer(office: Office, unit: str) -> datetime:
    """A unit's result is recorded; the moment after."""
    address = Address(plan="ke-hoach", obligation="bao-cao", unit=unit)
    submit(office.app, address, Submission(utc_now().date()), utc_now(), by="Mai")
    return utc_now()


def test_days_lived_by_three_at_once_end_like_days_lived_by_one(office: Office, tmp_path: Path) -> None:
    """Planning of each duty, delivery and apply beside each other, day after day: the same reminders and mails."""
    alone = new_office(tmp_path / "mot-minh")
    for one in (office, alone):
        one.plan(*TWO_DUTIES)
        one.apply(NOTICE)
    days = [f"2022-{day} 08:01" for day in ("07-12", "07-19", "07-26", "07-29", "08-01", "08-02", "08-05", "08-08")]
    with elsewhere(office) as second, elsewhere(office) as third:
        for day in days:
            at_once(*deeds(office.app, day), *deeds(second, day), *deeds(third, day))
            for deed in deeds(alone.app, day):
                deed()
    for kind in ("reminder", "attempt"):
        assert told(office, kind) == told(alone, kind)
        assert set(told(office, kind).values()) == {1}
    alone.close()


def deeds(app: App, day: str) -> list[Callable[[], object]]:
    """What a morning brings, from any door."""
    one, other = (partial(plan_due, app, at(day), plan="ke-hoach", obligation=name) for name in ("mot", "hai"))
    return [one, other, partial(deliver, app, at(day), engine_id=f"{id(app)}")]


def told(office: Office, kind: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (entry.unit, entry.obligation, entry.rung, entry.recipient, entry.state, entry.outcome, entry.answer)
        if kind == "reminder"
        else (entry.unit, entry.obligation, entry.rung, entry.recipient, entry.outcome)
        for entry in entries(office, kind)
    )


def test_a_rung_that_an_apply_adds_while_another_plans_is_not_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The apply comes between the planner's look at the configuration and its writing: before-7 leaves on its day."""
    office.write("policies.yaml", "gap: {before: [10, 0]}\n")
    office.plan(obligation("mot", "{by: 2022-07-29}", responsible="so-y-te", more="policy: gap"))
    office.apply(NOTICE)
    run(office, NOTICE)
    office.write("policies.yaml", "gap: {before: [10, 7, 0]}\n")
    applies = iter(["2022-07-19 07:59"])

    @contextmanager
    def write_later(engine: Engine) -> Iterator[Session]:
        if moment := next(applies, None):
            office.apply(moment)
        with writing(engine) as session:
            yield session

    monkeypatch.setattr(planning, "writing", write_later)
    run(office, "2022-07-19 08:00")
    run(office, "2022-07-22 08:01")
    assert [entry.rung for entry in entries(office, "attempt")] == ["notice", "before-10", "before-7"]


def test_an_answer_recorded_by_two_clerks_at_once_is_one_event(office: Office) -> None:
    """Both hear that it is recorded; the history has it once."""
    office.plan(TWO_DUTIES[0])
    office.apply(NOTICE)
    sent = Submission(at(NOTICE).date(), document="12/BC")
    with elsewhere(office) as other:
        both = at_once(
            *(partial(submit, app, Address("K1-0001"), sent, at(NOTICE), by="Mai") for app in (office.app, other))
        )
    assert both[0] == both[1]
    assert [entry.state for entry in entries(office, "event")].count("submitted") == 1


def test_of_two_applies_at_once_one_is_followed_and_the_other_told(office: Office) -> None:
    """Or it finds what the other has just stored, when they want the same."""
    office.plan(TWO_DUTIES[0])
    office.apply(NOTICE)
    drafts = []
    for name in ("cua-toi", "cua-ban"):
        office.plan(TWO_DUTIES[0], obligation(name, "{by: 2022-09-30}"))
        drafts.append(read_folder(office.folder))
    with elsewhere(office) as other:
        followed = at_once(partial(tried, office.app, drafts[0]), partial(tried, other, drafts[1]))
    assert sorted(followed) == ["changed-meanwhile", "followed"]
    duties = {row.obligation for row in status(office.app, at("2022-07-12 10:00")).assignments}
    assert duties == {"mot", ("cua-toi", "cua-ban")[followed.index("followed")]}


def tried(app: App, texts: dict[str, str]) -> str:
    try:
        applying.apply(app, texts, at("2022-07-12 09:00"), by="thư ký")
    except Refused as refused:
        return refused.code
    return "followed"


def test_the_last_two_confirmed_at_once_date_what_waits_for_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A summary counts from the last unit's completion: two clerks confirm the last two in the same moment."""
    summary = obligation("tong-hop", "{after: mot, working_days: 5}", responsible="van-phong")
    office.plan(TWO_DUTIES[0], summary)
    office.apply(NOTICE)
    day = at("2022-07-14 10:00")
    codes = ("K1-0001", "K1-0002")
    for code in codes:
        submit(office.app, Address(code), Submission(day.date()), day, by="Mai")
    meet(monkeypatch, anchors, "date_what_waits")
    with elsewhere(office) as other:
        at_once(
            *(
                partial(confirm, app, Address(code), day.date(), day, by="Mai")
                for app, code in zip((office.app, other), codes, strict=True)
            )
        )
    dated = [row.due_on for row in status(office.app, day).assignments if row.obligation == "tong-hop"]
    assert dated == [at("2022-07-21 00:00").date()]
    assert [one.obligation for one in entries(office, "event") if one.state == "due_set"].count("tong-hop") == 2


def meet(monkeypatch: pytest.MonkeyPatch, module: ModuleType | type, name: str) -> None:
    """Both have been through this function before either commits, where the database lets them."""
    look, both = getattr(module, name), threading.Barrier(2)

    def looked(*values: Any, **named: Any) -> Any:
        found = look(*values, **named)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)
        return found

    monkeypatch.setattr(module, name, looked)


def test_two_audits_at_once_leave_one_row_of_the_day(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As two ticks end in the same moment."""
    office.plan(TWO_DUTIES[0])
    office.apply(NOTICE)
    meet(monkeypatch, Session, "get")
    with elsewhere(office) as other:
        told = at_once(*(partial(auditing.audit, app, at(NOTICE)) for app in (office.app, other)))
    assert told[0] == told[1]
    with reading(office.app.engine) as session:
        assert [row.day for row in session.exec(select(AuditDay))] == [told[0].day]


def test_of_two_accounts_of_one_name_at_once_one_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.plan(TWO_DUTIES[0])
    office.apply(NOTICE)
    meet(monkeypatch, users, "person")
    with elsewhere(office) as other:
        told = at_once(*(partial(added, app) for app in (office.app, other)))
    assert sorted(told) == ["added", "user-taken"]
    assert [one.name for one in users.everybody(office.app)] == ["mai"]


def added(app: App) -> str:
    try:
        users.add(app, "mai", "viewer", "một mật khẩu dài", at(NOTICE), by="quản trị")
    except Refused as refused:
        return refused.code
    return "added"


def test_a_writer_waits_for_the_one_before_it(office: Office) -> None:
    """What a transaction has looked at stays so until it ends, on PostgreSQL as on SQLite."""
    with elsewhere(office) as other, ThreadPoolExecutor(1) as pool:
        with writing(office.app.engine):
            second = pool.submit(began, other)
            with pytest.raises(TimeoutError):
                second.result(0.5)
        assert second.result(10)


def began(app: App) -> bool:
    with writing(app.engine) as session:
        return session.is_active


def test_an_audit_that_was_overtaken_leaves_the_newer_row(office: Office) -> None:
    """It counted first and was done last: the day's row is the other one's."""
    office.plan(TWO_DUTIES[0])
    office.apply(NOTICE)
    later = auditing.audit(office.app, at("2022-07-11 10:00"))
    auditing.audit(office.app, at(NOTICE))
    with reading(office.app.engine) as session:
        newest = auditing.newest(session)
    assert newest
    assert (newest.finished_at, newest.expected) == (at("2022-07-11 10:00"), later.expected)


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_mail_goes_on_beside_a_long_writer(office: Office) -> None:
    """A delivery that has begun waits for nobody in the line: only before and after it does it write there."""
    with mail_server() as box, elsewhere(office) as other, ExitStack() as writer:
        now = applied_now(office, box, 3)
        plan_due(office.app, now)
        outbox.queue_waiting(office.app, now)
        writer.enter_context(writing(other.engine))
        assert deliver(office.app, now, engine_id="mot").sent == 3
        writer.close()
        assert_each_once(office, box, 3)


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_the_line_is_not_waited_in_for_ever(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that hangs is told of, as a locked file is."""
    with office.app.engine.connect() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar() == "30s"
    monkeypatch.setattr(database, "_LIMITS", "-c lock_timeout=200")
    with elsewhere(office) as other, writing(office.app.engine), pytest.raises(DBAPIError) as failed:
        began(other)
    refused = told_of(failed.value)
    assert refused
    assert refused.code == "database-busy"


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_what_an_address_says_of_its_sessions_holds_last(office: Office) -> None:
    engine = database.open_database(f"{office.database_url}?options=-clock_timeout%3D7s%20-csearch_path%3Dso")
    with engine.connect() as connection:
        names = ("lock_timeout", "search_path", "idle_in_transaction_session_timeout")
        assert [connection.execute(text(f"SHOW {name}")).scalar() for name in names] == ["7s", "so", "10min"]
    engine.dispose()


def take_all(app: App, taken: ExitStack) -> None:
    for _ in range(100):
        taken.enter_context(app.engine.connect())


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_so_many_writers_that_no_connection_is_left_are_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that stands in line keeps one of the process's connections."""
    pool = office.app.engine.pool
    assert isinstance(pool, QueuePool)
    monkeypatch.setattr(pool, "_timeout", 0.1)
    with ExitStack() as taken, pytest.raises(PoolTimeout) as failed:
        take_all(office.app, taken)
    refused = told_of(failed.value)
    assert refused
    assert refused.code == "database-busy"


def test_an_engine_of_another_home_on_the_same_ledger_is_refused(office: Office, tmp_path: Path) -> None:
    """The ledger is what two engines must not share, wherever the rest of them lies."""
    first = engines.acquire(office.app, "http://may-mot:4200", at(NOTICE))
    here = office.app.settings
    other = open_app(Settings(here.config_dir, tmp_path / "khac", here.database_url))
    with pytest.raises(Refused, match="http://may-mot:4200"):
        engines.acquire(other, "http://may-hai:4200", at(NOTICE))
    engines.release(first)
    engines.release(engines.acquire(other, "http://may-hai:4200", at(NOTICE)))
    other.close()
