"""Many rows at once: what they share is turned into the database's own form once, not row by row.

An apply writes hundreds of thousands of rows, whose instants and days are few; SQLAlchemy's own executemany spends two
thirds of its time on converting the same ones again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table, text

from obligations.store.conflicts import insert_into

Bound = dict[str, Any]
_Binder = Callable[[Any], Any]
_AT_ONCE = 5000


class Bulk:
    """INSERTs into one table with these columns, as one executemany on a connection; `once`: a row whose key is there
    already is passed over."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str], *, once: bool = False) -> None:
        self._connection = connection
        self._statement, self._order, self._binders = _form(connection.dialect, table, tuple(columns), once)

    def bound(self, values: Mapping[str, Any]) -> Bound:
        """Some columns' values as the database takes them; rows that share them are `{**shared, **own}`."""
        binders = self._binders
        return {name: binders[name](value) if name in binders else value for name, value in values.items()}

    def insert(self, rows: Iterable[Bound]) -> None:
        """Write rows of bound values, each with all columns, as they come."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _AT_ONCE)):
            self._connection.exec_driver_sql(self._statement, [self._given(row) for row in batch])

    def _given(self, row: Bound) -> Any:
        return row if self._order is None else tuple([row[name] for name in self._order])


def reserve(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Ids for so many rows to come, rising; nobody else gets them. Call within the transaction that writes the rows."""
    if connection.dialect.name == "sqlite":  # this transaction is the only writer, and no row is ever deleted
        last = connection.execute(text(f'SELECT coalesce(max(id), 0) FROM "{table.name}"')).scalar_one()  # noqa: S608
        return range(last + 1, last + 1 + count)
    drawn = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    return sorted(connection.execute(drawn, {"table": table.name, "count": count}).scalars())


@lru_cache(maxsize=64)
def _form(
    dialect: Dialect,
    table: Table,
    columns: tuple[str, ...],
    once: bool,  # noqa: FBT001 (a cached call's key)
) -> tuple[str, Sequence[str] | None, Mapping[str, _Binder]]:
    """The statement, the order of its places where they have no names, and what turns a value into the database's own
    form. Each delivery writes into the same few tables."""
    into = insert_into(dialect, table)
    statement = into.on_conflict_do_nothing() if once else into
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns}
    binders = {name: binder for name, binder in processors.items() if binder}
    return str(compiled), getattr(compiled, "positiontup", None), binders
