"""Apply 5,000 obligations of 40 units each: the first time, unchanged, and what each day adds, which is nothing.

The baseline of the first apply writes the same rows (assignment, event, member) with SQLAlchemy core's executemany in
one transaction, into the same tables; it reads no plan and decides nothing.

    python -m bench.apply [--rounds 3] [--obligations 5000] [--units 40]
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from bench.large import OBLIGATIONS, UNITS, office, texts
from bench.measure import ROUNDS, Line, Target, arguments, show, timed
from obligations.cases.app import App
from obligations.cases.configuring import applying
from obligations.store.database import writing
from obligations.store.tables import METADATA

NOW = datetime(2022, 7, 11, 2, tzinfo=UTC)
AT_MOST, UNCHANGED_AT_MOST = 1.5, 0.05
WRITTEN = ("assignment", "event", "member")
Rows = Mapping[str, list[dict[str, Any]]]


def lines(rounds: int = ROUNDS, obligations: int = OBLIGATIONS, units: int = UNITS) -> list[Line]:
    """Three lines, in seconds."""
    draft = texts(obligations, units)
    found = [_round(draft) for _ in range(rounds)]
    what = f"áp dụng lần đầu {obligations} nhiệm vụ × {units} đơn vị"
    unchanged: Target = ("≤", UNCHANGED_AT_MOST)
    return [
        Line(what, "executemany cùng số dòng", "s", tuple((one.first, one.base) for one in found), ("≤", AT_MOST)),
        Line("áp dụng lại, không đổi gì", "lần đầu", "s", tuple((one.again, one.first) for one in found), unchanged),
        Line("thêm kỳ mới, không có gì", "lần đầu", "s", tuple((one.daily, one.first) for one in found), unchanged),
    ]


class _Round(NamedTuple):
    """Seconds of the first apply, an unchanged one, a day that adds nothing, and the baseline."""

    first: float
    again: float
    daily: float
    base: float


def _round(draft: Mapping[str, str]) -> _Round:
    with office() as app:
        with timed() as first:
            applying.apply(app, draft, NOW, by="bench")
        with timed() as again:
            applying.apply(app, draft, NOW, by="bench")
        with timed() as daily:
            applying.extend(app, NOW)
        written = _written(app)
    return _Round(first.seconds, again.seconds, daily.seconds, baseline(written))


def _written(app: App) -> Rows:
    """All rows of the tables that an apply fills."""
    with app.engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(METADATA.tables[name])).mappings()]
            for name in WRITTEN
        }


def baseline(rows: Rows) -> float:
    """Seconds of writing these rows into an empty office."""
    with office() as app, timed() as watch, writing(app.engine) as session:
        for name, values in rows.items():
            session.connection().execute(insert(METADATA.tables[name]), values)
    return watch.seconds


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS, units=UNITS)
    show(lines(chosen.rounds, chosen.obligations, chosen.units))
