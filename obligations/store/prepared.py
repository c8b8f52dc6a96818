"""A change that is made thousands of times: compiled once, then given straight to the driver.

SQLAlchemy's own way costs a change of one row five times what the database takes for it. Its types still bind the
values, so that an instant is stored the same whoever writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Insert, Update

_COMPILED: WeakKeyDictionary[Dialect, dict[Insert | Update, Any]] = WeakKeyDictionary()


def _compiled(dialect: Dialect, statement: Insert | Update) -> Any:
    """Each delivery prepares the same few."""
    known = _COMPILED.setdefault(dialect, {})
    if statement not in known:
        known[statement] = statement.compile(dialect=dialect)
    return known[statement]


class Prepared:
    """One INSERT or UPDATE on one connection, inside the transaction that SQLAlchemy keeps for it.

    A list for IN has no fixed text, so there can be none in the statement.
    """

    def __init__(self, connection: Connection, statement: Insert | Update) -> None:
        dialect = connection.dialect
        compiled = _compiled(dialect, statement)
        binds = {name: compiled.binds[name] for name in compiled.params}
        self._connection = connection
        self._statement = str(compiled)
        self._order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        processors = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        self._binders = [(name, binder) for name, binder in processors.items() if binder]  # most values go as they are
        self._always = self._bound({name: bind.effective_value for name, bind in binds.items() if not bind.required})
        self._cursor: Any = None

    def __call__(self, **values: Any) -> int:
        """Run it with the values of its bindparams; how many rows it changed."""
        if not self._connection.in_transaction():
            self._connection.begin()
        if self._cursor is None:
            self._cursor = self._connection.connection.cursor()
        given = self._always | self._bound(values)
        self._cursor.execute(self._statement, given if self._order is None else [given[name] for name in self._order])
        return int(self._cursor.rowcount)

    def _bound(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same values, each as its type stores it."""
        for name, binder in self._binders:
            if name in values:
                values[name] = binder(values[name])
        return values
