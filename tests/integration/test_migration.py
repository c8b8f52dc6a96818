"""Old data goes forward: every row is what its events tell, and nothing owed is lost or repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from obligations.cases.reminding.planning import plan_due
from obligations.cases.sending.delivery import deliver
from obligations.cases.upkeep.rebuilding import verify
from obligations.store import migrate as migrating
from obligations.store.database import open_database, reading
from obligations.store.tables import METADATA
from tests import old_ledger
from tests.ledgers import BOTH, Ledgers
from tests.life import change, entries, run
from tests.offices import Office, at, new_office
from tests.rich_lives import Watching


@pytest.fixture(params=BOTH)
def old(request: pytest.FixtureRequest, ledgers: Ledgers, tmp_path: Path) -> Iterator[Office]:
    """An office whose database was written by the first tables' code up to 27 July 2022, nine o'clock."""
    with ExitStack() as stack:
        empty = stack.enter_context(ledgers.server.database()) if request.param == "postgresql" else None
        office = new_office(tmp_path, empty)
        office.home.mkdir(parents=True)
        engine = open_database(empty or f"sqlite:///{office.home / 'dondoc.db'}")
        old_ledger.fill(engine, tmp_path)
        engine.dispose()
        yield office
        office.close()


def test_every_old_row_is_what_its_events_tell(old: Office) -> None:
    """Opening the database brings it forward; then a retelling from events changes nothing."""
    now = at(old_ledger.UNTIL)
    plan_due(old.app, now)
    assert [str(one) for one in verify(old.app, now)] == []


def test_nothing_old_is_lost_in_the_move(old: Office) -> None:
    """As many rows of every table as before."""
    with reading(old.app.engine) as session:
        tables = METADATA.tables
        counts = {name: session.execute(select(func.count()).select_from(tables[name])).scalar() for name in COUNTS}
    assert counts == COUNTS


COUNTS = {
    "assignment": 20,
    "event": 28,
    "reminder": 32,
    "reminder_message": 30,
    "message": 20,
    "attempt": 19,
    "config_version": 2,
    "member": 14,
    "audit_day": 15,
    "channel_state": 1,
    "engine": 1,
    "link": 0,  # never made by any code, and of another shape now
    "user": 1,
}


def left(office: Office) -> Counter[tuple[str | None, ...]]:
    """How often each reminder to a unit's contact left, or may have."""
    return Counter(
        (one.obligation, one.unit, one.period, one.rung)
        for one in entries(office, "attempt")
        if one.outcome in ("sent", "unknown") and one.recipient in ("so-y-te.focal", "so-xay-dung.focal")
    )


def test_what_waited_leaves_once_and_what_had_left_stays_so(old: Office) -> None:
    """The first delivery after the move sends just the message that the dead server kept back."""
    before = left(old)
    run(old, "2022-07-27 09:30")
    assert left(old) - before == Counter({("sau", "so-y-te", "once", "overdue-2"): 1})
    assert run(old, "2022-07-27 09:30").sent == 0


def test_the_old_office_lives_on(old: Office) -> None:
    """Half a year: each rung of the ladders leaves once and on its day, the newer kinds of rungs too."""
    now = at("2022-07-27 09:30")
    while now < at("2023-01-10 00:00"):
        deliver(old.app, now, engine_id="test")
        now = (now + timedelta(days=1)).replace(hour=8, minute=1)
    ours = {key for key in left(old) if key[0] == "hang-nam" and key[2] == "2022"}
    rungs = ("notice", "before-10", "before-3", "before-0", "overdue-1", "overdue-2")
    assert ours == {("hang-nam", unit, "2022", rung) for unit in ("so-y-te", "so-xay-dung") for rung in rungs}
    monthly = {rung for (duty, _, period, rung) in left(old) if (duty, period) == ("thang", "2022-08")}
    assert monthly == {"before-10", "before-3", "before-0", "overdue-1", "overdue-2"}
    twice = {(unit, rung): count for (_, unit, _, rung), count in left(old).items() if count > 1}
    assert twice == {("so-xay-dung", "notice"): 2}, "the one mail that went twice in July: unknown, and its repeat"
    reviews = [one.rung for one in entries(old, "attempt") if (one.rung or "").startswith("review-")]
    assert reviews, "a result that waited before the move is brought to its reviewer's mind"
    assert [str(one) for one in verify(old.app, now)] == []


def a_ledger_from_before_rows_were_counted_goes_forward(office: Office, _: int) -> Watching:
    """Waived, stopped, reopened, sent after all: without what 0006 adds, then with what it tells of the events."""
    evening = at("2022-07-11 09:00")
    while today := (yield):
        evening = today
        plan_due(office.app, evening)
    for statement in BEFORE_0006:
        change(office, statement)
    migrating.migrate(office.app.engine)
    assert [str(one) for one in verify(office.app, evening)] == []


BEFORE_0006 = (
    "DROP INDEX ix_message_waiting",
    "CREATE INDEX ix_message_next_try_at ON message (next_try_at)",
    "DROP INDEX ix_event_effective_on",
    "DROP INDEX ix_event_recorded_at",
    "ALTER TABLE assignment DROP COLUMN born_at",
    "ALTER TABLE assignment DROP COLUMN outside_on",
    "UPDATE alembic_version SET version_num = '0005'",
)


def test_the_newest_revision_is_alembics_own() -> None:
    """Which tables are current is known by the names of the migrations' files, without loading them."""
    folder = Path(migrating.__file__).parent / "migrations"
    scripts = ScriptDirectory(str(folder))
    assert scripts.get_current_head() == migrating.NEWEST
    assert all(migrating.knows(script.revision) for script in scripts.walk_revisions())
    assert not migrating.knows("9999")
