"""Find and decide what is due among 200,000 assignments: 0, 500 or 20,000 of them, against the one indexed query.

"Decide" is what `plan_due` does before it writes: find the due assignments, read what the ledger has of them, say which
rungs are owed, to whom, and why others are not. Its baseline is the bare query for the same rows, fetched. "And write"
is the whole of `plan_due`; its baseline runs the same query and writes the same reminders and next instants with
SQLAlchemy core's executemany, in one transaction. With nothing due both are one question to the database.

    python -m bench.plan [--rounds 3] [--obligations 5000] [--units 40]
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Row, Table, bindparam, insert, select, update

from bench.large import OBLIGATIONS, UNITS, texts
from bench.measure import ROUNDS, Line, Pair, arguments, show, timed
from obligations.cases import applied
from obligations.cases.app import App, open_app
from obligations.cases.configuring import applying
from obligations.cases.reminding.planning import BATCH, decide, due, plan_due
from obligations.cases.settings import Settings
from obligations.store.database import reading, writing
from obligations.store.tables import METADATA

APPLIED = datetime(2022, 7, 11, 2, tzinfo=UTC)
EIGHT = time(1, tzinfo=UTC)  # in Vietnam
# A few obligations are due on one day, many on another, the rest far off; each is first reminded ten days before.
FEW_ON, MANY_ON, LATER_ON = date(2022, 11, 25), date(2023, 11, 24), date(2024, 11, 25)
FEW, MANY = 500, 20_000
QUIET = "chuan: {notice: false, before: [10, 0]}\ndai-han: {before: [10, 0]}\n"
REPEATS = 20  # of what is over in less than a millisecond
AT_MOST = 2.0
_assignment: Table = METADATA.tables["assignment"]
_reminder: Table = METADATA.tables["reminder"]


def lines(rounds: int = ROUNDS, obligations: int = OBLIGATIONS, units: int = UNITS) -> list[Line]:
    """For each number of due assignments the decision, and the decision with its writing."""
    with _template(obligations, units) as template:
        total = obligations * units
        nothing = _nothing(template, rounds)
        found = [Line(f"0 đến mốc trong {total}: tìm", "một truy vấn theo chỉ mục", "s", nothing, ("≤", AT_MOST))]
        for count, day in ((FEW, FEW_ON), (MANY, MANY_ON)):
            now = datetime.combine(day - timedelta(days=10), EIGHT)
            measured = [_round(template, now) for _ in range(rounds)]
            found += _lines(f"{count} đến mốc trong {total}", measured)
    return found


@dataclass(frozen=True)
class _Round:
    decide: Pair
    plan: Pair


def _lines(what: str, rounds: list[_Round]) -> list[Line]:
    decided, planned = tuple(one.decide for one in rounds), tuple(one.plan for one in rounds)
    return [
        Line(f"{what}: tìm và quyết định", "một truy vấn theo chỉ mục", "s", decided, ("≤", AT_MOST)),
        Line(f"{what}: … và ghi", "truy vấn ấy + executemany cùng số dòng", "s", planned, ("≤", AT_MOST)),
    ]


@contextmanager
def _template(obligations: int, units: int) -> Iterator[Path]:
    """A folder with the applied office, its database at rest: each measurement lives on a copy."""
    with TemporaryDirectory(prefix="dondoc-bench-") as root:
        folder = Path(root) / "template"
        app = _open(folder)
        applying.apply(app, texts(obligations, units, due=_due_on(units), policies=QUIET), APPLIED, by="bench")
        app.close()
        yield folder


def _due_on(units: int) -> Callable[[int], date]:
    few, many = -(-FEW // units), -(-MANY // units)

    def due_on(n: int) -> date:
        return FEW_ON if n < few else MANY_ON if n < few + many else LATER_ON

    return due_on


def _open(folder: Path) -> App:
    return open_app(Settings(folder / "config", folder / "home", f"sqlite:///{folder}/dondoc.db"))


@contextmanager
def _copy(template: Path, now: datetime) -> Iterator[App]:
    """An office of its own in which exactly what is due by `now`, and was not due long before, waits to be planned."""
    with TemporaryDirectory(prefix="dondoc-bench-") as root:
        folder = Path(root) / "copy"
        shutil.copytree(template, folder)
        app = _open(folder)
        _leave_only(app, now)
        applied.current(app)
        try:
            yield app
        finally:
            app.close()


def _leave_only(app: App, now: datetime) -> None:
    """Forget what came due on the days before, and of what is due now all beyond the round number."""
    due = (_assignment.c.next_rung_at <= now, _assignment.c.next_rung_at > now - timedelta(days=1))
    size = FEW if now.year == FEW_ON.year else MANY
    with writing(app.engine) as session:
        session.execute(update(_assignment).where(_assignment.c.next_rung_at <= now, ~due[1]).values(next_rung_at=None))
        kept = session.execute(select(_assignment.c.id).where(*due).order_by(_assignment.c.id)).scalars().all()
        beyond = update(_assignment).where(*due, _assignment.c.id > kept[size - 1])
        session.execute(beyond.values(next_rung_at=None))


def _nothing(template: Path, rounds: int) -> tuple[Pair, ...]:
    with _copy(template, datetime.combine(FEW_ON - timedelta(days=10), EIGHT)) as app:
        now = datetime.combine(FEW_ON - timedelta(days=20), EIGHT)
        pairs = [_repeated(partial(plan_due, app, now), partial(_query, app, now)) for _ in range(rounds)]
    return tuple(pairs)


def _repeated(ours: Callable[[], object], base: Callable[[], object]) -> Pair:
    """Seconds of one call of each, over many in turns."""
    mine = other = 0.0
    for _ in range(REPEATS):
        with timed() as watch:
            ours()
        mine += watch.seconds
        with timed() as watch:
            base()
        other += watch.seconds
    return mine / REPEATS, other / REPEATS


def _round(template: Path, now: datetime) -> _Round:
    with _copy(template, now) as app:
        decide = _repeated(partial(_decide, app, now), partial(_query, app, now))
        with timed() as watch:
            planned = plan_due(app, now)
        rows = _written(app)
    if len(planned.rows) != len(rows):
        raise SystemExit(f"xếp {len(planned.rows)} lượt nhắc, ghi {len(rows)}")
    return _Round(decide, (watch.seconds, _baseline(template, now, rows)))


def _query(app: App, now: datetime) -> list[Row[Any]]:
    """The one indexed query: every due assignment, whole."""
    with app.engine.connect() as connection:
        return list(connection.execute(_due(now)))


def _due(now: datetime) -> Any:
    return select(_assignment).where(_assignment.c.next_rung_at <= now).order_by(_assignment.c.next_rung_at)


def _decide(app: App, now: datetime) -> int:
    with reading(app.engine) as session:
        ladders = applied.required(session).ladders
        rows = due(session, now, limit=MANY)
        batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
        return sum(len(decide(session, ladders, batch, now).reminders) for batch in batches)


def _written(app: App) -> list[dict[str, Any]]:
    with app.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(_reminder)).mappings()]


def _baseline(template: Path, now: datetime, rows: list[dict[str, Any]]) -> float:
    """Seconds of the query and of writing the same reminders and next instants."""
    change = update(_assignment).where(_assignment.c.id == bindparam("row")).values(next_rung_at=bindparam("at"))
    with _copy(template, now) as app, timed() as watch, writing(app.engine) as session:
        connection = session.connection()
        found = connection.execute(_due(now)).all()
        connection.execute(insert(_reminder), rows)
        connection.execute(change, [{"row": row.id, "at": now + timedelta(days=10)} for row in found])
    return watch.seconds


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS, units=UNITS)
    show(lines(chosen.rounds, chosen.obligations, chosen.units))
