"""The table of a period and the control sheet over 200,000 assignments, each beside one bare count of all the rows.

Ours are the whole answers as `statistics` and `sheet` give them, of today; the bare count groups the same rows by unit,
plan and phase in one query of SQLAlchemy core. The first answers are not counted: they load the configuration.

    python -m bench.figures [--rounds 3] [--obligations 5000] [--units 40]
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from bench.large import OBLIGATIONS, UNITS, office, texts
from bench.measure import ROUNDS, Line, arguments, in_turns, show, timed
from obligations.cases.app import App
from obligations.cases.configuring import applying
from obligations.cases.reading.statistics import statistics
from obligations.cases.writing.control_sheet import control_sheet
from obligations.store.tables import METADATA

APPLIED = datetime(2022, 7, 11, 2, tzinfo=UTC)
NOW = datetime(2023, 6, 1, 2, tzinfo=UTC)  # a third of the duties is overdue by then
AT_MOST = 12.0
_a = METADATA.tables["assignment"].c


def lines(rounds: int = ROUNDS, obligations: int = OBLIGATIONS, units: int = UNITS) -> list[Line]:
    """Seconds of the table, and of the sheet."""
    with office() as app:
        applying.apply(app, texts(obligations, units), APPLIED, by="bench")
        deeds = {"biểu thống kê": lambda: _table(app), "phiếu theo dõi": lambda: control_sheet(app, NOW)}
        return [_line(f"{what} của {obligations * units}", app, deed, rounds) for what, deed in deeds.items()]


def _line(what: str, app: App, deed: Callable[[], object], rounds: int) -> Line:
    deed()
    pairs = in_turns(rounds, lambda: _seconds(deed), lambda: _seconds(lambda: _bare(app)))
    return Line(what, "một truy vấn đếm mọi dòng", "s", pairs, ("≤", AT_MOST))


def _seconds(deed: Callable[[], object]) -> float:
    with timed() as watch:
        deed()
    return watch.seconds


def _table(app: App) -> object:
    return statistics(app, NOW, first=date(NOW.year, 1, 1), last=NOW.date())


def _bare(app: App) -> object:
    keys = (_a.unit, _a.plan, _a.phase)
    with app.engine.connect() as connection:
        return connection.execute(select(*keys, func.count()).group_by(*keys)).all()


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS, units=UNITS)
    show(lines(chosen.rounds, chosen.obligations, chosen.units))
